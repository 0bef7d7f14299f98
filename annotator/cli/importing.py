"""`annotator import`: brings files and folders of articles into a project."""

from __future__ import annotations

import argparse
import os
import shlex
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from annotator.cli.choosing import (
    add_options,
    chosen,
    labels,
    labels_not_there,
    labels_of_scheme,
    named,
)
from annotator.cli.command import Answer, Command, add_annotator, add_project, as_usage, counted
from annotator.cli.projects import opened
from annotator.cli.talk import Talk
from annotator.model.disk import meant_beside
from annotator.model.errors import UserError
from annotator.model.formats import NEW_LABELS, ImportOptions, Problem, told_together
from annotator.model.said import joined, say
from annotator.model.text import cut, encoding_named
from annotator.services.evaluating import annotator_id
from annotator.services.importing import formats_in
from annotator.services.importing_known import known_of, planned
from annotator.services.importing_stored import join_job, write

_HOW_LABELS = (
    "Refused labels come in with --new-labels add, or with --labels LABEL=HERE as one that the scheme has;"
    " with --new-labels leave-out they stay out."
)
_HOW = {"same": "the same name", "alike": "known to mean it"}
_SHOWN = 80
"""Characters of a label that are shown."""
_MOST = 20
"""Lines of a kind that are shown."""
USES = ("text", "title", "name", "language", "label", "meta", "skip")


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
    meaning = "the format; told by name and content if not given"
    parser.add_argument("--format", metavar="F", default="", help=meaning)
    meaning = "the encoding of the files; UTF-8 when not given"
    parser.add_argument("--encoding", metavar="E", type=as_usage(encoding_named), help=meaning)
    parser.add_argument(
        "--columns",
        metavar="USE=COLUMN,…",
        type=columns,
        default={},
        help=f"which column of a table is what, uses: {', '.join(USES)}; guessed when not given",
    )
    parser.add_argument(
        "--labels",
        metavar="LABEL=HERE",
        type=labels,
        action="append",
        default=[],
        help="what a label of the file (or LABEL.role, LABEL.attribute) is in the scheme; "
        "empty: left out; may be given several times",
    )
    parser.add_argument(
        "--new-labels",
        choices=[one.replace("_", "-") for one in NEW_LABELS],
        default="refuse",
        help="what becomes of labels that the scheme does not have; refused and named when not given",
    )
    parser.add_argument(
        "--find-words",
        action="store_true",
        help="where a span does not cover the words that the file says, take the only place that has them",
    )
    _add_newer(parser)
    add_options(parser)
    meaning = "write nothing: say what would come in, and what not and why"
    parser.add_argument("--dry-run", action="store_true", help=meaning)
    add_annotator(parser, "who imports")


def _add_newer(parser: argparse.ArgumentParser) -> None:
    what = (
        "of labels that this annotator has in the project already, take what the file says of them:"
        " also what is changed, and removed, in it"
    )
    parser.add_argument("--newer", metavar="NAME", default="", help=what)


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    _refuse_missing(args.paths)
    with opened(args.project, talk, args.annotator) as project:
        options = labels_of_scheme(_options(args), project.scheme)
        if args.newer:
            annotator_id(project, args.newer)
        job = planned(args.paths, options, args.format, known_of(project))
        with closing(talk.work("Reading", job)) as read:
            plan = talk.work("Comparing", join_job(project, read))
            if not args.dry_run:
                write(project, plan)
            summary = plan.summary
        for told in told_together(summary.problems):
            talk.refuse(told)
        missed = labels_not_there(options, [one.name for one in summary.labels])
        return {
            "project": str(project.path),
            "dry_run": args.dry_run,
            "articles": summary.articles,
            "spans": summary.spans,
            "frames": summary.frames,
            "article_labels": summary.article_labels,
            "suggestions": summary.suggestions,
            "labels": [asdict(one) for one in summary.labels],
            "formats": dict(summary.formats),
            "copies": [*summary.copies, *summary.kept_copies],
            "near_copies": list(summary.near_copies),
            "joined": list(summary.joined),
            "labelled": summary.labelled,
            "already": summary.already,
            "revised": [asdict(one) for one in summary.revised],
            "problems": [_problem(problem) for problem in summary.problems],
            "notes": [*summary.notes, *missed],
        }


def _refuse_missing(paths: Sequence[Path]) -> None:
    """Raise UserError where nothing of what is to be read is there; of several, the others are read."""
    if not any(map(os.path.lexists, paths)):
        missing = (joined(say("There is nothing at {path}.", path=one), meant_beside(one)) for one in paths)
        raise UserError(joined(*missing))


def _options(args: argparse.Namespace) -> ImportOptions:
    options = [option for one in named(formats_in(), args.format) for option in one.options_in]
    return ImportOptions(
        encoding=args.encoding,
        columns=args.columns,
        labels=dict(args.labels),
        new_labels=args.new_labels.replace("-", "_"),
        find_words=args.find_words,
        newer=args.newer,
        chosen=chosen(args.option, options),
    )


def _problem(problem: Problem) -> Answer:
    return {"file": problem.file, "line": problem.line, "field": problem.field, "reason": problem.reason}


def _lines(answer: Answer) -> Iterable[str]:
    counts = [counted(answer["articles"], "article")]
    for name, one in (("spans", "span"), ("frames", "frame"), ("suggestions", "suggestion")):
        if answer[name]:
            counts.append(counted(answer[name], one))
    if answer["article_labels"]:
        counts.append(counted(answer["article_labels"], "label of an article", "labels of articles"))
    did = "Would import" if answer["dry_run"] else "Imported"
    yield f"{did} {', '.join(counts)} into {answer['project']}."
    if len(answer["formats"]) > 1:
        yield f"Read as: {', '.join(f'{name} ({count:,})' for name, count in answer['formats'].items())}."
    for label in answer["labels"]:
        here = (
            f"{cut(label['here'], _SHOWN)} ({_HOW.get(label['how'], label['how'])})"
            if label["here"]
            else label["how"]
        )
        yield f"{label['count']:>9,} × {label['kind']} {cut(label['name'], _SHOWN)}: {here}"
    if any(label["how"] == "refused" for label in answer["labels"]):
        yield _HOW_LABELS
    if answer["labelled"]:
        yield f"Labels for {counted(answer['labelled'], 'article')} already there:"
        yield from _first(answer["joined"], "    ")
    yield from map(_revised, answer["revised"])
    yield from _first(answer["copies"], "Copy: ")
    yield from _first(answer["near_copies"], "Nearly the same: ")
    yield from answer["notes"]


def _revised(one: Mapping[str, Any]) -> str:
    who, changed = one["annotator"], counted(one["changed"], "label")
    if one["is_taken"]:
        return f"{who}: {changed} changed, {one['removed']:,} removed, as the file has them."
    how = f"--newer {shlex.quote(who)} takes them as they are there."
    return f"{who}: {changed} otherwise in the file, {one['removed']:,} not in it; {how}"


def _first(lines: Sequence[str], before: str) -> Iterable[str]:
    """Yield the first of many lines: of each article that is there already there may be one."""
    yield from (f"{before}{line}" for line in lines[:_MOST])
    if len(lines) > _MOST:
        yield f"{before}and {len(lines) - _MOST:,} more, which --json lists"


COMMAND = Command("import", "bring articles into a project", _add, _run, _lines)
