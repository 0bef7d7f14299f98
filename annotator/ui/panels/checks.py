"""The list of checks to walk: open questions of this article, or of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from annotator.model.ids import Id
from annotator.ui.panels.chips import ChipRow
from annotator.ui.panels.open_questions import open_questions, questions_of
from annotator.ui.panels.questions import Question, QuestionList
from annotator.ui.panels.when_seen import WhenSeen
from annotator.ui.panels.widgets import MEDIUM, SMALL, PlainLabel, button, column, row
from annotator.ui.saying import several
from annotator.ui.seeking import seek
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.project import Project

_SLICE = 8
"""Articles looked at in one go; short, so that a label need not wait for them."""
_MOST = 5000


class ChecksPanel(QWidget):
    """Warnings of this article, or of all articles, with next and previous."""

    counted = Signal(int)
    """How many there are in the open article."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._round = 0
        self._left: list[Id] = []
        self._total = 0
        self._found: list[Question] = []
        self._open = open_questions(session)
        self.where = ChipRow(
            self.tr("Where"),
            ("here", "all"),
            (self.tr("This article"), self.tr("All articles")),
            shows_digits=False,
        )
        self.where.set_value("here")
        self.questions = QuestionList(self.tr("Checks"), self.tr("Nothing to check."))
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("Articles checked"))
        self.progress.setTextVisible(False)
        self.stop = button(self.tr("Stop"), self._on_stop)
        self.again = button(self.tr("Check again"), self._start)
        self._stale = PlainLabel(muted=True)
        self._lay_out()
        self.where.picked.connect(lambda _: self._start())
        self.questions.walked.connect(self._on_walked)
        self._seen = WhenSeen(self, self._show)
        self._open.found.connect(self._on_open_found)
        session.project_changed.connect(self._start)
        session.changed.connect(self._on_changed)
        self._start()

    def walk(self, by: int) -> None:
        """Go to the next or previous question."""
        self.questions.list.step(by)

    @property
    def is_for_all(self) -> bool:
        """Whether it lists all articles."""
        return self.where.value == "all"

    def _lay_out(self) -> None:
        layout = column(self, margin=MEDIUM, spacing=SMALL)
        layout.addWidget(self.where)
        layout.addLayout(row(self.progress, self.stop, stretch=0))
        layout.addLayout(row(self._stale, self.again, stretch=0))
        layout.addWidget(self.questions, 1)

    def _start(self) -> None:
        self._round += 1
        self._found, self._left = [], []
        self._stale.show_text("")
        for one in (self.progress, self.stop):
            one.setVisible(False)
        self.again.setVisible(self.is_for_all)
        if self._session.path is not None and self.is_for_all:
            started = self._round
            self._session.ask(
                lambda project: list(project.article_ids()), lambda ids: self._begin(started, ids)
            )
        self._seen.ask()

    def _begin(self, started: int, ids: Sequence[Id]) -> None:
        if started == self._round:
            self._left, self._total = list(ids), len(ids)
            self.progress.setRange(0, max(1, len(ids)))
            for one in (self.progress, self.stop):
                one.setVisible(True)
            self.again.setVisible(False)
            self._slice()

    def _slice(self) -> None:
        self.progress.setValue(self._total - len(self._left))
        some, self._left = self._left[:_SLICE], self._left[_SLICE:]
        if not some or len(self._found) > _MOST:
            self._on_stop()
            return
        started = self._round
        self._session.ask(
            lambda project: _questions(project, some), lambda found: self._take_some(started, found)
        )

    def _take_some(self, started: int, found: list[Question]) -> None:
        if started == self._round:
            self._found += found
            self._seen.ask()
            self._slice()

    def _on_open_found(self) -> None:
        self.counted.emit(len(self._open.questions))
        self._seen.ask()

    def _on_stop(self) -> None:
        self._round += 1
        left = len(self._left)
        self._left = []
        done = several("{n} article(s) checked", self._total) if self.is_for_all else ""
        self._stale.show_text(several("{n} article(s) not checked", left) if left else done)
        for one in (self.progress, self.stop):
            one.setVisible(False)
        self.again.setVisible(self.is_for_all)
        self._seen.ask()

    def _show(self) -> None:
        found = self._found if self.is_for_all else self._open.questions
        self.questions.show_questions(found, with_titles=self.is_for_all)

    def _on_changed(self) -> None:
        if self.is_for_all and not self._left:
            self._stale.show_text(self.tr("Something has changed since."))

    def _on_walked(self, question: Question) -> None:
        content = self._session.content
        records = question.warning.records
        if content is None or content.article.id != question.article:
            self._session.open_article(question.article)
        if records:
            # Asked after the article was: the answers come in that order.
            self._session.ask(lambda _: records[0], lambda record: self._choose(question, record))

    def _choose(self, question: Question, record: Id) -> None:
        content = self._session.content
        if content is not None and content.article.id == question.article:
            seek(self._session, record)


def _questions(project: Project, articles: Sequence[Id]) -> list[Question]:
    contents = (project.find_content(one) for one in articles)
    return [question for one in contents if one for question in questions_of(one, project.scheme)]
