"""The ids of many records in an order, each made when it is looked at."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import overload

from annotator.model.ids import Id
from annotator.store.keys import Keys


class IdList(Sequence[Id]):
    """Ids in an order that never changes; a hundred thousand cost nothing until they are asked for.

    May be read on another thread: keys that were given out keep their ids.
    """

    def __init__(self, keys: array[int], names: Keys) -> None:
        self._keys = keys
        self._names = names

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, at: int) -> Id: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Id]: ...
    def __getitem__(self, at: int | slice) -> Id | Sequence[Id]:
        if isinstance(at, slice):
            return IdList(self._keys[at], self._names)
        return self._names.id(self._keys[at])

    def __iter__(self) -> Iterator[Id]:
        return iter(self._names.ids(self._keys))

    def __contains__(self, record: object) -> bool:
        key = self._names.find(Id(record)) if isinstance(record, bytes) else None
        return key is not None and key in self._keys

    def index(self, record: Id, start: int = 0, stop: int | None = None) -> int:
        """Return where an id stands; raises ValueError when it does not."""
        key = self._names.find(record)
        return self._keys.index(key or 0, start, len(self) if stop is None else stop)  # no key is 0

    def __eq__(self, other: object) -> bool:
        if isinstance(other, IdList) and other._names is self._names:
            return self._keys == other._keys
        if isinstance(other, Sequence):
            return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]  # as lists have none

    def __repr__(self) -> str:
        return repr(list(self))
