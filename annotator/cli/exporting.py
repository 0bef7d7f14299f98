"""`annotator export`: writes a project's articles with all that is annotated."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from annotator.cli.command import Answer, Command, add_annotator, add_project, counted
from annotator.cli.projects import opened
from annotator.cli.talk import Talk
from annotator.model.errors import UserError
from annotator.model.ids import Id
from annotator.services.exporting import export_job
from annotator.services.exporting_choice import ExportChoice
from annotator.services.project import Project


def _add(parser: argparse.ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="the file to write")
    parser.add_argument("--format", metavar="F", default="jsonl", help="the format; `jsonl` when not given")
    parser.add_argument("--with-suggestions", action="store_true", help="open suggestions too")
    add_annotator(parser, "only what this annotator made")


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    with opened(args.project, talk) as project:
        job = export_job(
            project,
            args.out,
            ExportChoice(
                args.format,
                annotator_named(project, args.annotator),
                suggestions=args.with_suggestions,
            ),
        )
        written = talk.work("Exporting", job)
        return {
            "project": str(project.path),
            "out": str(args.out),
            "format": args.format,
            "articles": written.articles,
            "spans": written.spans,
            "frames": written.frames,
            "left_out": dict(written.left_out),
        }


def annotator_named(project: Project, name: str) -> Id | None:
    """Return the annotator of that name, None for everybody; raises UserError when there is none."""
    if not name:
        return None
    known = {one.name: one.id for one in project.annotators()}
    if name not in known:
        raise UserError(f"No annotator {name} in {project.path}; there are {', '.join(sorted(known))}.")
    return known[name]


def _lines(answer: Answer) -> Iterable[str]:
    counts = ", ".join(
        (
            counted(answer["articles"], "article"),
            counted(answer["spans"], "span"),
            counted(answer["frames"], "frame"),
        )
    )
    yield f"Wrote {answer['out']}: {counts}; read again and compared."
    for what, number in answer["left_out"].items():
        yield f"Left out, because the format cannot hold it: {number} × {what}"


COMMAND = Command("export", "write articles and annotations to a file", _add, _run, _lines)
