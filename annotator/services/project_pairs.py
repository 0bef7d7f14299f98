"""Actors who may be one: proposed, merged in one step, or kept apart for good."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from annotator.model.actor_pairs import ActorPair, actor_pairs, apart_of, apart_setting, merged_actor
from annotator.model.changes import Changes, Edit, Remove, Replace
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id
from annotator.model.records import Actor, Frame, RoleEnd, Setting, SuggestedFrame
from annotator.services import project_above
from annotator.services.project_ground import Ground
from annotator.services.project_writing import Writer
from annotator.store.store import Store

F = TypeVar("F", Frame, SuggestedFrame)
__all__ = ["ActorPair", "Pairs"]


class Pairs:
    """Proposals to merge actors of an open project."""

    def __init__(self, store: Store, writer: Writer) -> None:
        self._store, self._writer = store, writer

    def proposed(self) -> tuple[ActorPair, ...]:
        """Return which actors may be the same, without those that a person keeps apart."""
        settings = ((one.name, one.value) for one in self._store.all(Setting))
        apart = {apart_of(name) for name, value in settings if value} - {None}
        return actor_pairs(self._store.all(Actor), {one for one in apart if one is not None})

    def merge(self, kept: Id, other: Id) -> Changes:
        """Let one actor stand for both: spans and roles move, the names stay known as aliases."""
        return self._writer.small("Merge actors", merge(self._writer.ground, kept, other), begins=False)

    def keep_apart(self, one: Id, other: Id) -> Changes:
        """Remember that two actors are not the same; they are not proposed again."""
        edits = project_above.set_setting(self._store, apart_setting(one, other), "1")
        return self._writer.small("Keep actors apart", edits, begins=False)


def merge(ground: Ground, kept_id: Id, other_id: Id) -> list[Edit]:
    """Return what merging two actors writes: all that points to the other points to the one kept."""
    kept, other = ground.need(Actor, kept_id), ground.need(Actor, other_id)
    if kept.id == other.id or "author" in (kept.kind, other.kind):
        raise NotAllowed("An actor is merged with another one; the author of an article stays alone.")
    edits: list[Edit] = [Replace(merged_actor(kept, other))]
    edits += (Replace(replace(one, actor=kept.id)) for one in ground.store.spans_with(actor=other.id))
    edits += map(Replace, _moved(ground.store.frames_with_end([other.id]), kept.id, other.id))
    edits += map(Replace, _moved(ground.store.suggested_with_end([other.id]), kept.id, other.id))
    return [*edits, Remove(other)]


def _moved(frames: tuple[F, ...], kept: Id, other: Id) -> Iterator[F]:
    """Yield frames with the roles of one actor given to another, each once."""
    for frame in frames:
        roles = (end._replace(end=kept) if end.end == other else end for end in frame.roles)
        unique: tuple[RoleEnd, ...] = tuple(dict.fromkeys(roles))
        yield replace(frame, roles=unique)
