"""Looks at the project in the background for what was chosen last, once choosing pauses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from annotator.ui.worker import Running

C = TypeVar("C")
_PAUSE = 300
"""Milliseconds after the last choice, so that several choices are looked at once."""


class Latest(Generic[C]):
    """Looks at the latest choice, and no further at the one before."""

    def __init__(self, parent: QWidget, look: Callable[[C], Running]) -> None:
        self.choice: C | None = None
        self._look = look
        self._running: Running | None = None
        self._pause = QTimer(parent)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._start)

    def look_at(self, choice: C) -> None:
        """Look at this choice, soon."""
        self.choice = choice
        self._pause.start()

    def stop(self) -> None:
        """Look no longer: the dialog is done, or nothing can be looked at."""
        self.choice = None
        self._pause.stop()
        self._cancel()

    def _start(self) -> None:
        self._cancel()
        assert self.choice is not None, "stopping stops the pause"
        self._running = self._look(self.choice)

    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()
            self._running = None
