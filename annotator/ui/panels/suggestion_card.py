"""The chosen suggestion: what is proposed, how sure, why; accept or reject."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from annotator.model.ids import Id
from annotator.model.records import SuggestedFrame, SuggestedSpan
from annotator.model.steps import Record
from annotator.model.suggesting import ACTOR
from annotator.ui import looking
from annotator.ui.panels.chips import LabelMark
from annotator.ui.panels.flow import FlowLayout
from annotator.ui.panels.frame_cards import card_of
from annotator.ui.panels.names import Names
from annotator.ui.panels.role_lines import Line, RoleLines
from annotator.ui.panels.widgets import MEDIUM, SMALL, PlainLabel, button, column, row, tip
from annotator.ui.panels.words import joined, label_title, tr, when
from annotator.ui.saying import because
from annotator.ui.session import Session
from annotator.ui.steps import so_far, step_words

Suggested = SuggestedSpan | SuggestedFrame


class SuggestionCard(QWidget):
    """One suggestion in words, with its two answers."""

    decided = Signal(object, bool)
    """The suggestion, and whether it is accepted."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._id: Id | None = None
        self._keys = ("", "")
        self._is_part = False
        self._mark = LabelMark()
        self._what = PlainLabel()
        self._roles = RoleLines()
        self._step = PlainLabel()
        self._so_far = PlainLabel(muted=True)
        self._reason = PlainLabel()
        self._from = PlainLabel(muted=True)
        self.accept = button(self.tr("Accept"), self._on_accept)
        self.reject = button(self.tr("Reject"), self._on_reject)
        self.reopen = button(self.tr("Decide again"), self._on_reopen)
        for answer in (self.accept, self.reject, self.reopen):
            # A click leaves the keys to the text, where the next suggestion is chosen.
            answer.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.accept.setAutoDefault(True)  # Enter, which is named on it, does it where it has the keys itself
        layout = column(self, margin=MEDIUM, spacing=MEDIUM)
        layout.addLayout(row(self._mark, PlainLabel(self.tr("suggested"), muted=True), stretch=1))
        # Above all words, so that they stay under the pointer from one suggestion to the next.
        answers = FlowLayout(spacing=MEDIUM)
        for answer in (self.accept, self.reject, self.reopen):
            answers.addWidget(answer)
        layout.addLayout(answers)
        layout.addSpacing(SMALL)
        for one in (self._what, self._roles, self._step, self._reason, self._so_far, self._from):
            layout.addWidget(one)
        layout.addStretch(1)

    def set_keys(self, accept: str, reject: str) -> None:
        """Show these keys, which answer in the text, beside the answers."""
        self._keys = accept, reject
        self._show_keys()

    def show_suggestion(self, one: Suggested, names: Names, colour: QColor) -> None:
        """Show a suggestion."""
        self._id = one.id
        self._is_part = looking.is_waiting_part(names.content, one)
        self._show_keys()
        self._mark.show_label(label_title(names.scheme, one.label), colour)
        self._what.show_text(names.words(one, 400) if isinstance(one, SuggestedSpan) else "")
        self._roles.show_lines(_parts(one, names))
        self._step.show_text(step_words(one.score))
        self._so_far.show_text("")
        self._session.ask(lambda project: project.decisions.record(), lambda record: self._tell(one, record))
        reason = self.tr("Because: {reason}").format(reason=because(one.reason))
        self._reason.show_text(reason if one.reason else "")
        by = self.tr("Suggested by {name}").format(name=one.suggester)
        self._from.show_text(joined([by, when(one.created), _state_words(self, one)]))
        for answer in (self.accept, self.reject):
            answer.setVisible(one.state == "open")
        self.reopen.setVisible(one.state != "open")

    def _show_keys(self) -> None:
        """Name the keys, but for a part of a frame: there they mean the whole, and the answers that part."""
        texts = self.tr("Accept"), self.tr("Reject")
        if self._is_part:
            texts = self.tr("Accept this part"), self.tr("Reject this part")
        for answer, text, key in zip((self.accept, self.reject), texts, self._keys, strict=True):
            is_named = bool(key) and not self._is_part
            answer.setText((f"{text} ({key})" if is_named else text).replace("&", "&&"))
            tip(answer, self.tr("In the text: {0}, which goes on as well").format(key) if is_named else "")

    def _tell(self, one: Suggested, record: Record) -> None:
        if one.id == self._id:
            self._so_far.show_text(so_far(one, record))

    def _on_accept(self) -> None:
        if self._id is not None:
            self.decided.emit(self._id, True)

    def _on_reject(self) -> None:
        if self._id is not None:
            self.decided.emit(self._id, False)

    def _on_reopen(self) -> None:
        if self._id is not None:
            wanted = self._id
            self._session.do(lambda project: project.reopen([wanted]))


def _parts(one: Suggested, names: Names) -> list[Line]:
    """Return what is proposed besides words: who fills which role and with what value, or who is meant."""
    if isinstance(one, SuggestedFrame):
        card = card_of(names, one)
        chain = [("", card.chain)] if card.chain else []
        return [*chain, *((line.role, line.text) for line in card.lines if not line.missing)]
    meant = one.attributes.get(ACTOR)
    return [] if meant is None else [(tr("meant"), meant or tr("the author"))]


def _state_words(widget: QWidget, one: Suggested) -> str:
    if one.state == "open":
        return ""
    return widget.tr("accepted") if one.state == "accepted" else widget.tr("rejected")
