"""Export: what of the project, in which format, where to; and the words for what was written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QWidget

from annotator.model.formats import Written
from annotator.ui.panels.beside import Beside
from annotator.ui.panels.dialogs import opened
from annotator.ui.panels.export_choices import ExportChoices
from annotator.ui.panels.export_preview import ExportPreview, losses, remarked
from annotator.ui.panels.place_field import PlaceField
from annotator.ui.panels.result_sheet import Outcome
from annotator.ui.panels.widgets import (
    MEDIUM,
    PlainLabel,
    WideScroll,
    add_row,
    answers,
    column,
    new_form,
    tab_through,
    widen,
)
from annotator.ui.panels.words import tr
from annotator.ui.saying import amounts
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.exporting_choice import ExportChoice

_LETTERS, _LINES = 195, 42


class ExportDialog(QDialog):
    """Asks what to export; when accepted, the export runs in the background."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(self.tr("Export"))
        self.what = ExportChoices(session, with_each=True, usual=session.long_work.last_format)
        self.suggestions = QCheckBox(self.tr("With &open suggestions"))
        self.with_rejected = QCheckBox(self.tr("With &rejected suggestions"))
        self.preview = ExportPreview(session)
        self.place = PlaceField(self.tr("Write to"), session.path)
        self.problem = PlainLabel()
        standard = QDialogButtonBox.StandardButton
        self.buttons = answers(standard.Ok, standard.Cancel)
        self._ok = self.buttons.button(standard.Ok)
        self._ok.setText(self.tr("&Export"))
        self._ok.setEnabled(False)
        self._lay_out()
        self.what.filled.connect(self._on_filled)
        self.what.changed.connect(self._on_chosen)
        self.place.path.textChanged.connect(lambda *_: self.problem.show_text(""))
        for box in (self.suggestions, self.with_rejected):
            box.toggled.connect(self._on_chosen)
        self.finished.connect(self.preview.stop)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def accept(self) -> None:
        """Start the export, or say in a sentence what is missing."""
        refusal = self.what.refusal or self.place.refusal
        self.problem.show_text(refusal)
        if not refusal and self.place.may_be_written():
            self._session.export_to(self.place.value, self._choice())
            super().accept()

    def _choice(self) -> ExportChoice:
        """Return what is chosen."""
        return self.what.choice(
            suggestions=self.suggestions.isChecked(), rejected=self.with_rejected.isChecked()
        )

    def _lay_out(self) -> None:
        for at, box in enumerate((self.suggestions, self.with_rejected)):
            self.what.boxes.insertWidget(at, box)
        tab_through(self.what.none, self.suggestions, self.with_rejected, self.what.finished_only)
        where = new_form()
        add_row(where, self.tr("&Write to"), self.place)
        layout = column(self, margin=2 * MEDIUM, spacing=MEDIUM)
        layout.addWidget(Beside(WideScroll(self.what), self.preview), 1)
        layout.addLayout(where)
        layout.addWidget(self.problem)
        layout.addWidget(self.buttons)
        widen(self, _LETTERS, _LINES)

    def _on_filled(self) -> None:
        self.place.propose(self.what.suffix)
        self.what.format_changed.connect(self.place.change_ending)
        self._ok.setEnabled(True)

    def _on_chosen(self, *_: object) -> None:
        self.problem.show_text(self.what.refusal)
        if not self.what.refusal:
            self.preview.look_at(self._choice())


def export_articles(session: Session, parent: QWidget) -> ExportDialog:
    """Ask what to export; `session.exported` tells when it is written and verified."""
    return opened(ExportDialog(session, parent))


def written_outcome(path: Path, written: Written) -> Outcome:
    """Return what an export says afterwards: counts, and where something was left out, what and why."""
    places = written.places or (path,)
    counts = amounts(written.articles, written.spans, written.frames)
    left = losses(written.left_out)
    whole, part = (
        tr("Exported and compared: {counts} in {name}."),
        tr("Exported and compared: {counts}, less what the format cannot hold, in {name}."),
    )
    words = part if left else whole
    remarks = remarked(written.remarks)
    paths = (tr("Written to {path}").format(path=one) for one in places)
    return Outcome(
        title=words.format(counts=counts, name=", ".join(one.name for one in places)),
        left_out=left,
        notes=(*remarks, *paths) if left or remarks else (),
    )
