"""The one message from the store to whoever looks: what an operation added, changed, removed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from annotator.model.ids import Id
from annotator.model.records import Annotator, Frame, Record, Span


@dataclass(frozen=True, slots=True)
class Add:
    """Edit: store a new record."""

    record: Record


@dataclass(frozen=True, slots=True)
class AddMany:
    """Edit: store new records of one kind, as `Add` would one by one, but faster."""

    records: Sequence[Record]


@dataclass(frozen=True, slots=True)
class Replace:
    """Edit: store these values in place of the record with the same id."""

    record: Record


@dataclass(frozen=True, slots=True)
class Remove:
    """Edit: take a record away (its row stays, marked, so that it can come back)."""

    record: Record


Edit = Add | Replace | Remove
BulkEdit = Edit | AddMany
Hear = Callable[[int, int], None]
"""Hears how much is written, of how much (0: not known); what it raises ends the write."""


@dataclass(frozen=True, slots=True)
class Portions:
    """Edits in portions, as of one article each: how many portions there are is known beforehand."""

    portions: Iterable[Iterable[BulkEdit]]
    total: int
    opening: tuple[BulkEdit, ...] = ()
    """What comes before the first portion."""

    def __iter__(self) -> Iterator[BulkEdit]:
        yield from self.opening
        for portion in self.portions:
            yield from portion


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after; None where it did not exist."""

    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """The record as it is now, or as it last was."""
        found = self.after if self.after is not None else self.before
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Changes:
    """What one operation did; `many` says that views should read anew: it lists nothing but settings."""

    operation: str
    changes: tuple[Change, ...] = ()
    articles: frozenset[Id] = frozenset()
    many: bool = False
    undo: str | None = None
    """The operation that undo would now take back."""
    redo: str | None = None
    """The operation that redo would now do again."""
    _kinds: dict[type[Record], list[Change]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    """The changes by the kind of record: every view asks for some, of up to a thousand."""

    def touches(self, article: Id) -> bool:
        """Tell whether a view of this article has to look."""
        return self.many or article in self.articles

    def of(self, *kinds: type[Record]) -> Iterable[Change]:
        """Return the changes of these kinds of record, kind by kind."""
        if not self._kinds:
            for change in self.changes:
                self._kinds.setdefault(type(change.record), []).append(change)
        return chain.from_iterable(self._kinds.get(one, ()) for one in kinds)

    def is_of_others(self, mine: Annotator | None) -> bool:
        """Tell whether spans or frames changed, and none of them is by this annotator."""
        whose = {one.record.annotator for one in self.changes if isinstance(one.record, Span | Frame)}
        return bool(whose) and mine is not None and mine.id not in whose

    def has(self, *kinds: type[Record]) -> bool:
        """Tell whether any record of these kinds changed."""
        return any(True for _ in self.of(*kinds))
