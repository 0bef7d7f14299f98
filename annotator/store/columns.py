"""Turns columns of records into rows and back at once: the same rows as `kinds` makes of each record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

from annotator.model.columns import Column, Columns, Same, Unbroken
from annotator.model.ids import Id
from annotator.model.records import Block, Fragment, Frame, Record, RoleEnd, Span
from annotator.store.keys import Names
from annotator.store.kinds import Values
from annotator.store.packing import fragments_of, pack, several, unpack

_NOTHING: dict[str, str] = {}
_time = int.from_bytes  # of the first six bytes of an id: milliseconds; see `model.ids.id_time`


def rows_of(records: Columns[Any], keys: range, names: Names) -> Iterable[Values]:
    """Return the rows of new records whose ids follow one another, as their keys do."""
    return _ROWS[records.kind](records, keys, names)


def role_rows_of(records: Columns[Frame], keys: range, names: Names) -> list[Values]:
    """Return the rows of the ends of new frames."""
    key_of, word_of, roles = names.key, names.word_key, records.columns[2]
    return [
        (key, place, word_of[role], word_of[kind], key_of[end])
        for key, ends in zip(keys, roles, strict=False)
        for place, (role, kind, end) in enumerate(ends)
    ]


def _block_rows(records: Columns[Block], keys: range, names: Names) -> Iterator[Values]:
    article, starts, ends, kinds = records.columns
    return zip(keys, _keys(article, names), starts, ends, _words(kinds, names))  # noqa: B905


def _span_rows(records: Columns[Span], keys: range, names: Names) -> Iterator[Values]:
    article, labels, fragments, annotators, created, attributes, *rest = records.columns
    actors, cards, notes, origins = rest
    starts, stops, more = _stretches(fragments)
    return zip(  # noqa: B905 - columns of one value have no end of their own
        keys,
        _keys(article, names),
        _words(labels, names),
        starts,
        stops,
        _keys(annotators, names),
        _after(created, records.ids),
        _words(origins, names),
        more,
        _each(pack, attributes),
        _each(names.key_or_none, actors),
        _each(names.key_or_none, cards),
        notes,
    )


def _frame_rows(records: Columns[Frame], keys: range, names: Names) -> Iterator[Values]:
    article, labels, _roles, annotators, created, attributes, notes, origins = records.columns
    return zip(  # noqa: B905 - as above
        keys,
        _keys(article, names),
        _words(labels, names),
        _keys(annotators, names),
        _after(created, records.ids),
        _words(origins, names),
        _each(pack, attributes),
        notes,
    )


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


def spans_of(rows: Sequence[Sequence[Any]], names: Names) -> Columns[Span]:
    """Return the spans of one article from their rows, as they stand; they are one at least."""
    keys, articles, labels, starts, stops, annotators, created, origins, *rest = zip(*rows, strict=True)
    more, attributes, actors, cards, notes = rest
    ids, words = [*map(names.id.__getitem__, keys)], names.word.__getitem__
    return Columns(
        Span,
        ids,
        Same(names.id[articles[0]]),
        [*map(words, labels)],
        [*map(fragments_of, starts, stops, more)] if any(more) else Unbroken(starts, stops),
        _same_or_each(names.id.__getitem__, annotators),
        _times(created, ids),
        [*map(unpack, attributes)] if any(attributes) else Same(_NOTHING),
        _same_or_each(names.id_or_none, actors),
        _same_or_each(names.id_or_none, cards),
        notes if any(notes) else Same(""),
        _same_or_each(words, origins),
    )


def frames_of(
    rows: Sequence[Sequence[Any]], roles: Mapping[int, tuple[RoleEnd, ...]], names: Names
) -> Columns[Frame]:
    """Return the frames of one article from their rows, and the ends of each by its key; one at least."""
    keys, articles, labels, annotators, created, origins, attributes, notes = zip(*rows, strict=True)
    ids, words = [*map(names.id.__getitem__, keys)], names.word.__getitem__
    return Columns(
        Frame,
        ids,
        Same(names.id[articles[0]]),
        [*map(words, labels)],
        [roles.get(key, ()) for key in keys],
        _same_or_each(names.id.__getitem__, annotators),
        _times(created, ids),
        [*map(unpack, attributes)] if any(attributes) else Same(_NOTHING),
        notes if any(notes) else Same(""),
        _same_or_each(words, origins),
    )


def _same_or_each(function: Callable[[Any], Any], values: Sequence[Any]) -> Column:
    return Same(function(values[0])) if values.count(values[0]) == len(values) else [*map(function, values)]


def _times(after: Sequence[int], ids: Sequence[Id]) -> Column:
    starts = {one[:6] for one in ids}
    if len(starts) == 1:
        return _same_or_each((_time(starts.pop()) * 1000).__add__, after)
    return [time + _time(one[:6]) * 1000 for time, one in zip(after, ids, strict=True)]


_ROWS: Mapping[type[Record], Callable[[Columns[Any], range, Names], Iterable[Values]]] = {
    Block: _block_rows,
    Span: _span_rows,
    Frame: _frame_rows,
}
