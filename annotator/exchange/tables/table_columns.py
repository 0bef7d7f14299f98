"""Says what the columns of a table that was written are: their names, and where only whole numbers stand."""

from __future__ import annotations

import csv
import re
from collections.abc import Generator, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TextIO

from annotator.exchange.tables.csv_lines import CELL_LIMIT

TABLES = {".csv": ",", ".tsv": "\t"}
"""What parts the cells, by how the name of a table ends."""
UNNAMED = "column"
"""What columns without names are called, with their number."""
UNQUOTED = int(csv.QUOTE_NONE)
"""How Python, and so `datasets`, calls a table in which quotation marks are text."""
_HEAD = re.compile(r"[A-Za-z_][\w ./:-]{0,40}")
"""The name of a column; the first row of a table without names has a sentence or a number."""
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_STEP = 20


def has_no_rows(path: Path, *, is_quoted: bool) -> bool:
    """Tell whether a table has nothing but names of columns, if that."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = [*islice(_rows(file, path, is_quoted=is_quoted), 2)]
    return not first or (len(first) == 1 and _is_head(first[0]))


def columns_of(path: Path, *, is_quoted: bool) -> Generator[None, None, dict[str, bool]]:
    """Return the columns of a table, and whether each holds whole numbers alone, pausing now and then."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = _rows(file, path, is_quoted=is_quoted)
        names = next(rows, [])
        if not _is_head(names):
            file.seek(0)
            names = [f"{UNNAMED} {at}" for at in range(1, len(names) + 1)]
        are_whole = [True] * len(names)
        for number, row in enumerate(rows):
            if number % _STEP == 0:
                yield
            cells = zip(are_whole, row, strict=False)
            are_whole = [is_one and _WHOLE.fullmatch(cell) is not None for is_one, cell in cells]
    return dict(zip(names, are_whole, strict=False))


def _rows(file: TextIO, path: Path, *, is_quoted: bool) -> Iterator[list[str]]:
    csv.field_size_limit(CELL_LIMIT)
    return csv.reader(
        file,
        delimiter=TABLES[path.suffix],
        quoting=csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE,
    )


def _is_head(cells: Sequence[str]) -> bool:
    return len({*cells}) == len(cells) and all(map(_HEAD.fullmatch, cells))
