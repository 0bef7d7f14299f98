"""Opens tables that name no columns, and those whose rows a spreadsheet has put into one cell each."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice, pairwise
from statistics import mean

from annotator.exchange.ahead import looked_ahead
from annotator.exchange.tables.columns import is_known, plain_name
from annotator.exchange.tables.open_tables import Rows

LOOKED_AT = 50
"""Rows below the first one that tell whether it names the columns."""
_FEWEST, _WIDE = 4, 9
"""Rows that show that they are numbered, and digits of more than any number of them."""
_WORDS, _DENSE = 5, 40
"""Words that make a cell prose, and characters of one without blanks between words."""
_MOSTLY, _OFTEN = 0.7, 0.3
_KIND, _FLAGS = (
    re.compile("[dcst]|discrete|continuous|string|time"),
    re.compile(r"(?:(?:\w+=\w+|class|meta|i)(?: |$))*"),
)
"""What Orange writes below the names of columns."""
NUMBERED = "its first row names no columns: they were numbered, and the longest was taken for the text"
IN_ONE_CELL = "each of its rows stood in one cell, as spreadsheets leave them, and was taken apart"


def with_names(columns: list[str], rows: Rows, line: int) -> tuple[list[str], Rows, str]:
    """Return the names of columns, the rows below, and what is to be said of a table without such names.

    Its first row is like the others: a text stands among its cells, and another cell has a number where all
    rows have one, or a word that comes again below, or all are texts. Where a column counts the rows, texts
    may be short.
    """
    if len(columns) < 2 or any(map(is_known, columns)) or not any(map(_is_prose_or_number, columns)):
        return columns, rows, ""
    below, rest = looked_ahead(rows, LOOKED_AT)
    table = [columns, *(row for _line, row in below if len(row) == len(columns))]
    found = [[row[at].strip() for row in table] for at in range(len(columns))]
    are_counted = any(map(_counts_up, found))
    is_text = [_is_text(one, are_counted=are_counted) for one in found]
    if not any(is_text) or not (all(is_text) or any(map(_is_of_rows, found))):
        return columns, rest, ""
    texts = [at for at, one in enumerate(is_text) if one]
    text = max(texts, key=lambda at: sum(map(len, found[at])))
    names = ["text" if at == text else f"column {at + 1}" for at in range(len(columns))]
    return names, chain([(line, columns)], rest), NUMBERED


def _is_text(cells: Sequence[str], *, are_counted: bool) -> bool:
    share = mean(map(_is_prose, cells))
    return share >= _OFTEN if are_counted else share >= _MOSTLY and _is_prose(cells[0])


def _is_prose(cell: str) -> bool:
    return len(cell.split()) >= _WORDS or (len(cell) >= _DENSE and not cell.isascii())


def _is_prose_or_number(cell: str) -> bool:
    return _is_prose(cell) or cell.strip().isdecimal()


def _counts_up(cells: Sequence[str]) -> bool:
    """Tell whether a column numbers its rows from the first one on, as transcripts do."""
    if len(cells) < _FEWEST or not all(one.isdecimal() and len(one) < _WIDE for one in cells):
        return False
    numbers = [*map(int, cells)]
    return numbers[1] == numbers[0] + 1 and all(first < after for first, after in pairwise(numbers))


def _is_of_rows(cells: Sequence[str]) -> bool:
    """Tell whether the first cell of a column is one like those below, and no name of theirs."""
    first, *others = cells
    if not first or _is_prose(first):
        return False
    are_numbers = all(one.replace(".", "", 1).lstrip("-").isdecimal() for one in cells)
    return first in others or are_numbers


def without_kinds(rows: Rows) -> Rows:
    """Return rows without the two below the names that say of which kind columns are, as Orange has them."""
    first, rows = looked_ahead(rows, 2)
    if len(first) == 2 and all(map(_KIND.fullmatch, first[0][1])) and all(map(_FLAGS.fullmatch, first[1][1])):
        return islice(rows, 2, None)
    return rows


def taken_apart(columns: list[str], rows: Rows) -> tuple[list[str], Rows, str]:
    """Return a table whose rows stand in one cell each, with the cells that they were."""
    if not columns or any(columns[1:]) or '"' not in columns[0]:
        return columns, rows, ""
    names = _cells(columns[0])
    if len(names) < 2 or len({*map(plain_name, names)}) < len(names):
        return columns, rows, ""
    return names, _apart(rows), IN_ONE_CELL


def _apart(rows: Rows) -> Iterator[tuple[int, list[str]]]:
    return ((line, row if any(row[1:]) else _cells(row[0])) for line, row in rows if row)


def _cells(cell: str) -> list[str]:
    try:
        return next(csv.reader([cell], strict=True), [])
    except csv.Error:
        return [cell]
