"""Opens a workbook (XLSX) to read its sheets as tables of text, within bounds and without anything run."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import chain, islice, repeat
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from annotator.exchange.cells import ESCAPED, restored
from annotator.exchange.files import OLD_OFFICE, file_size, read_start
from annotator.exchange.other_kinds import refuse_other_kinds
from annotator.exchange.table_in import OpenTable, Rows, refuse_twins
from annotator.model.errors import UserError

LIMIT = 500_000_000
"""Bytes of a file."""
UNPACKED_LIMIT = 2_000_000_000
"""Bytes of all its parts unpacked; sheets are read in pieces."""
STRINGS_LIMIT = 300_000_000
"""Bytes of the shared strings unpacked, which are held in memory."""
SMALL_LIMIT = 20_000_000
"""Bytes of any other part."""
CELL_LIMIT = 20_000_000
"""Cells of a sheet, empty ones between others included."""
ROW_LIMIT = 1_048_576
"""Rows of a sheet, as in Excel."""
COLUMN_LIMIT = 1_000
PART = "part"
"""The column that numbers the rows of an article whose text fits into no cell."""
_MEMBERS = 5_000
_MERGED_LIMIT = 100_000
_PIECE = 1 << 20
_STEP = 100
"""Rows that are read at a time."""
_OVERLAP = 200
_BOOK = "xl/workbook.xml"
_STRINGS = "xl/sharedStrings.xml"
_SHEETS = "xl/worksheets/"
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_CODED = re.compile("_x(005F|00[01][0-9A-Fa-f]|FFF[EF])_")
_ANEW = "open it in an office program and save it anew as .xlsx"
_DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError),
    *(ParseError, SyntaxError, LookupError, ValueError, TypeError, AttributeError, OverflowError),
)


@dataclass(frozen=True, slots=True)
class OpenBook:
    """A workbook that is open, and what its sheets are called."""

    path: Path
    book: Any
    titles: tuple[str, ...]
    _looks: dict[str, _Look] = field(default_factory=dict)

    def columns(self, title: str) -> list[str]:
        """Return the names of a sheet's columns, from its first row that says anything; none if empty."""
        head = next((row for _number, row in self._plain(title)), [])
        while head and not head[-1].strip():
            head.pop()
        if len(head) > COLUMN_LIMIT:
            raise UserError(f"the sheet {title!r} has more than {COLUMN_LIMIT:,} columns")
        return [one.strip() or f"column {at}" for at, one in enumerate(head, 1)]

    def table(self, title: str) -> OpenTable:
        """Return a sheet that is not empty as a table."""
        columns = self.columns(title)
        refuse_twins(columns)
        rows = self._filled(title)
        line, _head = next(rows)
        body = _plain_rows(chain([(line, columns)], _fitted(rows, len(columns))))
        _line, columns = next(body)
        return OpenTable(columns, body, "", (*self._notes(title),))

    def _plain(self, title: str) -> Rows:
        """Yield the rows that have anything in them, with their numbers."""
        sheet = self.book[title]
        sheet.reset_dimensions()  # a file may say any size
        cells = 0
        for number, values in enumerate(_quietly(sheet.iter_rows(values_only=True)), 1):
            cells += len(values)
            if cells > CELL_LIMIT or number > ROW_LIMIT:
                limit = f"{CELL_LIMIT:,} cells" if cells > CELL_LIMIT else f"{ROW_LIMIT:,} rows"
                raise UserError(f"the sheet {title!r} has more than {limit}; split it")
            row = [one if type(one) is str and "_x" not in one else _text(one) for one in values]
            if any(row):
                yield number, row

    def _filled(self, title: str) -> Rows:
        """Yield rows with what merged cells say in each of those that they cover."""
        if not self.look(title).merged:
            return self._plain(title)
        merged = _Merged(self.look(title).merged)
        return ((number, merged.filled(number, row)) for number, row in self._plain(title))

    def look(self, title: str) -> _Look:
        """Return what can only be seen in the file of a sheet."""
        if title not in self._looks:
            self._looks[title] = _look(self.path, self.book[title]._worksheet_path)
        return self._looks[title]

    def _notes(self, title: str) -> Iterator[str]:
        found = self.look(title)
        if found.formulas:
            yield (
                f"{found.formulas:,} cell(s) of the sheet {title!r} with formulas: the values they had when "
                "it was saved were taken, and no formula was computed"
            )
        if found.merged:
            yield f"merged cells of the sheet {title!r}: what they say was taken for every row they cover"


@contextmanager
def open_workbook(path: Path) -> Iterator[OpenBook]:
    """Open a workbook; raises UserError when it is none, damaged, or unpacks to too much."""
    file_size(path, LIMIT)
    start = read_start(path, 8)
    if start.startswith(OLD_OFFICE):
        raise UserError(
            f"it is a workbook of an old Excel, or one that a password protects; {_ANEW} without a password"
        )
    if not start.startswith(b"PK"):
        refuse_other_kinds(start)
        raise UserError(f"it is no workbook, whatever its name says; {_ANEW}")
    with _damage():
        _refuse_odd(path)
        from openpyxl import load_workbook  # noqa: PLC0415 - loaded when the first workbook comes

        with path.open("rb") as file:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                yield OpenBook(path, book, tuple(one.title for one in book.worksheets))
            finally:
                book.close()


@contextmanager
def _damage() -> Iterator[None]:
    """Turn what the library raises for a damaged file into a sentence."""
    try:
        yield
    except UserError:
        raise
    except _DAMAGES as error:
        raise UserError(f"a part of it is damaged; {_ANEW}") from error


