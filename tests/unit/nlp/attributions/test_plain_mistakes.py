"""What is no attribution, or not this one: words glued by a dash, another clause, the wrong subject."""

from __future__ import annotations

import pytest
from attributions_said import frames, lines, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No vote is set on the draft resolution and it remained doubtful that the town would pay.",
         {" | it remained doubtful | that the town would pay"}),
        ("A draft that Quill pursued for weeks but the council refused to discuss was lost.",
         {"the council | refused | to discuss"}),
        ("All but two of the farmers said it leaks.", {"All but two of the farmers | said | it leaks"}),
        ("Troops took areas held by opponents of the mayor.", set()),
        ("There is a disagreement with the council on who has to pay.",
         {" | is a disagreement | who has to pay"}),
        ("The mill struck a work agreement with the unions.", set()),
        ("The army was targeting the rebels.", set()),
        ("“We were not asked,” Quill said.", {"Quill | said | “We were not asked,”"}),
        ("Quill said it would be discussed over the next month.",
         {"Quill | said | it would be discussed over the next month"}),
    ],
)  # fmt: skip
def test_only_what_is_said(text: str, expected: set[str]) -> None:
    assert lines(text) == expected


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The farmers had lied-Kerrin refused to accept it.", "Kerrin"),
        ("That was the conclusion-the mayor refused to accept it.", "the mayor"),
        ("The anti-Kerrin group refused to accept it.", "The anti-Kerrin group"),
        ("The then-Mayor Quill refused to accept it.", "The then-Mayor Quill"),
        ("The left-Green council refused to accept it.", "The left-Green council"),
        ("The on-the-job trainee refused to accept it.", "The on-the-job trainee"),
    ],
)
def test_a_dash_that_lost_its_blanks_parts_two_clauses(text: str, source: str) -> None:
    one = next(each for each in frames(text) if each.words("cue") == "refused to accept")
    assert one.words("source") == source


@pytest.mark.parametrize(
    "text",
    [
        "And yet when the farmers lied, Kerrin refused to accept it.",
        "And yet when it rained – the farmers had lied – Kerrin refused to accept it.",
    ],
)
def test_a_clause_of_time_is_not_what_was_said(text: str) -> None:
    assert not any(one.words("claim").startswith(("yet", "when")) for one in frames(text))


@pytest.mark.parametrize(
    ("text", "kind", "type_"),
    [
        ("Quill asked that the gates be shut.", "speech", "demand"),
        ("Quill asked the council to shut the gates.", "speech", "demand"),
        ("Quill asked whether the gates were shut.", "question", "question"),
        ("Quill asked: “Are the gates shut?”", "question", "question"),
    ],
)
def test_who_asks_that_something_be_done_demands_it(text: str, kind: str, type_: str) -> None:
    one = said(text, "Quill | asked")
    assert (one.of("cue", "kind"), one.of("claim", "type")) == (kind, type_)


def test_what_goes_on_behind_a_question_need_not_be_one() -> None:
    text = "“Does it leak?” Quill asked.\n\n“We do not think that it does. We looked at it for a week.”"
    found = next(one for one in frames(text) if one.linked("continues") is not None)
    assert found.of("claim", "type") != "question"


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("The mayor asks farmers who said what.", False),
        ("The paper marks who claims what in its reports.", False),
        ("There were farmers who said what they thought.", True),
        ("There were farmers who said that it leaks.", True),
    ],
)
def test_who_said_what_names_nobody(text: str, is_said: bool) -> None:
    assert any(one.words("source") == "who" for one in frames(text)) == is_said
