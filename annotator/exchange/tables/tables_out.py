"""Formats `csv` and `tsv`, out: one table of a project, in which no cell is run as a formula."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path

from annotator.exchange.tables.cells import (
    ESCAPED,
    FORMULAS,
    harmless_rows,
    makes_harmless,
    restored,
    together,
)
from annotator.exchange.tables.csv_lines import CELL_LIMIT
from annotator.exchange.tables.table_rows import PIECES, TABLE, Look, Table, is_covered, losses, tables_of
from annotator.model.errors import UserError
from annotator.model.formats import ExportSource, Format, Target
from annotator.model.ids import Id, id_from_text
from annotator.model.proof import Proof
from annotator.model.records import ArticleContent

_OTHER_WORDS = "A row that was written for {article} does not cover what it says; nothing was put in place."
_NOT_READ_AGAIN = "The written file cannot be read again in line {line}."
_OTHER_HEAD = "The columns of the written table read as {names}; nothing was put in place."
LOST = (
    "what the other tables hold: an export is one of them",
    "facts of articles but outlet, byline, published, url, section; kinds of paragraphs",
    "recorded emptiness, suggestions; facts of actors but their names; when and how a record was made",
    "that an article was begun; in tables of labels, also that it is done",
    "ends of frames that are other articles; what spans say where a table of frames alone names them",
)


class TableExporter:
    """Writes the chosen table, every cell in quotation marks; behind a mark where spreadsheets need one."""

    def __init__(self, suffix: str, delimiter: str, mark: str = "") -> None:
        self.suffix = suffix
        self._delimiter = delimiter
        self._mark = mark

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what the table does not hold."""
        return losses(content, [_chosen(source)])

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write the table, yielding how many articles are written."""
        table, file = _chosen(source), target.open()
        is_harmless = makes_harmless(source)
        file.write(self._mark.encode())
        file.write(self._lines([[*table.columns, ESCAPED] if is_harmless else table.columns]))
        for count, content in enumerate(source.contents, 1):
            rows = [*table.rows(Look(content, source.annotators))]
            prove(source.proof, table, content.article.id, rows)
            cells = harmless_rows(table.columns, rows, together(rows)) if is_harmless else rows
            file.write(self._lines(cells))
            yield count

    def verify(self, path: Path, texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read the table, comparing every covered text with its article."""
        table = _chosen(source)
        with path.open(encoding="utf-8", newline="") as file:
            csv.field_size_limit(CELL_LIMIT)
            if file.read(len(self._mark)) != self._mark:
                raise UserError(_NOT_READ_AGAIN, line=1)
            rows = csv.reader(file, delimiter=self._delimiter, strict=True)
            try:
                articles = yield from compare(table, rows, texts, source.proof)
            except csv.Error as error:
                raise UserError(_NOT_READ_AGAIN, line=rows.line_num) from error
            source.proof.check_count(articles)

    def _lines(self, rows: Iterable[Sequence[str]]) -> bytes:
        lines = io.StringIO()
        csv.writer(lines, delimiter=self._delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(
            rows
        )
        return lines.getvalue().encode()


def _chosen(source: ExportSource) -> Table:
    return tables_of(source.scheme, (source.chosen.get("table", TABLE.values[0]),))[0]


# --- what was meant, and what is read again ---------------------------------------------------------


def prove(proof: Proof, table: Table, article: Id, rows: Sequence[Sequence[str]]) -> None:
    """Note the rows of one article in one table."""
    if rows:
        proof.wrote(f"{table.name}:{article.hex()}", "", [("", [*chain.from_iterable(rows)])])


def compare(
    table: Table, rows: Iterator[Sequence[str]], texts: Mapping[Id, str], proof: Proof
) -> Generator[int, None, int]:
    """Hold the rows of a table, its head first, against what was meant; returns of how many articles."""
    plain = _plain(next(rows), rows)
    columns = next(plain)
    if (*columns,) != table.columns:
        raise UserError(_OTHER_HEAD, names=", ".join(map(str, columns)))
    places = [(at, columns.index(words)) for at, words in _places(columns)]
    count = articles = 0
    for article, group in groupby(plain, key=itemgetter(columns.index(_own(table)))):
        articles += 1
        own = id_from_text(article)
        text = texts[own] if places else ""
        cells: list[str] = []
        for row in group:
            count += 1
            for at, words in places:
                if row[at] and row[words] and not is_covered(text, row[at], row[words]):
                    raise UserError(_OTHER_WORDS, article=article)
            cells += row
            yield count
        proof.check(f"{table.name}:{own.hex()}", "", [("", cells)])
    return articles


def _own(table: Table) -> str:
    """Return the column of the article's id."""
    return "id" if table.name == "articles" else "article"


def _plain(head: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Yield the head and the rows of a table as they were before they were made harmless."""
    is_marked = head[-1] == ESCAPED
    yield head[:-1] if is_marked else head
    for line, row in enumerate(rows, 2):
        if len(row) != len(head):
            raise UserError(_NOT_READ_AGAIN, line=line)
        if is_marked and row[-1]:
            row = [*restored(dict(zip(head, row, strict=True))).values()]
        elif is_marked:
            row = row[:-1]
        yield row


def _places(columns: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield columns that say where words stand, and the columns of the words."""
    for at, column in enumerate(columns):
        if column == PIECES:
            yield at, "text"
        elif column.endswith(f"_{PIECES}"):
            yield at, column.removesuffix(f"_{PIECES}")


FORMAT = Format(
    "tsv",
    "Table (TSV)",
    (".tsv",),
    exporter=TableExporter(".tsv", "\t"),
    about=(
        "As `csv`, with tabs between the cells. Every cell stands in quotation marks, so that tabs and line "
        "breaks in texts stay as they are; `csv` reads it."
    ),
    example='"article"\t"label"\t"start"\t"end"\t"text"\n"a1"\t"CLAIM"\t"9"\t"11"\t"no"',
    lost=LOST,
    options_out=(TABLE, FORMULAS),
)
