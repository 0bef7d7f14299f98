"""`annotator import`: brings files and folders of articles into a project."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from annotator.cli.command import Answer, Command, add_annotator, add_project, counted
from annotator.cli.projects import opened
from annotator.cli.talk import Talk
from annotator.model.formats import ImportOptions, Problem
from annotator.services.importing import plan_import

USES = ("text", "title", "name", "language", "meta", "skip")


def columns(text: str) -> Mapping[str, str]:
    """Return what `text=body,title=head` chooses, as column name -> use; a use may come repeatedly."""
    found: dict[str, str] = {}
    for part in filter(None, text.split(",")):
        use, _, column = part.partition("=")
        if use not in USES or not column:
            raise argparse.ArgumentTypeError(
                f"{part!r} is not USE=COLUMN with a use of {', '.join(USES)}, as in text=body,title=head"
            )
        found[column] = use
    return found


def _add(parser: argparse.ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="files and folders to read")
    parser.add_argument(
        "--format", metavar="F", default="", help="the format; by the file's name when not given"
    )
    parser.add_argument("--encoding", metavar="E", help="the encoding of the files; UTF-8 when not given")
    parser.add_argument(
        "--columns",
        metavar="USE=COLUMN,…",
        type=columns,
        default={},
        help=f"which column of a table is what, uses: {', '.join(USES)}; guessed when not given",
    )
    add_annotator(parser, "who imports")


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    with opened(args.project, talk, args.annotator) as project:
        job = plan_import(
            args.paths,
            ImportOptions(encoding=args.encoding, columns=args.columns),
            format_name=args.format,
            known=project.known_texts(),
            scheme=project.scheme,
            annotators={one.name: one.id for one in project.annotators()},
            shared={one.id for one in project.actors()} | {one.id for one in project.claim_cards()},
            actors={one.name: one.id for one in project.actors()},
        )
        with closing(talk.work("Reading", job)) as plan:
            project.write_import(plan)
            summary = plan.summary
        for problem in summary.problems:
            talk.refuse(str(problem))
        return {
            "project": str(project.path),
            "articles": summary.articles,
            "copies": list(summary.copies),
            "problems": [_problem(problem) for problem in summary.problems],
            "notes": list(summary.notes),
        }


def _problem(problem: Problem) -> Answer:
    return {"file": problem.file, "line": problem.line, "field": problem.field, "reason": problem.reason}


def _lines(answer: Answer) -> Iterable[str]:
    yield f"Imported {counted(answer['articles'], 'article')} into {answer['project']}."
    for copy in answer["copies"]:
        yield f"Already there: {copy}"
    yield from answer["notes"]


COMMAND = Command("import", "bring articles into a project", _add, _run, _lines)
