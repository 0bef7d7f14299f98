"""Sides on what was told some way before: what somebody will do about it, whose side, what changes."""

from __future__ import annotations

import pytest
from attributions_said import sides

_LEAKS = "Ivo Kerrin said that the dam leaks. "
_RISES = "Ivo Kerrin announced that the levy would rise by 4p. "
_ON = "that the dam leaks"
_UP = "that the levy would rise by 4p"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("pledged to reverse it", "deny"),
        ("vowed to fight the increase", "deny"),
        ("promised to support it", "support"),
        ("attacked the rise as theft", "deny"),
        ("is opposed to the increase", "deny"),
        ("said it was long overdue", "support"),
        ("said it was a disaster", "deny"),
        ("is in favour", "support"),
        ("has reservations", "question"),
    ],
)
def test_a_side_on_what_is_to_change(words: str, value: str) -> None:
    assert sides(f"{_RISES}Anna Quill {words}.") == [(value, _UP)]


@pytest.mark.parametrize("words", ["vowed to fight the fire", "pledged to stop the flood", "praised the cut"])
def test_what_was_not_announced_is_not_meant(words: str) -> None:
    assert _UP not in [target for _, target in sides(f"{_RISES}Anna Quill {words}.")]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("said nothing could be further from the truth", "deny"),
        ("said that was right", "support"),
        ("thought Kerrin was exaggerating", "deny"),
        ("said Kerrin was right", "support"),
        ("came to his defence", "support"),
        ("has taken Kerrin's side", "support"),
        ("dismissed Mr. Kerrin's claim", "deny"),
    ],
)
def test_a_side_on_what_was_said(words: str, value: str) -> None:
    assert sides(f"{_LEAKS}Anna Quill {words}.") == [(value, _ON)]


@pytest.mark.parametrize(
    "words",
    [
        "said it was unlikely Kerrin had left",
        "said it was a disaster",
        "said it was right to wait",
        "took Kerrin's side door",
        "came to his house",
        "said the wall was wrong",
        "is in favour of cake",
    ],
)
def test_what_is_only_alike_is_no_side_on_it(words: str) -> None:
    assert _ON not in [target for _, target in sides(f"{_LEAKS}Anna Quill {words}.")]


def test_who_refuses_does_not_do_what_is_demanded() -> None:
    assert sides("Anna Quill demanded an apology. Kerrin refused.") == [("deny", "an apology")]
    assert sides("Anna Quill said that it rains. Kerrin refused.") == []


def test_this_claim_is_the_one_just_before() -> None:
    text = (
        "Anna Quill accused Ivo Kerrin of lying. She went on to say that costs fell. This claim falls apart."
    )
    assert sides(text) == [("deny", "that costs fell")]


def test_who_is_named_only_behind_who_is_not_meant() -> None:
    text = "Senator Orr, who backs Kerrin, said that the dam leaks. Anna Quill dismissed Kerrin's claim."
    assert _ON not in [target for value, target in sides(text) if value == "deny"]
