"""Deciding between annotators: what one of them made is made once more, by who decides; the first stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotator.model.agreed import agreed, worked_on
from annotator.model.alike import Outline, outline, twin_of
from annotator.model.changes import Add, Edit, Replace
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id, new_id
from annotator.model.records import Annotator, ArticleContent, Fragment, Frame, RoleEnd, Span
from annotator.model.same import same_span, spans_on
from annotator.services.project_ground import Ground, now


def decide_for(ground: Ground, wanted: Id) -> tuple[Id, Sequence[Edit]]:
    """Return the article of a span or frame, and the edits that make it the own one of who is at work, too.

    Spans that are there already are used, and frames that pointed to it point to the new one; raises
    NotAllowed where there is nothing left to make.
    """
    found = ground.store.get(Frame, wanted) or ground.need(Span, wanted)
    content = ground.content(found.article)
    work = _Deciding(ground, content, {span.id: span.fragments for span in content.spans})
    if isinstance(found, Span):
        work.own_span(found)
    else:
        work.decide(found)
    edits = work.edits()
    if not edits:
        raise NotAllowed("This is decided already: you have it yourself.")
    return found.article, edits


def decide_agreed(ground: Ground, article: Id) -> Sequence[Edit]:
    """Return the edits that make one's own all that those who worked on an article made in the same way.

    The same are words, label, attributes and what fills the roles.  Raises NotAllowed where nothing of that
    is left to decide, and where fewer than two worked on it.
    """
    content = ground.content(article)
    deciders = {one.id for one in ground.store.all(Annotator) if one.is_adjudicator}
    others = worked_on(content) - deciders - {ground.annotator}
    work = _Deciding(ground, content, {span.id: span.fragments for span in content.spans})
    for one in agreed(content, others) if len(others) > 1 else ():
        if isinstance(one, Span):
            work.own_span(one)
        elif not work.is_decided(one):
            work.decide(one)
    edits = work.edits()
    if not edits:
        raise NotAllowed("Nothing is left here that all who worked on this article made in the same way.")
    return edits


@dataclass(slots=True)
class _Deciding:
    """What is made in one article."""

    ground: Ground
    content: ArticleContent
    places: Mapping[Id, Sequence[Fragment]]
    """Where its spans stand."""
    spans: list[Span] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    linked: dict[Id, Frame] = field(default_factory=dict)
    """Own frames that point to what was decided, instead of what another annotator made."""

    made: dict[Id, Id] = field(default_factory=dict)
    """Own frames that are made here, by those that they are made of."""

    def edits(self) -> list[Edit]:
        """Return what is to be written."""
        frames = [
            replace(one, roles=tuple(end._replace(end=self.made.get(end.end, end.end)) for end in one.roles))
            for one in self.frames
        ]
        return [*map(Add, self.spans), *map(Add, frames), *map(Replace, self.linked.values())]

    def is_decided(self, one: Frame) -> bool:
        """Tell whether there is an own frame that is the same, whatever its edges."""
        return self._own_frame(one) is not None

    def own_span(self, one: Span) -> Id:
        """Return the own span that says the same, made where there is none."""
        mine = self.ground.annotator
        there = (*spans_on(self.content.spans, one.fragments), *self.spans)
        known = same_span(there, mine, one.label, one.fragments)
        if known is None:
            known = replace(one, id=new_id(), annotator=mine, created=now(), note="", origin="person")
            self.ground.allow_span(known)
            self.spans.append(known)
        return known.id

    def decide(self, one: Frame) -> None:
        """Make a frame one's own, with its spans."""
        known = self._own_frame(one)
        if known is not None:
            if self._outline(known) != self._outline(one) or known.attributes != one.attributes:
                raise NotAllowed(
                    "This is decided already, otherwise: remove your own first to take this one."
                )
            return
        roles = tuple(dict.fromkeys(map(self._own_end, one.roles)))
        mine = self.ground.annotator
        made = replace(one, id=new_id(), roles=roles, annotator=mine, created=now(), note="", origin="person")
        self.ground.allow_frame(made, self.spans)
        self.frames.append(made)
        self.made[one.id] = made.id
        for stored in self.content.frames:
            before = self.linked.get(stored.id, stored)
            ends = tuple(end._replace(end=made.id) if end.end == one.id else end for end in before.roles)
            if before.annotator == mine and ends != before.roles:
                after = replace(before, roles=ends)
                self.ground.allow_frame(after, (*self.spans, made), before)
                self.linked[after.id] = after

    def _own_end(self, end: RoleEnd) -> RoleEnd:
        span = next((one for one in self.content.spans if one.id == end.end), None)
        if span is not None:
            return end._replace(end=self.own_span(span))
        frame = next((one for one in self.content.frames if one.id == end.end), None)
        own = self._own_frame(frame) if frame is not None else None
        return end if own is None else end._replace(end=own.id)

    def _own_frame(self, one: Frame) -> Frame | None:
        """Return the own frame that is the same, as the window goes by: the edges of its words may differ."""
        own = (other for other in self.content.frames if other.annotator == self.ground.annotator)
        return twin_of(self._outline(one), ((self._outline(other), other) for other in own))

    def _outline(self, one: Frame) -> Outline:
        return outline(one.label, one.attributes, one.roles, self.places)
