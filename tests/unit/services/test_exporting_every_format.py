"""Every format takes every choice of an export, and says beforehand what it says afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from made_projects import Plan, project_in

from annotator.model.ids import new_id
from annotator.model.job import run
from annotator.model.records import Article, Fragment, SuggestedSpan
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.text import sha256_of
from annotator.services.exporting import export_job, formats_out
from annotator.services.exporting_choice import ExportChoice
from annotator.services.exporting_survey import survey_job
from annotator.services.project import Project

TEXT = "The mayor 😀 said “the bridge is safe”. Ida Rask doubts it."
CHOICES: dict[str, dict[str, Any]] = {
    "everything": {},
    "labels": {"labels": frozenset({"CLAIM"})},
    "finished": {"finished": True},
    "suggestions": {"suggestions": True},
    "rejected": {"rejected": True},
    "inner": {"inner": True},
}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path, "p", read_scheme(resource("schemes/default.toml"))) as made:
        for number in range(2):
            text = f"{TEXT} {number}"
            own = new_id()
            article = Article(own, f"{number}.txt", "A bridge", text, sha256_of(text), "en")
            proposed = SuggestedSpan(new_id(), own, "CLAIM", (Fragment(39, 47),), 0.5, "s", "r", 5)
            made.write_import(Plan([article, proposed]))
            claim, source, cue = ([Fragment(*one)] for one in ((17, 37), (0, 9), (12, 16)))
            made.add_attribution(own, claim=claim, source=source, cue=cue)
        made.set_reading(own, "done")
        yield made


@pytest.mark.parametrize("name", formats_out())
def test_every_choice_is_written_as_it_was_told(project: Project, tmp_path: Path, name: str) -> None:
    exporter = formats_out()[name].exporter
    assert exporter is not None
    for words, chosen in CHOICES.items():
        choice = ExportChoice(name, **chosen)
        told = run(survey_job(project, choice))
        written = run(export_job(project, tmp_path / f"{words}{exporter.suffix}", choice))
        counts = (told.articles, told.spans, told.frames, dict(told.left_out))
        assert counts == (written.articles, written.spans, written.frames, dict(written.left_out)), words
        assert written.articles == (1 if words == "finished" else 2)
        assert written.spans == (2 if words == "labels" else 3 * written.articles)
    each = run(export_job(project, tmp_path / f"each{exporter.suffix}", ExportChoice(name, each=True)))
    assert each.spans == 6
    assert (tmp_path / f"each.Anna{exporter.suffix}").exists()
