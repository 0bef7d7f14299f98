"""Which records say the same: one span of one annotator, put twice."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import TypeVar

from annotator.model.ids import Id
from annotator.model.records import Fragment, Span, SuggestedSpan

Placed = TypeVar("Placed", Span, SuggestedSpan)


def spans_on(spans: Sequence[Placed], fragments: Sequence[Fragment]) -> Sequence[Placed]:
    """Return those that go from the first to the last of these fragments, of spans in order of place."""
    if not fragments:
        return ()
    place = fragments[0].start, fragments[-1].end
    first = bisect_left(spans, place, key=_place)
    return spans[first : bisect_right(spans, place, first, key=_place)]


def _place(span: Span | SuggestedSpan) -> tuple[int, int]:
    return span.start, span.end


def same_span(spans: Iterable[Span], annotator: Id, label: str, fragments: Sequence[Fragment]) -> Span | None:
    """Return the annotator's own span with that label and those fragments, if there is one."""
    wanted = tuple(fragments)
    # Fragments first: of ten thousand spans hardly any stands on just these words.
    fits = (one for one in spans if one.fragments == wanted and one.label == label)
    return next((one for one in fits if one.annotator == annotator), None)
