"""How often each suggester has been right in a project so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotator.model.ids import Id
from annotator.model.records import Fragment, Frame, Span, SuggestedFrame, SuggestedSpan
from annotator.model.steps import Record, tallied
from annotator.store.store import Store


class Decisions:
    """Looks back on what a person decided about suggestions."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rejected(self) -> int:
        """Return how many suggested frames were rejected."""
        return self._store.rejected_frames()

    def record(self) -> Record:
        """Return what became of all decided suggestions, by suggester and step."""
        store = self._store
        frames, spans = store.decided(SuggestedFrame), store.decided(SuggestedSpan)
        became_frames = store.get_many(Frame, [one.became for one in frames if one.became is not None])
        became_spans = store.get_many(Span, [one.became for one in spans if one.became is not None])
        stored: dict[Id, Span | Frame] = {one.id: one for one in became_frames}
        stored |= {one.id: one for one in became_spans}
        return tallied(frames, spans, stored, _places(store, [*frames, *became_frames]))


def _places(store: Store, frames: Sequence[Frame | SuggestedFrame]) -> Mapping[Id, Sequence[Fragment]]:
    ends = {end.end for frame in frames for end in frame.roles if end.kind == "span"}
    found: dict[Id, Sequence[Fragment]] = {
        one.id: one.fragments for one in store.get_many(SuggestedSpan, ends)
    }
    return found | {one.id: one.fragments for one in store.get_many(Span, ends)}
