"""A list of short rows, each a text with a quieter second line, painted and never built of widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QMetaMethod,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from annotator.ui.focus_ring import FocusRing
from annotator.ui.panels.widgets import MEDIUM, SMALL, bold, smaller, tip_text
from annotator.ui.panels.words import brief

AnyIndex = QModelIndex | QPersistentModelIndex
_LONGEST = 240
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it stands for, its text, a second line, and a part of the text that stands out."""

    value: object
    text: str
    detail: str = ""
    strong: tuple[int, int] = (0, 0)
    muted: bool = False


class RowsModel(QAbstractListModel):
    """Rows as Qt asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Row] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's way
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row's text, for the list and for screen readers."""
        one = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return brief(one.text, _LONGEST)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return brief(f"{one.text} {one.detail}", _LONGEST)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_text("\n".join(part for part in (one.text, one.detail) if part))
        return None


class RowDelegate(QStyledItemDelegate):
    """Paints a row: its text on one line, or on as many as `lines` allows, and under it the detail."""

    def __init__(self, view: QListView, lines: int) -> None:
        super().__init__(view)
        self._view, self._lines = view, lines

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As high as the text, and one line more where there is a detail."""
        width = self._view.viewport().width() - 2 * MEDIUM
        height = self._text_height(option.fontMetrics, _row(index), width)
        if _row(index).detail:
            height += option.fontMetrics.height()
        return QSize(10 * SMALL, height + 2 * SMALL + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw background, text, detail."""
        painter.save()
        paint_back(painter, option)
        one, chosen = _row(index), bool(option.state & QStyle.StateFlag.State_Selected)
        box = option.rect.adjusted(MEDIUM, SMALL, -MEDIUM, -SMALL)
        height = self._text_height(option.fontMetrics, one, box.width())
        first = QRect(box.topLeft(), QSize(box.width(), height))
        role = QPalette.ColorRole
        text = role.HighlightedText if chosen else role.PlaceholderText if one.muted else role.Text
        painter.setPen(option.palette.color(text))
        if self._lines > 1:
            painter.drawText(first, _WRAPPED, brief(one.text, _LONGEST))
        else:
            _draw_strong(painter, first, one, option.font)
        if one.detail:
            font = smaller(option.font)
            painter.setFont(font)
            painter.setPen(option.palette.color(role.HighlightedText if chosen else role.PlaceholderText))
            second = QRect(first.left(), first.bottom() + 2, first.width(), option.fontMetrics.height())
            draw_line(painter, second, brief(one.detail, _LONGEST))
        painter.restore()

    def _text_height(self, metrics: QFontMetrics, one: Row, width: int) -> int:
        if self._lines == 1:
            return metrics.height()
        room = QRect(0, 0, max(width, 1), self._lines * metrics.lineSpacing())
        needed = metrics.boundingRect(room, _WRAPPED, brief(one.text, _LONGEST)).height()
        return min(needed, room.height())


class QuietList(QListView):
    """A list in which only a person moves: making a row current, or giving it the focus, tells nobody."""

    opened = Signal(object)
    """The value of a row that was activated, with Enter or a double click."""
    moved = Signal(object)
    """The value of the row that a person moved to."""

    def __init__(self, name: str, model: QAbstractListModel, value: Callable[[int], object]) -> None:
        super().__init__()
        self._value = value
        self._quiet = False
        self.setModel(model)
        self.setAccessibleName(name)
        quiet_list(self)
        self.doubleClicked.connect(lambda index: self.opened.emit(value(index.row())))

    def current(self) -> object | None:
        """Return the value of the current row."""
        index = self.currentIndex()
        return self._value(index.row()) if index.isValid() else None

    def go_to(self, value: object) -> bool:
        """Make a row current without telling anybody; tell if there is one."""
        at, model = self.row_of(value), self.model()
        if at != self.currentIndex().row():
            self._quiet = True
            self.setCurrentIndex(QModelIndex() if at is None else model.index(at, 0))
            self._quiet = False
        return at is not None

    def row_of(self, value: object) -> int | None:
        """Return the row that stands for a value."""
        count = self.model().rowCount()
        return next((at for at in range(count) if self._value(at) == value), None)

    def step(self, by: int) -> None:
        """Go to the next or previous row, round at the ends."""
        count = self.model().rowCount()
        if count:
            at = self.currentIndex().row()
            target = (at + by) % count if at >= 0 else (0 if by > 0 else count - 1)
            self.setCurrentIndex(self.model().index(target, 0))

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:  # noqa: N802 - Qt's name
        """Tell which row a person moved to."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._quiet:
            self.moved.emit(self._value(current.row()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Getting the focus moves nowhere: Qt would make the first row current."""
        self._quiet = True
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection():
            self.selectionModel().clearCurrentIndex()
        self._quiet = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as high as their text at the new width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A row that was clicked while half of it was out of sight comes whole into view."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index == self.currentIndex():
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter activates the current row; where that means nothing, it answers the dialog."""
        value, is_heard = self.current(), self.isSignalConnected(QMetaMethod.fromSignal(self.opened))
        if event.key() in _KEYS and value is not None and is_heard:
            self.opened.emit(value)
        else:
            super().keyPressEvent(event)


class RowsView(QuietList):
    """The list; Enter or a double click activates a row, moving tells which one is current."""

    def __init__(self, name: str, *, lines: int = 1) -> None:
        self._rows = RowsModel()
        super().__init__(name, self._rows, lambda at: self._rows.rows[at].value)
        self._lines = lines
        self.setItemDelegate(RowDelegate(self, lines))

    @property
    def rows(self) -> Sequence[Row]:
        """What is shown."""
        return self._rows.rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; the current one stays current where it is still there."""
        if list(rows) == list(self._rows.rows):
            return
        kept = self.current()
        # Rows of one height are measured once: thousands of them, each on its own, stop the window.
        self.setUniformItemSizes(self._lines == 1 and len({bool(one.detail) for one in rows}) == 1)
        self._rows.set_rows(rows)
        if kept is not None:
            self.go_to(kept)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current row in sight where the list gets smaller."""
        super().resizeEvent(event)
        if self.height() < event.oldSize().height():
            self.scrollTo(self.currentIndex())


def quiet_list(view: QListView) -> None:
    """Give a list the calm look and the behaviour that all lists of the panels share."""
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setTabKeyNavigation(False)
    view.setMouseTracking(True)
    view.setMinimumHeight(4 * view.fontMetrics().height())
    FocusRing(view)


def paint_back(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Draw the background of a row: chosen, under the mouse, or none."""
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, option.palette.color(QPalette.ColorRole.Highlight))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, option.palette.color(QPalette.ColorRole.AlternateBase))


def draw_line(painter: QPainter, box: QRect, text: str) -> str:
    """Draw one line of text, cut with dots where it does not fit; return what is to be seen of it."""
    line = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line)
    return line


def _draw_strong(painter: QPainter, box: QRect, one: Row, font: QFont) -> None:
    start, end = one.strong
    painter.setFont(font)
    if start >= end:
        draw_line(painter, box, brief(one.text, _LONGEST))
        return
    x = box.left()
    strong = bold(font)
    for part, used in ((one.text[:start], font), (one.text[start:end], strong), (one.text[end:], font)):
        painter.setFont(used)
        if part and x < box.right():
            drawn = draw_line(painter, QRect(QPoint(x, box.top()), box.bottomRight()), part)
            x += painter.fontMetrics().horizontalAdvance(drawn)


def _row(index: AnyIndex) -> Row:
    model = index.model()
    assert isinstance(model, RowsModel)
    return model.rows[index.row()]
