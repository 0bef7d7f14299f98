"""Takes tables that stand in JSON as a whole apart: column by column, or as rows of cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotator.exchange.tables.columns import choose_uses, text_column
from annotator.model.errors import UserError

Records = list[dict[str, Any]]
_OF_TOKENS = frozenset({"tokens", "words", "token", "word"})
_DEEPEST = 9
"""So many lists inside of each other may hold numbers that have names."""


def records_of(values: Mapping[str, Any]) -> Records | None:
    """Return the records of an object that is a table, as pandas or a data set has it; else None."""
    return _by_cells(values) or _by_numbers(values) or _of_data_set(values) or _by_lists(values)


def _by_cells(values: Mapping[str, Any]) -> Records | None:
    """Return the rows of names of columns and lists of cells (orient="split")."""
    names, rows = values.get("columns"), values.get("data")
    if not isinstance(names, list) or not isinstance(rows, list) or not rows:
        return None
    are_names = all(isinstance(one, str) for one in names)
    if not are_names or not all(isinstance(one, list) and len(one) == len(names) for one in rows):
        return None
    return [dict(zip(names, one, strict=True)) for one in rows]


def _by_numbers(values: Mapping[str, Any]) -> Records | None:
    """Return the rows of columns whose cells are numbered, or rows that are (orient="columns", "index")."""
    held = [*values.values()]
    if not held or not all(isinstance(one, dict) and one for one in held):
        return None
    keys = held[0].keys()
    if any(one.keys() != keys for one in held):
        return None
    if _are_numbers([*keys]) and _holds_texts([*values]):
        return [{name: one[number] for name, one in values.items()} for number in keys]
    return held if _are_numbers([*values]) and _holds_texts([*keys]) else None


def _holds_texts(names: Sequence[str]) -> bool:
    """Tell whether a column is known to hold texts, or their tokens."""
    try:
        found = choose_uses(names, {}, at_last=True).column("text")
    except UserError:
        return not _OF_TOKENS.isdisjoint(one.lower() for one in names)
    return found is not None


def _are_numbers(keys: Sequence[str]) -> bool:
    return all(one.isdecimal() for one in keys) and len({*keys}) == len(keys)


def _by_lists(values: Mapping[str, Any]) -> Records | None:
    """Return the rows of columns that are lists, one of which is of texts (orient="list")."""
    if len(values) < 2 or not _OF_TOKENS.isdisjoint(values):
        return None
    if not all(isinstance(one, list) for one in values.values()) or len({*map(len, values.values())}) != 1:
        return None
    text = text_column([*values])
    texts = values[text] if text is not None else []
    if not texts or not all(isinstance(one, str) for one in texts):
        return None
    return [dict(zip(values, row, strict=True)) for row in zip(*values.values(), strict=True)]


def _of_data_set(values: Mapping[str, Any]) -> Records | None:
    """Return the rows of a page of a data set, with the names that its features give to numbers."""
    rows, features = values.get("rows"), values.get("features")
    if not isinstance(rows, list) or not isinstance(features, list) or not rows:
        return None
    if not all(isinstance(one, dict) and isinstance(one.get("row"), dict) for one in rows):
        return None
    named = {one["name"]: names for one in features if isinstance(one, dict) and (names := _names(one))}
    return [
        {name: _named(value, named[name]) if name in named else value for name, value in one["row"].items()}
        for one in rows
    ]


def _names(feature: Mapping[str, Any]) -> list[str]:
    """Return what numbers of a feature stand for; nothing where they stand for themselves."""
    kind = feature.get("type")
    while isinstance(kind, dict) and isinstance(kind.get("feature"), dict):
        kind = kind["feature"]
    names = kind.get("names") if isinstance(kind, dict) else None
    is_known = isinstance(feature.get("name"), str) and isinstance(names, list)
    return [one for one in names or () if isinstance(one, str)] if is_known else []


def _named(value: Any, names: Sequence[str], depth: int = 0) -> Any:
    if isinstance(value, list) and depth < _DEEPEST:
        return [_named(one, names, depth + 1) for one in value]
    return names[value] if type(value) is int and 0 <= value < len(names) else value
