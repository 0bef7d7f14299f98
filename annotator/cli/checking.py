"""`annotator check`: looks at the file, the offsets and the scheme of a project, and changes nothing."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from annotator.cli.command import Answer, Command, add_project
from annotator.cli.projects import opened
from annotator.cli.talk import Talk
from annotator.model.ids import id_text


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    with opened(args.project, talk) as project:
        found = talk.work("Checking", project.check())
        for finding in found:
            if finding.kind == "error":
                talk.refuse(finding.text)
        return {
            "project": str(project.path),
            "findings": [
                {
                    "kind": finding.kind,
                    "article": id_text(finding.article) if finding.article else None,
                    "record": id_text(finding.record) if finding.record else None,
                    "text": finding.text,
                }
                for finding in found
            ],
        }


def _lines(answer: Answer) -> Iterable[str]:
    yield from (f"Warning: {one['text']}" for one in answer["findings"] if one["kind"] == "warning")
    errors = sum(one["kind"] == "error" for one in answer["findings"])
    yield f"{answer['project']}: {'clean' if not errors else 'errors found: ' + str(errors)}"


COMMAND = Command("check", "check a project's file, offsets and scheme", add_project, _run, _lines)
