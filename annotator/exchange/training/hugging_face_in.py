"""Reads records of tokens with a tag each, as datasets of Hugging Face have them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, groupby, islice
from operator import gt, sub
from pathlib import Path
from typing import Any

from annotator.exchange.conll.conll_lines import BLANKS_UNKNOWN, unspaced
from annotator.exchange.conll.tags import reader_of, stretches_of
from annotator.exchange.files import read_bytes, read_start, shown
from annotator.exchange.json_lines import Row, first_record, preview_records, read_rows
from annotator.exchange.json_records import facts_of, rows_as_records, unkept
from annotator.exchange.record_faults import Fault, kind_of
from annotator.exchange.tables.cell_values import list_in
from annotator.exchange.tables.columns import plain_name
from annotator.exchange.unread_fields import json_fields
from annotator.model.errors import UserError
from annotator.model.formats import Draft, ImportOptions, Item, Note, Preview, Problem
from annotator.model.marks import Marks, SpanMark
from annotator.model.text import TEXT_LIMIT
from annotator.model.tokens import ends_of

SUFFIXES = (".jsonl", ".json")
_TOKENS = ("tokens", "words", "token", "word")
_TAGS = (
    *("nertags", "tags", "labels", "ner", "nerlabels", "finenertags", "tagsner", "biotags"),
    *("tag", "bio", "label"),
)
"""Names of fields, in small letters and digits alone."""
_LINES, _INFO = "labels.txt", ("dataset_info.json", "dataset_infos.json", "config.json", "label2id.json")
"""What may lie beside records whose tags are numbers, and says what they stand for."""
_CARD, _DESCRIBES = "README.md", b"dataset_info:"
_ON_CARD = re.compile(r"^ *'?([0-9]+)'?: *(.+?) *$", re.MULTILINE)
_LIMIT = 10_000_000
_LOOK = 200
"""Records that tell how tags are written."""
_PARTS = frozenset({"article", "starts", "id"})
_AT_ONCE = 2000
"""Records of one article that are looked at together."""


@dataclass(frozen=True, slots=True)
class _Fields:
    """Which fields hold tokens and tags."""

    tokens: str
    tags: str


class HuggingFaceImporter:
    """Reads sentences of tokens with tags, by name or by number."""

    fields = staticmethod(json_fields)

    def recognises(self, path: Path) -> bool:
        """Tell by two lists of one length in the first record: of tokens, and of tags."""
        return path.suffix.lower() in SUFFIXES and _fields(first_record(path)) is not None

    def parts(self, path: Path, _options: ImportOptions) -> list[Path]:
        """Return the files beside that may say what numbers of tags stand for."""
        found = [one for one in (path.with_name(name) for name in (_LINES, *_INFO)) if one.is_file()]
        card = path.with_name(_CARD)
        return [*found, card] if _DESCRIBES in read_start(card) else found

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return how many records there are."""
        return preview_records(path, options)

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield an article per record, or for those of an `article`; raises UserError without names."""
        return _drafts(path, lambda: read_rows(path, options))


def has_token_lists(path: Path, columns: Sequence[str], options: ImportOptions) -> bool:
    """Tell whether the first row of a table has such lists in its cells."""
    if {*map(plain_name, columns)}.isdisjoint(_TOKENS):
        return False
    row = next((one for one in _table_rows(path, options) if isinstance(one, Row)), None)
    return row is not None and _fields(row.values) is not None


def table_drafts(path: Path, options: ImportOptions) -> Iterator[Item]:
    """Yield the articles of such a table, as those of records."""
    return _drafts(path, lambda: _table_rows(path, options))


def _table_rows(path: Path, options: ImportOptions) -> Iterator[Row | Note | Problem]:
    return rows_as_records(
        path, options, lambda row: {name: list_in(cell) or cell for name, cell in row.items()}
    )


def _drafts(path: Path, rows_of: Callable[[], Iterator[Row | Note | Problem]]) -> Iterator[Item]:
    name, reading = shown(path.name), _Reading(path, rows_of())
    yield Note(name, BLANKS_UNKNOWN)
    for _, group in groupby(rows_of(), _article_of):
        while items := [*islice(group, _AT_ONCE)]:
            rows = [one for one in items if isinstance(one, Row)]
            if len(rows) > 1 and (whole := reading.at_once(rows)) is not None:
                yield from reading.begin(whole)
                continue
            for found in items:
                if not isinstance(found, Row):
                    yield found
                    continue
                try:
                    yield from reading.take(found)
                except Fault as fault:
                    yield Problem(name, str(fault), found.line, fault.field)
    yield from reading.rest()


def _article_of(item: Row | Note | Problem) -> object:
    """Return the article that a record is of; what is of none is like nothing else."""
    article = item.values.get("article") if isinstance(item, Row) else None
    return article if isinstance(article, str) else object()


def _fields(values: Mapping[str, Any]) -> _Fields | None:
    plain = {plain_name(name): name for name, one in values.items() if isinstance(one, list)}
    tokens = next((plain[one] for one in _TOKENS if one in plain and _is_of(values[plain[one]], str)), None)
    if tokens is None:
        return None
    tags = [plain[one] for one in _TAGS if one in plain and len(values[plain[one]]) == len(values[tokens])]
    found = next((one for one in tags if _is_of(values[one], str) or _is_of(values[one], int)), None)
    return None if found is None else _Fields(tokens, found)


def _is_of(values: object, kind: type) -> bool:
    return isinstance(values, list) and bool(values) and {*map(type, values)} == {kind}


@dataclass(slots=True)
class _Article:
    """Sentences of one article that follow each other."""

    name: str
    key: str
    line: int
    meta: dict[str, str]
    notes: tuple[str, ...]
    pieces: list[str] = field(default_factory=list)
    size: int = 0
    """Characters of all pieces."""
    spans: list[SpanMark] = field(default_factory=list)

    def add(self, label: str, start: int, end: int, quote: str, line: int) -> None:
        """Add a span."""
        key = f"{label} {len(self.spans) + 1}"
        self.spans.append(SpanMark(key, label, ((start, end),), quote, line=line))

    def draft(self) -> Draft:
        """Return it as an article."""
        return Draft(
            self.name,
            "".join(self.pieces),
            meta=self.meta,
            line=self.line,
            notes=self.notes,
            key=self.key,
            marks=Marks(self.spans, is_unbroken=True),
        )


class _Reading:
    """The records of one file, in their order."""

    def __init__(self, path: Path, rows: Iterator[Row | Note | Problem]) -> None:
        self._path = path
        self._names: Sequence[str] | None = None
        self._open: _Article | None = None
        start = islice(rows, _LOOK)
        found = [(one.values, _fields(one.values)) for one in start if isinstance(one, Row)]
        tags = {tag for values, fields in found if fields is not None for tag in values[fields.tags]}
        self._said = {one for one in tags if isinstance(one, str)}
        self._tag_of = reader_of(self._said)

    def take(self, row: Row) -> Iterator[Draft]:
        """Take in a record, yielding the article that it ends."""
        values, before = row.values, self._open
        fields = _fields(values)
        if fields is None:
            raise Fault("tokens", "it has no list of tokens, with as many tags in a list beside")
        tokens, tags = values[fields.tokens], self._tags(values[fields.tags], fields.tags)
        article = values.get("article")
        starts = values.get("starts") if isinstance(article, str) else None
        goes_on = starts is not None and before is not None and before.key == article
        places = _starts(starts, tokens, before.size if goes_on and before else 0)
        if not goes_on or before is None:
            before = self._begun(row, fields)
            yield from self.begin(before)
        _add(before, tokens, tags, places, row.line)

    def at_once(self, rows: Sequence[Row]) -> _Article | None:
        """Return the article that records begin; None where each of them has to be looked at alone."""
        fields, names = _fields(rows[0].values), rows[0].values.keys()
        is_new = self._open is None or self._open.key != rows[0].values["article"]
        plain = {*map(plain_name, names)}
        is_plain = len(plain & {*_TOKENS}) == len(plain & {*_TAGS}) == 1 and "starts" in names
        if fields is None or not (is_new and is_plain and all(one.values.keys() == names for one in rows)):
            return None
        columns = [[one.values[name] for one in rows] for name in (fields.tokens, fields.tags, "starts")]
        if any({*map(type, one)} != {list} for one in columns):
            return None
        sizes, *others = [[*map(len, one)] for one in columns]
        tokens, tags, starts = ([*chain.from_iterable(one)] for one in columns)
        kinds = [{*map(type, one)} for one in (tokens, tags, starts)]
        if others != [sizes, sizes] or 0 in sizes or kinds != [{str}, {str}, {int}]:
            return None
        ends = ends_of(tokens, starts)
        if starts[0] < 0 or any(map(gt, ends, starts[1:])) or ends[-1] > TEXT_LIMIT:
            return None
        begins = [*accumulate(sizes, initial=0)]
        text = _text_of(tokens, starts, ends, begins[1:-1])
        found = self._begun(rows[0], fields)
        found.pieces.append(text)
        found.size = len(text)
        for row, at in zip(rows, begins, strict=False):
            for first, last, label in stretches_of(self._named(row.values[fields.tags])):
                start, end = starts[at + first], ends[at + last]
                found.add(label, start, end, text[start:end], row.line)
        return found

    def _begun(self, row: Row, fields: _Fields) -> _Article:
        """Return the article that a record begins, still without a text."""
        values, own = row.values, row.values.get("id")
        article = values.get("article")
        key = article if isinstance(article, str) else str(own) if isinstance(own, int | str) else ""
        but = _PARTS | {fields.tokens, fields.tags}
        name = f"{self._path.name}:{key or row.line}"
        return _Article(name, key, row.line, facts_of(values, but=but), unkept(values, but=but))

    def begin(self, article: _Article) -> Iterator[Draft]:
        """Go on with another article, yielding the one before."""
        yield from self.rest()
        self._open = article

    def rest(self) -> Iterator[Draft]:
        """Yield the article that is not ended yet."""
        if self._open is not None:
            yield self._open.draft()
            self._open = None

    def _named(self, tags: Sequence[str]) -> Sequence[str]:
        return tags if self._tag_of is None else [*map(self._tag_of, tags)]

    def _tags(self, tags: Any, name: str) -> Sequence[str]:
        if isinstance(tags[0], str):
            return self._named(tags)
        if self._names is None:
            names = names_beside(self._path, name)
            tag_of = reader_of(names)
            self._names = names if tag_of is None else [*map(tag_of, names)]
        if not self._names and self._said:
            raise Fault(name, "its tags are numbers, and those of other records are not")
        if not self._names:
            raise UserError(
                "its tags are numbers, and nothing says what they stand for; put {lines} beside it, with a "
                "name per line, or {info}",
                lines=_LINES,
                info=_INFO[0],
            )
        found = [self._names[int(one)] if 0 <= int(one) < len(self._names) else "" for one in tags]
        if "" in found:
            raise Fault(
                name, f"{tags[found.index('')]} is the number of no tag; there are {len(self._names)}"
            )
        return found


def _starts(starts: object, tokens: Sequence[str], at: int) -> list[int]:
    """Return where tokens begin: as the record says, else one blank after another where blanks are usual."""
    if starts is None:
        if places := unspaced(tokens)[1]:
            return [at + start for start, _end in places]
        return [*accumulate((len(one) + 1 for one in tokens[:-1]), initial=at)]
    if not _is_of(starts, int) or not isinstance(starts, list) or len(starts) != len(tokens):
        raise Fault("starts", f"it is {kind_of(starts)}, it has to be a list of a place for each token")
    ends = ends_of(tokens, starts)
    if starts[0] < at or any(map(gt, ends, starts[1:])):
        raise Fault("starts", "the tokens do not follow each other")
    if ends[-1] > TEXT_LIMIT:
        raise Fault("starts", f"an article has {TEXT_LIMIT:,} characters at most; {ends[-1]:,} lies beyond")
    return starts


def _add(
    article: _Article, tokens: Sequence[str], tags: Sequence[str], starts: Sequence[int], line: int
) -> None:
    """Add a sentence."""
    at = article.size
    ends = ends_of(tokens, starts)
    text = _text_of(tokens, starts, ends, [0], at)
    for first, last, label in stretches_of(tags):
        start, end = starts[first], ends[last]
        article.add(label, start, end, text[start - at : end - at], line)
    article.pieces.append(text)
    article.size += len(text)


def _text_of(
    tokens: Sequence[str], starts: Sequence[int], ends: Sequence[int], begins: Sequence[int], at: int = 0
) -> str:
    """Return the text from `at` on, a line for each sentence.

    What stood between tokens is not known, but for how much it was; `begins` are the first tokens of lines.
    """
    befores = [at, *ends]
    widths = [*map(sub, starts[1:], starts), 0]
    text = " " * (starts[0] - at) + "".join(map(str.ljust, tokens, widths))
    done, lines = 0, []
    for first in begins:
        if 0 < befores[first] < starts[first]:  # there is a blank, and something before it
            lines.append(text[done : befores[first] - at])
            done = befores[first] - at + 1
    return "\n".join([*lines, text[done:]])


def names_beside(path: Path, field_name: str) -> list[str]:
    """Return what the numbers of a field's tags stand for, as a file beside says; nothing without one."""
    lines = path.with_name(_LINES)
    if lines.is_file():
        return read_bytes(lines, _LIMIT).decode("utf-8", "replace").split()
    for name in _INFO:
        info = path.with_name(name)
        if info.is_file():
            try:
                value = json.loads(read_bytes(info, _LIMIT))
            except (ValueError, RecursionError) as error:
                raise UserError("{name} beside it is not valid JSON", name=name) from error
            found = _names_in(value, field_name) or _numbered(value)
            if found:
                return found
    card = path.with_name(_CARD)
    return (
        _names_on_card(read_bytes(card, _LIMIT).decode("utf-8", "replace"), field_name)
        if card.is_file()
        else []
    )


