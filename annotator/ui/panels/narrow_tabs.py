"""Tabs that are all in sight: where their titles are too long for the panel they become shorter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QTabBar

from annotator.ui.current_tab import CurrentTab


class NarrowTabs(QTabBar):
    """Tries the full titles, the short ones, those without counts, then cuts with dots; never scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self._titles: dict[int, str] = {}
        self._shorts: dict[int, str] = {}
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        CurrentTab(self)

    def set_title(self, at: int, title: str) -> None:
        """Give a tab another title."""
        if self.title(at) != title:
            self._titles[at] = title
            self._fit()

    def set_short(self, at: int, title: str) -> None:
        """Say how a tab is called where its title has no room."""
        self._titles.setdefault(at, self.tabText(at))
        self._shorts[at] = title
        self._fit()

    def title(self, at: int) -> str:
        """Return the full title of a tab."""
        return self._titles.get(at, self.tabText(at))

    def minimumSizeHint(self) -> QSize:
        """Return a small width: the titles are cut where there is no room."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the titles that fit."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Choose the titles that fit, now that its width is known."""
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Choose anew for another size of letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        full = [self.title(at) for at in range(self.count())]
        cut = [title.partition(" (") for title in full]
        short = [self._shorts.get(at, title) for at, (title, _, _) in enumerate(cut)]
        counted = [name + blank + count for name, (_, blank, count) in zip(short, cut, strict=True)]
        shown = full
        if self.isVisible():
            shown = next((one for one in (full, counted) if self._width(one) <= self.width()), short)
        for at, title in enumerate(full):
            self._titles[at] = title
            if self.tabText(at) != shown[at]:
                self.setTabText(at, shown[at])
            self.setAccessibleTabName(at, title)

    def _width(self, titles: Sequence[str]) -> int:
        """Return how wide all tabs would be with these titles."""
        letters = self.fontMetrics().horizontalAdvance
        return sum(
            self.tabSizeHint(at).width() - letters(self.tabText(at)) + letters(title)
            for at, title in enumerate(titles)
        )
