"""`annotator new`: makes an empty project."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from annotator.cli.command import Answer, Command, add_annotator, add_project
from annotator.cli.talk import Talk
from annotator.model.errors import WrongChoice
from annotator.model.resources import resource
from annotator.model.scheme import Scheme, read_scheme
from annotator.services.project import Project


def _add(parser: argparse.ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "--scheme",
        metavar="NAME|FILE",
        default="default",
        help="a scheme that comes with the program, or a scheme file (*.toml); `default` when not given",
    )
    add_annotator(parser, "who annotates; your login name when not given")


def find_scheme(name: str) -> Scheme:
    """Return the scheme that comes with the program under this name, else that of the file."""
    presets = {path.stem: path for path in resource("schemes").glob("*.toml")}
    if name in presets:
        return read_scheme(presets[name])
    if Path(name).suffix or Path(name).exists():
        return read_scheme(Path(name))
    raise WrongChoice(
        f"There is no scheme {name}; there are {', '.join(sorted(presets))}, or give a scheme file."
    )


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    with closing(Project.create(args.project, find_scheme(args.scheme), args.annotator)) as project:
        talk.tell(project.notices)
        return {
            "project": str(project.path),
            "scheme": project.scheme.name,
            "labels": len(project.scheme.labels),
            "annotator": project.annotator.name,
        }


def _lines(answer: Answer) -> Iterable[str]:
    yield f"Made {answer['project']} with the scheme {answer['scheme']}, annotator {answer['annotator']}."


COMMAND = Command("new", "make an empty project", _add, _run, _lines)
