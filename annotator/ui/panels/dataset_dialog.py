"""Makes a dataset: which format and whose work, how it is split, what stays together, which folder."""

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
    QLineEdit,
    QSpinBox,
    QWidget,
)

from annotator.model.errors import UserError
from annotator.model.formats import Format
from annotator.model.ids import id_from_text, id_text
from annotator.model.records import Annotator
from annotator.model.splitting import LEAKAGE, PARTS, Part
from annotator.ui import problems
from annotator.ui.panels.export_dialog import look
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
from annotator.ui.panels.words import tr
from annotator.ui.saying import several, translated
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.datasets import Dataset
    from annotator.ui.worker import Running

_LETTERS = 80
_SHARES = (80, 10, 10)
_LARGEST_SEED = 2**31 - 1


class DatasetDialog(QDialog):
    """Asks what a dataset is to be, and stays until it is made in the background: it may be refused."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._making: Running | None = None
        self.setWindowTitle(self.tr("Make a dataset"))
        self.format = Combo(self.tr("Format"))
        self.options = FormatOptions(self._say_nothing)
        self._formats: Mapping[str, Format] = {}
        self.annotator = Combo(self.tr("Whose annotations"))
        self.finished_only = QCheckBox(self.tr("Only articles that are marked as done"))
        self.shares = [self._share(name, share) for name, share in zip(PARTS, _SHARES, strict=True)]
        self.together = self._kinds()
        self.seed = QSpinBox()
        self.seed.setRange(0, _LARGEST_SEED)
        self.seed.setValue(1)
        self.seed.setAccessibleName(self.tr("Seed"))
        self.path = QLineEdit()
        self.path.setAccessibleName(self.tr("Folder to make"))
        self.choose = button(self.tr("Choose…"), self._on_choose, name=self.tr("Choose the folder to make"))
        self.problem = PlainLabel()
        self.buttons = answers(QDialogButtonBox.StandardButton.Ok, QDialogButtonBox.StandardButton.Cancel)
        self._ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(self.tr("Make the dataset"))
        self._ok.setEnabled(False)
        self._lay_out()
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.path.textChanged.connect(self._say_nothing)
        self.format.activated.connect(self._show_options)
        for box in self.shares:
            box.valueChanged.connect(self._say_nothing)
        session.long_work.dataset_made.connect(self._on_made)
        session.ask(look, self._on_looked)

    def accept(self) -> None:
        """Start the work, or say in a sentence what is missing."""
        typed = self.path.text().strip()
        path = Path(typed).expanduser()
        shares = [box.value() for box in self.shares]
        if not typed:
            self.problem.show_text(self.tr("Where to write to? Choose a folder name."))
        elif not path.parent.is_dir():
            self.problem.show_text(
                self.tr("There is no folder {path}: choose another one.").format(path=path.parent)
            )
        elif sum(shares) != 100:
            self.problem.show_text(
                self.tr("The shares make {sum} % together; they have to make 100 %.").format(sum=sum(shares))
            )
        elif not path.exists() or self._may_replace(path):
            self._start(path, shares)

    def reject(self) -> None:
        """Close; what is being made is made no further."""
        if self._making is not None:
            self._making.cancel()
            self._making = None
        super().reject()

    def _on_made(self) -> None:
        if self._making is not None:
            super().accept()

    def _on_refused(self, error: Exception) -> None:
        """Say why there is no dataset, and let the answers be changed."""
        if self._making is None:
            return  # closed meanwhile
        self._show_making(None)
        if isinstance(error, UserError):
            self.problem.show_text(translated(error))
        else:
            self._session.tell(error)

    def _show_making(self, making: Running | None) -> None:
        self._making = making
        self._answers.setEnabled(making is None)
        self._ok.setEnabled(making is None)
        self.problem.show_text("" if making is None else self.tr("The dataset is being made…"))

    def _say_nothing(self) -> None:
        """Take back what was said to be missing: it is being put right."""
        self.problem.show_text("")

    def _start(self, path: Path, shares: list[int]) -> None:
        # Late: loads the store and the formats, which the window does without until then.
        from annotator.services.datasets import DatasetChoice  # noqa: PLC0415
        from annotator.services.exporting_choice import ExportChoice  # noqa: PLC0415

        chosen = self.annotator.value
        export = ExportChoice(
            self.format.value,
            id_from_text(chosen) if chosen else None,
            finished=self.finished_only.isChecked(),
            touched=True,
            chosen=dict(self.options.chosen),
        )
        parts = tuple(Part(name, share / 100) for name, share in zip(PARTS, shares, strict=True) if share > 0)
        together = tuple(kind for kind, box in self.together.items() if box.isChecked())
        choice = DatasetChoice(export, parts, together, self.seed.value())
        self._show_making(self._session.long_work.make_dataset(path, choice, self._on_refused))

    def _kinds(self) -> Mapping[str, QCheckBox]:
        """Return a box for each thing that may keep articles together."""
        kinds = (
            ("near copy", self.tr("&Near copies of an article"), True),
            ("claim card", self.tr("Claims on one &card"), True),
            ("actor", self.tr("Articles with the same &actor"), False),
            ("outlet", self.tr("Articles of the same &outlet"), False),
        )
        boxes = {kind: QCheckBox(text) for kind, text, _ in kinds}
        for kind, _, is_usual in kinds:
            boxes[kind].setChecked(is_usual)
        return boxes

    def _share(self, name: str, share: int) -> QSpinBox:
        box = QSpinBox()
        box.setRange(0, 100)
        box.setValue(share)
        box.setPrefix(f"{name} ")
        box.setSuffix(" %")
        box.setAccessibleName(self.tr("Share of {part}").format(part=name))
        return box

    def _lay_out(self) -> None:
        self._answers = QWidget()
        form = QFormLayout(self._answers)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(MEDIUM)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        add_row(form, self.tr("Format"), self.format)
        form.addRow(self.options)
        add_row(form, self.tr("Annotations"), self.annotator)
        add_row(form, "", self.finished_only)
        add_row(form, self.tr("Shares"), as_field(row(*self.shares, stretch=0)))
        for number, box in enumerate(self.together.values()):
            add_row(form, self.tr("Kept together") if number == 0 else "", box)
        add_row(form, self.tr("Seed"), self.seed)
        add_row(form, self.tr("Folder"), as_field(row(self.path, self.choose, stretch=0)))
        layout = column(self, margin=2 * MEDIUM, spacing=MEDIUM)
        layout.addWidget(self._answers)
        layout.addWidget(self.problem)
        layout.addStretch(1)
        layout.addWidget(self.buttons)
        widen(self, _LETTERS)

    def _on_looked(self, found: tuple[Mapping[str, Format], tuple[Annotator, ...]]) -> None:
        self._formats, annotators = found
        choices = [(name, one.title) for name, one in self._formats.items()]
        usual = "jsonl" if "jsonl" in self._formats else next(iter(self._formats), "")
        self.format.show_choices(choices, usual)
        self._show_options()
        everybody = ("", self.tr("Everybody’s"))
        self.annotator.show_choices([everybody, *((id_text(one.id), one.name) for one in annotators)], "")
        project = self._session.path
        if project is not None:
            self.path.setText(str(project.with_name(f"{project.stem}-dataset")))
        self._ok.setEnabled(bool(choices))

    def _show_options(self) -> None:
        known = self._formats.get(self.format.value)
        self.options.show_options(known.options_out if known is not None else ())

    def _on_choose(self) -> None:
        option = QFileDialog.Option.DontConfirmOverwrite
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Folder to make"), self.path.text(), options=option
        )
        if name:
            self.path.setText(name)

    def _may_replace(self, path: Path) -> bool:
        question = self.tr("There is a folder {name} already. Replace it?").format(name=path.name)
        return problems.ask(self, question, [self.tr("Replace"), self.tr("Cancel")]) == 0


def make_dataset(session: Session, parent: QWidget) -> DatasetDialog:
    """Ask what a dataset is to be; `session.long_work.dataset_made` tells when it is written and verified."""
    dialog = DatasetDialog(session, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def dataset_outcome(path: Path, made: Dataset) -> Outcome:
    """Return what is said of a dataset afterwards: its parts, and what leaks all the same."""
    counts = ", ".join(f"{name} {one.articles:,}" for name, one in made.written.items())
    groups = tr("Groups that stay together: {groups:,}, the largest of {largest}").format(
        groups=made.groups, largest=several("{n} article(s)", made.largest)
    )
    leaks = [
        tr(LEAKAGE).format(kind=tr(leak.kind), count=leak.count, total=leak.total) for leak in made.leaks
    ]
    title = tr("Made a dataset in {name}; articles: {counts}.").format(name=path.name, counts=counts)
    return Outcome(title=title, notes=(groups, *leaks, tr("Written to {path}").format(path=path)))
