"""The small bar beside a selection made by mouse: the labels of the scheme, one click each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QToolButton

from annotator.model.scheme import Label, Scheme
from annotator.ui.action_set import ActionSet
from annotator.ui.article_view.view import ArticleView
from annotator.ui.floating import Floating
from annotator.ui.labels import button_words, tip_words
from annotator.ui.painters import painting
from annotator.ui.panels.flow import FlowLayout
from annotator.ui.panels.widgets import clear
from annotator.ui.style import Theme

_GAP, _SPACE = 10, 2
_MOST, _ENTITIES = 12, 6
"""Labels with a button of their own."""


class LabelBar(Floating):
    """Floats over the article; goes away with the selection."""

    def __init__(self, view: ArticleView, actions: ActionSet, recent: Callable[[], Sequence[str]]) -> None:
        super().__init__(view)
        self._view = view
        self._actions = actions
        self._recent = recent
        self._scheme: Scheme | None = None
        self._inks: Mapping[str, str] = {}
        self._entities: tuple[Label, ...] = ()
        self._is_filled = False
        self._layout = FlowLayout(self, _SPACE)
        self._layout.setContentsMargins(4, 3, 4, 3)
        self._menu = QMenu(self)
        self._menu.setTitle(self.tr("Entity"))
        self.hide()

    def set_labels(self, scheme: Scheme | None, theme: Theme) -> None:
        """Offer the labels of a scheme, in the colours of a theme."""
        self._scheme = scheme
        self._inks = {name: one.ink for name, one in theme.of_scheme(scheme).items()} if scheme else {}
        self._is_filled = False
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        """Make a button for each span label, the attribution, the entities used last; the rest in lists."""
        clear(self._layout)
        scheme, self._is_filled, self._entities = self._scheme, True, self._shown_entities()
        if scheme is None:
            return
        offered = [one for one in scheme.of("span", "") if f"label.{one.name}" in self._actions]
        for label in offered[:_MOST]:
            self._add(self._actions[f"label.{label.name}"], label.title or label.name, self._inks[label.name])
        attribution = scheme.meant("ATTRIBUTION")
        if attribution is not None:
            title = attribution.title or attribution.name
            self._add(self._actions["attribution"], title, self._inks[attribution.name])
        entities = [one for one in scheme.of("span", "entity") if one.is_offered]
        for label in self._entities:
            self._add_label(label)
        if len(entities) > len(self._entities):
            self._add_menu(entities)
        self._add(self._actions["fragment"])
        if len(offered) > _MOST:
            self._add(self._actions["picker"])

    def _shown_entities(self) -> tuple[Label, ...]:
        """Return the entity labels used last, those of the scheme first where fewer were; in its order."""
        every = [one for one in self._scheme.of("span", "entity") if one.is_offered] if self._scheme else []
        recent = [one for name in self._recent() for one in every if one.name == name]
        chosen = list(dict.fromkeys([*recent, *every]))[:_ENTITIES]
        return tuple(one for one in every if one in chosen)

    def show_at(self, place: QPoint) -> None:
        """Show it near a place of the view, where it does not cover what is selected."""
        if not self._is_filled or self._entities != self._shown_entities():
            self._fill()
        room = self._view.viewport().size()
        line = 2 * self.frameWidth()  # Qt lays the buttons out inside it
        width = min(self._layout.width_of_one_line() + line, room.width() - 2 * _GAP)
        self.resize(width, self._layout.heightForWidth(width - line) + line)
        most = max(0, room.width() - self.width() - _GAP)
        left = min(max(_GAP, place.x() - self.width() // 2), most)
        below = place.y() + _GAP
        above = self._top_of_selection(place) - self.height() - _GAP
        self.move(left, below if below + self.height() < room.height() else max(0, above))
        self.show()
        self.raise_()

    def _top_of_selection(self, place: QPoint) -> int:
        """Return where the selected words begin; what is selected ends at `place`."""
        selection = self._view.selection
        rects = self._view.page.rects(selection) if selection is not None else []
        return min([round(one.top()) for one in rects], default=place.y())

    def _add(self, action: QAction, text: str = "", colour: str = "") -> None:
        """Add a button for an action: its colour and words, or its icon alone."""
        button = self._button(text, colour)
        button.setToolTip(action.toolTip())
        button.setAccessibleName(action.text())
        if not text:
            button.setIcon(action.icon())
        button.clicked.connect(action.trigger)
        button.clicked.connect(self.hide)

    def _add_label(self, label: Label) -> None:
        """Add a button for a label that has no action of its own."""
        button = self._button(label.title or label.name, self._inks[label.name])
        button.setToolTip(tip_words(label.title or label.name))
        button.clicked.connect(self._actions.putter(label.name))
        button.clicked.connect(self.hide)

    def _button(self, text: str, colour: str) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setText(button_words(text))
        if colour:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIcon(_mark(colour))
        self._layout.addWidget(button)
        return button

    def _add_menu(self, entities: Iterable[Label]) -> None:
        self._menu.clear()
        for label in entities:
            title = label.title or label.name
            action = self._menu.addAction(_mark(self._inks[label.name]), button_words(title))
            action.setToolTip(tip_words(title))
            action.triggered.connect(self._actions.putter(label.name))
            action.triggered.connect(self.hide)
        # Not as the button's own menu: the style would draw an arrow that reads as a comma.
        button = self._button(self.tr("{0}…").format(self._menu.title()), "")
        button.clicked.connect(lambda: self._menu.popup(button.mapToGlobal(button.rect().bottomLeft())))


def _mark(colour: str) -> QIcon:
    picture = QPixmap(12, 12)
    picture.fill(Qt.GlobalColor.transparent)
    with painting(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(1, 1, 10, 10, 3, 3)
    return QIcon(picture)
