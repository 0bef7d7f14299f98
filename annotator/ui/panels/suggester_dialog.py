"""Which suggesters run in this project: each can be let in or left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QWidget

from annotator.ui.panels.dialogs import opened
from annotator.ui.panels.roomy import roomy
from annotator.ui.panels.widgets import MEDIUM, PlainLabel, answers, column, widen
from annotator.ui.saying import translated
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.model.changes import Changes
    from annotator.services.project import Project
    from annotator.services.suggesters import Available

    Looked = tuple[tuple[Available, ...], tuple[str, ...], str]
    """What can suggest, the names of what does, and what was learned from the labels."""

_LETTERS, _LINES = 80, 18
_NAME = Qt.ItemDataRole.UserRole


class SuggesterDialog(QDialog):
    """Lists the suggesters with a tick for each that runs; Space ticks, Enter takes it all."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._before: tuple[str, ...] = ()
        self.setWindowTitle(self.tr("What suggests"))
        self.list = QListWidget()
        roomy(self.list)
        self.list.setAccessibleName(self.tr("What can suggest"))
        self.list.setWordWrap(True)
        standard = QDialogButtonBox.StandardButton
        self.buttons = answers(standard.Ok, standard.Cancel)
        self.buttons.button(standard.Ok).setText(self.tr("Use these"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = column(self, margin=2 * MEDIUM, spacing=MEDIUM)
        layout.addWidget(PlainLabel(self.tr("What should suggest in this project?")))
        layout.addWidget(self.list, 1)
        self.about = PlainLabel(self.tr("Looking at what can suggest…"), muted=True)
        layout.addWidget(self.about)
        layout.addWidget(self.buttons)
        widen(self, _LETTERS, _LINES)
        session.ask(_look, self._on_looked)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The names of the suggesters that are to run."""
        items = (self.list.item(at) for at in range(self.list.count()))
        return tuple(one.data(_NAME) for one in items if one.checkState() == Qt.CheckState.Checked)

    def accept(self) -> None:
        """Let these run from now on, and look at all articles where any is new."""
        wanted, before, session = self.ticked, self._before, self._session
        if set(wanted) != set(before):
            is_new = bool(set(wanted) - set(before))
            session.long_work.write(
                self.tr("Choosing what suggests"),
                lambda project: _choose(project, wanted),
                lambda _: session.suggest() if is_new else None,
            )
        super().accept()

    def _on_looked(self, found: Looked) -> None:
        known, self._before, learned = found
        about = self.tr(
            "Each looks at every article. What an unticked one suggested goes, unless you decided on it."
        )
        self.about.show_text(f"{about}\n{translated(learned)}".strip())
        for one in known:
            item = QListWidgetItem(f"{', '.join(one.layers).capitalize()} ({one.title})", self.list)
            item.setData(_NAME, one.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_on = one.name in self._before
            item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)
        self.list.setFocus()


def choose_suggesters(session: Session, parent: QWidget) -> SuggesterDialog:
    """Ask what suggests in this project."""
    return opened(SuggesterDialog(session, parent))


def _look(project: Project) -> Looked:
    from annotator.services.learning import what_was_learned  # noqa: PLC0415 - late: looks at what is there
    from annotator.services.suggesters import available, names  # noqa: PLC0415 - late as above

    return available(), names(project), what_was_learned(project)


def _choose(project: Project, wanted: tuple[str, ...]) -> Changes:
    from annotator.services.suggesters import choose  # noqa: PLC0415 - late as above

    return choose(project, wanted)
