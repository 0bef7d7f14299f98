"""The toolbar: its buttons carry words as far as there is room for them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QToolBar, QToolButton, QWidget

_BESIDE = 4
"""Pixels between the picture and the word of a button."""


class ToolBar(QToolBar):
    """A toolbar whose words go, the least needed first, before a button would be out of sight."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setMovable(False)
        self._named: Sequence[QToolButton] = ()
        """Buttons with words, those whose words are needed most first."""

    def set_named(self, buttons: Sequence[QToolButton]) -> None:
        """Give these buttons words where there is room, in this order."""
        self._named = buttons
        self.fit()

    def set_icon_side(self, side: int) -> None:
        """Draw the pictures so large."""
        self.setIconSize(QSize(side, side))
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many words as there is room for."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow another size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def fit(self) -> None:
        """Show as many words as there is room for."""
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        widths = [_width(one) for one in self._named]
        now = [one.toolButtonStyle() == beside for one in self._named]
        room = self.width() - self.sizeHint().width()
        room += sum(width for width, is_shown in zip(widths, now, strict=True) if is_shown)
        for button, width in zip(self._named, widths, strict=True):
            room -= width
            button.setToolButtonStyle(beside if room >= 0 else alone)


def _width(button: QToolButton) -> int:
    """Return the room that the word of a button takes, as Qt counts it: with a blank on both sides."""
    metrics = button.fontMetrics()
    letters = metrics.size(Qt.TextFlag.TextShowMnemonic, button.text()).width()
    return letters + 2 * metrics.horizontalAdvance(" ") + _BESIDE
