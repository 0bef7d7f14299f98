"""Reads tables that have the words of a text, and a tag for each, as lists in two cells of a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.exchange.ahead import looked_ahead
from annotator.exchange.conll.conll_lines import BLANKS_UNKNOWN
from annotator.exchange.conll.tags import reader_of, stretches_of
from annotator.exchange.files import shown
from annotator.exchange.tables.cell_values import list_in
from annotator.exchange.tables.columns import plain_name
from annotator.exchange.tables.open_tables import OpenTable
from annotator.exchange.training.hugging_face_in import names_beside
from annotator.model.errors import UserError
from annotator.model.formats import Draft, Item, Note, Problem
from annotator.model.marks import Marks, SpanMark

_TOKENS = ("tokens", "words", "token", "word")
_TAGS = ("nertags", "tags", "labels", "ner", "nerlabels", "tag", "biotags", "bio", "label")
_LOOKED_AT = 200
"""Rows that tell how tags are written."""


def token_columns(columns: Sequence[str]) -> tuple[str, str] | None:
    """Return the columns of words and of tags; None when it is no such table."""
    plain = {plain_name(one): one for one in reversed(columns)}
    found = [next((plain[name] for name in names if name in plain), "") for names in (_TOKENS, _TAGS)]
    return (found[0], found[1]) if all(found) else None


def holds_lists(table: OpenTable, columns: tuple[str, str]) -> bool:
    """Tell whether the first row has lists in these columns; the row is used up."""
    row = next((one[1] for one in table.checked("") if not isinstance(one, Problem)), {})
    return all(isinstance(list_in(row.get(one, "")), list) for one in columns)


def token_drafts(table: OpenTable, path: Path, columns: tuple[str, str]) -> Iterator[Item]:
    """Yield an article per row; rows with a fault are problems."""
    name, (words, tagged) = shown(path.name), columns
    yield from (Note(name, note) for note in table.notes)
    yield Note(name, BLANKS_UNKNOWN)
    rows = table.checked(name)
    first, rows = looked_ahead(rows, _LOOKED_AT)
    seen = [list_in(one[1][tagged]) for one in first if not isinstance(one, Problem)]
    tag_of = reader_of({tag for one in seen if isinstance(one, list) for tag in map(str, one)})
    names = names_beside(path, tagged) if _are_numbers(seen) else []
    if _are_numbers(seen) and not names:
        raise UserError(
            "its tags are numbers, and nothing says what they stand for; put {lines} beside it, with a "
            "name per line, or {info}",
            lines="labels.txt",
            info="dataset_info.json",
        )
    for found in rows:
        if isinstance(found, Problem):
            yield found
            continue
        line, values = found
        tokens, tags = list_in(values[words]), _named(list_in(values[tagged]), names)
        if not _fit(tokens, tags):
            yield Problem(name, "it has no list of words, with as many tags in a list beside", line, tagged)
            continue
        spans = _spans(tokens, [tag_of(one) for one in tags] if tag_of else tags, line)
        yield Draft(f"{path.name}:{line}", " ".join(tokens), line=line, marks=Marks(spans, is_unbroken=True))


def _are_numbers(seen: Sequence[Any]) -> bool:
    """Tell whether most lists of tags are of numbers; the others are named."""
    kinds = [type(one[0]) for one in seen if isinstance(one, list) and one]
    return 2 * kinds.count(int) > len(kinds)


def _named(tags: Any, names: Sequence[str]) -> Any:
    if not names or not isinstance(tags, list):
        return tags
    return [names[one] if type(one) is int and 0 <= one < len(names) else None for one in tags]


def _fit(tokens: Any, tags: Any) -> bool:
    are_lists = isinstance(tokens, list) and isinstance(tags, list) and 0 < len(tokens) == len(tags)
    return are_lists and all(isinstance(one, str) for one in (*tokens, *tags))


def _spans(tokens: Sequence[str], tags: Sequence[str], line: int) -> list[SpanMark]:
    starts = [0]
    for one in tokens:
        starts.append(starts[-1] + len(one) + 1)
    return [
        SpanMark(f"{label} {first}", label, ((starts[first], starts[last] + len(tokens[last])),), line=line)
        for first, last, label in stretches_of(tags)
    ]
