"""The only threads: each serves a queue of calls in order, and long jobs in slices between them."""

from __future__ import annotations

import queue
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, wait
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from annotator.model.errors import Stopped
from annotator.model.job import Job, Progress
from annotator.model.said import say
from annotator.ui.turns import Turns, turns_of

T = TypeVar("T")
Failed = Callable[[Exception], None]
_TURN = 0.00005
_PROGRESS_EVERY = 0.05
"""Seconds between two reports of a job's progress."""
_LOOK = 1.0
"""Seconds after which one who waits looks whether the thread is still there."""


def share_fairly() -> None:
    """Let the window's thread have the interpreter soon when another thread computes.

    A handler may have to ask for it back after each call of Qt: with the usual 5 ms, one that calls forty
    times waits 200 ms.
    """
    sys.setswitchinterval(_TURN)


class Running:
    """A job on its way; may be cancelled from any thread."""

    def __init__(
        self, make: Callable[[], Job[Any]], tell: Callable[[Progress], None], back: Callable[..., None]
    ) -> None:
        self._make = make
        self._tell = tell
        self._back = back
        self._job: Job[Any] | None = None
        self._told = 0.0
        self._cancelled = threading.Event()
        self.stopped: Callable[[], None] = lambda: None
        """Hears that a cancel has ended it, on the thread of who asked for it."""

    def cancel(self) -> None:
        """Ask the job to end without a trace; it hears that at its next step."""
        self._cancelled.set()

    def let_go(self) -> None:
        """Cancel it without hearing of that."""
        self.stopped = lambda: None
        self.cancel()

    def give(self, result: T, then: Callable[[T], None]) -> None:
        """Hand over the result of a job that wrote nothing, unless it was cancelled too late to end early."""
        if self.is_cancelled:
            self.stopped()
        else:
            then(result)

    @property
    def is_cancelled(self) -> bool:
        """Tell whether the job was asked to end, in time or not."""
        return self._cancelled.is_set()

    def step(self) -> bool:
        """Do the next piece of the job, on the worker's thread; return False when it has ended."""
        if self._cancelled.is_set():
            self.close()
            self._back("stopped", None)
            return False
        try:
            if self._job is None:
                self._job = self._make()
            self._report(next(self._job))
        except StopIteration as end:
            self._back("then", end.value)
            return False
        except Exception as error:  # noqa: BLE001 - the worker is the one place that catches everything
            self.close()
            # What it worked on may have been closed while it was to end.
            how = "stopped" if self._cancelled.is_set() else "failed"
            self._back(how, error)
            return False
        return True

    def close(self) -> None:
        """Close the generator, so that what it holds open is let go."""
        if self._job is not None:
            self._job.close()

    def _report(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._told >= _PROGRESS_EVERY:
            self._told = now
            self._tell(progress)


def closed_meanwhile() -> Stopped:
    """Return what is raised where a project is asked that was closed meanwhile."""
    return Stopped(say("Stopped: the project was closed."))


class Worker(QObject):
    """One thread with a queue; answers are given on the thread that made the worker, a few in each turn."""

    _answered = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inbox: queue.SimpleQueue[Callable[[], None] | Running | None] = queue.SimpleQueue()
        self._jobs: deque[Running] = deque()
        self._turns: Turns = turns_of(self if parent is None else parent)
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._thread.start()

    def call(self, work: Callable[[], T], then: Callable[[T], None], failed: Failed) -> None:
        """Run `work` after everything asked before it; then `then`, or `failed`, on this thread."""

        def _do() -> None:
            try:
                result = work()
            except Exception as error:  # noqa: BLE001 - the worker is the one place that catches everything
                self.answer(partial(failed, error))
            else:
                self.answer(lambda: then(result))

        self._inbox.put(_do)

    def fetch(self, work: Callable[[], T]) -> T:
        """Run `work` after everything asked before it, and wait for it: for the threads of other workers."""
        if threading.current_thread() is self._thread:
            return work()
        done: Future[T] = Future()

        def _do() -> None:
            try:
                done.set_result(work())
            except Exception as error:  # noqa: BLE001 - it is raised where it is waited for
                done.set_exception(error)

        self._inbox.put(_do)
        while not wait((done,), _LOOK).done:
            if not self._thread.is_alive() and not done.done():
                raise closed_meanwhile()
        return done.result()

    def job(
        self,
        make: Callable[[], Job[T]],
        then: Callable[[T], None],
        failed: Failed,
        *,
        tell: Callable[[Progress], None] = lambda _: None,
        stopped: Callable[[], None] = lambda: None,
    ) -> Running:
        """Run a job piece by piece between the calls; `stopped` answers a cancel."""

        def _stopped() -> None:
            stopped()
            running.stopped()

        def _back(how: str, value: Any) -> None:
            ways: dict[str, Callable[[], None]] = {
                "then": lambda: then(value),
                "failed": lambda: failed(value),
                "stopped": _stopped,
            }
            self.answer(ways[how])

        running = Running(make, lambda progress: self.answer(lambda: tell(progress)), _back)
        self._inbox.put(running)
        return running

    def stop(self, longest: float = 30.0) -> bool:
        """Finish the calls asked so far, close all jobs, end the thread; tell if it did in time."""
        self._inbox.put(None)
        self._thread.join(longest)
        return not self._thread.is_alive()

    def _serve(self) -> None:
        while True:
            try:
                item = self._inbox.get(block=not self._jobs)
            except queue.Empty:
                running = self._jobs.popleft()
                if running.step():
                    self._jobs.append(running)
                continue
            if item is None:
                break
            if isinstance(item, Running):
                self._jobs.append(item)
            else:
                item()
        for running in self._jobs:
            running.close()

    def answer(self, answer: Callable[[], None]) -> None:
        """Have something called on the thread that made the worker, after all that was answered before."""
        self._answered.emit(answer)

    @Slot(object)
    def _on_answered(self, answer: Callable[[], None]) -> None:
        self._turns.now(answer)
