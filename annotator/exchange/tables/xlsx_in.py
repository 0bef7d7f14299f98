"""Opens a workbook (XLSX) to read its sheets as tables of text, within bounds and without anything run."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice, repeat
from pathlib import Path
from typing import Any

from annotator.exchange.files import OLD_OFFICE, file_size, read_start
from annotator.exchange.other_kinds import refuse_other_kinds
from annotator.exchange.tables.ods_in import is_ods, opened_ods
from annotator.exchange.tables.open_tables import Rows
from annotator.exchange.tables.sheets import (
    ANEW,
    Look,
    OpenBook,
    damage,
    day_text,
    number_text,
    refuse_declared,
    refuse_many,
)
from annotator.exchange.tables.sheets_kept import Kept, KeptSheets, kept_of
from annotator.model.errors import UserError

LIMIT = 500_000_000
"""Bytes of a file."""
UNPACKED_LIMIT = 2_000_000_000
"""Bytes of all its parts unpacked; sheets are read in pieces."""
STRINGS_LIMIT = 300_000_000
"""Bytes of the shared strings unpacked, which are held in memory."""
SMALL_LIMIT = 20_000_000
"""Bytes of any other part."""
_MEMBERS = 5_000
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


@dataclass(slots=True)
class _Sheets:
    """The sheets of a file, which the library opens once something of it is asked for."""

    path: Path
    stack: ExitStack
    _book: Any = None

    @property
    def book(self) -> Any:
        """The workbook as the library has it."""
        if self._book is None:
            from openpyxl import load_workbook  # noqa: PLC0415 - loaded when the first workbook comes

            file = self.stack.enter_context(self.path.open("rb"))
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            self.stack.callback(self._book.close)
        return self._book

    def rows(self, title: str) -> Rows:
        """Yield the rows of a sheet as text, with their numbers."""
        sheet = self.book[title]
        sheet.reset_dimensions()  # a file may say any size
        for number, values in enumerate(_quietly(sheet.iter_rows(values_only=True)), 1):
            yield (
                number,
                [
                    "" if one is None else one if type(one) is str and "_x" not in one else _text(one)
                    for one in values
                ],
            )

    def look(self, title: str) -> Look:
        """Return what can only be seen in the file of a sheet."""
        return _look(self.path, self.book[title]._worksheet_path)


@contextmanager
def open_workbook(path: Path, *, keeps: bool = True) -> Iterator[OpenBook]:
    """Open a workbook; raises UserError when it is none, damaged, or unpacks to too much.

    What is read of it is kept for the next time, unless it is not to be opened again.
    """
    file_size(path, LIMIT)
    start = read_start(path, 8)
    if start.startswith(OLD_OFFICE):
        raise UserError(
            f"it is an old Excel workbook, or one that a password protects; {ANEW} without a password"
        )
    if not start.startswith(b"PK"):
        refuse_other_kinds(start)
        raise UserError(f"it is no workbook, whatever its name says; {ANEW}")
    with damage():
        if is_ods(path):
            yield opened_ods(path)
            return
        kept = kept_of(path, LIMIT) if keeps else Kept()
        if not kept.titles:
            _refuse_odd(path)
        with ExitStack() as stack:
            sheets = _Sheets(path, stack)
            kept.titles = kept.titles or tuple(one.title for one in sheets.book.worksheets)
            yield OpenBook(KeptSheets(sheets, kept) if keeps else sheets, kept.titles)


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


_TEXTS: Mapping[type, Callable[[Any], str]] = {
    str: _said,
    bool: lambda is_so: "yes" if is_so else "no",
    float: number_text,
    datetime: day_text,
}


# --- what is looked at before the library reads -------------------------------------------------------


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
                refuse_declared(packed, one)


def _look(path: Path, part: str) -> Look:
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
            refuse_many(len(merged))
    formulas += sum(1 for _ in _FORMULA.finditer(rest))
    return Look(formulas, tuple((int(a), int(b), _column(x), _column(y)) for x, a, y, b in merged))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
