"""Where the window and its panels are: put back at the start, and kept soon after each change."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QMainWindow

from annotator.ui.docks import Docks
from annotator.ui.settings import Settings

_CALM = 300
"""Milliseconds without a change before it is kept: while an edge is dragged there is one after another."""
_CHANGES = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.MouseButtonRelease)
"""What the window hears: the last is the end of dragging an edge between panels."""


class Arrangement(QObject):
    """Watches the window and its panels."""

    def __init__(self, window: QMainWindow, panels: Docks, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._panels, self._settings = window, panels, settings
        self._put_back()
        self._soon = QTimer(self, singleShot=True, interval=_CALM)
        self._soon.timeout.connect(self.keep)
        window.installEventFilter(self)
        panels.toggled.connect(self._start)
        for dock in panels.docks.values():
            dock.dockLocationChanged.connect(self._start)
            dock.topLevelChanged.connect(self._start)

    def keep(self) -> None:
        """Remember place and layout: which panels a person wants, not which there is room for now."""
        panels = self._panels.giving.wishes.written() | {"shown": self._panels.wanted()}
        self._settings.keep_window(self._window.saveGeometry(), self._window.saveState(), panels)

    def _put_back(self) -> None:
        settings = self._settings
        if not settings.geometry.isEmpty():
            self._window.restoreGeometry(settings.geometry)
        if not settings.layout.isEmpty():
            self._window.restoreState(settings.layout)
        if isinstance(shown := settings.panels.get("shown"), list):
            self._panels.want(shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep it a moment after a change."""
        if event.type() in _CHANGES:
            self._start()
        return super().eventFilter(watched, event)

    def _start(self, *_: object) -> None:
        self._soon.start()
