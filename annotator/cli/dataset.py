"""`annotator dataset`: writes train, dev and test that do not leak, with a card."""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from annotator.cli.command import Answer, Command, add_project, as_usage, counted, whole
from annotator.cli.exporting import REPLACED, add_content, content_choice, lost, remarks
from annotator.cli.projects import opened
from annotator.cli.talk import Talk
from annotator.model.errors import UserError
from annotator.model.splitting import NOT_SPLIT, PARTS, Leak, Part, Split
from annotator.services.datasets import Dataset, dataset_job
from annotator.services.datasets_choice import DatasetChoice
from annotator.services.datasets_groups import ACTOR, CLAIM_CARD, NEAR_COPY, OUTLET, USUAL
from annotator.services.datasets_kept import dataset_folder

_WORDS = {"near-copies": NEAR_COPY, "claim-cards": CLAIM_CARD, "actors": ACTOR, "outlets": OUTLET}


def _add(parser: argparse.ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("--out", metavar="FOLDER", type=Path, required=True, help="the folder to make")
    add_content(parser)
    parser.add_argument(
        "--shares",
        metavar="N,N,N",
        type=as_usage(parts),
        default="80,10,10",
        help="percent for train, dev, test; 80,10,10",
    )
    usual = ",".join(word for word, kind in _WORDS.items() if kind in USUAL)
    parser.add_argument(
        "--together",
        metavar="KINDS",
        type=as_usage(together),
        default=usual,
        help=f"what keeps articles in one part, of {', '.join(_WORDS)}; {usual} when not given, or `nothing`",
    )
    parser.add_argument("--seed", metavar="N", type=whole(0), default=1, help="another number deals anew")
    parser.add_argument(
        "--like",
        metavar="FOLDER",
        type=as_usage(dataset_folder),
        help="a dataset in whose parts articles stay; when not given, the one that is replaced,"
        " if shares, kinds and seed are the same",
    )


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    with opened(args.project, talk) as project:
        export = replace(content_choice(args, project), touched=True)
        choice = DatasetChoice(export, args.shares, args.together, args.seed, args.out, args.like)
        replaced = [str(args.out)] if any(args.out.glob("*")) else []
        made = talk.work("Making a dataset", dataset_job(project, args.out, choice))
        return _answer(str(project.path), str(args.out), made) | {"replaced": replaced}


def parts(shares: str) -> tuple[Part, ...]:
    """Return the parts that percents stand for, as in "80,10,10"; raises UserError for anything else."""
    try:
        numbers = [float(one) for one in shares.split(",")]
    except ValueError as error:
        raise UserError(
            f"The shares are numbers with commas between, as in 80,10,10, not {shares!r}."
        ) from error
    if len(numbers) > len(PARTS) or min(numbers) < 0 or not math.isclose(sum(numbers), 100, abs_tol=1e-6):
        raise UserError(f"The shares are up to three numbers that make 100 together, not {shares}.")
    names = PARTS if len(numbers) == len(PARTS) else ("train", "test")
    return tuple(Part(name, number / 100) for name, number in zip(names, numbers, strict=False) if number)


def together(words: str) -> tuple[str, ...]:
    """Return what keeps articles together; raises UserError for an unknown word."""
    if words == "nothing":
        return ()
    wanted = [one.strip() for one in words.split(",")]
    unknown = [one for one in wanted if one not in _WORDS]
    if unknown:
        raise UserError(
            f"{unknown[0]!r} keeps no articles together; there are {', '.join(_WORDS)} and nothing."
        )
    return tuple(_WORDS[one] for one in wanted)


def _answer(project: str, out: str, made: Dataset) -> dict[str, object]:
    return {
        "project": project,
        "out": out,
        "parts": {
            name: {"articles": one.articles, "spans": one.spans, "frames": one.frames}
            for name, one in made.written.items()
        },
        "groups": made.split.groups,
        "largest": made.split.largest,
        "kept": made.split.kept,
        "moved": made.split.moved,
        "left_out": dict(made.left_out),
        "remarks": dict(made.remarks),
        "leaks": {leak.kind: {"count": leak.count, "total": leak.total} for leak in made.split.leaks},
    }


def _lines(answer: Answer) -> Iterable[str]:
    yield f"Made {answer['out']}, read again and compared."
    yield from map(REPLACED.format, answer["replaced"])
    for name, one in answer["parts"].items():
        counts = (counted(one[f"{what}s"], what) for what in ("article", "span", "frame"))
        yield f"{name}: {', '.join(counts)}"
    if len(answer["parts"]) == 1:
        yield NOT_SPLIT.format(part=next(iter(answer["parts"])))
    yield from lost(answer["left_out"])
    yield from remarks(answer["remarks"])
    leaks = tuple(Leak(kind, **one) for kind, one in answer["leaks"].items())
    kept, moved = answer["kept"], answer["moved"]
    yield from Split({}, answer["groups"], answer["largest"], leaks, kept, moved).said()


COMMAND = Command("dataset", "write train, dev and test that do not leak", _add, _run, _lines)
