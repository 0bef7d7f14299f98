"""Reads articles from a table that is open, whatever file it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import mean

from annotator.exchange.ahead import looked_ahead
from annotator.exchange.brat.brat_in import polnear_names
from annotator.exchange.files import shown
from annotator.exchange.not_read import refusal_of_columns
from annotator.exchange.tables.cell_marks import LOOKED_AT as LABELS_LOOKED_AT
from annotator.exchange.tables.cell_marks import CellReader, reader_for
from annotator.exchange.tables.cells import ESCAPED
from annotator.exchange.tables.columns import LABEL, Keys, Uses, choose_uses, draft_of
from annotator.exchange.tables.open_tables import OpenTable, has_text
from annotator.exchange.tables.table_rows import ARTICLE, DONE_BY
from annotator.model.errors import UserError
from annotator.model.formats import SAMPLE, Column, Draft, ImportOptions, Note, Preview, Problem
from annotator.model.marks import Marks

_NAME = "name"
_WORDS = 6
"""Words that the cells of a column have on average, where these are texts."""
_CUT = re.compile(r"\[\+[0-9]+ chars\]$")
"""How texts end that a news service gave in part (NewsAPI)."""


def preview_table(table: OpenTable, options: ImportOptions) -> Preview:
    """Return the columns, their guessed uses and first values, and how many rows there are."""
    table, first = _looked_into(table)
    uses = _uses(table, first, options, must_have_text=False)
    reader = reader_for(uses, first, options.columns)
    labels = reader.classes if reader is not None else ()
    columns = tuple(
        Column(
            name,
            LABEL if name in labels else uses.by_column[name],
            tuple(row[name][:80] for row in first[:3] if name in row),
        )
        for name in table.columns
        if name in uses.by_column
    )
    text = uses.column("text") or next(iter(table.columns), "")
    sample = next((row[text][:SAMPLE] for row in first if row.get(text, "").strip()), "")
    return Preview(columns, sum(1 for _row in table.rows), table.encoding, sample)


def _looked_into(table: OpenTable) -> tuple[OpenTable, list[dict[str, str]]]:
    """Return a table with its first rows, whole or not, by column."""
    first, rows = looked_ahead(table.rows, LABELS_LOOKED_AT)
    return replace(table, rows=rows), [dict(zip(table.columns, row, strict=False)) for _line, row in first]


def _is_of_pairs(uses: Uses, first: Sequence[Mapping[str, str]]) -> bool:
    """Tell whether texts come again with another text beside them, of which what is said of them is, too."""
    text = uses.column("text")
    texts = [one[text] for one in first if text is not None and one.get(text, "").strip()]
    beside = ([one.get(name, "") for one in first] for name, use in uses.by_column.items() if use == "meta")
    is_again = len({*texts}) < len(texts)
    return is_again and any(
        len({*one}) > 1 and mean(len(each.split()) for each in one) >= _WORDS for one in beside
    )


def finds_text(table: OpenTable, options: ImportOptions) -> bool:
    """Tell whether a column holds texts, by its name or its first cells."""
    table, first = _looked_into(table)
    return _uses(table, first, options, must_have_text=False).column("text") is not None


def article_drafts(
    table: OpenTable, file: str, options: ImportOptions, *, with_cells: bool = False
) -> Iterator[Draft | Problem | Note]:
    """Yield one article per row; a row that does not fit the table is a problem with its line.

    `with_cells`, labels are read from other cells of the row, where most first rows have such.
    """
    name = shown(file)
    table, first = _looked_into(table)
    uses = _uses(table, first, options, must_have_text=True)
    yield from (Note(name, note) for note in table.notes)
    if not has_text(table.columns, options):
        yield Note(name, f"the column {uses.column('text')!r} was taken for the text")
    for column in uses.told_days():
        yield Note(name, f"the column {column!r} was taken for the day of publication, as it holds days")
    rows, cells = table.checked(name), None
    if with_cells and ESCAPED not in table.columns:
        rows, cells = _cells(rows, uses, options)
    if cells is not None:
        yield from (Note(name, note) for note in cells.notes())
        uses = uses.without(cells.columns)
    is_of_pairs = not (cells and cells.maker) and _is_of_pairs(uses, first)
    for draft, values in _drafts(table, rows, uses, file):
        if is_of_pairs and isinstance(draft, Draft) and not draft.key:
            draft = replace(draft, key=f"{draft.line}")
        if cells is None or not isinstance(draft, Draft):
            yield draft
            continue
        labelled, odd = cells.marked(draft, values, name, polnear_names(options.scheme))
        yield from odd
        yield labelled


_Checked = Iterator[tuple[int, dict[str, str]] | Problem]


def _cells(rows: _Checked, uses: Uses, options: ImportOptions) -> tuple[_Checked, CellReader | None]:
    """Return rows, and what their cells say of the texts, as the first of them show."""
    first, rows = looked_ahead(rows, LABELS_LOOKED_AT)
    found = reader_for(uses, [one[1] for one in first if not isinstance(one, Problem)], options.columns)
    return rows, found


def _drafts(
    table: OpenTable, rows: _Checked, uses: Uses, file: str
) -> Iterator[tuple[Draft | Problem | Note, Mapping[str, str]]]:
    """Yield the article of each row, with its cells; raises UserError when there are no rows."""
    name, text = shown(file), uses.column("text") or ""
    keys, blanks, count, cut = Keys(), 0, 0, 0
    for found in rows:
        count += 1
        if isinstance(found, Problem):
            yield found, {}
            continue
        line, values = found
        cut += values[text].endswith(" chars]") and _CUT.search(values[text]) is not None
        if not values[text].strip():
            blanks += 1
            continue
        draft = _as_ours(draft_of(values, uses, file, line), values, table)
        clash = keys.clash(draft.key, draft.text, line)
        yield (Problem(name, clash, line) if clash else draft), values
    if not count:
        raise UserError("the table names its columns but has no rows")
    if blanks:
        yield Note(name, f"{blanks:,} row{'s' if blanks > 1 else ''} without text left out"), {}
    if cut:
        yield (
            Note(name, f"texts that were cut before, and say so at their ends: {cut:,}"),
            {},
        )


def _as_ours(draft: Draft, values: Mapping[str, str], table: OpenTable) -> Draft:
    """Return a draft with its name, and who is done with it, as a table of this program has them."""
    is_whole = {*ARTICLE} <= {*table.columns}
    own = [_NAME] if (is_whole or ESCAPED in table.columns) and values.get(_NAME) else []
    done = frozenset[str]()
    if is_whole:
        own.append(DONE_BY)
        done = frozenset(one for line in values[DONE_BY].split("\n") if (one := line.strip()))
    meta = {name: value for name, value in draft.meta.items() if name not in own}
    named = replace(draft, name=values[_NAME] if _NAME in own else draft.name, meta=meta)
    return replace(named, marks=Marks(done=done)) if done else named


def is_of_articles(columns: Sequence[str]) -> bool:
    """Tell whether columns of these names hold articles with ids."""
    try:
        return choose_uses(columns, {}).column("name") is not None
    except UserError:
        return False


def _uses(
    table: OpenTable, first: Sequence[Mapping[str, str]], options: ImportOptions, *, must_have_text: bool
) -> Uses:
    columns = [one for one in table.columns if one != ESCAPED]
    if must_have_text and not options.columns and (refusal := refusal_of_columns(columns)):
        raise UserError(refusal)
    cells = {name: [row.get(name, "") for row in first] for name in columns}
    try:
        return choose_uses(columns, options.columns, at_last=True, cells=cells)
    except UserError:
        if must_have_text or options.columns:
            raise
        return Uses(dict.fromkeys(columns, "meta"))
