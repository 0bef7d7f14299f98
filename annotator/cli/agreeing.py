"""`annotator agreement`: says how far annotators agree who labelled the same articles, pair by pair."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from annotator.cli.command import Answer, Command, add_project, as_usage, counted
from annotator.cli.projects import opened
from annotator.cli.talk import Talk
from annotator.model.differing import CALLED
from annotator.model.errors import UserError
from annotator.model.scoring import NO_ADJUDICATORS, NOT_COMPARED, Score, Scores
from annotator.services.agreement import Differing, Pair, agreement_job, differing_job

_PLACES = 6
_NOTHING = "-"


def _add(parser: argparse.ArgumentParser) -> None:
    add_project(parser)
    what = "list every place where two of them differ"
    parser.add_argument("--differences", action="store_true", help=what)
    parser.add_argument(
        "--since",
        metavar="DAY",
        type=as_usage(_microseconds),
        default=0,
        help="only articles that came in on this day or later, as in 2026-01-31, or at a time, as in"
        ' "2026-01-31 14:30"',
    )


def _microseconds(day: str) -> int:
    """Return the local day or time in microseconds since 1970; raises UserError for anything else."""
    try:
        return int(datetime.fromisoformat(day).astimezone().timestamp() * 1_000_000)
    except (ValueError, OverflowError, OSError) as error:
        raise UserError(f"A day is written as in 2026-01-31, not {day!r}.") from error


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    with opened(args.project, talk) as project:
        found = talk.work("Comparing", agreement_job(project, args.since))
        pairs = [
            {"annotators": pair, "articles": count, "labels": _labels(found.between[pair])}
            for pair, count in sorted(found.pairs.items())
        ]
        wanted = sorted(found.pairs) if args.differences else []
        differing = (
            (pair, talk.work("Comparing", differing_job(project, pair, args.since))) for pair in wanted
        )
        return {
            "project": str(project.path),
            "articles": found.articles,
            "pairs": pairs,
            "labels": _labels(found.scores),
            "differences": [_told(pair, one) for pair, every in differing for one in every],
        }


def _told(pair: Pair, one: Differing) -> dict[str, Any]:
    what = one.what
    return {
        "annotators": list(pair),
        "article": one.name,
        "start": what.start,
        "kind": what.kind,
        "label": what.label,
        "role": what.role,
        "said": list(what.said),
        "words": what.words,
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
    if answer["differences"]:
        yield from ("", "Where they differ: article, character, label, role")
    for one in answer["differences"]:
        what = ", ".join(filter(None, (one["label"], one["role"])))
        yield f"{one['article']}, {one['start']:,}: {what}: {_said(one)}"
    yield ""
    yield NO_ADJUDICATORS


def _said(one: Mapping[str, Any]) -> str:
    each = [*zip(one["annotators"], one["said"], strict=True)]
    if one["kind"] == "missing":
        return next(f"only {who} has it: {what}" for who, what in each if what)
    words = f" on “{one['words']}”" if one["words"] else ""
    return f"{CALLED[one['kind']]}{words}: {'; '.join(f'{who}: {what or _NOTHING}' for who, what in each)}"


def _table(labels: Mapping[str, Mapping[str, Any]]) -> Iterable[str]:
    yield f"  {'label':16}{'strict':>8}{'overlap':>9}   marked by each"
    for label, one in labels.items():
        first, second = one["marked"]
        shares = f"{100 * one['strict']:8.1f}{100 * one['overlap']:9.1f}"
        yield f"  {label:16}{shares}   {first:,} and {second:,}"


COMMAND = Command(
    "agreement", "say how far annotators agree who labelled the same articles", _add, _run, _lines
)
