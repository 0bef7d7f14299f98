"""Changes a claim card: wording and note; lists its members; removes one that is not used."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from annotator.model.records import ClaimCard
from annotator.ui.panels.note_field import NoteField
from annotator.ui.panels.uses import Use
from annotator.ui.panels.uses_list import UsesList
from annotator.ui.panels.widgets import LARGE, MEDIUM, SMALL, FactEdit, PlainLabel, button, column, row, tip
from annotator.ui.session import Session


class ClaimCardEditor(QWidget):
    """All of one claim card."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._card: ClaimCard | None = None
        self.wording = FactEdit(self.tr("Wording"))
        self.note = NoteField(self.tr("Note on the claim card"), self.tr("Note"))
        self.members = UsesList(session, self.tr("Claims and frames on it"))
        self.members.found = self._show_buttons  # type: ignore[method-assign]
        self.take_off = button(self.tr("Take off the card"), self._on_take_off)
        self.remove = button(self.tr("Remove"), self._on_remove)
        layout = column(self, spacing=SMALL)
        layout.addWidget(PlainLabel(self.tr("wording"), muted=True))
        layout.addWidget(self.wording)
        layout.addWidget(PlainLabel(self.tr("note"), muted=True))
        layout.addWidget(self.note)
        layout.addWidget(self.members)
        layout.addLayout(row(self.take_off, self.remove, spacing=MEDIUM))
        layout.addSpacing(LARGE)
        layout.addStretch(1)
        self.wording.edited.connect(self._on_wording)
        self.note.edited.connect(self._on_note)
        self.members.list.moved.connect(lambda _: self._show_buttons())

    def show_card(self, card: ClaimCard) -> None:
        """Show a claim card."""
        if self._card is not None and self._card.id != card.id:
            self.commit()
        self._card = card
        self.wording.show_text(card.wording)
        self.note.show_note(card.id, card.note)
        self.ask_members()

    def ask_members(self) -> None:
        """Look anew which claims and frames are on it."""
        self.members.ask(self._card.id if self._card else None)
        self._show_buttons()

    def commit(self) -> None:
        """Save what is just being edited."""
        self.wording.commit()
        self.note.commit()

    def _on_wording(self, text: str) -> None:
        if self._card is None or text == self._card.wording:
            return
        if text:
            self._change(replace(self._card, wording=text))
        else:
            self.wording.setText(self._card.wording)

    def _on_note(self, about: object, text: str) -> None:
        if self._card is not None and about == self._card.id:
            self._change(replace(self._card, note=text))

    def _change(self, card: ClaimCard) -> None:
        # Kept at once, so that a second edit before the answer does not take the first one back.
        self._card = card
        self._session.do(lambda project: project.change_claim_card(card))

    def _show_buttons(self) -> None:
        self.remove.setEnabled(self.members.count == 0)
        self.take_off.setEnabled(isinstance(self.members.list.current(), Use))
        explain = self.tr("Only a card with nothing on it can go.")
        tip(self.remove, "" if self.members.count == 0 else explain)

    def _on_take_off(self) -> None:
        member = self.members.list.current()
        if isinstance(member, Use):
            span = member.record
            self._session.do(lambda project: project.set_claim_card(span, None))

    def _on_remove(self) -> None:
        if self._card is not None:
            wanted = self._card.id
            self._session.do(lambda project: project.remove([wanted]))
