"""How to search: words, a phrase or a pattern; whole words, case, accents; here or everywhere."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from annotator.model.ids import Id
from annotator.model.matching import Manner, Wanted
from annotator.ui.panels.flow import FlowLayout
from annotator.ui.panels.widgets import MEDIUM, Combo, column, tip


class FindOptions(QWidget):
    """The choice of a manner, and boxes to tick."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_quiet = False
        self.manner = Combo(self.tr("What to look for"))
        self.manner.show_choices(
            [
                ("words", self.tr("Words, all of them")),
                ("phrase", self.tr("Phrase, as it is written")),
                ("pattern", self.tr("Regular expression")),
            ],
            "words",
        )
        self.whole = self._box(self.tr("Whole words"), self.tr("Not inside of longer words"))
        self.case = self._box(self.tr("Match case"), self.tr("Capitals and small letters differ"))
        self.marks = self._box(self.tr("Match accents"), self.tr("Letters with and without accents differ"))
        self.here = self._box(self.tr("This article only"), "")
        self.whole.setChecked(True)
        layout = column(self)
        layout.addWidget(self.manner)
        boxes = FlowLayout(spacing=MEDIUM)
        for one in (self.whole, self.case, self.marks, self.here):
            boxes.addWidget(one)
        layout.addLayout(boxes)
        self.manner.currentIndexChanged.connect(self._on_changed)

    @property
    def hint(self) -> str:
        """What can be typed, for the empty line."""
        return {
            "words": self.tr("Words, or a “phrase” in quotation marks"),
            "phrase": self.tr("Letter by letter, signs too"),
            "pattern": self.tr("For example: {0}").format(r"(19|20)\d\d"),
        }[self.manner.value]

    def wanted(self, text: str, article: Id | None) -> Wanted:
        """Return what to search for; `article` is the open one."""
        return Wanted(
            text,
            cast(Manner, self.manner.value),
            whole=self.whole.isChecked(),
            case=self.case.isChecked(),
            marks=self.marks.isChecked(),
            article=article if self.here.isChecked() else None,
        )

    def show_wanted(self, wanted: Wanted) -> None:
        """Set everything to a search, without telling anybody."""
        self._is_quiet = True
        self.manner.setCurrentIndex(self.manner.findData(wanted.manner))
        self.whole.setChecked(wanted.whole)
        self.case.setChecked(wanted.case)
        self.marks.setChecked(wanted.marks)
        self.here.setChecked(wanted.article is not None)
        self._is_quiet = False
        self._enable()

    def _box(self, text: str, explain: str) -> QCheckBox:
        box = QCheckBox(text)
        tip(box, explain)
        box.toggled.connect(self._on_changed)
        return box

    def _on_changed(self) -> None:
        self._enable()
        if not self._is_quiet:
            self.changed.emit()

    def _enable(self) -> None:
        """A pattern says itself what is a whole word and which accents count."""
        is_pattern = self.manner.value == "pattern"
        self.whole.setEnabled(not is_pattern)
        self.marks.setEnabled(not is_pattern)
