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


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    if args.out.exists():
        raise UserError(f"{args.out} exists already. Choose another name for the copy.")
    try:
        with opened(args.project, talk) as project:
            talk.work("Copying", project.copy_to(args.out))
    except ProjectInUse:
        copy_in_use(args.project, args.out)
    return {"project": str(args.project), "out": str(args.out)}


def _lines(answer: Answer) -> Iterable[str]:
    yield f"Copied {answer['project']} to {answer['out']}; the copy was checked."


COMMAND = Command("copy", "make a checked copy of a project, also of one that is open", _add, _run, _lines)
