"""What is stored of one article, by what tells one record from another, for labels that come to it."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from annotator.model.ids import Id
from annotator.model.records import (
    Actor,
    Article,
    ArticleContent,
    ArticleLabel,
    ArticleReading,
    Frame,
    NothingHere,
    Record,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.services.importing_alike import Alike, says_more

FRAMES = (Frame, SuggestedFrame)
_TELLING: Mapping[type, tuple[str, ...]] = {
    Span: ("label", "fragments", "annotator"),
    SuggestedSpan: ("label", "fragments", "suggester"),
    ArticleLabel: ("label", "annotator"),
    NothingHere: ("layer", "annotator", "stretch"),
    ArticleReading: ("annotator",),
    Actor: ("name", "kind"),
}
"""The fields that tell one record from others of its kind in one article; an actor here is an author."""
Key = tuple[Any, ...]
PACE = 200
"""Records between two pauses: an article may have tens of thousands."""


class There:
    """What is stored of one article, by what tells one record from another."""

    def __init__(self, article: Article) -> None:
        self.article = article.id
        self.text = article.text
        self._by_key: dict[Key, list[Record]] = {}
        self._by_id: dict[Id, Record] = {}
        self._alike: dict[bool, Alike] = {}

    @classmethod
    def of(cls, content: ArticleContent) -> Generator[None, None, There]:
        """Return what is stored, pausing now and then."""
        found = cls(content.article)
        groups: tuple[Sequence[Record], ...] = (
            *(content.actors, content.claim_cards, content.spans, content.frames, content.labels),
            *(content.nothing_here, content.readings, content.suggested_spans, content.suggested_frames),
        )
        for at, one in enumerate(chain.from_iterable(groups)):
            found.add(one)
            if at % PACE == PACE - 1:
                yield
        return found

    def add(self, record: Record) -> None:
        """Take in a record that is stored, or is going to be."""
        self._by_key.setdefault(key_of(record), []).append(record)
        self._by_id[record.id] = record
        for alike in self._alike.values():
            alike.add(record)

    @property
    def records(self) -> Iterable[Record]:
        """All of them."""
        return self._by_id.values()

    def alike(self, annotator: Id, *, is_unbroken: bool) -> Generator[None, None, Alike]:
        """Return the same by what a format keeps of it, which may have no gaps in spans."""
        if is_unbroken not in self._alike:
            found = Alike(self.text, annotator, is_unbroken=is_unbroken)
            for at, one in enumerate(self._by_id.values()):
                found.add(one)
                if at % PACE == PACE - 1:
                    yield
            self._alike[is_unbroken] = found
        return self._alike[is_unbroken]

    def own(self, record: Any) -> Record | None:
        """Return what the record itself was when it was stored, by the same annotator."""
        found: Any = self._by_id.get(record.id)
        is_own = type(found) is type(record) and found.annotator == record.annotator
        return found if is_own else None

    def twin(self, record: Record, fresh: Collection[Id]) -> Record | None:
        """Return the record that says the same, or else one of the same words or id that is not `fresh`."""
        like = self._by_key.get(key_of(record), ())
        own = self._by_id.get(record.id)
        if own is not None and key_of(own) == key_of(record):
            return own
        same = next((one for one in like if not says_more(record, one)), None)
        older = next((one for one in like if one.id not in fresh), None)
        return same or older or own


def key_of(record: Record) -> Key:
    """Return what tells a record from others of its kind in its article."""
    kind = type(record)
    if isinstance(record, FRAMES):
        by = record.annotator if isinstance(record, Frame) else record.suggester
        return kind, record.label, by, frozenset((end.role, end.end) for end in record.roles)
    if isinstance(record, Actor) and record.article is None:
        return kind, record.id
    return kind, *(getattr(record, name) for name in _TELLING.get(kind, ("id",)))
