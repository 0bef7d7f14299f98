"""Turns articles that bring their own records into edits; annotators and actors are shared, not doubled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from annotator.model.changes import Add, AddMany, BulkEdit, Edit
from annotator.model.formats import Unpack, Whole
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
)

Made = TypeVar("Made", Span, Frame, ArticleLabel, NothingHere, ArticleReading)


@dataclass(slots=True)
class Shared:
    """What articles share: annotators and actors by name, claim cards by wording, ids of both stored."""

    annotators: dict[str, Id]
    above: set[Id]
    actors: dict[str, Id] = field(default_factory=dict)
    cards: dict[str, Id] = field(default_factory=dict)
    read: set[tuple[Id, Id]] = field(default_factory=set)
    """Articles that are done, each with by whom: two files of one text may both say so."""

    def fresh(self) -> Shared:
        """Return a copy to write with, so that a plan can be written again after a failure."""
        return Shared(dict(self.annotators), set(self.above), dict(self.actors), dict(self.cards))


class Own(Protocol):
    """An article with records of its own, as an import keeps it."""

    unpack: Unpack | None
    annotators: tuple[Annotator, ...]
    whole: Whole | None


def whole_edits(own: Own, data: bytes, shared: Shared, annotator: Id) -> Iterator[BulkEdit]:
    """Yield the edits that store one article with its records; nameless ones are `annotator`'s."""
    ids: list[Id] = []
    for one in own.annotators:
        known, edit = _annotator(one, shared, annotator)
        ids.append(known)
        if edit is not None:
            yield edit
    if own.unpack is not None:
        yield from _content_edits(own.unpack(data, ids).content, shared)
    elif own.whole is not None:
        yield from _content_edits(_renamed(own.whole, ids).content, shared)


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
