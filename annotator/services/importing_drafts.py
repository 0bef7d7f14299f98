"""Keeps settled drafts with their marks small until they are written, and makes edits of them."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, starmap
from typing import Any

from annotator.model.blocks import find_blocks, find_facts, find_title
from annotator.model.changes import Add, AddMany, BulkEdit
from annotator.model.columns import Column, Columns, PlainEnds, Same, Unbroken
from annotator.model.formats import Draft
from annotator.model.ids import Id, new_id, new_ids
from annotator.model.language import find_language
from annotator.model.marks import ArticleMark, FrameMark, SpanMark
from annotator.model.records import (
    Actor,
    Annotator,
    AnnotatorKind,
    Article,
    ArticleLabel,
    ArticleReading,
    Block,
    ClaimCard,
    Fragment,
    Frame,
    Record,
    RoleEnd,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.services.importing_marks import Read
from annotator.services.importing_wholes import Shared

Packed = tuple[Any, ...]
_Mark = SpanMark | FrameMark | ArticleMark


def pack_article(draft: Draft, text: str, sha256: str, notes: tuple[str, ...]) -> Packed:
    """Return what will be stored of a draft whose text is settled: its facts and its blocks."""
    blocks = find_blocks(text, draft.title)
    title = draft.title or find_title(text, draft.name, blocks)
    meta = find_facts(text, blocks) | dict(draft.meta)
    return draft.name, title, text, sha256, draft.language or find_language(text), meta, notes, blocks


def text_of(article: Packed) -> str:
    """Return the text of a packed draft."""
    text: str = article[2]
    return text


def pack_marks(read: Read) -> Packed:
    """Return what will be stored of the marks of one text."""
    return (
        [
            (one.id, one.label, [*map(tuple, one.fragments)], *_said(one, mark, one.actor, one.claim_card))
            for one, mark in read.spans
        ],
        [(one.id, one.label, [*map(tuple, one.roles)], *_said(one, mark)) for one, mark in read.frames],
        [(one.id, one.label, (), *_said(one, mark)) for one, mark in read.labels],
        [(*named, one) for named, one in read.above.items()],
        ([*read.adjudicators], sorted(read.done)),
    )


def unpack_marks(data: bytes) -> Packed | None:
    """Return the packed marks of what is stored of a draft, if it has any."""
    marks: Packed | None = marshal.loads(data)[1]  # noqa: S302 - our own temporary file
    return marks


def _said(record: Span | Frame | ArticleLabel, mark: _Mark, *above: Id | None) -> Packed:
    proposal = None if isinstance(mark, ArticleMark) else mark.proposal
    plain = None if proposal is None else (proposal.suggester, proposal.score, proposal.state)
    return mark.by, dict(record.attributes), record.note, *above, plain


def article_edits(data: bytes, own: Id, shared: Shared, annotator: Id, now: int) -> Iterator[BulkEdit]:
    """Yield the edits that store a draft as the article `own`, with its marks."""
    article, marks = marshal.loads(data)  # noqa: S302 - our own temporary file
    if article is not None:
        *facts, blocks = article
        name, title, text, sha256, language, meta, notes = facts
        yield Add(Article(own, name, title, text, sha256, language, meta, tuple(notes), now))
        yield AddMany(Columns(Block, new_ids(len(blocks)), Same(own), *zip(*blocks, strict=True)))
    if marks is not None:
        yield from _Writing(own, shared, annotator, now).edits(*marks)


class _Writing:
    """The marks of one article on their way to the store."""

    def __init__(self, article: Id, shared: Shared, annotator: Id, now: int) -> None:
        self._article = article
        self._shared = shared
        self._annotator = annotator
        self._now = now
        self._above: dict[Id, Id] = {}

    def edits(
        self,
        spans: Sequence[Packed],
        frames: Sequence[Packed],
        labels: Sequence[Packed],
        above: Sequence[Packed],
        people: tuple[Sequence[str], Sequence[str]],
    ) -> Iterator[BulkEdit]:
        adjudicators, done = people
        made_by = dict.fromkeys(one[3] for one in (*spans, *frames, *labels))
        silent = [name for name in adjudicators if name not in made_by]
        # Who decided that nothing is there has read it all the same.
        read = dict.fromkeys((*silent, *done))
        for name in (*made_by, *read):
            if name and name not in self._shared.annotators:
                self._shared.annotators[name] = new_id()
                decides: AnnotatorKind = "adjudicator" if name in adjudicators else "person"
                yield Add(Annotator(self._shared.annotators[name], name, decides))
        for kind, name, stand_in in above:
            known = self._shared.actors if kind == "actor" else self._shared.cards
            if name not in known:
                known[name] = new_id()
                yield Add((Actor if kind == "actor" else ClaimCard)(known[name], name))
            self._above[stand_in] = known[name]
        kinds: tuple[tuple[Callable[[Sequence[Packed]], Sequence[Record]], Sequence[Packed]], ...] = (
            (self._spans, [one for one in spans if one[-1] is None]),
            (self._frames, [one for one in frames if one[-1] is None]),
            (self._labels, labels),
            (self._proposed_spans, [one for one in spans if one[-1] is not None]),
            (self._proposed_frames, [one for one in frames if one[-1] is not None]),
        )
        for make, rows in kinds:
            if made := make(rows):
                yield AddMany(made)
        for by in map(self._by, read):
            if (self._article, by) not in self._shared.read:
                self._shared.read.add((self._article, by))
                yield Add(ArticleReading(new_id(), self._article, by, "done", self._now))

    def _by(self, name: str) -> Id:
        return self._shared.annotators[name] if name else self._annotator

    def _spans(self, rows: Sequence[Packed]) -> Sequence[Span]:
        """Return spans field by field: many of them are written without being made."""
        if not rows:
            return ()
        ids, labels, places, by, attributes, notes, actors, cards, _ = zip(*rows, strict=True)
        if {*map(len, places)} == {1}:
            starts, ends = zip(*chain.from_iterable(places), strict=True)
            fragments: Column = Unbroken(starts, ends)
        else:
            fragments = [*map(_fragments, places)]
        above = (self._those_above(actors), self._those_above(cards))
        made = (self._made_by(by), Same(self._now), _column(attributes))
        return Columns(
            Span, ids, Same(self._article), labels, fragments, *made, *above, _column(notes), Same("import")
        )

    def _those_above(self, stand_ins: Sequence[Id | None]) -> Column:
        return [one and self._above[one] for one in stand_ins] if any(stand_ins) else Same(None)

    def _frames(self, rows: Sequence[Packed]) -> Sequence[Frame]:
        if not rows:
            return ()
        ids, labels, ends, by, attributes, notes, _ = zip(*rows, strict=True)
        roles = PlainEnds([[*map(self._end, one)] for one in ends] if self._above else ends)
        rest = (self._made_by(by), Same(self._now), _column(attributes), _column(notes), Same("import"))
        return Columns(Frame, ids, Same(self._article), labels, roles, *rest)

    def _made_by(self, names: Sequence[str]) -> Column:
        ids = [*map(self._by, names)]
        return Same(ids[0]) if ids.count(ids[0]) == len(ids) else ids

    def _labels(self, rows: Sequence[Packed]) -> Sequence[ArticleLabel]:
        return [
            ArticleLabel(own, self._article, label, self._by(by), self._now, attributes, note, "import")
            for own, label, _, by, attributes, note, _ in rows
        ]

    def _proposed_spans(self, rows: Sequence[Packed]) -> Sequence[SuggestedSpan]:
        return [*map(self._proposed_span, rows)]

    def _proposed_frames(self, rows: Sequence[Packed]) -> Sequence[SuggestedFrame]:
        return [*map(self._proposed_frame, rows)]

    def _proposed_span(self, one: Packed) -> SuggestedSpan:
        own, label, fragments, _, attributes, note, _actor, _card, (suggester, score, state) = one
        facts = (score, suggester, note, self._now, attributes, state)
        return SuggestedSpan(own, self._article, label, _fragments(fragments), *facts)

    def _proposed_frame(self, one: Packed) -> SuggestedFrame:
        own, label, roles, _, attributes, note, (suggester, score, state) = one
        facts = (score, suggester, note, self._now, attributes, state)
        return SuggestedFrame(own, self._article, label, self._roles(roles), *facts)

    def _roles(self, roles: Sequence[Any]) -> tuple[RoleEnd, ...]:
        return tuple(starmap(RoleEnd, map(self._end, roles)))

    def _end(self, end: Packed) -> Packed:
        role, kind, own = end
        return role, kind, self._above.get(own, own)


def _column(values: Sequence[Any]) -> Column:
    """Return values as a column; where nothing stands in any, as nearly always, that need not be written."""
    return values if any(values) else Same(values[0])


def _fragments(pairs: Sequence[Sequence[int]]) -> tuple[Fragment, ...]:
    return tuple(Fragment(start, end) for start, end in pairs)
