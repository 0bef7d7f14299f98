"""Words are what casefolding and a pattern give, however they are found."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.folded_words import other_characters, words_between

BETWEEN = [r"\W", r"[\W\d_]"]
TEXTS = st.one_of(st.text(max_size=300), st.text("aZß9_ -—“é", max_size=80), st.text(min_size=200))


def plainly(between: str, text: str) -> list[bytes]:
    return re.sub(between, " ", text.casefold()).encode().split()


@pytest.mark.parametrize("between", BETWEEN)
@given(text=TEXTS)
def test_words_are_those_of_the_casefolded_text(between: str, text: str) -> None:
    assert words_between(between)(text) == plainly(between, text)


@pytest.mark.parametrize("between", BETWEEN)
def test_any_character_may_stand_beside_any_other(between: str) -> None:
    """All places of a character are folded at once; what comes there may stand in the text already."""
    find = words_between(between)
    every = [one for one in map(chr, range(128, 0x110000)) if one.casefold() != one]
    every += map(chr, range(128, 0x3000, 7))
    assert len(every) > 2500
    for at in range(0, len(every), 50):
        text = "x".join(every[at : at + 50])
        assert find(text) == plainly(between, text)
    longer = [one for one in every if len(one.casefold()) > 1][:25]
    text = "x".join([*longer, *map(str.casefold, longer)])
    assert find(text) == plainly(between, text)


@pytest.mark.parametrize("between", BETWEEN)
def test_words_of_many_kinds_of_characters(between: str) -> None:
    text = " ".join(f"{chr(one)}b3_{chr(one)}" for one in range(0x4E00, 0x4F00))
    assert words_between(between)(text) == plainly(between, text)


@given(st.text(st.sampled_from(string.printable + "é\u0301😀"), max_size=50))
def test_kinds_of_other_characters(text: str) -> None:
    assert {*other_characters(text)} == {one for one in text if ord(one) > 127}
    assert {*other_characters(text, b"ab")} == {*text} - {"a", "b"}
