"""Does what many ask for in short turns of the event loop, so that keys and painting come between."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, Qt, QTimer
from shiboken6 import Shiboken

_TURN = 0.008
"""Seconds of work after which the rest waits for the next turn."""


class Turns(QObject):
    """Calls one after the other, in the order in which they were asked for."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[Callable[[], None]] = deque()
        self._until: float | None = None
        """When this turn is over; None before anything was done in it."""
        # Single, and started before each call: one that opens a dialog must not hold up the others.
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._on_turn)

    @property
    def is_at_rest(self) -> bool:
        """Tell whether nothing waits for a turn."""
        return not self._waiting

    def now(self, work: Callable[[], None]) -> None:
        """Do it at once, or behind the others where this turn is over."""
        if self._waiting or self._is_over:
            self._waiting.append(work)
        else:
            self._do(work)

    def later(self, work: Callable[[], None]) -> None:
        """Do it in one of the next turns, once however often it is asked for until then.

        A method whose owner Qt has deleted meanwhile is not called.
        """
        if work not in self._waiting:
            self._waiting.append(work)
        if not self._next.isActive():
            self._next.start()

    @property
    def _is_over(self) -> bool:
        return self._until is not None and monotonic() > self._until

    def _on_turn(self) -> None:
        self._until = None
        while self._waiting and not self._is_over:
            work = self._waiting.popleft()
            if _is_there(work):
                self._do(work)

    def _do(self, work: Callable[[], None]) -> None:
        if self._until is None:
            self._until = monotonic() + _TURN
        self._next.start()
        work()


def _is_there(work: Callable[[], None]) -> bool:
    owner: object = getattr(work, "__self__", None)
    return Shiboken.isValid(owner) if isinstance(owner, QObject) else True


def turns_of(owner: QObject) -> Turns:
    """Return the turns of a window or a session, the same to all who ask."""
    known = owner.findChild(Turns, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return known if isinstance(known, Turns) else Turns(owner)
