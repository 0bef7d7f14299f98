"""Questions about the open article that keys need answered: what is here, what fits, what comes next."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set

from annotator.model import rules
from annotator.model.alike import Outline, is_same, outline
from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.records import (
    ArticleContent,
    ArticleLabel,
    Fragment,
    Frame,
    Record,
    RoleEnd,
    Shown,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.model.same import spans_on
from annotator.model.scheme import Role, Scheme
from annotator.model.suggesting import named_actors
from annotator.model.units import TextUnits
from annotator.ui.panels.words import excerpt

IMPLICIT = "implicit_source"
Order = tuple[int, rules.Standing, Id]
_Chosen = Span | Frame | SuggestedSpan | SuggestedFrame
_AnyFrame = Frame | SuggestedFrame


def named(scheme: Scheme | None, meaning: str) -> str:
    """Return what a scheme calls a label that the program knows by this name; empty when it has none."""
    return scheme.named(meaning) if scheme is not None else ""


def covers(span: Span | SuggestedSpan, offset: int) -> bool:
    """Tell whether the offset is in a fragment of the span, its end included."""
    return any(piece.start <= offset <= piece.end for piece in span.fragments)


def spans_at(content: ArticleContent, offset: int, label: str | None = None) -> list[Span]:
    """Return the spans at an offset, the shortest first; those of one label where that is given."""
    found = [one for one in content.spans if covers(one, offset) and label in (None, one.label)]
    return sorted(found, key=lambda one: one.end - one.start)


def frames_of(content: ArticleContent, end: Id, label: str | None = None) -> list[Frame]:
    """Return the frames that point to a record."""
    return [
        one
        for one in content.frames
        if label in (None, one.label) and any(role.end == end for role in one.roles)
    ]


def frame_of_chosen(content: ArticleContent, chosen: Id | None, label: str | None = None) -> Frame | None:
    """Return the chosen frame, or the only one that the chosen span is a part of."""
    found = content.record(chosen)
    if isinstance(found, Frame):
        return found if label in (None, found.label) else None
    if isinstance(found, Span):
        frames = frames_of(content, found.id, label)
        return frames[0] if len(frames) == 1 else None
    return None


def is_near(
    content: ArticleContent, frame: Frame | SuggestedFrame, fragments: Sequence[Fragment], role: str
) -> bool:
    """Tell whether words lie in a frame's paragraph, or for an empty role in the one beside it."""
    ends = {end.end for end in frame.roles}
    spans = [one for one in map(content.record, ends) if isinstance(one, Span | SuggestedSpan)]
    if not spans or not fragments:
        return True
    text = content.article.text
    start, end = min(one.start for one in fragments), max(one.end for one in fragments)
    gaps = (text[min(one.end, end) : max(one.start, start)] for one in spans)
    breaks = min(len(re.findall(r"\n\s*", gap)) for gap in gaps)
    return breaks <= (0 if any(end.role == role for end in frame.roles) else 1)


def part_to_correct(
    content: ArticleContent, scheme: Scheme, frame: Frame, label: str, fragments: Sequence[Fragment]
) -> Span | None:
    """Return the span of a frame that new words replace: they overlap, or its role takes only one.

    Only near the frame, and never a span with several fragments.
    """
    known, claim = scheme.label(frame.label), scheme.named("CLAIM")
    for role in known.roles if known is not None else ():
        if label not in role.ends or label == claim or not is_near(content, frame, fragments, role.name):
            continue
        ends = set(frame.ends(role.name))
        for span in content.spans:
            is_whole = span.id in ends and len(span.fragments) == 1
            if is_whole and (role.most == 1 or _overlap(span, fragments)):
                return span
    return None


def _overlap(span: Span, fragments: Sequence[Fragment]) -> bool:
    return any(
        one.start < piece.end and piece.start < one.end for one in span.fragments for piece in fragments
    )


