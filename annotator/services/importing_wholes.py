"""Turns articles that bring their own records into edits; annotators and actors are shared, not doubled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from annotator.model.changes import Add, AddMany, BulkEdit, Edit
from annotator.model.formats import Whole
from annotator.model.ids import Id, new_id
from annotator.model.records import (
    Actor,
    Annotator,
    ArticleContent,
    ArticleLabel,
    ArticleReading,
    ClaimCard,
    Frame,
    NothingHere,
    Span,
    SuggestedFrame,
)
from annotator.services.importing_entries import Entry
from annotator.services.importing_ids import renewed

Made = TypeVar("Made", Span, Frame, ArticleLabel, NothingHere, ArticleReading)
Ends = TypeVar("Ends", Frame, SuggestedFrame)


@dataclass(slots=True)
class Shared:
    """What articles share: annotators and actors by name, claim cards by wording, ids of both stored."""

    annotators: dict[str, Id]
    above: set[Id]
    actors: dict[str, Id] = field(default_factory=dict)
    cards: dict[str, Id] = field(default_factory=dict)
    read: set[tuple[Id, Id]] = field(default_factory=set)
    """Articles that are done, each with by whom: two files of one text may both say so."""

    namesakes: dict[str, Actor] = field(default_factory=dict)
    """Actors of the project whose name is theirs alone, as long as nobody of the file is one of them."""
    same: dict[Id, Id] = field(default_factory=dict)
    """Actors of the files, and who they are in the project."""
    people: dict[str, Actor | None] = field(default_factory=dict)
    """The project's actors by name, with those that were added; None where several have it."""
    was_met: Callable[[Id, Id], bool] = lambda *_: False
    """Tells whether the project ever met an id from one to another."""
    at: tuple[str, int] = ("", 0)
    """File and line that are read: another file may be of somebody else, who named the same people."""

    def fresh(
        self, actors: Iterable[Actor] = (), was_met: Callable[[Id, Id], bool] = lambda *_: False
    ) -> Shared:
        """Return a copy to write with, so that a plan can be written again after a failure."""
        people: dict[str, Actor | None] = {}
        for one in actors:
            if one.article is None:
                people[one.name] = None if one.name in people else one
        return Shared(
            dict(self.annotators),
            set(self.above),
            dict(self.actors),
            dict(self.cards),
            people=people,
            was_met=was_met,
        )

    def read_on(self, file: str, line: int) -> None:
        """Let actors of the next file be those whom the project has so far; files may have one name."""
        if self.at[0] != file or line <= self.at[1]:
            self.namesakes = {name: one for name, one in self.people.items() if one is not None}
        self.at = file, line


def whole_edits(own: Entry, data: bytes, shared: Shared, annotator: Id) -> Iterator[BulkEdit]:
    """Yield the edits that store one article with its records; nameless ones are `annotator`'s."""
    ids: list[Id] = []
    for one in own.annotators:
        known, edit = _annotator(one, shared, annotator)
        ids.append(known)
        if edit is not None:
            yield edit
    if own.unpack is not None:
        content = own.unpack(data, ids).content
    elif own.whole is not None:
        content = _renamed(own.whole, ids).content
    else:
        return
    content = renewed(content, own.twins)
    shared.read_on(own.file, own.line or 0)
    if own.target is not None:
        _meet(content.actors, shared)
    content = _met(content, shared.same)
    _introduce(content.actors, shared, is_joined=own.is_joined)
    yield from _content_edits(content, shared)


def _annotator(one: Annotator, shared: Shared, annotator: Id) -> tuple[Id, Edit | None]:
    if not one.name:
        return annotator, None
    known = shared.annotators.get(one.name)
    if known is not None:
        return known, None
    taken = one.id in shared.annotators.values()
    record = replace(one, id=new_id()) if taken else one
    shared.annotators[one.name] = record.id
    return record.id, Add(record)


