"""Operations on spans: what each would write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.model import rules
from annotator.model.changes import Add, Edit, Remove, Replace
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id, new_id
from annotator.model.records import Actor, Attributes, ClaimCard, Fragment, Frame, Origin, RoleEnd, Span
from annotator.model.same import same_span, spans_on
from annotator.services.project_ground import Ground, described_anew, in_order, merged, now

Pieces = Sequence[tuple[int, int]]
_THERE = "These words have this label already."


def new_span(ground: Ground, article: Id, label: str, fragments: Pieces) -> Span:
    """Return a new span of the annotator at work, not stored yet."""
    return Span(new_id(), article, label, in_order(fragments), ground.annotator, now())


def add(ground: Ground, span: Span, frame: Id | None, role: str) -> list[Edit]:
    """Add a span; with a frame and a role, also link it there, or the own one that is there already."""
    ground.allow_span(span)
    if span.actor is not None:
        ground.need(Actor, span.actor)
    twin = _twin(ground, span)
    if twin is not None and (frame is None or span.note or span.attributes or span.actor):
        raise NotAllowed(_THERE)
    edits: list[Edit] = [Add(span)] if twin is None else []
    if frame is not None:
        span, before = twin or span, ground.need(Frame, frame)
        after = replace(before, roles=(*before.roles, RoleEnd(role, "span", span.id)))
        ground.allow_frame(after, (span,), before)
        edits.append(Replace(after))
    return edits


def _twin(ground: Ground, span: Span) -> Span | None:
    """Return another span of its annotator with its label on just its words."""
    there = ground.store.lookup.spans_at(span.article, span.fragments[0].start, span.fragments[-1].end)
    others = (one for one in there if one.id != span.id)
    return same_span(others, span.annotator, span.label, span.fragments)


def described(span: Span, attributes: Attributes | None, actor: Id | None, note: str, origin: Origin) -> Span:
    """Return the span with what a person said about it."""
    return replace(span, attributes=merged({}, attributes), actor=actor, note=note, origin=origin)


def change(
    ground: Ground,
    span_id: Id,
    label: str | None,
    fragments: Pieces | None,
    *,
    attributes: Attributes | None,
    note: str | None,
    frame: Id | None = None,
) -> list[Edit]:
    """Change what is given of a span; refused when a frame could not hold it any more.

    With a frame, other words are meant for this frame alone: other frames keep theirs.
    """
    before = ground.need(Span, span_id)
    if frame is not None and fragments is not None:
        edits = _other_words(ground, before, ground.need(Frame, frame), in_order(fragments))
        if edits:
            return edits
    after = described_anew(ground.scheme, before, label, attributes, note)
    if fragments is not None:
        after = replace(after, fragments=in_order(fragments))
    ground.allow_span(after, before)
    is_elsewhere = (after.label, after.fragments) != (before.label, before.fragments)
    if is_elsewhere and _twin(ground, after) is not None:
        raise NotAllowed(_THERE)
    if after.label != before.label:
        _keep_frames_whole(ground, after)
    return replaced(before, after)


def _other_words(ground: Ground, before: Span, frame: Frame, pieces: tuple[Fragment, ...]) -> list[Edit]:
    """Put other words in the place of a span that further frames hold, or that another span has already."""
    there = spans_on(ground.content(before.article).spans, pieces)
    found = same_span(there, ground.annotator, before.label, pieces)
    is_shared = any(one.id != frame.id for one in ground.store.frames_with_end([before.id]))
    if found == before or (found is None and not is_shared):
        return []
    span = found if found is not None else new_span(ground, before.article, before.label, pieces)
    roles = [RoleEnd(one.role, one.kind, span.id) if one.end == before.id else one for one in frame.roles]
    after = replace(frame, roles=tuple(dict.fromkeys(roles)))
    ground.allow_span(span, found)
    ground.allow_frame(after, (span,), frame)
    edits: list[Edit] = [] if found is not None else [Add(span)]
    return [*edits, Replace(after), *(() if is_shared else (Remove(before),))]


def _keep_frames_whole(ground: Ground, span: Span) -> None:
    if span.claim_card is not None and not rules.takes_card(span, ground.scheme):
        raise NotAllowed("This claim is on a claim card: take it off the card before you change its label.")
    for frame in ground.store.frames_with_end([span.id]):
        ground.allow_frame(frame, (span,), frame)


def replaced(before: Span, after: Span) -> list[Edit]:
    """Return the edit from one state of a span to another; none when they are equal."""
    return [] if after == before else [Replace(after)]


def set_actor(ground: Ground, span_id: Id, actor: Id | None) -> list[Edit]:
    """Say who a span names, or that nobody is known."""
    before = ground.need(Span, span_id)
    if actor is not None:
        ground.need(Actor, actor)
    return replaced(before, replace(before, actor=actor))


def set_card(ground: Ground, span_id: Id, card: Id | None, *, moves: bool) -> list[Edit]:
    """Put a claim on a claim card, or take it off."""
    before = ground.need(Span, span_id)
    if card is None:
        return replaced(before, replace(before, claim_card=None))
    ground.need(ClaimCard, card)
    return replaced(before, on_card(ground, before, card, moves=moves))


def on_card(ground: Ground, span: Span, card: Id, *, moves: bool) -> Span:
    """Return the span on that card; refused when it is no claim, or on another one and not to `move`."""
    if not rules.takes_card(span, ground.scheme):
        title = rules.title_of(span.label, ground.scheme)
        raise NotAllowed("Only claims go on a claim card; this is marked as {title}.", title=title)
    if span.claim_card not in (None, card) and not moves:
        raise NotAllowed("This claim is on another claim card already: take it off that one first.")
    return replace(span, claim_card=card)
