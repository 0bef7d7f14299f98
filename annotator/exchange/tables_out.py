"""Formats `csv` and `tsv`, out: one table of a project, in which no cell is run as a formula."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from annotator.exchange.cells import (
    ESCAPED,
    FORMULAS,
    Cell,
    harmless_row,
    makes_harmless,
    restored,
)
from annotator.exchange.csv_lines import CELL_LIMIT
from annotator.exchange.table_rows import PIECES, TABLE, Table, covered, losses, read_pieces, tables_of
from annotator.model.errors import UserError
from annotator.model.formats import ExportSource, Format, Target
from annotator.model.ids import Id, id_from_text
from annotator.model.proof import Piece, Proof
from annotator.model.records import ArticleContent

LOST = (
    "what the other tables hold: an export is one of them",
    "facts of articles but outlet, byline, published, url, section; kinds of paragraphs",
    "recorded emptiness, suggestions; facts of actors but their names; when and how a record was made",
    "ends of frames that are other articles; what spans say where a table of frames alone names them",
)


class TableExporter:
    """Writes the chosen table, every cell in quotation marks."""

    def __init__(self, suffix: str, delimiter: str) -> None:
        self.suffix = suffix
        self._delimiter = delimiter

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what the table does not hold."""
        return losses(content, [_chosen(source)])

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write the table, yielding how many articles are written."""
        table, file = _chosen(source), target.open()
        source.proof.clear()
        is_harmless = makes_harmless(source)
        file.write(self._line([*table.columns, ESCAPED] if is_harmless else table.columns))
        for count, content in enumerate(source.contents, 1):
            rows = list(table.rows(content))
            prove(source.proof, table, content.article.id, rows)
            cells = (harmless_row(table.columns, row) for row in rows) if is_harmless else rows
            file.write(b"".join(map(self._line, cells)))
            yield count

    def verify(self, path: Path, texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read the table, comparing every covered text with its article."""
        table = _chosen(source)
        with path.open(encoding="utf-8", newline="") as file:
            csv.field_size_limit(CELL_LIMIT)
            rows = csv.reader(file, delimiter=self._delimiter, strict=True)
            source.proof.check_count((yield from compare(table, rows, texts, source.proof)))

    def _line(self, cells: Sequence[Cell]) -> bytes:
        line = io.StringIO()
        csv.writer(line, delimiter=self._delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(
            cells
        )
        return line.getvalue().encode()


def _chosen(source: ExportSource) -> Table:
    return tables_of(source, [source.chosen.get("table", TABLE.values[0])])[0]


# --- what was meant, and what is read again ---------------------------------------------------------


def prove(proof: Proof, table: Table, article: Id, rows: Sequence[Sequence[Cell]]) -> None:
    """Note the rows of one article in one table."""
    if rows:
        proof.wrote(f"{table.name}:{article.hex()}", "", (_piece(row) for row in rows))


def _piece(row: Sequence[Cell]) -> Piece:
    return "", ["\x1f".join(map(str, row))]


def compare(
    table: Table, rows: Iterator[Sequence[str]], texts: Mapping[Id, str], proof: Proof
) -> Generator[int, None, int]:
    """Hold the rows of a table, its head first, against what was meant; returns of how many articles."""
    head = next(rows)
    values = (restored(dict(zip(head, row, strict=True))) for row in rows)
    own = "id" if table.name == "articles" else "article"
    count = articles = 0
    for article, group in groupby(values, key=lambda row: row[own]):
        articles += 1
        text = texts[id_from_text(article)]
        pieces = []
        for row in group:
            count += 1
            _compare_places(row, text, article)
            pieces.append(_piece(list(row.values())))
            yield count
        proof.check(f"{table.name}:{id_from_text(article).hex()}", "", pieces)
    return articles


def _compare_places(row: Mapping[str, str], text: str, article: str) -> None:
    for column, cell in row.items():
        name = column.removesuffix(PIECES).rstrip("_")
        if not cell or not (column == PIECES or column.endswith(f"_{PIECES}")):
            continue
        words = row[name or "text"]
        if words and covered(text, read_pieces(cell)) != words:
            raise UserError(
                "A row that was written for {article} does not cover what it says; nothing was put in place.",
                article=article,
            )


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
