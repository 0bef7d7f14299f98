"""Checks all spans of a record at once, column by column; what is not plain is left to the slow way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import repeat
from operator import itemgetter, lt
from typing import Any

from annotator.exchange.record_faults import Fault
from annotator.exchange.record_ids import id_of
from annotator.model.ids import Id
from annotator.model.records import Origin

Columns = tuple[Any, ...]
"""Labels; starts and ends, or fragments; annotators, times, attributes, actors, cards, notes, origins.

A column in which one value stands again and again is that value.
"""

_STRETCHES = itemgetter("fragments", "text")
_MADE = itemgetter("label", "annotator", "created")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
EARLIEST = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
LATEST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
"""What can be written again as a time in UTC."""
Row = dict[str, Any]
_EMPTY = frozenset({dict, type(None)})
_ORIGINS: frozenset[Origin] = frozenset({"person", "suggestion", "import"})


@dataclass(frozen=True, slots=True)
class Rules:
    """What the values of a column are held against."""

    labels: Mapping[str, object]
    """Those of the scheme for this kind of record."""
    number: Callable[[str], int]
    """Returns the number of the annotator with a name."""
    attributes: Callable[[str, object], dict[str, str]]
    """Returns a label's attributes, or raises Fault."""


def span_columns(rows: Sequence[Row], text: str, rules: Rules) -> Columns | None:
    """Return the spans' values as columns when every span is plain and sound, else None.

    Plain: label, text, annotator and time are there, and one fragment; most spans are like that.
    """
    try:
        fragments, texts = zip(*map(_STRETCHES, rows), strict=True)
        stretches = _covering(fragments, texts, text)
        made = _made(rows, rules)
        if stretches is None or made is None:
            return None
        labels, by, created, attributes, notes, origins = made
        above = [_ids(_each(rows, name, None)) for name in ("actor", "claim_card")]
        return (labels, *stretches, None, by, created, attributes, *above, notes, origins)
    except (Fault, KeyError, TypeError, ValueError):
        return None


def frame_columns(rows: Sequence[Row], rules: Rules) -> Columns | None:
    """Return what frames carry but their roles as columns when every frame is plain and sound, else None."""
    try:
        return _made(rows, rules)
    except (Fault, KeyError, TypeError, ValueError):
        return None


def _made(rows: Sequence[Row], rules: Rules) -> Columns | None:
    """Return labels, annotators, times, attributes, notes and origins."""
    labels, by, created = zip(*map(_MADE, rows), strict=True)
    if {*map(type, by), *map(type, labels)} != {str} or not rules.labels.keys() >= {*labels}:
        return None
    notes, origins = _each(rows, "note", ""), _each(rows, "origin", "import")
    kinds = {*origins}
    if {*map(type, notes)} != {str} or not kinds <= _ORIGINS:
        return None
    numbers = {name: rules.number(name) for name in dict.fromkeys(by)}
    return (
        labels,
        _column(by, numbers),
        _column(created, _times(created)),
        _attributes(labels, _each(rows, "attributes", None), rules.attributes),
        notes if any(notes) else "",
        origins[0] if len(kinds) == 1 else origins,
    )


def _each(rows: Sequence[Row], name: str, default: object) -> list[Any]:
    return [*map(dict.get, rows, repeat(name), repeat(default))]


def _column(values: Sequence[Any], found: Mapping[Any, Any]) -> Any:
    """Return what was found for each of the values, or the one thing that was found for all."""
    return next(iter(found.values())) if len(found) == 1 else [found[one] for one in values]


def _attributes(
    labels: Sequence[str], values: Sequence[Any], attributes_of: Callable[[str, object], dict[str, str]]
) -> list[dict[str, str]] | None:
    if not any(values) and {*map(type, values)} <= _EMPTY:
        return None
    own = [attributes_of(*pair) for pair in zip(labels, values, strict=True)]
    return own if any(own) else None


def _times(written: Sequence[str]) -> dict[str, int]:
    times = {one: (datetime.fromisoformat(one) - _EPOCH) // _MICROSECOND for one in dict.fromkeys(written)}
    if not EARLIEST <= min(times.values()) <= max(times.values()) <= LATEST:
        raise ValueError("a time outside the years that can be written")
    return times


def _ids(values: Sequence[object]) -> list[Id | None] | None:
    if {*values} == {None}:
        return None
    return [None if value is None else id_of(value, "") for value in values]


def _covering(
    fragments: Sequence[Any], texts: Sequence[Any], text: str
) -> tuple[Sequence[int], Sequence[int]] | None:
    """Return where each span starts and ends when all lie in the text and cover what they say."""
    starts, ends = zip(*[pair for (pair,) in fragments], strict=True)
    if {*map(type, starts), *map(type, ends)} != {int} or min(starts) < 0 or max(ends) > len(text):
        return None
    if not all(map(lt, starts, ends)):
        return None
    covered = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    return (starts, ends) if covered == [quote for (quote,) in texts] else None


def columns_of(rows: Sequence[tuple[Any, ...]]) -> Columns:
    """Return rows checked one by one as columns."""
    if not rows:
        return ((), (), (), None, (), (), None, None, None, "", ())
    label, fragments, *rest = zip(*rows, strict=True)
    return (label, (), (), fragments, *rest)
