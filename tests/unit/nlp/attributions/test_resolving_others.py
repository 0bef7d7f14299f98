"""Pronouns and offices that mean others: not who speaks the quotation, nor who holds another office."""

from __future__ import annotations

import pytest

from tests.unit.nlp.attributions.test_resolving import actors


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "“She saw me and she said that she could live with it,” Dale Kittredge told reporters.",
            "she",
        ),
        ("“He said that it leaks,” Otto Kranz told reporters.", "He"),
    ],
)
def test_the_speaker_of_a_quotation_is_not_who_is_spoken_of_in_it(text: str, source: str) -> None:
    found = actors(text)
    assert any(words == source for words, _ in found)
    speaker = found[-1][1]
    assert all(actor != speaker for words, actor in found if words == source)


def test_the_speaker_says_i_of_oneself() -> None:
    assert ("I", "Otto Kranz") in actors("“I said that it leaks,” Otto Kranz told reporters.")


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("The energy minister", ""),
        ("The minister", "Duarte Falco"),
        ("The Portuguese minister", "Duarte Falco"),
        ("The prime minister", "Duarte Falco"),
    ],
)
def test_a_minister_is_not_another_minister(words: str, who: str) -> None:
    text = f"It rained.\n\nPrime Minister Duarte Falco said that it rains. {words} said that it leaks."
    assert (words, who) in actors(text)


def test_an_unnamed_predecessor_may_be_meant() -> None:
    text = (
        "Otto Kranz said that it leaks. His former adviser said that it holds. He said that nobody had asked."
    )
    assert ("He", "Otto Kranz") not in actors(text)


def test_who_acts_before_a_pronoun_is_meant_though_nobody_spoke_before() -> None:
    text = "Otto Kranz also won the backing of farmers, as he sought to win. “It is ours,” Kranz said."
    assert ("he", "Otto Kranz") in actors(text)
