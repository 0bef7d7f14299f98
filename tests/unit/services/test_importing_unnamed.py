"""Names that are empty come into no scheme: the project opens again after what a file says."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from made_projects import bring, project_in

from annotator.services.project import Project

OWN, SPAN, FRAME = (f"01a22a9f-a8c3-7e5f-8c84-5e25ffbe0af{at}" for at in "abc")
ENDS = [{"id": at, "start_offset": at * 4, "end_offset": at * 4 + 3, "label": "SOURCE"} for at in (0, 1)]
LINK = {"id": 0, "from_id": 0, "to_id": 1, "type": "TELLS", "frame": 1, "roles": ["source", " "]}
MARK = {"id": SPAN, "label": "NEW", "fragments": [[0, 3]], "text": ["Ada"], "annotator": "Anna"}
RECORDS: tuple[dict[str, Any], ...] = (
    {"id": 1, "text": "Ada and Ben.", "entities": ENDS, "relations": [LINK]},
    {
        "format": "annotator/1",
        "id": OWN,
        "name": "a",
        "text": "Ada left.",
        "language": "en",
        "spans": [MARK | {"attributes": {"": "x"}}],
        "frames": [{"id": FRAME, "label": "NEWER", "roles": {"": [SPAN]}, "annotator": "Anna"}],
    },
)


@pytest.mark.parametrize("record", RECORDS)
def test_a_project_opens_again_after_empty_names(tmp_path: Path, record: dict[str, Any]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    with project_in(tmp_path, "p") as project:
        summary = bring(project, path, new_labels="add")
        assert summary.articles == 1
        assert any("has no role" in str(one) for one in summary.problems)
    with closing(Project.open(tmp_path / "p.annot")) as project:
        names = [one.name for label in project.scheme.labels for one in (*label.roles, *label.attributes)]
        assert all(map(str.strip, names))
