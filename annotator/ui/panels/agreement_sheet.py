"""Says how far annotators agree, on a sheet: F1 by label, strict and by overlap, of each pair and of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from annotator.model.job import Job
from annotator.model.scheme import Scheme
from annotator.model.scoring import NO_ADJUDICATORS, NOT_COMPARED, Scores
from annotator.ui.panels.differing_sheet import show_differences
from annotator.ui.panels.figures import FiguresTable
from annotator.ui.panels.result_sheet import Outcome, ResultSheet
from annotator.ui.panels.widgets import MEDIUM, Combo, PlainLabel, answers, column, row, tip, widen
from annotator.ui.panels.words import brief, label_title, tr
from annotator.ui.saying import several
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.agreement import Agreement, Pair
    from annotator.services.project import Project

_LETTERS, _LINES = 110, 32
_LONGEST = 30
"""Letters of a name above a column."""
_ALL = ""


class AgreementSheet(QDialog):
    """Figures of one pair of annotators, or of all pairs together; they can be copied as a table."""

    def __init__(
        self,
        found: Agreement,
        scheme: Scheme,
        parent: QWidget | None = None,
        differ: Callable[[Pair], None] = lambda _: None,
    ) -> None:
        """Show figures; `differ` is called with the pair whose differences a person wants to see."""
        super().__init__(parent)
        self._found = found
        self._scheme, self._show_differences = scheme, differ
        self._pairs = {f"{one}\n{other}": (one, other) for one, other in sorted(found.pairs)}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("How far annotators agree"))
        self.headline = PlainLabel(
            self.tr("Articles that two annotators or more labelled: {count:,}").format(count=found.articles),
            strong=True,
        )
        self.who = Combo(self.tr("Who is compared"))
        self.who.show_choices([*self._choices()], next(iter(self._pairs)) if len(self._pairs) == 1 else _ALL)
        self.who.activated.connect(lambda _: self._show())
        self.table = FiguresTable(self.tr("F1 by label, in percent"), [""] * 5)
        buttons = answers(QDialogButtonBox.StandardButton.Close)
        self.copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.as_text()))
        self.differ = buttons.addButton(self.tr("Where they differ…"), QDialogButtonBox.ButtonRole.ActionRole)
        tip(self.differ, self.tr("Choose a pair above to see where these two differ, place by place."))
        self.differ.clicked.connect(self._on_differ)
        buttons.rejected.connect(self.reject)
        layout = column(self, margin=2 * MEDIUM, spacing=MEDIUM)
        layout.addWidget(self.headline)
        layout.addLayout(row(PlainLabel(self.tr("Compared"), wrap=False), self.who, stretch=1))
        layout.addWidget(self.table, 1)
        layout.addWidget(PlainLabel(_how_counted(), muted=True))
        layout.addWidget(buttons)
        widen(self, _LETTERS, _LINES)
        self._show()

    def _on_differ(self) -> None:
        self._show_differences(self._pairs[self.who.value])
        self.accept()  # it would lie over what the list shows

    def _choices(self) -> Iterator[tuple[str, str]]:
        if len(self._pairs) > 1:
            yield _ALL, self.tr("all pairs together")
        for key, (one, other) in self._pairs.items():
            pair = self.tr("{one} and {other}").format(one=one, other=other)
            yield key, f"{pair}: {several('{n} article(s)', self._found.pairs[one, other])}"

    def _show(self) -> None:
        pair = self._pairs.get(self.who.value)
        self.differ.setEnabled(pair is not None)
        first, second = pair or (self.tr("the first"), self.tr("the second"))
        marked = self.tr("Marked by\n{who}")
        self.table.setHorizontalHeaderLabels(
            [
                self.tr("Label"),
                self.tr("F1,\nstrict"),
                self.tr("F1,\nby overlap"),
                marked.format(who=brief(first, _LONGEST)),
                marked.format(who=brief(second, _LONGEST)),
            ]
        )
        scores = self._found.between[pair] if pair else self._found.scores
        self.table.show_rows([*_lines(scores, self._scheme)])

    def as_text(self) -> str:
        """Return what is shown, its table as spreadsheets take one."""
        said = (self.headline.text(), self.who.currentText(), self.table.as_text(), _how_counted())
        return "\n".join(said)


def compare_annotators(session: Session, parent: QWidget) -> None:
    """Compare the annotators of the project in the background, and show what comes of it."""

    def _show(found: Agreement) -> None:
        if session.scheme is not None:
            sheet = (
                AgreementSheet(found, session.scheme, parent, _differ) if found.articles else _nothing(parent)
            )
            session.project_changed.connect(sheet.close)
            sheet.show()

    def _differ(pair: Pair) -> None:
        show_differences(session, pair, parent)

    session.long_work.run_on_project(tr("Comparing annotators"), _compared, _show)


def _nothing(parent: QWidget) -> ResultSheet:
    outcome = Outcome(title=f"{tr(NOT_COMPARED)} {tr(NO_ADJUDICATORS)}")
    sheet = ResultSheet(tr("How far annotators agree"), outcome, parent)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return sheet


def _how_counted() -> str:
    counted = tr(
        "F1 in percent. Strict: same characters, and of frames and of labels of articles the same value."
        " By overlap: a word in common."
    )
    return f"{counted} {tr(NO_ADJUDICATORS)}"


def _lines(scores: Mapping[str, Scores], scheme: Scheme) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each label, in the order of the scheme."""
    order = {label.name: at for at, label in enumerate(scheme.labels)}
    for label in sorted(scores, key=lambda one: (order.get(one, len(order)), one)):
        strict, overlap = scores[label].strict, scores[label].overlap
        shares = (f"{100 * one.f1:.1f}" for one in (strict, overlap))
        yield (label_title(scheme, label), *shares, f"{strict.proposed:,}", f"{strict.wanted:,}")


def _compared(project: Project) -> Job[Agreement]:
    # Late: loads the store, which the window does without until then.
    from annotator.services.agreement import agreement_job  # noqa: PLC0415

    return agreement_job(project)
