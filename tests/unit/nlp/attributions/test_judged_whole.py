"""Sides on claims that are told and judged at once, said again in other words, or confirmed."""

from __future__ import annotations

import pytest
from attributions_said import held_sides, sides, stances

_LEAKS = "Ivo Kerrin claimed that the old dam leaks water. "
_ON = "that the old dam leaks water"


@pytest.mark.parametrize(
    ("text", "value", "target"),
    [
        ("Quill said rumors that the dam leaks are not true.", "deny", "that the dam leaks"),
        ("“Reports that the dam leaks are false,” Ivo Quill said.", "deny", "that the dam leaks"),
        ("Officials say there is no truth to the claim that it leaks.", "deny", "that it leaks"),
        ("Quill said that reports about a leak are entirely unfounded.", "deny", "reports about a leak"),
        ("Quill wrote that suggestions of a sale were “laughable”.", "deny", "suggestions of a sale"),
        ("A spokesman confirmed that claims of a leak are false.", "deny", "claims of a leak"),
        ("Quill said it was not true that the dam leaks.", "deny", "the dam leaks"),
        ("It is untrue that she sold the dam, Quill said.", "deny", "she sold the dam"),
    ],
)
def test_what_others_say_is_told_and_judged_at_once(text: str, value: str, target: str) -> None:
    assert (value, target) in sides(text)


@pytest.mark.parametrize(
    "text",
    [
        "Quill said it is true that the wall is old.",
        "Quill said reports about the leak are due in May.",
        "Quill said that the dam is false in its proportions.",
        "A man saying that the story that has gone round is false was arrested.",
    ],
)
def test_what_judges_nothing_that_was_claimed_is_no_side(text: str) -> None:
    assert not stances(text)


@pytest.mark.parametrize(
    ("words", "who", "value"),
    [
        ("Anna Quill denied that the dam had leaked any water.", "Anna Quill", "deny"),
        ("Anna Quill admitted that the dam leaks water.", "Anna Quill", "support"),
        ("Anna Quill confirmed that the dam does not leak water.", "Anna Quill", "deny"),
        ("Anna Quill said that simply isn’t true.", "Anna Quill", "deny"),
        ("Anna Quill confirmed that there is no truth to the claim.", "Anna Quill", "deny"),
        ("Anna Quill said it was not true that the dam leaks water.", "Anna Quill", "deny"),
        ("“These claims are absolutely, wholly and utterly false,” said Anna Quill.", "Anna Quill", "deny"),
        ("“The claims made by Kerrin are untrue,” said Anna Quill.", "Anna Quill", "deny"),
    ],
)
def test_a_side_is_on_what_another_said_before_in_these_words(words: str, who: str, value: str) -> None:
    assert (who, value, _ON) in held_sides(f"{_LEAKS}{words}")


def test_names_alone_do_not_make_the_same_claim() -> None:
    text = "Rob Hale said that Ivo Kerrin lives in Orla. Anna Quill denied that Ivo Kerrin paid."
    assert sides(text) == [("deny", "that Ivo Kerrin paid")]


@pytest.mark.parametrize(
    "text", ["Quill admitted that it leaks.", "Quill wrote to Kerrin to confirm that it leaks."]
)
def test_what_nobody_said_before_is_admitted_without_a_side(text: str) -> None:
    assert not stances(text)


def test_what_is_admitted_of_anothers_claim_is_a_side_in_part() -> None:
    (one,) = stances(f"{_LEAKS}Anna Quill admitted that the dam leaks water.")
    assert one.frame.attributes == {"value": "support", "strength": "partial", "basis": "inferred"}


@pytest.mark.parametrize(
    "words",
    [
        "Status: False",
        "Analysis: Pure fiction.",
        "Rating: False (see below)",
        "UPDATE: False alarm! It is sound.",
        "It is NOT true.",
        "Not surprisingly, the story turned out to be completely fake.",
        "The claim turned out to be false.",
    ],
)
def test_the_writer_judges_behind_a_label_or_an_adverb(words: str) -> None:
    assert ("", "deny", _ON) in held_sides(f"{_LEAKS}\n\n{words}")


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("A report claiming that the dam leaks is a hoax.", "that the dam leaks"),
        ("A posting claiming a town has been closed is not true.", "a town has been closed"),
        ("There are rumors saying that it leaks, but they've proven not to be true.", "that it leaks"),
        (f"{_LEAKS[:-2]}, but it has since been proven false.", _ON),
    ],
)
def test_the_writer_judges_in_the_same_sentence(text: str, target: str) -> None:
    assert held_sides(text) == [("", "deny", target)]


def test_an_amount_of_money_names_a_figure() -> None:
    text = "Ivo Kerrin claimed that the dam cost $9 million. Quill said that the $9 million figure is false."
    assert sides(text) == [("deny", "that the dam cost $9 million")]


def test_news_that_is_false_is_not_what_says_so_first() -> None:
    text = (
        "Rumors of a sale of the dam are a hoax, Ivo Kerrin said. It rained in Orla.\n\n"
        "Anna Quill said that the news of a sale was premature."
    )
    assert ("Anna Quill", "deny", "Rumors of a sale of the dam are a hoax") not in held_sides(text)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        (
            "Ivo Kerrin said Quill had buried an estimate. Anna Quill insists there is no such estimate.",
            ("Anna Quill", "deny", "Quill had buried an estimate"),
        ),
        (
            f"{_LEAKS}Experts cast doubt on the accuracy of the claim.",
            ("Experts", "question", _ON),
        ),
        (
            "The auditor questioned whether it would last. Anna Quill brushed off the auditor's concerns.",
            ("Anna Quill", "deny", "whether it would last"),
        ),
        (
            "“There are no talks,” Norda said. Analysts took the denial with a pinch of salt.",
            ("Analysts", "question", "“There are no talks,”"),
        ),
        (f"{_LEAKS}Rob Hale refuted that claim to Norda, however.", ("Rob Hale", "deny", _ON)),
        (f"{_LEAKS}Plenty of people doubted the whole thing.", ("Plenty of people", "question", _ON)),
        (f"{_LEAKS}Critics find that hard to swallow.", ("Critics", "question", _ON)),
    ],
)
def test_what_a_side_is_on_is_told_by_its_words(text: str, side: tuple[str, str, str]) -> None:
    assert side in held_sides(text)


def test_nothing_is_said_against_another_thing() -> None:
    text = "Ivo Kerrin said it rained. Anna Quill said there was no such estimate."
    assert not stances(text)
