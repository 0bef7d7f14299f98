"""Quoted words found again in their text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.nlp.aligning import Source, fold

TEXT = "“It’s over,” she said – twice.  “It’s over,”\nhe said. ﬁne 😀 end, Jo\u0301zef at the caf\u00e9"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("she said", "she said"),
        ('"It\'s over,"', "“It’s over,”"),
        ("she said - twice. \"it's", "she said – twice.  “It’s"),
        ("over,” he said", "over,”\nhe said"),
        ("  he said.  ", "he said."),
        ("fine 😀 end", "ﬁne 😀 end"),
        ("J\u00f3zef at", "Jo\u0301zef at"),
        ("the cafe\u0301", "the caf\u00e9"),
    ],
)
def test_words_are_found_exactly_else_folded(words, found):
    place = Source(TEXT).find(words)
    assert place is not None
    assert TEXT[slice(*place)] == found


@pytest.mark.parametrize("words", ["", "  ", "they said", "she  spoke"])
def test_what_does_not_stand_there_is_not_found(words):
    assert Source(TEXT).find(words) is None


def test_of_several_places_the_context_chooses_then_the_order():
    text = "a man said x. a woman said x. a child said x."
    source = Source(text)
    places = [at for at in range(len(text)) if text.startswith("said", at)]
    assert source.find("said", "a  Woman") == (places[1], places[1] + 4)
    assert source.find("said") == (places[0], places[0] + 4)
    assert source.find("said", after=places[1] + 1) == (places[2], places[2] + 4)
    assert source.find("said", after=places[2] + 1) == (places[0], places[0] + 4)


@given(st.text(max_size=60), st.data())
def test_any_stretch_of_a_text_is_found_as_itself(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = Source(text).find(text[start:end])
    wanted = text[start:end].strip()
    assert (place is None) == (not wanted)
    assert place is None or text[slice(*place)] == wanted


@given(st.text(max_size=60))
def test_folding_knows_where_each_character_came_from(text):
    folded, places = fold(text)
    assert len(folded) == len(places)
    assert places == sorted(places)
    assert all(0 <= at < len(text) for at in places)
