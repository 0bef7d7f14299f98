"""Collects garbage on the window's thread alone: Qt objects must not be destroyed on another one."""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_EVERY = 500
"""Milliseconds between two looks."""
_LONGEST = 6
"""Looks in a row that older garbage waits at most."""
_LOADED = 60_000
"""Looking at more objects than these stops the window: modules that were loaded, proposals that wait."""


class Collector(QObject):
    """Takes over from Python's automatic collector, which runs on whichever thread allocates."""

    def __init__(self, parent: QObject, is_awaited: Callable[[], bool] = lambda: False) -> None:
        """Begin; as long as something `is_awaited` on the screen, what takes long is put off a little."""
        super().__init__(parent)
        self._is_awaited, self._put_off = is_awaited, 0
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
        """Collect the oldest generation whose turn it is, as the automatic collector would, or settle."""
        counts = gc.get_count()
        due = (one for one in (2, 1, 0) if counts[one] > self._thresholds[one])
        generation = next(due, None)
        if generation is None or (generation and self._waits()):
            return
        if counts[0] > _LOADED or (generation and _looked_at(generation) > _LOADED):
            self.settle()
        else:
            gc.collect(generation)

    def _waits(self) -> bool:
        """Tell whether to wait with older generations, which may take a tenth of a second."""
        self._put_off = self._put_off + 1 if self._is_awaited() and self._put_off < _LONGEST else 0
        return self._put_off > 0


def _looked_at(generation: int) -> int:
    """Return how many objects a collection would look at; counting takes a small part of its time."""
    # In one piece: a tuple that another thread is just making must not go on while the list holds it.
    return sum(map(len, map(gc.get_objects, range(generation + 1))))
