"""Makes the records of one article from the small checked form that `record_in` packed."""

from __future__ import annotations

import marshal
from collections.abc import Sequence
from itertools import islice, repeat, starmap
from operator import itemgetter, lt
from typing import Any

from annotator.model.columns import Column, Columns, PlainEnds, Same, Unbroken
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
_NO_ATTRIBUTES = Same(_NOTHING)
_NOBODY = Same(None)
_SEVERAL = (list, tuple)
_tuple = tuple.__new__
_article = maker(Article)


def unpack(data: bytes, annotators: Sequence[Id]) -> Whole:
    """Return the article with its records; `annotators` are the ids of those it names, in their order."""
    (article, blocks, spans, frames, labels, nothing, readings, actors, cards, proposed, proposed_frames) = (
        marshal.loads(data)  # noqa: S302 - our own temporary file
    )
    own: Id = article[0]
    content = ArticleContent(
        article=_article(*article),
        blocks=_blocks(own, blocks),
        spans=_spans(own, spans, annotators),
        frames=_frames(own, frames, annotators),
        labels=_labels(own, labels, annotators) if labels else (),
        nothing_here=_nothing_here(own, nothing, annotators) if nothing else (),
        readings=_readings(own, readings, annotators) if readings else (),
        actors=tuple(starmap(Actor, actors)),
        claim_cards=tuple(starmap(ClaimCard, cards)),
        suggested_spans=_proposed_spans(own, proposed) if proposed else (),
        suggested_frames=_proposed_frames(own, proposed_frames) if proposed_frames else (),
    )
    return Whole(content, ())


def _blocks(own: Id, rows: Sequence[Any]) -> Sequence[Block]:
    if not rows:
        return ()
    ids, *columns = zip(*rows, strict=True)
    return Columns(Block, ids, Same(own), *columns)


def _spans(own: Id, columns: Sequence[Any], annotators: Sequence[Id]) -> Sequence[Span]:
    ids, *columns = columns
    if not ids:
        return ()
    ids, columns = _by_id(ids, columns)
    labels, starts, ends, fragments, by, created, attributes, actors, cards, notes, origins = columns
    return Columns(
        Span,
        ids,
        Same(own),
        labels,
        Unbroken(starts, ends) if fragments is None else [_fragments(one) for one in fragments],
        _annotators(by, annotators),
        _column(created),
        _attributes(attributes),
        _column(actors),
        _column(cards),
        _column(notes),
        _column(origins),
    )


def _by_id(ids: list[Id], columns: Sequence[Any]) -> tuple[Sequence[Id], Sequence[Any]]:
    """Put columns in the order of the ids, in which they are stored all at once; files have them by place."""
    if all(map(lt, ids, islice(ids, 1, None))):
        return ids, columns
    order = sorted(range(len(ids)), key=ids.__getitem__)
    picked = itemgetter(*order)
    return picked(ids), [
        picked(one) if isinstance(one, _SEVERAL) and len(one) == len(ids) else one for one in columns
    ]


def _annotators(by: int | Sequence[int], known: Sequence[Id]) -> Column:
    return Same(known[by]) if isinstance(by, int) else [known[number] for number in by]


def _attributes(values: Sequence[Any] | None) -> Column:
    return _NO_ATTRIBUTES if values is None else [one or _NOTHING for one in values]


def _column(values: Any) -> Column:
    if values is None:
        return _NOBODY
    return values if isinstance(values, _SEVERAL) else Same(values)


def _frames(own: Id, columns: Sequence[Any], annotators: Sequence[Id]) -> Sequence[Frame]:
    ids, labels, roles, by, created, attributes, notes, origins = columns
    if not ids:
        return ()
    return Columns(
        Frame,
        ids,
        Same(own),
        labels,
        PlainEnds(roles),
        _annotators(by, annotators),
        _column(created),
        _attributes(attributes),
        _column(notes),
        _column(origins),
    )


def _labels(own: Id, rows: Sequence[Any], annotators: Sequence[Id]) -> tuple[ArticleLabel, ...]:
    return tuple(
        ArticleLabel(one, own, label, annotators[by], created, attributes or _NOTHING, note, origin)
        for one, label, by, created, attributes, note, origin in rows
    )


def _nothing_here(own: Id, rows: Sequence[Any], annotators: Sequence[Id]) -> tuple[NothingHere, ...]:
    return tuple(
        NothingHere(one, own, layer, annotators[by], created, Fragment(*stretch) if stretch else None)
        for one, layer, stretch, by, created in rows
    )


def _readings(own: Id, rows: Sequence[Any], annotators: Sequence[Id]) -> tuple[ArticleReading, ...]:
    return tuple(ArticleReading(one, own, annotators[by], state, changed) for one, by, state, changed in rows)


def _proposed_spans(own: Id, rows: Sequence[Any]) -> tuple[SuggestedSpan, ...]:
    return tuple(
        SuggestedSpan(one, own, label, _fragments(fragments), *rest) for one, label, fragments, *rest in rows
    )


def _proposed_frames(own: Id, rows: Sequence[Any]) -> tuple[SuggestedFrame, ...]:
    return tuple(SuggestedFrame(one, own, label, _roles(roles), *rest) for one, label, roles, *rest in rows)


def _fragments(pairs: Sequence[Sequence[int]]) -> tuple[Fragment, ...]:
    return tuple(Fragment(start, end) for start, end in pairs)


def _roles(ends: Sequence[tuple[Any, ...]]) -> tuple[RoleEnd, ...]:
    return tuple(map(_tuple, repeat(RoleEnd), ends))
