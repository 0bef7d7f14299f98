"""Reads the header of WebAnno TSV 3: its version, and the layers that its columns are of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from annotator.exchange.inception.layers_in import short
from annotator.model.errors import UserError

FORMAT = re.compile(r"\ufeff?#FORMAT=WebAnno TSV (\d+)(?:\.(\d+)[.\d]*)?\s*")
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
