"""The threads: order, answers on the window's thread, jobs in slices, cancel, mistakes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from annotator.model.errors import Stopped
from annotator.model.job import Job, Progress
from annotator.ui import proposing
from annotator.ui.worker import Worker


@pytest.fixture
def worker() -> Iterator[Worker]:
    found = Worker("test")
    yield found
    assert found.stop()


def test_calls_run_in_order_elsewhere_and_answer_here(worker: Worker, qtbot: QtBot) -> None:
    ran: list[tuple[int, int]] = []
    answered: list[tuple[int, int]] = []
    here = threading.get_ident()
    for number in range(20):
        worker.call(
            lambda number=number: ran.append((number, threading.get_ident())) or number,
            lambda number: answered.append((number, threading.get_ident())),
            lambda error: pytest.fail(str(error)),
        )
    qtbot.waitUntil(lambda: len(answered) == 20)
    assert [number for number, _ in ran] == [number for number, _ in answered] == list(range(20))
    assert {thread for _, thread in answered} == {here}
    assert here not in {thread for _, thread in ran}


def test_a_mistake_reaches_the_asker_and_the_thread_lives_on(worker: Worker, qtbot: QtBot) -> None:
    failed: list[Exception] = []
    worker.call(lambda: 1 // 0, lambda _: None, failed.append)
    answered: list[int] = []
    worker.call(lambda: 1, answered.append, failed.append)
    qtbot.waitUntil(lambda: answered == [1])
    assert [type(one) for one in failed] == [ZeroDivisionError]


def test_a_job_goes_on_between_calls(worker: Worker, qtbot: QtBot) -> None:
    order: list[str] = []
    gate = threading.Event()

    def job() -> Job[str]:
        for step in range(50):
            order.append(f"step {step}")
            gate.wait(60)
            yield Progress(step, 50)
        return "whole"

    ended: list[str] = []
    worker.job(job, ended.append, lambda error: pytest.fail(str(error)))
    qtbot.waitUntil(lambda: order == ["step 0"])
    worker.call(lambda: order.append("call"), lambda _: None, lambda _: None)
    gate.set()
    qtbot.waitUntil(lambda: ended == ["whole"])
    assert order.index("call") == 1


def test_progress_is_not_told_for_every_step(worker: Worker, qtbot: QtBot) -> None:
    told: list[Progress] = []
    ended: list[int] = []

    def job() -> Job[int]:
        for step in range(5000):
            yield Progress(step, 5000)
        return 1

    worker.job(job, ended.append, lambda error: pytest.fail(str(error)), tell=told.append)
    qtbot.waitUntil(lambda: ended == [1])
    assert 1 <= len(told) < 500


def test_cancel_closes_the_job(worker: Worker, qtbot: QtBot) -> None:
    closed: list[bool] = []
    stopped: list[bool] = []

    def job() -> Job[None]:
        try:
            while True:
                yield Progress(0, 0)
        finally:
            closed.append(True)

    running = worker.job(
        job,
        lambda _: pytest.fail("ended"),
        lambda error: pytest.fail(str(error)),
        stopped=lambda: stopped.append(True),
    )
    running.cancel()
    qtbot.waitUntil(lambda: stopped == [True])
    assert closed in ([True], [])  # cancelled before it began there is nothing to close


def test_stop_closes_jobs_under_way(qtbot: QtBot) -> None:
    worker = Worker("test")
    closed: list[bool] = []
    begun = threading.Event()

    def job() -> Job[None]:
        try:
            while True:
                begun.set()
                yield Progress(0, 0)
        finally:
            closed.append(True)

    worker.job(job, lambda _: None, lambda _: None)
    assert begun.wait(60)
    assert worker.stop()
    assert closed == [True]


def test_what_is_fetched_comes_from_the_thread_behind_what_was_asked_before(worker: Worker) -> None:
    ran: list[int] = []
    worker.call(lambda: ran.append(1), lambda _: None, lambda _: None)
    ident = worker.fetch(threading.get_ident)
    assert ran == [1]
    assert ident != threading.get_ident()
    assert worker.fetch(lambda: worker.fetch(threading.get_ident)) == ident


@pytest.mark.parametrize("error", [ValueError("no"), TimeoutError("late")])
def test_what_fails_while_it_is_waited_for_is_raised(worker: Worker, error: Exception) -> None:
    def fail() -> None:
        raise error

    with pytest.raises(type(error), match=str(error)):
        worker.fetch(fail)
    assert worker.fetch(lambda: 1) == 1


def test_nobody_waits_for_a_thread_that_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.ui.worker._LOOK", 0.01)
    worker = Worker("test")
    assert worker.stop()
    with pytest.raises(Stopped):
        worker.fetch(lambda: 1)


def test_a_job_that_fails_once_it_is_to_end_is_stopped(worker: Worker, qtbot: QtBot) -> None:
    begun, gate = threading.Event(), threading.Event()
    told: list[object] = []

    def job() -> Job[None]:
        begun.set()
        gate.wait(60)
        raise ValueError("closed meanwhile")
        yield Progress(0, 0)

    running = worker.job(job, told.append, told.append, stopped=lambda: told.append("stopped"))
    assert begun.wait(60)
    running.cancel()
    gate.set()
    qtbot.waitUntil(lambda: told == ["stopped"])


def test_two_jobs_take_turns(worker: Worker, qtbot: QtBot) -> None:
    steps: list[str] = []
    ended: list[str] = []
    gate = threading.Event()

    def job(name: str) -> Job[str]:
        for _ in range(3):
            gate.wait(60)
            steps.append(name)
            yield Progress(0, 0)
        return name

    for name in ("a", "b"):
        worker.job(lambda name=name: job(name), ended.append, lambda error: pytest.fail(str(error)))
    gate.set()
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert sorted(steps) == ["a", "a", "a", "b", "b", "b"]
    assert "b" in steps[:3]


def test_words_of_speaking_are_read_aside_once_a_project_was_painted(
    open_desk: Any, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []
    monkeypatch.setattr(proposing, "lexicon", lambda: threads.append(threading.get_ident()))
    monkeypatch.setattr(proposing, "_AFTER_START", 60_000)
    desk = open_desk()
    desk.open(sample)
    assert not threads
    desk.session.proposer._words.start(0)
    desk.qtbot.waitUntil(lambda: bool(threads))
    assert threading.get_ident() not in threads
