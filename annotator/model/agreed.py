"""Whose work counts in an article, and what all who worked on it made in the same way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import replace

from annotator.model.ids import Id
from annotator.model.records import ArticleContent, Frame, RoleEnd, Span


def worked_on(content: ArticleContent) -> set[Id]:
    """Return who marked something in an article, or said that it is done."""
    done = {one.annotator for one in content.readings if one.state == "done"}
    made = (content.spans, content.frames, content.labels)
    return done.union(one.annotator for records in made for one in records)


def who_counts(content: ArticleContent, deciders: Collection[Id], mine: Id) -> set[Id]:
    """Return whose work counts in an article: the adjudicators', else one's own, else everybody's."""
    worked = worked_on(content).union(one.annotator for one in content.nothing_here)
    return worked & {*deciders} or worked & {mine} or worked


def made_by(content: ArticleContent, by: Collection[Id]) -> ArticleContent:
    """Return an article with the work of some annotators alone."""
    others = {one.id for one in content.frames if one.annotator not in by}
    return replace(
        content,
        spans=[one for one in content.spans if one.annotator in by],
        frames=[one for one in content.frames if one.annotator in by],
        labels=tuple(one for one in content.labels if one.annotator in by),
        nothing_here=tuple(one for one in content.nothing_here if one.annotator in by),
        readings=tuple(one for one in content.readings if one.annotator in by),
        suggested_frames=tuple(one for one in content.suggested_frames if one.became not in others),
    )


def agreed(content: ArticleContent, people: Collection[Id]) -> Iterator[Frame | Span]:
    """Yield, once of each, the frames and then the spans outside of frames that all of them made."""
    spans = {one.id: one for one in content.spans}
    frames = {one.id: one for one in content.frames}
    in_frames = {end.end for one in content.frames for end in one.roles}
    yield from _by_all(
        content.frames, {one.id: _of_frame(one, spans, frames) for one in frames.values()}, people
    )
    alone = [one for one in content.spans if one.id not in in_frames]
    yield from _by_all(alone, {one.id: _of_span(one) for one in alone}, people)


def _by_all(
    records: Collection[Frame] | Collection[Span], said: Mapping[Id, Hashable], people: Collection[Id]
) -> Iterator[Frame | Span]:
    makers: defaultdict[Hashable, dict[Id, Frame | Span]] = defaultdict(dict)
    for one in records:
        if one.annotator in people:
            makers[said[one.id]].setdefault(one.annotator, one)
    for made in makers.values():
        if len(made) == len(people):
            yield next(iter(made.values()))


def _of_span(one: Span) -> Hashable:
    # On which claim card it is does not count: that is said above the articles, once for all.
    return one.label, one.fragments, frozenset(one.attributes.items()), one.actor


def _of_frame(one: Frame, spans: Mapping[Id, Span], frames: Mapping[Id, Frame]) -> Hashable:
    ends = frozenset((end.role, _of_end(end, spans, frames)) for end in one.roles)
    return one.label, frozenset(one.attributes.items()), ends


def _of_end(end: RoleEnd, spans: Mapping[Id, Span], frames: Mapping[Id, Frame]) -> Hashable:
    """Return what fills a role, as it is said: of a span its words, of a frame its label and words."""
    if end.end in spans:
        return _of_span(spans[end.end])
    frame = frames.get(end.end)
    if frame is None:
        return end.end
    words = frozenset((one.role, _of_span(spans[one.end])) for one in frame.roles if one.end in spans)
    return frame.label, words
