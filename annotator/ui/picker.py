"""A small list that pops up: type to filter, arrows or digits to choose, Enter to take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.floating import Floating
from annotator.ui.labels import plain_label
from annotator.ui.panels.words import joined
from annotator.ui.saying import announce

_BESIDE = 6
"""Pixels between words and the list that pops up for them."""
_LINE = 16
"""Pixels of a line of usual letters, for which widths are given; the list is wider with larger ones."""
_CHOICE = Qt.ItemDataRole.UserRole
_SIDE = Qt.ItemDataRole.UserRole + 1
_COLOUR = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the list: text, what stands at its right (keys), colour mark, what it does."""

    text: str
    act: Callable[[], None]
    side: str = ""
    colour: str = ""
    also: str = ""
    """More words by which it is found."""
    letter: str = ""
    """The letter that takes it at once, where the list is offered with letters."""


class Picker(Floating):
    """Pops up over a widget, closes when something is taken or Escape is pressed."""

    left = Signal()
    """It was closed with nothing taken."""

    def __init__(self, parent: QWidget, hint: str, width: int = 420) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._choices: Sequence[Choice] = ()
        self._digits = False
        self._letters = False
        self._is_taken = False
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)
        self.field.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(hint)
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setItemDelegate(_Line(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.nothing = plain_label(self.tr("Nothing here has these words."), parent=self, wraps=True)
        self.nothing.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.setSpacing(4)
        layout.addWidget(self.field)
        layout.addWidget(self.nothing)
        layout.addWidget(self.list)
        scale = max(1.0, self.fontMetrics().height() / _LINE)
        self.resize(round(width * scale), 360)
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(self._take)
        self.list.currentItemChanged.connect(self._tell)

    @property
    def choices(self) -> Sequence[Choice]:
        """Everything that may be chosen, whatever is typed."""
        return self._choices

    def offer(self, choices: Sequence[Choice], *, digits: bool = False, letters: bool = False) -> None:
        """Set what may be chosen; with `digits`, the first nine are also taken by their number.

        With `letters`, a choice is taken by its letter, and nothing is typed to filter.
        """
        self._choices = choices
        self._digits = digits
        self._letters = letters
        self._on_typed(self.field.text())

    def open_beside(self, port: QWidget, words: QRect) -> None:
        """Show it below words in a viewport, or above them where there is more room."""
        below = port.mapToGlobal(words.bottomLeft() + QPoint(0, _BESIDE))
        self.open_at(below, port.mapToGlobal(words.topLeft()).y() - _BESIDE)

    def open_at(self, place: QPoint, over: int | None = None) -> None:
        """Show it at a place of the screen, or above the height `over` where there is more room."""
        parent = self.parentWidget()
        screen = parent.screen().availableGeometry() if parent is not None else QRect(place, QSize(800, 600))
        line = self.list.sizeHintForRow(0) if self.list.count() else 24
        height = min(max(4, len(self._choices)), 14) * max(line, 20) + 56
        below, above = screen.bottom() - place.y(), (over or 0) - screen.top()
        is_above = over is not None and height > below and above > below
        room = screen.height() if over is None else max(above if is_above else below, 6 * line)
        self.resize(min(self.width(), screen.width()), min(height, room))
        left = min(max(screen.left(), place.x()), screen.right() - self.width())
        top = above + screen.top() - self.height() if is_above else place.y()
        self.move(left, min(max(screen.top(), top), screen.bottom() - self.height()))
        self.show()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the field's arrows, digits and Enter act on the list."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say when nothing was taken."""
        super().closeEvent(event)
        if not self._is_taken:
            self.left.emit()

    def _on_key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            row = min(max(0, self.list.currentRow() + step), self.list.count() - 1)
            self.list.setCurrentRow(row)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.list.currentItem() is not None:
                self._take(self.list.currentItem())
            return True
        if self._digits and event.text() in tuple("123456789") and int(event.text()) <= self.list.count():
            self._take(self.list.item(int(event.text()) - 1))
            return True
        if self._letters and event.text().isalpha():
            self._take_letter(event.text().lower())
            return True
        return False

    def _take_letter(self, letter: str) -> None:
        items = (self.list.item(row) for row in range(self.list.count()))
        found = next((item for item in items if item.data(_CHOICE).letter == letter), None)
        if found is not None:
            self._take(found)

    def _on_typed(self, text: str) -> None:
        self.list.clear()
        words = text.casefold().split()
        for choice in self._choices:
            named = f"{choice.text} {choice.also}".casefold()
            if all(word in named for word in words):
                item = QListWidgetItem(choice.text)
                number = self.list.count() + 1
                item.setData(_CHOICE, choice)
                item.setData(_SIDE, choice.side or (str(number) if self._digits and number < 10 else ""))
                item.setData(_COLOUR, choice.colour)
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.nothing.setVisible(bool(words) and not self.list.count())
        if not self.nothing.isHidden():
            announce(self.field, self.nothing.text())

    def _tell(self, item: QListWidgetItem | None) -> None:
        """Let a screen reader say what Enter would take: the field keeps the focus."""
        if item is not None:
            announce(self.field, joined((item.text(), item.data(_SIDE)), ", "))

    def _take(self, item: QListWidgetItem) -> None:
        choice = item.data(_CHOICE)
        self._is_taken = True
        self.close()
        choice.act()


class _Line(QStyledItemDelegate):
    """Draws a line: colour mark, text, and at the right the keys in a quiet colour."""

    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:  # noqa: ARG002
        """Return a comfortable height."""
        return QSize(100, option.fontMetrics.height() + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        """Draw it in the palette's colours."""
        data = index.data  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        palette = option.palette
        if chosen:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Highlight))
        inner = option.rect.adjusted(8, 0, -8, 0)
        if data(_COLOUR):
            mark = QRect(inner.left(), inner.center().y() - 5, 10, 10)
            painter.fillRect(mark, QColor(data(_COLOUR)))
            inner.setLeft(inner.left() + 18)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        quiet = role if chosen else QPalette.ColorRole.PlaceholderText
        middle = Qt.AlignmentFlag.AlignVCenter
        side = data(_SIDE)
        painter.setPen(palette.color(quiet))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, side)
        inner.setRight(inner.right() - option.fontMetrics.horizontalAdvance(side) - 12)
        painter.setPen(palette.color(role))
        text = data(Qt.ItemDataRole.DisplayRole)
        shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, shown)
