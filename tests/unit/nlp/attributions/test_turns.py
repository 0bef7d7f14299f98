"""Turns of a transcript, and what a reporter tells behind them in the same paragraph."""

from __future__ import annotations

import pytest
from attributions_said import said

_SPOKEN = "We do not know. The clerks say the gauge is old, and I would not trust it today."


@pytest.mark.parametrize(
    "told",
    [
        "The mayor also asked that farmers leave the valley on Wednesday.",
        "Minister Ivo Kerrin of Orla, a friend of the mayor, noted that the dam was “failing to hold”.",
        "On Saturday the company had withdrawn its figure, saying that a gauge had been misread.",
        "The ministry published its first samples on Thursday evening, and none of them was taken below.",
    ],
)
def test_what_is_told_behind_a_turn_is_no_part_of_it(told: str) -> None:
    assert said(f"ANNA QUILL: {_SPOKEN} {told}", "ANNA QUILL | :").words("claim") == _SPOKEN


@pytest.mark.parametrize(
    "more",
    [
        "That is three people between me and the pipe on Friday, and none of them was asked.",
        "The weather service expects heavy rain on Tuesday, and the river to rise by half a metre.",
        "He was late on Tuesday.",
        "The dam didn’t leak on Tuesday, when the farmers were asked to leave the town.",
        "The dam was old and the pipes that led to the town were far too narrow.",
        "They told the clerks on Monday that the dam was old and had been mended.",
    ],
)
def test_what_somebody_goes_on_to_say_is_a_part_of_it(more: str) -> None:
    assert said(f"ANNA QUILL: {_SPOKEN} {more}", "ANNA QUILL | :").words("claim") == f"{_SPOKEN} {more}"


def test_several_told_sentences_are_left_out_and_the_first_never() -> None:
    told = "The mayor left the town on Wednesday with his wife. The clerk noted that the dam was still dry."
    assert said(f"ANNA QUILL: {_SPOKEN} {told}", "ANNA QUILL | :").words("claim") == _SPOKEN
    assert said(f"ANNA QUILL: {told}", "ANNA QUILL | :").words("claim").startswith("The mayor left the town")


def test_who_is_reported_behind_a_turn_has_a_frame_of_their_own() -> None:
    text = f"ANNA QUILL: {_SPOKEN} Minister Ivo Kerrin of Orla noted that the dam was “failing to hold”."
    found = said(text, "Minister Ivo Kerrin of Orla | noted")
    assert found.linked("parent") is None


@pytest.mark.parametrize("label", ["BYLINE", "BOOM", "ABSTRACT"])
def test_labels_of_pages_do_not_speak(label: str) -> None:
    with pytest.raises(AssertionError, match="is not among"):
        said(f"{label}: Anna Quill of the paper.", f"{label} | :")


def test_a_blank_before_the_colon_is_no_part_of_the_name() -> None:
    assert said("ANNA QUILL : The dam leaks.", "ANNA QUILL | :").words("source") == "ANNA QUILL"
