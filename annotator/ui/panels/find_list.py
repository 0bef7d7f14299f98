"""The list of hits: grouped by article, each in its context with the found words marked, with tick boxes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from annotator.model.records import Hit
from annotator.model.text import Utf16Map
from annotator.ui.focus_ring import FocusRing
from annotator.ui.panels.find_rows import AnyIndex, FindRows
from annotator.ui.panels.roomy import draw_edge, fit_box
from annotator.ui.panels.rows import draw_line, paint_back
from annotator.ui.panels.widgets import MEDIUM, SMALL, bold, smaller
from annotator.ui.panels.words import brief

_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_STATES = {
    Qt.CheckState.Checked: QStyle.StateFlag.State_On,
    Qt.CheckState.Unchecked: QStyle.StateFlag.State_Off,
    Qt.CheckState.PartiallyChecked: QStyle.StateFlag.State_NoChange,
}


class FindList(QTableView):
    """The rows; moving shows a hit in its article, Space ticks, Enter goes there.

    A table, which takes in new rows without looking at all the others as a list does.
    """

    moved = Signal(int)
    """The row that a person went to."""
    entered = Signal(int)
    """The row whose article a person wants to work in."""

    def __init__(self, rows: FindRows, name: str) -> None:
        super().__init__()
        self.rows = rows
        self.setModel(rows)
        self.setItemDelegate(_Rows(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        FocusRing(self)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit()
        self.doubleClicked.connect(lambda index: self.entered.emit(index.row()))

    def _fit(self) -> None:
        """Make the rows one line high."""
        height = self.fontMetrics().height() + 2 * SMALL + 2
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.setMinimumHeight(4 * height)

    def changeEvent(self, event: QEvent) -> None:
        """Another font makes other rows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Getting the focus moves nowhere: Qt would make the first row current."""
        is_somewhere = self.currentIndex().isValid()
        super().focusInEvent(event)
        if not is_somewhere:
            self.selectionModel().clear()

    def step(self, by: int) -> None:
        """Go to the next or previous hit, past the rows of articles; at the ends it stays."""
        count, at = self.rows.rowCount(), self.currentIndex().row()
        target = max(at, -1 if by > 0 else 0) + by
        while 0 <= target < count and self.rows.found_at(target)[1] is None:
            target += by
        if 0 <= target < count:
            self.go_to(target)

    def go_to(self, row: int) -> None:
        """Make a row the current one, and tell."""
        self.setCurrentIndex(self.rows.index(row))
        self.moved.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk the hits, Left and Right the articles, Space ticks, Enter goes there."""
        row = self.currentIndex().row()
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not event.modifiers():
            self.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Right and row >= 0:
            found, _ = self.rows.found_at(row)
            following = self.rows.heading_of(row) + len(found.hits) + 1
            if following < self.rows.rowCount():
                self.go_to(following)
        elif key == Qt.Key.Key_Left and row >= 0:
            heading = self.rows.heading_of(row)
            self.go_to(heading if heading < row or not row else self.rows.heading_of(row - 1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and row >= 0:
            self.go_to(0 if key == Qt.Key.Key_Home else self.rows.rowCount() - 1)
        elif key == Qt.Key.Key_Space and row >= 0:
            self.rows.toggle(row)
        elif key in _KEYS and row >= 0 and not event.modifiers():
            self.entered.emit(row)
        else:
            super().keyPressEvent(event)
            if self.currentIndex().row() not in (row, -1):
                self.moved.emit(self.currentIndex().row())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a box ticks it; a click beside it shows the hit."""
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            super().mousePressEvent(event)
        elif event.position().x() < self.visualRect(index).left() + self.room(index):
            self.rows.toggle(index.row())
        else:
            super().mousePressEvent(event)
            self.moved.emit(index.row())

    def room(self, index: AnyIndex) -> int:
        """Return how wide the box of a row is, with the space around it."""
        is_hit = self.rows.found_at(index.row())[1] is not None
        return self.box_size() + 2 * MEDIUM + (2 * MEDIUM if is_hit else 0)

    def box_size(self) -> int:
        """Return how high and wide a tick box is."""
        return self.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, None, self)


class _Rows(QStyledItemDelegate):
    """Paints a row: a box, then the title of an article, or a hit with what stands around it."""

    def __init__(self, view: FindList) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw ground, box and words."""
        painter.save()
        paint_back(painter, option)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        found, hit = self._view.rows.found_at(index.row())
        self._paint_box(painter, option, index)
        box = option.rect.adjusted(self._view.room(index), 0, -MEDIUM, 0)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        quiet = role if chosen else QPalette.ColorRole.PlaceholderText
        painter.setPen(option.palette.color(quiet))
        painter.setFont(smaller(option.font))
        side = str(len(found.hits)) if hit is None else self._view.rows.note_of(index.row())
        if side:
            painter.drawText(box, _MIDDLE | Qt.AlignmentFlag.AlignRight, side)
            box.setRight(box.right() - painter.fontMetrics().horizontalAdvance(side) - MEDIUM)
        painter.setPen(option.palette.color(role))
        if hit is None:
            painter.setFont(bold(option.font))
            draw_line(painter, box, brief(found.title))
        else:
            painter.setPen(option.palette.color(role))
            _paint_hit(painter, box, hit, option.font)
        painter.restore()

    def _paint_box(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        size = self._view.box_size()
        left = option.rect.left() + self._view.room(index) - size - MEDIUM
        box = QStyleOptionViewItem(option)
        fit_box(box)
        box.rect = QRect(left, option.rect.center().y() - size // 2, size, size)
        box.state = QStyle.StateFlag.State_Enabled | _STATES[self._view.rows.tick_of(index.row())]
        self._view.style().drawPrimitive(
            QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck, box, painter, self._view
        )
        draw_edge(painter, option, box.rect)


def _paint_hit(painter: QPainter, box: QRect, hit: Hit, font: QFont) -> None:
    """Draw a hit in one line, its words bold and underlined, and seen however narrow the list is."""
    before, words, after = (" ".join(part.split("\n")) for part in (hit.before, hit.text, hit.after))
    strong = bold(font)
    strong.setUnderline(True)
    plain, wide = QFontMetrics(font), QFontMetrics(strong)
    words = wide.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    needed = wide.horizontalAdvance(words)
    room = max(0, min(box.width() // 2, box.width() - needed - 4 * MEDIUM))
    lead = plain.elidedText(before.lstrip(), Qt.TextElideMode.ElideLeft, room)
    rest = box.width() - plain.horizontalAdvance(lead) - needed
    tail = plain.elidedText(after, Qt.TextElideMode.ElideRight, max(0, rest))
    # One layout for all, so that right-to-left text stands in its order.
    layout = QTextLayout(lead + words + tail, font)
    mark = QTextLayout.FormatRange()
    to_16 = Utf16Map(lead + words).to_16
    mark.start = to_16(len(lead))
    mark.length = to_16(len(lead) + len(words)) - mark.start
    mark.format.setFont(strong)
    layout.setFormats([mark])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(box.width())
    layout.endLayout()
    painter.setClipRect(box)
    layout.draw(painter, QPointF(box.left(), box.center().y() - line.height() / 2))
