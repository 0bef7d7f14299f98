"""What an export would hold: counts, what the format cannot hold, and how its first record looks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from annotator.ui.panels.dialogs import text_shown
from annotator.ui.panels.latest import Latest
from annotator.ui.panels.widgets import SMALL, PlainLabel, column
from annotator.ui.panels.words import spoken, tr
from annotator.ui.saying import amounts
from annotator.ui.session import Session
from annotator.ui.worker import Running

if TYPE_CHECKING:
    from annotator.services.exporting_choice import ExportChoice
    from annotator.services.exporting_survey import Survey

_LINES, _LETTERS = 5, 36
"""Of the first record, at least."""


class ExportPreview(QWidget):
    """Looks at the project in the background, anew after every choice."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._latest: Latest[ExportChoice] = Latest(self, self._look)
        self.counts = PlainLabel(self.tr("Looking at the project…"))
        self.left_out = PlainLabel()
        self.sample = text_shown(self.tr("How the first record looks"), breaks_words=True)
        metrics = self.fontMetrics()
        self.sample.setMinimumSize(_LETTERS * metrics.averageCharWidth(), _LINES * metrics.lineSpacing())
        layout = column(self, spacing=SMALL)
        for one in (self.counts, self.left_out, self.sample):
            layout.addWidget(one)

    def look_at(self, choice: ExportChoice) -> None:
        """Show what this choice would hold, soon."""
        self._latest.look_at(choice)

    def stop(self) -> None:
        """Look no longer: the dialog is done."""
        self._latest.stop()

    def _look(self, choice: ExportChoice) -> Running:
        return self._session.long_work.survey(
            self.tr("Looking at what would be exported"),
            choice,
            lambda found: self._on_found(choice, found),
        )

    def _on_found(self, choice: ExportChoice, found: Survey) -> None:
        if choice != self._latest.choice:
            return
        counts = amounts(found.articles, found.spans, found.frames)
        lost = "; ".join(losses(found.left_out))
        words = tr("Would be written: {counts}"), tr("Would be written: {counts}, less what is named here")
        self.counts.show_text("; ".join([words[bool(lost)].format(counts=counts), *remarked(found.remarks)]))
        self.left_out.show_text(_left_out(choice).format(lost=lost) if lost else "")
        self.left_out.setVisible(bool(lost))
        self.sample.setPlainText(found.sample)


def _left_out(choice: ExportChoice) -> str:
    """Return words for what is left out: a table that was chosen among others leaves it to those."""
    table = choice.chosen.get("table", "all")
    if table == "all":
        return tr("The format cannot hold: {lost}")
    if table == "articles":
        return tr(
            "This table has no labels; choose another one at “Table” for them, as “spans, one row each”. "
            "Left out: {lost}"
        )
    return tr("This table does not hold, though another one may: {lost}")


def losses(left_out: Mapping[str, int]) -> tuple[str, ...]:
    """Return what was left out, a line each."""
    return tuple(f"{spoken(what)}: {count:,}" for what, count in left_out.items() if count)


def remarked(remarks: Mapping[str, int]) -> tuple[str, ...]:
    """Return what else is to be known of a choice, a line each."""
    return tuple(f"{tr(what)}: {count:,}" for what, count in remarks.items())