def _names_on_card(card: str, field_name: str) -> list[str]:
    """Return names as the head of a data set's page tells them, field by field."""
    _, _, described = card.partition(f"- name: {field_name}\n")
    own = re.split(r"^ *- name: |^---", described, maxsplit=1, flags=re.MULTILINE)[0]
    return _numbered({number: name.strip("'\" ") for number, name in _ON_CARD.findall(own)})


def _names_in(value: Any, field_name: str) -> list[str]:
    """Return names in a description of data: of the field itself, else by number or by name."""
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, list):
            left += one
        elif isinstance(one, dict):
            described = one.get(field_name)
            described = one if one.get("name") == field_name else described
            if isinstance(described, dict) and (found := _class_names(described)):
                return found
            for name in ("id2label", "label2id"):
                if isinstance(one.get(name), dict) and (found := _numbered(one[name])):
                    return found
            left += one.values()
    return []


def _class_names(described: Mapping[str, Any]) -> list[str]:
    left: list[Any] = [described]
    while left:
        one = left.pop()
        if isinstance(one, dict):
            names = one.get("names")
            if isinstance(names, list) and _is_of(names, str):
                return [*names]
            if isinstance(names, dict):
                return _numbered(names)
            left += one.values()
    return []


def _numbered(values: Any) -> list[str]:
    """Return names in the order of their numbers, which are keys or values."""
    if not isinstance(values, dict) or not values:
        return []
    turned = {value: key for key, value in values.items()} if _is_of([*values.values()], int) else values
    try:
        numbers = {int(key): name for key, name in turned.items()}
    except (TypeError, ValueError):
        return []
    return [str(numbers[at]) for at in range(len(numbers))] if {*numbers} == {*range(len(numbers))} else []
