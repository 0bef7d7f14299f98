"""Where sources stand, by their words: own sentences, and the two articles the project was made for."""

from __future__ import annotations

import pytest
from attributions_said import frames, holder, stances
from shared_data import DATA

_SEEDS = DATA / "seeds"


@pytest.mark.parametrize(
    ("text", "expected", "target"),
    [
        ("Quill denied that the dam leaks.", ("deny", "full", "explicit"), "that the dam leaks"),
        ("Quill doubted that the dam leaks.", ("question", "full", "explicit"), "that the dam leaks"),
        ("Quill questioned whether it leaks.", ("question", "full", "explicit"), "whether it leaks"),
        ("Quill criticised the plan.", ("deny", "full", "explicit"), "the plan"),
        ("Quill endorsed the plan.", ("support", "full", "explicit"), "the plan"),
        ("Quill admitted to the charge.", ("support", "partial", "explicit"), "the charge"),
        ("Quill did not deny that it leaks.", ("support", "partial", "inferred"), "that it leaks"),
        ("Quill may reject the plan.", ("deny", "partial", "explicit"), "the plan"),
        ("Quill expressed doubts about the plan.", ("question", "full", "explicit"), "the plan"),
    ],
)
def test_values(text: str, expected: tuple[str, str, str], target: str) -> None:
    (one,) = stances(text)
    found = one.frame.attributes
    assert (found["value"], found["strength"], found["basis"]) == expected
    assert (one.words("target"), one.words("holder_mention"), holder(one)) == (target, "Quill", "Quill")


def test_what_is_only_said_is_no_stance() -> None:
    assert stances("Quill said that the dam leaks.") == []


def test_a_dismissed_claim_of_another_is_two_records() -> None:
    text = "Mayor Anna Quill dismissed claims by Ivo Kerrin that the dam leaks."
    (one,) = stances(text)
    assert (one.frame.attributes["value"], one.words("target")) == ("deny", "that the dam leaks")
    assert (holder(one), one.words("expression")) == ("Anna Quill", "dismissed")
    lines = [other.line for other in frames(text)]
    assert "Ivo Kerrin | claims by | that the dam leaks" in lines
    assert any(line.startswith("Mayor Anna Quill | dismissed | claims by Ivo Kerrin") for line in lines)


def test_one_who_denies_may_question_in_the_same_breath() -> None:
    text = (
        "Mayor Anna Quill dismissed claims by Ivo Kerrin that the dam leaks.\n\n"
        "Asked about the report, Quill said: “You call that a fact. Have you been there at all?”"
    )
    first, second = stances(text)
    assert [one.frame.attributes["value"] for one in (first, second)] == ["deny", "question"]
    assert first.words("target") == second.words("target") == "that the dam leaks"
    assert holder(first) == holder(second) == "Anna Quill"
    assert second.frame.attributes["basis"] == "inferred"


def test_a_question_of_somebody_else_is_no_stance_on_it() -> None:
    text = (
        "Mayor Anna Quill dismissed claims by Ivo Kerrin that the dam leaks.\n\n"
        "Ivo Kerrin said: “Has she ever been to the dam?”"
    )
    assert len(stances(text)) == 1


@pytest.mark.skipif(not _SEEDS.is_dir(), reason="the two seed articles are not there")
def test_the_minister_denies_and_questions_the_claim_of_the_senator() -> None:
    text = next(_SEEDS.glob("003_*.txt")).read_text(encoding="utf-8")
    on_it = [one for one in stances(text) if one.words("target").startswith("that Russian warplanes hit")]
    assert [one.frame.attributes["value"] for one in on_it] == ["deny", "question"]
    assert {holder(one) for one in on_it} <= {"Sergei Lavrov", "Sergey Lavrov"}
    assert any(
        one.line.startswith("US Senator John McCain | claims by | that Russian") for one in frames(text)
    )


@pytest.mark.skipif(not _SEEDS.is_dir(), reason="the two seed articles are not there")
def test_officials_question_in_the_copied_article() -> None:
    text = next(_SEEDS.glob("000_*.txt")).read_text(encoding="utf-8")
    assert any(
        (one.words("holder_mention"), one.frame.attributes["value"]) == ("US officials", "question")
        for one in stances(text)
    )


@pytest.mark.parametrize("text", ["Quill rejected it.", "Quill criticised him.", "Quill doubted herself."])
def test_words_that_only_point_are_no_target(text: str) -> None:
    assert stances(text) == []


_CLAIM = "The plant dismissed claims by Ivo Kerrin that the dam leaks. "


@pytest.mark.parametrize(
    ("answer", "values"),
    [
        ("“That is false,” spokeswoman Anna Quill said.", ["deny", "deny"]),
        ('"It’s simply not true," spokeswoman Anna Quill said.', ["deny", "deny"]),
        ("“This is true,” spokeswoman Anna Quill said.", ["deny", "support"]),
        ("“That is wrong, and we ask ourselves who gains,” Anna Quill said.", ["deny", "deny", "question"]),
        ("“That is wrong for the town,” spokeswoman Anna Quill said.", ["deny"]),
        ("“That was a long night,” spokeswoman Anna Quill said.", ["deny"]),
    ],
)
def test_a_quotation_answers_the_claim_just_told(answer: str, values: list[str]) -> None:
    found = stances(_CLAIM + answer)
    assert [one.frame.attributes["value"] for one in found] == values
    assert {one.words("target") for one in found} == {"that the dam leaks"}
    assert all(holder(one) == "Anna Quill" and not one.words("expression") for one in found[1:])


