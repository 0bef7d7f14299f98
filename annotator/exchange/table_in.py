"""Reads articles from a table that is open, whatever file it stands in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from annotator.exchange.cells import ESCAPED, restored
from annotator.exchange.columns import LOOKED_AT, Keys, Uses, choose_uses, draft_of, head_at
from annotator.exchange.encoding import MARK
from annotator.exchange.files import shown
from annotator.exchange.table_rows import ARTICLE, DONE_BY
from annotator.model.errors import UserError
from annotator.model.formats import Column, Draft, ImportOptions, Note, Preview, Problem
from annotator.model.marks import Marks

_OFFSETS = frozenset({"start", "end"})
_PREVIEWED = 20
_SAMPLE = 600
_NAME = "name"
_AROUND = f'{MARK}" \t'
"""What may stand around the name of a column; behind a mark, quotation marks are text."""

Rows = Iterator[tuple[int, list[str]]]
"""Rows with the line they begin in."""


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table that is open for reading: its columns, and its rows."""

    columns: list[str]
    rows: Rows
    encoding: str = "utf-8"
    notes: tuple[str, ...] = ()

    def values(self, row: Sequence[str]) -> dict[str, str]:
        """Return the cells of a row by column, without the marks that make formulas harmless."""
        values = dict(zip(self.columns, row, strict=True))
        marked = values.pop(ESCAPED, "")
        return restored({**values, ESCAPED: marked}) if marked else values

    def checked(self, file: str) -> Iterator[tuple[int, dict[str, str]] | Problem]:
        """Yield the values of each row with its line; a row that does not fit the table is a problem."""
        offsets = [at for at, column in enumerate(self.columns) if column.lower() in _OFFSETS]
        for line, row in self.rows:
            reason = _row_fault(self.columns, row, offsets)
            yield Problem(file, reason, line) if reason else (line, self.values(row))


def preview_table(table: OpenTable, options: ImportOptions) -> Preview:
    """Return the columns, their guessed uses and first values, and how many rows there are."""
    uses = _uses(table, options, must_have_text=False)
    first = [row for _line, row in islice(table.rows, _PREVIEWED)]
    columns = tuple(
        Column(name, uses.by_column[name], tuple(row[at][:80] for row in first[:3] if at < len(row)))
        for at, name in enumerate(table.columns)
        if name in uses.by_column
    )
    text = uses.column("text")
    at = table.columns.index(text) if text is not None else 0
    sample = next((row[at][:_SAMPLE] for row in first if at < len(row) and row[at].strip()), "")
    return Preview(columns, len(first) + sum(1 for _row in table.rows), table.encoding, sample)


def article_drafts(table: OpenTable, file: str, options: ImportOptions) -> Iterator[Draft | Problem | Note]:
    """Yield one article per row; a row that does not fit the table is a problem with its line."""
    name = shown(file)
    uses = _uses(table, options, must_have_text=True)
    text = uses.column("text") or ""
    yield from (Note(name, note) for note in table.notes)
    keys, blanks, count = Keys(), 0, 0
    for found in table.checked(name):
        count += 1
        if isinstance(found, Problem):
            yield found
            continue
        line, values = found
        if not values[text].strip():
            blanks += 1
            continue
        draft = _as_ours(draft_of(values, uses, file, line), values, table)
        clash = keys.clash(draft.key, draft.text, line)
        yield Problem(name, clash, line) if clash else draft
    if not count:
        raise UserError("the table has a header but no rows")
    if blanks:
        yield Note(name, f"{blanks:,} row{'s' if blanks > 1 else ''} without text left out")


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


def has_text(columns: Sequence[str], options: ImportOptions) -> bool:
    """Tell whether one of the columns is known, or chosen, to hold texts."""
    try:
        return choose_uses(columns, options.columns).column("text") is not None
    except UserError:
        return False


def is_of_articles(columns: Sequence[str]) -> bool:
    """Tell whether columns of these names hold articles with ids."""
    try:
        return choose_uses(columns, {}).column("name") is not None
    except UserError:
        return False


def _uses(table: OpenTable, options: ImportOptions, *, must_have_text: bool) -> Uses:
    columns = [one for one in table.columns if one != ESCAPED]
    try:
        return choose_uses(columns, options.columns)
    except UserError:
        if must_have_text or options.columns:
            raise
        return Uses(dict.fromkeys(columns, "meta"))


def from_head(rows: Rows) -> tuple[str, list[str], int, Rows]:
    """Return what is to be said of rows above the names of columns, these, how many, and the rows below."""
    first = [*islice(rows, 1)]
    if first and not has_text(first[0][1], ImportOptions()):
        first += islice(rows, LOOKED_AT)
    at = head_at([row for _line, row in first])
    note = f"rows above the one that names the columns were left out: {at}" if at else ""
    return note, first[at][1] if first else [], at, chain(first[at + 1 :], rows)


def refuse_twins(columns: list[str]) -> None:
    """Raise UserError when two columns have the same name."""
    twins = sorted(one for one, count in Counter(columns).items() if one and count > 1)
    if twins:
        raise UserError(
            "two columns have the same name: {names}; rename one of them (the first row has to"
            " name the columns)",
            names=", ".join(map(repr, twins)),
        )


def _row_fault(columns: list[str], row: list[str], offsets: Sequence[int]) -> str:
    if len(row) != len(columns):
        return f"the row has {len(row)} cells, but the table has {len(columns)} columns"
    if columns[-1] in row[-1] and [one.strip(_AROUND) for one in row] == columns:
        return "it names the columns again, as where files were put one behind the other, and is no row"
    for at in offsets:
        if row[at] and not (row[at].isascii() and row[at].isdecimal()):
            return f"{columns[at]} {row[at]!r} is no offset: offsets are written with the digits 0 to 9 alone"
    return ""
