"""Collects garbage on the window's thread alone: Qt objects must not be destroyed on another one."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 500
"""Milliseconds between two looks."""
_SETTLED = 2000
"""Milliseconds after which what a start loads is loaded."""


class Collector(QObject):
    """Takes over from Python's automatic collector, which runs on whichever thread allocates."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()
        QTimer.singleShot(_SETTLED, self, self._on_settled)

    def close(self) -> None:
        """Give collecting back to Python."""
        self._timer.stop()
        gc.enable()

    def _on_timeout(self) -> None:
        """Collect the oldest generation whose turn it is, as the automatic collector would."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return

    def _on_settled(self) -> None:
        # What is loaded by now stays: looking at it again and again would stop the window each time.
        gc.collect()
        gc.freeze()
