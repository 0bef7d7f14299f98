"""Reads a file into a project of its own, and tells what came of it in plain words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from made_projects import bring, project_in

from annotator.model.formats import Draft, ImportOptions, Note, Problem
from annotator.model.job import run
from annotator.model.records import ArticleContent
from annotator.model.scheme import Scheme
from annotator.services.importing import ImportSummary

NOTHING = Scheme("empty", "", ())
Read = tuple[ImportSummary, list[ArticleContent], dict[Any, str]]


def read(folder: Path, name: str, data: Any, scheme: Scheme = NOTHING, **options: Any) -> Read:
    path = folder / name
    if not isinstance(data, bytes):
        data = (data if isinstance(data, str) else json.dumps(data)).encode()
    path.write_bytes(data)
    with project_in(folder, f"p{len(list(folder.iterdir()))}", scheme) as project:
        summary = bring(project, path, **{"new_labels": "add", **options})
        assert run(project.check()) == ()
        names = {one.id: one.name for one in project.annotators()}
        return summary, [*project.contents()], names


def drafts(importer: Any, path: Path, **options: Any) -> tuple[list[Draft], list[str]]:
    """The articles of a file, and what is told beside them."""
    items = list(importer.read(path, ImportOptions(**options)))
    told = [str(one) for one in items if isinstance(one, Note | Problem)]
    return [one for one in items if isinstance(one, Draft)], told


def spans(found: Read, at: int = 0) -> list[tuple[str, list[str]]]:
    content = found[1][at]
    text = content.article.text
    return sorted(
        (one.label, [text[part.start : part.end] for part in one.fragments]) for one in content.spans
    )


def frames(found: Read, at: int = 0) -> list[tuple[str, list[tuple[str, str]]]]:
    content = found[1][at]
    text = content.article.text
    words = {one.id: text[one.fragments[0].start : one.fragments[0].end] for one in content.spans}
    words |= {one.id: f"<{one.label}>" for one in content.frames}
    return sorted((one.label, [(role.role, words[role.end]) for role in one.roles]) for one in content.frames)


def said(found: tuple[ImportSummary, *tuple[Any, ...]]) -> str:
    return " | ".join([*map(str, found[0].problems), *map(str, found[0].notes)])
