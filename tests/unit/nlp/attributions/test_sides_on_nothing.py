"""What is no side on anything told: what is done, granted, owned up to; and who answers an accusation."""

from __future__ import annotations

import pytest
from attributions_said import sides

_LEAKS = "Ivo Kerrin said that the dam leaks. "
_RAIN = 6 * "\n\nIvo Kerrin said that it rained." + "\n\n"
_SOLD = ("deny", "Anna Quill of selling the dam")


@pytest.mark.parametrize(
    "text",
    [
        "Anna Quill celebrated her birthday.",
        "Anna Quill is open to more talks.",
        "Anna Quill accepted an award.",
        "Anna Quill agreed to pay for the gate.",
        "Both towns agreed on a date.",
        "The police were questioning a man.",
        "The police questioned her.",
        "Anna Quill would prefer to stay.",
        "Anna Quill could not believe her luck.",
        "Anna Quill complained that the dam leaks.",
        # what nobody told before
        "Anna Quill confirmed that the dam leaks.",
        "Anna Quill agreed that the dam leaks.",
        "Anna Quill does not think the dam leaks.",
        "Anna Quill admitted selling the gate.",
        "Anna Quill acknowledged the need for rain.",
    ],
)
def test_what_is_done_or_granted_is_no_side(text: str) -> None:
    assert sides(text) == []


@pytest.mark.parametrize(
    ("text", "side"),
    [
        (f"{_LEAKS}Anna Quill accepted the claim.", ("support", "that the dam leaks")),
        (f"{_LEAKS}Others echoed those claims.", ("support", "that the dam leaks")),
        ("Ivo Kerrin said the gate leaks. Anna Quill confirmed that the gate is old.",
         ("support", "that the gate is old")),
    ],
)  # fmt: skip
def test_what_takes_up_a_claim_is_a_side(text: str, side: tuple[str, str]) -> None:
    assert sides(text) == [side]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        # far away, and nearer ones that accuse nobody
        (f"A blog accused Anna Quill of selling the dam.{_RAIN}Quill denied the charges.", _SOLD),
        ("Ivo Kerrin said that it rained.\n\nQuill denied the accusations.", ("deny", "the accusations")),
        ("A blog accused Anna Quill, then a clerk, of selling the dam. Quill denied the allegation.",
         ("deny", "Anna Quill, then a clerk, of selling the dam")),
        ("A blog accused Anna Quill of selling the dam. Quill said she had never met the buyers.", _SOLD),
        ("A blog accused Anna Quill of selling the dam. Quill said it was a false allegation.", _SOLD),
    ],
)  # fmt: skip
def test_who_is_accused_answers(text: str, side: tuple[str, str]) -> None:
    assert sides(text) == [side]


def test_what_was_denied_before_is_denied_again() -> None:
    denied = ("deny", "that she had sold the dam")
    text = (
        "Anna Quill denied reports that she had sold the dam. It rained.\n\nRob Orr denied the charges, too."
    )
    assert sides(text) == [denied, denied]


@pytest.mark.parametrize(
    "answer",
    [
        "she would not sell the dam",
        "it had not rained",
        "she did not know whether the dam was hers",
        "she had sold the dam",
    ],
)
def test_not_every_answer_denies_what_somebody_is_accused_of(answer: str) -> None:
    assert sides(f"A blog accused Rob Orr of selling the dam. Anna Quill said {answer}.") == []


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Ivo Kerrin falsely claimed that the dam leaks.", "that the dam leaks"),
        ("Bloggers have wrongly reported that the dam leaks.", "that the dam leaks"),
        (f"{_LEAKS}The report seems to be false.", "that the dam leaks"),
        (f"{_LEAKS}The report has been exposed as a hoax.", "that the dam leaks"),
        (
            f"{_LEAKS}Anna Quill said the reports of a leak were mere Norhaven propaganda.",
            "that the dam leaks",
        ),
    ],
)
def test_what_is_called_false(text: str, target: str) -> None:
    assert sides(text) == [("deny", target)]
