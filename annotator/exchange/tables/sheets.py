"""Reads the sheets of a workbook as tables of text, whatever program's file they stand in."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import chain, islice
from typing import Protocol
from xml.etree.ElementTree import ParseError

from annotator.exchange.tables.bare_tables import with_names
from annotator.exchange.tables.cells import ESCAPED, restored
from annotator.exchange.tables.open_tables import OpenTable, Rows, from_head, refuse_twins
from annotator.model.errors import UserError

CELL_LIMIT = 20_000_000
"""Cells of a sheet, empty ones between others included."""
ROW_LIMIT = 1_048_576
"""Rows of a sheet, as in Excel."""
COLUMN_LIMIT = 1_000
MERGED_LIMIT = 100_000
"""Merged ranges of a sheet, which are held in memory and looked at again for each row."""
PART = "part"
"""The column that numbers the rows of an article whose text fits into no cell."""
ANEW = "open it in an office program and save it anew as .xlsx"
_DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError),
    *(ParseError, SyntaxError, LookupError, ValueError, TypeError, AttributeError, OverflowError),
)


@dataclass(frozen=True, slots=True)
class Look:
    """What is to be known of a sheet beside its cells."""

    formulas: int
    merged: tuple[tuple[int, int, int, int], ...]
    """First row, last row, first and last column of each merged range, counted from 1."""


class Sheets(Protocol):
    """The sheets of one file."""

    def rows(self, title: str) -> Rows:
        """Yield the rows of a sheet as text, with their numbers; those without a word may be left out."""
        ...

    def look(self, title: str) -> Look:
        """Return what is to be known of a sheet beside its cells."""
        ...


@dataclass(frozen=True, slots=True)
class OpenBook:
    """A workbook that is open, and what its sheets are called."""

    sheets: Sheets
    titles: tuple[str, ...]
    _heads: dict[str, tuple[str, list[str], int]] = field(default_factory=dict)

    def columns(self, title: str) -> list[str]:
        """Return the names of a sheet's columns, from its first row that clearly has them; none if empty."""
        _note, row, _at = self._head(title)
        head = [*row]
        while head and not head[-1].strip():
            head.pop()
        if len(head) > COLUMN_LIMIT:
            raise UserError(f"the sheet {title!r} has more than {COLUMN_LIMIT:,} columns")
        return [one.strip() or f"column {at}" for at, one in enumerate(head, 1)]

    def _head(self, title: str) -> tuple[str, list[str], int]:
        if title not in self._heads:
            self._heads[title] = from_head(self._plain(title))[:3]
        return self._heads[title]

    def table(self, title: str) -> OpenTable:
        """Return a sheet that is not empty as a table."""
        line, columns, rows = self._table(title, self._filled(title))
        note, _row, at = self._head(title)
        if not at:
            columns, rows, note = with_names(columns, rows, line)
        refuse_twins(columns)
        return OpenTable(columns, rows, "", (*filter(None, [note]), *self._notes(title)))

    def written(self, title: str) -> OpenTable:
        """Return a sheet as this program writes it, in which nothing is merged or computed."""
        _line, columns, rows = self._table(title, self._plain(title))
        return OpenTable(columns, rows)

    def _table(self, title: str, rows: Rows) -> tuple[int, list[str], Rows]:
        columns = self.columns(title)
        line, _head = next(islice(rows, self._head(title)[2], None))
        body = _plain_rows(chain([(line, columns)], _fitted(rows, len(columns))))
        line, columns = next(body)
        return line, columns, body

    def _plain(self, title: str) -> Rows:
        """Yield the rows that have anything in them, with their numbers."""
        cells = 0
        for number, row in self.sheets.rows(title):
            cells += len(row)
            if cells > CELL_LIMIT or number > ROW_LIMIT:
                limit = f"{CELL_LIMIT:,} cells" if cells > CELL_LIMIT else f"{ROW_LIMIT:,} rows"
                raise UserError(f"the sheet {title!r} has more than {limit}; split it")
            if any(row):
                yield number, row

    def _filled(self, title: str) -> Rows:
        """Yield rows with what merged cells say in each of those that they cover."""
        ranges = self.sheets.look(title).merged
        if not ranges:
            return self._plain(title)
        merged = _Merged(ranges)
        return ((number, merged.filled(number, row)) for number, row in self._plain(title))

    def _notes(self, title: str) -> Iterator[str]:
        found = self.sheets.look(title)
        if found.formulas:
            yield (
                f"{found.formulas:,} cell(s) of the sheet {title!r} with formulas: the values they had when "
                "it was saved were taken, and no formula was computed"
            )
        if found.merged:
            yield f"merged cells of the sheet {title!r}: what they say was taken for every row they cover"


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


def refuse_many(merged: int) -> None:
    """Raise UserError for more merged ranges than a sheet may have."""
    if merged > MERGED_LIMIT:
        raise UserError(f"it has more than {MERGED_LIMIT:,} merged ranges")


@contextmanager
def damage() -> Iterator[None]:
    """Turn what the library raises for a damaged file into a sentence."""
    try:
        yield
    except UserError:
        raise
    except _DAMAGES as error:
        raise UserError(f"a part of it is damaged; {ANEW}") from error


def refuse_declared(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Raise UserError for a part that declares a document type."""
    from defusedxml import DefusedXmlException  # noqa: PLC0415 - loaded when the first workbook comes
    from defusedxml.ElementTree import iterparse  # noqa: PLC0415

    with packed.open(member) as part:
        try:
            next(iter(iterparse(part, events=("start",), forbid_dtd=True)), None)
        except DefusedXmlException as error:
            raise UserError(
                f"its part {member.filename} declares a document type or entities, which no workbook does"
            ) from error


def number_text(number: float) -> str:
    """Return a number as text: a whole one without a point."""
    return str(int(number)) if number.is_integer() else repr(number)


def day_text(moment: datetime) -> str:
    """Return a moment as text: a day as YYYY-MM-DD."""
    is_day = moment.time() == time()
    return moment.date().isoformat() if is_day else moment.isoformat(sep=" ", timespec="seconds")