def suggested_twin(
    content: ArticleContent, label: str, fragments: Sequence[Fragment]
) -> SuggestedSpan | SuggestedFrame | None:
    """Return the waiting suggestion of just that label on just these words.

    Its frame comes in its place once another span of that frame has been accepted.
    """
    wanted = tuple(fragments)
    still = (one for one in spans_on(content.suggested_spans, wanted) if one.state == "open")
    twin = next((one for one in still if one.label == label and tuple(one.fragments) == wanted), None)
    frame = waiting_frame_of(content, twin.id) if twin is not None else None
    if frame is None:
        return twin
    accepted = {one.became for one in content.suggested_spans if one.state == "accepted"}
    return frame if any(end.end in accepted for end in frame.roles) else twin


def role_for(scheme: Scheme, frame: Frame, span_label: str) -> Role | None:
    """Return the open role that a span of this label fills best: named for it before taking any span."""
    roles = rules.open_roles(frame, scheme)
    return _named(roles, span_label) or _named(roles, "span")


def linkable(content: ArticleContent, scheme: Scheme, frame: Frame) -> list[tuple[Span | Frame, Role]]:
    """Return what may be linked to a frame, in text order, and the role it would fill.

    Spans and frames that a role names come alone; only when there are none, roles that take any span.
    """
    roles = rules.open_roles(frame, scheme)
    taken = {end.end for end in frame.roles} | {frame.id}
    records: list[Span | Frame] = [*sorted(content.spans, key=lambda one: one.start), *content.frames]
    found = [
        (one, role)
        for one in records
        if one.id not in taken and (role := _named(roles, one.label)) is not None
    ]
    if not found:
        loose = _named(roles, "span")
        found = [(one, loose) for one in records if loose and isinstance(one, Span) and one.id not in taken]
    return found


def _named(roles: Iterable[Role], label: str) -> Role | None:
    return next((role for role in roles if label in role.ends), None)


def place_of(content: ArticleContent, wanted: Shown) -> int:
    """Return where a record stands in the text; a frame stands where its first span does, see `starts`."""
    if not isinstance(wanted, _AnyFrame):
        return 0 if isinstance(wanted, ArticleLabel) else wanted.start
    return min(rules.starts(_parts(content, wanted)), default=0)


def _parts(content: ArticleContent, frame: Frame | SuggestedFrame) -> list[tuple[str, int]]:
    """Return the roles of a frame that spans fill, and where these start."""
    parts = ((end.role, _part(content, end.end)) for end in frame.roles)
    return [(role, part.start) for role, part in parts if part is not None]


def _part(content: ArticleContent, end: Id) -> Span | SuggestedSpan | None:
    """Return the span that an end means; a part that was taken with other edges stands where these are."""
    part = content.record(end)
    became = content.record(part.became) if isinstance(part, SuggestedSpan) else None
    part = became if isinstance(became, Span) else part
    return part if isinstance(part, Span | SuggestedSpan) else None


def order_in(
    content: ArticleContent, scheme: Scheme | None, starts: Mapping[Id, int] | None = None
) -> Callable[[Shown], Order]:
    """Return what tells where a suggestion, or what came of it, stands among those that wait.

    Frames stand as their cards do, and before the spans that start with them; `starts` are those of all
    spans, where many are asked for.
    """

    def order(one: Shown) -> Order:
        if isinstance(one, SuggestedSpan):  # most of what waits
            return one.start, rules.BEHIND, one.id
        if isinstance(one, _AnyFrame) and scheme is not None:
            if starts is None:
                parts = _parts(content, one)
            else:
                parts = [(end.role, starts[end.end]) for end in one.roles if end.end in starts]
            return min(rules.starts(parts), default=0), rules.standing(one.label, parts, scheme), one.id
        return place_of(content, one), rules.BEHIND, one.id

    return order


def suggestions(content: ArticleContent, scheme: Scheme) -> list[SuggestedSpan | SuggestedFrame]:
    """Return what waits for a decision, in text order; the spans of a waiting frame come with it."""
    made = {one.id: one.start for one in content.spans}
    suggested = {
        one.id: made.get(one.became, one.start) if one.became else one.start
        for one in content.suggested_spans
    }
    return sorted(waiting(content, scheme), key=order_in(content, scheme, made | suggested))


