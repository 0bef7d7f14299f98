"""Narrow bars at the edges of the window, with a button for each panel that gave way to the article."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QToolBar

from annotator.ui.docks import Docks

_EDGES = {
    Qt.DockWidgetArea.LeftDockWidgetArea: Qt.ToolBarArea.LeftToolBarArea,
    Qt.DockWidgetArea.RightDockWidgetArea: Qt.ToolBarArea.RightToolBarArea,
}


class EdgeBars(QObject):
    """Shows a bar while there is something on it; `actions` bring panels back, by their names."""

    def __init__(self, window: QMainWindow, panels: Docks, actions: Mapping[str, QAction]) -> None:
        super().__init__(window)
        self._window = window
        self._panels = panels
        self._actions = actions
        self.bars = {side: self._bar(edge) for side, edge in _EDGES.items()}
        panels.giving.changed.connect(self.show)
        self.show()

    def show(self) -> None:
        """Show the buttons that are needed now."""
        for side, bar in self.bars.items():
            bar.clear()
            for name in self._panels.giving.folded:
                if self._window.dockWidgetArea(self._panels.docks[name]) == side:
                    bar.addAction(self._actions[name])
            bar.setVisible(bool(bar.actions()))

    def _bar(self, edge: Qt.ToolBarArea) -> QToolBar:
        bar = QToolBar(self.tr("Panels that gave way"))
        bar.setObjectName(f"edge {edge.name}")
        bar.setMovable(False)
        bar.toggleViewAction().setVisible(False)
        self._window.addToolBar(edge, bar)
        return bar
