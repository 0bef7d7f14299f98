"""Reads the tables that Label Studio exports: a row per annotation, with its regions as JSON in a cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from annotator.exchange.csv_lines import columns_of, open_csv
from annotator.exchange.files import shown
from annotator.exchange.json_lines import Row
from annotator.model.formats import ImportOptions, Note, Preview, Problem

TABLES = (".csv", ".tsv")
_MADE = frozenset({"annotation_id", "annotator", "lead_time"})
"""Columns that Label Studio adds to those of the data, whatever these are."""
_SAMPLE = 600


def is_table(path: Path) -> bool:
    """Tell by the names of the columns whether a file is such a table."""
    return path.suffix.lower() in TABLES and {*(columns_of(path, ImportOptions()) or ())} >= _MADE


def table_rows(path: Path, options: ImportOptions) -> Iterator[Row | Note | Problem]:
    """Yield each row as the record of JSON-MIN that says the same."""
    table, name = open_csv(path, options), shown(path.name)
    yield from (Note(name, note) for note in table.notes)
    for found in table.checked(name):
        if isinstance(found, Problem):
            yield found
        else:
            line, values = found
            yield Row(line, b"", {column: _value(cell) for column, cell in values.items()})


def preview_table(path: Path, options: ImportOptions) -> Preview:
    """Return how many rows there are, and the start of the first one."""
    rows = [one.values for one in table_rows(path, options) if isinstance(one, Row)]
    first = str(rows[0].get("text", rows[0])) if rows else ""
    return Preview(rows=len(rows), encoding=open_csv(path, options).encoding, sample=first[:_SAMPLE])


def _value(cell: str) -> Any:
    """Return what a cell says: a list or an object where it is one, else its text."""
    if cell[:1] in ("[", "{"):
        try:
            return orjson.loads(cell)
        except orjson.JSONDecodeError:
            return cell
    return cell
