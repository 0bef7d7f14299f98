"""Spans on just some words are found by their place, as if all were looked at."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.ids import new_id
from annotator.model.records import Fragment, Span
from annotator.model.same import same_span, spans_on

ARTICLE, ME, OTHER = new_id(), new_id(), new_id()
_PLACES = st.lists(st.integers(0, 6), min_size=1, max_size=4, unique=True).map(sorted)


def _pieces(starts: list[int]) -> tuple[Fragment, ...]:
    return tuple(Fragment(at, at + 1) for at in starts)


@given(st.lists(st.tuples(_PLACES, st.sampled_from("AB"), st.sampled_from([ME, OTHER]))), _PLACES)
def test_the_own_span_is_found_by_its_place(
    many: list[tuple[list[int], str, bytes]], wanted: list[int]
) -> None:
    spans = [Span(new_id(), ARTICLE, label, _pieces(starts), who, 0) for starts, label, who in many]
    spans.sort(key=lambda one: (one.start, one.end, one.id))
    there, pieces = spans_on(spans, _pieces(wanted)), _pieces(wanted)
    assert list(there) == [one for one in spans if (one.start, one.end) == (pieces[0].start, pieces[-1].end)]
    assert same_span(there, ME, "A", pieces) == same_span(spans, ME, "A", pieces)


def test_there_is_nothing_on_no_words() -> None:
    assert spans_on([Span(new_id(), ARTICLE, "A", (Fragment(0, 1),), ME, 0)], ()) == ()
