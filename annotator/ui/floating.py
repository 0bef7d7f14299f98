"""A box that floats over the article, with a line around it that is seen in every theme."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from annotator.ui.painters import painting
from annotator.ui.style import mixed

_SHARE = 0.5
"""How much of the colour of text there is in the line."""


class Floating(QFrame):
    """Stands out from what it covers: the style's own frame is not to be seen on a dark ground."""

    def __init__(self, parent: QWidget, flags: Qt.WindowType = Qt.WindowType.Widget) -> None:
        super().__init__(parent, flags)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line over the style's frame."""
        super().paintEvent(event)
        with painting(self) as painter:
            palette = self.palette()
            painter.setPen(mixed(palette.windowText().color(), palette.window().color(), _SHARE))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
