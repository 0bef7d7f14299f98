"""Files of other tools in odd shapes, read into a project of their own, and what came of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from made_projects import bring, project_in

from annotator.model.records import ArticleContent
from annotator.services.importing import ImportSummary

TEXT = "Ada said no."
Read = tuple[ImportSummary, list[ArticleContent]]


def read(folder: Path, name: str, data: Any, **options: Any) -> Read:
    path = folder / name
    path.write_bytes(
        data if isinstance(data, bytes) else (data if isinstance(data, str) else json.dumps(data)).encode()
    )
    with project_in(folder, "p") as project:
        summary = bring(project, path, **options)
        return summary, [*project.contents()]


def covered(found: Read) -> list[tuple[str, str]]:
    return [(one.label, each.article.text[one.start : one.end]) for each in found[1] for one in each.spans]


def said(found: Read) -> str:
    return " | ".join([*map(str, found[0].problems), *map(str, found[0].notes)])


def task(*results: Any, **more: Any) -> list[Any]:
    return [{"data": {"text": TEXT}, "annotations": [{"result": [*results]}], **more}]


def region(**value: Any) -> dict[str, Any]:
    value = {"start": 0, "end": 3, "text": "Ada", **value}
    return {"id": "a", "type": "labels", "from_name": "wording", "to_name": "text", "value": value}
