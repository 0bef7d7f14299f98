"""Names of operations and reasons as the store keeps them: known again, with their patterns."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator import services
from annotator.model.operation_names import said_again
from annotator.model.said import Said, reason_said
from annotator.model.scheme import Scheme
from annotator.model.scheme_edits import (
    ChangeItem,
    MergeItem,
    MoveItem,
    Place,
    RemoveItem,
    RenameItem,
    ReplaceScheme,
    RetireItem,
    operation_name,
)
from annotator.services import importing, project_suggestions
from annotator.services.project_above import SETTING_STEPS

PERSON = Place("PERSON")


def literal_names() -> Iterator[str]:
    """Yield the names that stand as they are in the code of services and store."""
    for folder in (Path(services.__file__).parent, Path(services.__file__).parent.parent / "store"):
        for file in folder.glob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in (
                    "small",
                    "large",
                    "write",
                ):
                    yield from (
                        one.value
                        for one in node.args[:1]
                        if isinstance(one, ast.Constant) and isinstance(one.value, str)
                    )


def test_every_name_that_stands_in_the_code_is_known() -> None:
    names = {*literal_names(), *SETTING_STEPS.values(), "Change a setting"}
    assert len(names) > 20
    assert [one for one in names if getattr(said_again(one), "pattern", "") != one] == []


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        (importing.operation_name(1, 0), "Import {n} article(s)"),
        (importing.operation_name(1200, 0), "Import {n} article(s)"),
        (importing.operation_name(3, 2), "Import {n} article(s), labels for {more} more"),
        (importing.operation_name(0, 1), "Import labels for {n} article(s)"),
        (project_suggestions.named("Accept", []), "Accept {n} suggestion(s)"),
        ("Reject 1,028 suggestions", "Reject {n} suggestion(s)"),
        ("Label 50,000 places as person", "Label {n} place(s) as {label}"),
        ("Add person", "Add {label}"),
        ("Add actor", "Add actor"),
        ("Suggest attributions, stances and entities", "Suggest {layers}"),
        ("Ask tiny", "Ask {model}"),
        (operation_name(RenameItem(PERSON, "HUMAN")), "Scheme: rename {what} to {name}"),
        (operation_name(MergeItem(PERSON, "ORG")), "Scheme: merge {what} into {other}"),
        (operation_name(RetireItem(PERSON)), "Scheme: retire {what}"),
        (operation_name(RetireItem(PERSON, retired=False)), "Scheme: bring back {what}"),
        (operation_name(RemoveItem(PERSON)), "Scheme: remove {what}"),
        (operation_name(MoveItem(PERSON, 1)), "Scheme: move {what}"),
        (operation_name(ChangeItem(Place(), Scheme("s", "S", ()))), "Scheme: change {what}"),
        (operation_name(ReplaceScheme(Scheme("s", "S", ()))), "Scheme: take over “{scheme}”"),
    ],
)
def test_a_name_is_known_again_with_its_values(name: str, pattern: str) -> None:
    said = said_again(name)
    assert said == name
    assert isinstance(said, Said)
    assert said.pattern == pattern


@pytest.mark.parametrize("name", ["", "Mumble", "Accept 12,34 suggestions", "Accept many suggestions"])
def test_what_is_not_known_stays_as_it_is(name: str) -> None:
    assert said_again(name) == name
    assert not isinstance(said_again(name), Said)


@pytest.mark.parametrize(
    ("reason", "pattern"),
    [
        ("listed name", "listed name"),
        ("after “Mr.”", "after “{a}”"),
        ("“denied” + name; perhaps “Ada {Quist}”", "“{a}” + name; perhaps “{b}”"),
        ("a set {x} in braces", "a set {{x}} in braces"),
        ("an “open quotation", "an “open quotation"),
        ("", ""),
    ],
)
def test_a_reason_has_what_it_quotes_as_its_values(reason: str, pattern: str) -> None:
    said = reason_said(reason)
    assert said == reason
    assert said.pattern == pattern


def test_a_reason_that_quotes_a_great_deal_is_whole() -> None:
    reason = ", ".join(f"“{number}”" for number in range(40))
    assert reason_said(reason) == reason
