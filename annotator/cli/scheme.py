"""`annotator scheme`: shows a project's scheme, of now or of before, or writes it to a file."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from annotator.cli.command import Answer, Command, add_project, whole
from annotator.cli.projects import opened
from annotator.cli.talk import Talk
from annotator.model.errors import UserError, WrongChoice
from annotator.model.scheme_writing import scheme_to_toml, write_scheme


def _add(parser: argparse.ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "--number", metavar="N", type=whole(1), help="an older version; the one that holds when not given"
    )
    parser.add_argument(
        "--out", metavar="FILE", type=Path, help="where to write it to (*.toml); shown when not given"
    )


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    with opened(args.project, talk) as project:
        versions = project.schemes.versions()
    numbers = [one.number for one in versions]
    wanted = numbers[0] if args.number is None else args.number
    if wanted not in numbers:
        raise WrongChoice(
            f"There is no version {wanted} of the scheme; there are {', '.join(map(str, numbers))}."
        )
    scheme = versions[numbers.index(wanted)].scheme
    if args.out is not None:
        if args.out.exists():
            raise UserError(f"{args.out} exists already. Choose another name for the scheme.")
        write_scheme(scheme, args.out)
    return {
        "project": str(args.project),
        "number": wanted,
        "numbers": numbers,
        "scheme": scheme.name,
        "out": str(args.out or ""),
        "text": scheme_to_toml(scheme),
    }


def _lines(answer: Answer) -> Iterable[str]:
    if answer["out"]:
        yield f"Wrote version {answer['number']} of the scheme {answer['scheme']} to {answer['out']}."
    else:
        yield answer["text"].rstrip("\n")


COMMAND = Command("scheme", "show a project's scheme, or write it to a file", _add, _run, _lines)
