"""`annotator copy`: a whole copy of a project, also of one that somebody has open."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from annotator.cli.command import Answer, Command, add_project
from annotator.cli.projects import opened
from annotator.cli.talk import Talk
from annotator.model.errors import ProjectInUse, UserError
from annotator.services.copying import copy_in_use


def _add(parser: argparse.ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="the copy to make (*.annot)")
    parser.add_argument("--annotator", metavar="NAME", default="", help="who is at work in the copy")


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    if args.out.exists():
        raise UserError(f"{args.out} exists already. Choose another name for the copy.")
    try:
        with opened(args.project, talk) as project:
            talk.work("Copying", project.copy_to(args.out))
    except ProjectInUse:
        copy_in_use(args.project, args.out)
    if args.annotator:
        _let_work(args.out, args.annotator, talk)
    return {"project": str(args.project), "out": str(args.out)}


def _let_work(copy: Path, name: str, talk: Talk) -> None:
    """Say who is at work in a copy that was just made; without that there is none."""
    try:
        with opened(copy, talk) as project:
            project.people.work_as(name)
    except UserError:
        copy.unlink(missing_ok=True)
        raise


def _lines(answer: Answer) -> Iterable[str]:
    yield f"Copied {answer['project']} to {answer['out']}; the copy was checked."


COMMAND = Command("copy", "make a checked copy of a project, also of one that is open", _add, _run, _lines)
