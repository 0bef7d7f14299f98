"""Sides on what an article begins with, on what was named before, by opinions, and of those who only fear."""

from __future__ import annotations

import pytest
from attributions_said import sides

_LEAKS = "Ivo Kerrin said that the dam leaks. "
_WILL = "Ivo Kerrin said that he would drain the lake. Two farmers came. Nobody asked them. It rained. "
_RULED = "A judge ruled that the lake must stay. Ivo Kerrin said that he would appeal.\n\nFarmers came.\n\n"


@pytest.mark.parametrize(
    ("text", "side"),
    [
        (f"{_WILL}Anna Quill welcomed the plan.", ("support", "that he would drain the lake")),
        (f"{_WILL}Anna Quill welcomed the news.", ("support", "that he would drain the lake")),
        (f"{_WILL}Anna Quill welcomed the ruling.", ("support", "the ruling")),
        (f"{_RULED}Anna Quill praised the decision.", ("support", "that the lake must stay")),
        (f"{_RULED}Anna Quill praised the plan.", ("support", "the plan")),
    ],
)
def test_a_plan_or_a_ruling_is_what_an_article_begins_with(text: str, side: tuple[str, str]) -> None:
    assert sides(text) == [side]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("called it a disaster", "deny"),
        ("called the claim “a bad joke”", "deny"),
        ("called the claim “a fish in a hat”", "deny"),
        ("described it as “a great day for the valley”", "support"),
    ],
)
def test_an_opinion_of_a_claim_is_a_side(words: str, value: str) -> None:
    assert sides(f"{_LEAKS}Anna Quill {words}.") == [(value, "that the dam leaks")]


def test_what_is_only_called_something_is_no_side() -> None:
    assert sides(f"{_LEAKS}Anna Quill called the claim a first step.") == []


def test_a_noun_before_is_what_is_judged() -> None:
    text = f"{_LEAKS[:-2]}, a claim that engineers have called misleading."
    assert sides(text) == [("deny", "that the dam leaks")]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Farmers rejected the levy. Anna Quill called it a disaster.", "the levy"),
        ("Farmers rejected Ivo Kerrin. Anna Quill called it a disaster.", None),
    ],
)
def test_it_is_what_a_side_was_taken_on_just_before(text: str, target: str | None) -> None:
    assert [one for one in sides(text) if one[0] == "deny"][1:] == ([("deny", target)] if target else [])


@pytest.mark.parametrize(
    "words",
    [
        "Anna Quill is not having it.",
        "Anna Quill was not buying that.",
        "Anna Quill isn’t convinced of that.",
        "Anna Quill scoffed at the claim.",
        "Wrong, Anna Quill said.",
        "Not so, said Anna Quill.",
        "Anna Quill questioned whether that was true.",
    ],
)
def test_who_does_not_buy_a_claim_takes_a_side_on_it(words: str) -> None:
    ((value, target),) = sides(_LEAKS + words)
    assert value in ("deny", "question")
    assert target == "that the dam leaks"


@pytest.mark.parametrize(
    "words",
    [
        "Anna Quill is concerned by the claim.",
        "Anna Quill fears that it will burst.",
        "Anna Quill is worried about the report.",
        "The claim worried Anna Quill.",
        "Anna Quill buys a boat.",
        "Anna Quill is having lunch.",
    ],
)
def test_who_fears_or_buys_something_takes_no_side(words: str) -> None:
    assert sides(_LEAKS + words) == []


@pytest.mark.parametrize("words", ["sided with him", "backed him up"])
def test_a_side_with_somebody_is_on_what_was_said(words: str) -> None:
    assert sides(f"{_LEAKS}Anna Quill {words}.") == [("support", "that the dam leaks")]


def test_a_spokeswoman_stands_by_what_was_said_before_others() -> None:
    text = f"{_LEAKS}Anna Quill said that it is old. A Kerrin spokeswoman, Rosa Thule, stood by the claim."
    assert sides(text) == [("support", "that the dam leaks")]


def test_a_fact_check_rates_the_first_claim() -> None:
    text = f"{_LEAKS}Anna Quill said that it is old. It is not.\n\nWe rate the claim False."
    assert sides(text) == [("deny", "that the dam leaks")]
    text = f"{_LEAKS}Anna Quill said that it is old.\n\nWe rate Quill's claim Half True."
    assert sides(text) == [("question", "that it is old")]


def test_an_aside_in_what_is_said_is_on_all_of_it() -> None:
    text = "Ivo Kerrin maintained that the dam was safe, though several of his colleagues doubt it."
    ((value, target),) = sides(text)
    assert value == "question"
    assert target.startswith("that the dam was safe")


def test_a_title_ends_no_sentence() -> None:
    text = f"{_LEAKS}Gov. Anna Quill and Sen. Rosa J. Thule denied it."
    assert set(sides(text)) == {("deny", "that the dam leaks")}


def test_who_is_named_behind_which_words_is_another() -> None:
    text = "A farmer, who said that 40 geese drowned, left. The ministry disputed the figure."
    assert sides(text) == [("deny", "that 40 geese drowned")]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("A study found that 40 geese drown each year. Anna Quill embraced the findings.", "support"),
        (
            "Ivo Kerrin said 900 jobs would go. Rosa Orr said it rains. Anna Quill rejected the jobs claim.",
            "deny",
        ),
        ("Some farmers fear that 40 geese will drown. Anna Quill waved away such fears.", "deny"),
        ("Ivo Kerrin urged them to leave. Farmers balked at the call.", "deny"),
        ("Ivo Kerrin said that 40 geese drowned. Anna Quill could not verify either claim.", "neutral"),
        ("Ivo Kerrin said that 40 geese drowned. Anna Quill whispered it wasn't true.", "deny"),
        (
            "Ivo Kerrin said that 40 geese drowned. Anna Quill said she has seen no evidence of that.",
            "question",
        ),
        ("Ivo Kerrin said that 40 geese drowned. “Grotesque,” said Anna Quill.", "deny"),
        ("Ivo Kerrin said that 40 geese drowned. “Bogus,” said Anna Quill.", "deny"),
        ("Ivo Kerrin said that 40 geese drowned. “Did they?” Anna Quill asked.", "question"),
        ("Ivo Kerrin said that 40 geese drowned. Anna Quill said his claim was “off by a mile”.", "deny"),
        ("Ivo Kerrin said that 40 geese drowned.\n\nAnna Quill pushed back.", "deny"),
        ("Ivo Kerrin said that 40 geese drowned. Anna Quill scoffed: “He cannot count.”", "deny"),
        ("Ivo Kerrin said that 40 geese drowned. Kerrin repeated the claim in May.", "support"),
        ("Ivo Kerrin said that 40 geese drowned. Kerrin retreated from his claim in May.", "deny"),
    ],
)
def test_findings_fears_and_short_answers_lead_to_a_claim(text: str, side: str) -> None:
    assert [value for value, target in sides(text) if "claim" not in target] == [side]


def test_a_question_of_some_length_asks_about_what_it_names() -> None:
    text = f"{_LEAKS}“Has anybody seen my hat and my coat?” Anna Quill asked."
    assert sides(text) == []


def test_hours_end_no_sentence() -> None:
    text = f"{_LEAKS}\n\n10:09 a.m. Anna Quill denied it."
    assert sides(text) == [("deny", "that the dam leaks")]


def test_an_answer_that_tells_more_is_what_others_confirm() -> None:
    text = f"{_LEAKS}“That is wrong, for the wall was mended,” said Anna Quill. Two masons confirmed it."
    assert sides(text)[-1] == ("support", "“That is wrong, for the wall was mended,”")
