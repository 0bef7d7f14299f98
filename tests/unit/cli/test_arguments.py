"""Arguments of the commands: what is understood, what is wrong usage."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import pytest

from annotator.cli.choosing import labels, option
from annotator.cli.codes import WRONG_USAGE
from annotator.cli.command import Command, Doors, Picture, counted
from annotator.cli.importing import columns
from annotator.cli.main import commands, parser, run
from annotator.cli.rendering import size

OPENED: list[tuple[Sequence[Path], str]] = []


def doors(opened: list[tuple[Sequence[Path], str]] | None = None) -> Doors:
    def _open(project: Sequence[Path], platform: str) -> int:
        (OPENED if opened is None else opened).append((project, platform))
        return 7

    def _render(_: Picture) -> None:
        raise AssertionError("no picture was asked for")

    return Doors(_open, _render)


def parsed(*args: str) -> argparse.Namespace:
    return parser(commands(doors())).parse_args(args)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("text=body", {"body": "text"}),
        ("text=articleBody,name=Body ID", {"articleBody": "text", "Body ID": "name"}),
        ("meta=a,meta=b,skip=c", {"a": "meta", "b": "meta", "c": "skip"}),
        ("text=a=b", {"a=b": "text"}),
        ("", {}),
    ],
)
def test_columns(text: str, found: dict[str, str]) -> None:
    assert columns(text) == found


@pytest.mark.parametrize("text", ["body", "text=", "words=body", "=body", "text=a,b"])
def test_columns_that_say_nothing(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="USE=COLUMN"):
        columns(text)


@pytest.mark.parametrize(("text", "found"), [("1400x900", (1400, 900)), ("200x200", (200, 200))])
def test_size(text: str, found: tuple[int, int]) -> None:
    assert size(text) == found


@pytest.mark.parametrize(
    "text", ["", "x", "1400", "1400X900", "199x900", "900x10001", "-1x5", "1e3x900", "٣٠٠x٣٠٠"]
)
def test_size_that_is_none(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        size(text)


def test_every_command_of_the_program_is_there() -> None:
    names = [command.name for command in commands(doors())]
    assert names[:9] == ["new", "import", "suggest", "ask", "carry", "evaluate", "learn", "train", "export"]
    assert names[9:14] == ["dataset", "check", "copy", "info", "scheme"]
    assert names[14:] == ["annotators", "agreement", "cues", "render"]


@pytest.mark.parametrize(
    "line",
    [
        "new p.annot --scheme entities --annotator Ada --json",
        "import p.annot a.txt b --format text --annotator Ada --encoding cp1252 --columns text=a --json",
        "suggest p.annot --only entities --pipeline en_core_web_sm --trust --json",
        "suggest p.annot --only attributions,stances --json",
        "evaluate p.annot --against Ada --only entities --json",
        "ask p.annot --address http://a --model m --consent http://a --price-in 1 --article a --json",
        "learn p.annot --json",
        "train p.annot --out p --passes 3 --json",
        "export p.annot --out x.jsonl --format jsonl --with-suggestions --annotator Ada --json",
        "dataset p.annot --out d --format brat --shares 9,91 --together actors --seed 2 --finished --json",
        "dataset p.annot --out d --labels CLAIM,SOURCE --option names=polnear --annotator Ada --json",
        "export p.annot --out x.jsonl --adjudicated --json",
        "annotators p.annot --adjudicator Ada --no-adjudicator Ben --json",
        "agreement p.annot --differences --json",
        "check p.annot --json",
        "info p.annot --json",
        "scheme p.annot --number 2 --out x.toml --json",
        "render p.annot --article a.txt --out a.png --size 800x600 --theme dark --json",
    ],
)
def test_all_options_are_understood(line: str) -> None:
    args = parsed(*line.split())
    assert isinstance(args.command, Command)
    assert args.command.name == line.partition(" ")[0]
    assert args.project == Path("p.annot")
    assert args.json is True


@pytest.mark.parametrize(
    "line",
    [
        "",
        "fly",
        "new",
        "import p.annot",
        "export p.annot --option",
        "dataset p.annot",
        "render p.annot --out a.png",
        "render p.annot --article a --out a.png --theme pink",
        "render p.annot --article a --out a.png --size 5",
        "suggest p.annot --only everything",
        "suggest p.annot --only ,",
        "evaluate p.annot",
        "info p.annot q.annot",
        "check p.annot --quickly",
    ],
)
def test_wrong_usage_returns_2(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(line.split(), doors()) == WRONG_USAGE == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("usage: annotator")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("--seed most", "argument --seed: 'most' is no whole number of at least 0"),
        ("--shares most", "The shares are numbers with commas between, as in 80,10,10, not 'most'."),
        ("--shares 80,30", "make 100 together, not 80,30."),
        ("--shares 90,20,-10", "make 100 together"),
        ("--shares nan,1,1", "make 100 together"),
        ("--together friends", "'friends' keeps no articles together"),
    ],
)
def test_what_no_dataset_can_be_made_with_is_wrong_usage(
    line: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["dataset", "p.annot", "--out", "d", *line.split()], doors()) == WRONG_USAGE
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("line", ["--help", "--version", "import --help", "open --help"])
def test_help_and_version_return_0(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(line.split(), doors()) == 0
    assert "annotator" in capsys.readouterr().out


def test_open_is_handed_to_the_window() -> None:
    opened: list[tuple[Sequence[Path], str]] = []
    assert run(["open"], doors(opened)) == 7
    assert run(["open", "p.annot", "--platform", "vnc"], doors(opened)) == 7
    assert opened == [([], ""), ([Path("p.annot")], "vnc")]


@pytest.mark.parametrize(("number", "text"), [(0, "0 articles"), (1, "1 article"), (2000, "2,000 articles")])
def test_counted(number: int, text: str) -> None:
    assert counted(number, "article") == text


def test_choices_of_labels_and_options() -> None:
    assert (labels("Content=CLAIM"), labels("Odd=")) == (("Content", "CLAIM"), ("Odd", ""))
    assert option("names=polnear") == ("names", "polnear")
    with pytest.raises(argparse.ArgumentTypeError, match="LABEL=HERE"):
        labels("Content")
    with pytest.raises(argparse.ArgumentTypeError, match="NAME=VALUE"):
        option("names=")
