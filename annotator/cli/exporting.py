"""`annotator export`: writes a project's articles with all that is annotated."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from annotator.cli.choosing import add_options, chosen, label_named, named
from annotator.cli.command import Answer, Command, add_annotator, add_project, counted
from annotator.cli.projects import opened
from annotator.cli.talk import Talk
from annotator.model.errors import WrongChoice
from annotator.model.formats import Written
from annotator.model.ids import Id
from annotator.services.evaluating import annotator_id
from annotator.services.exporting import export_job, formats_out
from annotator.services.exporting_choice import ExportChoice
from annotator.services.exporting_survey import Survey, survey_job
from annotator.services.project import Project

REPLACED = "It took the place of what was there: {}"
_CONTENT = (
    ("--adjudicated", "only the adjudicated labels, of articles on which an adjudicator decided"),
    ("--finished", "only articles that are marked as done"),
    ("--inner", 'spans without the quotation marks around them, and without "that" or "whether" before'),
)
_SWITCHES = (
    ("--each", "a file or folder for each annotator, whose name is added to the file's"),
    ("--with-suggestions", "open suggestions too"),
    ("--with-rejected", "rejected suggestions too"),
    ("--dry-run", "write nothing: say what would be written and what the format cannot hold"),
)


def _add(parser: argparse.ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "--out", metavar="FILE", type=Path, help="the file to write, or the folder where the format is one"
    )
    add_content(parser)
    _add_switches(parser, _SWITCHES)


def add_content(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that say what of a project is written, and in which format."""
    parser.add_argument("--format", metavar="F", default="jsonl", help="the format; `jsonl` when not given")
    add_options(parser)
    add_annotator(parser, "only what this annotator made")
    parser.add_argument("--labels", metavar="LABEL,…", default="", help="only these labels")
    _add_switches(parser, _CONTENT)


def _add_switches(parser: argparse.ArgumentParser, switches: Iterable[tuple[str, str]]) -> None:
    for name, meaning in switches:
        parser.add_argument(name, action="store_true", help=meaning)


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    if args.out is None and not args.dry_run:
        raise WrongChoice("Where to? Name a file with --out, or try it out with --dry-run.")
    with opened(args.project, talk) as project:
        if args.each and args.adjudicated:
            raise WrongChoice(
                "Choose: --each for everybody's work apart, or --adjudicated for what was decided."
            )
        choice = replace(
            content_choice(args, project),
            each=args.each,
            suggestions=args.with_suggestions,
            rejected=args.with_rejected,
        )
        answer = {
            "project": str(project.path),
            "out": "" if args.dry_run else str(args.out),
            "format": args.format,
            "dry_run": args.dry_run,
        }
        if args.dry_run:
            survey = talk.work("Counting", survey_job(project, choice))
            return answer | _counts(survey) | {"files": [], "replaced": [], "sample": survey.sample}
        written = talk.work("Exporting", export_job(project, args.out, choice))
        places, replaced = ([*map(str, one)] for one in (written.places, written.replaced))
        return answer | _counts(written) | {"files": places, "replaced": replaced, "sample": ""}


def _counts(found: Survey | Written) -> dict[str, object]:
    return {
        "articles": found.articles,
        "spans": found.spans,
        "frames": found.frames,
        "left_out": dict(found.left_out),
        "remarks": dict(found.remarks),
    }


def content_choice(args: argparse.Namespace, project: Project) -> ExportChoice:
    """Return what `add_content` asked for; raises WrongChoice for a name that is not there."""
    if args.annotator and args.adjudicated:
        raise WrongChoice(
            "Choose: --annotator for one annotator's work, or --adjudicated for what was decided."
        )
    options = [option for one in named(formats_out(), args.format) for option in one.options_out]
    return ExportChoice(
        args.format,
        _annotator_named(project, args.annotator),
        adjudicated=args.adjudicated,
        labels=_labels(project, args.labels),
        finished=args.finished,
        inner=args.inner,
        chosen=chosen(args.option, options),
    )


def _labels(project: Project, text: str) -> frozenset[str]:
    names = [one.strip() for one in text.split(",") if one.strip()]
    return frozenset(label_named(project.scheme, one) for one in names)


def _annotator_named(project: Project, name: str) -> Id | None:
    if not name:
        return None
    return annotator_id(project, name)


def _lines(answer: Answer) -> Iterable[str]:
    counts = ", ".join(
        (
            counted(answer["articles"], "article"),
            counted(answer["spans"], "span"),
            counted(answer["frames"], "frame"),
        )
    )
    # What is lost is counted by what it is, and not taken off these: some of it is written in another way.
    held = f"what the format can hold of {counts}" if answer["left_out"] else counts
    if answer["dry_run"]:
        yield f"Would write {held}; nothing was written."
    elif not answer["files"]:
        yield "Wrote nothing: nobody has annotated what was chosen."
    else:
        yield f"Wrote {', '.join(answer['files'])}: {held}; read again and compared."
    yield from map(REPLACED.format, answer["replaced"])
    yield from lost(answer["left_out"])
    yield from remarks(answer["remarks"])
    if answer["sample"]:
        yield from ("", answer["sample"].rstrip("\n"))


def lost(found: Mapping[str, int]) -> Iterable[str]:
    """Return what the format could not hold, a line each."""
    return (
        f"Left out, because the format cannot hold it: {number:,} × {what}" for what, number in found.items()
    )


def remarks(found: Mapping[str, int]) -> Iterable[str]:
    """Return what else is to be known of what was chosen, a line each."""
    return (f"{what[:1].upper()}{what[1:]}: {number:,}" for what, number in found.items())


COMMAND = Command("export", "write articles and annotations to a file", _add, _run, _lines)
