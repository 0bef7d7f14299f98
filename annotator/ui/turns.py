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
    """Calls one after the other, in the order in which they were asked for; first what cannot wait.

    A window has one for all that it does: two of them would each take a turn before anything is painted.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._urgent: deque[Callable[[], None]] = deque()
        self._waiting: deque[Callable[[], None]] = deque()
        self._until: float | None = None
        """When this turn is over; None before anything was done in it."""
        self._gave_way = False
        # Single, and started before each call: one that opens a dialog must not hold up the others.
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._on_turn)

    @property
    def is_at_rest(self) -> bool:
        """Tell whether nothing waits for a turn."""
        return not (self._urgent or self._waiting)

    def now(self, work: Callable[[], None]) -> None:
        """Do it at once, or behind others of its kind where this turn is over."""
        if self._urgent or self._is_over:
            self._urgent.append(work)
        else:
            self._do(work)

    def soon(self, work: Callable[[], None]) -> None:
        """Do it in the next turn, before what is to be done now from here on, and once."""
        if work not in self._urgent:
            self._urgent.append(work)
        if not self._next.isActive():
            self._next.start()

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
        if self._is_over and not self._gave_way:
            # What is waiting to be painted, and keys, come before the next turn.
            self._gave_way = True
            self._next.start()
            return
        self._until, self._gave_way = None, False
        while not (self.is_at_rest or self._is_over):
            work = (self._urgent or self._waiting).popleft()
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
    """Return the turns of the window that something belongs to, or of a session without one."""
    while (parent := owner.parent()) is not None:
        owner = parent
    known = owner.findChild(Turns, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return known if isinstance(known, Turns) else Turns(owner)


def take_in(session: QObject, window: QObject) -> None:
    """Give a window its session, whose turns are those of the window from now on."""
    turns_of(session).setParent(window)
    session.setParent(window)
