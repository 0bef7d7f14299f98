"""Reads tables of labels: a row names an article, a label, and the words it covers or where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.exchange.columns import plain_name
from annotator.exchange.files import shown
from annotator.exchange.record_faults import short
from annotator.exchange.table_in import OpenTable, article_drafts
from annotator.exchange.table_rows import PIECES, read_pieces
from annotator.model.errors import UserError
from annotator.model.formats import Draft, ImportOptions, Item, Note, Problem
from annotator.model.marks import Marks, SpanMark

ROW_LIMIT = 2_000_000
"""Rows of one table of labels; they are held until their article comes."""
_ATTRIBUTE = "attribute."
_NAMES: Mapping[str, tuple[str, ...]] = {
    "article": ("article", "articleid", "document", "documentid", "docid", "doc", "file", "filename"),
    "label": ("label", "tag", "category", "code"),
    "text": ("text", "quote", "words", "coveredtext", "spantext", "span"),
    "start": ("start", "begin", "startoffset", "from"),
    "end": ("end", "endoffset", "to", "stop"),
    "by": ("annotator", "coder"),
    "note": ("note", "comment"),
    "pieces": (PIECES,),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column says what; empty where there is none."""

    article: str
    label: str
    text: str
    start: str
    end: str
    by: str
    note: str
    pieces: str

    @property
    def has_places(self) -> bool:
        """Tell whether rows say where their words stand."""
        return bool(self.start and self.end)


def label_columns(columns: Sequence[str]) -> Columns | None:
    """Return what the columns of a table of labels say; None when it is no such table."""
    plain = {plain_name(one): one for one in reversed(columns)}
    found = {use: next((plain[name] for name in names if name in plain), "") for use, names in _NAMES.items()}
    uses = Columns(**found)
    is_one = uses.article and uses.label and (uses.text or uses.has_places) and "role" not in plain
    return uses if is_one else None


def label_drafts(
    labels: Iterable[tuple[str, OpenTable]], articles: OpenTable, file: str, options: ImportOptions
) -> Iterator[Item]:
    """Yield the articles of one table with the labels that others, each with its file, have for them."""
    waiting: dict[str, list[_Row]] = {}
    for name, table in labels:
        yield from (Note(shown(name), note) for note in table.notes)
        yield from _gather(name, table, waiting)
    # The columns that are chosen are those of the articles.
    for draft in article_drafts(articles, file, options):
        if not isinstance(draft, Draft):
            yield draft
            continue
        rows = [row for key in dict.fromkeys((draft.key, draft.name)) for row in waiting.pop(key, ())]
        marks = []
        for row in rows:
            found = _mark(row, draft.text)
            if isinstance(found, Problem):
                yield found
            else:
                marks.append(found)
        yield replace(draft, marks=Marks(marks)) if marks else draft
    for key, rows in waiting.items():
        count = f"{len(rows):,} row{'s' if len(rows) > 1 else ''}"
        reason = f"there is no article {short(key)} for {count} of labels"
        yield Problem(rows[0].file, reason, rows[0].line, "article")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table of labels; a place is a start and an end, or nothing."""

    file: str
    line: int
    label: str
    text: str
    place: tuple[tuple[int, int], ...]
    attributes: Mapping[str, str]
    by: str
    note: str


def _gather(file: str, table: OpenTable, waiting: dict[str, list[_Row]]) -> Iterator[Problem]:
    uses = label_columns(table.columns)
    assert uses is not None
    name, count = shown(file), 0
    for found in table.checked(name):
        count += 1
        if count > ROW_LIMIT:
            raise UserError("a table of labels may have {limit:,} rows; split it", limit=ROW_LIMIT)
        if isinstance(found, Problem):
            yield found
            continue
        line, values = found
        row = _row(name, line, values, uses)
        if isinstance(row, Problem):
            yield row
        else:
            waiting.setdefault(values[uses.article].strip(), []).append(row)


def _row(file: str, line: int, values: Mapping[str, str], uses: Columns) -> _Row | Problem:
    if not values[uses.label].strip():
        return Problem(file, "the row has no label", line, uses.label)
    try:
        place = _place(values, uses)
    except ValueError:
        return Problem(file, "it is no place in a text: a start and an end in characters", line, uses.start)
    text = values.get(uses.text, "")
    if not place and not text.strip():
        return Problem(file, "the row has neither words nor a place", line, uses.text or uses.start)
    attributes = {
        column.removeprefix(_ATTRIBUTE): value
        for column, value in values.items()
        if column.startswith(_ATTRIBUTE) and value
    }
    by, note = values.get(uses.by, "").strip(), values.get(uses.note, "")
    return _Row(file, line, values[uses.label].strip(), text, place, attributes, by, note)


def _place(values: Mapping[str, str], uses: Columns) -> tuple[tuple[int, int], ...]:
    if uses.pieces and values[uses.pieces].strip():
        (pieces,) = read_pieces(values[uses.pieces])
        return tuple((start, end) for start, end in pieces)
    start, end = values.get(uses.start, "").strip(), values.get(uses.end, "").strip()
    return ((int(start), int(end)),) if start or end else ()


def _mark(row: _Row, text: str) -> SpanMark | Problem:
    """Return the mark of a row; words without a place are taken from the only place where they stand."""
    place = row.place
    if not place:
        places = _places(row.text, text)
        if len(places) != 1:
            stand = f"stand {len(places):,} times" if places else "do not stand"
            reason = f"the words {short(row.text)} {stand} in the article; say where with start and end"
            return Problem(row.file, reason, row.line, "text")
        place = (places[0],)
    return SpanMark(
        f"row {row.line}",
        row.label,
        place,
        row.text or None,
        row.attributes,
        row.note,
        row.by,
        line=row.line,
    )


def _places(words: str, text: str) -> list[tuple[int, int]]:
    """Return where words stand in a text, whatever blanks are between them."""
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    return [found.span() for found in pattern.finditer(text)]
