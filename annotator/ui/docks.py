"""The panels around the article: shown, hidden, moved, and put back as they were left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDockWidget,
    QMainWindow,
    QProxyStyle,
    QSizePolicy,
    QStyle,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionToolButton,
    QWidget,
)

from annotator.ui.box_style import BASE
from annotator.ui.current_tab import DockTabs
from annotator.ui.giving_way import GivingWay, Wishes
from annotator.ui.icons import icon
from annotator.ui.turns import turns_of

AREAS: Mapping[str, Qt.DockWidgetArea] = {
    "list": Qt.DockWidgetArea.LeftDockWidgetArea,
    "find": Qt.DockWidgetArea.LeftDockWidgetArea,
    "inspector": Qt.DockWidgetArea.RightDockWidgetArea,
    "checks": Qt.DockWidgetArea.RightDockWidgetArea,
    "history": Qt.DockWidgetArea.RightDockWidgetArea,
}
FIRST_SHOWN = ("list", "inspector")
_LOWEST = 320
"""Pixels of height that a panel gets at least when it comes to sight."""
_WIDTHS = {"list": 290, "inspector": 330}
"""Pixels that panels get at first; with large letters up to a quarter more."""
_LETTERS = 36
_UNSEEN = 1 / 64
"""Pixels: the least that is a difference between two fonts."""
_SIGNS: Mapping[QStyle.StandardPixmap, str] = {
    QStyle.StandardPixmap.SP_TitleBarNormalButton: "mdi6.window-restore",
    QStyle.StandardPixmap.SP_TitleBarCloseButton: "mdi6.close",
}
_PLACES: Mapping[QStyle.SubElement, int] = {
    QStyle.SubElement.SE_DockWidgetCloseButton: 1,
    QStyle.SubElement.SE_DockWidgetFloatButton: 2,
}
"""The buttons in the title of a dock, counted from its end."""
_ABOVE = 4
"""Pixels above and below the words of a title."""
_SHARE = 0.6
"""The side of a sign, as a share of its button's."""


