"""A list whose rows have a tick each, with buttons that tick all or none, and the dialog around one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from annotator.model.ids import Id
from annotator.ui.panels.roomy import Boxed
from annotator.ui.panels.widgets import MEDIUM, SMALL, PlainLabel, answers, button, column, row, widen

Shown = tuple[Id, str, bool | None]
"""A record, what it is called, and whether it is ticked at first; None where it cannot be."""
_ID = Qt.ItemDataRole.UserRole
_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked
_LETTERS, _LINES = 100, 34


class TickedList(QListWidget):
    """Rows that stand for records; Space ticks and unticks the current one."""

    def __init__(self, name: str, rows: Iterable[Shown]) -> None:
        """Show records."""
        super().__init__()
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setSpacing(SMALL // 2)
        self.setItemDelegate(Boxed(self))
        self.all = button(self.tr("All"), lambda: self._tick(_ON), name=self.tr("Tick all"))
        self.none = button(self.tr("None"), lambda: self._tick(_OFF), name=self.tr("Untick all"))
        self.show_rows(rows)

    def show_rows(self, rows: Iterable[Shown]) -> None:
        """Show other records."""
        self.blockSignals(True)
        self.clear()
        for record, text, is_ticked in rows:
            item = QListWidgetItem(text, self)
            item.setData(_ID, record)
            if is_ticked is not None:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(_ON if is_ticked else _OFF)
        self.blockSignals(False)

    @property
    def ticked(self) -> list[Id]:
        """The ids of the records that are ticked."""
        return [one.data(_ID) for one in self._tickable() if one.checkState() == _ON]

    def _tickable(self) -> list[QListWidgetItem]:
        items = (self.item(at) for at in range(self.count()))
        return [one for one in items if one.data(Qt.ItemDataRole.CheckStateRole) is not None]

    def _tick(self, state: Qt.CheckState) -> None:
        tickable = self._tickable()
        self.blockSignals(True)
        for one in tickable:
            one.setCheckState(state)
        self.blockSignals(False)
        if tickable:
            self.itemChanged.emit(tickable[-1])


class TickedDialog(QDialog):
    """A ticked list over a text on its current row; OK says how many are ticked, and needs one."""

    def __init__(
        self, title: str, what: str, listed: TickedList, below: QPlainTextEdit, *, lines: int,
        parent: QWidget | None, above: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Lay it out, with `lines` of the text below, and `above` the list; `begin` shows the first row."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.list, self.below = listed, below
        below.setFixedHeight(lines * self.fontMetrics().lineSpacing())
        standard = QDialogButtonBox.StandardButton
        self.buttons = answers(standard.Ok, standard.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = column(self, margin=2 * MEDIUM, spacing=MEDIUM)
        layout.addWidget(PlainLabel(what))
        if above is not None:
            layout.addWidget(above)
        layout.addWidget(listed, 1)
        layout.addLayout(row(listed.all, listed.none))
        layout.addWidget(below)
        layout.addWidget(self.buttons)
        widen(self, _LETTERS, _LINES)
        listed.itemChanged.connect(lambda _: self.count_ticks())
        listed.currentItemChanged.connect(self._go_to)

    def begin(self) -> None:
        """Go to the first row, once all that it needs to be shown is at hand."""
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self.count_ticks()

    def ok_words(self, count: int) -> str:
        """Return what the OK button says with so many ticked."""
        raise NotImplementedError

    def can_do(self, count: int) -> bool:
        """Tell whether OK may be pressed with so many ticked."""
        return count > 0

    def show_current(self, record: Id) -> None:
        """Write into the text below what is to be known of a record."""
        raise NotImplementedError

    def _go_to(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            found: Id = item.data(_ID)
            self.show_current(found)

    def count_ticks(self) -> None:
        """Let OK say how many are ticked."""
        count = len(self.list.ticked)
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText(self.ok_words(count))
        ok.setEnabled(self.can_do(count))
