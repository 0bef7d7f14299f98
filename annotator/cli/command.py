"""What a command is: its arguments, what it does, and how its answer reads."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from annotator.cli.talk import Talk
from annotator.model.errors import UserError
from annotator.model.text import cut

Read = TypeVar("Read")
_SHOWN = 60
"""Characters of a word that is repeated in an answer."""
Answer = Mapping[str, Any]
"""What a command found or did, ready for JSON; its keys are part of the program's promises."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the window to make: what it shows, how large, where it goes."""

    project: Path
    article: str
    out: Path
    width: int
    height: int
    theme: str


@dataclass(frozen=True, slots=True)
class Doors:
    """What the window offers to the command line, handed in from above."""

    open_window: Callable[[Sequence[Path], str], int]
    """Open the window on files (or the start page), on a Qt platform if one is named."""
    render: Callable[[Picture], None]
    """Make a picture of the window; raises UserError when that cannot be done."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command; `lines` gives the answer as a person reads it."""

    name: str
    summary: str
    add: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Talk], Answer]
    lines: Callable[[Answer], Iterable[str]]


def as_usage(read: Callable[[str], Read]) -> Callable[[str], Read]:
    """Return what reads an argument, whose refusal is wrong usage: it is wrong whatever the project."""

    def reading(word: str) -> Read:
        try:
            return read(word)
        except UserError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return reading


def whole(least: int, most: int = sys.maxsize) -> Callable[[str], int]:
    """Return what reads a whole number that is not below the least, nor above the most."""

    def reading(word: str) -> int:
        if re.fullmatch(r"-?[0-9]{1,18}", word) and least <= int(word) <= most:
            return int(word)
        bound = f"of at least {least}" if most == sys.maxsize else f"from {least} to {most}"
        raise argparse.ArgumentTypeError(f"{cut(word, _SHOWN)!r} is no whole number {bound}")

    return reading


def add_project(parser: argparse.ArgumentParser) -> None:
    """Add the argument that names the project file."""
    parser.add_argument("project", metavar="PROJECT", type=Path, help="the project file (*.annot)")


def add_annotator(parser: argparse.ArgumentParser, use: str) -> None:
    """Add the option that names an annotator; `use` says what for."""
    parser.add_argument("--annotator", metavar="NAME", default="", help=use)


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun, as in "1 article", "2 articles"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
