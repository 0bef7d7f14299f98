"""Reads the header of WebAnno TSV 3: its version, and the layers that its columns are of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from annotator.exchange.inception.layers_in import short
from annotator.model.errors import UserError

FORMAT = re.compile(r"\ufeff?#(?:FORMAT=| )WebAnno TSV (\d+)(?:\.(\d+)[.\d]*)?\s*")
HEADLESS = re.compile(r"\ufeff?#T_(?:SP|RL|CH)=[\w.]+\|")
"""How a file begins that has lost its first line."""
_OF_DRAFTS = re.compile(r"^(#Text=)\d+-\d+#|^-->(?=\d)", re.MULTILINE)
"""What drafts of version 3 have before texts, and before parts of words."""
_GOING_ON = re.compile(r"(?<=[\t|])([BI])-([^\t\n|\[]*)\[(\d+)\]")
_LAYER = re.compile(r"#T_(SP|RL|CH)=(.*)")
_KINDS = {"SP": "span", "RL": "relation", "CH": "chain"}
Kind = Literal["value", "role", "target", "base"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a layer: a feature, the roles or targets of its slots, or what a relation comes from."""

    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer as the header declares it, and where its columns begin."""

    name: str
    kind: str
    first: int
    columns: tuple[Column, ...]


def version_of(first: str) -> tuple[int, int]:
    """Return the version that the first line of a file says; the newest where it is lost."""
    version = FORMAT.fullmatch(first)
    return (3, 3) if version is None else (int(version[1]), int(version[2] or 0))


def as_written_now(file: str) -> str:
    """Return a file as it would be written now, where it has no minor version: drafts begin spans with B-."""
    found = FORMAT.fullmatch(file.partition("\n")[0])
    if found is None or found[2]:
        return file
    numbers: dict[str, int] = {}
    last = max((int(one[3]) for one in _GOING_ON.finditer(file)), default=0)

    def numbered(match: re.Match[str]) -> str:
        nonlocal last
        if match[1] == "B":
            last += 1
            numbers[match[3]] = last
        return f"{match[2]}[{numbers.get(match[3], match[3])}]"

    return _GOING_ON.sub(numbered, _OF_DRAFTS.sub(r"\1", file))


def declared(line: int, text: str, first: int) -> Layer:
    """Return the layer that a line declares, whose columns begin there; raises UserError when it is none."""
    match = _LAYER.fullmatch(text)
    if match is None:
        raise UserError(f"line {line}: {text[:60]!r} declares no layer: expected #T_SP=, #T_RL= or #T_CH=")
    name, *columns = match[2].split("|")
    kind = _KINDS[match[1]]
    found = tuple(_column(kind, one, columns[at - 1] if at else "") for at, one in enumerate(columns))
    found = found or (Column("value", ""),)
    if kind == "relation" and sum(one.kind == "base" for one in found) != 1:
        raise UserError(f"line {line}: the relations {short(name)} do not say between what they are (BT_…)")
    return Layer(name, kind, first, found)


def _column(kind: str, name: str, before: str) -> Column:
    if kind == "relation" and name.startswith("BT_"):
        return Column("base", name.removeprefix("BT_"))
    if kind == "span" and name.startswith("ROLE_"):
        return Column("role", name.rpartition(":")[2].partition("_")[0])
    if kind == "span" and before.startswith("ROLE_"):
        return Column("target", name)
    return Column("value", name)
