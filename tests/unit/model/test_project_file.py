"""How a project file is known from outside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from made_projects import project_in

from annotator.model.project_file import is_project


@pytest.fixture
def renamed(tmp_path: Path) -> Path:
    with project_in(tmp_path, "p"):
        pass
    return (tmp_path / "p.annot").rename(tmp_path / "p.annotator")


def test_a_project_is_one_whatever_its_ending(renamed: Path) -> None:
    assert is_project(renamed)
    assert is_project(renamed.rename(renamed.with_suffix("")))


@pytest.mark.parametrize("data", [b"", b"Ada said no.", b"SQLite format 3\0" + bytes(100)])
def test_other_files_are_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.db").write_bytes(data)
    assert not is_project(tmp_path / "a.db")
    assert not is_project(tmp_path)
    assert not is_project(tmp_path / "missing")


def test_the_usual_ending_is_enough(tmp_path: Path) -> None:
    assert is_project(tmp_path / "missing.ANNOT")


def test_what_is_open_is_not_looked_into(renamed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = renamed.with_name("link")
    os.link(renamed, link)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("it was opened"))
    assert is_project(link, renamed)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_nothing_waits_for_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert not is_project(tmp_path / "pipe")
