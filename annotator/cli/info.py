"""`annotator info`: says what a project holds, and what the program can do with it."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from annotator.cli.command import Answer, Command, add_project
from annotator.cli.projects import opened
from annotator.cli.talk import Talk
from annotator.services.exporting import formats_out
from annotator.services.importing import formats_in, plugin_faults


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    with opened(args.project, talk) as project:
        talk.tell(plugin_faults())
        counts = project.counts()
        return {
            "project": str(project.path),
            "scheme": project.scheme.name,
            "annotators": sorted(one.name for one in project.annotators()),
            "articles": counts.articles,
            "done": counts.done,
            "spans": counts.spans,
            "frames": counts.frames,
            "suggestions": counts.suggestions,
            "actors": counts.actors,
            "claim_cards": counts.claim_cards,
            "by_label": dict(sorted(counts.labels.items())),
            "formats_in": sorted(formats_in()),
            "formats_out": sorted(formats_out()),
        }


def _lines(answer: Answer) -> Iterable[str]:
    yield f"{answer['project']}, scheme {answer['scheme']}, annotators {', '.join(answer['annotators'])}"
    for name in ("articles", "done", "spans", "frames", "suggestions", "actors", "claim_cards"):
        yield f"{name.replace('_', ' '):>12}  {answer[name]:,}"
    for label, number in answer["by_label"].items():
        yield f"{label:>12}  {number:,}"


COMMAND = Command("info", "say what a project holds", add_project, _run, _lines)
