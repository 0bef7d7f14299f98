"""What would be accepted at once: the sure suggestions of an article, each of which can be left out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QWidget

from annotator.model.ids import Id
from annotator.model.records import SuggestedFrame, SuggestedSpan
from annotator.ui.panels.names import Names
from annotator.ui.panels.widgets import MEDIUM, PlainLabel, answers, column, widen
from annotator.ui.panels.words import label_title
from annotator.ui.saying import because, several
from annotator.ui.session import Session
from annotator.ui.steps import step_words

_LETTERS, _LINES = 100, 26
_WORDS = 90
_ID = Qt.ItemDataRole.UserRole


class SureDialog(QDialog):
    """Lists suggestions with a tick each; Space ticks and unticks, Enter accepts, Escape accepts nothing."""

    def __init__(
        self,
        session: Session,
        names: Names,
        suggested: Sequence[SuggestedFrame | SuggestedSpan],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Accept all sure ones"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Sure suggestions"))
        self.list.setWordWrap(True)
        for one in suggested:
            self._add(one, names)
        standard = QDialogButtonBox.StandardButton
        self.buttons = answers(standard.Ok, standard.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.list.itemChanged.connect(lambda _: self._count())
        layout = column(self, margin=2 * MEDIUM, spacing=MEDIUM)
        layout.addWidget(PlainLabel(self.tr("All that is ticked is accepted in one step; Space unticks.")))
        layout.addWidget(self.list, 1)
        layout.addWidget(self.buttons)
        widen(self, _LETTERS, _LINES)
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self._count()

    @property
    def ticked(self) -> list[Id]:
        """The ids of the suggestions that are to be accepted."""
        items = (self.list.item(at) for at in range(self.list.count()))
        return [one.data(_ID) for one in items if one.checkState() == Qt.CheckState.Checked]

    def accept(self) -> None:
        """Accept what is ticked."""
        ids, session = self.ticked, self._session
        if ids:
            said = several("{n} suggestion(s) accepted; undo takes this back.", len(ids))
            session.long_work.write(
                self.tr("Accepting"),
                lambda project: project.accept(ids),
                lambda _: session.warned.emit(said),
            )
        super().accept()

    def _add(self, one: SuggestedFrame | SuggestedSpan, names: Names) -> None:
        if isinstance(one, SuggestedFrame):
            what = names.frame(one, _WORDS)
        else:
            what = f"{label_title(names.scheme, one.label)}: {names.words(one, _WORDS)}"
        item = QListWidgetItem(f"{what}\n{step_words(one.score)} · {because(one.reason)}", self.list)
        item.setData(_ID, one.id)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)

    def _count(self) -> None:
        count = len(self.ticked)
        button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        button.setText(self.tr("Accept {0}").format(count))
        button.setEnabled(count > 0)
