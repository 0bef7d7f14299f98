"""What ten more invented articles brought: turns, colons, who is named where, what is done by telephone."""

from __future__ import annotations

import pytest
from attributions_said import frames

WHO = [
    (
        "The owner of a mill whose tank broke last month on Monday denied the report.",
        ["The owner of a mill whose tank broke last month | denied | the report"],
    ),
    (
        "At that time local farmers did not confirm the story.",
        ["local farmers | did not confirm | the story"],
    ),
    (
        "Pictures reviewed by CNP appear to show a crack.",
        ["Pictures reviewed by CNP | appear to show | a crack", "CNP | reviewed | Pictures"],
    ),
    (
        "Orla put its weight behind the mayor's claim that it holds.",
        [
            "Orla | put its weight behind | the mayor's claim that it holds",
            "the mayor's | claim | that it holds",
        ],
    ),
    ("(laughs) My lawyer would prefer I left.", ["My lawyer | would prefer | I left"]),
    (
        "Nobody at the mill has explained why it leaks.",
        ["Nobody at the mill | has explained | why it leaks"],
    ),
    (
        "“It leaks,” a farmer who gave her name as Quill said.",
        ["a farmer who gave her name as Quill | said | “It leaks,”"],
    ),
    (
        "Asked by a mother of three why it leaked, the mayor left.",
        ["a mother of three | Asked | why it leaked"],
    ),
    (
        "“It leaks,” said a farmer, who declined to say how he knew.",
        [
            "a farmer, who declined to say how he knew | said | “It leaks,”",
            "who | declined to say | how he knew",
        ],
    ),
    ("One told the Sunday Globe: “It leaks and leaks.”", ["One | told | “It leaks and leaks.”"]),
]
CUES = [
    (
        "The weir was built in May, as Quill has confirmed.",
        ["Quill | has confirmed | The weir was built in May"],
    ),
    ("As Quill explained to a farmer, weirs often leak.", ["Quill | explained | weirs often leak"]),
    (
        "Her daughter begged to differ: “It holds for now.”",
        ["Her daughter | begged to differ: | “It holds for now.”"],
    ),
    ("The gate fell, and the dam broke: “The Weir” sank.", []),
    ("The farmers argue in court papers that it leaks.", ["The farmers | argue | that it leaks"]),
    ("Orla stands by the plan.", ["Orla | stands by | the plan"]),
    ("Quill refused to be drawn on the cost.", ["Quill | refused to be drawn | on the cost"]),
    ("Police put the number at four.", ["Police | put | the number at four"]),
    ("Quill did not rule out that it leaks.", ["Quill | did not rule out | that it leaks"]),
]
TELEPHONED = [
    ("They called the fire department at noon.", []),
    ("Quill called her on Monday.", []),
    ("Quill called her a liar.", ["Quill | called | her a liar"]),
    ("Quill called the police a danger.", ["Quill | called | the police a danger"]),
]


@pytest.mark.parametrize(("text", "expected"), [*WHO, *CUES, *TELEPHONED])
def test_more_fresh_news(text: str, expected: list[str]) -> None:
    assert {one.line for one in frames(text)} == set(expected)


def test_questions_of_an_interview_are_turns() -> None:
    text = "The weir\n\nWe met Quill at home.\n\nQ: Does the weir leak?\n\nA: Not much, I think."
    lines = [one.line for one in frames(text)]
    assert "Q | : | Does the weir leak?" in lines
    assert "A | : | Not much, I think." in lines


def test_a_headline_ends_with_who_vows() -> None:
    lines = [one.line for one in frames("Weir to close ‘over my dead body’, vows farmer\n\nIt rained.")]
    assert lines == ["farmer | vows | Weir to close ‘over my dead body’"]


def test_who_does_not_rule_out_takes_no_side() -> None:
    assert list(frames("Quill did not rule out new cuts.", "STANCE")) == []
    assert [one.line for one in frames("Quill ruled out new cuts.", "STANCE")] != []
