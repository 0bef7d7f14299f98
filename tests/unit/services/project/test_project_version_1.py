"""A project of the first version of the file: each later version opens it and finds all that is in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.model.job import run
from annotator.services.exporting import export_job
from annotator.services.project import Project

FILE = Path(__file__).resolve().parents[3] / "data" / "project_version_1.annot"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    shutil.copy(FILE, tmp_path / "copy.annot")
    found = Project.open(tmp_path / "copy.annot", "Anna")
    yield found
    found.close()


def test_it_opens_whole(project: Project) -> None:
    assert project.notices == ()
    assert run(project.check()) == ()
    assert project.scheme.name == "default"
    assert [one.name for one in project.annotators()] == ["Anna"]
    assert project.undo_name() is not None


def test_its_articles_and_records_are_there(project: Project) -> None:
    harbour, empty = (project.content(one) for one in project.article_ids())
    text = harbour.article.text
    assert (harbour.article.name, harbour.article.title) == ("harbour.txt", "Harbour opens")
    assert harbour.blocks[0].kind == "headline"
    said = {one.label: text[one.start : one.end] for one in harbour.spans}
    assert said == {"CLAIM": "the bridge “is safe”", "SOURCE": "Mayor Ada Ortiz", "CUE": "said"}
    assert {one.note for one in harbour.spans} == {"", "twice said"}
    frames = {one.label: {end.role for end in one.roles} for one in harbour.frames}
    assert frames["ATTRIBUTION"] == {"claim", "source", "cue"}
    assert "target" in frames["STANCE"]
    assert [one.wording for one in harbour.claim_cards] == ["The bridge is safe."]
    assert [(one.label, one.score, one.state) for one in harbour.suggested_spans] == [
        ("PERSON", 0.75, "open")
    ]
    assert [one.layer for one in empty.nothing_here] == ["all"]
    assert [one.state for one in empty.readings] == ["done"]


def test_it_can_be_worked_on_searched_and_exported(project: Project, tmp_path: Path) -> None:
    harbour = project.article_ids()[0]
    project.accept([one.id for one in project.content(harbour).suggested_spans])
    assert len(project.content(harbour).spans) == 4
    project.undo()
    assert len(project.content(harbour).spans) == 3
    assert [hit.article for hit in project.search("bridge")] == [harbour]
    assert run(export_job(project, tmp_path / "out.jsonl")).articles == 2
