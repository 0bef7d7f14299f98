"""The chosen suggestion: what is proposed, how sure, why; accept or reject."""

from __future__ import annotations

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from annotator.model.ids import Id
from annotator.model.records import SuggestedFrame, SuggestedSpan
from annotator.ui.panels.chips import LabelMark
from annotator.ui.panels.names import Names, in_order
from annotator.ui.panels.widgets import LARGE, MEDIUM, SMALL, PlainLabel, button, column, row
from annotator.ui.panels.words import joined, label_title, spoken, when
from annotator.ui.session import Session

Suggested = SuggestedSpan | SuggestedFrame


class SuggestionCard(QWidget):
    """One suggestion in words, with its two answers."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._id: Id | None = None
        self._mark = LabelMark()
        self._what = PlainLabel()
        self._roles = PlainLabel()
        self._score = PlainLabel()
        self._reason = PlainLabel()
        self._from = PlainLabel(muted=True)
        self.accept = button(self.tr("Accept"), self._on_accept)
        self.reject = button(self.tr("Reject"), self._on_reject)
        self.reopen = button(self.tr("Decide again"), self._on_reopen)
        layout = column(self, margin=MEDIUM, spacing=MEDIUM)
        layout.addLayout(row(self._mark, PlainLabel(self.tr("suggested"), muted=True), stretch=1))
        for one in (self._what, self._roles, self._score, self._reason, self._from):
            layout.addWidget(one)
        layout.addSpacing(SMALL)
        layout.addLayout(row(self.accept, self.reject, self.reopen, spacing=MEDIUM))
        layout.addSpacing(LARGE)
        layout.addStretch(1)

    def show_suggestion(self, one: Suggested, names: Names, colour: QColor) -> None:
        """Show a suggestion."""
        self._id = one.id
        self._mark.show_label(label_title(names.scheme, one.label), colour)
        self._what.show_text(names.words(one, 400) if isinstance(one, SuggestedSpan) else "")
        roles = in_order(one.roles) if isinstance(one, SuggestedFrame) else []
        self._roles.show_text("\n".join(f"{spoken(end.role)}: {names.end(end)}" for end in roles))
        self._score.show_text(self.tr("Score: {score}").format(score=f"{one.score:.0%}"))
        reason = self.tr("Because: {reason}").format(reason=one.reason)
        self._reason.show_text(reason if one.reason else "")
        by = self.tr("Suggested by {name}").format(name=one.suggester)
        self._from.show_text(joined([by, when(one.created), _state_words(self, one)]))
        for answer in (self.accept, self.reject):
            answer.setVisible(one.state == "open")
        self.reopen.setVisible(one.state != "open")

    def _on_accept(self) -> None:
        if self._id is not None:
            wanted = self._id
            self._session.do(lambda project: project.accept([wanted]))

    def _on_reject(self) -> None:
        if self._id is not None:
            wanted = self._id
            self._session.do(lambda project: project.reject([wanted]))

    def _on_reopen(self) -> None:
        if self._id is not None:
            wanted = self._id
            self._session.do(lambda project: project.reopen([wanted]))


def _state_words(widget: QWidget, one: Suggested) -> str:
    if one.state == "open":
        return ""
    return widget.tr("accepted") if one.state == "accepted" else widget.tr("rejected")
