"""Stances led back to what another one told before: by nouns, by judgements, by the opposite words."""

from __future__ import annotations

import pytest
from attributions_said import frames, sides, stances

_LEAKS = "Ivo Kerrin said that the dam leaks. "
_BOTH = f"{_LEAKS}Rob Hale said that it rained. "


@pytest.mark.parametrize(
    ("text", "value", "target"),
    [
        # whose it is
        (f"{_BOTH}Anna Quill rejected Kerrin's account.", "deny", "that the dam leaks"),
        (f"{_BOTH}Anna Quill rejected the claim made by Ivo Kerrin.", "deny", "that the dam leaks"),
        (
            "The ministry claimed that the dam leaks. Hale said so. Quill doubted the ministry’s version.",
            "question",
            "that the dam leaks",
        ),
        # what the noun may name
        (
            (
                "Ivo Kerrin warned that the dam would break. Rob Hale said that it rained. "
                "Anna Quill rejected his warning."
            ),
            "deny",
            "that the dam would break",
        ),
        (
            "Ivo Kerrin put the crowd at 20,000. Rob Hale said that it rained. Quill disputed the figure.",
            "deny",
            "the crowd at 20,000",
        ),
        ("Ivo Kerrin called for a new dam there. Anna Quill echoed the call.", "support", "a new dam there"),
        # what it is about
        (
            (
                "Ivo Kerrin said that the gate leaks. Rob Hale said that it rained. "
                "Anna Quill doubted the theory of a leaking gate."
            ),
            "question",
            "that the gate leaks",
        ),
        # another form of a word
        ("“We are confident,” Kerrin said. Quill mocked that confidence.", "deny", "“We are confident,”"),
        # whose side it is
        (f"{_BOTH}Anna Quill sided with Kerrin.", "support", "that the dam leaks"),
        # their own
        (f"{_LEAKS}Quill said it rained. Ivo Kerrin stood by his claim.", "support", "that the dam leaks"),
        # over the end of a paragraph, with what says more about it
        (f"{_LEAKS}\n\nAnna Quill dismissed the claim as nonsense.", "deny", "that the dam leaks"),
        ("There are rumours that it leaks. Anna Quill denied the rumours.", "deny", "that it leaks"),
        (f"{_LEAKS}Witness accounts are at odds with that claim.", "deny", "that the dam leaks"),
        (f"{_LEAKS}Photographs contradict that statement.", "deny", "that the dam leaks"),
        (f"{_LEAKS}Anna Quill rejected those analyses.", "deny", "that the dam leaks"),
    ],
)  # fmt: skip
def test_words_that_take_up_a_claim_lead_to_it(text: str, value: str, target: str) -> None:
    (one,) = stances(text)
    assert (one.frame.attributes["value"], one.words("target")) == (value, target)
    assert one.frame.attributes["basis"] == "inferred"
    assert one.frame.score < 0.5
    assert "perhaps what is told before" in one.frame.reason


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"{_LEAKS}Anna Quill called the claim a lie.", "deny"),
        (f"{_LEAKS}Anna Quill called that nonsense.", "deny"),
        (f"{_LEAKS}Anna Quill dismissed it as a lie.", "deny"),
        (f"{_LEAKS}“There is no truth in these claims,” Anna Quill said.", "deny"),
        (f"{_LEAKS}Anna Quill said there was little evidence to support the claim.", "deny"),
        (f"{_LEAKS}Anna Quill described Kerrin's claim as “pure fantasy”.", "deny"),
        (f"{_LEAKS}Anna Quill said the claim was baseless.", "deny"),
        (f"{_LEAKS}Anna Quill said there was no evidence for that.", "deny"),
        (f"{_LEAKS}Anna Quill said his claim was not true.", "deny"),
        (f"{_LEAKS}Anna Quill said Kerrin's claim was correct.", "support"),
        (f"{_LEAKS}Anna Quill called the claim dubious.", "question"),
        (f"{_LEAKS}“Nonsense,” said Anna Quill.", "deny"),
        (f"{_LEAKS}That's false, Anna Quill told the paper.", "deny"),
        (f"{_LEAKS}Anna Quill says that’s not true.", "deny"),
        (f"{_LEAKS}Anna Quill said he was simply wrong.", "deny"),
        (f"{_LEAKS}We called the claim false.", "deny"),
        (f"{_LEAKS}The ministry denied the allegation.", "deny"),
        (f"{_LEAKS}That claim is misleading, according to engineers.", "deny"),
        (f"{_LEAKS}\n\n“No, that is simply not true,” Anna Quill said.", "deny"),
        (f"{_LEAKS}“He is wrong,” Anna Quill said.", "deny"),
        (f"{_LEAKS}“Kerrin is right,” Anna Quill said.", "support"),
    ],
)
def test_a_judgement_on_a_claim_is_a_stance_on_it(text: str, value: str) -> None:
    assert sides(text) == [(value, "that the dam leaks")]


