"""What is found in a text, and that its places are exact in code points."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.model.errors import UserError
from annotator.model.matching import Manner, Wanted, fold, places, terms_wanted

TEXT = "The Café in Straße 4: CAFÉ, cafeteria, cafe\u0301s. İstanbul! 👍🏽 Hoch. שָׁלוֹם שלום U.S.-led  talks"


def found(text: str, query: str, manner: Manner = "words", **how: bool) -> list[str]:
    return [text[start:end] for start, end in places(text, Wanted(query, manner, **how), 999)]


@pytest.mark.parametrize(
    ("query", "how", "hits"),
    [
        ("cafe", {}, ["Café", "CAFÉ"]),
        ("cafe", {"whole": False}, ["Café", "CAFÉ", "cafe", "cafe\u0301"]),
        ("cafe", {"whole": False, "marks": True}, ["cafe"]),
        ("café", {"marks": True}, ["Café", "CAFÉ"]),
        ("cafe\u0301", {"marks": True}, ["Café", "CAFÉ"]),
        ("café", {"marks": True, "whole": False}, ["Café", "CAFÉ", "cafe\u0301"]),
        ("CAFE", {"case": True}, ["CAFÉ"]),
        ("CAFE", {"case": True, "marks": True}, []),
        ("straße", {}, ["Straße"]),
        ("strasse", {}, []),
        ("istanbul", {}, ["İstanbul"]),
        ("istanbul", {"marks": True}, []),
        ("İstanbul", {"case": True, "marks": True}, ["İstanbul"]),
        ("👍", {}, ["👍"]),
        ("hoch", {}, ["Hoch"]),
        ("שלום", {}, ["שָׁלוֹם", "שלום"]),
        ("שלום", {"marks": True}, ["שלום"]),
        ("שָׁלוֹם", {"marks": True}, ["שָׁלוֹם"]),
        ("u.s.", {}, ["U.S"]),
        ("hoch zebra", {}, []),
        ("", {}, []),
        ("\u0301", {}, []),
    ],
)
def test_words(query: str, how: dict[str, bool], hits: list[str]) -> None:
    assert found(TEXT, query, **how) == hits


@pytest.mark.parametrize(
    ("query", "how", "hits"),
    [
        ("u.s.-led talks", {}, ["U.S.-led  talks"]),
        ("U.S.-led talks", {"case": True, "marks": True}, ["U.S.-led  talks"]),
        ("u.s. led talks", {}, []),
        ("caf", {}, []),
        ("caf", {"whole": False}, ["Caf", "CAF", "caf", "caf"]),
        ("café, cafeteria", {}, ["CAFÉ, cafeteria"]),
        (": CAFÉ,", {"case": True}, [": CAFÉ,"]),
        ("   ", {}, []),
    ],
)
def test_phrases_are_taken_letter_by_letter(query: str, how: dict[str, bool], hits: list[str]) -> None:
    assert found(TEXT, query, "phrase", **how) == hits


def test_a_hit_that_is_not_exact_hides_none_that_overlaps_it() -> None:
    assert places("aaA", Wanted("aA", "phrase", whole=False, case=True), 9) == [(1, 3)]
    assert places("no No no", Wanted("No no", "phrase", case=True), 9) == [(3, 8)]


def test_patterns_are_matched_in_the_text_as_it_is() -> None:
    assert found("one 1\ntwo 22 😀3", r"\d+$|^\w+", "pattern") == ["one", "1", "two", "3"]
    assert found("Ab ab", "ab", "pattern", case=True) == ["ab"]
    assert found("abc", "x*", "pattern") == []
    assert places("aaaa", Wanted("a", "pattern"), 2) == [(0, 1), (1, 2)]


@pytest.mark.parametrize("pattern", ["(", "*a", "[a", "(?P<x", "a{99999999999}", "(?z)"])
def test_a_broken_pattern_is_said_in_a_sentence(pattern: str) -> None:
    with pytest.raises(UserError, match=r"^This is not a regular expression: .+\.$"):
        places("text", Wanted(pattern, "pattern"), 9)


LETTERS = "aAbBéÉe\u0301\u0323ßẞİıIiſσςΣ 疫ば가😀👍🏽-_.'\n\u200dשלוָםא\u202bب"
TEXTS = st.text(st.sampled_from(LETTERS), max_size=24)
HOW = st.fixed_dictionaries(dict.fromkeys(("whole", "case", "marks"), st.booleans()))


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))


@given(TEXTS, TEXTS, st.sampled_from(["words", "phrase"]), HOW)
@example("e\u0301", "e", "words", {"whole": False, "case": False, "marks": True})
def test_places_are_whole_letters_and_hold_what_was_wanted(
    text: str, query: str, manner: Manner, how: dict[str, bool]
) -> None:
    wanted = Wanted(query, manner, **how)
    last = 0
    for start, end in places(text, wanted, 999):
        assert 0 <= start < end <= len(text)
        assert end == len(text) or unicodedata.category(text[end]) != "Mn"
        hit = text[start:end]
        if manner == "phrase":
            assert fold(hit).split() == fold(query).split()
            assert start >= last
            last = end
        else:
            terms = [term.literal for term in terms_wanted(wanted)]
            assert any(fold(hit) == fold(one) or words(hit) == words(one) for one in terms)
        if how["case"] and how["marks"] and manner == "phrase":
            same = unicodedata.normalize("NFC", " ".join(hit.split()))
            assert same == unicodedata.normalize("NFC", " ".join(query.split()))


@given(TEXTS, st.data(), HOW)
def test_a_piece_of_a_text_is_found_in_it(text: str, data: st.DataObject, how: dict[str, bool]) -> None:
    """Any stretch of whole letters, without blanks at its ends, is found where it was taken from."""
    edges = [at for at in range(len(text) + 1) if at == len(text) or unicodedata.category(text[at]) != "Mn"]
    start, end = sorted((data.draw(st.sampled_from(edges)), data.draw(st.sampled_from(edges))))
    piece = text[start:end]
    if not fold(piece) or piece != piece.strip() or fold(piece) != fold(piece).strip():
        return
    found_ = places(text, Wanted(piece, "phrase", **{**how, "whole": False}), 999)
    assert any(first <= start < last or start <= first < end for first, last in found_)


@given(st.text(max_size=60))
def test_folding_is_the_same_for_a_text_and_for_its_letters(text: str) -> None:
    assert fold(text) == "".join(map(fold, text))
