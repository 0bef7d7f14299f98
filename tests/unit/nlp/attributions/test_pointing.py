"""Stances on claims that were told before: "the claim", "it", and a question in the same breath."""

from __future__ import annotations

import pytest
from attributions_said import frames, held_sides, stances

_CLAIM = "that the dam leaks"


_BEFORE = "Ivo Kerrin claimed that the dam leaks. Anna Quill "
_BY_HIM = "by Ivo Kerrin that the dam leaks"
_ASKED = '\n\nAsked about it, Quill said: "Do you know something that I don\'t?"'
_SHE_ASKED = ' "Where does he get that from?" she asked.'


@pytest.mark.parametrize(
    "text",
    [
        f"The mayor, Anna Quill, brushed aside allegations {_BY_HIM}.{_ASKED}",
        f"Anna Quill waved away claims {_BY_HIM}, asking where his evidence was.",
        "Anna Quill dismissed Ivo Kerrin's claim that the dam leaks and questioned it in the same breath.",
        f"Anna Quill on Monday dismissed claims made {_BY_HIM}.{_SHE_ASKED}",
        f"Anna Quill dismissed the man's allegations that the dam leaks as nonsense.{_SHE_ASKED}",
        f"Claims {_BY_HIM} were dismissed by Mayor Anna Quill.{_SHE_ASKED}",
        f'"Who told him that?" Anna Quill said, dismissing a claim {_BY_HIM}.',
        f"{_BEFORE}dismissed the claim and asked who had paid him.",
        f"{_BEFORE}rejected these allegations.\n\n{_SHE_ASKED.strip()}",
    ],
)
def test_a_claim_is_denied_and_questioned(text: str) -> None:
    assert held_sides(text) == [("Anna Quill", "deny", _CLAIM), ("Anna Quill", "question", _CLAIM)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Ivo Kerrin said that the dam leaks. Anna Quill denied it.", ["deny"]),
        ("Ivo Kerrin said that the dam leaks. Anna Quill criticised the report.", ["deny"]),
        ("Ivo Kerrin said that the dam leaks.\n\nAnna Quill doubted the claim.", ["question"]),
        ("Ivo Kerrin said that the dam leaks.\n\nAnna Quill denied it.", ["deny"]),
    ],
)
def test_words_that_point_lead_to_what_another_told_just_before(text: str, values: list[str]) -> None:
    (one,) = stances(text)
    assert held_sides(text) == [("Anna Quill", *values, _CLAIM)]
    assert one.frame.attributes["basis"] == "inferred"
    assert one.frame.score < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Ivo Kerrin said that the dam leaks. Ivo Kerrin denied it.",
        "Ivo Kerrin said that the dam leaks.\n\nA band played. Anna Quill denied it.",
        "Ivo Kerrin said so. Anna Quill denied it.",
        "Anna Quill denied it. Ivo Kerrin said that the dam leaks.",
        "Ivo Kerrin said that the dam leaks. He denied it.",
    ],
)
def test_a_word_that_points_to_nothing_of_another_is_no_stance(text: str) -> None:
    assert stances(text) == []


@pytest.mark.parametrize("words", ["the plan", "the claim to the land beside the old dam", "a claim"])
def test_other_words_are_a_target_of_their_own(words: str) -> None:
    text = f"Ivo Kerrin said that the dam leaks. Anna Quill rejected {words}."
    assert [target for *_, target in held_sides(text)] == [words]


def test_who_asks_in_a_pronoun_is_the_one_who_denied_though_nobody_knows_the_name() -> None:
    text = "The minister rejected a claim by Ivo Kerrin that the dam leaks. “Have you been there?” he asked."
    assert held_sides(text) == [("The minister", "deny", _CLAIM), ("The minister", "question", _CLAIM)]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Quill accused Ivo Kerrin of lying.",
        "The council blamed the farmers for the leak.",
        "Experts suspect that the dam leaks.",
    ],
)
def test_who_accuses_does_not_deny_what_is_said(text: str) -> None:
    assert stances(text) == []
    assert len(list(frames(text))) == 1


def test_of_two_who_are_named_together_each_one_holds_the_stance() -> None:
    text = "The United States and France expressed doubts that the dam leaks."
    assert held_sides(text) == [("United States", "question", _CLAIM), ("France", "question", _CLAIM)]
    assert {one.words("holder_mention") for one in stances(text)} == {"The United States and France"}
