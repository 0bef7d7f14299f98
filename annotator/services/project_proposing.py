"""Writing new suggestions: nothing that was decided before comes again, open ones are replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from annotator.model.changes import Add, Edit, Remove
from annotator.model.ids import Id
from annotator.model.records import ArticleContent, Fragment, RoleEnd, Span, SuggestedFrame, SuggestedSpan
from annotator.services.project_ground import Ground, SuggestionPlan

Place = tuple[str, tuple[Fragment, ...]]
Shape = tuple[str, frozenset[tuple[str, object]]]
Suggested = SuggestedSpan | SuggestedFrame


def fresh(ground: Ground, plan: SuggestionPlan, annotator: Id) -> Iterator[Edit]:
    """Yield what of the proposed suggestions is to be written, article by article.

    Open suggestions of the same suggester (of any version) are removed first, also in articles for
    which nothing is proposed any more.  Labels that the scheme lacks are left out.
    """
    seen: set[Id] = set()
    for article, group in groupby(plan.edits(annotator), key=_article):
        edits = list(group)
        if article is None:
            yield from edits
            continue
        content = _content(ground, article)
        if content is None:
            continue
        if article not in seen:
            yield from _stale(content, plan.suggester)
        seen.add(article)
        yield from map(Add, _unknown(ground, _known(content, plan.suggester), _added(edits)))
    for article in plan.articles:
        content = None if article in seen else _content(ground, article)
        if content is not None:
            yield from _stale(content, plan.suggester)


def _content(ground: Ground, article: Id) -> ArticleContent | None:
    """Return an article; None when it was removed while suggestions for it were made."""
    try:
        return ground.store.content(article)
    except KeyError:
        return None


def _is_same(suggester: str, other: str) -> bool:
    """Tell whether two suggesters are the same, whatever their versions ("name version")."""
    return _name(suggester) == _name(other)


def _name(suggester: str) -> str:
    return suggester.rpartition(" ")[0] or suggester


def _article(edit: Edit) -> Id | None:
    record = edit.record
    return record.article if isinstance(record, SuggestedSpan | SuggestedFrame) else None


def _added(edits: Iterable[Edit]) -> list[Suggested]:
    return [
        edit.record
        for edit in edits
        if isinstance(edit, Add) and isinstance(edit.record, SuggestedSpan | SuggestedFrame)
    ]


def _stale(content: ArticleContent, suggester: str) -> Iterator[Edit]:
    parts = _parts_of_decided(content)
    suggestions: tuple[Suggested, ...] = (*content.suggested_frames, *content.suggested_spans)
    for one in suggestions:
        if one.state == "open" and _is_same(one.suggester, suggester) and one.id not in parts:
            yield Remove(one)


def _parts_of_decided(content: ArticleContent) -> set[Id]:
    """Return what decided frames point to: it stays, so that they can be known again."""
    decided = (one for one in content.suggested_frames if one.state != "open")
    return {end.end for one in decided for end in one.roles}


@dataclass(frozen=True, slots=True)
class _Known:
    """What is decided or stored in one article: by place or shape, what it became (None: nothing)."""

    spans: Mapping[Place, Id | None]
    frames: Mapping[Shape, Id | None]


def _unknown(ground: Ground, known: _Known, proposed: Sequence[Suggested]) -> Iterator[Suggested]:
    became: dict[Id, Id | None] = {}
    places = {one.id: _place(one) for one in proposed if isinstance(one, SuggestedSpan)}
    for one in proposed:
        label = ground.scheme.label(one.label)
        if label is None or label.retired:
            became[one.id] = None
        elif isinstance(one, SuggestedSpan) and _place(one) in known.spans:
            became[one.id] = known.spans[_place(one)]
        elif (
            isinstance(one, SuggestedFrame)
            and (shape := _shape(one.label, one.roles, places)) in known.frames
        ):
            became[one.id] = known.frames[shape]
    yield from (one for one in proposed if isinstance(one, SuggestedSpan) and one.id not in became)
    for one in proposed:
        if isinstance(one, SuggestedFrame) and one.id not in became:
            roles = tuple(end for end in (_mapped(end, became) for end in one.roles) if end is not None)
            if roles:
                yield replace(one, roles=roles)


def _mapped(end: RoleEnd, became: Mapping[Id, Id | None]) -> RoleEnd | None:
    if end.end not in became:
        return end
    found = became[end.end]
    return None if found is None else end._replace(end=found)


def _known(content: ArticleContent, suggester: str) -> _Known:
    """Return what is decided, stored, or still proposed by other suggesters."""
    spans: dict[Place, Id | None] = {}
    frames: dict[Shape, Id | None] = {}
    parts = _parts_of_decided(content)
    stored = {one.id for one in content.spans} | {one.id for one in content.frames}
    placed: tuple[Span | SuggestedSpan, ...] = (*content.spans, *content.suggested_spans)
    places = {one.id: _place(one) for one in placed}
    for one in content.suggested_spans:
        if one.state != "open":
            spans[_place(one)] = one.became if one.became in stored else None
        elif one.id in parts or not _is_same(one.suggester, suggester):
            spans[_place(one)] = one.id
    for frame in content.suggested_frames:
        shape = _shape(frame.label, frame.roles, places)
        if frame.state != "open":
            frames[shape] = frame.became if frame.became in stored else None
        elif not _is_same(frame.suggester, suggester):
            frames[shape] = frame.id
    spans |= {_place(one): one.id for one in content.spans}
    frames |= {_shape(one.label, one.roles, places): one.id for one in content.frames}
    return _Known(spans, frames)


def _place(one: SuggestedSpan | Span) -> Place:
    return (one.label, tuple(one.fragments))


def _shape(label: str, roles: Iterable[RoleEnd], places: Mapping[Id, Place]) -> Shape:
    """Return what makes two frames the same: the label and, for each role, what words fill it."""
    return (label, frozenset((end.role, places.get(end.end, end.end)) for end in roles if end.kind == "span"))