def waiting(content: ArticleContent, scheme: Scheme) -> list[SuggestedSpan | SuggestedFrame]:
    """Return what waits for a decision, in no order."""
    frames = [one for one in content.suggested_frames if one.state == "open"]
    inside = {end.end for frame in frames for end in frame.roles}
    left_out = not_offered(scheme)
    spans = [
        one
        for one in content.suggested_spans
        if one.state == "open" and one.id not in inside and one.label not in left_out
    ]
    return [*spans, *frames]


def brought_back(content: ArticleContent, changes: Changes) -> _Chosen | None:
    """Return the first that is there again, or waits again: a frame before the spans that came with it."""
    back = {
        one.after.id
        for one in changes.changes
        if isinstance(one.after, _Chosen) and _is_there(one.after) and not _is_there(one.before)
    }
    there = [one for one in map(content.record, back) if isinstance(one, _Chosen)]
    for kind in (Frame, SuggestedFrame, Span, SuggestedSpan):
        found = [one for one in there if isinstance(one, kind)]
        if found:
            first = min(found, key=lambda one: (*_order(content, one), one.id))
            return (waiting_frame_of(content, first.id) or first) if kind is SuggestedSpan else first
    return None


def _order(content: ArticleContent, one: _Chosen) -> tuple[int, int]:
    return place_of(content, one), one.end if isinstance(one, Span | SuggestedSpan) else 0


def _is_there(one: Record | None) -> bool:
    return one is not None and getattr(one, "state", "open") == "open"


def not_offered(scheme: Scheme | None) -> frozenset[str]:
    """Return the labels whose suggestions wait for nobody: hidden and retired ones."""
    labels = scheme.labels if scheme is not None else ()
    return frozenset(one.name for one in labels if not one.is_offered)


def suggestion_at(
    content: ArticleContent, scheme: Scheme, offset: int, label: str = ""
) -> SuggestedSpan | SuggestedFrame | None:
    """Return what is suggested under an offset: the frame with the shortest part there, else that span."""
    parts = {one.id: one.end - one.start for one in content.every_span if covers(one, offset)}
    if not parts:
        return None
    found = [one for one in waiting(content, scheme) if label in ("", one.label)]
    frames = [
        (min(parts[end.end] for end in one.roles if end.end in parts), place_of(content, one), one.id, one)
        for one in found
        if isinstance(one, SuggestedFrame) and any(end.end in parts for end in one.roles)
    ]
    if frames:
        return min(frames, key=lambda one: one[:3])[3]
    here = [one for one in found if isinstance(one, SuggestedSpan) and one.id in parts]
    return min(here, key=lambda one: one.end - one.start, default=None)


def made_anew(before: ArticleContent, content: ArticleContent, gone: Id) -> Id | None:
    """Return the suggestion that is now there in place of one that was made anew."""
    old = before.record(gone)
    if isinstance(old, SuggestedSpan):
        same: list[SuggestedSpan | SuggestedFrame] = [
            one for one in content.suggested_spans if (one.label, one.fragments) == (old.label, old.fragments)
        ]
    elif isinstance(old, SuggestedFrame):
        shape, near = _outline(before, old), _frames_near(before, old, content)
        same = [one for one in near if is_same(_outline(content, one), shape)]
    else:
        return None
    return next((one.id for one in same if one.state == "open"), None)


def _frames_near(
    before: ArticleContent, old: SuggestedFrame, content: ArticleContent
) -> Sequence[SuggestedFrame]:
    """Return the frames with a part where an old one had its own; of one without words, all."""
    pieces = [piece for words in _places(before, old).values() for piece in words]
    if not pieces:
        return content.suggested_frames
    start, end = min(one.start for one in pieces), max(one.end for one in pieces)
    near = {one.id for one in content.every_span if one.start < end and start < one.end}
    return [one for one in content.suggested_frames if any(part.end in near for part in one.roles)]


def _places(content: ArticleContent, frame: SuggestedFrame) -> Mapping[Id, Sequence[Fragment]]:
    parts = (content.record(end.end) for end in frame.roles)
    return {one.id: one.fragments for one in parts if isinstance(one, Span | SuggestedSpan)}


