"""Records as the change log writes them: their fields as JSON, ids spelled out, nothing local."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any

import orjson

from annotator.model.ids import Id, id_from_text, id_text
from annotator.model.records import Article, Fragment, Record, RoleEnd

Fields = dict[str, Any]
_REFERENCES = frozenset({"article", "annotator", "actor", "claim_card", "became"})
_MAPPINGS = frozenset({"attributes", "meta"})
_EMPTY: tuple[Any, ...] = (None, "", {}, [])


def fields_of(record: Record) -> Fields:
    """Return all fields of a record but its id, and but the text of an article (its hash says it)."""
    return {name: _plain(name, getattr(record, name)) for name in _names(record)}


def _names(record: Record) -> tuple[str, ...]:
    kind: Any = type(record)
    return _names_of(kind)


@cache
def _names_of(kind: type[Any]) -> tuple[str, ...]:
    left_out = ("id", "text") if kind is Article else ("id",)
    return tuple(one.name for one in fields(kind) if one.name not in left_out)


def filled(values: Fields) -> Fields:
    """Return the fields without the empty ones."""
    return {name: value for name, value in values.items() if value not in _EMPTY}


def record_from(kind: type[Record], record_id: Id, values: Mapping[str, Any], text: str = "") -> Record:
    """Return the record that has these fields; fields not given are empty."""
    found = {name: _full(name, value) for name, value in values.items()}
    for one in fields(kind):
        if one.type == "str":
            found.setdefault(one.name, "")
        elif one.name == "roles":
            found.setdefault(one.name, ())
    if kind is Article:
        found["text"] = text
    return kind(id=record_id, **found)


def difference(before: Record, after: Record) -> tuple[Fields, Fields]:
    """Return the fields in which two records differ, as they were and as they are."""
    old, new = Fields(), Fields()
    for name in _names(before):
        was, now = getattr(before, name), getattr(after, name)
        # Most fields are the same: only the others are written out.
        if was != now and (was := _plain(name, was)) != (now := _plain(name, now)):
            old[name], new[name] = was, now
    return old, new


def to_json(values: Fields) -> str:
    """Return the fields as JSON; an empty text for none."""
    return orjson.dumps(values, option=orjson.OPT_SORT_KEYS).decode() if values else ""


def from_json(text: str) -> Fields:
    """Return the fields that `to_json` wrote."""
    found: Fields = orjson.loads(text) if text else {}
    return found


def _plain(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _REFERENCES:
        return id_text(value)
    if name in _MAPPINGS:
        return dict(value)
    if name == "roles":
        return [[role, kind, id_text(end)] for role, kind, end in value]
    if name == "fragments":
        return [list(fragment) for fragment in value]
    return list(value) if isinstance(value, tuple) else value


def _full(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _REFERENCES:
        return id_from_text(value)
    if name == "roles":
        return tuple(RoleEnd(role, kind, id_from_text(end)) for role, kind, end in value)
    if name == "fragments":
        return tuple(Fragment(*pair) for pair in value)
    if name == "stretch":
        return Fragment(*value)
    return tuple(value) if isinstance(value, list) else value
