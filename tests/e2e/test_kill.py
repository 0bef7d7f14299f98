"""kill -9 in the middle of labelling in the real window: nothing that was shown as saved is missing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from annotator.model.ids import id_text
from annotator.model.job import run
from annotator.services.project import Project

LABELS = Path(__file__).with_name("labels_until_killed.py")
KILLS = 30
MOST_OF_A_STEP = 3
"""Spans that one key makes at most: claim, source and cue."""
ENOUGH = 3
"""Saves before a kill: from then on the moment is random."""


class Labelling:
    """One run that is killed at a random moment; what it showed is kept, line by line."""

    def __init__(self, project: Path, folder: Path, seed: int) -> None:
        self.shown: list[str] = []
        self._errors = folder / "errors.txt"
        with self._errors.open("w") as errors:
            self.process = subprocess.Popen(
                [sys.executable, str(LABELS), str(project), str(folder), str(seed)],
                env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
                stdout=subprocess.PIPE, stderr=errors, text=True,
            )  # fmt: skip
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.shown += (line.strip() for line in self.process.stdout)
        self.process.stdout.close()

    def kill(self, after: float) -> None:
        """Wait for some saves, then a random while, then kill."""
        end = time.monotonic() + 120
        while len(self.shown) < ENOUGH and self.process.poll() is None and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(after)
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self._reader.join()
        assert len(self.shown) >= ENOUGH, self._errors.read_text(encoding="utf-8")


def after_it(shown: list[str], before: set[str]) -> tuple[set[str], bool]:
    """Return the spans shown as saved and not as taken back, and whether an undo was under way."""
    there, is_undoing = set(before), False
    for line in shown:
        kind, _, span = line.partition(" ")
        is_undoing = kind == "undoing"
        if not is_undoing:
            there = there | {span} if kind == "saved" else there - {span}
    return there, is_undoing


def stored(path: Path) -> set[str]:
    """Return the spans that are in the project, after checking all of it."""
    project = Project.open(path)
    try:
        assert run(project.check()) == ()
        return {id_text(span.id) for content in project.contents() for span in content.spans}
    finally:
        project.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 here")
def test_nothing_shown_as_saved_is_missing(annotator: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“We will see,” Anna Berg said in Oslo.\n\n" * 200, encoding="utf-8")
    assert annotator("new", "p.annot").code == 0
    assert annotator("import", "p.annot", "a.txt").code == 0
    moments = random.Random(20260301)
    there: set[str] = set()
    for seed in range(KILLS):
        labelling = Labelling(tmp_path / "p.annot", tmp_path, seed)
        labelling.kill(moments.uniform(0, 0.5))
        (wanted, is_undoing), found = after_it(labelling.shown, there), stored(tmp_path / "p.annot")
        # At most one step was on the disk before it could be shown: one more, or one taken back.
        assert len(wanted - found) <= (MOST_OF_A_STEP if is_undoing else 0), f"run {seed}: shown, but missing"
        assert len(found - wanted) <= MOST_OF_A_STEP, f"run {seed}"
        there = found
    assert len(there) > KILLS
    ended = annotator("check", "p.annot", "--json")
    assert (ended.code, ended.answer["findings"]) == (0, [])
