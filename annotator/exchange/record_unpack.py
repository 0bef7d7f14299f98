"""Makes the records of one article from the small checked form that `record_in` packed."""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Any

from annotator.model.formats import Whole
from annotator.model.ids import Id
from annotator.model.making import maker
from annotator.model.records import (
    Actor,
    Article,
    ArticleContent,
    ArticleLabel,
    ArticleReading,
    Block,
    ClaimCard,
    Fragment,
    Frame,
    NothingHere,
    RoleEnd,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)

_NOTHING: dict[str, str] = {}
_fragment = tuple.__new__


def unpack(data: bytes, annotators: Sequence[Id]) -> Whole:
    """Return the article with its records; `annotators` are the ids of those it names, in their order."""
    (article, blocks, spans, frames, labels, nothing, readings, actors, cards, proposed, proposed_frames) = (
        marshal.loads(data)  # noqa: S302 - our own temporary file
    )
    own: Id = article[0]
    content = ArticleContent(
        article=Article(*article),
        blocks=tuple(_blocks(own, blocks)),
        spans=tuple(_spans(own, spans, annotators)),
        frames=tuple(_frames(own, frames, annotators)),
        labels=tuple(_labels(own, labels, annotators)),
        nothing_here=tuple(
            NothingHere(one, own, layer, annotators[by], created, Fragment(*stretch) if stretch else None)
            for one, layer, stretch, by, created in nothing
        ),
        readings=tuple(
            ArticleReading(one, own, annotators[by], state, changed) for one, by, state, changed in readings
        ),
        actors=tuple(Actor(*one) for one in actors),
        claim_cards=tuple(ClaimCard(*one) for one in cards),
        suggested_spans=tuple(
            SuggestedSpan(one, own, label, _fragments(fragments), *rest)
            for one, label, fragments, *rest in proposed
        ),
        suggested_frames=tuple(
            SuggestedFrame(one, own, label, _roles(roles), *rest)
            for one, label, roles, *rest in proposed_frames
        ),
    )
    return Whole(content, ())


def _blocks(own: Id, rows: Sequence[Any]) -> list[Block]:
    make = maker(Block)
    return [make(one, own, start, end, kind) for one, start, end, kind in rows]


def _spans(own: Id, columns: Sequence[Any], annotators: Sequence[Id]) -> Iterator[Span]:
    ids, labels, is_plain, fragments, by, created, attributes, actors, cards, notes, origins = columns
    pieces = (
        # One fragment each: `zip` makes tuples of one.
        zip(map(_fragment, repeat(Fragment), fragments), strict=True)
        if is_plain
        else map(_fragments, fragments)
    )
    return map(
        maker(Span),
        (ids[start : start + 16] for start in range(0, len(ids), 16)),
        repeat(own),
        labels,
        pieces,
        [annotators[number] for number in by],
        created,
        repeat(_NOTHING) if attributes is None else [one or _NOTHING for one in attributes],
        repeat(None) if actors is None else actors,
        repeat(None) if cards is None else cards,
        repeat("") if notes is None else notes,
        origins,
    )


def _frames(own: Id, rows: Sequence[Any], annotators: Sequence[Id]) -> list[Frame]:
    make = maker(Frame)
    return [
        make(one, own, label, _roles(roles), annotators[by], created, attributes or _NOTHING, note, origin)
        for one, label, roles, by, created, attributes, note, origin in rows
    ]


def _labels(own: Id, rows: Sequence[Any], annotators: Sequence[Id]) -> list[ArticleLabel]:
    return [
        ArticleLabel(one, own, label, annotators[by], created, attributes or _NOTHING, note, origin)
        for one, label, by, created, attributes, note, origin in rows
    ]


def _fragments(pairs: Sequence[Sequence[int]]) -> tuple[Fragment, ...]:
    return tuple(Fragment(start, end) for start, end in pairs)


def _roles(ends: Sequence[tuple[Any, ...]]) -> tuple[RoleEnd, ...]:
    return tuple(_fragment(RoleEnd, end) for end in ends)
