"""A ring around a list while the keys go to it: a chosen row looks the same with and without them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPaintEvent, QPalette, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from annotator.ui.painters import painting

_WIDE = 2


class FocusRing(QWidget):
    """Lies over the edge of a list, and is seen only while the list has the focus."""

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(view)
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focus and the size of the list."""
        if event.type() == QEvent.Type.FocusIn:
            self._fit()
            self.show()
            self.raise_()
        elif event.type() == QEvent.Type.FocusOut:
            self.hide()
        elif event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ring."""
        with painting(self) as painter:
            painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Highlight))

    def _fit(self) -> None:
        self.setGeometry(self._view.rect())
        whole = QRegion(self.rect())
        self.setMask(whole.subtracted(QRegion(self.rect().adjusted(_WIDE, _WIDE, -_WIDE, -_WIDE))))
