"""Reads the tables of frames, of their ends and of labels of articles that this program writes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Literal, cast, get_args

from annotator.exchange.files import shown
from annotator.exchange.record_faults import short
from annotator.exchange.tables.open_tables import OpenTable
from annotator.exchange.tables.table_rows import BETWEEN, END_LABEL, ENDS, PIECES, WORDS_PIECES, read_pieces
from annotator.model.formats import Note, Problem
from annotator.model.marks import ArticleMark, EndMark, FrameMark, SpanMark
from annotator.model.records import ABOVE_KINDS, EndKind

Kind = Literal["", "spans", "frames", "ends", "labels"]
ATTRIBUTE = "attribute."
_OWN = frozenset({"article", "article_name", "id", "label", "origin"})
_END = frozenset({"role", "kind", "words", WORDS_PIECES, "end_id", END_LABEL})
_KINDS = get_args(EndKind)


def own_kind(columns: Sequence[str]) -> Kind:
    """Return what a table of this program holds by its columns; nothing for tables of articles, or others."""
    names = {*columns}
    if not names >= _OWN:
        return ""
    if ENDS in names:
        return "frames"
    if names >= _END:
        return "ends"
    return "spans" if PIECES in names else "" if names & {"text", "start", "role"} else "labels"


def attribute_columns(columns: Iterable[str]) -> dict[str, str]:
    """Return the columns that hold attributes, by the attributes' names."""
    return {one.removeprefix(ATTRIBUTE): one for one in columns if one.startswith(ATTRIBUTE)}


def attributes_of(values: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, str]:
    """Return the attributes that a row has."""
    return {name: values[column] for name, column in columns.items() if values[column]}


def no_article(key: str, rows: int, file: str, line: int) -> Problem:
    """Return that an article is not there of which so many rows say something, the first in this line."""
    reason = f"there is no article {short(key)} for {rows:,} row{'s' if rows > 1 else ''} of labels"
    return Problem(file, reason, line, "article")


@dataclass(slots=True)
class _Said:
    """What such tables say of one article, by id."""

    file: str
    line: int
    frames: dict[str, FrameMark] = field(default_factory=dict)
    spans: dict[str, SpanMark] = field(default_factory=dict)
    """What fills the roles: taken where no table of spans has it."""
    labels: dict[str, ArticleMark] = field(default_factory=dict)


@dataclass(slots=True)
class OwnRows:
    """The rows of such tables; they are held until their article comes."""

    _waiting: dict[str, _Said] = field(default_factory=dict)
    _far: dict[str, int] = field(default_factory=dict)

    def gather(self, file: str, table: OpenTable) -> Iterator[Problem]:
        """Take in a table; those of frames have to come before those of their ends."""
        kind, name = own_kind(table.columns), shown(file)
        columns = attribute_columns(table.columns)
        before = {own for one in self._waiting.values() for own in one.frames}
        for found in table.checked(name):
            if isinstance(found, Problem):
                yield found
                continue
            line, values = found
            said = self._waiting.setdefault(values["article"].strip(), _Said(name, line))
            try:
                if kind == "labels":
                    said.labels.setdefault(values["id"], _label(values, columns, line))
                elif kind == "frames":
                    said.frames.setdefault(values["id"], _frame(values, columns, line, said))
                elif values["id"] not in before:
                    _add_end(values, line, said)
            except (ValueError, RecursionError):
                column = ENDS if kind == "frames" else WORDS_PIECES
                yield Problem(name, "it does not say what fills the roles", line, column)

    def of(
        self, keys: Iterable[str], spans: AbstractSet[str]
    ) -> tuple[list[SpanMark], list[FrameMark], list[ArticleMark]]:
        """Return what is said of an article, beside the spans that are known."""
        found = [self._waiting.pop(key) for key in keys if key in self._waiting]
        more = [span for said in found for key, span in said.spans.items() if key not in spans]
        there = {*spans, *(one.key for one in more), *(key for said in found for key in said.frames)}
        frames = [self._near(one, there, said.file) for said in found for one in said.frames.values()]
        return more, frames, [one for said in found for one in said.labels.values()]

    def rest(self) -> Iterator[Problem | Note]:
        """Yield what was left out: rows without an article, and ends that stand elsewhere."""
        for key, said in self._waiting.items():
            yield no_article(key, len(said.frames) + len(said.labels), said.file, said.line)
        for file, count in self._far.items():
            yield Note(file, f"ends of frames that do not stand in their article, left out: {count:,}")

    def _near(self, frame: FrameMark, there: AbstractSet[str], file: str) -> FrameMark:
        ends = tuple(one for one in frame.ends if one.kind in ABOVE_KINDS or one.key in there)
        if len(ends) < len(frame.ends):
            self._far[file] = self._far.get(file, 0) + len(frame.ends) - len(ends)
        return frame._replace(ends=ends)


def _label(values: Mapping[str, str], columns: Mapping[str, str], line: int) -> ArticleMark:
    attributes, by = attributes_of(values, columns), values.get("annotator", "").strip()
    return ArticleMark(values["label"].strip(), attributes, values.get("note", ""), by, line)


def _frame(values: Mapping[str, str], columns: Mapping[str, str], line: int, said: _Said) -> FrameMark:
    """Return the frame of a row, whose spans are noted; raises ValueError where it does not say its ends."""
    ends = json.loads(values[ENDS])
    if not isinstance(ends, list) or not all(map(_is_end, ends)):
        raise ValueError
    by = values.get("annotator", "").strip()
    for role in dict.fromkeys(one[0] for one in ends):
        of_role = [one for one in ends if one[0] == role]
        words = values.get(f"role.{role}") or values.get(role) or ""
        quotes = [words] if len(of_role) == 1 else words.split(BETWEEN)
        for at, one in enumerate(of_role):
            quote = quotes[at] if len(quotes) == len(of_role) else ""
            if len(one) > len(("role", "kind", "key")):
                span = SpanMark(one[2], one[3], _place(one[4]), quote or None, by=by, line=line)
                said.spans.setdefault(span.key, span)
    marks = tuple(EndMark(one[0], one[2], cast(EndKind, one[1])) for one in ends)
    attributes, note = attributes_of(values, columns), values.get("note", "")
    return FrameMark(values["id"], values["label"].strip(), marks, attributes, note, by, line=line)


def _is_end(one: object) -> bool:
    """Tell whether it is role, kind and key, for a span also its label and its place."""
    is_strings = isinstance(one, list) and len(one) in (3, 5) and all(isinstance(cell, str) for cell in one)
    return is_strings and cast("list[str]", one)[1] in _KINDS


def _add_end(values: Mapping[str, str], line: int, said: _Said) -> None:
    """Add the end of a row to its frame; raises ValueError where it does not say what it is."""
    kind, by = values["kind"], values.get("annotator", "").strip()
    if kind not in _KINDS:
        raise ValueError
    key = values["words"] if kind in ABOVE_KINDS else values["end_id"]
    if values[END_LABEL]:
        place, words = _place(values[WORDS_PIECES]), values["words"] or None
        said.spans.setdefault(key, SpanMark(key, values[END_LABEL], place, words, by=by, line=line))
    own, end = values["id"], EndMark(values["role"], key, cast(EndKind, kind))
    before = said.frames.get(own) or FrameMark(
        own, values["label"].strip(), (), note=values.get("note", ""), by=by, line=line
    )
    if end not in before.ends:
        said.frames[own] = before._replace(ends=(*before.ends, end))


def _place(cell: str) -> tuple[tuple[int, int], ...]:
    (pieces,) = read_pieces(cell)
    return tuple((start, end) for start, end in pieces)
