"""Checks all spans of a record at once, column by column; what is not plain is left to the slow way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from operator import itemgetter, lt
from typing import Any

from annotator.exchange.record_faults import Fault
from annotator.exchange.record_ids import id_of
from annotator.model.ids import Id
from annotator.model.records import Origin

Columns = tuple[Any, ...]
"""Labels, whether all are one fragment, fragments, numbers of annotators, times, attributes, actors, …"""

_FIELDS = itemgetter("label", "fragments", "text", "annotator", "created")
_DEFAULTS = (("attributes", None), ("actor", None), ("claim_card", None), ("note", ""), ("origin", "import"))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
EARLIEST = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
LATEST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
"""What can be written again as a time in UTC."""
_first = itemgetter(0)
_ORIGINS: frozenset[Origin] = frozenset({"person", "suggestion", "import"})


def sound_columns(
    rows: Sequence[dict[str, Any]],
    text: str,
    labels_known: Collection[str],
    number: Callable[[str], int],
    attributes_of: Callable[[str, object], dict[str, str]],
) -> Columns | None:
    """Return the spans' values as columns when every span is plain and sound, else None.

    Plain: label, text, annotator and time are there, and one fragment; most spans are like that.
    """
    try:
        labels, fragments, texts, by, created = zip(*map(_FIELDS, rows), strict=True)
        attributes, *rest = ([row.get(name, default) for row in rows] for name, default in _DEFAULTS)
        if {*map(type, by), *map(type, labels)} != {str} or not set(labels) <= set(labels_known):
            return None
        pairs, above = _covering(fragments, texts, text), _plain_rest(*rest)
        if pairs is None or above is None:
            return None
        numbers = {name: number(name) for name in dict.fromkeys(by)}
        own = [attributes_of(*pair) for pair in zip(labels, attributes, strict=True)]
        found = [numbers[name] for name in by], _times(created), own if any(own) else None
        return (labels, True, pairs, *found, *above)
    except (Fault, KeyError, TypeError, ValueError):
        return None


def _plain_rest(
    actors: Sequence[Any], cards: Sequence[Any], notes: Sequence[Any], origins: Sequence[Any]
) -> Columns | None:
    if {*map(type, notes)} != {str} or not set(origins) <= _ORIGINS:
        return None
    return _ids(actors), _ids(cards), notes if any(notes) else None, origins


def _times(written: Sequence[str]) -> list[int]:
    times = {one: (datetime.fromisoformat(one) - _EPOCH) // _MICROSECOND for one in dict.fromkeys(written)}
    if not EARLIEST <= min(times.values()) <= max(times.values()) <= LATEST:
        raise ValueError("a time outside the years that can be written")
    return [times[one] for one in written]


def _ids(values: Sequence[object]) -> list[Id | None] | None:
    if {*values} == {None}:
        return None
    return [None if value is None else id_of(value, "") for value in values]


def _covering(fragments: Sequence[Any], texts: Sequence[Any], text: str) -> list[list[int]] | None:
    """Return the one stretch of each span when all lie in the text and cover what they say."""
    if {*map(type, fragments), *map(type, texts)} != {list}:
        return None
    if {*map(len, fragments), *map(len, texts)} != {1}:
        return None
    pairs = list(map(_first, fragments))
    if {*map(type, pairs)} != {list} or {*map(len, pairs)} != {2}:
        return None
    starts, ends = zip(*pairs, strict=True)
    if {*map(type, starts), *map(type, ends)} != {int} or min(starts) < 0 or max(ends) > len(text):
        return None
    if not all(map(lt, starts, ends)):
        return None
    covered = map(text.__getitem__, map(slice, starts, ends))
    return pairs if list(covered) == list(map(_first, texts)) else None


def columns_of(rows: Sequence[tuple[Any, ...]]) -> Columns:
    """Return rows checked one by one as columns."""
    if not rows:
        return ((), True, (), (), (), None, None, None, None, ())
    label, fragments, *rest = zip(*rows, strict=True)
    return (label, False, fragments, *rest)
