"""`annotator agreement`: says how far annotators agree who labelled the same articles, pair by pair."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from typing import Any

from annotator.cli.command import Answer, Command, add_project, counted
from annotator.cli.projects import opened
from annotator.cli.talk import Talk
from annotator.model.scoring import NO_ADJUDICATORS, NOT_COMPARED, Score, Scores
from annotator.services.agreement import agreement_job

_PLACES = 6


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    with opened(args.project, talk) as project:
        found = talk.work("Comparing", agreement_job(project))
        pairs = [
            {"annotators": pair, "articles": count, "labels": _labels(found.between[pair])}
            for pair, count in sorted(found.pairs.items())
        ]
        return {
            "project": str(project.path),
            "articles": found.articles,
            "pairs": pairs,
            "labels": _labels(found.scores),
        }


def _labels(scores: Mapping[str, Scores]) -> dict[str, dict[str, Any]]:
    return {
        label: {
            "strict": _f1(one.strict),
            "overlap": _f1(one.overlap),
            "marked": [one.strict.proposed, one.strict.wanted],
        }
        for label, one in sorted(scores.items())
    }


def _f1(score: Score) -> float:
    return round(score.f1, _PLACES)


def _lines(answer: Answer) -> Iterable[str]:
    if not answer["articles"]:
        yield NOT_COMPARED
    else:
        articles = counted(answer["articles"], "article")
        yield f"F1 in percent, in {articles} that two annotators or more labelled."
    for pair in answer["pairs"]:
        one, other = pair["annotators"]
        yield ""
        yield f"{one} and {other}, {counted(pair['articles'], 'article')}"
        yield from _table(pair["labels"])
    if len(answer["pairs"]) > 1:
        yield ""
        yield "All pairs together"
        yield from _table(answer["labels"])
    yield ""
    yield NO_ADJUDICATORS


def _table(labels: Mapping[str, Mapping[str, Any]]) -> Iterable[str]:
    yield f"  {'label':16}{'strict':>8}{'overlap':>9}   marked by each"
    for label, one in labels.items():
        first, second = one["marked"]
        shares = f"{100 * one['strict']:8.1f}{100 * one['overlap']:9.1f}"
        yield f"  {label:16}{shares}   {first:,} and {second:,}"


COMMAND = Command(
    "agreement", "say how far annotators agree who labelled the same articles", add_project, _run, _lines
)
