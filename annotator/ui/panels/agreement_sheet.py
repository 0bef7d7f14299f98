"""Says how far annotators agree, on a sheet: F1 by label, strict and by overlap, of each pair and of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate
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
from annotator.ui.panels.widgets import MEDIUM, Combo, PlainLabel, answers, column, new_form, tip, widen
from annotator.ui.panels.words import brief, label_title, tr, when
from annotator.ui.saying import several
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.agreement import Agreement, Pair
    from annotator.services.project import Project

_LETTERS, _LINES = 110, 32
_LONGEST = 30
"""Letters of a name above a column."""
_ALL = ""
_MOST = 30
"""Times at which articles came in that one can choose from, the last ones."""


class AgreementSheet(QDialog):
    """Figures of one pair of annotators, or of all pairs together; they can be copied as a table."""

    def __init__(
        self,
        found: Agreement,
        scheme: Scheme,
        parent: QWidget | None = None,
        differ: Callable[[Pair, int], None] = lambda *_: None,
        compare: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Show figures; `differ` is called with the pair whose differences a person wants to see.

        `compare` is called with the time from which on articles are to be compared.
        """
        super().__init__(parent)
        self._scheme, self._show_differences = scheme, differ
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("How far annotators agree"))
        self.headline = PlainLabel(strong=True)
        self.since = Combo(self.tr("Articles that are compared"))
        self.since.show_choices([*_times(found)], _ALL)
        self.since.activated.connect(lambda _: self._compare(compare))
        self.who = Combo(self.tr("Who is compared"))
        self.who.activated.connect(lambda _: self._show())
        self.table = FiguresTable(self.tr("F1 by label, in percent"), [""] * 5)
        buttons = answers(QDialogButtonBox.StandardButton.Close)
        self.copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.as_text()))
        self.differ = buttons.addButton(self.tr("Where they differ…"), QDialogButtonBox.ButtonRole.ActionRole)
        tip(self.differ, self.tr("Choose a pair above to see where these two differ, place by place."))
        self.differ.clicked.connect(self._on_differ)
        buttons.rejected.connect(self.reject)
        self._lay_out(buttons)
        self.show_found(found)

    def _lay_out(self, buttons: QWidget) -> None:
        layout = column(self, margin=2 * MEDIUM, spacing=MEDIUM)
        layout.addWidget(self.headline)
        form = new_form()
        form.addRow(self.tr("Articles"), self.since)
        form.addRow(self.tr("Compared"), self.who)
        form.setRowVisible(self.since, self.since.count() > 1)
        layout.addLayout(form)
        layout.addWidget(self.table, 1)
        layout.addWidget(PlainLabel(_how_counted(), muted=True))
        layout.addWidget(buttons)
        widen(self, _LETTERS, _LINES)

    def _compare(self, compare: Callable[[int], None]) -> None:
        """Ask for the figures of other articles; those that are shown do not hold for them."""
        self.headline.show_text(self.tr("Comparing…"))
        self.table.show_rows([])
        compare(int(self.since.value or 0))

    def show_last(self) -> None:
        """Show what was shown before other articles were asked for: nothing came of that."""
        self.since.show_choices([*_times(self._found)], self._shown_since)
        self.show_found(self._found)

    def show_found(self, found: Agreement) -> None:
        """Show other figures, of the same pair where they have it."""
        self._found, self._shown_since = found, self.since.value
        self._pairs = {f"{one}\n{other}": (one, other) for one, other in sorted(found.pairs)}
        words = self.tr("Articles that two annotators or more labelled: {count:,}")
        self.headline.show_text(words.format(count=found.articles))
        first = next(iter(self._pairs)) if len(self._pairs) == 1 else _ALL
        self.who.show_choices([*self._choices()], self.who.value if self.who.value in self._pairs else first)
        self._show()

    def _on_differ(self) -> None:
        self._show_differences(self._pairs[self.who.value], int(self.since.value or 0))
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
        articles = (self.since.currentText(),) if self.since.value else ()
        said = (self.headline.text(), *articles, self.who.currentText(), self.table.as_text(), _how_counted())
        return "\n".join(said)


def compare_annotators(session: Session, parent: QWidget) -> None:
    """Compare the annotators of the project in the background, and show what comes of it."""

    def _show(found: Agreement) -> None:
        scheme = session.scheme
        if scheme is None:
            return
        if not found.articles:
            sheet: QDialog = _nothing(parent)
        else:
            sheet = figures = AgreementSheet(
                found, scheme, parent, _differ, lambda since: _compare_since(session, figures, since)
            )
        session.project_changed.connect(sheet.close)
        sheet.show()

    def _differ(pair: Pair, since: int) -> None:
        show_differences(session, pair, parent, since)

    session.long_work.run_on_project(tr("Comparing annotators"), _compared, _show)


def _compare_since(session: Session, sheet: AgreementSheet, since: int) -> None:
    """Show on a sheet how far annotators agree in the articles that came in at a time or later."""

    def _failed(error: Exception) -> None:
        session.tell(error)
        sheet.show_last()

    running = session.long_work.run_on_project(
        tr("Comparing annotators"), lambda project: _compared(project, since), sheet.show_found, _failed
    )
    running.stopped = sheet.show_last
    sheet.since.activated.connect(running.let_go)
    sheet.finished.connect(running.let_go)


def _nothing(parent: QWidget) -> ResultSheet:
    outcome = Outcome(title=f"{tr(NOT_COMPARED)} {tr(NO_ADJUDICATORS)}")
    sheet = ResultSheet(tr("How far annotators agree"), outcome, parent)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return sheet


def _times(found: Agreement) -> Iterator[tuple[str, str]]:
    """Yield the times at which articles came in, each with how many came then or later."""
    yield _ALL, tr("all, whenever they came in")
    newest = sorted(found.came, reverse=True)
    counts = accumulate(found.came[one] for one in newest)
    for one, count in [*zip(newest[:-1], counts, strict=False)][:_MOST]:
        words = tr("those that came in {day} or later: {count:,}")
        yield str(one), words.format(day=when(one), count=count)


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


def _compared(project: Project, since: int = 0) -> Job[Agreement]:
    # Late: loads the store, which the window does without until then.
    from annotator.services.agreement import agreement_job  # noqa: PLC0415

    return agreement_job(project, since)
