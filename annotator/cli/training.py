"""`annotator train`: trains an ordinary spaCy pipeline from the labels of a project."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from annotator.cli.command import Answer, Command, add_project, counted, whole
from annotator.cli.projects import opened
from annotator.cli.talk import Talk
from annotator.services.pipeline_training import PASSES, gather, train


def _add(parser: argparse.ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "--out", metavar="DIR", type=Path, required=True, help="the folder of the pipeline, new or empty"
    )
    parser.add_argument(
        "--passes",
        metavar="NUMBER",
        type=whole(1, 1_000),
        default=PASSES,
        help=f"times that all labels are gone through at most; {PASSES} when not given",
    )


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    with opened(args.project, talk) as project:
        material = talk.work("Reading", gather(project))
    found = talk.work("Training", train(material, args.out, args.passes))
    return {
        "project": str(args.project),
        "out": str(found.out),
        "articles": found.articles,
        "components": list(found.components),
        "labels": found.labels,
        "scores": found.scores,
    }


def _lines(answer: Answer) -> Iterable[str]:
    articles = counted(answer["articles"], "article")
    yield f"{answer['out']}: {', '.join(answer['components'])}, from {articles}."
    for name, value in answer["scores"].items():
        yield f"{name:>12}  {value:.3f} (on articles that were not learned from)"


COMMAND = Command("train", "train a spaCy pipeline from the labels of a project", _add, _run, _lines)
