"""Turns columns of records into rows and back at once: the same rows as `kinds` makes of each record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

from annotator.model.columns import Column, Columns, PlainEnds, Same, Unbroken
from annotator.model.ids import Id
from annotator.model.records import Block, Fragment, Frame, Record, RoleEnd, Span
from annotator.store.keys import Names
from annotator.store.kinds import Kind, Values
from annotator.store.packing import fragments_of, pack, several, unpack

_time = int.from_bytes  # of the first six bytes of an id: milliseconds; see `model.ids.id_time`


def rows_of(records: Columns[Any], keys: range, names: Names) -> Iterable[Values]:
    """Return the rows of new records whose ids follow one another, as their keys do.

    Where all rows end with what need not be written, as nearly always, they come without that.
    """
    return _ROWS[records.kind](records, keys, names)


def role_rows_of(records: Columns[Frame], keys: range, names: Names) -> list[Values]:
    """Return the rows of the ends of new frames."""
    key_of, word_of, roles = names.key, names.word_key, records.column("roles")
    return [
        (key, place, word_of[role], word_of[kind], key_of[end])
        for key, ends in zip(keys, roles.plain if isinstance(roles, PlainEnds) else roles, strict=False)
        for place, (role, kind, end) in enumerate(ends)
    ]


def _block_rows(records: Columns[Block], keys: range, names: Names) -> Iterator[Values]:
    article, starts, ends, kinds = records.columns
    return zip(keys, _keys(article, names), starts, ends, _words(kinds, names))  # noqa: B905


def _span_rows(records: Columns[Span], keys: range, names: Names) -> Iterator[Values]:
    article, labels, fragments, annotators, created, attributes, *rest = records.columns
    actors, cards, notes, origins = rest
    starts, stops, more = _stretches(fragments)
    needed = (
        keys,
        _keys(article, names),
        _words(labels, names),
        starts,
        stops,
        _keys(annotators, names),
        _after(created, records.ids),
        _words(origins, names),
    )
    if isinstance(fragments, Unbroken) and _are_empty(attributes, actors, cards, notes):
        return zip(*needed)  # noqa: B905 - columns of one value have no end of their own
    return zip(  # noqa: B905 - as above
        *needed,
        more,
        _each(pack, attributes),
        _each(names.key_or_none, actors),
        _each(names.key_or_none, cards),
        notes,
    )


def _frame_rows(records: Columns[Frame], keys: range, names: Names) -> Iterator[Values]:
    article, labels, _roles, annotators, created, attributes, notes, origins = records.columns
    needed = (
        keys,
        _keys(article, names),
        _words(labels, names),
        _keys(annotators, names),
        _after(created, records.ids),
        _words(origins, names),
    )
    if _are_empty(attributes, notes):
        return zip(*needed)  # noqa: B905 - as above
    return zip(*needed, _each(pack, attributes), notes)  # noqa: B905 - as above


def _are_empty(*columns: Column) -> bool:
    """Tell whether nothing stands in any of the columns: that need not be written."""
    return all(isinstance(one, Same) and not one.value for one in columns)


def _each(function: Callable[[Any], Any], column: Column) -> Iterator[Any]:
    return repeat(function(column.value)) if isinstance(column, Same) else map(function, column)


def _keys(column: Column, names: Names) -> Iterator[int]:
    return _each(names.key.__getitem__, column)


def _words(column: Column, names: Names) -> Iterator[int]:
    return _each(names.word_key.__getitem__, column)


def _stretches(fragments: Column) -> tuple[Iterable[int], Iterable[int], Iterable[str]]:
    if isinstance(fragments, Unbroken):
        return fragments.starts, fragments.ends, repeat("")
    return _each(_start, fragments), _each(_stop, fragments), _each(several, fragments)


def _start(fragments: tuple[Fragment, ...]) -> int:
    return fragments[0].start


def _stop(fragments: tuple[Fragment, ...]) -> int:
    return fragments[-1].end


def _after(created: Column, ids: Sequence[Id]) -> Iterable[int]:
    """Return how long after the time in its id each record was made; ids that follow share theirs."""
    first = ids[0][:6]
    if first == ids[-1][:6]:
        return _each((-_time(first) * 1000).__add__, created)
    return [time - _time(one[:6]) * 1000 for time, one in zip(created, ids, strict=False)]


def records_of(
    kind: Kind, found: Mapping[str, Any], roles: Mapping[int, tuple[RoleEnd, ...]], names: Names
) -> dict[int, Columns[Any]]:
    """Return the records of several articles, by its key, from the columns of their rows as they stand.

    The rows of one article follow one another; `roles` are the ends of frames by their keys.
    """
    ids = names.keys.ids(found["key"])
    labels = [*map(names.word.__getitem__, found["label"])]
    what: Any = _Fragments(found) if kind.type is Span else [roles.get(key, ()) for key in found["key"]]
    annotators = _read(names.id.__getitem__, found["annotator"])
    rest = [_read(unpack, found["attributes"])]
    if kind.type is Span:
        rest += [_read(names.id_or_none, found[name]) for name in ("actor", "claim_card")]
    rest += [found["note"], _read(names.word.__getitem__, found["origin"])]
    made: dict[int, Columns[Any]] = {}
    at = 0
    for article, count in Counter(found["article"]).items():
        part = slice(at, at + count)
        own = ids[part]
        before = Same(names.id[article]), labels[part], what[part], annotators[part]
        times = _times(found["created"][part], own)
        made[article] = Columns(kind.type, own, *before, times, *[one[part] for one in rest])
        at += count
    return made


class _Fragments:
    """The fragments of spans; those of an article are worked out only where some are broken."""

    def __init__(self, found: Mapping[str, Any]) -> None:
        self._starts, self._stops, self._more = found["start"], found["stop"], found["fragments"]

    def __getitem__(self, part: slice) -> Column:
        starts, stops, more = self._starts[part], self._stops[part], self._more[part]
        if more.value if isinstance(more, Same) else any(more):
            return [*map(fragments_of, starts, stops, more)]
        return Unbroken(starts, stops)


def _read(function: Callable[[Any], Any], values: Any) -> Any:
    """Return what is meant by each of the values, or by the one that all have."""
    return Same(function(values.value)) if isinstance(values, Same) else [*map(function, values)]


def _times(after: Any, ids: Sequence[Id]) -> Column:
    first = min(ids)[:6]
    if first != max(ids)[:6]:
        return [time + _time(one[:6]) * 1000 for time, one in zip(after, ids, strict=True)]
    time = _time(first) * 1000
    is_same = after.count(after[0]) == len(after)
    return Same(time + after[0]) if is_same else [*map(time.__add__, after)]


_ROWS: Mapping[type[Record], Callable[[Columns[Any], range, Names], Iterable[Values]]] = {
    Block: _block_rows,
    Span: _span_rows,
    Frame: _frame_rows,
}
