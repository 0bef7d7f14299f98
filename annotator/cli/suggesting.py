"""`annotator suggest`: lets a suggester look at all articles of a project."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from annotator.cli.command import Answer, Command, add_project, counted
from annotator.cli.projects import opened
from annotator.cli.talk import Talk
from annotator.model.suggesting import suggest_input
from annotator.services.suggesting import plan_suggestions

LAYERS = ("entities",)


def _add(parser: argparse.ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("--only", choices=LAYERS, help="only this kind of suggestions; all when not given")
    parser.add_argument(
        "--pipeline",
        metavar="NAME",
        default="",
        help="an installed spaCy pipeline to use; when not given, what the project's window chose",
    )


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    with opened(args.project, talk) as project:
        choice = args.pipeline or project.setting("pipeline")
        suggester = "pipeline" if choice else "entities"
        inputs = [(content.article.id, suggest_input(content)) for content in project.contents()]
        plan = talk.work("Suggesting", plan_suggestions(inputs, suggester=suggester, choice=choice))
        project.write_suggestions(plan, undoable=True)
        for failure in plan.failures:
            talk.refuse(f"{project.content(failure.article).article.name}: {failure.reason}")
        return {
            "project": str(project.path),
            "suggester": plan.suggester,
            "articles": plan.summary.articles,
            "spans": plan.summary.spans,
            "frames": plan.summary.frames,
            "waiting": project.counts().suggestions,
        }


def _lines(answer: Answer) -> Iterable[str]:
    looked, waiting = counted(answer["articles"], "article"), counted(answer["waiting"], "suggestion")
    yield f"Looked at {looked} with {answer['suggester']}; {waiting} waiting in the project."


COMMAND = Command("suggest", "let the program propose spans and frames", _add, _run, _lines)
