"""`annotator suggest`: lets a suggester look at all articles of a project."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from annotator.cli.command import Answer, Command, add_project, counted
from annotator.cli.projects import opened
from annotator.cli.talk import Talk
from annotator.model.errors import UserError
from annotator.model.suggesting import suggest_input
from annotator.services.pipelines import FOLDER, choice_of, look_at, trust, warning
from annotator.services.pipelines import is_trusted as is_allowed
from annotator.services.suggesting import plan_suggestions

LAYERS = ("entities",)


def _add(parser: argparse.ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("--only", choices=LAYERS, help="only this kind of suggestions; all when not given")
    parser.add_argument(
        "--pipeline",
        metavar="NAME",
        default="",
        help="an installed spaCy pipeline to use, or the folder of one; when not given, what the project's"
        " window chose",
    )
    parser.add_argument(
        "--trust",
        action="store_true",
        help="let the pipeline in that folder run, which is program code; holds while its files stay so",
    )


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    with opened(args.project, talk) as project:
        choice = choice_of(args.pipeline) or project.setting("pipeline")
        _look_at(choice, args.trust, talk)
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


def _look_at(choice: str, is_trusted: bool, talk: Talk) -> None:
    """Say what a person has to know of a pipeline before it runs; remember that a folder's may."""
    if not choice:
        return
    facts = look_at(choice)
    if facts.warning:
        talk.note(facts.warning)
    if choice.startswith(FOLDER) and is_trusted:
        talk.work("Looking at the pipeline", trust(choice))
    elif choice.startswith(FOLDER) and not talk.work("Looking at the pipeline", is_allowed(choice)):
        raise UserError(f"{warning(facts)} If you do, say so with --trust.")


def _lines(answer: Answer) -> Iterable[str]:
    looked, waiting = counted(answer["articles"], "article"), counted(answer["waiting"], "suggestion")
    yield f"Looked at {looked} with {answer['suggester']}; {waiting} waiting in the project."


COMMAND = Command("suggest", "let the program propose spans and frames", _add, _run, _lines)
