"""Makes a dataset: which format and whose work, how it is split, what stays together, which folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QSpinBox, QWidget

from annotator.model.errors import UserError
from annotator.model.splitting import NOT_SPLIT, PARTS, Part
from annotator.ui.panels.beside import Beside
from annotator.ui.panels.dataset_preview import DatasetPreview
from annotator.ui.panels.dialogs import opened
from annotator.ui.panels.export_choices import ExportChoices
from annotator.ui.panels.export_preview import losses, remarked
from annotator.ui.panels.place_field import PlaceField
from annotator.ui.panels.result_sheet import Outcome
from annotator.ui.panels.split_field import SplitField
from annotator.ui.panels.widgets import (
    MEDIUM,
    PlainLabel,
    WideScroll,
    add_row,
    answers,
    as_field,
    column,
    new_form,
    tip,
    widen,
)
from annotator.ui.panels.words import tr
from annotator.ui.saying import translated
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.datasets import Dataset
    from annotator.services.datasets_choice import DatasetChoice
    from annotator.ui.worker import Running

_LETTERS, _LINES = 195, 54
_SHARES = (80, 10, 10)
_LARGEST_SEED = 2**31 - 1


class DatasetDialog(QDialog):
    """Asks what a dataset is to be, and stays until it is made in the background: it may be refused."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._making: Running | None = None
        self._left: QWidget | None = None
        """What had the keys when the work began."""
        self.setWindowTitle(self.tr("Make a dataset"))
        self.what = ExportChoices(session, with_each=False)
        self.shares = [self._share(name, share) for name, share in zip(PARTS, _SHARES, strict=True)]
        kinds = (
            ("near copy", self.tr("&Near copies of an article"), True),
            ("claim card", self.tr("Articles with claims on one &card"), True),
            ("actor", self.tr("Articles with the same ac&tor"), False),
            ("outlet", self.tr("Articles of the same &outlet"), False),
        )
        self.together = {kind: QCheckBox(text) for kind, text, _ in kinds}
        for kind, _, is_usual in kinds:
            self.together[kind].setChecked(is_usual)
        self.seed = QSpinBox()
        self.seed.setRange(0, _LARGEST_SEED)
        self.seed.setValue(1)
        self.seed.setAccessibleName(self.tr("Seed"))
        tip(self.seed, self.tr("Another number deals the articles out in another way."))
        self.like = SplitField()
        self.preview = DatasetPreview(session)
        self.place = PlaceField(self.tr("Folder to make"), session.path)
        self.problem = PlainLabel()
        self.buttons = answers(QDialogButtonBox.StandardButton.Ok, QDialogButtonBox.StandardButton.Cancel)
        self._ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(self.tr("&Make the dataset"))
        self._ok.setEnabled(False)
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.place.path.textChanged.connect(self._on_place)
        self.like.path.textChanged.connect(self._on_place)
        for box in (*self.shares, self.seed):
            box.valueChanged.connect(self._on_chosen)
        for kept in self.together.values():
            kept.toggled.connect(self._on_chosen)
        self.what.changed.connect(self._on_chosen)
        self.what.filled.connect(self._on_filled)
        self.finished.connect(self.preview.stop)
        self._session.long_work.dataset_made.connect(self._on_made)

    def accept(self) -> None:
        """Start the work, or say in a sentence what is missing."""
        refusal = self.what.refusal or self.place.refusal or self._refusal_of_split()
        self.problem.show_text(refusal)
        if not refusal and self.place.may_be_written():
            self._start()

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
        (self._left or self._ok).setFocus()
        self._ok.setDefault(True)
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

    def _on_place(self) -> None:
        """Show how that would be split there: a dataset that is replaced gives its split."""
        self._say_nothing()
        if self._ok.isEnabled():
            self._on_chosen()

    def _on_chosen(self, *_: object) -> None:
        """Show how that would be split, or why it cannot be."""
        self._say_nothing()
        refusal = self.what.refusal or self._refusal_of_split()
        if refusal:
            self.preview.show_refusal(refusal)
        else:
            self.preview.look_at(self._choice())

    def _refusal_of_split(self) -> str:
        total = sum(box.value() for box in self.shares)
        words = self.tr("The shares make {sum} % together; they have to make 100 %.")
        return self.like.refusal if total == 100 else words.format(sum=total)

    def _choice(self) -> DatasetChoice:
        # Late: loads the store and the formats, which the window does without until then.
        from annotator.services.datasets_choice import DatasetChoice as Choice  # noqa: PLC0415

        shares = zip(PARTS, (box.value() for box in self.shares), strict=True)
        parts = tuple(Part(name, share / 100) for name, share in shares if share > 0)
        together = tuple(kind for kind, box in self.together.items() if box.isChecked())
        export = replace(self.what.choice(), touched=True)
        return Choice(export, parts, together, self.seed.value(), self.place.value, self.like.value)

    def _start(self) -> None:
        self._left = self.focusWidget()
        self._show_making(
            self._session.long_work.make_dataset(self.place.value, self._choice(), self._on_refused)
        )

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
        split = new_form()
        for number, box in enumerate(self.shares):
            add_row(split, self.tr("&Shares") if number == 0 else "", box)
        together = column(spacing=MEDIUM)
        for kept in self.together.values():
            together.addWidget(kept)
        # A row of its own: beside a name, Qt gives a field some pixels less than it needs.
        split.addRow(PlainLabel(self.tr("Kept together"), wrap=False))
        split.addRow(together)
        add_row(split, self.tr("S&eed"), self.seed)
        where = new_form()
        add_row(where, self.tr("Split li&ke"), self.like)
        add_row(where, self.tr("Folde&r"), self.place)
        inside = column(self._answers, spacing=MEDIUM)
        dealing = column(spacing=2 * MEDIUM)
        dealing.addLayout(split)
        dealing.addWidget(self.preview, 1)
        inside.addWidget(WideScroll(Beside(self.what, as_field(dealing))), 1)
        inside.addLayout(where)
        layout = column(self, margin=2 * MEDIUM, spacing=MEDIUM)
        layout.addWidget(self._answers, 1)
        layout.addWidget(self.problem)
        layout.addWidget(self.buttons)
        widen(self, _LETTERS, _LINES)

    def _on_filled(self) -> None:
        self.place.propose("-dataset")
        self._ok.setEnabled(True)
        self._on_chosen()


def make_dataset(session: Session, parent: QWidget) -> DatasetDialog:
    """Ask what a dataset is to be; `session.long_work.dataset_made` tells when it is written and verified."""
    return opened(DatasetDialog(session, parent))


def dataset_outcome(path: Path, made: Dataset) -> Outcome:
    """Return what is said of a dataset afterwards: its parts, and what leaks all the same."""
    counts = ", ".join(f"{name} {one.articles:,}" for name, one in made.written.items())
    groups = map(translated, made.split.said())
    alone = [tr(NOT_SPLIT).format(part=name) for name in made.written if len(made.written) == 1]
    title = tr("Made a dataset in {name}; articles: {counts}.").format(name=path.name, counts=counts)
    notes = (*alone, *remarked(made.remarks), *groups, tr("Written to {path}").format(path=path))
    return Outcome(title=title, left_out=losses(made.left_out), notes=notes)