class DockStyle(QProxyStyle):
    """The usual style with signs in the title of a dock that are seen in every theme and size of letters."""

    def standardIcon(  # noqa: N802 (the name is Qt's)
        self,
        standardIcon: QStyle.StandardPixmap,  # noqa: N803
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> QIcon:
        """Return a sign of the style; a dock asks for them again and again."""
        sign = _SIGNS.get(standardIcon)
        return icon(sign) if sign else super().standardIcon(standardIcon, option, widget)

    def pixelMetric(  # noqa: N802 (the name is Qt's)
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """Return a measure of the style."""
        if metric == QStyle.PixelMetric.PM_DockWidgetTitleMargin:
            return _ABOVE
        return super().pixelMetric(metric, option, widget)

    def subElementRect(  # noqa: N802 (the name is Qt's)
        self, element: QStyle.SubElement, option: QStyleOption, widget: QWidget | None = None
    ) -> QRect:
        """Return where a part of the title stands: its buttons are as high as it is."""
        at, title = _PLACES.get(element), option.rect
        if at is None:
            assert widget is not None
            return super().subElementRect(element, option, widget)
        side = title.height()
        place = QRect(title.right() + 1 - at * side, title.top(), side, side)
        return QStyle.visualRect(option.direction, title, place)

    def drawComplexControl(  # noqa: N802 (the name is Qt's)
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw a button of the title, with a sign of its size."""
        if isinstance(option, QStyleOptionToolButton):
            side = round(option.rect.height() * _SHARE)
            option.iconSize = QSize(side, side)
        super().drawComplexControl(control, option, painter, widget)


class Docks(QObject):
    """Puts widgets in docks by name."""

    toggled = Signal(str, bool)
    """A panel was shown or hidden, by whatever way."""

    def __init__(
        self, window: QMainWindow, panels: Mapping[str, tuple[QWidget, str]], wishes: Wishes
    ) -> None:
        super().__init__(window)
        self._window = window
        self._style = DockStyle(BASE)
        self._style.setParent(self)
        self._before_alone: dict[str, bool] | None = None
        self._is_away = self._is_wanted = False
        self._kept: dict[str, bool] = {}
        # Behind the layout, which Qt does first of all.
        self._painting = QTimer(self, singleShot=True, interval=0)
        self._painting.timeout.connect(lambda: turns_of(window).later(self._paint))
        self._unpainted: list[QWidget] = []
        self.docks = {name: self._dock(name, *panel) for name, panel in panels.items()}
        window.setDockNestingEnabled(True)
        # Behind one another, so that each has the whole height.
        window.tabifyDockWidget(self.docks["list"], self.docks["find"])
        for name, dock in self.docks.items():
            dock.setVisible(name in FIRST_SHOWN)
        shown = [self.docks[name] for name in _WIDTHS]
        letter = QFontMetrics(QApplication.font()).averageCharWidth()
        widths = [min(max(width, _LETTERS * letter), width * 5 // 4) for width in _WIDTHS.values()]
        window.resizeDocks(shown, widths, Qt.Orientation.Horizontal)
        wishes.widths = dict(zip(_WIDTHS, widths, strict=True)) | wishes.widths
        self.giving = GivingWay(window, self.docks, wishes)
        DockTabs(window)

    def show(self, name: str) -> None:
        """Bring a panel to sight."""
        dock = self.docks[name]
        is_new = dock.isHidden()
        dock.show()
        dock.raise_()
        self.giving.ask_for(name)
        if is_new and dock.height() < _LOWEST:
            self._window.resizeDocks([dock], [_LOWEST], Qt.Orientation.Vertical)

    def is_in_sight(self, name: str) -> bool:
        """Tell whether a panel is shown, and not behind another one."""
        dock = self.docks[name]
        return dock.isVisible() and not dock.visibleRegion().isEmpty()

    def toggle(self, name: str) -> None:
        """Show a hidden panel, or one behind another; hide one in sight."""
        if self.is_in_sight(name):
            self.docks[name].hide()
        else:
            self.show(name)

    def show_alone(self, *, is_alone: bool) -> None:
        """Hide all panels, toolbar and menu for the article; or bring them back."""
        if is_alone:
            if self._is_wanted:
                self.bring_back()  # what is to come in the next turn is what comes back afterwards
            self._before_alone = self._hide_all()
        elif self._before_alone is not None:
            self._bring_back(self._before_alone)
            self._before_alone = None

    def wanted(self) -> Sequence[str]:
        """Return the panels that a person has open, also those out of sight for now, by name."""
        state = self._before_alone or (self._kept if self._is_away else self._state())
        return [name for name, is_shown in state.items() if is_shown]

    def want(self, names: Sequence[str]) -> None:
        """Open these panels, and no others."""
        for name, dock in self.docks.items():
            dock.setVisible(name in names)

    def send_away(self) -> None:
        """Hide all panels while no project is open."""
        self._is_wanted = False
        if not self._is_away:
            self._kept, self._is_away = self._hide_all(), True

    def bring_back(self) -> None:
        """Show them again as they were."""
        if self._is_away:
            self._is_away = False
            self._bring_back(self._kept)

    def bring_back_soon(self) -> None:
        """Do that in a turn of its own, and paint the window and its panels in the next ones, one by one."""
        if self._is_away:
            self._unpainted = [*reversed(self.docks.values()), self._window]
            for one in self._unpainted:
                one.setUpdatesEnabled(False)
            turns_of(self._window).soon(self._on_turn)
        self._is_wanted = True

    def _on_turn(self) -> None:
        self._painting.start()
        if self._is_wanted:
            self.bring_back()

    def _paint(self) -> None:
        if self._unpainted:
            self._unpainted.pop().setUpdatesEnabled(True)
            self._painting.start()

    def _hide_all(self) -> dict[str, bool]:
        state = self._state()
        self.giving.unfold()
        for dock in self.docks.values():
            dock.hide()
        return state

    def _state(self) -> dict[str, bool]:
        return {name: not one.isHidden() or name in self.giving.folded for name, one in self.docks.items()}

    def _bring_back(self, state: Mapping[str, bool]) -> None:
        for name, is_shown in state.items():
            self.docks[name].setVisible(is_shown)
        self.giving.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from a panel back to the text with Escape, where nothing in the panel has a use for it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            centre = self._window.centralWidget()
            if event.matches(QKeySequence.StandardKey.Cancel) and centre is not None:
                self._window.activateWindow()
                centre.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _dock(self, name: str, widget: QWidget, title: str) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setStyle(self._style)
        for button in dock.findChildren(QAbstractButton):
            button.setStyle(self._style)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        dock.setObjectName(name)
        # With the font of the window alone, Qt sets the title in the one that was there at the start.
        font = QFont()
        font.setWordSpacing(_UNSEEN)
        dock.setFont(font)
        dock.setWidget(widget)
        dock.installEventFilter(self)
        self._window.addDockWidget(AREAS[name], dock)
        dock.visibilityChanged.connect(lambda _, name=name: self.toggled.emit(name, not dock.isHidden()))
        dock.toggleViewAction().triggered.connect(
            lambda is_shown, name=name: self.show(name) if is_shown else None
        )
        return dock
