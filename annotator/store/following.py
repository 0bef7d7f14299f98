"""Brings an article that was read in line with what was written since, without reading it anew."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from annotator.model.changes import Change
from annotator.model.ids import Id
from annotator.model.records import (
    ABOVE_KINDS,
    Actor,
    Article,
    ArticleContent,
    ArticleLabel,
    ArticleReading,
    Block,
    ClaimCard,
    Frame,
    NothingHere,
    Record,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)

_PARTS: Mapping[type[Record], str] = {
    Block: "blocks",
    Span: "spans",
    Frame: "frames",
    ArticleLabel: "labels",
    NothingHere: "nothing_here",
    ArticleReading: "readings",
    SuggestedSpan: "suggested_spans",
    SuggestedFrame: "suggested_frames",
}
_PLACED = (Block, Span, SuggestedSpan)


def followed(
    content: ArticleContent, changes: Iterable[Change], settled: Callable[[Any], Any]
) -> ArticleContent | None:
    """Return an article after changes, records `settled` as they are read; None when only reading tells."""
    parts: dict[str, Any] = {}
    now_there: dict[Id, Any] = {}
    known = {*(one.id for one in content.actors), *(one.id for one in content.claim_cards)}
    for change in changes:
        part = _PARTS.get(type(change.record))
        if part is None:
            if _is_above(change.record, content.article.id):
                return None
            continue
        before, after = (_of(content.article.id, one) for one in (change.before, change.after))
        gone, now = _above(before), _above(after)
        if not gone <= now <= known:
            return None
        if before is not None or after is not None:
            records, after = parts.setdefault(part, list(getattr(content, part))), after and settled(after)
            if not _put(records, before, after):
                return None
            now_there[change.record.id] = after
    return content.changed({part: tuple(records) for part, records in parts.items()}, now_there)


def _of(article: Id, record: Any) -> Any:
    return record if record is not None and record.article == article else None


def _is_above(record: Record, article: Id) -> bool:
    return isinstance(record, Actor | ClaimCard) or (isinstance(record, Article) and record.id == article)


def _above(record: Any) -> set[Id]:
    """Return the actors and claim cards that a record points to."""
    if isinstance(record, Span):
        return {one for one in (record.actor, record.claim_card) if one is not None}
    if isinstance(record, Frame | SuggestedFrame):
        return {end.end for end in record.roles if end.kind in ABOVE_KINDS}
    return set()


def _put(records: list[Any], before: Any, after: Any) -> bool:
    """Take a record out of its place and put one into its own; tell if the first was found there."""
    if before is not None:
        at = bisect_left(records, _order(before), key=_order)
        if at == len(records) or records[at].id != before.id:
            return False
        del records[at]
    if after is not None:
        records.insert(bisect_left(records, _order(after), key=_order), after)
    return True


def _order(record: Any) -> Any:
    """Return what records of a kind are put in order by: their place, where they have one, and their id."""
    return (record.start, record.end, record.id) if isinstance(record, _PLACED) else (record.id,)
