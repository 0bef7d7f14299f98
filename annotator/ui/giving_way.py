"""Panels that give way to the article where the window is too small for all, and come back with the room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow

ARTICLE = 420
"""Pixels of width that the article has at least, while there is a panel that can give way."""
_COLUMN, _SHARE = 48, 0.55
"""Letters that it has where those are large, in so much of the window at most."""
_NARROW = 260
"""Pixels that it is left with where there is no room beside it for a panel that a person asks for."""
_LEAST, _LETTERS = 200, 20
"""Pixels that a panel needs to be of use, and letters where those are large."""
_MORE = {"inspector": 5 / 4}
"""Panels that need more than the others."""
_EDGES = 50
"""Pixels for what stands between and beside an article and a panel."""
_SIDES = (Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea)
_WHEN = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.FontChange)


@dataclass
class Wishes:
    """What a person wants of the panels, whatever the window has room for just now."""

    widths: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=lambda: ["list", "inspector"])
    """The panels by name, those that were asked for last at the end: they give way last."""

    def written(self) -> dict[str, Any]:
        """Return it as the settings keep it."""
        return {"widths": self.widths, "asked": self.asked}


def wishes_of(kept: Mapping[str, Any]) -> Wishes:
    """Return what the settings keep; nonsense is passed over."""
    wishes, widths, asked = Wishes(), kept.get("widths"), kept.get("asked")
    if isinstance(widths, dict):
        wishes.widths = {name: width for name, width in widths.items() if type(width) is int}
    if isinstance(asked, list):
        wishes.asked = [str(name) for name in asked]
    return wishes


class GivingWay(QObject):
    """Folds the panels of a side, and brings them back; what a person hides is not touched."""

    changed = Signal()
    """Other panels are folded now."""

    def __init__(self, window: QMainWindow, docks: Mapping[str, QDockWidget], wishes: Wishes) -> None:
        """The window has its article in the middle already."""
        super().__init__(window)
        middle = window.centralWidget()
        assert middle is not None
        self._window, self._middle = window, middle
        middle.setMinimumWidth(ARTICLE)
        self._docks = docks
        self.wishes = wishes
        self._folded: dict[str, int] = {}
        """Panels by name, and how wide the window has to be for them."""
        self._is_busy = False
        self._asked_for = ""
        """The panel that a person asked for last, in this window."""
        self._before: dict[str, int] = {}
        window.installEventFilter(self)

    @property
    def folded(self) -> Sequence[str]:
        """The panels that gave way, by name."""
        return tuple(self._folded)

    def unfold(self) -> None:
        """Show all that gave way, whatever room there is: until it is looked at anew."""
        with self._busy():
            for name in self.folded:
                self._show(name)

    def ask_for(self, name: str) -> None:
        """Take notice that a person asked for a panel that is shown now: others give way to it."""
        if not self._is_busy:
            self._asked_for = name
            self.wishes.asked = [one for one in self.wishes.asked if one != name] + [name]
            self._bring_back_beside(name)
            self.fit()

    def fit(self) -> None:
        """Fold as many panels as the article needs, and bring back those for which there is room."""
        before: Sequence[str] | None = None
        # The bars that lead back to what gave way take room, too.
        while not self._is_busy and self._window.isVisible() and before != self.folded:
            before = self.folded
            self._fit_once()

    def _fit_once(self) -> None:
        with self._busy():
            self._middle.setMinimumWidth(self._article)
            self._set_least()
            self._bring_back()
            self._stack()
            while self._need() > self._window.width() and (side := self._first_to_go()):
                if self._asked_for in side and self._spare():
                    break
                self._fold(side)
            self._widen()

    @contextmanager
    def _busy(self) -> Iterator[None]:
        before = self.folded
        self._is_busy = True
        try:
            yield
        finally:
            self._is_busy = False
        if self.folded != before:
            self.changed.emit()

    @property
    def _article(self) -> int:
        """The pixels of width that the article has at least."""
        return max(ARTICLE, min(_COLUMN * _letter(), round(_SHARE * self._window.width())))

    def _set_least(self) -> None:
        letter = _letter()
        beside = self._window.width() - self._article - _EDGES
        for name, dock in self._docks.items():
            more = _MORE.get(name, 1)
            least = max(_LEAST * more, min(_LETTERS * letter * more, beside))
            dock.widget().setMinimumWidth(round(least))

    def _need(self) -> int:
        """Return how wide the window has to be for all that is shown."""
        return self._least_size().width()

    def _least_size(self) -> QSize:
        layout = self._window.layout()
        assert layout is not None
        layout.activate()
        return layout.minimumSize()

    def _stack(self) -> None:
        """Put panels of a side behind one another where the window is too low for them, the last in front."""
        for side in _SIDES:
            names = sorted(self._shown_at(side), key=self._rank)
            if len(names) < 2 or self._least_size().height() <= self._window.height():
                continue
            first, *others = (self._docks[name] for name in names)
            for one in others:
                self._window.tabifyDockWidget(first, one)
            others[-1].raise_()

    def _spare(self) -> bool:
        """Let the article spare the width that is lacking where that is enough, and tell whether it is."""
        lacking = self._need() - self._window.width()
        self._middle.setMinimumWidth(max(_NARROW, self._article - lacking))
        if self._need() > self._window.width():
            self._middle.setMinimumWidth(self._article)
            return False
        return True

    def _bring_back(self) -> None:
        for name, need in reversed(tuple(self._folded.items())):
            if need <= self._window.width():
                self._show(name)

    def _show(self, name: str) -> None:
        del self._folded[name]
        self._docks[name].show()

    def _bring_back_beside(self, name: str) -> None:
        """Show what gave way on the side of a panel that is shown: it takes no more of the width."""
        area, docks = self._window.dockWidgetArea, self._docks
        with self._busy():
            for one in self.folded:
                if area(docks[one]) == area(docks[name]):
                    self._show(one)
            docks[name].raise_()

    def _first_to_go(self) -> Sequence[str]:
        """Return the panels of the side of which none was asked for as lately as of the other."""
        shown = [self._shown_at(side) for side in _SIDES]
        sides = [names for names in shown if names]
        return min(sides, key=lambda names: max(map(self._rank, names)), default=())

    def _shown_at(self, side: Qt.DockWidgetArea) -> Sequence[str]:
        return [
            name
            for name, dock in self._docks.items()
            if not dock.isHidden() and not dock.isFloating() and self._window.dockWidgetArea(dock) == side
        ]

    def _rank(self, name: str) -> int:
        return self.wishes.asked.index(name) if name in self.wishes.asked else -1

    def _fold(self, names: Sequence[str]) -> None:
        need = self._need()
        for name in names:
            self._folded[name] = need
            if self._docks[name].isAncestorOf(QApplication.focusWidget() or self._window):
                self._middle.setFocus()
            self._docks[name].hide()

    def _widen(self) -> None:
        """Give panels the width that a person wants, as far as the article can spare it."""
        most = self._window.width()
        wanted = {
            self._docks[name]: min(self.wishes.widths[name], most)
            for side in _SIDES
            for name in self._shown_at(side)
            if self._docks[name].width() < self.wishes.widths.get(name, 0)
        }
        if wanted and self._middle.width() > self._article:
            self._window.resizeDocks(list(wanted), list(wanted.values()), Qt.Orientation.Horizontal)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window and of its letters; keep what a person drags a panel to."""
        if event.type() in _WHEN:
            self.fit()
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._before = self._widths()
        elif event.type() == QEvent.Type.MouseButtonRelease:
            now = self._widths()
            self.wishes.widths |= {name: now[name] for name in now if self._before.get(name) != now[name]}
        return super().eventFilter(watched, event)

    def _widths(self) -> dict[str, int]:
        return {name: one.width() for name, one in self._docks.items() if not one.isHidden()}


def _letter() -> int:
    return QFontMetrics(QApplication.font()).averageCharWidth()
