"""`annotator render`: makes a picture of the real window, with no display needed."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from annotator.cli.command import Answer, Command, Picture, add_project
from annotator.cli.talk import Talk

THEMES = ("light", "dark", "contrast")
LEAST, MOST = 200, 10_000


def size(text: str) -> tuple[int, int]:
    """Return what `1400x900` says: width and height in pixels."""
    found = re.fullmatch(r"([0-9]{1,5})x([0-9]{1,5})", text)
    width, height = (int(found[1]), int(found[2])) if found else (0, 0)
    if not (LEAST <= width <= MOST and LEAST <= height <= MOST):
        raise argparse.ArgumentTypeError(f"{text!r} is not WIDTHxHEIGHT in pixels, as in 1400x900")
    return width, height


def _add(parser: argparse.ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("--article", metavar="NAME", required=True, help="its name, title or id")
    parser.add_argument("--out", metavar="PICTURE.png", type=Path, required=True, help="the file to write")
    parser.add_argument(
        "--size", metavar="WxH", type=size, default=(1400, 900), help="1400x900 when not given"
    )
    parser.add_argument("--theme", choices=THEMES, default="light", help="light when not given")


def command(render: Callable[[Picture], None]) -> Command:
    """Return the command that makes pictures with `render`."""

    def _run(args: argparse.Namespace, _: Talk) -> Answer:
        width, height = args.size
        render(Picture(args.project, args.article, args.out, width, height, args.theme))
        return {"project": str(args.project), "out": str(args.out), "width": width, "height": height}

    return Command("render", "make a picture of the window, offscreen", _add, _run, _lines)


def _lines(answer: Answer) -> Iterable[str]:
    yield f"Wrote {answer['out']}, {answer['width']} x {answer['height']} pixels."
