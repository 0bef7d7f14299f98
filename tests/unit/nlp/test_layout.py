"""Where capitals say nothing: sentence starts, headlines, shouting."""

from __future__ import annotations

import pytest

from annotator.nlp.layout import layout
from annotator.nlp.lexicons import lexicon
from annotator.nlp.tokens import blank_pipeline, tokens_of


def tokenise(text, language="en"):
    return tokens_of(blank_pipeline(language).tokenizer(text))


def _marked(text, kind):
    tokens = tokenise(text)
    flags = getattr(layout(tokens, lexicon()), kind)
    return [word for word, flag in zip(tokens.words, flags, strict=True) if flag and word[0].isalnum()]


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        (
            "One two. Three four! “Five six,” he said. Seven: eight",
            ["One", "Three", "Five", "he", "Seven", "eight"],
        ),
        ("He met J. Smith of the U.S. Army", ["He"]),
        ("one\ntwo\u2028three", ["one", "two"]),
        ("US-led force", ["US"]),
        ("well - Then", ["well", "Then"]),
    ],
)
def test_openings(text, opening):
    assert _marked(text, "opening") == opening


@pytest.mark.parametrize(
    ("text", "is_headline"),
    [
        ("Senate Passes Budget After Long Debate", True),
        ("Senate passes budget after long debate", False),
        ("Why Voters Are Angry at the Mayor", True),
        ("The New York Times said Tuesday that talks failed.", False),
        ("Carole Landers", False),
        ("(Reporting by Anna Berg and Carl Brandt; Editing by Peter Hall)", False),
        ("Prime Minister Anna Berg met Chancellor Carl Brandt.", False),
    ],
)
def test_headlines(text, is_headline):
    assert bool(_marked(text, "headline")) is is_headline


@pytest.mark.parametrize(
    ("text", "shouted"),
    [
        ("SENIOR OFFICIAL: We agree", ["SENIOR", "OFFICIAL"]),
        ("the FBI and CIA said", []),
        ("the US EU NATO pact", []),
        ("VOTE NOW\nIT IS TIME", ["VOTE", "NOW", "IT", "IS", "TIME"]),
    ],
)
def test_shouting(text, shouted):
    assert _marked(text, "shouted") == shouted


def test_small_words_of_the_text_are_known():
    tokens = tokenise("Rose rose.")
    assert layout(tokens, lexicon()).small == {"rose"}
