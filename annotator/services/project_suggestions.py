"""Operations on suggestions: accepting, rejecting, taking back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from annotator.model.changes import Add, Edit, Replace
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id, new_id
from annotator.model.records import ArticleContent, Frame, RoleEnd, Span, SuggestedFrame, SuggestedSpan
from annotator.model.same import same_span
from annotator.services.project_ground import Ground, fitting, now
from annotator.services.project_removing import remove

Suggested = SuggestedSpan | SuggestedFrame


def find(ground: Ground, ids: Iterable[Id]) -> list[Suggested]:
    """Return the suggestions with these ids; raises NotAllowed when one is missing."""
    found: list[Suggested] = []
    for one in dict.fromkeys(ids):
        span = ground.store.get(SuggestedSpan, one)
        found.append(span if span is not None else ground.need(SuggestedFrame, one))
    return found


def accept(ground: Ground, ids: Iterable[Id]) -> list[Edit]:
    """Make spans and frames of suggestions; a frame brings its spans along."""
    works: dict[Id, _Accepting] = {}
    for one in find(ground, ids):
        if one.article not in works:
            works[one.article] = _Accepting(ground, ground.content(one.article))
        works[one.article].take(one)
    return [edit for work in works.values() for edit in work.edits()]


@dataclass(slots=True)
class _Accepting:
    """What accepting suggestions of one article has made so far."""

    ground: Ground
    content: ArticleContent
    became: dict[Id, Id] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    frames: dict[Id, Frame] = field(default_factory=dict)
    taken: list[Suggested] = field(default_factory=list)

    def take(self, one: Suggested) -> None:
        """Accept one suggestion, unless it is accepted and what it became is still there."""
        if one.id in self.became or self._stands(one):
            return
        if isinstance(one, SuggestedSpan):
            self._take_span(one)
        else:
            self._take_frame(one)
        self.taken.append(one)

    def edits(self) -> Iterator[Edit]:
        """Yield what is to be written."""
        yield from map(Add, self.spans)
        stored = {frame.id for frame in self.content.frames}
        for frame in self.frames.values():
            yield Replace(frame) if frame.id in stored else Add(frame)
        for one in self.taken:
            yield Replace(replace(one, state="accepted", became=self.became[one.id]))

    def _stands(self, one: Suggested) -> bool:
        records: tuple[Span | Frame, ...] = (*self.content.spans, *self.content.frames)
        return one.state == "accepted" and any(record.id == one.became for record in records)

    def _take_span(self, one: SuggestedSpan) -> None:
        mine = self.ground.annotator
        known = same_span((*self.content.spans, *self.spans), mine, one.label, one.fragments)
        if known is None:
            values = fitting(one.attributes, self.ground.scheme.label(one.label))
            known = Span(
                new_id(), one.article, one.label, one.fragments, mine, now(), values, origin="suggestion"
            )
            self.ground.allow_span(known)
            self.spans.append(known)
        self.became[one.id] = known.id

    def _take_frame(self, one: SuggestedFrame) -> None:
        label = self.ground.scheme.label(one.label)
        roles = [self._mapped(end) for end in one.roles if label is None or label.role(end.role)]
        kept = tuple(dict.fromkeys(end for end in roles if end is not None))
        values = fitting(one.attributes, label)
        frame = Frame(
            new_id(), one.article, one.label, kept, self.ground.annotator, now(), values, origin="suggestion"
        )
        self._allow(frame)
        self.frames[frame.id] = frame
        self.became[one.id] = frame.id
        self._link_inner(one.id, frame.id)

    def _allow(self, frame: Frame) -> None:
        self.ground.allow_frame(frame, (*self.spans, *self.frames.values()))

    def _mapped(self, end: RoleEnd) -> RoleEnd | None:
        """Return the end with what its suggestion became; None when that is not (to be) there."""
        inner = self._suggestion(end.end)
        if inner is None:
            known = end.end in self.became.values() or self.ground.look()(end.kind, end.end) is not None
            return end if known else None
        if isinstance(inner, SuggestedSpan) and inner.state != "rejected":
            self.take(inner)
        now_is = self.became.get(inner.id, inner.became if self._stands(inner) else None)
        return end._replace(end=now_is) if now_is is not None else None

    def _suggestion(self, wanted: Id) -> Suggested | None:
        both: tuple[Suggested, ...] = (*self.content.suggested_spans, *self.content.suggested_frames)
        return next((one for one in both if one.id == wanted), None)

    def _link_inner(self, suggested: Id, frame: Id) -> None:
        """Link frames accepted before this one, whose suggestions pointed to it."""
        stored = {one.id: one for one in self.content.frames}
        for inner in self.content.suggested_frames:
            made = self.became.get(inner.id, inner.became)
            holder = self.frames.get(made, stored.get(made)) if made is not None else None
            roles = [end.role for end in inner.roles if end.end == suggested]
            if holder is None or not roles:
                continue
            more = [RoleEnd(role, "frame", frame) for role in roles if not holder.ends(role)]
            linked = replace(holder, roles=(*holder.roles, *more))
            self._allow(linked)
            self.frames[linked.id] = linked


def reject(ground: Ground, ids: Iterable[Id]) -> list[Edit]:
    """Reject suggestions; the open spans of a rejected frame go with it, unless another uses them."""
    rejected: dict[Id, Suggested] = {}
    for one in find(ground, ids):
        if one.state == "accepted":
            raise NotAllowed("This suggestion has been accepted: remove what it became instead.")
        rejected[one.id] = one
    for frame in [one for one in rejected.values() if isinstance(one, SuggestedFrame)]:
        content = ground.content(frame.article)
        rejected |= {span.id: span for span in _only_in(frame, content, set(rejected))}
    return [
        Replace(replace(one, state="rejected", became=None))
        for one in rejected.values()
        if one.state != "rejected"
    ]


def _only_in(frame: SuggestedFrame, content: ArticleContent, rejected: set[Id]) -> Iterator[SuggestedSpan]:
    others = {
        end.end
        for other in content.suggested_frames
        if other.state != "rejected" and other.id not in rejected
        for end in other.roles
    }
    parts = {end.end for end in frame.roles} - others
    return (span for span in content.suggested_spans if span.id in parts and span.state == "open")


def reopen(ground: Ground, ids: Iterable[Id]) -> list[Edit]:
    """Make suggestions open again; what an accepted one became is removed, a frame's spans come along."""
    opened: dict[Id, Suggested] = {}
    gone: list[Id] = []
    for one in find(ground, ids):
        opened[one.id] = one
        if isinstance(one, SuggestedFrame) and one.state == "rejected":
            parts = ground.store.get_many(SuggestedSpan, [end.end for end in one.roles])
            opened |= {part.id: part for part in parts if part.state == "rejected"}
        if one.became is not None and _still_there(ground, one):
            gone.append(one.became)
    edits: list[Edit] = remove(ground, gone)
    edits += (
        Replace(replace(one, state="open", became=None)) for one in opened.values() if one.state != "open"
    )
    return edits


def _still_there(ground: Ground, one: Suggested) -> bool:
    kind = Span if isinstance(one, SuggestedSpan) else Frame
    return one.became is not None and ground.store.get(kind, one.became) is not None
