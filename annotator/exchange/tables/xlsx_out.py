"""Writes tables as the sheets of a workbook: no cell is a formula, and the same data gives the same bytes."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from annotator.exchange.tables.cells import APART, ESCAPED, harmless_rows, together
from annotator.exchange.tables.sheets import PART
from annotator.exchange.tables.table_rows import TABLE, Look, Table, every_table, losses, tables_of
from annotator.exchange.tables.tables_out import compare, prove
from annotator.exchange.tables.xlsx_in import open_workbook
from annotator.model.formats import ExportSource, Option, Target
from annotator.model.ids import Id
from annotator.model.records import ArticleContent

EVERY = "all"
TABLES = Option("table", "Table", (EVERY, *TABLE.values), ("all, each a sheet", *TABLE.titles))
_LONGEST = 32_766
"""Characters of a cell, less one for a mark; Excel counts UTF-16 units and allows 32,767."""
_TOO_LONG = "covered texts and notes of more than 32,766 characters"
_ARTICLES = "articles"
_CONTROL_BYTES = bytes((*range(9), *range(11, 32)))
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f]|[\ufffe\uffff]|_x(?=[0-9A-Fa-f]{4}_)")
_UNFIT = re.compile(r"[\x00-\x1f\ufffe\uffff\[\]:*?/\\']+")
_TITLE = 31
_EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 - a workbook has no time zone
_VIEWS = b"<sheetViews>"
_START, _PIECE = 2_000, 1 << 20


class XlsxExporter:
    """Writes each table as a sheet."""

    suffix = ".xlsx"

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what the sheets do not hold."""
        tables = _tables(source)
        found = losses(content, tables)
        if _may_be_long(content):
            look = Look(content, source.annotators)
            for table in (one for one in tables if one.name != _ARTICLES):
                found[_TOO_LONG] += sum(_is_long(cell) for row in table.rows(look) for cell in row)
        return +found

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write the workbook, yielding how many articles are written; raises OSError for a full disk."""
        sheets: list[Any] = []
        with _disk_faults():
            try:
                yield from self._write(source, target, sheets)
            except BaseException:
                _let_go(sheets)
                raise

    def _write(self, source: ExportSource, target: Target, sheets: list[Any]) -> Iterator[int]:
        from openpyxl import Workbook  # noqa: PLC0415 - loaded when the first workbook is written
        from openpyxl.writer.excel import ExcelWriter  # noqa: PLC0415

        tables, book = _tables(source), Workbook(write_only=True)
        book.properties.creator = "annotator"
        book.properties.created = book.properties.modified = _EPOCH
        titles = _titles(tables)
        sheets += [book.create_sheet(titles[one.name]) for one in tables]
        for table, sheet in zip(tables, sheets, strict=True):
            sheet.freeze_panes = "A2"
            _append(sheet, [[*_columns(table), ESCAPED]], (), is_plain=False)
        rows_of = dict.fromkeys(titles, 1)
        for count, content in enumerate(source.contents, 1):
            look, is_long = Look(content, source.annotators), _may_be_long(content)
            for table, sheet in zip(tables, sheets, strict=True):
                rows = [*table.rows(look)]
                if not rows:
                    continue
                if is_long and table.name != _ARTICLES:
                    rows = [["" if _is_long(cell) else cell for cell in row] for row in rows]
                prove(source.proof, table, content.article.id, rows)
                if table.name == _ARTICLES:
                    rows = [part for row in rows for part in _parts(row)]
                every = together(rows)
                rows = harmless_rows(_columns(table), rows, every)
                _append(sheet, rows, _numbers(table), is_plain=_is_plain(every))
                rows_of[table.name] += len(rows)
            yield count
        sizes = [(len(_columns(one)) + 1, rows_of[one.name]) for one in tables]
        with tempfile.TemporaryFile(prefix="annotator-") as packed:
            # Packed once only, and with the times that are set above.
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
                ExcelWriter(book, archive).save()
            _repack(packed, target.open(), sizes)

    def verify(self, path: Path, texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read the workbook, comparing every covered text with its article."""
        tables = _tables(source)
        titles = _titles(tables)
        articles = 0
        with open_workbook(path, keeps=False) as book:
            for table in tables:
                sheet = book.written(titles[table.name])
                rows = chain([sheet.columns], (row for _line, row in sheet.rows))
                articles += yield from compare(table, rows, texts, source.proof)
        source.proof.check_count(articles)

    def sample(self, content: ArticleContent, source: ExportSource) -> str:
        """Return the sheets of one article as they will look."""
        found = []
        for table in _tables(source):
            lines = [_columns(table), *table.rows(Look(content, source.annotators))]
            shown = ["\t".join(cell.replace("\n", "⏎") for cell in one) for one in lines]
            found.append("\n".join([table.name, "─" * len(table.name), *shown]))
        return "\n\n".join(found)


@contextmanager
def _disk_faults() -> Iterator[None]:
    """Raise as OSError what the disk did while lxml wrote a sheet; it has an error of its own for that."""
    from lxml.etree import SerialisationError  # noqa: PLC0415 - openpyxl writes with it where it is there

    try:
        yield
    except SerialisationError as error:
        number = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
        raise OSError(number, os.strerror(number)) from error


