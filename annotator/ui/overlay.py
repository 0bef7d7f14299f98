"""What lies over a widget in the colour of what is chosen, and lets the mouse through."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from annotator.ui.painters import painting


class Overlay(QWidget):
    """Hears the events of the widget below; where it lies over that, its `eventFilter` has to say."""

    def __init__(self, below: QWidget) -> None:
        super().__init__(below)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        below.installEventFilter(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint all of it."""
        with painting(self) as painter:
            painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Highlight))