def _plain_rows(rows: Rows) -> Rows:
    """Yield the rows of a table, its head first, as they were before they were made fit for cells.

    An article that goes on in further rows is put together; a column that numbers them is taken away.
    """
    line, head = next(rows)
    yield line, [one for one in head if one != PART]
    if PART not in head or ESCAPED not in head:
        yield from rows
        return
    held: tuple[int, dict[str, str]] | None = None
    for line, row in rows:
        values = restored(dict(zip(head, row, strict=True)))
        if held is not None and values[PART] not in ("", "1"):
            held[1]["text"] += values["text"]
            continue
        if held is not None:
            yield held[0], _without_part(held[1], head)
        held = line, values
    if held is not None:
        yield held[0], _without_part(held[1], head)


def _without_part(values: dict[str, str], head: list[str]) -> list[str]:
    return [values.get(column, "") for column in head if column != PART]


def _fitted(rows: Rows, width: int) -> Rows:
    """Yield rows as wide as the head; cells beyond it that say something are told by their row."""
    for number, row in rows:
        if len(row) != width and not any(row[width:]):
            row = [*row[:width], *[""] * (width - len(row))]
        yield number, row


def _quietly(rows: Iterator[Any]) -> Iterator[Any]:
    """Yield what the library reads without what it warns of, such as a number that is no date."""
    # Of the head alone only the first is looked at.
    for count in chain((1,), repeat(_STEP)):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            some = list(islice(rows, count))
        if not some:
            return
        yield from some


def _text(value: object) -> str:
    """Return what a cell holds as text: whole numbers without a point, days as YYYY-MM-DD."""
    return _TEXTS.get(type(value), str)(value)


def _said(text: str) -> str:
    return _CODED.sub(lambda found: chr(int(found[1], 16)), text)


def _number(number: float) -> str:
    return str(int(number)) if number.is_integer() else repr(number)


def _moment(moment: datetime) -> str:
    is_day = moment.time() == time()
    return moment.date().isoformat() if is_day else moment.isoformat(sep=" ", timespec="seconds")


_TEXTS: Mapping[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    str: _said,
    bool: lambda is_so: "yes" if is_so else "no",
    float: _number,
    datetime: _moment,
}


# --- what is looked at before the library reads -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Look:
    formulas: int
    merged: tuple[tuple[int, int, int, int], ...]
    """First row, last row, first and last column of each merged range, counted from 1."""


class _Merged:
    """Gives every row of a merged range what its first cell says."""

    def __init__(self, ranges: tuple[tuple[int, int, int, int], ...]) -> None:
        self._waiting = sorted(ranges, reverse=True)
        self._open: list[tuple[int, int, str]] = []

    def filled(self, number: int, row: list[str]) -> list[str]:
        """Return a row with the cells that a range above covers; rows come in order."""
        if not (self._open or self._waiting):
            return row
        self._open = [one for one in self._open if one[0] >= number]
        for _last, column, value in self._open:
            row += [""] * (column - len(row))
            row[column - 1] = row[column - 1] or value
        while self._waiting and self._waiting[-1][0] <= number:
            first, last, column, _ = self._waiting.pop()
            if first == number and last > first and column <= len(row) and row[column - 1]:
                self._open.append((last, column, row[column - 1]))
        return row


def _refuse_odd(path: Path) -> None:
    """Refuse before anything large is unpacked, and any part that declares a document type."""
    with zipfile.ZipFile(path) as packed:
        members = packed.infolist()
        names = {one.filename for one in members}
        if len(members) > _MEMBERS:
            raise UserError(f"it has too many parts: {len(members):,}, and {_MEMBERS:,} is the limit")
        if _BOOK not in names:
            kind = "a Word document" if "word/document.xml" in names else "a zip archive"
            raise UserError(f"it is {kind}, not a workbook, whatever its name says")
        if sum(one.file_size for one in members) > UNPACKED_LIMIT:
            raise UserError(f"it unpacks to more than {UNPACKED_LIMIT:,} bytes, which is the limit")
        for one in members:
            limit = STRINGS_LIMIT if one.filename == _STRINGS else SMALL_LIMIT
            is_xml = one.filename.endswith((".xml", ".rels"))
            if is_xml and one.file_size > limit and not one.filename.startswith(_SHEETS):
                raise UserError(
                    f"its part {one.filename} unpacks to {one.file_size:,} bytes, and {limit:,} is the limit"
                )
            if is_xml:
                _refuse_declared(packed, one)


def _refuse_declared(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    from defusedxml import DefusedXmlException  # noqa: PLC0415 - loaded when the first workbook comes
    from defusedxml.ElementTree import iterparse  # noqa: PLC0415

    with packed.open(member) as part:
        try:
            next(iter(iterparse(part, events=("start",), forbid_dtd=True)), None)
        except DefusedXmlException as error:
            raise UserError(
                f"its part {member.filename} declares a document type or entities, which no workbook does"
            ) from error


def _look(path: Path, part: str) -> _Look:
    """Count formulas and find merged cells, in pieces."""
    formulas, merged, rest = 0, set(), b""
    with zipfile.ZipFile(path) as packed, packed.open(part) as sheet:
        while piece := sheet.read(_PIECE):
            data = rest + piece
            cut = max(0, len(data) - _OVERLAP)
            if b"<f" in data or b":f" in data:
                formulas += sum(found.start() < cut for found in _FORMULA.finditer(data))
            if b"mergeCell" in data:
                merged |= {found.groups() for found in _MERGED.finditer(data)}
            rest = data[cut:]
            if len(merged) > _MERGED_LIMIT:
                raise UserError(f"it has more than {_MERGED_LIMIT:,} merged ranges")
    formulas += sum(1 for _ in _FORMULA.finditer(rest))
    return _Look(formulas, tuple((int(a), int(b), _column(x), _column(y)) for x, a, y, b in merged))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
