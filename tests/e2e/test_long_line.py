"""An article that is one line of 1 MB: in from a file, selected in the view, labelled, out, and in again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from pytestqt.qtbot import QtBot

from annotator.model.formats import ImportOptions
from annotator.model.job import run
from annotator.model.records import Fragment
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.services.exporting import export_job
from annotator.services.importing import plan_import
from annotator.services.importing_known import Known
from annotator.services.project import Project
from annotator.ui.article_view.view import ArticleView

SENTENCE = "Mayor Léa Ortiz 😀 said the bridge “is safe”. "
MEGABYTE = 1 << 20
TEXT = (SENTENCE * (MEGABYTE // len(SENTENCE) + 1))[: MEGABYTE - 8] + " The end"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    found = Project.create(tmp_path / "p.annot", read_scheme(resource("schemes/default.toml")), "Anna")
    yield found
    found.close()


def bring(project: Project, path: Path) -> None:
    known, people = project.known_texts(), {one.name: one.id for one in project.annotators()}
    plan = run(plan_import([path], ImportOptions(), Known(project.scheme, texts=known, annotators=people)))
    assert plan.summary.problems == ()
    project.write_import(plan)
    plan.close()


def test_a_line_of_a_megabyte_goes_all_the_way(project: Project, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "line.txt").write_text(TEXT, encoding="utf-8", newline="")
    bring(project, tmp_path / "line.txt")
    (article,) = project.article_ids()
    content = project.content(article)
    assert (content.article.text, len(content.article.text)) == (TEXT, 1_048_576)

    view = ArticleView()
    qtbot.addWidget(view)
    view.resize(800, 500)
    view.set_content(content, project.scheme)
    view.show()
    start = TEXT.rindex("the bridge")
    view.reveal(start)
    view.select(Fragment(start, start + 20))
    view.grab()
    assert view.selection == Fragment(start, start + 20)
    project.add_span(article, "CLAIM", (view.selection,))
    project.add_span(article, "CUE", (Fragment(len(TEXT) - 3, len(TEXT)),))
    view.update_content(project.content(article))

    run(export_job(project, tmp_path / "out.jsonl"))
    row = orjson.loads((tmp_path / "out.jsonl").read_bytes())
    assert [one["text"] for one in row["spans"]] == [["the bridge “is safe”"], ["end"]]
    other = Project.create(tmp_path / "other.annot", project.scheme, "Anna")
    bring(other, tmp_path / "out.jsonl")
    shutil.copy(tmp_path / "out.jsonl", tmp_path / "first.jsonl")
    run(export_job(other, tmp_path / "out.jsonl"))
    other.close()
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "first.jsonl").read_bytes()
