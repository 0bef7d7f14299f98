"""Many records of one kind, field by field; each is made only when somebody looks at it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import repeat
from typing import Any, Generic, TypeVar, overload

from annotator.model.ids import Id
from annotator.model.making import maker
from annotator.model.records import Block, Fragment, Frame, RoleEnd, Span

V = TypeVar("V")
R = TypeVar("R", bound=Block | Span | Frame)
_tuple = tuple.__new__  # a Fragment or an end in half the time


class Same(Generic[V]):
    """A column in which one value stands again and again."""

    def __init__(self, value: V) -> None:
        self.value = value

    def __iter__(self) -> Iterator[V]:
        return repeat(self.value)

    def __getitem__(self, part: slice) -> Same[V]:
        return self


class Unbroken:
    """A column of fragments where every span has exactly one."""

    def __init__(self, starts: Sequence[int], ends: Sequence[int]) -> None:
        self.starts = starts
        self.ends = ends

    def __iter__(self) -> Iterator[tuple[Fragment, ...]]:
        # `zip` makes tuples of one.
        return zip(map(_tuple, repeat(Fragment), zip(self.starts, self.ends, strict=True)))

    def __getitem__(self, part: slice) -> Unbroken:
        return Unbroken(self.starts[part], self.ends[part])


class PlainEnds:
    """A column of the ends of frames, each known by its role, the kind of its end and that one's id."""

    def __init__(self, ends: Sequence[Sequence[tuple[str, str, Id]]]) -> None:
        self.plain = ends

    def __iter__(self) -> Iterator[tuple[RoleEnd, ...]]:
        return (tuple(map(_tuple, repeat(RoleEnd), one)) for one in self.plain)


Column = Iterable[Any]
_PLACES: dict[type, dict[str, int]] = {
    kind: {one.name: at for at, one in enumerate(fields(kind)[1:])} for kind in (Block, Span, Frame)
}


def different(records: Sequence[Any], name: str) -> set[Any]:
    """Return the different values that records have in a field, of columns without making records."""
    if not records:
        return set()
    if not isinstance(records, Columns):
        return {getattr(one, name) for one in records}
    column = records.column(name)
    return {column.value} if isinstance(column, Same) else {*column}


def total(records: Sequence[Any], name: str, size_of: Callable[[Any], int]) -> int:
    """Return how much all records have in a field, of columns without making records."""
    if not isinstance(records, Columns):
        return sum([size_of(getattr(one, name)) for one in records])
    column = records.column(name)
    if isinstance(column, Same):
        return size_of(column.value) * len(records)
    return sum(map(size_of, column))


def is_unbroken(spans: Sequence[Any]) -> bool:
    """Tell whether spans are columns in which each has one fragment."""
    return isinstance(spans, Columns) and isinstance(spans.column("fragments"), Unbroken)


class Columns(Sequence[R]):
    """Records of one kind: their ids, and a column for each further field in the order of the fields."""

    def __init__(self, kind: type[R], ids: Sequence[Id], *columns: Column) -> None:
        self.kind = kind
        self.ids = ids
        self.columns = columns
        self._made: tuple[R, ...] | None = None

    def column(self, name: str) -> Column:
        """Return what all records have in a field."""
        return self.ids if name == "id" else self.columns[_PLACES[self.kind][name]]

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[R]:
        return iter(self._records())

    @overload
    def __getitem__(self, at: int) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[R, ...]: ...
    def __getitem__(self, at: int | slice) -> R | tuple[R, ...]:
        return self._records()[at]

    def __eq__(self, other: object) -> bool:
        return self._records() == (tuple(other) if isinstance(other, Columns) else other)

    __hash__ = None  # type: ignore[assignment]

    def _records(self) -> tuple[R, ...]:
        if self._made is None:
            kind: Any = self.kind
            self._made = tuple(map(maker(kind), self.ids, *self.columns))
        return self._made
