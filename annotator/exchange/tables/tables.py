"""Format `csv`: a table (comma, semicolon, tab or bar between cells) of articles or of labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from annotator.exchange.conll.word_tables import (
    TOLD_BY,
    WordColumns,
    has_words,
    told_columns,
    word_columns,
    word_drafts,
)
from annotator.exchange.encoding import MARK
from annotator.exchange.tables.cells import FORMULAS
from annotator.exchange.tables.columns import is_beside_articles
from annotator.exchange.tables.csv_lines import SUFFIXES, columns_of, open_csv, tables_beside
from annotator.exchange.tables.label_tables import drafts_of_tables, has_labels, label_drafts, needs_articles
from annotator.exchange.tables.open_tables import has_text
from annotator.exchange.tables.own_tables import own_kind
from annotator.exchange.tables.table_in import article_drafts, is_of_articles, preview_table
from annotator.exchange.tables.table_rows import TABLE
from annotator.exchange.tables.tables_out import LOST, TableExporter
from annotator.exchange.training.hugging_face_in import has_token_lists, table_drafts
from annotator.exchange.unread_fields import table_fields
from annotator.model.errors import UserError
from annotator.model.formats import SAMPLE, Draft, Format, ImportOptions, Item, Preview, Problem


class TableImporter:
    """Reads a table; the columns are guessed from their names unless they are chosen."""

    fields = staticmethod(table_fields)

    is_general = True
    """Takes what no format with marks of its own recognises."""

    def recognises(self, path: Path) -> bool:
        """Tell by the name."""
        return path.suffix.lower() in SUFFIXES

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return the columns of the articles, their guessed uses and first values, and how many there are."""
        table = open_csv(path, options)
        if (words := _words(path, table.columns, options)) is not None:
            drafts = (one for one in word_drafts(table, path.name, words) if isinstance(one, Draft))
            return Preview(encoding=table.encoding, sample=next((one.text[:SAMPLE] for one in drafts), ""))
        beside = _beside_labels(path, table.columns, options)
        return preview_table(table if beside is None else open_csv(beside, options), options)

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield one article per row; of a table of labels, the articles beside it with their labels."""
        table = open_csv(path, options)
        beside = _beside_labels(path, table.columns, options)
        if beside is not None:
            others = [(one.name, open_csv(one, options)) for one in _own_beside(path, table.columns, options)]
            articles = open_csv(beside, options)
            return label_drafts([(path.name, table), *others], articles, beside.name, options)
        if (words := _words(path, table.columns, options)) is not None:
            return word_drafts(table, path.name, words)
        if _has_token_lists(path, table.columns, options):
            return table_drafts(path, options)
        if needs_articles(table.columns) and not options.columns:
            raise UserError(
                "it is a table of labels, but the table of their articles is not beside it: put one with "
                "the columns id and text into the same folder, or choose the column of the text if each row "
                "here is an article"
            )
        if is_beside_articles(table.columns) and not has_text(table.columns, options):
            raise UserError(
                "it says something of articles, but neither their texts nor labels that could be read; "
                "an export as annotator JSONL brings everything back"
            )
        return article_drafts(table, path.name, options, with_cells=True)

    def parts(self, path: Path, options: ImportOptions) -> tuple[Path, ...]:
        """Return what is read with a table of labels: that of the articles, and others of this program.

        Those of this program are read together, because frames point to spans; one of them brings them all.
        """
        columns = columns_of(path, options)
        if columns is None:
            return ()
        beside = _beside_labels(path, columns, options)
        if beside is None:
            return ()
        others = _own_beside(path, columns, options)
        is_first = path == min([path, *others], key=lambda one: ("span" not in one.name.lower(), one.name))
        return (beside, *others) if is_first else (beside,)

    def together(self, path: Path, options: ImportOptions) -> Path | None:
        """Return the table of articles that a table of labels of another program is read with."""
        columns = columns_of(path, options)
        return None if columns is None or own_kind(columns) else _beside_labels(path, columns, options)

    def read_together(self, paths: Sequence[Path], options: ImportOptions) -> Iterator[tuple[int, Item]]:
        """Yield the articles beside tables of labels, each once for every table that has labels for it."""
        beside = self.together(paths[0], options)
        assert beside is not None
        tables = [(one.name, partial(open_csv, one, options)) for one in paths]
        return drafts_of_tables(tables, (beside.name, partial(open_csv, beside, options)), options)


def _words(path: Path, columns: Sequence[str], options: ImportOptions) -> WordColumns | None:
    """Return the columns of a table with a word in each row; None where columns are chosen."""
    if options.columns or has_labels(columns):
        return None
    found = None if has_text(columns, options) else word_columns(columns)
    if found is not None or not has_words(columns):
        return found
    rows = islice(open_csv(path, options).checked(""), TOLD_BY)
    return told_columns([one[1] for one in rows if not isinstance(one, Problem)])


def _has_token_lists(path: Path, columns: Sequence[str], options: ImportOptions) -> bool:
    """Tell whether a table has lists of words and of tags in each row."""
    is_of_texts = bool(options.columns) or has_text(columns, options)
    return not is_of_texts and has_token_lists(path, columns, options)


def _beside_labels(path: Path, columns: Sequence[str], options: ImportOptions) -> Path | None:
    """Return the table of articles beside a table of labels; None for any other table.

    Where columns are chosen that such a table has itself, its rows are articles.
    """
    if not has_labels(columns) or (options.columns and options.columns.keys() <= {*columns}):
        return None
    return _articles_beside(path, options)


def _articles_beside(path: Path, options: ImportOptions) -> Path | None:
    """Return the table of articles in the folder of a table of labels: one named so before any other."""
    tables = sorted(tables_beside(path), key=lambda one: "article" not in one.name.lower())
    for one, columns in _opened(tables, options):
        if is_of_articles(columns) and not has_labels(columns):
            return one
    return None


def _own_beside(path: Path, columns: Sequence[str], options: ImportOptions) -> list[Path]:
    """Return the other tables of labels that this program wrote into the folder of one of them."""
    if not own_kind(columns):
        return []
    return [one for one, names in _opened(tables_beside(path), options) if own_kind(names)]


def _opened(paths: Iterable[Path], options: ImportOptions) -> Iterator[tuple[Path, Sequence[str]]]:
    """Yield the columns of the tables that can be read."""
    for path in paths:
        columns = columns_of(path, options)
        if columns is not None:
            yield path, columns


FORMAT = Format(
    "csv",
    "Table (CSV; TSV is read too)",
    SUFFIXES,
    TableImporter(),
    TableExporter(".csv", ",", MARK),
    about=(
        "A table whose first line names the columns. Of articles, each row is one, and `done_by` names who "
        "marked it as done, a line each; of labels, each row has the id of an article, a label and the words "
        "or their place. Lists of labels, words of the text and classes in other cells of a row are labels, "
        "too. The tables of spans, frames and labels "
        "that this program writes are read together, with that of the articles beside them. Texts that a "
        "spreadsheet would run as formulas get a ' before them; the column `escaped` names them, and an "
        "import takes it away again. What is written begins with a byte-order mark, which tells spreadsheets "
        "that it is UTF-8 (in Python, open it as `utf-8-sig`; pandas passes over the mark)."
    ),
    example='id,headline,text\n1,Ferry stays,"The ferry stays, the mayor said."',
    lost=LOST,
    options_out=(TABLE, FORMULAS),
    title_out="Table (CSV)",
)
