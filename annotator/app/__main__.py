"""Starts the program: the window, or the command line."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.app import display
from annotator.cli import opening
from annotator.cli.codes import REFUSED, STOPPED, WRONG_USAGE

if TYPE_CHECKING:
    from annotator.cli.command import Picture


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments and return its exit code."""
    args = list(sys.argv[1:] if argv is None else argv)
    if not args:
        return open_window((), "")
    if opening.is_path(args[0]):
        # What a desktop does with a file that is opened with this program.
        args = [opening.NAME, *args]
    if args[0] == "start":
        return start(args[1:])
    if args[0] == opening.NAME:
        parser = argparse.ArgumentParser(prog=f"annotator {opening.NAME}", description=opening.SUMMARY)
        opening.add_arguments(parser)
        chosen = parser.parse_args(args[1:])
        return open_window(chosen.paths, chosen.platform)
    return command_line(args)


def open_window(paths: Sequence[Path], platform: str, sample: bool = False) -> int:
    """Open the window; without a display say so and name the commands that need none."""
    wrong = display.unknown_platform(platform)
    if wrong:
        print(wrong, file=sys.stderr)
        return WRONG_USAGE
    words = display.choose_platform(platform)
    if words:
        print(words, file=sys.stderr, flush=True)
    why = display.why_no_display(os.environ)
    if why:
        print(display.NO_DISPLAY.format(why=f" ({why})"), file=sys.stderr)
        return REFUSED
    # Late: Qt is not needed, and may not even be there, for anything but the window.
    from annotator.app.window import run_window  # noqa: PLC0415

    return run_window(paths, sample=sample)


def start(args: Sequence[str]) -> int:
    """Do what a fresh checkout is started for: open the window, or without a display do the main job."""
    parser = argparse.ArgumentParser(prog="start.py", description="Open the window.")
    opening.add_arguments(parser)
    parser.add_argument("--out", type=Path, default=Path("out"), help="where the main job puts what it makes")
    chosen = parser.parse_args(args)
    if not chosen.platform and (why := display.why_no_display(os.environ)):
        from annotator.app.headless import main_job  # noqa: PLC0415 (not needed for the window)

        return main_job(chosen.out, why, command_line)
    return open_window(chosen.paths, chosen.platform, sample=True)


def command_line(args: Sequence[str]) -> int:
    """Run a command that needs no window."""
    try:
        # Late: SQLAlchemy and the formats take a good part of a second, and the window comes first.
        from annotator.cli.command import Doors  # noqa: PLC0415
        from annotator.cli.main import run  # noqa: PLC0415

        return run(args, Doors(open_window=open_window, render=_render))
    except KeyboardInterrupt:  # before or after the command itself, which answers to it on its own
        return STOPPED


def _render(picture: Picture) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from annotator.app.render import render  # noqa: PLC0415 (only this command needs Qt, and only now)

    render(picture)


if __name__ == "__main__":
    sys.exit(main())
