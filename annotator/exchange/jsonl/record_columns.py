"""Checks all spans of a record at once, column by column; what is not plain is left to the slow way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any

from annotator.exchange.jsonl.record_ids import id_of
from annotator.exchange.record_faults import Fault
from annotator.model.ids import Id
from annotator.model.records import Origin

Columns = tuple[Any, ...]
"""Labels; starts and ends, or fragments; annotators, times, attributes, actors, cards, notes, origins.

A column in which one value stands again and again is that value.
"""

_MADE = ("label", "annotator", "created", "attributes", "note", "origin")
_SPAN = ("fragments", "text", "actor", "claim_card", *_MADE)
_ABSENT = {"note": "", "origin": "import"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
EARLIEST = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
LATEST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
"""What can be written again as a time in UTC."""
Row = dict[str, Any]
_NO_ATTRIBUTES: tuple[object, ...] = ({}, None)
_ORIGINS: frozenset[Origin] = frozenset({"person", "suggestion", "import"})


@dataclass(frozen=True, slots=True)
class Rules:
    """What the values of a column are held against."""

    labels: Mapping[str, str]
    """Those of the scheme for this kind of record, by themselves."""
    number: Callable[[str], int]
    """Returns the number of the annotator with a name."""
    attributes: Callable[[str, object], dict[str, str]]
    """Returns a label's attributes, or raises Fault."""


def span_columns(rows: Sequence[Row], text: str, rules: Rules) -> Columns | None:
    """Return the spans' values as columns when every span is plain and sound, else None.

    Plain: label, text, annotator and time are there, and one fragment; most spans are like that.
    """
    try:
        fragments, texts, actors, cards, *rest = _fields(rows, _SPAN)
        stretches = _covering(fragments, texts, text)
        made = _made(rest, rules)
        if stretches is None or made is None:
            return None
        return (made[0], *stretches, None, *made[1:4], _ids(actors), _ids(cards), *made[4:])
    except (Fault, KeyError, TypeError, ValueError):
        return None


def frame_columns(rows: Sequence[Row], rules: Rules) -> Columns | None:
    """Return what frames carry but their roles as columns when every frame is plain and sound, else None."""
    try:
        return _made(_fields(rows, _MADE), rules)
    except (Fault, KeyError, TypeError, ValueError):
        return None


def _fields(rows: Sequence[Row], names: Sequence[str]) -> Iterable[Sequence[Any]]:
    """Return fields of rows as columns; at once those that every row has."""
    # Names as they stand in the rows: the reader uses each again, and the same one needs no comparing.
    held = [name for name in rows[0] if name in names]
    try:
        found = dict(zip(held, zip(*map(itemgetter(*held), rows), strict=True), strict=True))
    except (KeyError, TypeError, ValueError):  # some rows have fewer, or there is but one
        found = {}
    return [found.get(name) or _field(rows, name, _ABSENT.get(name)) for name in names]


def _field(rows: Sequence[Row], name: str, absent: object) -> list[Any]:
    return [one.get(name, absent) for one in rows]


def _made(fields: Iterable[Sequence[Any]], rules: Rules) -> Columns | None:
    """Return labels, annotators, times, attributes, notes and origins."""
    labels, by, created, attributes, notes, origins = fields
    makers, said, kinds = _different(by), _different(notes), _different(origins)
    if {*map(type, makers), *map(type, said)} != {str} or not _ORIGINS.issuperset(kinds):
        return None
    return (
        [*map(rules.labels.__getitem__, labels)],
        _column(by, {name: rules.number(name) for name in makers}),
        _column(created, _times(_different(created))),
        _attributes(labels, attributes, rules.attributes),
        notes if len(said) > 1 or notes[0] else "",
        origins[0] if len(kinds) == 1 else origins,
    )


def _is_same(values: Sequence[Any]) -> bool:
    return values.count(values[0]) == len(values)


def _different(values: Sequence[Any]) -> Sequence[Any]:
    """Return each of the values once; seldom is there more than one."""
    return values[:1] if _is_same(values) else [*dict.fromkeys(values)]


def _column(values: Sequence[Any], found: Mapping[Any, Any]) -> Any:
    """Return what was found for each of the values, or the one thing that was found for all."""
    return next(iter(found.values())) if len(found) == 1 else [found[one] for one in values]


def _attributes(
    labels: Sequence[str], values: Sequence[Any], attributes_of: Callable[[str, object], dict[str, str]]
) -> list[dict[str, str]] | None:
    if values[0] in _NO_ATTRIBUTES and _is_same(values):
        return None
    own = [attributes_of(*pair) for pair in zip(labels, values, strict=True)]
    return own if any(own) else None


def _times(written: Sequence[str]) -> dict[str, int]:
    return {one: _time(one) for one in written}


@lru_cache(4096)
def _time(written: str) -> int:
    time = (datetime.fromisoformat(written) - _EPOCH) // _MICROSECOND
    if not EARLIEST <= time <= LATEST:
        raise ValueError("a time outside the years that can be written")
    return time


def _ids(values: Sequence[object]) -> list[Id | None] | None:
    if values.count(None) == len(values):
        return None
    return [None if value is None else id_of(value, "") for value in values]


def _covering(
    fragments: Sequence[Any], texts: Sequence[Any], text: str
) -> tuple[Sequence[int], Sequence[int]] | None:
    """Return where each span starts and ends when all lie in the text and cover what they say."""
    pairs, size = [pair for (pair,) in fragments], len(text)
    covered = [
        text[start:end]
        for start, end in pairs
        if type(start) is type(end) is int and 0 <= start < end <= size
    ]
    if covered != [quote for (quote,) in texts] or len(covered) != len(pairs):
        return None
    starts, ends = zip(*pairs, strict=True)
    return starts, ends


def columns_of(rows: Sequence[tuple[Any, ...]]) -> Columns:
    """Return rows checked one by one as columns."""
    if not rows:
        return ((), (), (), None, (), (), None, None, None, "", ())
    label, fragments, *rest = zip(*rows, strict=True)
    return (label, (), (), fragments, *rest)
