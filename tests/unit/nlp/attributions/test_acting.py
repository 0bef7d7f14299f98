"""What somebody does, likes or is asked about is no side; what is held of a plan is."""

from __future__ import annotations

import pytest
from attributions_said import held_sides, stances


@pytest.mark.parametrize(
    "text",
    [
        "Fighters attacked the town.",
        "The gang attacked a man in a red coat.",
        "Local militias are defending the city.",
        "They love whisky.",
        "The ministry agreed to release 150 prisoners.",
        "The law allowed him to leave.",
        "They were questioned by the police.",
        "Reporters asked Kerrin if he would deny the claim.",
        "Kerrin did not say that Quill had agreed to a ceasefire.",
        "Quill will not say whether she backs the plan.",
    ],
)
def test_what_is_done_or_asked_is_no_side(text: str) -> None:
    assert not stances(text)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Quill attacked the plan.", ("Quill", "deny", "the plan")),
        ("Quill defended the budget.", ("Quill", "support", "the budget")),
        ("Kerrin does not see why some reject the plan.", ("some", "deny", "the plan")),
        ("Quill loves the plan.", ("Quill", "support", "the plan")),
        ("Quill questioned the plan.", ("Quill", "question", "the plan")),
        ("Quill agreed with the minister.", ("Quill", "support", "the minister")),
        ("Kerrin said that Quill had rejected the plan.", ("Quill", "deny", "the plan")),
    ],
)
def test_what_is_held_is_a_side(text: str, side: tuple[str, str, str]) -> None:
    assert side in held_sides(text)