def test_an_answer_needs_a_claim_of_somebody_before_it() -> None:
    assert stances("“That is false,” Anna Quill said.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Anna Quill dismissed claims by Ivo Kerrin that the dam leaks, and asked who paid him.",
        "Anna Quill dismissed claims by Ivo Kerrin that the dam leaks, and wondered aloud who paid him.",
        "Anna Quill dismissed claims by Ivo Kerrin that the dam leaks. Quill wondered why he said it now.",
    ],
)
def test_who_wonders_about_a_denied_claim_questions_it(text: str) -> None:
    denied, asked = stances(text)
    assert [one.frame.attributes["value"] for one in (denied, asked)] == ["deny", "question"]
    assert denied.words("target") == asked.words("target") == "that the dam leaks"
    assert (holder(asked), asked.frame.attributes["basis"]) == ("Anna Quill", "inferred")


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Quill doubted the first readings herself.", "the first readings"),
        ("Quill rejected the charge and at the same time asked why it came now.", "the charge"),
        ("Quill rejected the plan and in the summer the budget.", "the plan and in the summer the budget"),
    ],
)
def test_the_target_ends_where_its_words_do(text: str, target: str) -> None:
    assert [one.words("target") for one in stances(text)] == [target]


@pytest.mark.parametrize(
    ("text", "value", "target"),
    [
        ("QUILL: The dam leaks.\n\nROB: I doubt that. It was built well.", "question", "The dam leaks."),
        ("QUILL: The dam leaks.\n\nROB: Well, I agree with that.", "support", "The dam leaks."),
        ("“The dam leaks,” Quill said. “I doubt it,” Rob replied.", "question", "“The dam leaks,”"),
        ("“The dam leaks,” Quill said.\n\n“I doubt that,” Rob said.", "question", "“The dam leaks,”"),
    ],
)
def test_a_reply_that_points_is_on_what_somebody_else_just_said(text: str, value: str, target: str) -> None:
    (one,) = stances(text)
    assert (one.frame.attributes["value"], one.words("target"), one.words("holder_mention")) == (
        value, target, "I",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "“The dam leaks,” Quill said. “I doubt it,” Quill replied.",
        "“The dam leaks,” Quill said. “I doubt it,” he added.",
        "“The dam leaks,” Quill said.\n\nIt rained all day.\n\n“I doubt that,” Rob said.",
        "QUILL: The dam leaks.\n\nROB: It is late in the year. I doubt that.",
        "QUILL: The dam leaks.\n\nROB: I criticised them.",
        "ROB: I doubt that.",
    ],
)
def test_what_points_to_nothing_that_another_said_is_no_stance(text: str) -> None:
    assert stances(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Kerrin does not believe that the dam leaks.", "deny"),
        ("Quill said the dam was old. Kerrin never thought the dam leaked.", "deny"),
        ("Kerrin is not sure that the dam leaks.", "question"),
    ],
)
def test_who_does_not_believe_it_takes_a_side(text: str, value: str) -> None:
    (one,) = stances(text)
    assert (one.frame.attributes["value"], one.frame.attributes["strength"]) == (value, "partial")
    assert one.words("target") in ("that the dam leaks", "the dam leaked")


@pytest.mark.parametrize(
    "text", ["Kerrin believes that the dam leaks.", "Kerrin does not know that the dam leaks."]
)
def test_who_believes_or_does_not_know_takes_none(text: str) -> None:
    assert stances(text) == []


@pytest.mark.parametrize(
    ("turn", "target"),
    [
        ("Activists claim that the dam leaks.", "that the dam leaks"),
        ("Do you think the dam leaks?", "the dam leaks"),
        ("Activists claim that the dam leaks. It is old.", "Activists claim that the dam leaks. It is old."),
    ],
)
def test_a_reply_is_on_the_claim_that_the_turn_before_ends_with(turn: str, target: str) -> None:
    (one,) = (
        one
        for one in stances(f"QUILL: {turn}\n\nROB: I doubt that. It was built well.")
        if one.words("target")
    )
    assert one.words("target") == target


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Quill voted against the plan.", "deny"),
        ("Quill voted for the plan.", "support"),
        ("Quill spoke out against the plan.", "deny"),
        ("Quill sneered at the plan.", "deny"),
        ("Quill defended the plan.", "support"),
        ("Quill upheld the plan.", "support"),
        ("Quill protested the plan.", "deny"),
    ],
)
def test_the_preposition_and_the_verb_tell_the_side(text: str, value: str) -> None:
    assert [one.frame.attributes["value"] for one in stances(text)] == [value]
