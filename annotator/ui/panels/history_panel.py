"""What was done in this project, newest first, with undo and redo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from annotator.ui.panels.rows import Row, RowsView
from annotator.ui.panels.when_seen import WhenSeen
from annotator.ui.panels.widgets import MEDIUM, SMALL, PlainLabel, button, column, row
from annotator.ui.panels.words import joined, when
from annotator.ui.saying import operation_words
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.model.ids import Id
    from annotator.services.project import Operation, Project

MOST = 200
History = tuple[tuple["Operation", ...], dict["Id", str], str | None, str | None]


class HistoryPanel(QWidget):
    """The last operations."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.undo = button(self.tr("Undo"), session.undo)
        self.redo = button(self.tr("Redo"), session.redo)
        self.list = RowsView(self.tr("What was done"))
        self._none = PlainLabel(self.tr("Nothing was done yet."), muted=True)
        layout = column(self, margin=MEDIUM, spacing=SMALL)
        layout.addLayout(row(self.undo, self.redo, spacing=MEDIUM))
        layout.addWidget(self._none)
        layout.addWidget(self.list, 1)
        self._seen = WhenSeen(self, self._ask)
        session.project_changed.connect(self._seen.ask)
        session.changed.connect(self._seen.ask)
        self._seen.ask()

    def _ask(self) -> None:
        if self._session.path is None:
            self._show(((), {}, None, None))
        else:
            self._session.ask(_look, self._show)

    def _show(self, found: History) -> None:
        operations, names, undo, redo = found
        self.list.set_rows([self._row(one, names) for one in operations])
        self._none.setVisible(not operations)
        self.undo.setEnabled(undo is not None)
        self.redo.setEnabled(redo is not None)
        undo_text, redo_text = self.tr("Undo"), self.tr("Redo")
        self.undo.setAccessibleName(f"{undo_text}: {operation_words(undo)}" if undo else undo_text)
        self.redo.setAccessibleName(f"{redo_text}: {operation_words(redo)}" if redo else redo_text)

    def _row(self, one: Operation, names: dict[Id, str]) -> Row:
        who = names.get(one.who, "") if one.who is not None else ""
        undone = self.tr("undone") if one.undone else ""
        detail = joined([undone, when(one.when), who])
        return Row(one.id, operation_words(one.name), detail, muted=one.undone)


def _look(project: Project) -> History:
    names = {one.id: one.name for one in project.annotators()}
    return project.history(MOST), names, project.undo_name(), project.redo_name()
