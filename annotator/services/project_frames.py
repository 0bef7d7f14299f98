"""Operations on frames, attributions and stances: what each would write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from annotator.model import rules
from annotator.model.changes import Add, Edit, Remove, Replace
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id, new_id
from annotator.model.records import (
    Article,
    ArticleContent,
    Attributes,
    EndKind,
    Frame,
    RoleEnd,
    Span,
)
from annotator.model.same import same_span, spans_on
from annotator.services.project_ground import Ground, described_anew, in_order, merged, now
from annotator.services.project_people import People
from annotator.services.project_spans import Pieces, new_span

ImplicitSource = Literal["author", "unnamed", "not said"]


def add(
    ground: Ground,
    article: Id,
    label: str,
    roles: Sequence[RoleEnd],
    *,
    attributes: Attributes | None = None,
    note: str = "",
) -> list[Edit]:
    """Add a frame of stored records."""
    ground.need(Article, article)
    frame = _new_frame(ground, article, label, roles)
    frame = replace(frame, attributes=merged({}, attributes), note=note)
    ground.allow_frame(frame)
    return [Add(frame)]


def _new_frame(ground: Ground, article: Id, label: str, roles: Iterable[RoleEnd]) -> Frame:
    return Frame(new_id(), article, label, tuple(roles), ground.annotator, now())


def change(
    ground: Ground, frame_id: Id, label: str | None, attributes: Attributes | None, note: str | None
) -> list[Edit]:
    """Change what is given of a frame; refused when its roles would not fit the new label."""
    before = ground.need(Frame, frame_id)
    after = described_anew(ground.scheme, before, label, attributes, note)
    ground.allow_frame(after, was=before)
    if after.label != before.label:
        for holder in ground.store.frames_with_end([frame_id]):
            ground.allow_frame(holder, (after,), holder)
    return [] if after == before else [Replace(after)]


def link(ground: Ground, frame_id: Id, role: str, kind: EndKind, end: Id) -> list[Edit]:
    """Let one more record fill a role."""
    before = ground.need(Frame, frame_id)
    after = replace(before, roles=(*before.roles, RoleEnd(role, kind, end)))
    ground.allow_frame(after, was=before)
    return [Replace(after)]


def unlink(ground: Ground, frame_id: Id, role: str, end: Id) -> list[Edit]:
    """Take a record out of a role; the frame stays, even with nothing linked."""
    before = ground.need(Frame, frame_id)
    roles = tuple(one for one in before.roles if (one.role, one.end) != (role, end))
    if roles == before.roles:
        raise NotAllowed("This frame does not have that record as {role}.", role=rules.in_words(role))
    return [Replace(replace(before, roles=roles))]


def add_implicit_source(ground: Ground, frame_id: Id, who: ImplicitSource) -> list[Edit]:
    """Let the author, somebody unnamed or nobody said be a frame's source, in place of words of the text.

    The actor is made if missing.
    """
    before = ground.need(Frame, frame_id)
    people = People(ground)
    actor = people.named("" if who == "author" else who, ground.content(before.article))
    others = (one for one in before.roles if one.role != "source")
    after = replace(before, roles=(*others, RoleEnd("implicit_source", "actor", actor)))
    ground.allow_frame(after, people.new.values(), before)
    return [*map(Add, people.new.values()), Replace(after), *_of_no_use(ground, before)]


def _of_no_use(ground: Ground, frame: Frame) -> Iterator[Edit]:
    """Yield the removal of a frame's sources that no other frame holds."""
    for end in frame.ends("source"):
        if all(one.id == frame.id for one in ground.store.frames_with_end([end])):
            yield Remove(ground.need(Span, end))


def add_attribution(
    ground: Ground, article: Id, *, claim: Pieces, source: Pieces, cue: Pieces, further: Sequence[RoleEnd]
) -> list[Edit]:
    """Add an attribution with its spans; the annotator's own spans that are there already are used."""
    content = ground.content(article)
    edits: list[Edit] = []
    roles: list[RoleEnd] = []
    new: list[Span] = []
    parts = (("claim", "CLAIM", claim), ("source", "SOURCE", source), ("cue", "CUE", cue))
    for role, label, pieces in parts:
        if pieces:
            span = _own_span(ground, content, ground.scheme.named(label) or label, pieces)
            if span not in content.spans:
                ground.allow_span(span)
                edits.append(Add(span))
            new.append(span)
            roles.append(RoleEnd(role, "span", span.id))
    roles += further
    if not roles:
        raise NotAllowed("An attribution needs a claim, a source or a cue: select some words first.")
    frame = _new_frame(ground, article, ground.scheme.named("ATTRIBUTION") or "ATTRIBUTION", roles)
    if not edits and _has_twin(content, frame):
        raise NotAllowed("This attribution is there already.")
    ground.allow_frame(frame, new)
    return [*edits, Add(frame)]


def _has_twin(content: ArticleContent, frame: Frame) -> bool:
    """Tell whether the annotator has a frame on the same ends: a key pressed twice asks twice."""
    ends = {(one.role, one.end) for one in frame.roles}
    return any(
        (one.label, one.annotator) == (frame.label, frame.annotator)
        and ends == {(each.role, each.end) for each in one.roles}
        for one in content.frames
    )


def _own_span(ground: Ground, content: ArticleContent, label: str, pieces: Pieces) -> Span:
    there = spans_on(content.spans, in_order(pieces))
    found = same_span(there, ground.annotator, label, in_order(pieces))
    return found if found is not None else new_span(ground, content.article.id, label, pieces)
