"""How good suggesters are in this project: compared with what an annotator marked, in the background."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QWidget,
)

from annotator.model.errors import UserError
from annotator.model.ids import Id
from annotator.model.job import Job
from annotator.model.records import Annotator
from annotator.model.scheme import Scheme
from annotator.model.scoring import Score
from annotator.model.steps import suggester_name
from annotator.ui.panels.figures import FiguresTable
from annotator.ui.panels.widgets import MEDIUM, PlainLabel, answers, button, column, row, widen
from annotator.ui.panels.words import label_title
from annotator.ui.saying import several, translated
from annotator.ui.session import Session
from annotator.ui.worker import Running

if TYPE_CHECKING:
    from annotator.services.evaluating import Marked, Result
    from annotator.services.project import Project
    from annotator.services.suggesters import Chosen

_LETTERS, _LINES = 162, 28
Prepared = tuple["list[Marked]", "tuple[Chosen, ...]", Scheme]


class EvaluationDialog(QDialog):
    """Asks against whom, lets the chosen suggesters look at the articles, and shows the figures."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._running: Running | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("How good the suggestions are"))
        self.who = QComboBox()
        self.who.setAccessibleName(self.tr("Annotator"))
        self.compare = button(self.tr("Compare"), self._on_compare)
        self.said = PlainLabel(
            self.tr("What is suggested is compared with what this person marked; nothing is changed."),
            muted=True,
        )
        self.table = self._make_table()
        self.buttons = answers(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        layout = column(self, margin=2 * MEDIUM, spacing=MEDIUM)
        layout.addLayout(
            row(
                PlainLabel(self.tr("Compare with the work of"), wrap=False), self.who, self.compare, stretch=1
            )
        )
        layout.addWidget(self.said)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.buttons)
        widen(self, _LETTERS, _LINES)
        self.compare.setDefault(True)
        self.who.activated.connect(self._on_chosen)
        session.ask(lambda project: project.annotators(), self._on_annotators)

    def _make_table(self) -> FiguresTable:
        heads = (
            self.tr("Suggester"),
            self.tr("Label"),
            self.tr("Precision"),
            self.tr("Recall"),
            self.tr("F1"),
            self.tr("Precision,\noverlap"),
            self.tr("Recall,\noverlap"),
            self.tr("F1,\noverlap"),
            self.tr("Sure ones\nright"),
            self.tr("Proposed"),
            self.tr("Marked"),
        )
        return FiguresTable(self.tr("Figures in percent"), heads, words=2)

    def _on_annotators(self, annotators: Sequence[Annotator]) -> None:
        for one in annotators:
            self.who.addItem(one.name, one.id)
        mine = self._session.annotator
        self.who.setCurrentIndex(max(0, self.who.findData(mine.id if mine is not None else None)))
        self.compare.setEnabled(self.who.count() > 0)
        self.who.setFocus()
        if self.compare.isEnabled():
            self._on_compare()

    def _on_chosen(self) -> None:
        """Compare with somebody else."""
        self._stop()
        self._on_compare()

    def reject(self) -> None:
        """Stop what runs, and close."""
        self._stop()
        super().reject()

    def _on_compare(self) -> None:
        """Begin to compare, as the dialog does when it opens, or stop it."""
        if self._running is not None:
            self._running.let_go()
            self._on_stopped()
            return
        annotator = self.who.currentData()
        self.compare.setText(self.tr("Stop"))
        self.said.show_text(self.tr("Comparing; the status bar says how far it is."))
        self._running = self._session.long_work.run_on_project(
            self.tr("Reading"),
            lambda project: _prepare(project, annotator),
            self._on_prepared,
            self._session.if_same(self._refuse),
            is_missed=False,
        )
        self._running.stopped = self._on_stopped

    def _on_prepared(self, prepared: Prepared) -> None:
        self._running = self._session.long_work.run(
            self.tr("Comparing"),
            lambda: _evaluate(prepared),
            lambda results: self._on_results(results, prepared[0]),
            failed=self._session.if_same(self._refuse),
        )
        self._running.stopped = self._on_stopped

    def _on_stopped(self) -> None:
        """Say that it was stopped, by the button or in the status bar."""
        self._ended()
        self.said.show_text(self.tr("Stopped."))

    def _stop(self) -> None:
        if self._running is not None:
            self._running.let_go()
            self._ended()

    def _ended(self) -> None:
        self._running = None
        self.compare.setText(self.tr("Compare"))

    def _on_results(self, results: tuple[Result, ...], articles: Sequence[Marked]) -> None:
        from annotator.services.evaluating import caution  # noqa: PLC0415 - late: loads services

        self._ended()
        compared = max((one.articles for one in results), default=0)
        text = "{n} article(s) compared; figures in percent, strict and by overlap."
        self.said.show_text(f"{several(text, compared)} {translated(caution(results, articles))}".strip())
        self.table.show_rows([cells for one in results for cells in _rows(one, self._session.scheme)])
        self.table.setFocus()

    def _refuse(self, error: Exception) -> None:
        self._ended()
        if isinstance(error, UserError):
            self.said.show_text(translated(error))
        else:
            self._session.tell(error)


def _rows(one: Result, scheme: Scheme | None) -> Iterator[tuple[str, ...]]:
    for label, scores in one.scores.items():
        strict, overlap, sure = scores.strict, scores.overlap, one.sure.get(label, Score())
        figures = map(_share, (*strict.told, *overlap.told, sure.told[0]))
        name, counts = suggester_name(one.suggester), (str(overlap.proposed), str(overlap.wanted))
        yield (name, label_title(scheme, label), *figures, *counts)


def _share(value: float | None) -> str:
    """Return a share in percent; a dash where there is nothing to take it of."""
    return "–" if value is None else f"{100 * value:.1f}"


def _prepare(project: Project, annotator: Id) -> Job[Prepared]:
    from annotator.services.evaluating import marked  # noqa: PLC0415 - late: loads services
    from annotator.services.suggesters import chosen  # noqa: PLC0415 - late as above

    articles = yield from marked(project, annotator)
    return articles, chosen(project), project.scheme


def _evaluate(prepared: Prepared) -> Job[tuple[Result, ...]]:
    from annotator.services.evaluating import evaluate  # noqa: PLC0415 - late as above

    return evaluate(*prepared)
