"""Tokens: our rules beside spaCy's, exact offsets, and no stretch that takes spaCy minutes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.nlp.tokens import LONGEST_CHUNK, GuardedTokenizer, blank_pipeline, tokens_of


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
