"""What the window does with the files that it was started with."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from annotator.app import window


class Started:
    """Stands for the window, and notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any]] = []
        self.session = SimpleNamespace(open_project=lambda path: self.asked.append(("open", path)))
        self.files = SimpleNamespace(
            take=lambda paths: self.asked.append(("take", paths)),
            sample=lambda: self.asked.append(("sample", None)),
        )


@pytest.mark.parametrize(
    ("names", "asked"),
    [
        ([], [("sample", [])]),
        (["a.txt"], [("take", ["a.txt"])]),
        (["p.annot"], [("open", "p.annot")]),
        (["a.txt", "p.annot"], [("open", "p.annot"), ("take", ["a.txt"])]),
        (["missing.annotator"], [("open", "missing.annotator")]),
    ],
)
def test_projects_are_opened_and_the_rest_is_taken_in(
    tmp_path: Path, names: list[str], asked: list[tuple[str, Any]]
) -> None:
    (tmp_path / "a.txt").write_text("Ada said no.", "utf-8")
    started, settings = Started(), SimpleNamespace(recent=())
    window._begin(started, settings, [tmp_path / one for one in names], True)  # type: ignore[arg-type]
    found = [
        (what, given.name if isinstance(given, Path) else [one.name for one in given or ()])
        for what, given in started.asked
    ]
    assert found == asked
