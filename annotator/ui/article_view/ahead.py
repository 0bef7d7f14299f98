"""Lays out what is not in view yet, a little in each turn of the event loop: the scroll bar becomes exact."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from annotator.ui.turns import turns_of

_SLICE = 0.004
"""Seconds of one turn, in which others do their part too."""


class Ahead(QObject):
    """Asks again and again for a little more, until there is nothing left to do."""

    def __init__(self, parent: QObject, more: Callable[[float], bool], done: Callable[[], None]) -> None:
        super().__init__(parent)
        self._more = more
        self._done = done

    def start(self) -> None:
        """Begin with the next turn of the event loop, if there is anything to do."""
        if self._more(0.0):
            turns_of(self).later(self._on_turn)

    def _on_turn(self) -> None:
        if self._more(_SLICE):
            self.start()
        else:
            self._done()
