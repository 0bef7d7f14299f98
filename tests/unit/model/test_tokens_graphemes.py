from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import tokens
from annotator.model.graphemes import boundary_after, boundary_before, is_boundary


def characters(text: str) -> list[str]:
    cuts = [at for at in range(len(text) + 1) if is_boundary(text, at)]
    return [text[start:end] for start, end in pairwise(cuts)]


@pytest.mark.parametrize(
    "wanted",
    [
        ["c", "a", "f", "e\u0301"],
        ["👍🏽", "👨‍👩‍👧‍👦", "🏳\ufe0f\u200d🌈", "1\ufe0f\u20e3"],
        ["🇩🇪", "🇫🇷", "🇩"],
        ["a", "🇩🇪"],
        ["\u1112\u1161\u11ab", "한", "한\u11a8", "ᄀ", " "],
        ["a\u200d", "b"],
        ["क\u094d", "ष"],
        ["x", "\r\n", "y"],
        ["\n", "\u0301a"[0], "a"],
        ["🏴\U000e0067\U000e0062\U000e007f", "."],
    ],
)
def test_visible_characters(wanted: list[str]) -> None:
    assert characters("".join(wanted)) == wanted


@given(st.text(alphabet=["a", "\u0301", "🇩", "👍", "🏽", "\u200d", "한", "\u11a8", "\r", "\n"], max_size=20))
def test_boundaries_are_found_from_both_sides(text: str) -> None:
    for at in range(len(text) + 1):
        before, after = boundary_before(text, at), boundary_after(text, at)
        assert is_boundary(text, before)
        assert is_boundary(text, after)
        assert before <= at <= after
        assert (before == after == at) == is_boundary(text, at)


def test_a_search_stops_at_its_limit() -> None:
    text = "a" + "\u0301" * 100
    assert boundary_before(text, 90, 80) == 80
    assert boundary_after(text, 5, 30) == 30


def test_what_no_token_looks_twice_at_hangs_on_nothing() -> None:
    befores = ("a", "\u200d", "🇩", "\u1100", "👍")
    plain = [chr(at) for at in range(0x110000) if chr(at) != "\n" and not tokens._ODD.match(chr(at))]
    assert len(plain) > 1000
    assert all(is_boundary(before + one, 1) for one in plain for before in befores)


@given(st.text(alphabet="a's. \n\r\t,14\u2028–“” \u0301\u200d🇩👍🏽한\u11a8中", max_size=20))
def test_odd_characters_are_looked_at_alone_and_give_the_same_tokens(text: str) -> None:
    assert tokens.token_bounds(text) == tokens._odd_tokens(text)
