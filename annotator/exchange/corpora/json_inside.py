"""Finds the records inside of an object that is none itself, by which of its lists holds the texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from annotator.exchange.corpora.json_shapes import WORDS, place_of, shaped
from annotator.exchange.json_records import facts_of
from annotator.exchange.tables.columns import known_uses, plain_name, text_by_content, text_column

_FIELDS = "fields"
_LOOKED_AT = 10
"""Objects of a list that tell whether it is one of records."""


def keyed_records(values: Mapping[str, Any], depth: int = 1, fewest: int = 2) -> list[dict[str, Any]]:
    """Return the records of an object that has each of them under its id; none where it is no such.

    They may stand together below the id of something else, as posts do below that of their thread.
    """
    held = [one for one in values.values() if isinstance(one, dict)]
    if len(held) < max(1, len(values)):
        return []
    for is_prose in (False, True):
        fields = {_has_text(one, is_prose=is_prose) for one in held[:_LOOKED_AT]}
        if "" not in fields and len(held) >= fewest and not (is_prose and len(fields) > 1):
            return [{"id": key, **one} for key, one in zip(values, held, strict=True)]
        if fields != {""}:
            return []
    inner = [keyed_records(one, depth - 1, 1) if depth else [] for one in held]
    return [one for records in inner for one in records] if all(inner) else []


def records_in(values: Mapping[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    """Return the records of a list inside of one that has no text itself, and the field that leads to them.

    Of several lists it is the one with the longest texts together; none where a text of its own is longer.
    """
    if not (found := [*_record_lists(values, 2)]):
        return "", []
    sizes = [sum(map(_length, records)) for _, records in found]
    return found[sizes.index(max(sizes))] if max(sizes) >= _length(values) else ("", [])


def _length(values: Mapping[str, Any]) -> int:
    field = text_field(values)
    return 0 if field is None else len(values[field])


def _record_lists(values: Mapping[str, Any], depth: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield lists of records, also in objects and in records of lists, whose facts are then theirs."""
    for name, one in values.items():
        held = [one] if isinstance(one, dict) else one if isinstance(one, list) else []
        if not held or not all(isinstance(each, dict) for each in held) or plain_name(name) in WORDS:
            continue
        if held is one and any(_has_text(each, is_prose=True) for each in held[:_LOOKED_AT]):
            yield name, one
        elif depth:
            records = [
                {**(facts_of(each, but=frozenset()) if held is one else {}), **record}
                for each in held
                for _, some in _record_lists(each, depth - 1)
                for record in some
            ]
            yield from [(name, records)] if records else []


def lifted(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record with what stands in the object of it that has the text beside its other fields.

    That is a field of fields, as the Guardian has it, or any other, where the record has no text itself.
    """
    objects = [one for one in values if isinstance(values[one], dict)]
    held = [one for one in objects if one == _FIELDS or _has_own(values[one])]
    if len(held) != 1 or len(values) == 1 or _has_own(values):
        return dict(values)
    inner: dict[str, Any] = values[held[0]]
    rest = {name: one for name, one in values.items() if name != held[0]}
    return {**inner, **rest}


def _has_own(values: Mapping[str, Any]) -> bool:
    """Tell whether a record has a field of its own that is called as one of texts is, and holds one."""
    known = text_column([*values])
    text = values[known] if known is not None else None
    # Of a stretch with its place, the text is that of a longer one.
    return isinstance(text, str) and not any(len(text) == end - start for start, end in place_of(values))


def text_field(values: Mapping[str, Any]) -> str | None:
    """Return the field that holds the text of a record: called as one of texts is, else the one of prose."""
    if (known := text_column([*values])) is not None:
        return known if isinstance(values[known], str) else None
    cells = {name: [one] for name, one in values.items() if isinstance(one, str)}
    return text_by_content(known_uses(cells), cells)


def _has_text(values: Mapping[str, Any], *, is_prose: bool = False) -> str:
    """Return by which field a record has a text, by its name or, where that is to tell, as it is prose."""
    values = lifted(values)
    if _has_own(values) or shaped(values) is not None:
        return text_column([*values]) or "text"
    return (is_prose and not place_of(values) and text_field(values)) or ""
