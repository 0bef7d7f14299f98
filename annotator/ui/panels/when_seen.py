"""Shows something anew only when it is in sight, and once however often it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from annotator.ui.turns import turns_of


class WhenSeen(QObject):
    """Calls `show` for a widget: in sight in one of the next turns, else when it comes to sight."""

    def __init__(self, widget: QWidget, show: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._show = show
        self._is_old = False
        widget.installEventFilter(self)

    def ask(self) -> None:
        """What is shown is old now."""
        self._is_old = True
        if self._widget.isVisible():
            turns_of(self._widget).later(self.catch_up)

    def now(self) -> None:
        """What is shown is old now; in sight it is shown anew at once."""
        self._is_old = True
        if self._widget.isVisible():
            self.catch_up()

    def catch_up(self) -> None:
        """Show it anew at once, if it is old."""
        if self._is_old:
            self._is_old = False
            self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show what is old before the widget is painted."""
        if event.type() == QEvent.Type.Show and not event.spontaneous():
            self.catch_up()
        return super().eventFilter(watched, event)
