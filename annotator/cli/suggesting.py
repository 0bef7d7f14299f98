"""`annotator suggest`: lets a suggester look at all articles of a project."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence

from annotator.cli.command import Answer, Command, add_project, counted
from annotator.cli.projects import opened
from annotator.cli.talk import Talk
from annotator.model.errors import UserError
from annotator.model.layers import LAYERS
from annotator.services.pipelines import FOLDER, choice_of, is_there, look_at, trust, warning
from annotator.services.pipelines import is_trusted as is_allowed
from annotator.services.project import Project
from annotator.services.suggesters import PIPELINE, Chosen, all_inputs, chosen, plan_round


def _layers(text: str) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    wrong = [one for one in named if one not in LAYERS]
    if wrong or not named:
        known = ", ".join(LAYERS)
        raise argparse.ArgumentTypeError(f"{text!r} names nothing that is suggested: {known}")
    return named


def add_layers(parser: argparse.ArgumentParser, use: str) -> None:
    """Add the option that narrows what suggesters do; `use` says to what."""
    parser.add_argument("--only", metavar="LAYERS", type=_layers, default=LAYERS, help=use)


def _add(parser: argparse.ArgumentParser) -> None:
    add_project(parser)
    add_layers(parser, f"only these, separated by commas: {', '.join(LAYERS)}; all when not given")
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


def who_suggests(project: Project, layers: Sequence[str], pipeline: str = "") -> tuple[Chosen, ...]:
    """Return the suggesters that a project uses for some layers, with a named pipeline for the entities."""
    who = chosen(project, layers)
    if not pipeline or "entities" not in layers:
        return who
    others = tuple(one for one in who if one.name not in ("entities", PIPELINE))
    return (*others, Chosen(PIPELINE, pipeline))


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    with opened(args.project, talk) as project:
        who = who_suggests(project, args.only, choice_of(args.pipeline))
        for one in who:
            # The project's own that is gone gives way to the built-in one, which is said below.
            if one.name == PIPELINE and (args.pipeline or is_there(one.choice)):
                _look_at(one.choice, args.trust, talk)
        inputs = talk.work("Reading", all_inputs(project))
        job = plan_round(inputs, who, project.scheme, layers=args.only, is_named=bool(args.pipeline))
        found = talk.work("Suggesting", job)
        for notice in found.notices:
            talk.note(notice)
        project.write_suggestions(*found.plans, undoable=True)
        for failure in found.failures:
            talk.refuse(f"{project.content(failure.article).article.name}: {failure.reason}")
        return {
            "project": str(project.path),
            "suggester": ", ".join(found.suggesters),
            "articles": found.summary.articles,
            "spans": found.summary.spans,
            "frames": found.summary.frames,
            "waiting": project.counts().suggestions,
        }


def _look_at(choice: str, is_trusted: bool, talk: Talk) -> None:
    """Say what a person has to know of a pipeline before it runs; remember that a folder's may."""
    facts = look_at(choice)
    if facts.warning:
        talk.note(facts.warning)
    if choice.startswith(FOLDER) and is_trusted:
        talk.work("Looking at the pipeline", trust(choice))
    elif choice.startswith(FOLDER) and not talk.work("Looking at the pipeline", is_allowed(choice)):
        raise UserError(f"{warning(facts)} If you do, say so with --trust.")


def _lines(answer: Answer) -> Iterable[str]:
    looked, waiting = counted(answer["articles"], "article"), counted(answer["waiting"], "suggestion")
    yield f"Looked at {looked}; {waiting} waiting in the project."
    yield f"Suggesters, with their versions: {answer['suggester']}."


COMMAND = Command("suggest", "let the program propose spans and frames", _add, _run, _lines)
