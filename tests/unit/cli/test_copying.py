"""A copy of a project may be for an annotator, who is at work in it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from annotator.cli.command import Doors
from annotator.cli.main import run
from annotator.services.project import Project

DOORS = Doors(lambda *_: 0, lambda _: None)


def test_a_copy_is_made_for_an_annotator(tmp_path: Path) -> None:
    path, copy = tmp_path / "p.annot", tmp_path / "bea.annot"
    assert run(["new", str(path), "--annotator", "Ada"], DOORS) == 0
    assert run(["copy", str(path), "--out", str(copy), "--annotator", "Bea"], DOORS) == 0
    for project, at_work in ((copy, "Bea"), (path, "Ada")):
        with closing(Project.open(project)) as found:
            assert found.annotator.name == at_work
