"""Sides on what is only named: a thing that is judged, or what words that are no verb tell."""

from __future__ import annotations

import pytest
from attributions_said import sides


@pytest.mark.parametrize(
    ("text", "value", "target"),
    [
        ("Ivo Kerrin said the search was unwarranted.", "deny", "the search"),
        ("Ivo Kerrin tweeted that the mayor's refusal was a mistake.", "deny", "the mayor's refusal"),
        ("Ivo Kerrin told reporters that the news of the sale was a hoax.", "deny", "the news of the sale"),
        ("Ivo Kerrin insisted the allegations were untrue.", "deny", "the allegations"),
        ("Ivo Kerrin said the figures were not correct.", "deny", "the figures"),
        ("“Their vote is a triumph,” said Ivo Kerrin.", "support", "Their vote"),
        ("“We waited. This bill is an insult to farmers,” said Ivo Kerrin.", "deny", "This bill"),
        ("Ivo Kerrin called the allegations “false” and “political”.", "deny", "the allegations"),
        ("Ivo Kerrin characterised the audit as a smear.", "deny", "the audit"),
        ("Ivo Kerrin said it was unlikely that the dam would hold.", "question", "the dam would hold"),
        ("“It is hard to believe that they paid. We did not,” said Ivo Kerrin.", "question", "they paid"),
    ],
)
def test_a_thing_is_judged_by_its_name(text: str, value: str, target: str) -> None:
    assert sides(text) == [(value, target)]


@pytest.mark.parametrize(
    "text",
    [
        "Ivo Kerrin said the gates were true to the plan.",
        "Ivo Kerrin said the door was untrue.",
        "Ivo Kerrin said there was a disaster.",
        "Ivo Kerrin said Quill's “insult” had hurt them.",
        "“While the dam is a disaster, the mill stays,” said Ivo Kerrin.",
        "Ivo Kerrin said that he was a disaster.",
        "Ivo Kerrin did not say the search was unwarranted.",
    ],
)
def test_what_judges_no_thing_is_no_side(text: str) -> None:
    assert sides(text) == []


@pytest.mark.parametrize(
    ("text", "value", "target"),
    [
        ("The ministry described as baseless a report that the dam leaks.", "deny", "that the dam leaks"),
        ("The ministry has described as false and one-sided a report alleging fraud.", "deny", "fraud"),
        ("The ministry branded as misleading the figures in the audit.", "deny", "the figures in the audit"),
        ("The Herald raised questions about an audit of the dam.", "question", "an audit of the dam"),
        ("The crowd shouted approval of the plan.", "support", "the plan"),
        ("Farmers hailed the ruling.", "support", "the ruling"),
        ("The council voted 29 to 4 in favour of the plan.", "support", "the plan"),
        ("Ivo Kerrin is one of the fiercest opponents of the dam.", "deny", "the dam"),
        ("Ivo Kerrin is a farmer, but has been critical of the dam.", "deny", "the dam"),
        ("Ivo Kerrin has confidence in the board.", "support", "the board"),
        ("Ivo Kerrin has no faith in the board.", "deny", "the board"),
        ("The plan met with opposition from farmers.", "deny", "The plan"),
        ("Ivo Kerrin pleaded not guilty to theft.", "deny", "theft"),
        ("Ivo Kerrin, an advocate of the tax, said it would rain.", "support", "the tax"),
        ("Ivo Kerrin, who opposes the dam, said it would rain.", "deny", "the dam"),
    ],
)
def test_other_words_than_a_verb_take_a_side(text: str, value: str, target: str) -> None:
    assert sides(text) == [(value, target)]


@pytest.mark.parametrize(
    "text",
    [
        "Ivo Kerrin said the council should reject the plan.",
        "Ivo Kerrin accused Anna Quill of lobbying for the mill.",
        "The council described as its guest the owner of the mill.",
        "Ivo Kerrin asked questions about an audit of the dam.",
    ],
)
def test_what_nobody_holds_yet_is_no_side(text: str) -> None:
    assert sides(text) == []
