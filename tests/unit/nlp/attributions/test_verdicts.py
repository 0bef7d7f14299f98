"""Verdicts of the writer's own, as fact checks and columns have them, and whose claim they are on."""

from __future__ import annotations

import pytest
from attributions_said import frames, held_sides

_LEAKS = "Ivo Kerrin said that the dam leaks. "
_ON = "that the dam leaks"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("That is false.", "deny"),
        ("That's misleading.", "deny"),
        ("But this is simply not true, because it was mended.", "deny"),
        ("It is not the case.", "deny"),
        ("That is true: two engineers saw it.", "support"),
        ("False.", "deny"),
        ("Not so.", "deny"),
        ("That’s not what the report says.", "deny"),
        ("There is no evidence for that.", "deny"),
        ("He is right.", "support"),
        ("Kerrin is mistaken.", "deny"),
        ("Kerrin's claim is wrong.", "deny"),
        ("The claim does not stand up.", "deny"),
        ("The claim holds up.", "support"),
    ],
)
def test_the_writer_judges_what_was_said(words: str, value: str) -> None:
    assert held_sides(f"{_LEAKS}{words}") == [("", value, _ON)]


@pytest.mark.parametrize(
    "words",
    [
        "That is false teeth for you.",
        "That is right for the valley.",
        "It is true that the wall is old.",
        "It is late.",
        "The dam is right behind the hill.",
        "He is right to worry.",
        "There is no evidence in the lake.",
        "False alarms are rare.",
    ],
)
def test_what_goes_on_is_no_verdict(words: str) -> None:
    assert held_sides(f"{_LEAKS}{words}") == []


def test_a_verdict_in_what_somebody_says_is_not_the_writers() -> None:
    assert [who for who, *_ in held_sides(f"{_LEAKS}That is false, Anna Quill said.")] != [""]
    assert held_sides(f"{_LEAKS}“It is old. That is false,” Anna Quill said.") == []


def test_a_verdict_on_what_a_noun_tells_is_on_its_claim() -> None:
    assert held_sides("The mayor's claim that the dam leaks is misleading.") == [("", "deny", _ON)]
    assert held_sides("The mayor's claim that the dam leaks is new.") == []


def test_the_verdict_of_a_fact_check_is_on_what_is_checked() -> None:
    text = (
        "Claim: The dam leaks badly\n\nSpeaker: Ivo Kerrin, on the radio\n\nVerdict: Mostly false\n\n"
        "Anna Quill said that the wall was built in 1910. So the claim is wrong. That is true."
    )
    assert held_sides(text) == [
        ("", "deny", "The dam leaks badly"),
        ("", "deny", "The dam leaks badly"),
        ("", "support", "The dam leaks badly"),
    ]
    assert [one.words("cue") for one in frames(text)] == ["Claim:", "said"]


@pytest.mark.parametrize("words", ["Records from 2012 show otherwise", "A memo tells a different story"])
def test_documents_may_tell_another_story(words: str) -> None:
    assert [(value, on) for _, value, on in held_sides(f"{_LEAKS}{words}.")] == [("deny", _ON)]


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("Gov. Anna Harrow said that the dam leaks.", "the governor's claim"),
        ("The auditor, Helen Brandt, said that the dam leaks.", "the auditor's claim"),
        ("Anna Harrow said that the dam leaks, adding that it was old.", "Harrow's claim"),
    ],
)
def test_who_is_named_by_an_office_is_known_by_it(before: str, words: str) -> None:
    text = f"{before} Ivo Kerrin, 40, dismissed {words}."
    assert [(value, on) for _, value, on in held_sides(text)] == [("deny", _ON)]


def test_an_editor_stands_by_the_report_of_the_paper() -> None:
    text = "Solvane denied a newspaper report that the dam leaks. Its editor stood by the story."
    assert [value for _, value, on in held_sides(text) if on == _ON] == ["deny", "support"]
