"""The sheet after an import or an export: what came of it, as text that can be copied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from annotator.ui.panels.dialogs import text_shown
from annotator.ui.panels.widgets import MEDIUM, PlainLabel, answers, column
from annotator.ui.panels.words import begun, tr
from annotator.ui.saying import translated
from annotator.ui.session import Session

Offer = Callable[[str, Callable[[], None]], None]
_MOST = 2000
"""Lines of one section that are shown; the copied text has the same."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an import or an export."""

    articles: int = 0
    title: str = ""
    """The first line; without one, it counts the imported articles."""
    labels: int = 0
    """Spans, frames and labels of articles that came with them."""
    revised: int = 0
    """Labels that were there and were changed or removed, as a newer file has them."""
    suggestions: int = 0
    labelled: int = 0
    """Articles that were in the project already and got labels."""
    joined: tuple[str, ...] = ()
    """Where in the files these labels stand."""
    copies: tuple[str, ...] = ()
    kept_copies: tuple[str, ...] = ()
    """Articles that came in though another one has the same text."""
    near_copies: tuple[str, ...] = ()
    """Articles that came in and are nearly the same as another one."""
    refused: tuple[str, ...] = ()
    refusals: int = 0
    """How many were refused: what was wrong with several is said once."""
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __add__(self, more: Outcome) -> Outcome:
        """Return it with what came of more files."""
        return Outcome(
            self.articles + more.articles,
            self.title or more.title,
            self.labels + more.labels,
            self.revised + more.revised,
            self.suggestions + more.suggestions,
            self.labelled + more.labelled,
            (*self.joined, *more.joined),
            (*self.copies, *more.copies),
            (*self.kept_copies, *more.kept_copies),
            (*self.near_copies, *more.near_copies),
            (*self.refused, *more.refused),
            self.refusals + more.refusals,
            (*self.left_out, *more.left_out),
            tuple(dict.fromkeys((*self.notes, *more.notes))),
        )

    @property
    def is_good(self) -> bool:
        """Tell whether everything came in or out that was to."""
        return not self.refused and bool(self.title or self.articles or self.joined or self.copies)

    @property
    def headline(self) -> str:
        """The numbers in one line."""
        if self.title:
            return self.title
        counts = []
        if self.articles or not self.labelled:
            counts.append(tr("Articles imported: {count}").format(count=self.articles))
        more = {
            tr("labels: {count:,}"): self.labels,
            tr("changed or removed: {count:,}"): self.revised,
            tr("suggestions: {count:,}"): self.suggestions,
            tr("articles there already that got labels: {count:,}"): self.labelled,
            tr("copies left out: {count:,}"): len(self.copies),
            tr("copies, taken in: {count:,}"): len(self.kept_copies),
            tr("near copies, taken in: {count:,}"): len(self.near_copies),
            tr("refused: {count:,}"): max(self.refusals, len(self.refused)),
        }
        counts += [words.format(count=count) for words, count in more.items() if count]
        return begun(" · ".join(counts))

    @property
    def details(self) -> str:
        """Everything else, as text that can be copied."""
        sections = (
            (tr("Refused"), self.refused),
            (tr("Left out, because the format cannot hold it"), self.left_out),
            (tr("Labels for articles that are there already"), self.joined),
            (tr("Copies, left out"), self.copies),
            (tr("Copies, taken in"), self.kept_copies),
            (tr("Near copies, taken in"), self.near_copies),
            (tr("Notes"), self.notes),
        )
        return "\n\n".join(_section(title, lines) for title, lines in sections if lines)


class ResultSheet(QDialog):
    """The sheet; its text can be selected and copied."""

    def __init__(
        self,
        title: str,
        outcome: Outcome,
        parent: QWidget | None = None,
        carry: Callable[[], None] | None = None,
    ) -> None:
        """Say an outcome; where copies came in, or near ones, it leads to what can `carry` labels."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.headline = PlainLabel(outcome.headline, strong=True)
        self.details = text_shown(self.tr("What came of it"), breaks_words=True)
        self.details.setPlainText(outcome.details)
        buttons = answers(QDialogButtonBox.StandardButton.Close)
        self.copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(f"{outcome.headline}\n\n{outcome.details}")
        )
        buttons.rejected.connect(self.reject)
        if carry is not None and (outcome.near_copies or outcome.kept_copies):
            self.carry = buttons.addButton(self.tr("Carry labels…"), QDialogButtonBox.ButtonRole.ActionRole)
            self.carry.clicked.connect(self.accept)
            self.carry.clicked.connect(carry)
        layout = column(self, margin=MEDIUM, spacing=MEDIUM)
        layout.addWidget(self.headline)
        layout.addWidget(self.details, 1)
        layout.addWidget(buttons)
        self.details.setVisible(bool(outcome.details))
        self.resize(620, 360 if outcome.details else 110)


def show_outcome(
    session: Session,
    title: str,
    outcome: Outcome,
    parent: QWidget | None,
    offer: Offer,
    *,
    carry: Callable[[], None] | None = None,
) -> None:
    """Say what came of work once: a good outcome in the status bar, else in the sheet beside the work.

    Where there is more to say of a good outcome, `offer` gets the sentence and what opens the sheet.
    """

    def show() -> None:
        sheet = ResultSheet(title, outcome, parent, carry)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.show()

    if not outcome.is_good:
        show()
    elif outcome.details:
        offer(outcome.headline, show)
    else:
        session.warned.emit(outcome.headline)


def _section(title: str, lines: tuple[str, ...]) -> str:
    shown = list(lines[:_MOST])
    if len(lines) > _MOST:
        shown.append(tr("and {count} more").format(count=len(lines) - _MOST))
    return "\n".join([title, *(f"• {translated(line)}" for line in shown)])
