"""Every option of every command: a wrong value is wrong usage, and the answer says what would be right."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.app import display
from annotator.app.render import find
from annotator.cli.codes import WRONG_USAGE
from annotator.cli.command import Doors, Picture
from annotator.cli.main import commands, parser, run

DOORS = Doors(lambda *_: 0, lambda picture: find(picture) and None)
MORE = {
    "import": "a.txt",
    "export": "--out o",
    "dataset": "--out d",
    "train": "--out t",
    "evaluate": "--against Ada",
    "ask": "--address http://localhost:9 --model m",
    "render": "--article a.txt --out a.png",
}
"""What a command needs besides the project."""
WRONG = {
    ("new", "--scheme"): ("odd", "article_stance, check_worthiness, default, entities"),
    ("import", "--format"): ("odd", "brat, "),
    ("import", "--encoding"): ("utf-odd", "windows-1252"),
    ("import", "--columns"): ("odd=a", "text, title, name, language, label, meta, skip"),
    ("import", "--labels"): ("odd", "Content=CLAIM"),
    ("import", "--new-labels"): ("odd", "leave-out"),
    ("import", "--option"): ("odd=x", "there are: "),
    ("import", "--newer"): ("odd", "there are: Ada"),
    ("suggest", "--only"): ("odd", "attributions"),
    ("suggest", "--pipeline"): ("odd", "installed: "),
    ("ask", "--address"): ("odd", "http://localhost:8080/v1"),
    ("ask", "--consent"): ("odd", "--consent http://localhost:9"),
    ("ask", "--article"): ("odd", "a.txt"),
    ("ask", "--price-in"): ("-1", "as in 0.25"),
    ("ask", "--price-out"): ("odd", "as in 0.25"),
    ("evaluate", "--against"): ("odd", "there are: Ada"),
    ("evaluate", "--only"): ("odd", "attributions"),
    ("train", "--passes"): ("0", "from 1 to 1000"),
    ("export", "--format"): ("odd", "jsonl"),
    ("export", "--option"): ("odd=x", "there are: offsets"),
    ("export", "--annotator"): ("odd", "there are: Ada"),
    ("export", "--labels"): ("CLAIM,odd", "STANCE"),
    ("dataset", "--format"): ("odd", "jsonl"),
    ("dataset", "--option"): ("odd", "NAME=VALUE"),
    ("dataset", "--annotator"): ("odd", "there are: Ada"),
    ("dataset", "--labels"): ("odd", "STANCE"),
    ("dataset", "--shares"): ("odd", "80,10,10"),
    ("dataset", "--together"): ("odd", "outlets and nothing"),
    ("agreement", "--since"): ("yesterday", "written as in 2026-01-31"),
    ("dataset", "--seed"): ("odd", "whole number of at least 0"),
    ("dataset", "--like"): ("elsewhere", "is no dataset of this program"),
    ("scheme", "--number"): ("7", "there are 1"),
    ("annotators", "--adjudicator"): ("odd", "there are: Ada"),
    ("annotators", "--no-adjudicator"): ("odd", "there are: Ada"),
    ("cues", "--add"): ("odd", "double down : +on"),
    ("cues", "--remove"): ("odd : +on", "it has: phone : q"),
    ("cues", "--without"): ("odd", "there are: admits, asks, asserts"),
    ("render", "--article"): ("odd", "a.txt"),
    ("render", "--size"): ("odd", "1400x900"),
    ("render", "--theme"): ("odd", "dark"),
}
ANY = {
    *((name, "--out") for name in ("export", "dataset", "train", "copy", "scheme", "render")),
    ("new", "--annotator"),
    ("import", "--annotator"),
    ("copy", "--annotator"),
    ("ask", "--model"),
    ("open", "--platform"),
}
"""Options that name what is to be: a place, a person, a model; what is wrong with a place is the disk's."""


def with_values() -> Iterator[tuple[str, str]]:
    """Every option of every command that takes a value."""
    (below,) = (one for one in parser(commands(DOORS))._actions if one.choices)
    choices: Any = below.choices
    for name, command in choices.items():
        for action in command._actions:
            takes_value = action.nargs != 0 and action.default is not argparse.SUPPRESS
            yield from ((name, option) for option in action.option_strings if takes_value)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wrong")
    path = folder / "p.annot"
    (folder / "a.txt").write_text("Ada said no. Ben said yes.", "utf-8")
    assert run(["new", str(path), "--annotator", "Ada"], DOORS) == 0
    assert run(["import", str(path), str(folder / "a.txt")], DOORS) == 0
    assert run(["cues", str(path), "--add", "phone : q"], DOORS) == 0
    return path


def test_every_option_with_a_value_is_tried() -> None:
    assert {*with_values()} == {*WRONG, *ANY}


def line(command: str, project: Path, option: str, value: str) -> list[str]:
    more = MORE.get(command, "").replace("a.txt", str(project.with_name("a.txt")), command == "import")
    words = more.split()
    if option in words:
        del words[words.index(option) : words.index(option) + 2]
    path = project.with_name("new.annot") if command == "new" else project
    return [command, str(path), *words, f"{option}={value}"]


@pytest.mark.parametrize(("command", "option"), WRONG)
def test_a_wrong_value_is_wrong_usage_and_told(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    option: str,
) -> None:
    monkeypatch.chdir(project.parent)
    value, allowed = WRONG[command, option]
    before = project.read_bytes()
    capsys.readouterr()
    assert run([*line(command, project, option, value), "--json"], DOORS) == WRONG_USAGE
    said = capsys.readouterr()
    (last,) = said.err.splitlines()[-1:]
    assert value.rpartition(",")[2].partition("=")[0] in last
    assert allowed in last
    assert not said.out or json.loads(said.out)["refused"] == [last]
    assert project.read_bytes() == before
    assert {one.name for one in project.parent.iterdir()} == {"a.txt", "p.annot"}


@pytest.mark.parametrize(
    ("words", "allowed"),
    [
        ("export --dry-run --annotator Ada --adjudicated", "--annotator for one annotator's work"),
        ("export --dry-run --each --adjudicated", "--each for everybody's work"),
        ("export", "--out, or try it out with --dry-run"),
        ("ask", "--address and --model"),
    ],
)
def test_options_that_do_not_go_together(
    project: Path, capsys: pytest.CaptureFixture[str], words: str, allowed: str
) -> None:
    command, *rest = words.split()
    assert run([command, str(project), *rest], DOORS) == WRONG_USAGE
    assert allowed in capsys.readouterr().err


def test_a_long_wrong_value_is_cut(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command, option in (("export", "--annotator"), ("export", "--labels"), ("dataset", "--seed")):
        assert run(line(command, project, option, "x" * 20_000), DOORS) == WRONG_USAGE
        assert len(capsys.readouterr().err.splitlines()[-1]) < 1_500


def test_a_platform_that_qt_does_not_have_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    from annotator.app.__main__ import main

    assert main(["open", "--platform", "odd"]) == WRONG_USAGE
    assert "offscreen" in capsys.readouterr().err
    assert display.unknown_platform("vnc") == display.unknown_platform("offscreen:x=1") == ""


def test_a_picture_names_articles_that_are_there(project: Path) -> None:
    with pytest.raises(Exception, match=r"There is no article odd in .*; there are: a\.txt\."):
        find(Picture(project, "odd", project, 1, 1, "light"))