def _let_go(sheets: Iterable[Any]) -> None:
    """End what openpyxl began to write; left to Python, each would fail once more, on standard error."""
    from lxml.etree import LxmlError  # noqa: PLC0415 - as above

    for sheet in sheets:
        for begun in (sheet._rows, getattr(sheet._writer, "xf", None)):
            with suppress(LxmlError, OSError):
                if begun is not None:
                    begun.close()


def _tables(source: ExportSource) -> tuple[Table, ...]:
    chosen = source.chosen.get("table", EVERY)
    return every_table(source.scheme) if chosen == EVERY else tables_of(source.scheme, (chosen,))


def _titles(tables: Sequence[Table]) -> dict[str, str]:
    """Return the name of each table's sheet: as Excel allows it, and no two alike."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for table in tables:
        plain = _UNFIT.sub("_", table.name).strip()[:_TITLE] or "_"
        title, count = plain, 1
        while title.casefold() in taken:
            count += 1
            title = f"{plain[: _TITLE - 4]}-{count}"
        taken.add(title.casefold())
        found[table.name] = title
    return found


def _columns(table: Table) -> tuple[str, ...]:
    return (*table.columns, PART) if table.name == _ARTICLES else table.columns


def _numbers(table: Table) -> tuple[int, ...]:
    return (len(table.columns),) if table.name == _ARTICLES else table.numbers


def _may_be_long(content: ArticleContent) -> bool:
    """Tell, without making rows, whether one of the cells might be too long."""
    notes = (len(one.note) for part in (content.spans, content.frames, content.labels) for one in part)
    ends = max((len(one.roles) for one in content.frames), default=1)
    return max(len(content.article.text) * max(1, ends), *notes, 0) > _LONGEST // 2


def _is_long(cell: str) -> bool:
    return len(cell) > _size(cell)


def _size(text: str) -> int:
    """Return how many characters of a text surely fit into a cell."""
    return _LONGEST if len(text) <= _LONGEST // 2 or max(text) <= "\uffff" else _LONGEST // 2


def _parts(row: list[str]) -> Iterator[list[str]]:
    """Yield the rows of an article: one that fits into no cell goes on in the next ones, numbered."""
    *facts, text = row
    size = _size(text)
    if len(text) <= size:
        yield [*row, ""]
        return
    for number, start in enumerate(range(0, len(text), size), 1):
        first = facts if number == 1 else [facts[0], *[""] * (len(facts) - 1)]
        yield [*first, text[start : start + size], str(number)]


def _append(sheet: Any, rows: Iterable[Sequence[str]], numbers: Sequence[int], *, is_plain: bool) -> None:
    """Add rows to a sheet, in which some columns hold numbers."""
    for row in rows:
        cells: list[Any] = [one or None for one in row] if is_plain else [_cell(sheet, one) for one in row]
        for at in numbers:
            if row[at]:
                cells[at] = int(row[at])
        sheet.append(cells)


def _is_plain(every: str) -> bool:
    """Tell whether the library writes each of many cells, put together, as it is."""
    is_odd = "_x" in every or f"{APART}#" in every or "\ufffe" in every or "\uffff" in every
    if is_odd:
        return False
    # A control character is one byte, which no other has among its own.
    written = every.encode()
    return len(written.translate(None, _CONTROL_BYTES)) == len(written)


def _cell(sheet: Any, text: str) -> Any:
    """Return a cell that is a text whatever it looks like; the library takes `#N/A` for an error."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - loaded when the first workbook is written

    if not text:
        return None
    cell = WriteOnlyCell(sheet, _ILLEGAL.sub(_coded, text))
    cell.data_type = "s"
    return cell


def _coded(found: re.Match[str]) -> str:
    """Return what XML cannot hold in the way of Excel; what looks like that already is told apart."""
    return "_x005F_x" if found[0] == "_x" else f"_x{ord(found[0]):04X}_"


def _repack(packed: BinaryIO, out: BinaryIO, sizes: Sequence[tuple[int, int]]) -> None:
    """Write a workbook anew without the time of the day in it, each sheet with its size (columns, rows)."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - loaded when the first workbook is written

    said = {
        f"xl/worksheets/sheet{number}.xml": b'<dimension ref="A1:%s%d"/>' % (get_column_letter(x).encode(), y)
        for number, (x, y) in enumerate(sizes, 1)
    }
    with zipfile.ZipFile(packed) as before, tempfile.TemporaryFile(prefix="annotator-") as aside:
        with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as after:
            for one in before.infolist():
                plain = zipfile.ZipInfo(one.filename, _EPOCH.timetuple()[:6])
                plain.compress_type = zipfile.ZIP_DEFLATED
                with before.open(one) as source, after.open(plain, "w", force_zip64=True) as target:
                    # Without it, readers go through a whole sheet to find out how large it is.
                    start = source.read(_START)
                    target.write(start.replace(_VIEWS, said.get(one.filename, b"") + _VIEWS, 1))
                    shutil.copyfileobj(source, target, _PIECE)
        aside.seek(0)
        shutil.copyfileobj(aside, out, _PIECE)  # in order: packing goes back to note sizes
