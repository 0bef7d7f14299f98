"""`annotator carry`: suggests the labels of labelled articles in those that say nearly the same."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from annotator.cli.command import Answer, Command, add_project, counted
from annotator.cli.projects import opened
from annotator.cli.talk import Talk
from annotator.services.carrying import carried, find_pairs, left_behind


def _add(parser: argparse.ArgumentParser) -> None:
    add_project(parser)
    what = "write nothing: say which labels would be suggested where, and which not and why"
    parser.add_argument("--dry-run", action="store_true", help=what)


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    with opened(args.project, talk) as project:
        found = talk.work("Carrying", carried(talk.work("Comparing", find_pairs(project)), project.scheme))
        left = talk.work("Comparing", left_behind(project, found))
        changes = None if args.dry_run else project.write_suggestions(found, undoable=True)
        return {
            "project": str(project.path),
            "dry_run": args.dry_run,
            "is_new": changes is not None and bool(changes.many or changes.changes),
            "copies": [
                {
                    "article": one.name,
                    "title": one.title,
                    "of": one.source_name,
                    "share": round(one.share, 3),
                    "annotator": one.by,
                    "spans": len(one.spans),
                    "frames": len(one.frames),
                    "not_carried": list(one.lost),
                }
                for one in found.copies
            ],
            "left": [*left],
        }


def _lines(answer: Answer) -> Iterable[str]:
    copies = answer["copies"]
    if answer["left"]:
        where = counted(len(answer["left"]), "article")
        yield f"What was carried before stays in {where}, though nothing is labelled where it came from:"
        yield f"  {', '.join(answer['left'])}"
    if not copies:
        yield "No article without labels is a near copy of one with labels."
        return
    spans, frames = (sum(one[kind] for one in copies) for kind in ("spans", "frames"))
    said = "Would suggest" if answer["dry_run"] else "Suggested" if answer["is_new"] else "Suggested before:"
    what = f"{counted(spans, 'span')} and {counted(frames, 'frame')}"
    yield f"{said} {what} in {counted(len(copies), 'near copy', 'near copies')} of labelled articles."
    for one in copies:
        what = f"{counted(one['spans'], 'span')} and {counted(one['frames'], 'frame')} of {one['of']}"
        yield f"{one['article']}: {what}, by {one['annotator']} ({one['share']:.0%} the same)"
        yield from (f"  not carried: {lost}" for lost in one["not_carried"])


COMMAND = Command("carry", "suggest the labels of an article in its near copies", _add, _run, _lines)
