"""Lays out what is not in view yet, a little in each turn of the event loop: the scroll bar becomes exact."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_SLICE = 0.005
"""Seconds of one turn, in which others do their part too."""


class Ahead(QObject):
    """Asks again and again for a little more, until there is nothing left to do."""

    def __init__(self, parent: QObject, more: Callable[[float], bool], done: Callable[[], None]) -> None:
        super().__init__(parent)
        self._more = more
        self._done = done
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._on_turn)

    def start(self) -> None:
        """Begin with the next turn of the event loop."""
        self._timer.start()

    def _on_turn(self) -> None:
        if not self._more(_SLICE):
            self._timer.stop()
            self._done()
