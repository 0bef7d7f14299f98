"""Opens a workbook of LibreOffice or OpenOffice (ODS) to read its sheets, in pieces and with nothing run."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.exchange.files import digest_of
from annotator.exchange.tables.bare_tables import LOOKED_AT
from annotator.exchange.tables.open_tables import Rows
from annotator.exchange.tables.sheets import (
    ANEW,
    COLUMN_LIMIT,
    Look,
    OpenBook,
    day_text,
    number_text,
    refuse_declared,
    refuse_many,
)
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LIMIT = 300_000_000
"""Bytes of the sheets unpacked; they are read in pieces."""
_SMALL = 20_000_000
_FILE_LIMIT = 500_000_000
_MOST_BLANKS = 100_000
"""Blanks in a row that a cell may say in short."""
_KIND = b"application/vnd.oasis.opendocument.spreadsheet"
_MIMETYPE, _CONTENT, _MANIFEST = "mimetype", "content.xml", "META-INF/manifest.xml"
_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLES, _WORDS, _OFFICE = (_SPACE % one for one in ("table", "text", "office"))
_ALL, _TABLE, _ROW = f"{_OFFICE}spreadsheet", f"{_TABLES}table", f"{_TABLES}table-row"
_CELL, _COVERED = f"{_TABLES}table-cell", f"{_TABLES}covered-table-cell"
_ROWS_MORE, _CELLS_MORE = f"{_TABLES}number-rows-repeated", f"{_TABLES}number-columns-repeated"
_ROWS_WIDE, _CELLS_WIDE = f"{_TABLES}number-rows-spanned", f"{_TABLES}number-columns-spanned"
_LINED = re.compile(r"[ ]*[\t\n\r][ \t\n\r]*")
"""How a file is laid out, which is no part of its words; LibreOffice writes runs of blanks as they are."""
_MADE: Mapping[str, Callable[[Element], str]] = {
    f"{_WORDS}s": lambda one: " " * min(_count(one, f"{_WORDS}c"), _MOST_BLANKS),
    f"{_WORDS}tab": lambda _: "\t",
    f"{_WORDS}line-break": lambda _: "\n",
}
"""What elements stand for that hold no words."""
_VALUES: Mapping[str, tuple[str, Callable[[str], str]]] = {
    **dict.fromkeys(
        ("float", "percentage", "currency"), (f"{_OFFICE}value", lambda said: number_text(float(said)))
    ),
    "date": (f"{_OFFICE}date-value", lambda said: day_text(datetime.fromisoformat(said))),
    "boolean": (f"{_OFFICE}boolean-value", lambda said: "yes" if said == "true" else "no"),
    "string": (f"{_OFFICE}string-value", str),
}
"""Where a value stands, and how it is read, by its kind; a text is often only in its paragraphs."""


def is_ods(path: Path) -> bool:
    """Tell by what an archive says that it is."""
    with zipfile.ZipFile(path) as packed:
        if _MIMETYPE not in packed.namelist():
            return False
        with packed.open(_MIMETYPE) as said:
            return said.read(len(_KIND)) == _KIND


def opened_ods(path: Path) -> OpenBook:
    """Open a workbook; raises UserError when a password protects it, or it unpacks to too much."""
    with zipfile.ZipFile(path) as packed:
        for name, limit in ((_CONTENT, LIMIT), (_MANIFEST, _SMALL)):
            part = packed.getinfo(name)
            if part.file_size > limit:
                raise UserError(
                    f"its part {name} unpacks to {part.file_size:,} bytes, and {limit:,} is the limit"
                )
        if b"encryption-data" in packed.read(_MANIFEST):
            raise UserError(f"a password protects it; {ANEW} without a password")
        refuse_declared(packed, packed.getinfo(_CONTENT))
    seen = _seen(path, digest_of(path, _FILE_LIMIT))
    return OpenBook(_Sheets(path, seen), tuple(seen))


@dataclass(slots=True)
class _Seen:
    """What a sheet was seen to be in one pass over the file: its first rows with words, its look."""

    heads: list[tuple[int, list[str]]] = field(default_factory=list)
    is_whole: bool = True
    """Whether these are all its rows with words."""
    formulas: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def take(self, number: int, element: Element) -> None:
        """Take in a row of the sheet."""
        if self.is_whole and (row := _texts(element)):
            times, room = _count(element, _ROWS_MORE), LOOKED_AT + 1 - len(self.heads)
            self.heads += ((number + at, row) for at in range(min(times, room)))
            self.is_whole = times <= room
        column = 1
        for cell in _cells(element):
            self.formulas += f"{_TABLES}formula" in cell.keys()  # noqa: SIM118 - an element, not a mapping
            rows, columns = _count(cell, _ROWS_WIDE), _count(cell, _CELLS_WIDE)
            if rows > 1:
                self.merged.append((number, number + rows - 1, column, column + columns - 1))
                refuse_many(len(self.merged))
            column += _count(cell, _CELLS_MORE)


@lru_cache(maxsize=4)
def _seen(path: Path, _digest: bytes) -> dict[str, _Seen]:
    """Look over all sheets of a workbook once, as long as it is the same one."""
    found: dict[str, _Seen] = {}
    number = 1
    for title, row in _rows(path):
        if row is None:
            found[title], number = _Seen(), 1
        else:
            found[title].take(number, row)
            number += _count(row, _ROWS_MORE)
    return found


@dataclass(frozen=True, slots=True)
class _Sheets:
    path: Path
    seen: Mapping[str, _Seen]

    def rows(self, title: str) -> Rows:
        """Yield the rows of a sheet that say anything, with their numbers."""
        seen = self.seen[title]
        yield from ((number, [*row]) for number, row in seen.heads)  # often nothing else is asked for
        if seen.is_whole:
            return
        for number, times, element in _numbered(self.path, title):
            row = _texts(element)
            for at in range(times if row else 0):
                if number + at > seen.heads[-1][0]:
                    yield number + at, [*row]

    def look(self, title: str) -> Look:
        """Return how many formulas a sheet has, and its merged cells."""
        seen = self.seen[title]
        return Look(seen.formulas, tuple(seen.merged))


def _numbered(path: Path, title: str) -> Iterator[tuple[int, int, Element]]:
    """Yield each row of a sheet with its number, and how many times it stands there."""
    number = 1
    for name, row in _rows(path):
        if name == title and row is not None:
            times = _count(row, _ROWS_MORE)
            yield number, times, row
            number += times
        elif number > 1 and name != title:
            return


def _rows(path: Path) -> Iterator[tuple[str, Element | None]]:
    """Yield the title of each sheet, then its rows, which are gone after that."""
    from defusedxml.ElementTree import iterparse  # noqa: PLC0415 - loaded when the first workbook comes

    above: list[Element] = []
    title = ""
    with zipfile.ZipFile(path) as packed, packed.open(_CONTENT) as part:
        for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                if element.tag == _TABLE and above and above[-1].tag == _ALL:
                    title = element.get(f"{_TABLES}name", "")
                    yield title, None
                above.append(element)
                continue
            above.pop()
            if element.tag == _ROW and _is_outer(above):
                yield title, element
                above[-1].remove(element)


def _is_outer(above: list[Element]) -> bool:
    """Tell whether a row with this above it is one of a sheet, and not of a table within a cell."""
    tags = [one.tag for one in above]
    return _TABLE in tags and _ROW not in tags


def _cells(row: Element) -> Iterator[Element]:
    return (one for one in row if one.tag in (_CELL, _COVERED))


def _count(element: Element, name: str) -> int:
    """Return how many an element says it stands for; one where it says nothing."""
    return max(1, int(element.get(name, "1")))


def _texts(row: Element) -> list[str]:
    """Return what the cells of a row say, up to its last word; of one too wide, as much as tells it."""
    found: list[str] = []
    blanks = 0
    for cell in _cells(row):
        times = min(_count(cell, _CELLS_MORE), COLUMN_LIMIT + 1)
        text = _text(cell) if cell.tag == _CELL else ""
        if not text:
            blanks += times
            continue
        found += [""] * min(blanks, COLUMN_LIMIT + 1) + [text] * times
        blanks = 0
        if len(found) > COLUMN_LIMIT:
            break
    return found


def _text(cell: Element) -> str:
    """Return what a cell holds as text; a note on it is not its own."""
    where, read = _VALUES.get(cell.get(f"{_OFFICE}value-type", ""), ("", str))
    said = cell.get(where, "")
    if said:
        try:
            return read(said)
        except ValueError:
            pass  # what it shows tells it as well
    return "\n".join([_paragraph(one) for one in cell if one.tag == f"{_WORDS}p"])


def _paragraph(element: Element) -> str:
    for one in element.iter():
        one.text = _MADE[one.tag](one) if one.tag in _MADE else _LINED.sub(" ", one.text or "")
        one.tail = _LINED.sub(" ", one.tail or "")
    return "".join(element.itertext())