@pytest.mark.parametrize(
    ("text", "value", "target"),
    [
        ("Hale was at the gate, Kerrin said. Hale was not there, said Lee.", "deny", "Hale was at the gate"),
        ("Kerrin said it was cut in May. Quill said it had never been cut.", "deny", "it was cut in May"),
        ("Ivo Kerrin said the dam is full. Anna Quill said the dam is full.", "support", "the dam is full"),
        (f"{_LEAKS}Anna Quill said it did not.", "deny", "that the dam leaks"),
        (f"{_LEAKS}Anna Quill insisted that it does.", "support", "that the dam leaks"),
        (f"{_LEAKS}Anna Quill said it was nothing of the sort.", "deny", "that the dam leaks"),
        ("Ivo Kerrin said it does not leak. Anna Quill said it does.", "deny", "it does not leak"),
        (f"{_LEAKS}Nobody has seen water, countered Anna Quill.", "deny", "that the dam leaks"),
        ("Kerrin said it had saved lives. “Saved from what?” asked Quill.", "question", "it had saved lives"),
    ],
)  # fmt: skip
def test_who_says_the_opposite_or_the_same_takes_a_side(text: str, value: str, target: str) -> None:
    (one,) = stances(text)
    assert (one.frame.attributes["value"], one.words("target")) == (value, target)
    assert one.frame.score < 0.5
    assert not one.words("expression")


@pytest.mark.parametrize(
    "text",
    [
        f"{_LEAKS}Anna Quill said that it had rained.",
        f"{_LEAKS}Ivo Kerrin called the claim a lie.",
        f"{_LEAKS}Anna Quill called the mayor a liar.",
        f"{_LEAKS}Anna Quill said it was wrong to build there.",
        f"{_LEAKS}“Nonsense aside, we will look,” said Anna Quill.",
        f"{_LEAKS}Anna Quill said the dam was not built in May.",
        "Ivo Kerrin said the dam was full. Anna Quill said the dam was new.",
        "The story was a lie. Anna Quill said the dam was new.",
        f"{_LEAKS}“Why not?” asked Anna Quill.",
        "Ivo Kerrin said this gate leaks. “Is this a joke?” asked Anna Quill.",
        "Ivo Kerrin said it was his gate that had leaked. “Was it always his?” asked Anna Quill.",
        f"{_LEAKS}Her office would neither confirm nor deny a visit.",
        f"{_LEAKS}Anna Quill has yet to support the report.",
        f"{_LEAKS}Anna Quill said he was wrong for the post.",
        f"{_LEAKS}Anna Quill said that was wrong to build.",
        f"{_LEAKS}Anna Quill said he was tired.",
        "Norhaven said that the ship sank. The company denied it.",
        "Ivo Kerrin did not say that the dam leaks. Anna Quill denied it.",
        "“Show us the dam,” Anna Quill challenged.",
        f"{_LEAKS}It is a leap that the evidence does not support.",
        # the same words, but neither denied nor all of it
        "Hale said ferns grow in the palace garden. Quill said its ferns are not used in the palace garden.",
        (
            "Kerrin said the real test of whose grain sells at fixed prices comes in a weak market this "
            "autumn, when bread and beer are dear. Quill said he would never sell below fixed prices."
        ),
    ],
)
def test_what_judges_no_claim_of_another_is_no_stance(text: str) -> None:
    assert sides(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{_LEAKS}Anna Quill disputed the figure.", "the figure"),
        (f"{_LEAKS}Anna Quill rejected Rob Hale's claim.", "Rob Hale's claim"),
        (f"{_LEAKS}Anna Quill rejected the proposal.", "the proposal"),
        (f"{_LEAKS}Anna Quill criticised the story of her uncle.", "the story of her uncle"),
        (f"{_LEAKS}Anna Quill opposed the dam.", "the dam"),
        (f"{_LEAKS}Anna Quill stood by the claim.", "the claim"),
        (f"{_LEAKS}Anna Quill disputed the origin of the reports.", "the origin of the reports"),
        (f"{_LEAKS}It rained. It snowed. It froze. Anna Quill criticised the statement.", "the statement"),
        (f"{_LEAKS}\n\nIt rained.\n\nIt snowed.\n\nAnna Quill criticised the statement.", "the statement"),
    ],
)
def test_what_cannot_be_led_back_stays_words(text: str, words: str) -> None:
    assert [target for _, target in sides(text)] == [words]


