"""Which records say the same: one span of one annotator, put twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotator.model.ids import Id
from annotator.model.records import Fragment, Span


def same_span(spans: Iterable[Span], annotator: Id, label: str, fragments: Sequence[Fragment]) -> Span | None:
    """Return the annotator's own span with that label and those fragments, if there is one."""
    wanted = tuple(fragments)
    # Fragments first: of ten thousand spans hardly any stands on just these words.
    fits = (one for one in spans if one.fragments == wanted and one.label == label)
    return next((one for one in fits if one.annotator == annotator), None)
