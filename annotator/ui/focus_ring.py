"""A ring around a list while the keys go to it: a chosen row looks the same with and without them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QAbstractScrollArea

from annotator.ui.overlay import Overlay

_WIDE = 2


class FocusRing(Overlay):
    """Lies over the edge of a list, and is seen only while the list has the focus."""

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(view)
        self._view = view
        self.hide()

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

    def _fit(self) -> None:
        self.setGeometry(self._view.rect())
        whole = QRegion(self.rect())
        self.setMask(whole.subtracted(QRegion(self.rect().adjusted(_WIDE, _WIDE, -_WIDE, -_WIDE))))
