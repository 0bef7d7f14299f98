"""A table that is open for reading, whatever file it stands in: its columns, and rows that fit them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from annotator.exchange.encoding import MARK
from annotator.exchange.tables.cells import ESCAPED, restored
from annotator.exchange.tables.columns import LOOKED_AT, head_at, text_column
from annotator.model.errors import UserError
from annotator.model.formats import ImportOptions, Problem

_OFFSETS = frozenset({"start", "end"})
_AROUND = f'{MARK}" \t'
"""What may stand around the name of a column; behind a mark, quotation marks are text."""

Rows = Iterator[tuple[int, list[str]]]
"""Rows with the line they begin in."""


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table that is open for reading: its columns, and its rows."""

    columns: list[str]
    rows: Rows
    encoding: str = "utf-8"
    notes: tuple[str, ...] = ()

    def values(self, row: Sequence[str]) -> dict[str, str]:
        """Return the cells of a row by column, without the marks that make formulas harmless."""
        values = dict(zip(self.columns, row, strict=True))
        marked = values.pop(ESCAPED, "")
        return restored({**values, ESCAPED: marked}) if marked else values

    def checked(self, file: str) -> Iterator[tuple[int, dict[str, str]] | Problem]:
        """Yield the values of each row with its line; a row that does not fit the table is a problem."""
        offsets = [at for at, column in enumerate(self.columns) if column.lower() in _OFFSETS]
        for line, row in self.rows:
            reason = _row_fault(self.columns, row, offsets)
            yield Problem(file, reason, line) if reason else (line, self.values(row))


def has_text(columns: Sequence[str], options: ImportOptions) -> bool:
    """Tell whether one of the columns is known, or chosen, to hold texts."""
    return text_column(columns, options.columns) is not None


def from_head(rows: Rows) -> tuple[str, list[str], int, Rows]:
    """Return what is to be said of rows above the names of columns, these, how many, and the rows below."""
    first = [*islice(rows, 1)]
    if first and not has_text(first[0][1], ImportOptions()):
        first += islice(rows, LOOKED_AT)
    at = head_at([row for _line, row in first])
    note = f"rows above the one that names the columns were left out: {at}" if at else ""
    return note, first[at][1] if first else [], at, chain(first[at + 1 :], rows)


def refuse_twins(columns: list[str]) -> None:
    """Raise UserError when two columns have the same name."""
    twins = sorted(one for one, count in Counter(columns).items() if one and count > 1)
    if twins:
        raise UserError(
            "two columns have the same name: {names}; rename one of them (the first row has to"
            " name the columns)",
            names=", ".join(map(repr, twins)),
        )


def _row_fault(columns: list[str], row: list[str], offsets: Sequence[int]) -> str:
    if len(row) != len(columns):
        return f"the row has {len(row)} cells, but the table has {len(columns)} columns"
    if columns[-1] in row[-1] and [one.strip(_AROUND) for one in row] == columns:
        return "it names the columns again, as where files were put one behind the other, and is no row"
    for at in offsets:
        if row[at] and not (row[at].isascii() and row[at].isdecimal()):
            return f"{columns[at]} {row[at]!r} is no offset: offsets are written with the digits 0 to 9 alone"
    return ""
