"""Labels for one very long article are joined in short steps, and can be stopped between them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from made_projects import Plan, export, project_in

from annotator.model.ids import new_id, new_ids
from annotator.model.job import Progress, run
from annotator.model.records import Article, Fragment, Frame, RoleEnd, Span
from annotator.model.text import sha256_of
from annotator.services.importing import ImportOptions, ImportPlan
from annotator.services.importing_known import known_of, planned
from annotator.services.importing_stored import join_job
from annotator.services.project import Project

COUNT = 4_000
TEXT = "Ada said on Monday that the ferry stays, and the mayor denied it all at once. " * 3_000


def fill(project: Project, text: str, labels: tuple[str, ...]) -> None:
    """Write one article with many labels."""
    own = Article(new_id(), "long.txt", "T", text, sha256_of(text), "en")
    by = project.annotator.id
    spans = [
        Span(one, own.id, labels[at % len(labels)], (Fragment(at * 50, at * 50 + 3),), by, 5)
        for at, one in enumerate(new_ids(COUNT))
    ]
    frames = [
        Frame(
            new_id(), own.id, "LINK", (RoleEnd("from", "span", one.id), RoleEnd("to", "span", two.id)), by, 5
        )
        for one, two in zip(spans[::10], spans[1::10], strict=False)
    ]
    project.write_import(Plan([own, *spans, *frames]))


VERSIONS = {
    "the same": TEXT,
    "other blanks": TEXT.replace(". ", ".  "),
    "other words": f"{TEXT[:-80]} Ben did not.",
}
CASES = [("jsonl", "the same"), *(("label_studio", version) for version in VERSIONS)]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The labels of others for an article, as a file of each format."""
    folder = tmp_path_factory.mktemp("sent")
    files = {"jsonl": folder / "sent.jsonl", "label_studio": folder / "sent.json"}
    with project_in(folder, "sent") as project:
        fill(project, TEXT, ("CLAIM", "SOURCE"))
        for name, path in files.items():
            export(project, path, name)
    return files


@pytest.fixture(params=CASES, ids=" ".join)
def met(request: Any, sent: dict[str, Path], tmp_path: Path) -> Iterator[tuple[Project, ImportPlan]]:
    """A project with an article and labels of its own, and a plan to bring others for it."""
    name, version = request.param
    with project_in(tmp_path, "there") as there:
        fill(there, VERSIONS[version], ("PERSON",))
        plan = run(planned([sent[name]], ImportOptions(find_words=True), "", known_of(there)))
        yield there, plan
        plan.close()


def test_many_labels_are_joined_in_many_steps(met: tuple[Project, ImportPlan]) -> None:
    there, plan = met
    steps: list[Progress] = []
    joined = run(join_job(there, plan), steps.append)
    assert len(steps) > COUNT / 100
    assert joined.summary.already == 0
    assert joined.summary.spans > COUNT / 2 or len(joined.summary.problems) == 21
    there.write_import(joined)
    (content,) = there.contents()
    assert len(content.spans) == COUNT + joined.summary.spans


def test_they_can_be_stopped_between(met: tuple[Project, ImportPlan]) -> None:
    there, plan = met
    before, job = there.clock(), join_job(there, plan)
    for _ in range(20):
        next(job)
    job.close()
    assert gc.isenabled()
    assert there.clock() == before
