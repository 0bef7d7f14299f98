"""A line along the tab in front: in dark themes the style draws it in nearly the colour of the others."""

from __future__ import annotations

from PySide6.QtCore import QChildEvent, QEvent, QObject, QRect
from PySide6.QtWidgets import QTabBar, QWidget

from annotator.ui.overlay import Overlay

_HIGH = 3
_SOUTH = (QTabBar.Shape.RoundedSouth, QTabBar.Shape.TriangularSouth)


class CurrentTab(Overlay):
    """Lies over the outer edge of the current tab of a bar."""

    def __init__(self, bar: QTabBar) -> None:
        super().__init__(bar)
        bar.currentChanged.connect(self._fit)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the tabs, which are painted again whenever they are moved or called otherwise."""
        if event.type() == QEvent.Type.Paint:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        bar = self.parentWidget()
        if not isinstance(bar, QTabBar):
            return  # it is being taken away, with its tabs one by one
        tab = bar.tabRect(bar.currentIndex())
        top = tab.bottom() + 1 - _HIGH if bar.shape() in _SOUTH else tab.top()
        place = QRect(tab.left(), top, tab.width(), _HIGH)
        if place != self.geometry():
            self.setGeometry(place)
        self.setVisible(tab.isValid())


class DockTabs(QObject):
    """Gives each bar of tabs that a window makes for its panels such a line."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take notice of a new bar."""
        if event.type() == QEvent.Type.ChildPolished and isinstance(event, QChildEvent):
            bar = event.child()
            if isinstance(bar, QTabBar) and not bar.findChildren(CurrentTab):
                CurrentTab(bar)
        return super().eventFilter(watched, event)
