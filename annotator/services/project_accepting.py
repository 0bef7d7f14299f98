"""Accepting suggestions of one article: what they become, and what that links to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from annotator.model.alike import is_bare_claim
from annotator.model.changes import Add, Edit, Replace
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id, new_id
from annotator.model.records import ArticleContent, Frame, RoleEnd, Span, SuggestedFrame, SuggestedSpan
from annotator.model.rules import End, title_of
from annotator.model.said import say
from annotator.model.scheme import Label
from annotator.model.suggesting import ACTOR, named_actors
from annotator.services.project_ground import Ground, fitting, in_order, now
from annotator.services.project_people import People
from annotator.services.project_spans import Pieces, new_span

Suggested = SuggestedSpan | SuggestedFrame


class Instead(NamedTuple):
    """Other words for one part of a suggested frame: the label that they get, and where they are."""

    label: str
    pieces: Pieces


@dataclass(slots=True)
class Accepting:
    """What accepting suggestions of one article has made so far."""

    ground: Ground
    content: ArticleContent
    people: People
    became: dict[Id, Id] = field(default_factory=dict)
    spans: dict[Id, Span] = field(default_factory=dict)
    frames: dict[Id, Frame] = field(default_factory=dict)
    taken: list[Suggested] = field(default_factory=list)
    dropped: list[SuggestedSpan] = field(default_factory=list)
    _by_place: dict[tuple[str, Pieces], Span] = field(init=False)
    """The annotator's own spans by label and words; all of an article may be accepted at once."""
    _begun: dict[tuple[str, RoleEnd], Frame] = field(init=False)
    """The annotator's own frames that have nothing but a claim, by label and claim."""
    _stored: dict[Id, Span | Frame] = field(init=False)
    _suggested: dict[Id, Suggested] = field(init=False)
    _pointing: dict[Id, list[SuggestedFrame]] = field(init=False)
    """What is suggested, made or stored -> the suggested frames with a role that it fills."""

    def __post_init__(self) -> None:
        content = self.content
        mine = (one for one in reversed(content.spans) if one.annotator == self.ground.annotator)
        self._by_place = {(one.label, one.fragments): one for one in mine}
        own = (one for one in content.frames if one.annotator == self.ground.annotator)
        self._begun = {(one.label, one.roles[0]): one for one in own if is_bare_claim(one.roles)}
        self._stored = {one.id: one for one in content.spans}
        self._stored |= {one.id: one for one in content.frames}
        self._suggested = {one.id: one for one in content.suggested_spans}
        self._suggested |= {one.id: one for one in content.suggested_frames}
        self._pointing = {}
        for frame in content.suggested_frames:
            for end in dict.fromkeys(end.end for end in frame.roles):
                self._pointing.setdefault(end, []).append(frame)

    def take(self, one: Suggested, instead: Instead | None = None) -> None:
        """Accept one suggestion, unless it is accepted and what it became is still there."""
        if one.id in self.became or self._stands(one):
            return
        if isinstance(one, SuggestedSpan):
            self._take_span(replace(one, fragments=in_order(instead.pieces)) if instead else one)
        else:
            self._take_frame(one, instead)
        self.taken.append(one)

    def take_told(self, one: Suggested) -> None:
        """Accept the suggested attribution of the claim that a stance is on, unless the claim has one."""
        scheme = self.ground.scheme
        if one.label != scheme.named("STANCE") or not isinstance(one, SuggestedFrame):
            return
        told = scheme.named("ATTRIBUTION")
        made = self.frames.get(self.became.get(one.id, one.id))
        claims = set(made.ends("target")) if made is not None else set()
        claims |= {part.id for part in self.content.suggested_spans if self._now(part) in claims}
        if any(frame.label == told and claims & set(frame.ends("claim")) for frame in self.content.frames):
            return
        for other in self.content.suggested_frames:
            is_on = any(end.role == "claim" and end.end in claims for end in other.roles)
            if is_on and other.label == told and other.state == "open":
                self.take(other)

    def edits(self) -> Iterator[Edit]:
        """Yield what is to be written, but for the actors."""
        made: tuple[Span | Frame, ...] = (*self.spans.values(), *self.frames.values())
        for record in made:
            yield Replace(record) if record.id in self._stored else Add(record)
        for one in self.taken:
            yield Replace(replace(one, state="accepted", became=self.became[one.id]))
        for part in self.dropped:
            yield Replace(replace(part, state="rejected"))

    def _stands(self, one: Suggested) -> bool:
        return one.state == "accepted" and one.became in self._stored

    # --- spans ---------------------------------------------------------------------------------

    def _take_span(self, one: SuggestedSpan) -> None:
        known = self._own(one.label, one.fragments)
        if known is None:
            values = fitting(one.attributes, self.ground.scheme.label(one.label))
            mine = self.ground.annotator
            known = Span(
                new_id(), one.article, one.label, one.fragments, mine, now(), values, origin="suggestion"
            )
            self._add(known)
        name = one.attributes.get(ACTOR)
        if name is not None and known.actor is None:
            actor = self.people.named(name, self.content, one.fragments)
            self.spans[known.id] = replace(known, actor=actor)
        self.became[one.id] = known.id

    def _own(self, label: str, pieces: Pieces) -> Span | None:
        """Return the annotator's own span with that label on just these words, stored or made here."""
        found = self._by_place.get((label, in_order(pieces)))
        return None if found is None else self.spans.get(found.id, found)

    def _add(self, span: Span) -> None:
        self.ground.allow_span(span)
        self.spans[span.id] = span
        self._by_place[span.label, span.fragments] = span

    # --- frames --------------------------------------------------------------------------------

    def _take_frame(self, one: SuggestedFrame, instead: Instead | None) -> None:
        label = self.ground.scheme.label(one.label)
        own, gone = self._replaced(one, label, instead) if instead is not None else (None, set())
        ends = [end for end in one.roles if end not in gone]
        roles = [self._mapped(end) for end in ends if label is None or label.role(end.role)]
        kept = [end for end in roles if end is not None]
        kept += [own] if own is not None else []
        kept += self._actors(one, label, kept)
        filled, values = tuple(dict.fromkeys(kept)), fitting(one.attributes, label)
        # One's own that has nothing but the claim yet gets the other parts.
        ends_at = (self._begun.get((one.label, end)) for end in kept)
        begun = next((each for each in ends_at if each is not None and each.id not in self.frames), None)
        if begun is not None:
            frame = replace(begun, roles=filled, attributes={**values, **begun.attributes})
        else:
            mine = self.ground.annotator
            frame = Frame(new_id(), one.article, one.label, filled, mine, now(), values, origin="suggestion")
        self._allow(frame)
        self.frames[frame.id] = frame
        self.became[one.id] = frame.id
        self._link_inner(one.id, frame.id)

    def _replaced(
        self, one: SuggestedFrame, label: Label | None, instead: Instead
    ) -> tuple[RoleEnd, Set[RoleEnd]]:
        """Return the end that the person wants instead, and those in whose place it is."""
        parts = {part.id: part for part in self.content.suggested_spans}
        filled = [(end, parts[end.end]) for end in one.roles if end.end in parts]
        edged = [(end, part) for end, part in filled if _is_edged(part, instead)]
        if edged and label is not None and label.role(edged[0][0].role):
            return self._with_edges(edged, instead)
        roles = [(end.role, part.label) for end, part in filled]
        role = label.role_for(instead.label, roles) if label is not None else ""
        if not role:
            frame, span_label = (title_of(name, self.ground.scheme) for name in (one.label, instead.label))
            raise NotAllowed(say("“{frame}” has no role for “{label}”.", frame=frame, label=span_label))
        gone = {end for end in one.roles if end.role == role}
        self.dropped += self._of_it_alone(one, [part for end, part in filled if end in gone])
        span = self._own(instead.label, instead.pieces)
        if span is None:
            span = new_span(self.ground, one.article, instead.label, instead.pieces)
            self._add(span)
        return RoleEnd(role, "span", span.id), gone

    def _with_edges(
        self, edged: Sequence[tuple[RoleEnd, SuggestedSpan]], instead: Instead
    ) -> tuple[RoleEnd, Set[RoleEnd]]:
        """Take the parts that the words overlap as these: what else waits on them is then on these, too."""
        role = edged[0][0].role
        parts = {end: part for end, part in edged if end.role == role}
        for part in parts.values():
            self.take(part, instead)
        return RoleEnd(role, "span", self.became[edged[0][1].id]), set(parts)

    def _of_it_alone(self, one: SuggestedFrame, parts: Iterable[SuggestedSpan]) -> list[SuggestedSpan]:
        """Return the open ones among parts of a suggested frame that no other one that waits needs."""
        others = (other for other in self.content.suggested_frames if other.id != one.id)
        used = {end.end for other in others if other.state == "open" for end in other.roles}
        return [part for part in parts if part.state == "open" and part.id not in used]

    def _actors(self, one: SuggestedFrame, label: Label | None, filled: Iterable[RoleEnd]) -> list[RoleEnd]:
        """Return the ends of roles for which the suggestion names an actor."""
        roles = {end.role for end in filled}
        return [
            RoleEnd(role, "actor", self.people.named(name, self.content))
            for role, name in named_actors(one.attributes)
            if role not in roles and (label is None or label.role(role) is not None)
        ]

    def _allow(self, frame: Frame) -> None:
        self.ground.allow_frame(frame, self._made)

    def _made(self, wanted: Id) -> End | None:
        return self.spans.get(wanted) or self.frames.get(wanted) or self.people.new.get(wanted)

    def _mapped(self, end: RoleEnd) -> RoleEnd | None:
        """Return the end with what its suggestion became; None when that is not (to be) there."""
        inner = self._suggested.get(end.end)
        if inner is None:
            is_there = self.ground.look(self._made)(end.kind, end.end) is not None
            return end if is_there else None
        if isinstance(inner, SuggestedSpan) and inner.state != "rejected":
            self.take(inner)
        now_is = self._now(inner)
        return end._replace(end=now_is) if now_is is not None else None

    def _now(self, one: Suggested) -> Id | None:
        """Return what a suggestion became, if that is there."""
        return self.became.get(one.id, one.became if self._stands(one) else None)

    def _link_inner(self, suggested: Id, frame: Id) -> None:
        """Link frames accepted before this one, whose suggestions pointed to it."""
        for inner in self._pointing.get(suggested, ()):
            made = self.became.get(inner.id, inner.became)
            holder = self.frames.get(made, self._stored.get(made)) if made is not None else None
            roles = [end.role for end in inner.roles if end.end == suggested]
            if not isinstance(holder, Frame):
                continue
            more = [RoleEnd(role, "frame", frame) for role in roles if not holder.ends(role)]
            linked = replace(holder, roles=(*holder.roles, *more))
            self._allow(linked)
            self.frames[linked.id] = linked


def _is_edged(part: SuggestedSpan, instead: Instead) -> bool:
    """Tell whether words are an open part with other edges."""
    return (part.label, part.state) == (instead.label, "open") and any(
        start < piece.end and piece.start < end for start, end in instead.pieces for piece in part.fragments
    )
