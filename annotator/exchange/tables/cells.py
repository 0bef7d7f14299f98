"""Text for the cells of a spreadsheet: what would be run as a formula is made harmless, and restored."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from annotator.model.formats import ExportSource, Option

ESCAPED = "escaped"
"""The column that names, row by row, the columns whose text has a mark before it that is not its own."""
FORMULAS = Option(
    "formulas",
    "Texts that begin like formulas",
    ("harmless", "as_written"),
    ("with ' before them, so that no spreadsheet runs them", "as they are"),
)
MADE_HARMLESS = "texts that begin like formulas, with ' before them"
_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
_MARK = "'"
APART = "\ue000"
"""Stands before each of many cells that are looked at together."""
_MAY_RUN = re.compile(f"{APART}[{re.escape(''.join(_STARTS))}]")
_BETWEEN = "; "

Cell = str | int


def makes_harmless(source: ExportSource) -> bool:
    """Tell whether texts that begin like formulas get a mark."""
    return source.chosen.get(FORMULAS.name, FORMULAS.values[0]) == FORMULAS.values[0]


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet might run a text, or drop what it begins with."""
    return text[:1] in _STARTS


def harmless(text: str) -> str:
    """Return a text with a mark before it where a spreadsheet would run it."""
    return _MARK + text if is_formula(text) else text


def together(rows: Iterable[Sequence[str]]) -> str:
    """Return the cells of many rows as one text, to find out whether any of them is to be looked at."""
    return APART + APART.join(chain.from_iterable(rows))


def harmless_rows(columns: Sequence[str], rows: Sequence[Sequence[str]], every: str) -> list[list[str]]:
    """Return rows as `harmless_row` makes them; most have nothing to be marked, as all `together` tell."""
    if _MAY_RUN.search(every):
        return [harmless_row(columns, row) for row in rows]
    return [[*row, ""] for row in rows]


def harmless_row(columns: Sequence[str], row: Sequence[str]) -> list[str]:
    """Return a row that no spreadsheet runs, with a last cell that names the columns that were marked."""
    run = [at for at, cell in enumerate(row) if cell[:1] in _STARTS]
    cells = [*row, _BETWEEN.join(columns[at] for at in run)]
    for at in run:
        cells[at] = f"{_MARK}{cells[at]}"
    return cells


def restored(values: Mapping[str, str]) -> dict[str, str]:
    """Return the cells of a row as they were before `harmless_row`."""
    if not values.get(ESCAPED):
        plain = dict(values)
        plain.pop(ESCAPED, None)
        return plain
    marked = f"{_BETWEEN}{values[ESCAPED]}{_BETWEEN}"
    return {
        column: cell[1:] if _is_marked(column, cell, marked) else cell
        for column, cell in values.items()
        if column != ESCAPED
    }


def _is_marked(column: str, cell: str, marked: str) -> bool:
    """Only a mark before what would be run is taken away: a cell that was edited stays as it is."""
    is_named = f"{_BETWEEN}{column}{_BETWEEN}" in marked
    return is_named and cell.startswith(_MARK) and is_formula(cell[1:])


def on_one_line(text: str) -> str:
    """Return a text without tabs and line breaks, for tables whose cells cannot hold them."""
    return " ".join(text.split())


def tsv_cells(row: Sequence[Cell], *, is_harmless: bool) -> list[str]:
    """Return the cells of a row as a table with tabs has them."""
    texts = [on_one_line(one) if isinstance(one, str) else str(one) for one in row]
    if is_harmless:
        # A number below zero is none that a spreadsheet would run.
        texts = [
            harmless(text) if isinstance(one, str) else text for one, text in zip(row, texts, strict=True)
        ]
    return texts


def tsv_line(cells: Sequence[str], *, is_quoted: bool = False) -> bytes:
    """Return a line of a table with tabs; quotation marks only where a text has some, or nowhere."""
    if is_quoted:
        cells = ['"' + one.replace('"', '""') + '"' if '"' in one else one for one in cells]
    return ("\t".join(cells) + "\n").encode()


def tsv_rows(lines: Iterable[bytes], *, is_quoted: bool = False) -> Iterator[list[str]]:
    """Yield the cells of such lines."""
    if is_quoted:
        return written_rows((line.decode() for line in lines), delimiter="\t")
    return (line.decode().rstrip("\n").split("\t") for line in lines)


def written_rows(lines: Iterable[str], *, delimiter: str = ",") -> Iterator[list[str]]:
    """Yield the cells of a table whose texts have quotation marks; raises ValueError where it is damaged."""
    try:
        yield from csv.reader(lines, delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise ValueError(str(error)) from error
