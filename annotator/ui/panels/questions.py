"""A list of open questions (warnings of the checks) to walk with next and previous."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.model.ids import Id
from annotator.model.rules import Warning_
from annotator.ui.panels.rows import Row, RowsView
from annotator.ui.panels.widgets import SMALL, PlainLabel, column, icon_button, row
from annotator.ui.saying import translated


@dataclass(frozen=True, slots=True)
class Question:
    """One warning and the article it is in."""

    article: Id
    title: str
    warning: Warning_


class QuestionList(QWidget):
    """The list and its two buttons; walking to a question asks the window to show it."""

    walked = Signal(object)
    """The `Question` a person went to."""

    def __init__(self, name: str, when_empty: str) -> None:
        super().__init__()
        self._empty = when_empty
        self.list = RowsView(name, lines=4)
        self.list.moved.connect(self.walked.emit)
        self.list.opened.connect(self.walked.emit)
        self._count = PlainLabel(muted=True)
        self.back = icon_button("mdi6.chevron-up", self.tr("Previous check"), lambda: self.list.step(-1))
        self.forth = icon_button("mdi6.chevron-down", self.tr("Next check"), lambda: self.list.step(1))
        layout = column(self, spacing=SMALL)
        layout.addLayout(row(self._count, self.back, self.forth, stretch=0))
        layout.addWidget(self.list, 1)
        self.show_questions(())

    def show_questions(self, questions: Sequence[Question], *, with_titles: bool = False) -> None:
        """Show these; with more than one article, each with the title of its own."""
        self.list.set_rows(
            [Row(one, translated(one.warning.text), one.title if with_titles else "") for one in questions]
        )
        words = self.tr("{count} to check").format(count=len(questions)) if questions else self._empty
        self._count.show_text(words)
        for one in (self.back, self.forth):
            one.setEnabled(bool(questions))

    @property
    def questions(self) -> list[Question]:
        """What is listed."""
        return [one.value for one in self.list.rows if isinstance(one.value, Question)]
