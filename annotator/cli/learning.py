"""`annotator learn`: learns from a project's own labels, and says where that is better than the rules."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import asdict

from annotator.cli.command import Answer, Command, add_project, counted
from annotator.cli.projects import opened
from annotator.cli.talk import Talk
from annotator.model.learning import Comparison
from annotator.services.learning import gather, learn_from, model_path
from annotator.services.learning_words import sentence, taught_by, under_own_names


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    with opened(args.project, talk) as project:
        lessons = talk.work("Reading", gather(project))
        learned = under_own_names(talk.work("Learning", learn_from(lessons)), project.scheme)
        return {
            "project": str(project.path),
            "out": str(model_path(project.path)),
            "articles": learned.articles,
            "teachers": taught_by(learned),
            "paragraphs": learned.paragraphs,
            "judged": learned.judged,
            "comparisons": [_figures(one) for one in learned.comparisons],
            "cues": list(learned.cues),
            "outermost": learned.outermost,
            "leaves_out": learned.least > 0,
            "adds": learned.adds,
            "moves": list(learned.moves),
            "scores": [asdict(one) for one in learned.sureness],
            "said": sentence(learned),
        }


def _figures(one: Comparison) -> Answer:
    """Return the figures of a label as an evaluation counts them."""
    return {
        "label": one.label,
        "rules_overlap": one.rules_told,
        "rules_strict": one.rules_strict,
        "learned_overlap": one.learned_told,
        "learned_strict": one.learned_strict,
    }


def _lines(answer: Answer) -> Iterable[str]:
    paragraphs, articles = (counted(answer[f"{one}s"], one) for one in ("paragraph", "article"))
    yield f"Learned from {paragraphs} of {articles}."
    yield str(answer["said"])


COMMAND = Command("learn", "learn from the labels of a project", add_project, _run, _lines)
