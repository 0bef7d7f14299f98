"""An operation that may take seconds: it tells how far it is, and can be stopped until it is in the file."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

from annotator.model.changes import Changes
from annotator.model.errors import Stopped
from annotator.model.job import Progress
from annotator.model.said import say
from annotator.ui.keeper import Operation

if TYPE_CHECKING:
    from annotator.services.project import Project

_SOON, _EVERY = 0.2, 0.05
"""Seconds until it is told how far an operation is, and between two reports."""


class LargeWrite:
    """Does an operation on the store's thread; `tell` hears there how far it is, once it takes long.

    `ended` is called there too, when that is over.
    """

    def __init__(
        self, operation: Operation, tell: Callable[[Progress], None], ended: Callable[[], None]
    ) -> None:
        self._operation = operation
        self._tell = tell
        self._stopped = Event()
        self._ended = ended
        self._next = 0.0
        self._is_told = False

    def stop(self) -> None:
        """Let nothing of it be written, from any thread; too late once it is in the file."""
        self._stopped.set()

    @property
    def is_stopped(self) -> bool:
        """Tell whether it was asked to stop, in time or not."""
        return self._stopped.is_set()

    def __call__(self, project: Project) -> Changes | None:
        """Do it; raises Stopped."""
        self._next = time.monotonic() + _SOON
        self._is_told = False
        try:
            with project.telling(self._hear):
                return self._operation(project)
        finally:
            if self._is_told:
                self._ended()

    def _hear(self, done: int, total: int) -> None:
        if self._stopped.is_set():
            raise Stopped(say("Stopped: nothing was changed."))
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _EVERY
            self._is_told = True
            self._tell(Progress(done, total))
