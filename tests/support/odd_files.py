"""Files of other tools in odd shapes, read into a project with labels, and what their spans cover."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import read_again
from made_projects import SCHEME

from annotator.model.records import ArticleContent
from annotator.services.importing import ImportOptions, ImportSummary

TEXT = "Ada said no."
Read = tuple[ImportSummary, list[ArticleContent]]


def read(folder: Path, name: str, data: Any, **options: Any) -> Read:
    options = {"new_labels": ImportOptions().new_labels, **options}
    summary, contents, _ = read_again.read(folder, name, data, SCHEME, **options)
    return summary, contents


def covered(found: Read) -> list[tuple[str, str]]:
    return [(one.label, each.article.text[one.start : one.end]) for each in found[1] for one in each.spans]


def task(*results: Any, **more: Any) -> list[Any]:
    return [{"data": {"text": TEXT}, "annotations": [{"result": [*results]}], **more}]


def region(**value: Any) -> dict[str, Any]:
    value = {"start": 0, "end": 3, "text": "Ada", **value}
    return {"id": "a", "type": "labels", "from_name": "wording", "to_name": "text", "value": value}
