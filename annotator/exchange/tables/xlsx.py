"""Format `xlsx`: the sheets of a workbook as tables of articles and of labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from annotator.exchange.files import shown
from annotator.exchange.tables.label_tables import has_labels, label_drafts, needs_articles
from annotator.exchange.tables.open_tables import has_text
from annotator.exchange.tables.own_tables import own_kind
from annotator.exchange.tables.sheets import OpenBook
from annotator.exchange.tables.table_in import article_drafts, finds_text, preview_table
from annotator.exchange.tables.tables_out import LOST
from annotator.exchange.tables.xlsx_in import open_workbook
from annotator.exchange.tables.xlsx_out import TABLES, XlsxExporter
from annotator.exchange.unread import Value
from annotator.exchange.unread_fields import cells_of
from annotator.model.errors import UserError
from annotator.model.formats import Format, ImportOptions, Item, Note, Option, Preview

SUFFIXES = (".xlsx", ".xlsm", ".ods")
_FITTING, _ALL = "fitting", "all"
_NUMBERS = tuple(map(str, range(1, 10)))
SHEET = Option(
    "sheet",
    "Sheet",
    (_FITTING, _ALL, *_NUMBERS),
    (
        "the first one that has a column of texts, with the labels of the others",
        "all that have a column of texts",
        *(f"number {one}" for one in _NUMBERS),
    ),
)


def sheet_fields(path: Path, options: ImportOptions) -> Iterator[Value]:
    """Yield the cells of the sheets that are read by their columns, but for this program's own labels."""
    with open_workbook(path) as book:
        titles, labels = _chosen(book, options)
        others = (one for one in labels if not own_kind(book.columns(one)))
        for title in (*titles, *others):
            yield from cells_of(book.table(title))


class XlsxImporter:
    """Reads sheets of articles, and sheets of labels for them."""

    fields = staticmethod(sheet_fields)

    def recognises(self, path: Path) -> bool:
        """Tell by the name."""
        return path.suffix.lower() in SUFFIXES

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return the columns of the sheet of articles, their guessed uses, and how many rows there are."""
        with open_workbook(path) as book:
            titles, _labels = _chosen(book, options)
            return preview_table(book.table(titles[0]), options)

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield one article per row, with the labels that other sheets have for it."""
        name = path.name
        with open_workbook(path) as book:
            titles, labels = _chosen(book, options)
            left_out = [one for one in book.titles if one not in (*titles, *labels)]
            if left_out:
                yield Note(shown(name), f"sheets that were not read: {', '.join(map(repr, left_out))}")
            for number, title in enumerate(titles):
                table = book.table(title)
                if labels and not number:
                    tables = [(name, book.table(one)) for one in labels]
                    yield from label_drafts(tables, table, name, options)
                else:
                    yield from article_drafts(table, name, options, with_cells=True)


def _chosen(book: OpenBook, options: ImportOptions) -> tuple[list[str], list[str]]:
    """Return the titles of the sheets of articles to read, and of those with labels for them."""
    choice = options.chosen.get("sheet", _FITTING)
    if choice in _NUMBERS:
        if int(choice) > len(book.titles):
            raise UserError(f"it has {len(book.titles)} sheets, and number {choice} was chosen")
        if not book.columns(book.titles[int(choice) - 1]):
            raise UserError(f"the sheet {book.titles[int(choice) - 1]!r} is empty")
        return [book.titles[int(choice) - 1]], []
    columns = {title: names for title in book.titles if (names := book.columns(title))}
    labels = [title for title, names in columns.items() if has_labels(names)]
    articles = [title for title in columns if title not in labels and has_text(columns[title], options)]
    if not articles:
        _refuse_labels_alone(columns, options)
        labels, articles = [], [title for title in labels if has_text(columns[title], options)]
    if not articles:
        articles = _with_texts(book, [*columns], options)
    if not articles:
        heads = "; ".join(f"{title!r}: {', '.join(map(repr, names))}" for title, names in columns.items())
        raise UserError(f"no sheet has a column that is known to hold texts; choose one ({heads or 'empty'})")
    return (articles if choice == _ALL else articles[:1]), labels


def _with_texts(book: OpenBook, titles: Sequence[str], options: ImportOptions) -> list[str]:
    """Return the sheets that hold texts; raises UserError as the first one that is no table, without any."""
    found, faults = list[str](), list[UserError]()
    for title in titles:
        try:
            found += [title] if finds_text(book.table(title), options) else []
        except UserError as error:
            faults.append(error)
    if faults and not found:
        raise faults[0]
    return found


def _refuse_labels_alone(columns: Mapping[str, list[str]], options: ImportOptions) -> None:
    """Raise UserError where all there is are labels with places, and no article that has these places."""
    found = [title for title, names in columns.items() if needs_articles(names)]
    if found and not options.columns:
        raise UserError(
            f"the sheet {found[0]!r} is a table of labels, but there is no sheet of their articles: add one "
            "with the columns id and text, or choose the column of the text if each row here is an article"
        )


FORMAT = Format(
    "xlsx",
    "Workbook (XLSX; ODS is read too)",
    SUFFIXES,
    XlsxImporter(),
    XlsxExporter(),
    about=(
        "Tables as in `csv`, each a sheet. Of sheets with the columns `article`, `label` and the words or "
        "their place, the labels come in with the articles. Formulas are never computed: the values they had "
        "count. A text that fits into no cell goes on in the next rows, numbered in the column `part`."
    ),
    lost=(*LOST, "covered texts and notes of more than 32,766 characters (their places are there)"),
    options_in=(SHEET,),
    options_out=(TABLES,),
    title_out="Workbook (XLSX)",
)
