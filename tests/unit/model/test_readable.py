"""Sentences that hold parts of files, or names: never longer than one can read."""

from __future__ import annotations

import pytest

from annotator.model.errors import UserError
from annotator.model.formats import Note, Problem
from annotator.model.listed import listed
from annotator.model.said import Said, readable, say

LONG = "x" * 20_000


def test_of_a_long_text_start_and_end_are_left() -> None:
    assert readable("a" * 600) == "a" * 600
    found = readable("a" * 400 + "b" * 400 + "c" * 200)
    assert found == "a" * 400 + " … " + "c" * 200


@pytest.mark.parametrize(
    "told",
    [
        UserError("{name} is odd; choose another", name=LONG),
        UserError("{name} is odd; choose another", name=ValueError(LONG)),
        UserError(f"{LONG} is odd; choose another"),
        Problem("a.xml", f"{LONG} is odd; choose another", 7, LONG),
        Note("a.xml", f"{LONG} is odd; choose another"),
    ],
)
def test_what_is_told_keeps_its_end(told: object) -> None:
    assert len(str(told)) < 2_100
    assert str(told).endswith("is odd; choose another")


def test_a_sentence_in_a_sentence_is_not_cut_and_can_be_translated() -> None:
    inner = say("{a}, {b}", a="a" * 190, b="b" * 190)
    error = UserError("there are {these}", these=inner)
    assert str(error) == f"there are {inner}"
    assert isinstance(error.args[0], Said)
    assert error.args[0].values["these"] is inner


def test_names_are_listed_in_order_and_never_too_many() -> None:
    assert listed(["b", "a"]) == "a, b"
    assert listed([]) == "none"
    many = listed(f"n{number:02}" for number in range(50))
    assert many.startswith("n00, n01, ")
    assert many.endswith("n19 and 30 more")
    assert len(listed([LONG] * 50)) < 1_300
