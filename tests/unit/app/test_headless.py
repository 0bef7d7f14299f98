"""The main job without a display: which commands it runs, and that the first failure ends it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from annotator.app.headless import main_job, steps

NAMES = ["new", "import", "suggest", "render", "export"]


def test_the_steps_are_commands_that_anybody_could_type(tmp_path: Path) -> None:
    project = tmp_path / "p.annot"
    made = steps(project, [Path("a.txt"), Path("b.txt")], tmp_path / "w.png", tmp_path / "x.jsonl")
    assert [step[0] for step in made] == NAMES
    assert made[1] == ["import", str(project), "a.txt", "b.txt"]


def test_a_project_that_is_there_is_used_not_replaced(tmp_path: Path) -> None:
    project = tmp_path / "p.annot"
    project.touch()
    made = steps(project, [Path("a.txt")], tmp_path / "w.png", tmp_path / "x.jsonl")
    assert [step[0] for step in made] == NAMES[1:]


def test_all_steps_and_then_where_things_lie(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done: list[str] = []

    def command(step: Sequence[str]) -> int:
        done.append(step[0])
        return 0

    assert main_job(tmp_path / "new folder", "nothing set", command) == 0
    said = capsys.readouterr().out
    assert done == NAMES
    assert "No display (nothing set)" in said
    for name in ("seeds.annot", "window.png", "seeds.jsonl", "--platform vnc"):
        assert name in said


def test_the_first_failure_ends_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done: list[str] = []

    def command(step: Sequence[str]) -> int:
        done.append(step[0])
        return 1 if step[0] == "suggest" else 0

    assert main_job(tmp_path, "nothing set", command) == 1
    assert done == NAMES[:3]
    assert "This step failed" in capsys.readouterr().err
