"""A scheme written as a file and read again is the same scheme, whatever its texts hold."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.errors import UserError
from annotator.model.resources import resource
from annotator.model.scheme import Attribute, Label, Role, Scheme, read_scheme, scheme_from_data
from annotator.model.scheme_writing import scheme_to_toml, write_scheme

PRESETS = ("default", "quotations", "entities", "check_worthiness", "article_stance")
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
NAME = TEXT.filter(str.strip)


@pytest.mark.parametrize("name", PRESETS)
def test_presets_come_back(name: str, tmp_path: Path) -> None:
    scheme, path = read_scheme(resource(f"schemes/{name}.toml")), tmp_path / "out.toml"
    write_scheme(scheme, path)
    assert read_scheme(path) == scheme
    assert [one.name for one in tmp_path.iterdir()] == ["out.toml"]


def test_all_that_can_be_said_comes_back() -> None:
    choice = Attribute("form", "choice", ("a", "b", 'c "d" \\'), True, ("b",))
    roles = (Role("to", ("X", "actor"), 1, 2, True, True), Role("from", ("span",)))
    labels = (
        Label("X", "span", "An X", "#112233", "x", "entity", True, False, (choice,), (), "One.\n'Two'", True),
        Label("F", "frame", attributes=(Attribute("note", "text"),), roles=roles, guideline="It's\n'''so'''"),
    )
    scheme = Scheme("s", "Title", labels, "First line\n\nlast line\n")
    assert scheme_from_data(tomllib.loads(scheme_to_toml(scheme))) == scheme


@given(NAME, TEXT, TEXT, st.lists(NAME, min_size=1, unique=True))
def test_any_text_comes_back(name: str, title: str, guideline: str, values: list[str]) -> None:
    attribute = Attribute(name, "choice", tuple(values), False, tuple(values[1:2]))
    label = Label(name, "span", title, attributes=(attribute,), guideline=guideline.strip())
    scheme = Scheme(name, title, (label,), guideline)
    assert scheme_from_data(tomllib.loads(scheme_to_toml(scheme))) == scheme


def test_text_of_several_lines_stays_readable() -> None:
    text = scheme_to_toml(Scheme("s", "S", (Label("X", "span", guideline='Say "yes".\nOr no.'),)))
    assert "guideline = '''\nSay \"yes\".\nOr no.'''\n" in text


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"out\.toml cannot be written"):
        write_scheme(Scheme("s", "S", ()), tmp_path / "missing" / "out.toml")


def test_a_file_that_cannot_be_put_in_place_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "out.toml").mkdir()
    with pytest.raises(UserError, match=r"out\.toml cannot be written"):
        write_scheme(Scheme("s", "S", ()), tmp_path / "out.toml")
    assert [one.name for one in tmp_path.iterdir()] == ["out.toml"]


def test_only_values_that_are_there_can_be_retired() -> None:
    for retired in (["a"], ["z"]):
        attribute = {"name": "form", "values": ["a", "b"], "retired_values": retired}
        with pytest.raises(UserError, match=r"X\.form: only values after the first can be retired"):
            scheme_from_data({"name": "s", "labels": [{"name": "X", "attributes": [attribute]}]})
