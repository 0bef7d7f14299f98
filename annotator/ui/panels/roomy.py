"""Lines of lists: the box in the chosen one, and room, as packed ones are hard to tell and to hit."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QLabel, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui.panels.widgets import SMALL

AnyIndex = QModelIndex | QPersistentModelIndex


class Boxed(QStyledItemDelegate):
    """Draws the lines of a list as usual, and the box in the chosen one in the colours of that line."""

    def initStyleOption(  # noqa: N802 (the name is Qt's)
        self, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        """Take the colours along."""
        super().initStyleOption(option, index)
        fit_box(option)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw it, and the edge of the box anew."""
        super().paint(painter, option, index)
        if index.data(Qt.ItemDataRole.CheckStateRole) is not None and option.widget is not None:
            shown = QStyleOptionViewItem(option)
            self.initStyleOption(shown, index)
            part = QStyle.SubElement.SE_ItemViewItemCheckIndicator
            draw_edge(painter, shown, option.widget.style().subElementRect(part, shown, option.widget))


class Roomy(Boxed):
    """Draws the lines of a list as usual, a little higher."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the room of a line."""
        return super().sizeHint(option, index) + QSize(0, 2 * SMALL)


def fit_box(option: QStyleOptionViewItem) -> None:
    """Let a box in the chosen line have its ground: with that of a field an empty one looks filled there."""
    if option.state & QStyle.StateFlag.State_Selected:
        role, palette = QPalette.ColorRole, QPalette(option.palette)
        ink = palette.color(role.HighlightedText)
        palette.setColor(role.Base, palette.color(role.Highlight))
        palette.setColor(role.Text, ink)
        option.palette = palette


def draw_edge(painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
    """Draw the edge of a box in the chosen line: the style draws it too faintly there."""
    if option.state & QStyle.StateFlag.State_Selected:
        painter.save()
        painter.setPen(option.palette.color(QPalette.ColorRole.HighlightedText))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.restore()


def roomy(view: QAbstractItemView) -> None:
    """Give a list, a tree or what pops up room between its lines."""
    view.setItemDelegate(Roomy(view))


def fit_lines(label: QLabel, width: int) -> None:
    """Keep the room of all lines of a label that gets so much width: a splitter asks for that of one."""
    label.setMinimumHeight(max(0, label.heightForWidth(width)))