def test_a_reason_shows_whole_words() -> None:
    (one,) = stances("Ivo Kerrin said the crisis had ended. “Which crisis?” asked Anna Quill.")
    assert one.frame.reason == "asks back about “crisis”, said just before"


def test_a_claim_that_only_points_is_followed_to_what_it_means() -> None:
    text = f"{_LEAKS}Rob Hale dismissed the report. Anna Quill called it “a fairytale”."
    assert sides(text) == [("deny", "that the dam leaks")] * 2


def test_who_neither_confirms_nor_denies_a_claim_is_neutral() -> None:
    text = f"{_LEAKS}Anna Quill would neither confirm nor deny the report. Rob Hale later confirmed it."
    assert sides(text) == [("neutral", "that the dam leaks"), ("support", "that the dam leaks")]


def test_who_rejects_suggestions_of_nobody_denies_what_they_say() -> None:
    text = "Anna Quill rejected suggestions that the dam leaks and denied claims that the gate was open."
    assert sides(text) == [("deny", "that the dam leaks"), ("deny", "that the gate was open")]


def test_a_relative_clause_denies_what_it_belongs_to() -> None:
    (one,) = stances("Ivo Kerrin said that the dam leaks, which Anna Quill denied.")
    assert one.words("target").startswith("that the dam leaks")
    (one,) = stances("Ivo Kerrin said that the dam leaks, an allegation the ministry denied.")
    assert one.words("target").startswith("that the dam leaks")
    assert stances("The dam leaks, which Anna Quill denied.") == []


def test_the_question_of_another_one_is_none_about_a_claim_that_somebody_opposed() -> None:
    text = f"{_LEAKS}The farmers denied it. “Have you seen the river?” asked a woman in Orla."
    assert sides(text) == [("deny", "that the dam leaks")]


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        (f"{_LEAKS}Anna Quill agreed.", "support", "agreed"),
        (f"{_LEAKS}\n\nAnna Quill strongly disagreed, pointing to the wall.", "deny", "strongly disagreed"),
        (f"{_LEAKS}Anna Quill did not agree.", "deny", "did not agree"),
        (f"{_LEAKS}The mayor of Orla begged to differ.", "deny", "begged to differ"),
        (f"{_LEAKS}Others were not so sure.", "question", "were not so sure"),
        (f"{_LEAKS}Anna Quill remained sceptical: the wall was new.", "question", "remained sceptical"),
    ],
)
def test_a_side_without_a_word_on_what_is_on_what_was_told_just_before(
    text: str, value: str, words: str
) -> None:
    (one,) = stances(text)
    assert (one.frame.attributes["value"], one.words("target")) == (value, "that the dam leaks")
    assert (one.words("expression"), one.frame.score) == (words, 0.45)
    assert all(words not in found.line for found in frames(text))


@pytest.mark.parametrize(
    "text",
    [
        "Anna Quill agreed.",
        f"{_LEAKS}Both sides agreed.",
        f"{_LEAKS}It snowed. It froze. Anna Quill agreed.",
        f"{_LEAKS}Anna Quill was convinced.",
        f"{_LEAKS}Anna Quill was sure, and left.",
        f"{_LEAKS}It is not certain.",
        f"{_LEAKS}Anna Quill dismissed them.",
    ],
)
def test_who_agrees_with_nobody_takes_no_side(text: str) -> None:
    assert sides(text) == []


def test_them_are_claims_that_a_noun_told() -> None:
    text = f"{_LEAKS}Anna Quill heard rumours that the gate was open. Rob Hale denied them."
    assert ("deny", "that the gate was open") in sides(text)
