"""`annotator annotators`: lists who annotates a project, and says whose labels are the adjudicated ones."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from annotator.cli.command import Answer, Command, add_project, counted
from annotator.cli.projects import opened
from annotator.cli.talk import Talk
from annotator.services.evaluating import annotator_id


def _add(parser: argparse.ArgumentParser) -> None:
    add_project(parser)
    what = "whose labels are the adjudicated ones; may be given again"
    parser.add_argument("--adjudicator", metavar="NAME", action="append", default=[], help=what)
    no_more = "whose labels are so no longer"
    parser.add_argument("--no-adjudicator", metavar="NAME", action="append", default=[], help=no_more)


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    with opened(args.project, talk) as project:
        added, gone = (
            {annotator_id(project, name) for name in names}
            for names in (args.adjudicator, args.no_adjudicator)
        )
        if added or gone:
            project.people.set_adjudicators((project.people.adjudicators() | added) - gone)
        far = project.people.articles_of_each()
        people = [
            {"name": one.name, "kind": one.kind, "labelled": far[one.id].labelled, "done": far[one.id].done}
            for one in project.annotators()
        ]
        return {"project": str(project.path), "annotators": people}


def _lines(answer: Answer) -> Iterable[str]:
    for one in answer["annotators"]:
        labelled = counted(one["labelled"], "article")
        yield f"{one['kind']:>12}  {one['name']}: labelled {labelled}, marked {one['done']:,} as done"


COMMAND = Command("annotators", "list who annotates, or say whose labels are adjudicated", _add, _run, _lines)
