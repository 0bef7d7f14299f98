"""`annotator ask`: lets a language model at an address propose spans and frames, after a clear consent."""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterable

from annotator.cli.command import Answer, Command, add_project, counted
from annotator.cli.projects import no_article, opened
from annotator.cli.talk import Talk
from annotator.model.errors import UserError, WrongChoice
from annotator.model.ids import Id
from annotator.model.suggesting import suggest_input
from annotator.model.text import cut
from annotator.services.language_models import (
    KEY_VARIABLE,
    Answers,
    Setup,
    consents,
    new_in,
    plan_answers,
    question,
    setup_of,
    target,
)
from annotator.services.project import Project

_SHOWN = 100
"""Characters of an address that is repeated."""


def _add(parser: argparse.ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "--address",
        metavar="URL",
        default="",
        help="an OpenAI-compatible endpoint, such as http://localhost:8080/v1; when not given, what the"
        f" window set up. Its key, if it wants one, is taken from the environment variable {KEY_VARIABLE}",
    )
    parser.add_argument("--model", metavar="NAME", default="", help="the name that the endpoint knows it by")
    parser.add_argument(
        "--consent",
        metavar="URL",
        default="",
        help="agree that the texts and the scheme are sent to this address, this time; without it, or the"
        " consent that you gave in the window, nothing is sent",
    )
    parser.add_argument(
        "--article", metavar="NAME", action="append", default=[], help="only this article; may be repeated"
    )
    for name, what in (("in", "what is sent"), ("out", "what is answered")):
        meaning = f"per million tokens of {what}"
        parser.add_argument(f"--price-{name}", metavar="NUMBER", type=_price, default=0.0, help=meaning)


def _price(word: str) -> float:
    try:
        found = float(word)
    except ValueError:
        found = -1
    if not 0 <= found < math.inf:
        raise argparse.ArgumentTypeError(f"{word!r} is no price: a number of at least 0, as in 0.25")
    return found


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    with opened(args.project, talk) as project:
        setup = _setup(args, setup_of(project.project_id))
        inputs = [(one, suggest_input(project.content(one))) for one in _articles(project, args.article)]
        consent = args.consent or (setup.address if setup.address in consents(project.project_id) else "")
        if consent != setup.address:
            what = f"{question(setup, len(inputs))} If you agree: --consent {setup.address}"
            if args.consent:
                raise WrongChoice(
                    f"You agreed to {cut(args.consent, _SHOWN)}, which is another address. {what}"
                )
            raise UserError(what)
        answers = talk.work("Asking", plan_answers(inputs, setup, project.scheme, consent=consent))
        changes = project.write_suggestions(answers.plan, undoable=True)
        for failure in answers.plan.failures:
            talk.refuse(f"{project.content(failure.article).article.name}: {failure.reason}")
        return {"project": str(project.path), **_figures(answers, setup), "new": new_in(changes)}


def _setup(args: argparse.Namespace, known: Setup) -> Setup:
    found = Setup(
        args.address or known.address,
        args.model or known.model,
        args.price_in or known.price_in,
        args.price_out or known.price_out,
    )
    if not (found.address and found.model):
        raise WrongChoice(
            "No language model is set up: name its address and its name with --address and --model."
        )
    target(found.address)
    return found


def _articles(project: Project, names: Iterable[str]) -> Iterable[Id]:
    found = {name: project.find_article(name) for name in names}
    for name, article in found.items():
        if article is None:
            raise no_article(name, project)
    return [one for one in found.values() if one is not None] or project.article_ids()


def _figures(answers: Answers, setup: Setup) -> Answer:
    summary = answers.plan.summary
    return {
        "address": setup.address,
        "model": setup.model,
        "articles": summary.articles,
        "spans": summary.spans,
        "frames": summary.frames,
        "dropped": answers.dropped,
        "unfit": answers.unfit,
        "requests": answers.requests,
        "tokens_in": answers.tokens_in,
        "tokens_out": answers.tokens_out,
        "seconds": round(answers.seconds, 3),
        "cost": answers.cost,
        "not_asked": answers.not_asked,
    }


def _lines(answer: Answer) -> Iterable[str]:
    spans, frames = counted(answer["spans"], "span"), counted(answer["frames"], "frame")
    yield f"{answer['model']} proposed {spans} and {frames} for {counted(answer['articles'], 'article')}."
    if answer["new"] is not None:
        yield f"{answer['new']:,} of them new." if answer["new"] else "Nothing new."
    yield f"{counted(answer['dropped'], 'span')} dropped, with words that the text does not hold."
    if answer["unfit"]:
        unfit = counted(answer["unfit"], "proposal")
        yield f"{unfit} left out, without a label of the scheme or without parts."
    if answer["not_asked"]:
        yield f"After failures in a row it was stopped: {counted(answer['not_asked'], 'article')} not sent."
    tokens = f"{answer['tokens_in']:,} tokens sent, {answer['tokens_out']:,} answered"
    took = f"{answer['seconds']} s, cost {answer['cost']:.4f}"
    yield f"{counted(answer['requests'], 'request')}, {tokens}, {took}."


COMMAND = Command("ask", "let a language model propose spans and frames", _add, _run, _lines)
