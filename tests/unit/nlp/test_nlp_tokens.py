"""Tokens: our rules beside spaCy's, exact offsets, and no stretch that takes spaCy minutes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.nlp import tokens as tokens_module
from annotator.nlp.tokens import LONGEST_CHUNK, GuardedTokenizer, Tokens, blank_pipeline, cut, tokens_of


def tokenise(text, language="en"):
    return tokens_of(blank_pipeline(language).tokenizer(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("U.S.-led", ["U.S.", "-", "led"]),
        ("US- and Turkish-backed", ["US", "-", "and", "Turkish", "-", "backed"]),
        ("word—word", ["word", "—", "word"]),
        ("al-Assad's", ["al", "-", "Assad", "'s"]),
        ("(AP)—Mr. X", ["(", "AP", ")", "—", "Mr.", "X"]),
        ("Photo/Hana", ["Photo", "/", "Hana"]),
        ("20-year-old", ["20", "-", "year", "-", "old"]),
        ("don’t", ["do", "n’t"]),
    ],
)
def test_words_split_where_a_label_may_end(text, words):
    assert tokenise(text).words == words


@given(
    st.text(st.sampled_from("ab .,-()\"'’—\n\t\u2028😀e\u0301م"), max_size=60), st.sampled_from(["en", "xx"])
)
def test_offsets_are_those_of_the_text_and_nothing_but_blanks_is_left_out(text, language):
    tokens = tokenise(text, language)
    assert tokens_of(blank_pipeline(language).tokenizer(text), text) == tokens
    rest, at = "", 0
    for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
        assert text[start:end] == word
        rest += text[at:start]
        at = end
    assert (rest + text[at:]).strip() == ""


@pytest.mark.parametrize("mark", ["(", '"', "[", "a", "(a", "…", "😀"])
def test_spacy_never_sees_a_stretch_that_takes_it_minutes(mark):
    """T-67."""
    inner = blank_pipeline("en").tokenizer._inner
    seen = []

    def spy(text):
        seen.append(max(map(len, text.split()), default=0))
        return inner(text)

    spy.vocab = inner.vocab
    text = f"Before. {mark * 50_000} after.\n{mark * 300}  x"
    doc = GuardedTokenizer(spy)(text)
    assert doc.text == text
    assert max(seen) <= LONGEST_CHUNK


def test_more_than_a_million_characters_pass_through_the_pipeline():
    text = "Some words here. " * 60_000
    doc = blank_pipeline("en")(text)
    assert len(doc.text) == len(text) > 1_000_000


def test_an_unknown_language_is_cut_by_the_common_rules():
    assert blank_pipeline("nosuch").lang == blank_pipeline("").lang == "xx"


_STRETCH = st.sampled_from(
    ["Mr.", "U.S.-led", "cannot", "Cant", "don’t", "(AP)—Mr.", ":)", "a.m.", "''60", "$3.4bn", "“word,”", "'"]
) | st.text("aB.,-'’)\u00e9\u0301😀1", min_size=1, max_size=8)


def by_stretches(text, language):
    """Return the tokens of each stretch between blanks by itself."""
    found = Tokens(text, [], [], [])
    at = 0
    for stretch in text.split():
        at = text.index(stretch, at)
        one = tokenise(stretch, language)
        found.words.extend(one.words)
        found.starts.extend(at + start for start in one.starts)
        found.ends.extend(at + end for end in one.ends)
        at += len(stretch)
    return found


@given(
    st.lists(st.tuples(_STRETCH, st.sampled_from([" ", "\n", "  ", "\u2028", "\xa0"])), max_size=12),
    st.sampled_from(["en", "xx", "de"]),
)
def test_a_text_is_cut_as_its_stretches_are(parts, language):
    text = "".join(stretch + blank for stretch, blank in parts)
    wanted = by_stretches(text, language)
    assert cut(text, language) == wanted
    assert cut(text, language) == wanted


def test_a_long_stretch_is_cut_without_spacy():
    text = f"Before. {'(a' * 50_000} after.\n{'a' * 300}"
    assert cut(text, "en") == tokenise(text)


def test_what_is_known_does_not_grow_for_ever(monkeypatch):
    known = tokens_module._chunks("en")
    known.clear()
    monkeypatch.setattr(tokens_module, "_MOST_KNOWN", 40)
    for number in range(30):
        text = " ".join(f"U.S.-{number} word{step}. the" for step in range(4))
        assert cut(text, "en") == by_stretches(text, "en")
        assert len(known) <= 40


def test_a_language_with_a_tokenizer_of_its_own_is_left_to_it(monkeypatch):
    monkeypatch.setattr(tokens_module, "_chunks", lambda language: None)
    assert cut("Mr. X don’t", "en") == tokenise("Mr. X don’t")


def test_spacy_is_asked_once_for_what_stands_again(monkeypatch):
    known = tokens_module._chunks("en")
    known.clear()
    known._marks.clear()
    asked = []
    real = known._cut
    monkeypatch.setattr(known, "_cut", lambda text: asked.append(text) or real(text))
    for _ in range(3):
        cut("The U.S.-led talks, the U.S.-led talks, and the 20 rest, Mr.", "en")
        cut("the dam, then (Orla, here) and the bridge, cant, too", "en")
    assert asked == ["word,", "U.S.-led\n20\nMr.", "(word,", "word)", "cant,"]


@pytest.mark.parametrize("opening", ["", '"', "“", "(", "(“"])
@pytest.mark.parametrize("language", ["en", "xx", "de"])
def test_marks_around_a_word_are_cut_as_around_any_other(opening, language):
    words = ["a", "Quill", "café", "cannot", "dont", "etc", "Mr", "Jan", "Straße", "Écu", "US", "xD", "été"]
    closings = ["", ",", ".", '."', ".”", ",”", "?", "!)", "”.", ":", "...", '",']
    text = " ".join(f"{opening}{word}{closing}" for word in words for closing in closings)
    assert cut(text, language) == by_stretches(text, language)
