"""Leaving while an import or an export runs: it is asked about, and nothing is lost unasked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.model.errors import UserError
from annotator.model.job import Job, Progress
from annotator.services.exporting_choice import ExportChoice

FINISH, STOP, STAY = 0, 1, 2


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """What a job waits for before it ends."""
    event = threading.Event()
    yield event
    event.set()


def waiting(gate: threading.Event) -> Job[None]:
    while not gate.wait(0.01):
        yield Progress(0, 1)


def start(desk, gate: threading.Event, out: Path, *, fails: bool = False) -> None:
    """Begin a job that a person would miss; it writes when the gate opens."""

    def make() -> Job[None]:
        yield from waiting(gate)
        if fails:
            raise UserError("The disk is full. Make room.")
        out.write_text("done", encoding="utf-8")

    desk.session.long_work.run("Exporting", make, lambda _: None, is_missed=True)
    desk.qtbot.waitUntil(lambda: desk.session.long_work.missed == "Exporting")


def test_the_window_closes_when_the_work_is_finished(desk, told, gate, tmp_path: Path) -> None:
    start(desk, gate, tmp_path / "out")
    told.answers[:] = [FINISH]
    desk.window.close()
    assert told.asked[0].startswith("Exporting is not finished.")
    assert desk.window.isVisible()
    assert desk.said[-1] == "Exporting goes on; then this is closed."
    gate.set()
    desk.qtbot.waitUntil(lambda: not desk.window.isVisible())
    assert (tmp_path / "out").exists()
    assert len(told.asked) == 1


def test_nobody_is_asked_about_a_look_at_what_would_be_exported(desk, gate) -> None:
    work, choice = desk.session.long_work, ExportChoice()
    work.run("Exporting", lambda: waiting(gate), lambda _: None, where="exports")
    work.survey("Looking at what would be exported", choice, lambda _: None)
    assert work.is_busy
    desk.window.close()
    assert not desk.window.isVisible()


def test_it_can_be_stopped(desk, told, gate, tmp_path: Path) -> None:
    start(desk, gate, tmp_path / "out")
    told.answers[:] = [STOP]
    desk.window.close()
    assert not desk.window.isVisible()
    gate.set()
    desk.session.stop()
    assert not (tmp_path / "out").exists()


def test_one_can_stay_also_after_asking_to_leave(desk, told, gate, tmp_path: Path) -> None:
    start(desk, gate, tmp_path / "out")
    told.answers[:] = [FINISH, STAY]
    desk.window.close()
    desk.do("close")
    gate.set()
    desk.qtbot.waitUntil(lambda: not desk.session.long_work.is_busy)
    desk.settle()
    assert desk.window.isVisible()
    assert desk.session.path is not None


def test_after_work_that_failed_the_window_stays(desk, told, gate, tmp_path: Path) -> None:
    start(desk, gate, tmp_path / "out", fails=True)
    told.answers[:] = [FINISH]
    desk.window.close()
    gate.set()
    desk.qtbot.waitUntil(lambda: bool(told.told))
    desk.settle()
    assert desk.window.isVisible()


def test_an_import_is_finished_before_the_project_is_closed(desk, told, outside, tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text("Harbour opens\n\nThe mayor said so.\n", encoding="utf-8")
    told.answers[:] = [FINISH]
    desk.session.import_paths([tmp_path / "news.txt"])
    assert desk.session.long_work.missed == "Importing"
    desk.window.close()
    desk.qtbot.waitUntil(lambda: not desk.window.isVisible())
    assert len(told.asked) == 1
    desk.session.stop()
    assert len(outside(lambda project: project.article_ids())) == 6


def test_what_is_only_looked_at_is_not_asked_about(desk, told, gate, tmp_path: Path) -> None:
    def make() -> Job[None]:
        while not gate.wait(0.01):
            yield Progress(0, 1)

    desk.session.long_work.run("Looking at the files", make, lambda _: None)
    desk.window.close()
    assert told.asked == []
    assert not desk.window.isVisible()
