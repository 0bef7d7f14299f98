"""The command line: a table of commands, parsed, run, answered, with an exit code for scripts."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from annotator import __version__
from annotator.cli import (
    agreeing,
    annotators,
    asking,
    carrying,
    checking,
    copying,
    cues,
    dataset,
    evaluating,
    exporting,
    importing,
    info,
    learning,
    new,
    opening,
    rendering,
    scheme,
    suggesting,
    training,
)
from annotator.cli.codes import REFUSED, STOPPED, WELL, WRONG_USAGE
from annotator.cli.command import Command, Doors
from annotator.cli.talk import AnswerLost, Talk
from annotator.model.errors import UserError, WrongChoice


def run(argv: Sequence[str], doors: Doors) -> int:
    """Run one command and return its exit code: 0 all went well, 1 refused, 2 wrong usage, 130 stopped."""
    _speak_utf8()
    try:
        args = parser(commands(doors)).parse_args(argv)
        if args.command is None:
            return doors.open_window(args.paths, args.platform)
        return _obey(args.command, args)
    except SystemExit as end:  # how argparse says "wrong usage", and "help was shown"
        return end.code if isinstance(end.code, int) else WRONG_USAGE
    except BrokenPipeError:
        # Who read our answer has gone away: nothing is left to say, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except AnswerLost as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(error, file=sys.stderr, flush=True)
        return REFUSED


def commands(doors: Doors) -> tuple[Command, ...]:
    """Return all commands but `open`, which is the window's."""
    return (
        new.COMMAND,
        importing.COMMAND,
        suggesting.COMMAND,
        asking.COMMAND,
        carrying.COMMAND,
        evaluating.COMMAND,
        learning.COMMAND,
        training.COMMAND,
        exporting.COMMAND,
        dataset.COMMAND,
        checking.COMMAND,
        copying.COMMAND,
        info.COMMAND,
        scheme.COMMAND,
        annotators.COMMAND,
        agreeing.COMMAND,
        cues.COMMAND,
        rendering.command(doors.render),
    )


def parser(known: Sequence[Command]) -> argparse.ArgumentParser:
    """Return the parser of all commands; what it parses has `command` (None for the window)."""
    top = argparse.ArgumentParser(
        prog="annotator",
        description="Label claims, stances and sources in news articles, offline.",
        epilog="Exit codes: 0 all went well, 1 something was refused (see standard error), 2 wrong usage, "
        "130 stopped with Ctrl+C.",
    )
    top.add_argument("--version", action="version", version=f"annotator {__version__}")
    below = top.add_subparsers(metavar="COMMAND", required=True)
    for command in known:
        one = below.add_parser(command.name, help=command.summary, description=command.summary)
        command.add(one)
        one.add_argument("--json", action="store_true", help="answer with one JSON object")
        one.set_defaults(command=command)
    window = below.add_parser(opening.NAME, help=opening.SUMMARY, description=opening.SUMMARY)
    opening.add_arguments(window)
    window.set_defaults(command=None)
    return top


def _obey(command: Command, args: argparse.Namespace) -> int:
    talk = Talk(args.json)
    try:
        answer = command.run(args, talk)
    except UserError as error:
        talk.refuse(str(error))
        talk.answer({}, ())
        if isinstance(error, WrongChoice):
            return WRONG_USAGE
    except KeyboardInterrupt:
        talk.refuse("Stopped; nothing is left half-done.")
        talk.answer({}, ())
        return STOPPED
    else:
        talk.answer(answer, command.lines(answer))
    return REFUSED if talk.refused else WELL


def _speak_utf8() -> None:
    """Let every console and pipe take any text (Windows would choose an encoding that cannot)."""
    # Closed by who started us, they are None: then there is nobody to speak to.
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
