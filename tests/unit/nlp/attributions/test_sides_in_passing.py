"""Sides in passing: in a later sentence of a quotation, by who errs or lies, by who says nothing."""

from __future__ import annotations

import pytest
from attributions_said import sides

_LEAKS = "Ivo Kerrin said that the dam leaks.\n\n"
_BLAMED = "Ivo Kerrin accused the council of hiding the leak.\n\n"
_DAM = "that the dam leaks"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("“I completely agree,” Anna Quill said.", "support"),
        ("“We strongly disagree,” Anna Quill said.", "deny"),
        ("“I don't agree with that at all,” said Anna Quill.", "deny"),
        ("“We have looked. These claims are untrue,” said Anna Quill.", "deny"),
        ("“He is tired,” said Anna Quill. “There is no truth to the report.”", "deny"),
        ("Anna Quill said there was “no truth in” the claims.", "deny"),
        ("“We strongly deny these allegations,” said Anna Quill.", "deny"),
        ("Anna Quill said the dam was not leaking.", "deny"),
        ("Anna Quill said Kerrin had misunderstood.", "deny"),
        ("Anna Quill accused Kerrin of lying.", "deny"),
        ("Anna Quill called him a liar.", "deny"),
        ("That claim has been debunked.", "deny"),
        ("Anna Quill determined that the claim is false.", "deny"),
        ("Contrary to the claim, the dam is dry.", "deny"),
        ("Scientists cast doubt over the claim.", "question"),
        ("Anna Quill refused to confirm the report.", "neutral"),
        ("Anna Quill declined to comment on the report.", "neutral"),
        ("Anna Quill has not commented on the claim.", "neutral"),
    ],
)
def test_a_side_in_passing(words: str, value: str) -> None:
    assert sides(_LEAKS + words) == [(value, _DAM)]


@pytest.mark.parametrize(
    "words",
    [
        "“We have looked. The gates are untrue,” said Anna Quill.",
        "Anna Quill accused Kerrin of driving too fast.",
        "Anna Quill called Rob Orr a liar.",
        "Both sides disagree on how it should be mended.",
        "They differ over the price.",
        "Anna Quill declined to comment.",
        "Anna Quill has not commented on the weather.",
    ],
)
def test_no_side_in_passing(words: str) -> None:
    assert sides(_LEAKS + words) == []


@pytest.mark.parametrize(
    "answer",
    [
        "The council said it had hidden nothing from them; it was not true.",
        "“We have never hidden anything,” the council said.",
        "“That's not the way we work,” the council said.",
    ],
)
def test_the_accused_answer_for_themselves(answer: str) -> None:
    assert sides(_BLAMED + answer) == [("deny", "the council of hiding the leak")]


def test_what_was_named_as_it_was_denied_is_called_by_another_noun() -> None:
    text = "Anna Quill denied allegations of theft. She described the claims as “false and evil”."
    assert sides(text) == [("deny", "allegations of theft")] * 2
