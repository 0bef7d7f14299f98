"""How to search: words, a phrase or a pattern; whole words, case, accents; here or everywhere."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QMenu, QPushButton, QWidget

from annotator.model.ids import Id
from annotator.model.matching import Manner, Wanted
from annotator.ui.labels import button_words
from annotator.ui.panels.flow import FlowLayout
from annotator.ui.panels.widgets import MEDIUM, Combo, as_field, column, tip
from annotator.ui.panels.words import joined


class FindOptions(QWidget):
    """The choice of a manner, and boxes to tick."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_quiet = False
        self._actions: list[QAction] = []
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
        self._flow = FlowLayout(spacing=MEDIUM)
        for one in self._boxes:
            self._flow.addWidget(one)
        self.spread = as_field(self._flow)
        self.folded = self._menu_button()
        layout = column(self)
        for part in (self.manner, self.spread, self.folded):
            layout.addWidget(part)
        self.manner.currentIndexChanged.connect(self._on_changed)
        self.whole.setChecked(True)

    @property
    def _boxes(self) -> tuple[QCheckBox, ...]:
        return self.whole, self.case, self.marks, self.here

    def _menu_button(self) -> QPushButton:
        """Return what stands for the boxes where they would take the room of what is found."""
        menu = QMenu(self)
        for one in self._boxes:
            ticked = menu.addAction(one.text())
            ticked.setCheckable(True)
            ticked.toggled.connect(one.setChecked)
            self._actions.append(ticked)
        found = QPushButton()
        found.setMenu(menu)
        found.setAccessibleName(self.tr("How to search"))
        found.hide()
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the boxes into a button where they have no room in two lines."""
        super().resizeEvent(event)
        lines = 2 * self.whole.sizeHint().height() + self._flow.spacing()
        is_folded = self._flow.heightForWidth(self.width()) > lines
        self.spread.setVisible(not is_folded)
        self.folded.setVisible(is_folded)
        self._show_folded()

    def _show_folded(self) -> None:
        """Say on the button what is ticked, or how much where there is no room for that."""
        ticked = [one.text() for one in self._boxes if one.isChecked()]
        words = joined(ticked, ", ") or self.tr("Options")
        self.folded.setText(button_words(words))
        if self.folded.sizeHint().width() > self.width():
            self.folded.setText(button_words(self.tr("Options ticked: {0}").format(len(ticked))))
        self.folded.setAccessibleDescription(words)

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
        for box, ticked in zip(self._boxes, self._actions, strict=True):
            ticked.setChecked(box.isChecked())
            ticked.setEnabled(box.isEnabled())
        self._show_folded()
