"""Reads the lines of WebAnno TSV 3: layers in columns, stacked, over several words, with slots and chains."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.exchange.inception.layers_in import (
    ANY_OF,
    DEPENDENCY,
    TOKEN,
    Found,
    Lines,
    Relation,
    numbered,
    short,
)
from annotator.exchange.inception.webanno_even import LARGEST, Even, Row, even_body
from annotator.exchange.inception.webanno_header import FORMAT, Layer, declared, version_of
from annotator.exchange.inception.webanno_text import (
    EMPTY,
    NOTHING,
    TEXT,
    plain_text,
    plain_value,
    split_cell,
    stacked,
)
from annotator.model.errors import UserError
from annotator.model.text import Utf16Map, cut, length16

_ROW = re.compile(r"(\d++-\d++(?:\.\d++)?+)\t(\d{1,10}+)-(\d{1,10}+)\t([^\t\n]*+)(?:\t([^\n]*+))?+(?:\n|\Z)")
_NEARLY_ROW = re.compile(r"#|\s*\d+(?:-|\t\d+-)\d+")
WITH_ID = re.compile(r"([^\\\[]*(?:\\.[^\\\[]*)*)\[(\d+)(?:_(\d+))?\]", re.DOTALL)
_CHAINED = re.compile(r"((?:[^\\]|\\.)*?)->(\d+)-(\d+)", re.DOTALL)
_OTHER_LINES = ("#", "\n")
_UNSAID = (NOTHING, EMPTY, "")
"""Values that say nothing."""
_WIDEST = 200
"""Columns of a file whose rows are read at once."""


@dataclass(slots=True)
class _Making:
    """An annotation as far as it was met."""

    found: Found
    words: list[str]
    is_other: bool = False


def read_lines(file: str) -> Lines:
    """Return what a file of version 3 says; raises UserError where its text cannot be put together."""
    first = file.partition("\n")[0]
    version = FORMAT.fullmatch(first)
    reading = _Reading(version_of(first))
    line, at = (1, 0) if version is None else (2, len(first) + 1)
    while file.startswith("#T_", at):
        stop = file.find("\n", at)
        stop = stop if stop >= 0 else len(file)
        reading.declare(line, file[at:stop])
        line, at = line + 1, stop + 1
    reading.body(file, at, line)
    return reading.done()


class _Reading:
    """The lines of one file."""

    def __init__(self, version: tuple[int, int]) -> None:
        self._version = version
        self._lines = Lines()
        self._fault = self._lines.add_fault
        self._declared: list[tuple[Layer, slice, list[str]]] = []
        """Layers, which cells of a row are theirs, and what these are where nothing is said."""
        self._width = 0
        self._empty: str | None = None
        """How a row ends of which nothing is said."""
        self._parts: list[str] = []
        self._length16 = 0
        """UTF-16 units of the text so far."""
        self._pending: list[str] = []
        """Lines of the sentence that begins."""
        self._sentence: tuple[int, str, Utf16Map | None] = (0, "", None)
        self._made: list[_Making] = []
        self._with_id: dict[tuple[str, str], _Making] = {}
        self._at_unit: dict[tuple[str, str], _Making] = {}
        self._before: dict[str, tuple[Sequence[str], list[_Making]]] = {}
        """The cells of a layer in the last row that said something, and its spans, all with numbers."""
        self._last: tuple[str, list[_Making]] = ("", [])
        """All cells of the last row that said something, and its spans, where all of them have numbers."""
        self._is_wide = False
        self._rows: dict[str, Row] | None = None
        """All rows, where something may point to words of which nothing is said."""
        self._other: set[str] = set()
        """Rows that say something, and whose words are not those that the text has there."""
        self._slots: list[tuple[int, Layer, str, Found, str, str]] = []
        self._relations: list[tuple[Row, Layer, dict[str, str], str]] = []
        self._chains: dict[tuple[str, str], dict[int, _Making]] = {}

    # --- header ----------------------------------------------------------------------------------

    def declare(self, line: int, text: str) -> None:
        """Take in the declaration of a layer."""
        layer = declared(line, text, self._width)
        self._width += len(layer.columns)
        cells = [EMPTY] * len(layer.columns)
        self._declared.append((layer, slice(layer.first, self._width), cells))
        self._empty = f"{EMPTY}\t" * self._width
        if layer.name == DEPENDENCY or any(
            one.kind != "value" and one.name == TOKEN for one in layer.columns
        ):
            self._rows = {}

    # --- lines -----------------------------------------------------------------------------------

    def body(self, body: str, at: int, number: int) -> None:
        """Take in the body, which begins there with a line of this number."""
        if self._rows is None and self._width <= _WIDEST:
            even = even_body(body[at:], number, self._width, self._version)
            if even is not None:
                self._lines.is_even = True
                self._parts.append(even.text)
                for rest, first, after in even.runs():
                    self._run(rest, even, first, after)
                return
        while at < len(body):
            match = None if body.startswith(_OTHER_LINES, at) else _ROW.match(body, at)
            if match is not None:
                self._read_row(number, match)
                at = match.end()
            else:
                stop = body.find("\n", at)
                stop = stop if stop >= 0 else len(body)
                self._line(number, body[at:stop])
                at = stop + 1
            number += 1

    def _run(self, rest: str, even: Even, first: int, after: int) -> None:
        """Take in rows that follow each other, of which the same is said."""
        self._row(even.row(first), rest)
        _, going_on = self._last
        end = even.ends[after - 1]
        for made in going_on:
            made.found.end = max(made.found.end, end)
        for at in () if going_on else range(first + 1, after):
            self._row(even.row(at), rest)

    def _read_row(self, number: int, match: re.Match[str]) -> None:
        """Take in a row: its word, and what is said of it."""
        unit, first, last, word, rest = match.groups()
        start, end = int(first), int(last)
        if self._pending:
            self._begin(number, start)
        if rest == self._empty and self._rows is None:
            return
        begin, text, _ = self._sentence
        if text[start - begin : end - begin] != word and not self._covers(start, end, word):
            self._other.add(unit)
        row = (number, unit, start, end, word)
        if self._rows is not None:
            self._rows[unit] = row
        if rest != self._empty:
            self._row(row, rest or "")

    def _line(self, number: int, line: str) -> None:
        """Take in a line that is no row."""
        if line.startswith(TEXT):
            self._pending.append(plain_text(line.removeprefix(TEXT), self._version))
        elif self._pending and line.strip() and not _NEARLY_ROW.match(line):
            # Some programs do not say "#Text=" again where a sentence goes over the end of a line.
            self._pending.append(plain_text(line, self._version))
        elif line.strip() and not line.startswith("#"):
            self._fault(
                number,
                "",
                f"{cut(line, 40)!r} is no row: expected 1-1, a tab, 0-3, a tab, the word, and columns",
            )

    def _row(self, row: Row, rest: str) -> None:
        """Take in what is said of a word."""
        before, going_on = self._last
        if rest == before and going_on:
            for made in going_on:
                self._extend(made, row)
            return
        cells = rest.split("\t") if rest else []
        is_wide = any(cells[self._width :])
        if len(cells) < self._width or (is_wide and not self._is_wide):
            found = "more (such rows may follow; what goes beyond is left out)" if is_wide else len(cells)
            self._fault(row[0], "", f"expected {self._width} columns after the word, found {found}")
        self._is_wide |= is_wide
        if len(cells) < self._width:
            return
        going_on, is_all = [], True
        for layer, own_cells, empty in self._declared:
            if (own := cells[own_cells]) != empty:
                here = self._cells(row, layer, own)
                going_on += here
                is_all = is_all and bool(here)
        self._last = (rest, going_on if is_all else [])

    def _begin(self, number: int, start: int) -> None:
        """Put the text of a sentence where its first word is."""
        gap = start - self._length16
        if gap == -1 and self._parts and self._parts[-1].endswith("\n"):
            self._parts[-1] = self._parts[-1][:-1]
            self._length16, gap = self._length16 - 1, 0
        if gap < 0 or start > LARGEST:
            raise UserError(
                f"line {number}: the sentence begins at {start}, but the text before it ends at "
                f"{self._length16} (both in UTF-16 units); its text cannot be put together"
            )
        text = "".join(f"{one}\n" for one in self._pending)
        self._pending.clear()
        self._parts += [" " * gap, text]
        length = length16(text)
        self._sentence = (start, text, Utf16Map(text) if length > len(text) else None)
        self._length16 += gap + length

    def _covers(self, start: int, end: int, word: str) -> bool:
        """Tell whether the text has these words there; those in the row may be written either way."""
        begin, text, wide = self._sentence
        first, last = start - begin, end - begin
        if wide is not None:
            first, last = wide.from_16(first), wide.from_16(last)
        covered = text[first:last] if first >= 0 else ""
        return covered == word or covered.split() == plain_text(word, self._version).split()

    # --- columns ---------------------------------------------------------------------------------

    def _cells(self, row: Row, layer: Layer, cells: Sequence[str]) -> list[_Making]:
        """Take in what a row says of a layer, one annotation or stacked ones; return those that may go on."""
        before, going_on = self._before.get(layer.name, ([], []))
        if cells == before:
            for made in going_on:
                self._extend(made, row)
            return going_on
        here: list[_Making | None] = []
        for values in stacked(cells):
            if layer.kind == "relation":
                self._relation(row, layer, values)
            elif layer.kind == "chain":
                self._element(row, layer, values)
            else:
                here.append(self._span(row, layer, values))
        numbered_ones = [one for one in here if one is not None]
        if layer.kind == "span" and len(numbered_ones) == len(here):
            self._before[layer.name] = (cells, numbered_ones)
            return numbered_ones
        return []

    def _span(self, row: Row, layer: Layer, values: Sequence[str]) -> _Making | None:
        """Take in a span, or a further word of it; return it if it has a number, and so may go on."""
        bare, number = list(values), ""
        for at, value in enumerate(values):
            match = WITH_ID.fullmatch(value) if value[-1:] == "]" else None
            if match is not None and layer.columns[at].kind != "target":
                bare[at], number = match[1], match[2]
        made = self._with_id.get((layer.name, number)) if number else None
        if made is not None:
            self._extend(made, row)
            return made
        made = self._make(row, layer, number)
        for at, (value, column) in enumerate(zip(bare, layer.columns, strict=True)):
            if column.kind == "role" and at + 1 < len(bare):
                self._take_slots(row, layer, at, made.found, bare)
            elif column.kind == "value" and column.name and value not in _UNSAID:
                made.found.features[column.name] = plain_value(value)
            elif column.kind == "value" and value == "" and number:
                made.found.features[column.name] = ""
        return made if number else None

    def _make(self, row: Row, layer: Layer, number: str) -> _Making:
        line, unit, start, end, word = row
        key = f"{short(layer.name)} {unit}{f'[{number}]' if number else ''}"
        found = Found(key, layer.name, start, end, line=line)
        made = _Making(found, [word], unit in self._other)
        self._made.append(made)
        if number:
            self._with_id[layer.name, number] = made
            self._with_id.setdefault(("", number), made)
        for name in (layer.name, ""):
            self._at_unit.setdefault((name, unit), made)
        return made

    def _extend(self, made: _Making, row: Row) -> None:
        _, unit, start, end, word = row
        made.found.start = min(made.found.start, start)
        made.found.end = max(made.found.end, end)  # rows may stand twice, or in another order
        made.words.append(word)
        made.is_other |= unit in self._other

    def _take_slots(self, row: Row, layer: Layer, at: int, host: Found, cells: Sequence[str]) -> None:
        """Take in the slots whose roles are in one column, and whose targets in the next one."""
        is_said = cells[at] != EMPTY and cells[at + 1] not in _UNSAID
        targets = split_cell(cells[at + 1], ";") if is_said else []
        roles = split_cell(cells[at], ";") if targets and cells[at] else [""] * len(targets)
        if len(roles) != len(targets):
            self._fault(row[0], layer.name, f"{len(roles)} roles, but {len(targets)} targets")
            return
        for role, end in zip(roles, targets, strict=True):
            if end not in (NOTHING, EMPTY):
                named = layer.columns[at].name if role in (NOTHING, "") else plain_value(role)
                self._slots.append((row[0], layer, named, host, layer.columns[at + 1].name, end))

    def _relation(self, row: Row, layer: Layer, values: Sequence[str]) -> None:
        features: dict[str, str] = {}
        base = ""
        for value, column in zip(values, layer.columns, strict=True):
            if column.kind == "base":
                base = value
            elif column.name and value not in _UNSAID:
                match = WITH_ID.fullmatch(value)
                features[column.name] = plain_value(match[1] if match else value)
        if base in ("", EMPTY):
            self._fault(row[0], layer.name, "the relation does not say what it comes from")
        else:
            self._relations.append((row, layer, features, base))

    def _element(self, row: Row, layer: Layer, values: Sequence[str]) -> None:
        features: dict[str, str] = {}
        place: tuple[str, int] | None = None
        for value, column in zip(values, layer.columns, strict=True):
            linked, typed = _CHAINED.fullmatch(value), WITH_ID.fullmatch(value)
            bare = value
            if linked is not None:
                bare, place = linked[1], (linked[2], int(linked[3]))
            elif typed is not None:
                bare = typed[1]
            if bare not in _UNSAID:
                features[column.name] = plain_value(bare)
        if place is None:
            self._fault(row[0], layer.name, "the element does not say its place in a chain (such as *->1-1)")
            return
        chain = self._chains.setdefault((layer.name, place[0]), {})
        if place[1] in chain:
            self._extend(chain[place[1]], row)
        else:
            made = chain[place[1]] = self._make(row, layer, "")
            made.found.features.update(features)

    # --- in the end ------------------------------------------------------------------------------

    def done(self) -> Lines:
        """Return everything, with what is pointed to."""
        text = "".join(self._parts)
        self._lines.text = text.removesuffix("\n")
        if self._pending:
            self._fault(0, "", "the last sentence has a text, but no words")
        self._link()
        for one in self._made:
            if one.is_other:
                one.found.quote = " ".join(one.words)
        layers = self._lines.layers
        layers.found += (one.found for one in self._made)
        numbered(layers.found)
        layers.chains += (
            (number, [chain[at].found for at in sorted(chain)]) for (_, number), chain in self._chains.items()
        )
        self._lines.faults.sort()
        return self._lines

    def _link(self) -> None:
        for line, layer, role, host, target, end in self._slots:
            match = WITH_ID.fullmatch(end)
            found = self._at(target, match[1] if match else end, match[2] if match else "")
            if found is None:
                self._fault(line, layer.name, f"{role} points to {end}, where no {short(target)} is")
            else:
                host.links.append((role, found))
        for row, layer, features, base in self._relations:
            match = WITH_ID.fullmatch(base)
            unit, ids = (match[1], (match[2], match[3] or "0")) if match else (base, ("0", "0"))
            kind = next(one.name for one in layer.columns if one.kind == "base")
            kind = TOKEN if layer.name == DEPENDENCY else kind
            source, target_ = self._at(kind, unit, ids[0]), self._at(kind, row[1], ids[1])
            if source is None or target_ is None:
                where = base if source is None else row[1]
                self._fault(row[0], layer.name, f"it links to {where}, where no {short(kind)} is")
            else:
                key = f"{short(layer.name)} {unit}→{row[1]} {len(self._lines.layers.relations) + 1}"
                relation = Relation(key, layer.name, features, source, target_, row[0])
                self._lines.layers.relations.append(relation)

    def _at(self, layer: str, unit: str, number: str) -> Found | None:
        """Return the annotation of a layer that is meant by its number, or by where it begins."""
        if number not in ("", "0"):
            made = self._with_id.get((layer, number)) or self._with_id.get(("", number))
            return made.found if made else None
        here = self._at_unit.get((layer, unit)) or (layer in ANY_OF and self._at_unit.get(("", unit)))
        if here:
            return here.found
        row = self._rows.get(unit) if layer == TOKEN and self._rows is not None else None
        if row is None:
            return None
        return self._make(row, Layer(TOKEN, "span", 0, ()), "").found
