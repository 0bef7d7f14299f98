"""Room for the lines of lists, which are hard to tell and to hit when packed, and of long labels."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QAbstractItemView, QLabel, QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui.panels.widgets import SMALL


class Roomy(QStyledItemDelegate):
    """Draws the lines of a list as usual, a little higher."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the room of a line."""
        return super().sizeHint(option, index) + QSize(0, 2 * SMALL)


def roomy(view: QAbstractItemView) -> None:
    """Give a list, a tree or what pops up room between its lines."""
    view.setItemDelegate(Roomy(view))


def fit_lines(label: QLabel, width: int) -> None:
    """Keep the room of all lines of a label that gets so much width: a splitter asks for that of one."""
    label.setMinimumHeight(max(0, label.heightForWidth(width)))
