"""Export: which format, with what, whose work, where to; and the words for what was written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from annotator.model.formats import Format, Written
from annotator.model.ids import id_from_text, id_text
from annotator.model.records import Annotator
from annotator.model.scheme import Scheme
from annotator.ui import problems
from annotator.ui.panels.export_preview import ExportPreview
from annotator.ui.panels.format_options import FormatOptions
from annotator.ui.panels.result_sheet import Outcome
from annotator.ui.panels.widgets import (
    MEDIUM,
    Combo,
    PlainLabel,
    add_row,
    answers,
    as_field,
    button,
    column,
    row,
    widen,
)
from annotator.ui.panels.words import spoken, tr
from annotator.ui.saying import amounts
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.exporting_choice import ExportChoice
    from annotator.services.project import Project

_LETTERS = 120
_SHOWN = 5
"""Lines of the list of labels."""
_EACH = "each"


class ExportDialog(QDialog):
    """Asks what to export; when accepted, the export runs in the background."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._formats: Mapping[str, Format] = {}
        self.setWindowTitle(self.tr("Export"))
        self.format = Combo(self.tr("Format"))
        self.options = FormatOptions(self._on_chosen)
        self.labels = QListWidget()
        self.labels.setAccessibleName(self.tr("Labels"))
        self.labels.setMaximumHeight(_SHOWN * self.fontMetrics().lineSpacing())
        self.labels.itemChanged.connect(self._on_chosen)
        self.suggestions = QCheckBox(self.tr("With open suggestions"))
        self.with_rejected = QCheckBox(self.tr("With rejected suggestions"))
        self.finished_only = QCheckBox(self.tr("Only articles that are marked as done"))
        self.inner = QCheckBox(self.tr("Without the quotation marks around spans"))
        self.preview = ExportPreview(session)
        self.annotator = Combo(self.tr("Whose annotations"))
        self.path = QLineEdit()
        self.path.setAccessibleName(self.tr("Write to"))
        self.choose = button(self.tr("Choose…"), self._on_choose, name=self.tr("Choose where to write to"))
        self.problem = PlainLabel()
        standard = QDialogButtonBox.StandardButton
        self.buttons = answers(standard.Ok, standard.Cancel)
        self._ok = self.buttons.button(standard.Ok)
        self._ok.setText(self.tr("Export"))
        self._lay_out()
        self.format.activated.connect(self._on_format)
        self.annotator.activated.connect(self._on_chosen)
        for box in (self.suggestions, self.with_rejected, self.finished_only, self.inner):
            box.toggled.connect(self._on_chosen)
        self.finished.connect(self.preview.stop)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._ok.setEnabled(False)
        session.ask(look, self._on_looked)

    def accept(self) -> None:
        """Start the export, or say in a sentence what is missing."""
        typed = self.path.text().strip()
        path = Path(typed).expanduser()
        if not typed:
            self.problem.show_text(self.tr("Where to write to? Choose a file name."))
            return
        if not path.parent.is_dir():
            self.problem.show_text(
                self.tr("There is no folder {path}: choose another one.").format(path=path.parent)
            )
            return
        if path.exists() and not self._may_replace(path):
            return
        self._session.export_to(path, self._choice())
        super().accept()

    def _choice(self) -> ExportChoice:
        """Return what is chosen."""
        # Late: loads the store, which the window does without until then.
        from annotator.services.exporting_choice import ExportChoice  # noqa: PLC0415

        chosen = self.annotator.value
        return ExportChoice(
            self.format.value,
            id_from_text(chosen) if chosen and chosen != _EACH else None,
            each=chosen == _EACH,
            labels=self._chosen_labels(),
            finished=self.finished_only.isChecked(),
            suggestions=self.suggestions.isChecked(),
            rejected=self.with_rejected.isChecked(),
            inner=self.inner.isChecked(),
            chosen=dict(self.options.chosen),
        )

    def _chosen_labels(self) -> frozenset[str]:
        """Return the labels that are ticked; none at all where all are."""
        items = [self.labels.item(at) for at in range(self.labels.count())]
        ticked = {one.text() for one in items if one.checkState() == Qt.CheckState.Checked}
        return frozenset() if len(ticked) == len(items) else frozenset(ticked)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(MEDIUM)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        add_row(form, self.tr("Format"), self.format)
        add_row(form, self.tr("Annotations"), self.annotator)
        add_row(form, self.tr("Labels"), self.labels)
        for box in (self.suggestions, self.with_rejected, self.finished_only, self.inner):
            add_row(form, "", box)
        add_row(form, self.tr("Write to"), as_field(row(self.path, self.choose, stretch=0)))
        choices = column(spacing=MEDIUM)
        choices.addLayout(form)
        choices.addWidget(self.options)
        choices.addStretch(1)
        beside = QHBoxLayout()
        beside.setSpacing(2 * MEDIUM)
        beside.addLayout(choices, 1)
        beside.addWidget(self.preview, 1)
        layout = column(self, margin=2 * MEDIUM, spacing=MEDIUM)
        layout.addLayout(beside, 1)
        layout.addWidget(self.problem)
        layout.addWidget(self.buttons)
        widen(self, _LETTERS)

    def _on_looked(self, found: tuple[Mapping[str, Format], tuple[Annotator, ...]]) -> None:
        self._formats, annotators = found
        choices = [(name, one.title) for name, one in self._formats.items()]
        self.format.show_choices(choices, _first(self._formats))
        everybody = ("", self.tr("Everybody’s"))
        each = (_EACH, self.tr("Each annotator’s in a file of their own"))
        people = ((id_text(one.id), one.name) for one in annotators)
        self.annotator.show_choices([everybody, *people, each], "")
        self._show_labels(self._session.scheme)
        self._guess_path()
        self._on_format()
        self._ok.setEnabled(bool(choices))

    def _guess_path(self) -> None:
        project = self._session.path
        if project is not None:
            self.path.setText(str(Path(project).with_suffix(self._suffix())))

    def _suffix(self) -> str:
        chosen = self._formats.get(self.format.value)
        return chosen.exporter.suffix if chosen is not None and chosen.exporter is not None else ""

    def _show_labels(self, scheme: Scheme | None) -> None:
        self.labels.blockSignals(True)
        for label in scheme.labels if scheme is not None else ():
            item = QListWidgetItem(label.name)
            item.setCheckState(Qt.CheckState.Checked)
            self.labels.addItem(item)
        self.labels.blockSignals(False)

    def _on_chosen(self, *_: object) -> None:
        if self.format.value:
            self.preview.look_at(self._choice())

    def _on_format(self) -> None:
        known = self._formats.get(self.format.value)
        self.options.show_options(known.options_out if known is not None else ())
        self._on_chosen()
        typed = self.path.text().strip()
        if typed:
            self.path.setText(str(Path(typed).with_suffix(self._suffix())))

    def _on_choose(self) -> None:
        # Replacing a file is asked about once, when the export starts.
        option = QFileDialog.Option.DontConfirmOverwrite
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Write to"), self.path.text(), options=option)
        if name:
            self.path.setText(name)

    def _may_replace(self, path: Path) -> bool:
        if path == self._session.path:
            self.problem.show_text(self.tr("That is the project itself: choose another name."))
            return False
        question = self.tr("There is a file {name} already. Replace it?").format(name=path.name)
        return problems.ask(self, question, [self.tr("Replace"), self.tr("Cancel")]) == 0


def export_articles(session: Session, parent: QWidget) -> ExportDialog:
    """Ask what to export; `session.exported` tells when it is written and verified."""
    dialog = ExportDialog(session, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def written_outcome(path: Path, written: Written) -> Outcome:
    """Return what an export says afterwards: counts, and where something was left out, what and why."""
    counts = amounts(written.articles, written.spans, written.frames)
    left = tuple(f"{spoken(what)}: {count:,}" for what, count in written.left_out.items() if count)
    return Outcome(
        title=tr("Exported and compared: {counts} in {name}.").format(counts=counts, name=path.name),
        left_out=left,
        notes=(tr("Written to {path}").format(path=path),) if left else (),
    )


def look(project: Project) -> tuple[Mapping[str, Format], tuple[Annotator, ...]]:
    """Return the formats that can be exported, and who has annotated."""
    # Late: loads the formats, which the window does without until then.
    from annotator.services.exporting import formats_out  # noqa: PLC0415

    return formats_out(), project.annotators()


def _first(formats: Mapping[str, Format]) -> str:
    return "jsonl" if "jsonl" in formats else next(iter(formats), "")
