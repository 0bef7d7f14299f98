"""Taking records away: whatever points to them is cleaned in the same step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from annotator.model.changes import Edit, Remove, Replace
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id
from annotator.model.records import (
    Actor,
    Article,
    ArticleLabel,
    Block,
    ClaimCard,
    Frame,
    NothingHere,
    Span,
    SuggestedFrame,
)
from annotator.services.project_ground import Ground

F = TypeVar("F", Frame, SuggestedFrame)
Removable = Span | Frame | ArticleLabel | NothingHere | Block | Actor | ClaimCard
_MANY = 20
"""Before so many articles go at once, a backup is made."""
_KINDS: tuple[type[Removable], ...] = (Span, Frame, ArticleLabel, NothingHere, Block, Actor, ClaimCard)


def remove(ground: Ground, ids: Iterable[Id], anew: Collection[Id] = ()) -> list[Edit]:
    """Remove records; roles that point to them are emptied, and frames left without any role go too.

    Frames that are stored `anew` in the same step are left to it.
    """
    found = {record.id: record for record in (_removable(ground, one) for one in dict.fromkeys(ids))}
    cards = {one.id for one in found.values() if isinstance(one, ClaimCard)}
    actors = {one.id for one in found.values() if isinstance(one, Actor)}
    edits: list[Edit] = [*_unnamed(ground, actors, cards, set(found))]

    def pointing(ends: set[Id]) -> tuple[Frame, ...]:
        return tuple(one for one in ground.store.frames_with_end(ends) if one.id not in anew)

    gone, changed = _closure(pointing, set(found))
    edits += (Replace(frame) for frame in changed.values())
    edits += (Remove(record) for record in found.values())
    edits += (Remove(frame) for frame in gone.values() if frame.id not in found)
    return [*edits, *_suggested(ground, {*found, *gone})]


def _removable(ground: Ground, record_id: Id) -> Removable:
    for kind in _KINDS:
        found = ground.store.get(kind, record_id)
        if found is not None:
            return found
    raise NotAllowed("What should be removed is not in the project (any more), or is not removed this way.")


def _unnamed(ground: Ground, actors: set[Id], cards: set[Id], gone: set[Id]) -> Iterator[Edit]:
    spans: dict[Id, Span] = {}
    for actor in actors:
        spans |= {span.id: span for span in ground.store.spans_with(actor=actor)}
    for card in cards:
        spans |= {span.id: span for span in ground.store.spans_with(claim_card=card)}
    for span in spans.values():
        if span.id not in gone:
            actor_left = None if span.actor in actors else span.actor
            card_left = None if span.claim_card in cards else span.claim_card
            yield Replace(replace(span, actor=actor_left, claim_card=card_left))


def _suggested(ground: Ground, gone: set[Id]) -> Iterator[Edit]:
    """Yield what becomes of suggested frames that point to what goes."""
    emptied, changed = _closure(ground.store.suggested_with_end, gone)
    yield from map(Replace, changed.values())
    yield from map(Remove, emptied.values())


def _closure(with_end: Callable[[set[Id]], tuple[F, ...]], gone: set[Id]) -> tuple[dict[Id, F], dict[Id, F]]:
    """Return the frames that go because nothing is left in them, and those that lose some ends."""
    emptied: dict[Id, F] = {}
    changed: dict[Id, F] = {}
    fresh = set(gone)
    while fresh:
        touched = with_end(fresh)
        fresh = set()
        for stored in touched:
            if stored.id in gone or stored.id in emptied:
                continue
            frame = changed.get(stored.id, stored)
            left = tuple(end for end in frame.roles if end.end not in gone and end.end not in emptied)
            if left:
                changed[frame.id] = replace(frame, roles=left)
            else:
                changed.pop(frame.id, None)
                emptied[frame.id] = stored
                fresh.add(frame.id)
    return emptied, changed


def remove_articles(ground: Ground, ids: Iterable[Id]) -> list[Edit]:
    """Remove articles with what belongs to them; frames of other articles lose their ends here."""
    articles = [ground.need(Article, one) for one in dict.fromkeys(ids)]
    if len(articles) >= _MANY and not ground.store.read_only:
        ground.store.back_up()
    removed = {article.id for article in articles}
    gone, waiting = set(removed), set[Id]()
    for article in removed:
        content = ground.content(article)
        gone |= {span.id for span in content.spans} | {frame.id for frame in content.frames}
        waiting |= {frame.id for frame in content.suggested_frames}
    authors = [one for one in ground.store.all(Actor) if one.article in removed]
    gone |= {one.id for one in authors}
    emptied, changed = _closure(ground.store.frames_with_end, gone)
    unnamed = _unnamed(ground, {one.id for one in authors}, set(), gone)
    edits: list[Edit] = [*unnamed]
    edits += (Replace(frame) for frame in changed.values())
    edits += (Remove(frame) for frame in emptied.values())
    edits += (Remove(author) for author in authors)
    edits += (Remove(article) for article in articles)
    return [*edits, *_suggested(ground, {one.id for one in authors} | waiting)]
