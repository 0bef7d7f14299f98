"""Places that are protected: one sentence, and what is there stays."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from made_projects import bring, export, project_in

from annotator.model.errors import UserError
from annotator.model.job import run
from annotator.model.records import Fragment
from annotator.services.datasets import dataset_job
from annotator.services.datasets_choice import DatasetChoice
from annotator.services.exporting import formats_out
from annotator.services.exporting_choice import ExportChoice
from annotator.services.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    (tmp_path / "a.txt").write_text("Ada Rask said no.", "utf-8")
    with project_in(tmp_path, "p") as made:
        bring(made, tmp_path / "a.txt")
        made.add_span(made.article_ids()[0], "CLAIM", (Fragment(14, 16),))
        yield made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    """Return a folder in which nothing can be made, as on a disk that is mounted to be read."""
    found = tmp_path / "kept"
    found.mkdir()
    (found / "old.jsonl").write_text("old", "utf-8")
    kind = request.param

    def refused(*given: Any, honest: Any) -> Any:
        if str(given[0]).startswith(f"{found}{os.sep}.annotator-"):
            raise OSError(kind, os.strerror(kind), str(given[0]))
        return honest(*given)

    for name in ("open", "mkdir"):
        honest = getattr(Path, name)
        monkeypatch.setattr(Path, name, lambda *given, honest=honest, **_: refused(*given, honest=honest))
    return found


KINDS = {
    errno.EROFS: "nothing can be written on that disk",
    errno.EACCES: "you have no right to write there",
}


@pytest.mark.parametrize("folder", KINDS, indirect=True)
def test_a_folder_that_cannot_be_written_is_said(
    project: Project, folder: Path, request: pytest.FixtureRequest
) -> None:
    words = KINDS[request.node.callspec.params["folder"]]
    says = f"was not written: {words}. What was there before is unchanged. Choose another place"
    for name in formats_out():
        with pytest.raises(UserError, match=says):
            export(project, folder / "old.jsonl" if name == "jsonl" else folder / "new", name)
    with pytest.raises(UserError, match=says):
        run(dataset_job(project, folder / "d", DatasetChoice(ExportChoice())))
    assert {one.name: one.read_text("utf-8") for one in folder.iterdir()} == {"old.jsonl": "old"}


def test_a_file_that_is_protected_is_not_replaced(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "o.jsonl"
    out.write_text("old", "utf-8")
    out.chmod(0o444)
    with pytest.raises(UserError, match=r"o\.jsonl is protected from being written"):
        export(project, out, "jsonl")
    assert out.read_text("utf-8") == "old"
    out.chmod(0o644)
    assert export(project, out, "jsonl").places == (out,)


def test_a_folder_that_is_not_there_before_a_step_back_is_in_no_way(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "gone" / ".." / "o.jsonl"
    assert export(project, out, "jsonl").replaced == ()
    assert export(project, out, "jsonl").replaced != ()
    assert (tmp_path / "o.jsonl").is_file()
