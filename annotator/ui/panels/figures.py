"""Tables of figures: words at the left, numbers set flush right, nothing to edit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from annotator.ui.panels.widgets import MEDIUM


class FiguresTable(QTableWidget):
    """A table whose first columns hold words, and the others numbers."""

    def __init__(self, name: str, heads: Sequence[str], *, words: int = 1) -> None:
        super().__init__(0, len(heads))
        self._words = words
        self.setHorizontalHeaderLabels(list(heads))
        self.setAccessibleName(name)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + MEDIUM)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setStretchLastSection(False)

    def as_text(self) -> str:
        """Return names and cells as lines with tabs between them, as spreadsheets take them."""
        columns = range(self.columnCount())
        heads = [self.horizontalHeaderItem(at) for at in columns]
        rows = ([self.item(line, at) for at in columns] for line in range(self.rowCount()))
        return "\n".join(
            "\t".join(one.text().replace("\n", " ") if one else "" for one in row) for row in (heads, *rows)
        )

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows instead of those before."""
        self.setRowCount(len(rows))
        for at, cells in enumerate(rows):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                if column >= self._words:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(at, column, item)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the words the room that is left."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let the last column of words have what room is left; without any, all are as wide as they need."""
        header, columns = self.horizontalHeader(), range(self.columnCount())
        needed = sum(max(self.sizeHintForColumn(at), header.sectionSizeHint(at)) for at in columns)
        has_room = needed < self.viewport().width()
        mode = QHeaderView.ResizeMode.Stretch if has_room else QHeaderView.ResizeMode.ResizeToContents
        header.setSectionResizeMode(self._words - 1, mode)
