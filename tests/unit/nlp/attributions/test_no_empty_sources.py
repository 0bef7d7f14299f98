"""Who says something is never a span without words: the store would refuse all suggestions with it."""

from __future__ import annotations

import pytest
from attributions_said import proposed

TEXTS = [
    "Quill was also quoted as saying the dam would hold if it rained.",
    "He is not quoted as saying it happened.",
    "Quill says that it holds. It has three tranches that include floating rate bonds.",
    "They offer short loans, something long sought by banks, to mend the dam.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_span_has_words(text: str) -> None:
    made = proposed(text)
    pieces = [piece for span in made.spans for piece in span.fragments]
    assert pieces
    assert all(start < end for start, end in pieces)


@pytest.mark.parametrize(("text", "source"), [(TEXTS[0], "Quill"), (TEXTS[1], "He")])
def test_who_is_quoted_in_the_passive_is_the_source(text: str, source: str) -> None:
    made = proposed(text)
    assert source in [text[slice(*one.fragments[0])] for one in made.spans if one.label == "SOURCE"]
