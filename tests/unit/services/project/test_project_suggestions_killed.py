"""kill -9 while suggestions are written, accepted and reopened: all of a step is there, or nothing."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from forked import Forks, forks_of

from annotator.model.job import run as run_job
from annotator.services.project import Project

KILLS = 10
PIECES = 60
WORKER = """
import sys
from pathlib import Path
from annotator.model.suggesting import Proposals, ProposedFrame, ProposedSpan
from annotator.services.project import Project
from annotator.services.suggesting import SuggestionPlan

project = Project.open(Path(sys.argv[1]), "Anna")
(article, *_), pieces = project.article_ids(), int(sys.argv[2])
spans, frames = [], []
for at in range(pieces):
    spans.append(ProposedSpan("SOURCE", ((at, at + 2),), 0.9, "r"))
    spans.append(ProposedSpan("CUE", ((at + 2, at + 4),), 0.9, "r"))
    frames.append(ProposedFrame("ATTRIBUTION", (("source", 2 * at), ("cue", 2 * at + 1)), 0.9, "r"))
plan = SuggestionPlan("rules 1", (), ((article, Proposals(tuple(spans), tuple(frames))),))
print("ready", flush=True)
while True:
    taken = [one.id for one in project.content(article).suggested_frames if one.state == "accepted"]
    if taken:
        project.reopen([*taken, *(one.id for one in project.content(article).suggested_spans)])
    project.write_suggestions(plan, undoable=True)
    waiting = [one.id for one in project.content(article).suggested_frames if one.state == "open"]
    print(project.accept(waiting).operation, flush=True)
"""


def _killed(program: Forks, path: Path, steps: int, seconds: float) -> str:
    """Kill it a while after so many whole turns; return what it said."""
    with program.start(path, str(PIECES)) as run:
        assert run.stdout.readline() == "ready\n"
        said = "".join(run.stdout.readline() for _ in range(steps))
        time.sleep(seconds)
        run.kill()
        return said + run.stdout.read()


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Forks]:
    """What suggests, accepts and reopens until it is killed."""
    with forks_of(WORKER, tmp_path) as found:
        yield found


def test_ten_kills_leave_every_step_whole(desk: Any, program: Forks, tmp_path: Path) -> None:
    path, chance, said = tmp_path / "killed.annot", random.Random(11), ""
    assert len(desk.content(desk.project.article_ids()[0]).article.text) > PIECES + 4
    run_job(desk.project.copy_to(path))
    for turn in range(KILLS):
        said += _killed(program, path, turn % 3, chance.uniform(0, 0.2))
        again = Project.open(path, "Anna")
        try:
            assert run_job(again.check()) == ()
            content = again.content(again.article_ids()[0])
            assert len(content.suggested_frames) in (0, PIECES)
            assert len(content.suggested_spans) == 2 * len(content.suggested_frames)
            assert len(content.frames) in (0, len(content.suggested_frames))
            assert len(content.spans) == 2 * len(content.frames)
            taken = [one.became for one in content.suggested_frames if one.state == "accepted"]
            assert set(taken) == {one.id for one in content.frames}
        finally:
            again.close()
    assert f"Accept {PIECES} suggestions" in said
