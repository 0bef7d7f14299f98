"""Format `csv`: a table (comma, semicolon, tab or bar between cells) of articles, one row each."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from annotator.exchange.columns import Keys, Uses, choose_uses, draft_of
from annotator.exchange.encoding import MARK, choose_encoding, decoded_pieces, refuse_other_kinds
from annotator.exchange.files import TABLE_LIMIT, file_size, read_start, shown
from annotator.model.errors import UserError
from annotator.model.formats import Column, Format, ImportOptions, Item, Note, Preview, Problem

SUFFIXES = (".csv", ".tsv", ".tab")
CELL_LIMIT = 16_000_000
"""Characters of one cell; Python's own limit (131,072) is less than a long article."""
_DELIMITERS = ",;\t|"
_SEP = re.compile(r'"?sep=([^"\n])"?$', re.IGNORECASE)
_OFFSETS = frozenset({"start", "end"})
_ASCII_NUMBER = re.compile(r"[0-9]+")
_PREVIEWED = 20
_SAMPLE = 600


@dataclass(frozen=True, slots=True)
class _Table:
    """A table that is open for reading: its columns, what they are for, its rows with their first lines."""

    columns: list[str]
    uses: Uses
    rows: Iterator[tuple[int, list[str]]]
    encoding: str
    notes: tuple[str, ...]


class TableImporter:
    """Reads a table; the columns are guessed from their names unless they are chosen."""

    is_general = True
    """Takes what no format with marks of its own recognises."""

    def recognises(self, path: Path) -> bool:
        """Tell by the name."""
        return path.suffix.lower() in SUFFIXES

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return the columns, their guessed uses and first values, and how many rows there are."""
        table = _open(path, options, must_have_text=False)
        first = [row for _line, row in islice(table.rows, _PREVIEWED)]
        columns = tuple(
            Column(
                name, table.uses.by_column[name], tuple(row[at][:80] for row in first[:3] if at < len(row))
            )
            for at, name in enumerate(table.columns)
        )
        text = table.uses.column("text")
        at = table.columns.index(text) if text is not None else 0
        sample = next((row[at][:_SAMPLE] for row in first if at < len(row) and row[at].strip()), "")
        return Preview(columns, len(first) + sum(1 for _row in table.rows), table.encoding, sample)

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield one article per row; a row that does not fit the table is a problem with its line."""
        name = shown(path.name)
        table = _open(path, options, must_have_text=True)
        yield from (Note(name, note) for note in table.notes)
        keys, blanks, count = Keys(), 0, 0
        text_at = table.columns.index(table.uses.column("text") or "")
        for line, row in table.rows:
            count += 1
            reason = _row_fault(table.columns, row)
            if not reason and not row[text_at].strip():
                blanks += 1
                continue
            draft = None if reason else draft_of(_values(table, row), table.uses, path.name, line)
            if draft is not None:
                reason = keys.clash(draft.key, draft.text, line)
            if reason or draft is None:
                yield Problem(name, reason, line)
            else:
                yield draft
        if not count:
            raise UserError("the table has a header but no rows")
        if blanks:
            yield Note(name, f"{blanks:,} row{'s' if blanks > 1 else ''} without text left out")


def _open(path: Path, options: ImportOptions, *, must_have_text: bool) -> _Table:
    csv.field_size_limit(CELL_LIMIT)
    file_size(path, TABLE_LIMIT)
    start = read_start(path, 1 << 16)
    refuse_other_kinds(start)
    encoding, notes = choose_encoding(start, options.encoding)
    lines = _lines(path, encoding)
    first = next(lines, "")
    if start.startswith(MARK.encode()):
        notes = (*notes, "leading byte-order mark dropped")
    if first.endswith("\r"):
        notes = (*notes, "its lines end in CR alone")
    hint = _SEP.match(first.strip())
    if hint:
        notes = (*notes, "its first line (sep=) names the mark between cells and is no row")
        first = next(lines, "")
    if not first.strip():
        raise UserError("the first line is empty; it has to name the columns")
    delimiter = hint[1] if hint else _delimiter(first, path)
    rows = _rows(first, lines, delimiter, 2 if hint else 1, is_quoted=delimiter != "\t")
    _line, columns = next(rows)
    columns = [column.strip() for column in columns]
    _refuse_twins(columns)
    return _Table(columns, _uses(columns, options, must_have_text), rows, encoding, notes)


def _uses(columns: list[str], options: ImportOptions, must_have_text: bool) -> Uses:
    try:
        return choose_uses(columns, options.columns)
    except UserError:
        if must_have_text or options.columns:
            raise
        return Uses(dict.fromkeys(columns, "meta"))


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """Yield lines with their ends, split at LF, CR LF or CR, as a table's reader wants them."""
    rest, is_first = "", True
    for piece in decoded_pieces(path, encoding):
        text = rest + (piece.removeprefix(MARK) if is_first else piece)
        is_first = False
        # A CR at the end may be half of a CR LF: wait for the next piece.
        held = "\r" if piece and text.endswith("\r") else ""
        *lines, rest = _LINE_ENDS.sub(r"\1\0", text[: len(text) - len(held)]).split("\0") if text else [""]
        rest += held
        yield from lines
        if len(rest) > CELL_LIMIT:
            raise UserError(f"a line is longer than {CELL_LIMIT:,} characters; is this a table?")
    if rest:
        yield rest


_LINE_ENDS = re.compile("(\r\n|\r|\n)")


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


def _delimiter(first: str, path: Path) -> str:
    if path.suffix.lower() in (".tsv", ".tab") and "\t" in first:
        return "\t"
    plain = re.sub(r'"[^"]*"', "", first)
    found = max(_DELIMITERS, key=plain.count)
    return found if plain.count(found) else ","


def _refuse_twins(columns: list[str]) -> None:
    twins = sorted({one for one in columns if one and columns.count(one) > 1})
    if twins:
        raise UserError(f"two columns have the same name: {', '.join(map(repr, twins))}; rename one of them")


def _row_fault(columns: list[str], row: list[str]) -> str:
    if len(row) != len(columns):
        return f"the row has {len(row)} cells, but the table has {len(columns)} columns"
    for column, cell in zip(columns, row, strict=True):
        if column.lower() in _OFFSETS and cell and not _ASCII_NUMBER.fullmatch(cell):
            return f"{column} {cell!r} is no offset: offsets are written with the digits 0 to 9 alone"
    return ""


def _values(table: _Table, row: list[str]) -> dict[str, str]:
    return dict(zip(table.columns, row, strict=True))


FORMAT = Format(
    "csv",
    "Table of articles (CSV, TSV)",
    SUFFIXES,
    importer=TableImporter(),
    about="A table whose first line names the columns: each row is an article.",
    example='id,headline,text\n1,Ferry stays,"The ferry stays, the mayor said."',
)
