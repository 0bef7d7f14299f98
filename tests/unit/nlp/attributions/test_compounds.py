"""Whom sources name: several at once, a government by its capital, the one who spoke last."""

from __future__ import annotations

import pytest
from attributions_said import frames, said

from annotator.nlp.attributions.compounds import members


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("The United States and France", ["The United States", "France"]),
        ("Russia, France and Britain", ["Russia", "France", "Britain"]),
        ("Anna Quill and Mayor Ivo Kerrin", ["Anna Quill", "Mayor Ivo Kerrin"]),
        ("both France and Britain", ["both France", "Britain"]),
        ("Trinidad and Tobago", []),
        ("Johnson and Johnson", []),
        ("Anna Quill, a farmer, and Ivo Kerrin", []),
        ("The United States and its allies", []),
        ("France and France", []),
        ("Anna Quill", []),
    ],
)
def test_members(words: str, names: list[str]) -> None:
    found = members(words)
    assert [name for name, _ in found] == names
    assert all(words[at : at + len(name)] == name for name, at in found)


def test_a_list_of_names_is_long_only_within_reason() -> None:
    assert members(" and ".join(["France", "Britain", "Russia"] * 30)) == ()


def test_several_actors_are_no_actor_of_their_own() -> None:
    one = said("France and Britain said that the dam leaks.", "France and Britain")
    assert (one.of("source", "actor"), one.of("source", "compound"), one.of("source", "form")) == (
        "", "yes", "name",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "source", "actor"),
    [
        ("Moscow denied that the dam leaks.", "Moscow", "Russia"),
        ("The dam leaks, Kiev said.", "Kiev", "Ukraine"),
        (
            "Washington said that it leaks. Anna Washington said that it is old.",
            "Washington",
            "Anna Washington",
        ),
        ("The mayor of Moscow, Anna Quill, said that it leaks.", "The mayor of Moscow", "Anna Quill"),
    ],
)
def test_a_capital_stands_for_its_government_unless_it_is_somebody_s_name(
    text: str, source: str, actor: str
) -> None:
    one = said(text, source)
    assert (one.of("source", "actor"), one.of("source", "form")) == (actor, "name")


def test_that_it_stands_for_the_government_is_shown_as_a_guess() -> None:
    one = said("Moscow denied that the dam leaks.", "Moscow")
    span = one.found.spans[dict(one.frame.roles)["source"]]
    assert span.score == 0.5
    assert span.reason.endswith("perhaps “Moscow” for the government of Russia")


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (
            "Senator Ivo Kerrin said Rob Quill believed that the dam leaks. He also said it was old.",
            "Ivo Kerrin",
        ),
        ("The mayor denied a claim by Ivo Kerrin that the dam leaks. He also said it was old.", ""),
        ("The report said Ivo Kerrin believed that the dam leaks. He also said it was old.", "Ivo Kerrin"),
    ],
)
def test_he_is_the_one_who_spoke_last_not_the_one_of_whom_he_spoke(text: str, actor: str) -> None:
    (one,) = (each for each in frames(text) if each.words("source") == "He")
    assert one.of("source", "actor") == actor


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (
            "France and its allies have rejected talks with Orla, which they accuse of theft.",
            "France and its allies",
        ),
        ("Anna Quill said that the dam leaks. They accused Orla of theft.", ""),
        ("France and Britain said that the dam leaks.\n\nThey accused Orla of theft.", ""),
    ],
)
def test_they_are_several_who_spoke_before(text: str, actor: str) -> None:
    one = next(one for one in frames(text) if one.words("source").lower() == "they")
    assert one.of("source", "actor") == actor


def test_they_hold_the_stance_each() -> None:
    found = frames("France and Britain said that the dam leaks. They rejected the plan.", "STANCE")
    assert sorted(dict(one.frame.actors)["holder"] for one in found) == ["France", "United Kingdom"]
