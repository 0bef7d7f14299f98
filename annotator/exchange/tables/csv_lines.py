"""Opens a table that is text: commas, semicolons, tabs or bars between its cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from pathlib import Path

from annotator.exchange.encoding import MARK, choose_encoding, decoded_pieces
from annotator.exchange.files import TABLE_LIMIT, file_size, read_start, stamp_of
from annotator.exchange.other_kinds import refuse_other_kinds
from annotator.exchange.tables.bare_tables import taken_apart, with_names, without_kinds
from annotator.exchange.tables.cells import ESCAPED
from annotator.exchange.tables.open_tables import OpenTable, from_head, refuse_twins
from annotator.model.errors import UserError
from annotator.model.formats import ImportOptions

SUFFIXES = (".csv", ".tsv", ".tab")
CELL_LIMIT = 16_000_000
"""Characters of one cell; Python's own limit (131,072) is less than a long article."""
_MOST = 1_000
_KEPT = 2_000
_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"[^"]*"')
_FEWEST, _LINES = 3, 20
"""Lines that tell what parts cells, where texts have the other marks; and as many as are looked at."""
_SEP = re.compile(r'"?sep=([^"\n])"?$', re.IGNORECASE)


def tables_beside(path: Path) -> list[Path]:
    """Return the tables beside one, by name, as many as are looked at."""
    own = str(path)
    others = (one for one in path.parent.iterdir() if str(one).lower().endswith(SUFFIXES) and str(one) != own)
    return sorted(others, key=str)[:_MOST]


def columns_of(path: Path, options: ImportOptions) -> tuple[str, ...] | None:
    """Return the names of a table's columns, None where it cannot be read; each is opened once only."""
    stamp = stamp_of(path)
    return _columns(str(path), stamp, options.encoding) if stamp else None


def has_columns(path: Path, names: AbstractSet[str]) -> bool:
    """Tell whether a table has all these columns."""
    return {*(columns_of(path, ImportOptions()) or ())} >= names


@lru_cache(maxsize=_KEPT)
def _columns(path: str, _stamp: tuple[int, ...], encoding: str | None) -> tuple[str, ...] | None:
    try:
        return tuple(open_csv(Path(path), ImportOptions(encoding)).columns)
    except UserError:
        return None


def open_csv(path: Path, options: ImportOptions) -> OpenTable:
    """Return a table with its rows still to be read; raises UserError when it cannot be read at all."""
    csv.field_size_limit(CELL_LIMIT)
    file_size(path, TABLE_LIMIT)
    start = read_start(path, 1 << 16)
    refuse_other_kinds(start)
    encoding, notes = choose_encoding(start, options.encoding)
    lines = _lines(path, encoding)
    first = next(lines, "")
    if first.endswith("\r"):
        notes = (*notes, "its lines end in CR alone")
    hint = _SEP.match(first.strip())
    if hint:
        notes = (*notes, "its first line (sep=) names the mark between cells and is no row")
        first = next(lines, "")
    if not first.strip():
        raise UserError("the first line is empty; it has to name the columns")
    delimiter = hint[1] if hint else _delimiter(first, path, start.decode(encoding, "replace"))
    # With tabs, quotation marks are text, unless they stand around the names of the columns too, or clearly
    # around cells.
    is_quoted = delimiter != "\t" or first.startswith('"') or _is_quoted(start.decode(encoding, "replace"))
    line = 2 if hint else 1
    rows = _rows(first, lines, delimiter, line, is_quoted=is_quoted)
    above, columns, at, rows = from_head(rows)
    columns, rows, apart = taken_apart([column.strip() for column in columns], rows)
    columns, rows, bare = ([*columns], rows, "") if at else with_names(columns, rows, line)
    notes = (*notes, *filter(None, (above, apart, bare)))
    refuse_twins(columns)
    if start.startswith(MARK.encode()) and columns[-1] != ESCAPED:  # else this program wrote it
        notes = (*notes, "leading byte-order mark dropped")
    return OpenTable(columns, without_kinds(rows), encoding, notes)


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """Yield lines with their ends, split at LF, CR LF or CR, as a table's reader wants them."""
    rest, is_first = "", True
    for piece in decoded_pieces(path, encoding):
        text = rest + (piece.removeprefix(MARK) if is_first else piece)
        is_first = False
        # A CR at the end may be half of a CR LF: wait for the next piece.
        held = "\r" if piece and text.endswith("\r") else ""
        lines = [*io.StringIO(text[: len(text) - len(held)], newline="")]
        rest = (lines.pop() if lines and not lines[-1].endswith(("\r", "\n")) else "") + held
        yield from lines
        if len(rest) > CELL_LIMIT:
            raise UserError("a line is longer than {limit:,} characters; is this a table?", limit=CELL_LIMIT)
    if rest:
        yield rest


def _rows(
    first: str, lines: Iterator[str], delimiter: str, line: int, *, is_quoted: bool
) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line it begins in; an open quotation mark is named by that line."""

    def all_lines() -> Iterator[str]:
        yield first
        yield from lines

    reader = csv.reader(
        all_lines(),
        delimiter=delimiter,
        strict=True,
        quoting=csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE,
    )
    begins = line
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise UserError(_reason(error, begins)) from error
        if row is None:
            return
        if row:
            yield begins, row
        begins = line + reader.line_num


def _reason(error: csv.Error, line: int) -> str:
    what = str(error)
    if "unexpected end of data" in what:
        return f"a quotation mark that opens in the row of line {line} is never closed; close it or double it"
    if "field larger" in what:
        return f"a cell in the row of line {line} is longer than {CELL_LIMIT:,} characters"
    if "expected after" in what:
        return f"in the row of line {line} a quotation mark stands inside a cell; double it"
    return f"the row of line {line} cannot be read: {what}"


def _is_quoted(start: str) -> bool:
    """Tell whether marks stand around cells parted by tabs: rows are even with them alone, or they double."""
    whole = start[: start.rfind("\n") + 1].replace("\r\n", "\n")
    if '\t"' not in whole and '\n"' not in whole:
        return False
    try:
        with_marks = [row for row in csv.reader(io.StringIO(whole), delimiter="\t", strict=True) if row]
    except csv.Error:
        return False
    plain = [line.split("\t") for line in whole.split("\n") if line]
    width = len(with_marks[0])
    if any(len(row) != width for row in with_marks):
        return False
    doubled = (cell.startswith('"') and '""' in cell[1:-1] for row in plain for cell in row)
    return any(len(row) != width for row in plain) or any(doubled)


def _delimiter(first: str, path: Path, start: str) -> str:
    """Return what parts the cells: what stands most often in the first line, unless another alone is even."""
    if path.suffix.lower() in (".tsv", ".tab") and "\t" in first:
        return "\t"
    plain = _QUOTED.sub("", first)
    found = max(_DELIMITERS, key=plain.count)
    lines = [one for one in _QUOTED.sub("", start[: start.rfind("\n") + 1]).splitlines()[:_LINES] if one]
    even = [one for one in _DELIMITERS if len({line.count(one) for line in lines}) == 1 and one in plain]
    if len(lines) >= _FEWEST and len(even) == 1:
        return even[0]
    return found if plain.count(found) else ","
