"""`annotator evaluate`: compares what suggesters propose with what an annotator marked."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any

from annotator.cli.command import Answer, Command, add_project, counted
from annotator.cli.projects import opened
from annotator.cli.suggesting import add_layers
from annotator.cli.talk import Talk
from annotator.model.layers import LAYERS
from annotator.model.scoring import Score
from annotator.services.evaluating import Result, annotator_id, caution, evaluate, marked
from annotator.services.suggesters import chosen

_PLACES = 6
"""More than are printed: what is rounded twice may end up a tenth away."""


def _add(parser: argparse.ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "--against", metavar="ANNOTATOR", required=True, help="whose work the suggestions are compared with"
    )
    add_layers(parser, f"only these, separated by commas: {', '.join(LAYERS)}; all when not given")


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    with opened(args.project, talk) as project:
        who = chosen(project, args.only)
        articles = talk.work("Reading", marked(project, annotator_id(project, args.against)))
        results = talk.work("Comparing", evaluate(articles, who, project.scheme, layers=args.only))
        return {
            "project": str(project.path),
            "against": args.against,
            "articles": len(articles),
            "suggesters": [_result(one) for one in results],
            "caution": str(caution(results, articles)),
        }


def _result(one: Result) -> dict[str, Any]:
    labels = {
        label: {
            "strict": _score(scores.strict),
            "overlap": _score(scores.overlap),
            "sure": _score(one.sure.get(label, Score())),
        }
        for label, scores in one.scores.items()
    }
    told = {"suggester": one.suggester, "articles": one.articles, "failed": one.failed, "why": one.why}
    return {**told, "labels": labels}


def _score(one: Score) -> dict[str, float | None]:
    told = (None if value is None else round(value, _PLACES) for value in one.told)
    return {
        **dict(zip(("precision", "recall", "f1"), told, strict=True)),
        "proposed": one.proposed,
        "right": one.right,
        "wanted": one.wanted,
        "found": one.found,
    }


def _lines(answer: Answer) -> Iterable[str]:
    yield f"Compared with {answer['against']} in {counted(answer['articles'], 'article')}, in percent:"
    for one in answer["suggesters"]:
        yield ""
        yield one["suggester"] + (f" ({one['failed']} failed)" if one["failed"] else "")
        yield f"  {'':16}{'strict':^17}   {'overlap':^17}   {'sure':>9}"
        shares = f"{'P':>5}{'R':>6}{'F1':>6}"
        yield f"  {'label':16}{shares}   {shares}   {'P':>9}   proposed  wanted"
        for label, scores in one["labels"].items():
            strict, overlap, sure = scores["strict"], scores["overlap"], scores["sure"]
            figures = f"{_percents(strict)}   {_percents(overlap)}   {_percent(sure, 'precision'):>9}"
            yield f"  {label:16}{figures}   {overlap['proposed']:8}{overlap['wanted']:8}"
    if answer["caution"]:
        yield from ("", answer["caution"])


def _percents(score: dict[str, float | None]) -> str:
    p, r, f = (_percent(score, name) for name in ("precision", "recall", "f1"))
    return f"{p:>5}{r:>6}{f:>6}"


def _percent(score: dict[str, float | None], name: str) -> str:
    """Return a figure, a dash where there was nothing to take a share of."""
    value = score[name]
    return "-" if value is None else f"{100 * value:.1f}"


COMMAND = Command("evaluate", "compare suggestions with what an annotator marked", _add, _run, _lines)
