"""Says for Hugging Face's `datasets` which file of a dataset is which split, and what its columns are.

What one part lacks, another one may have: without being told, `datasets` would take the columns of the first
part for those of all, and fail on the next.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from annotator.exchange.tables.table_columns import TABLES, UNNAMED, UNQUOTED, columns_of, has_no_rows
from annotator.model.job import Job, Progress, paused

README = "README.md"
SUFFIXES = (".jsonl", ".json", *TABLES)
_SPLITS = {"dev": "validation"}
_STEP = 20
_JSON = "json"
"""Anything: what differs from record to record."""
Kind = str | tuple["Kind"] | None
"""What a column holds: a name of `datasets`, a list of a kind, or nothing that would tell."""


def readme_job(parts: Mapping[str, Path], card: str, *, is_quoted: bool = True) -> Job[str]:
    """Return the file that `datasets` looks for in a folder; `parts` are the files by name.

    It is empty where records are no objects, which `datasets` does not open.
    """
    found: dict[str, dict[str, Kind]] = {}
    for name, path in parts.items():
        if path.suffix in TABLES:
            columns = yield from _columns_of_table(path, is_quoted=is_quoted)
        else:
            columns = yield from _columns(path)
        if columns is None:
            return ""
        found[name] = columns
    of_parts = list(found.values())
    every = _both(of_parts)
    lines = ["---", "configs:", "- config_name: default", "  data_files:"]
    for name, path in parts.items():
        lines += [f"  - split: {_SPLITS.get(name, name)}", f"    path: {json.dumps(path.name)}"]
    is_table = not TABLES.keys().isdisjoint(path.suffix for path in parts.values())
    if is_table:
        every = {name: kind if kind == "int64" else "string" for name, kind in every.items()}
    if is_table and not is_quoted:
        lines.append(f"  quoting: {UNQUOTED}")
    if all(one.startswith(UNNAMED) for one in every):
        lines.append(f"  names: {json.dumps([*every])}")
    if is_table or any(one != every or _JSON in one.values() or None in one.values() for one in of_parts):
        lines += ["dataset_info:", "  features:"]
        for name, kind in every.items():
            lines += [f"  - name: {json.dumps(name, ensure_ascii=False)}", f"    {_said(kind)}"]
    return "\n".join(
        [*lines, "---", "", f"What this dataset holds, and how it was made: see [{card}]({card}).", ""]
    )


def is_bare(path: Path, *, is_quoted: bool = True) -> bool:
    """Tell whether a file has no record: `datasets` takes no such file."""
    return has_no_rows(path, is_quoted=is_quoted) if path.suffix in TABLES else path.stat().st_size == 0


def _columns_of_table(path: Path, *, is_quoted: bool) -> Job[dict[str, Kind] | None]:
    found = yield from paused(columns_of(path, is_quoted=is_quoted), Progress(0, 0, "describing"))
    return {name: "int64" if is_whole else "string" for name, is_whole in found.items()}


def _columns(path: Path) -> Job[dict[str, Kind] | None]:
    """Return what each field of the records of a file holds; each record has a line of its own.

    None where one is no object.
    """
    found: dict[str, Kind] = {}
    with path.open("rb") as file:
        for number, line in enumerate(file):
            if number % _STEP == 0:
                yield Progress(0, 0, "describing")
            raw = line.strip().removesuffix(b",")
            if raw in (b"", b"[", b"]"):
                continue
            record = json.loads(raw)
            if not isinstance(record, dict):
                return None
            for name, value in record.items():
                known = found.get(name)
                if known != _JSON:
                    found[name] = _joined((known, _kind(value)))
    return found


def _both(parts: Iterable[Mapping[str, Kind]]) -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for one in parts:
        for name, kind in one.items():
            found[name] = _joined((found.get(name), kind))
    return found


def _kind(value: Any) -> Kind:
    if isinstance(value, list):
        inner = _joined(map(_kind, value))
        return _JSON if inner == _JSON else (inner,)
    names = {bool: "bool", int: "int64", float: "float64", str: "string", type(None): None}
    return names.get(type(value), _JSON)


def _joined(kinds: Iterable[Kind]) -> Kind:
    """Return what holds all of these."""
    found: Kind = None
    for one in kinds:
        if one is None or one == found:
            continue
        if found is None:
            found = one
        elif isinstance(one, tuple) and isinstance(found, tuple):
            inner = _joined((one[0], found[0]))
            found = _JSON if inner == _JSON else (inner,)
        else:
            found = "float64" if {one, found} == {"int64", "float64"} else _JSON
        if found == _JSON:
            return _JSON
    return found


def _said(kind: Kind) -> str:
    """Return a kind as YAML on one line; of what is empty everywhere, anything may come."""
    if isinstance(kind, tuple):
        return f"sequence: {_inside(kind[0])}"
    return f"dtype: {kind or _JSON}"


def _inside(kind: Kind) -> str:
    return f"{{sequence: {_inside(kind[0])}}}" if isinstance(kind, tuple) else kind or _JSON
