"""Keeps the cards of an article: each is made once, and again only when something it tells of changed."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from time import monotonic
from typing import TypeVar

from annotator.model.ids import Id
from annotator.ui.article_view.marks import difference
from annotator.ui.panels.frame_cards import FrameCard, card_of, frames_of
from annotator.ui.panels.names import AnyFrame, Names, Place

V = TypeVar("V")
_PARTS = ("spans", "frames", "suggested_spans", "suggested_frames")


class CardShelf:
    """The cards of the frames of one article, in text order, made a few at a time."""

    def __init__(self) -> None:
        self._names: Names | None = None
        self._frames: Sequence[AnyFrame] = ()
        self._in_order: Sequence[FrameCard] | None = None
        """The cards as they were asked for last; None where something is other since then."""
        self._missing: deque[AnyFrame] = deque()
        self._places: dict[Id, Place] = {}
        self._cards: dict[Id, FrameCard] = {}
        self._told_of: defaultdict[Id, set[Id]] = defaultdict(set)
        """By record: the frames whose card or place looked it up."""

    def take(self, names: Names | None) -> bool:
        """Take over what an article holds now; cards of which nothing changed stay. Tell if it is another."""
        before, self._names = self._names, names
        is_another = before is None or names is None or not _is_same(before, names)
        if is_another or before is None or names is None:
            for kept in (self._places, self._cards, self._told_of):
                kept.clear()
            is_other = True
        else:
            is_other = self._drop(_changed(before, names)) or not _has_same_frames(before, names)
        if is_other:
            self._frames = frames_of(names.content) if names is not None else ()
            self._missing = deque(one for one in self._frames if one.id not in self._cards)
            self._in_order = None
        return is_another

    def make_some(self, seconds: float) -> Iterator[FrameCard]:
        """Make missing cards for so long; yield those made."""
        until = monotonic() + seconds
        while self._missing:
            yield self._make(self._missing.popleft())
            if monotonic() > until:
                return

    @property
    def is_complete(self) -> bool:
        """Tell whether all cards are made."""
        return not self._missing

    def cards(self) -> Sequence[FrameCard]:
        """Return all cards, in text order; the same list as long as they are the same."""
        if self._in_order is None:
            frames = sorted([one.id for one in self._frames], key=self._places.__getitem__)
            self._in_order = [self._cards[one] for one in frames]
        return self._in_order

    def _drop(self, records: Iterable[Id]) -> bool:
        """Forget the cards that tell of these records; tell whether there were any."""
        count = len(self._cards)
        for record in records:
            for frame in (record, *self._told_of.pop(record, ())):
                self._places.pop(frame, None)
                self._cards.pop(frame, None)
        return len(self._cards) != count

    def _make(self, frame: AnyFrame) -> FrameCard:
        assert self._names is not None
        looked_up: set[Id] = set()
        names = _noting(self._names, looked_up)
        card = self._cards[frame.id] = card_of(names, frame)
        self._places[frame.id] = names.place(frame)
        for record in looked_up:
            self._told_of[record].add(frame.id)
        return card


class _Noted(Mapping[Id, V]):
    """Notes which ids were looked up, found or not."""

    def __init__(self, records: Mapping[Id, V], looked_up: set[Id]) -> None:
        self._records = records
        self._looked_up = looked_up

    def __getitem__(self, record: Id) -> V:
        self._looked_up.add(record)
        return self._records[record]

    def get(self, record: Id, default: V | None = None) -> V | None:  # type: ignore[override]
        """Return a record, or the default."""
        self._looked_up.add(record)
        return self._records.get(record, default)

    def __iter__(self) -> Iterator[Id]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)


def _noting(names: Names, looked_up: set[Id]) -> Names:
    return replace(
        names,
        spans=_Noted(names.spans, looked_up),
        frames=_Noted(names.frames, looked_up),
        actors=_Noted(names.actors, looked_up),
        cards=_Noted(names.cards, looked_up),
    )


def _is_same(before: Names, names: Names) -> bool:
    """Tell whether both are of the same article under the same scheme, for the same annotator."""
    is_one_article = before.content.article.id == names.content.article.id
    return is_one_article and before.scheme == names.scheme and before.others == names.others


def _has_same_frames(before: Names, names: Names) -> bool:
    """Tell whether the same frames are in both; those that changed are found by their ids."""
    old, new = before.content, names.content
    return old.frames is new.frames and old.suggested_frames is new.suggested_frames


def _changed(before: Names, names: Names) -> Iterable[Id]:
    """Return the ids that stand for something else now, or for nothing any more."""
    found: set[Id] = set()
    for part in _PARTS:
        gone, new = difference(getattr(before.content, part), getattr(names.content, part))
        found.update(one.id for one in (*gone, *new))
    found |= _differing(before.actors, names.actors) | _differing(before.cards, names.cards)
    return found


def _differing(before: Mapping[Id, object], now: Mapping[Id, object]) -> set[Id]:
    if before == now:
        return set()
    return {one for one in before.keys() | now.keys() if before.get(one) != now.get(one)}