def _meet(actors: Sequence[Actor], shared: Shared) -> None:
    """Find who of an article of the project is there already under another id: two people named them."""
    for one in actors:
        if one.id in shared.above:
            shared.namesakes.pop(one.name, None)
    names = Counter(one.name for one in actors)
    gone = [one for one in actors if one.id not in shared.above and shared.was_met(one.id, one.id)]
    for one in gone:  # merged with another one, which has its name since
        kept = [each for each in shared.people.values() if each is not None and one.name in each.aliases]
        if one.id not in shared.same and len(kept) == 1:
            shared.same[one.id] = kept[0].id
    for one in actors:
        known = shared.namesakes.get(one.name)
        if one.id in shared.above or one.id in shared.same or known is None or names[one.name] > 1:
            continue
        if _says_no_more(one, known):
            shared.same[one.id] = shared.namesakes.pop(one.name).id


def _introduce(actors: Sequence[Actor], shared: Shared, *, is_joined: bool) -> None:
    """Let actors that an article adds be met by a copy of the article that follows."""
    for one in actors:
        if one.id in shared.above or one.article is not None:
            continue
        if one.name in shared.people:
            shared.namesakes.pop(one.name, None)
            shared.people[one.name] = None
            continue
        shared.people[one.name] = one
        if is_joined:
            shared.namesakes[one.name] = one


def _says_no_more(actor: Actor, known: Actor) -> bool:
    """Tell whether all that is said of an actor is said of the other as well, so that nothing is lost."""
    facts = ((getattr(actor, name), getattr(known, name)) for name in ("affiliation", "role", "note"))
    return (
        actor.article is None
        and actor.kind in (known.kind, "unspecified")
        and {*actor.aliases} <= {*known.aliases}
        and all(said in ("", there) for said, there in facts)
    )


def _met(content: ArticleContent, same: Mapping[Id, Id]) -> ArticleContent:
    """Let everything point to the actors that the project has."""
    if not same or not any(one.id in same for one in content.actors):
        return content
    return replace(
        content,
        actors=tuple(one for one in content.actors if one.id not in same),
        spans=tuple(
            replace(one, actor=same.get(one.actor, one.actor)) if one.actor else one for one in content.spans
        ),
        frames=_led(content.frames, same),
        suggested_frames=_led(content.suggested_frames, same),
    )


def _led(frames: Sequence[Ends], same: Mapping[Id, Id]) -> tuple[Ends, ...]:
    return tuple(
        replace(
            one, roles=tuple(dict.fromkeys(end._replace(end=same.get(end.end, end.end)) for end in one.roles))
        )
        for one in frames
    )


def _content_edits(content: ArticleContent, shared: Shared) -> Iterator[BulkEdit]:
    yield Add(content.article)
    above: tuple[Actor | ClaimCard, ...] = (*content.actors, *content.claim_cards)
    for record in above:
        if record.id not in shared.above:
            shared.above.add(record.id)
            yield Add(record)
    for records in (
        content.blocks,
        content.spans,
        content.frames,
        content.labels,
        content.nothing_here,
        content.readings,
        content.suggested_spans,
        content.suggested_frames,
    ):
        if records:
            yield AddMany(records)


def _renamed(whole: Whole, ids: Sequence[Id]) -> Whole:
    """Give every record the id its annotator has in the project."""
    other = {one.id: known for one, known in zip(whole.annotators, ids, strict=True) if one.id != known}
    if not other:
        return whole
    content = whole.content
    return replace(
        whole,
        content=replace(
            content,
            spans=_given(content.spans, other),
            frames=_given(content.frames, other),
            labels=_given(content.labels, other),
            nothing_here=_given(content.nothing_here, other),
            readings=_given(content.readings, other),
        ),
    )


def _given(records: Sequence[Made], other: Mapping[Id, Id]) -> tuple[Made, ...]:
    return tuple(replace(one, annotator=other.get(one.annotator, one.annotator)) for one in records)
