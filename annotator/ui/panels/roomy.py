"""Room between the lines of a list: packed together, ticks and words are hard to tell and to hit."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui.panels.widgets import SMALL


class Roomy(QStyledItemDelegate):
    """Draws the lines of a list as usual, a little higher."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the room of a line."""
        return super().sizeHint(option, index) + QSize(0, 2 * SMALL)


def roomy(view: QAbstractItemView) -> None:
    """Give a list, a tree or what pops up room between its lines."""
    view.setItemDelegate(Roomy(view))