def _outline(content: ArticleContent, frame: SuggestedFrame) -> Outline:
    return outline(frame.label, frame.attributes, frame.roles, _places(content, frame))


def suggested_for(content: ArticleContent, claim: Span, label: str) -> SuggestedFrame | None:
    """Return the waiting attribution, with a source beside the claim, whose own shares most words with it."""
    spans = {one.id: one for one in content.every_span}
    found = []
    for frame in content.suggested_frames:
        is_sourced = bool(proposed(frame, "source") or IMPLICIT in dict(named_actors(frame.attributes)))
        words = [(end.role, _shared(spans[end.end], claim)) for end in frame.roles if end.end in spans]
        shared = {role for role, count in words if count}
        if shared == {"claim"} and is_sourced and (frame.state, frame.label) == ("open", label):
            found.append((sum(count for _, count in words), frame))
    return max(found, key=lambda one: one[0])[1] if found else None


def proposed(frame: SuggestedFrame, role: str) -> list[Id]:
    """Return what is suggested to fill a role, in order."""
    return [end.end for end in frame.roles if end.role == role]


def _shared(one: Span | SuggestedSpan, other: Span) -> int:
    return sum(
        max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one.fragments for b in other.fragments
    )


def waiting_frame_of(content: ArticleContent, span: Id, label: str = "") -> SuggestedFrame | None:
    """Return the open suggested frame, of a label where one is given, that a suggested span is in."""
    return next(
        (
            one
            for one in content.suggested_frames
            if one.state == "open" and label in ("", one.label) and any(end.end == span for end in one.roles)
        ),
        None,
    )


def is_waiting_part(content: ArticleContent, one: Shown) -> bool:
    """Tell a span of an open suggested frame; a frame that is nested in another one is whole itself."""
    return isinstance(one, SuggestedSpan) and waiting_frame_of(content, one.id) is not None


def whole(content: ArticleContent, frame: Frame, scheme: Scheme) -> list[Id]:
    """Return a frame with the spans that are there for it alone; entities and shared spans stay."""
    used = {end.end for other in content.frames if other.id != frame.id for end in other.roles}
    entities = {label.name for label in scheme.of("span", "entity")}
    alone = {end.end for end in frame.roles if end.kind == "span"} - used
    spans = [one.id for one in content.spans if one.id in alone and one.label not in entities]
    return [frame.id, *spans]


def words(content: ArticleContent, fragments: Iterable[Fragment], most: int = 60) -> str:
    """Return the words of a span, shortened for a message."""
    return excerpt(content.article.text, tuple(fragments), most)


def target_of(found: Shown | None, content: ArticleContent, scheme: Scheme) -> RoleEnd | None:
    """Return what a stance would be on: the chosen claim, or the claim of the chosen attribution."""
    if isinstance(found, Span) and found.label == scheme.named("CLAIM"):
        return RoleEnd("target", "span", found.id)
    if isinstance(found, Frame):
        claims = found.ends("claim")
        if claims:
            return RoleEnd("target", "span", claims[0])
    if isinstance(found, Span):
        for frame in frames_of(content, found.id, scheme.named("ATTRIBUTION")):
            claims = frame.ends("claim")
            if claims:
                return RoleEnd("target", "span", claims[0])
    return None


def can_choose(content: ArticleContent, one: Id) -> bool:
    """Tell whether a record can be chosen: there, and if a suggestion, still open."""
    return _is_there(content.record(one))


def spans_over(content: ArticleContent, stretch: Fragment, label: str) -> list[Span]:
    """Return the spans of a label that share a word with a stretch."""
    return [one for one in content.spans if one.label == label and _overlap(one, (stretch,))]


def taken(content: ArticleContent, labels: Set[str], units: TextUnits, section: int) -> list[Fragment]:
    """Return the fragments of some labels that touch a section."""
    low, high = units.starts[section], units.ends[section]
    return [
        piece
        for one in content.spans
        if one.label in labels and one.start < high and low < one.end
        for piece in one.fragments
    ]
