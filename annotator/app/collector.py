"""Collects garbage on the window's thread alone: Qt objects must not be destroyed on another one."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 500
"""Milliseconds between two looks."""
_LOADED = 60_000
"""So many new objects between two looks are modules that were loaded: looking at them stops the window."""


class Collector(QObject):
    """Takes over from Python's automatic collector, which runs on whichever thread allocates."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self.settle()
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def settle(self) -> None:
        """Never look again at what is there now: modules that were loaded, and what stays."""
        gc.freeze()

    def close(self) -> None:
        """Give collecting back to Python."""
        self._timer.stop()
        gc.enable()

    def _on_timeout(self) -> None:
        """Collect the oldest generation whose turn it is, as the automatic collector would."""
        counts = gc.get_count()
        if counts[0] > _LOADED:
            self.settle()
            return
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return
