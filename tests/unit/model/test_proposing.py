"""The simple rule that finds who says a claim: own sentences, obvious cases and cases left alone."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from annotator.model.proposing import cue_at, propose
from annotator.model.records import Fragment
from annotator.model.units import TextUnits


def words(text: str, pieces: Iterable[Fragment]) -> str:
    return " … ".join(text[one.start : one.end] for one in pieces)


def found(text: str, at: str) -> tuple[str, str | None, str | None]:
    """Return claim, source and cue proposed with the caret in the words `at`."""
    made = propose(TextUnits(text), text.index(at))
    source, cue = (words(text, [one]) if one is not None else None for one in (made.source, made.cue))
    return words(text, made.claim), source, cue


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("“We give it two weeks,” she said.", "give", ("“We give it two weeks,”", "she", "said")),
        ("“We give it two weeks,” she said.", "she", ("“We give it two weeks,”", "she", "said")),
        (
            "“Begin,” said Harbour Minister Ada Quill in Port Ann.",
            "Begin",
            ("“Begin,”", "Harbour Minister Ada Quill", "said"),
        ),
        ("“Begin,” said the deputy mayor on Monday.", "Begin", ("“Begin,”", "the deputy mayor", "said")),
        (
            "Deputy mayor Ada Quill said that sixty signed up.",
            "sixty",
            ("that sixty signed up", "Deputy mayor Ada Quill", "said"),
        ),
        (
            "The clerk has not said whether he would go.",
            "clerk",
            ("whether he would go", "The clerk", "has not said"),
        ),
        (
            "The port sells ice, according to its annual report.",
            "ice",
            ("The port sells ice", "its annual report", "according to"),
        ),
        ("Quill: “We will not pay.”", "pay", ("“We will not pay.”", "Quill", ":")),
        ("“Yes,” he added, “and soon.”", "soon", ("“Yes,” … “and soon.”", "he", "added")),
    ],
)
def test_obvious_sources_and_cues(text: str, at: str, expected: tuple[str, str, str]) -> None:
    assert found(text, at) == expected


@pytest.mark.parametrize(
    "text",
    ["The library opens at nine.", "“Nothing stands beside this at all”", "It rained. She said so."],
)
def test_nothing_is_made_up(text: str) -> None:
    _, source, cue = found(text, text[:6])
    assert (source, cue) == (None, None)


def test_cues_inside_quotations_are_not_this_claims_cue() -> None:
    text = "“He said no to me and left,” Ada Quill recalled."
    assert found(text, "left") == ("“He said no to me and left,”", "Ada Quill", "recalled")


def test_a_word_at_arms_length_is_no_claim() -> None:
    text = "Quill said that the “deal” was off."
    assert found(text, "off")[0] == "that the “deal” was off"


@pytest.mark.parametrize(
    "text", ["", "\n\n", "”", "said", ": “", "he said, “", "A:", "said said. “ said ” by"]
)
def test_any_text_has_an_answer(text: str) -> None:
    units = TextUnits(text)
    for at in range(len(text) + 1):
        made = propose(units, at)
        for one in (*made.claim, made.source, made.cue):
            assert one is None or 0 <= one.start < one.end <= len(text)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("traffic", "that traffic fell"),
        ("Advocates", "that traffic fell"),
        ("say", "that traffic fell"),
        ("Ann sleeps", "In May Port Ann sleeps"),
        ("waited", "They waited in May"),
    ],
)
def test_a_claim_is_where_the_caret_is_unless_that_says_who_or_how(at: str, expected: str) -> None:
    text = (
        "Advocates of the bypass say that traffic fell. They waited in May, said Ada Quill. "
        "In May Port Ann sleeps, whatever Ada Quill says."
    )
    assert found(text, at)[0] == expected


@pytest.mark.parametrize(
    ("text", "cue"), [("Ann boasts of a new port.", "boasts"), ("Advocates of it met.", "")]
)
def test_a_noun_with_of_is_no_verb(text: str, cue: str) -> None:
    words = cue_at(TextUnits(text), text.index(text.split(" of ", maxsplit=1)[0].rsplit(maxsplit=1)[-1]))
    assert (text[words.start : words.end] if words is not None else "") == cue


def test_other_scripts_are_left_alone() -> None:
    assert found("שר החוץ אמר: “לא נסכים לשום פשרה”", "לא")[1:] == (None, None)
