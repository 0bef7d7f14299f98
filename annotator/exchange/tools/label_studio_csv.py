"""Reads the tables that Label Studio exports: a row per annotation, with its regions as JSON in a cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

import orjson

from annotator.exchange.json_lines import Row
from annotator.exchange.json_records import rows_as_records
from annotator.exchange.tables.csv_lines import has_columns, open_csv
from annotator.exchange.tools.label_studio_min import looks_like_answer
from annotator.model.formats import ImportOptions, Note, Problem

TABLES = (".csv", ".tsv")
_MADE = frozenset({"annotation_id", "annotator", "lead_time"})
"""Columns that Label Studio adds to those of the data, whatever these are."""


def is_table(path: Path) -> bool:
    """Tell by the names of the columns whether a file is such a table."""
    return path.suffix.lower() in TABLES and has_columns(path, _MADE)


def table_rows(path: Path, options: ImportOptions) -> Iterator[Row | Note | Problem]:
    """Return the rows as the records of JSON-MIN that say the same."""
    answers, remarks = _answers(path, options)

    def record_of(values: dict[str, str]) -> dict[str, Any]:
        record = {column: _value(cell) for column, cell in values.items()}
        bare = (one for one in remarks if isinstance(record[one], str) and record[one])
        return _in_order(record | {one: {"text": [values[one]]} for one in bare}, answers)

    return rows_as_records(path, options, record_of)


def _answers(path: Path, options: ImportOptions) -> tuple[set[str], set[str]]:
    """Return the columns of answers, and those of remarks among them.

    In a row, one choice or remark alone looks like data; several, in any other row, do not.
    """
    rows = (found[1] for found in open_csv(path, options).checked("") if not isinstance(found, Problem))
    objects = [
        (column, value)
        for values in rows
        for column, cell in values.items()
        if not isinstance(value := _value(cell), str)
    ]
    remarks = {column for column, value in objects if _is_remark(value)}
    return remarks.union(column for column, value in objects if looks_like_answer(value)), remarks


def _is_remark(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("text"), list)


def _in_order(values: Mapping[str, Any], answers: AbstractSet[str]) -> dict[str, Any]:
    """Return a record as JSON-MIN has it, where answers stand between id and annotator."""
    given = [name for name in values if name in answers and values[name] != ""]
    ends = [name for name in ("id", *given, "annotator") if name in values]
    first = [name for name in values if name not in answers and name not in ends]
    return {name: values[name] for name in (*first, *ends)}


def _value(cell: str) -> Any:
    """Return what a cell says: a list or an object where it is one, else its text."""
    if cell[:1] in ("[", "{"):
        try:
            return orjson.loads(cell)
        except orjson.JSONDecodeError:
            return cell
    return cell
