"""Two widgets side by side, or one below the other where there is no room for both."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from annotator.ui.panels.widgets import MEDIUM


class Beside(QWidget):
    """As narrow as the wider of the two may be."""

    def __init__(self, first: QWidget, second: QWidget) -> None:
        super().__init__()
        self._parts = first, second
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setSizeConstraint(QBoxLayout.SizeConstraint.SetNoConstraint)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(2 * MEDIUM)
        for one in self._parts:
            self._box.addWidget(one, 1)

    def minimumSizeHint(self) -> QSize:
        """As wide as one of the two must be, as high as they are now."""
        return QSize(max(self._widths()), self._box.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put them side by side where both find room."""
        super().resizeEvent(event)
        is_wide = self.width() >= sum(self._widths()) + self._box.spacing()
        ways = QBoxLayout.Direction
        way = ways.LeftToRight if is_wide else ways.TopToBottom
        if way != self._box.direction():
            self._box.setDirection(way)
            self.updateGeometry()

    def _widths(self) -> tuple[int, int]:
        first, second = (max(one.minimumSizeHint().width(), one.minimumWidth()) for one in self._parts)
        return first, second
