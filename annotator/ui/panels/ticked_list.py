"""A list whose rows have a tick each, and two buttons that tick all or none."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from annotator.model.ids import Id
from annotator.ui.panels.widgets import SMALL, button

_ID = Qt.ItemDataRole.UserRole
_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class TickedList(QListWidget):
    """Rows that stand for records; Space ticks and unticks the current one."""

    def __init__(self, name: str, rows: Iterable[tuple[Id, str, bool]]) -> None:
        """Show what each record is called, and whether it is ticked at first."""
        super().__init__()
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setSpacing(SMALL // 2)
        self.all = button(self.tr("All"), lambda: self._tick(_ON), name=self.tr("Tick all"))
        self.none = button(self.tr("None"), lambda: self._tick(_OFF), name=self.tr("Untick all"))
        for record, text, is_ticked in rows:
            item = QListWidgetItem(text, self)
            item.setData(_ID, record)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_ON if is_ticked else _OFF)

    @property
    def ticked(self) -> list[Id]:
        """The ids of the records that are ticked."""
        items = (self.item(at) for at in range(self.count()))
        return [one.data(_ID) for one in items if one.checkState() == _ON]

    def _tick(self, state: Qt.CheckState) -> None:
        for at in range(self.count()):
            self.item(at).setCheckState(state)


def record_of(item: QListWidgetItem) -> Id:
    """Return the id of the record that a row stands for."""
    found: Id = item.data(_ID)
    return found
