"""Whose labels are the adjudicated ones: a tick for each annotator who decides between the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QWidget

from annotator.model.records import Annotator
from annotator.ui.panels.widgets import MEDIUM, PlainLabel, answers, column, widen
from annotator.ui.panels.words import brief
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.model.ids import Id

_LETTERS, _LINES = 70, 16
_TICKS = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked}


class AnnotatorsDialog(QDialog):
    """Lists the annotators; Space ticks, Enter takes it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._people: list[tuple[Id, QListWidgetItem]] = []
        self._before: frozenset[Id] = frozenset()
        self.setWindowTitle(self.tr("Annotators of this project"))
        self.list = QListWidget()
        self.list.setAccessibleName(
            self.tr("Annotators; ticked are those whose labels are the adjudicated ones")
        )
        standard = QDialogButtonBox.StandardButton
        self.buttons = answers(standard.Ok, standard.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._ok = self.buttons.button(standard.Ok)
        self._ok.setEnabled(False)
        layout = column(self, margin=2 * MEDIUM, spacing=MEDIUM)
        layout.addWidget(PlainLabel(self.tr("Whose labels are the adjudicated ones?")))
        layout.addWidget(self.list, 1)
        text = self.tr(
            "An adjudicator decides between the other annotators. Exports and datasets can hold these labels"
            " alone. Space ticks and unticks."
        )
        layout.addWidget(PlainLabel(text, muted=True))
        layout.addWidget(self.buttons)
        widen(self, _LETTERS, _LINES)
        session.ask(lambda project: project.annotators(), self._on_annotators)

    @property
    def ticked(self) -> frozenset[Id]:
        """Whose labels are to be the adjudicated ones."""
        return frozenset(one for one, item in self._people if item.checkState() == Qt.CheckState.Checked)

    def accept(self) -> None:
        """Keep what is ticked, in one step that can be undone."""
        wanted = self.ticked
        if wanted != self._before:
            self._session.do(lambda project: project.people.set_adjudicators(wanted))
        super().accept()

    def _on_annotators(self, people: tuple[Annotator, ...]) -> None:
        for one in people:
            self._show(one)
        self._before = self.ticked
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self._ok.setEnabled(not self._session.read_only)

    def _show(self, one: Annotator) -> None:
        name = brief(one.name)
        if one.kind == "program":  # a program does not decide between people
            item = QListWidgetItem(self.tr("{name} (a program)").format(name=name), self.list)
            item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
            return
        item = QListWidgetItem(name, self.list)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(_TICKS[one.kind == "adjudicator"])
        self._people.append((one.id, item))


def choose_adjudicators(session: Session, parent: QWidget) -> AnnotatorsDialog:
    """Ask whose labels are the adjudicated ones."""
    dialog = AnnotatorsDialog(session, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
