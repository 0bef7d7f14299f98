"""The small bar beside a selection made by mouse: the labels of the scheme, one click each."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from annotator.model.scheme import Scheme
from annotator.ui.action_set import ActionSet
from annotator.ui.labels import button_words, tip_words
from annotator.ui.panels.widgets import clear
from annotator.ui.style import Theme

_GAP = 10


class LabelBar(QFrame):
    """Floats over the article; goes away with the selection."""

    def __init__(self, view: QWidget, actions: ActionSet) -> None:
        super().__init__(view)
        self._view = view
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._actions = actions
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(4, 3, 4, 3)
        self._layout.setSpacing(2)
        self._entities = QMenu(self)
        self._entities.setTitle(self.tr("Entity"))
        self.hide()

    def set_labels(self, scheme: Scheme | None, theme: Theme) -> None:
        """Make a button for each label: spans, then entities in a menu, then attribution."""
        clear(self._layout)
        if scheme is None:
            return
        colours = theme.of_scheme(scheme)
        for label in scheme.of("span", ""):
            name = f"label.{label.name}"
            if name in self._actions:
                self._add(self._actions[name], colours[label.name].ink)
        if scheme.label("ATTRIBUTION") is not None:
            self._add(self._actions["attribution"], colours["ATTRIBUTION"].ink)
        entities = [one for one in scheme.of("span", "entity") if one.is_offered]
        if entities:
            self._add_menu([(one.title or one.name, one.name, colours[one.name].ink) for one in entities])
        self._add(self._actions["fragment"], "")

    def show_at(self, place: QPoint) -> None:
        """Show it near a place of the view, where it does not cover what is selected."""
        self.adjustSize()
        parent = self._view
        most = max(0, parent.width() - self.width() - _GAP)
        left = min(max(_GAP, place.x() - self.width() // 2), most)
        below = place.y() + _GAP
        top = below if below + self.height() < parent.height() else place.y() - self.height() - 3 * _GAP
        self.move(left, max(0, top))
        self.show()
        self.raise_()

    def _add(self, action: QAction, colour: str) -> None:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolTip(action.toolTip())
        button.setAccessibleName(action.text())
        if colour:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIcon(_mark(colour))
            button.setText(_first_word(action.text()))
        else:
            button.setIcon(action.icon())
        button.clicked.connect(action.trigger)
        button.clicked.connect(self.hide)
        self._layout.addWidget(button)

    def _add_menu(self, entities: Iterable[tuple[str, str, str]]) -> None:
        self._entities.clear()
        for title, name, colour in entities:
            action = self._entities.addAction(_mark(colour), button_words(title))
            action.setToolTip(tip_words(title))
            action.triggered.connect(self._actions.putter(name))
            action.triggered.connect(self.hide)
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setText(self._entities.title())
        button.setMenu(self._entities)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._layout.addWidget(button)


def _first_word(text: str) -> str:
    return text.split(" ", maxsplit=1)[0]


def _mark(colour: str) -> QIcon:
    picture = QPixmap(12, 12)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(1, 1, 10, 10, 3, 3)
    painter.end()
    return QIcon(picture)
