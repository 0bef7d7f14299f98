"""Changes an actor: name, aliases, kind, affiliation, role, note; removes one that is not used."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QFormLayout, QWidget

from annotator.model.records import ACTOR_KINDS, Actor
from annotator.ui.panels.note_field import NoteField
from annotator.ui.panels.uses_list import UsesList
from annotator.ui.panels.widgets import (
    LARGE,
    SMALL,
    Combo,
    FactEdit,
    PlainLabel,
    add_row,
    button,
    column,
    row,
    tip,
)
from annotator.ui.panels.words import spoken
from annotator.ui.session import Session


class ActorEditor(QWidget):
    """All facts of one actor."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._actor: Actor | None = None
        self.edits = {
            "name": FactEdit(self.tr("Name")),
            "aliases": FactEdit(self.tr("Other names"), self.tr("separated by semicolons")),
            "affiliation": FactEdit(self.tr("Affiliation")),
            "role": FactEdit(self.tr("Role"), self.tr("e.g. minister")),
        }
        self.kind = Combo(self.tr("Kind"))
        self.note = NoteField(self.tr("Note on the actor"), self.tr("Note"))
        self.uses = UsesList(session, self.tr("Named in"))
        self.uses.found = self._show_remove  # type: ignore[method-assign]
        self.remove = button(self.tr("Remove"), self._on_remove)
        self._lay_out()
        for name, edit in self.edits.items():
            edit.edited.connect(lambda text, name=name: self._on_edited(name, text))
        self.kind.activated.connect(lambda: self._on_edited("kind", self.kind.value))
        self.note.edited.connect(self._on_note)

    def show_actor(self, actor: Actor) -> None:
        """Show an actor."""
        if self._actor is not None and self._actor.id != actor.id:
            self.commit()
        self._actor = actor
        for name, edit in self.edits.items():
            edit.show_text(_text(actor, name))
        kinds = [one for one in ACTOR_KINDS if one != "author" or actor.kind == "author"]
        self.kind.show_choices([(one, spoken(one)) for one in kinds], actor.kind)
        self.note.show_note(actor.id, actor.note)
        self.ask_uses()

    def ask_uses(self) -> None:
        """Look anew where the actor is named."""
        self.uses.ask(self._actor.id if self._actor else None)
        self._show_remove()

    def commit(self) -> None:
        """Save what is just being edited."""
        for edit in self.edits.values():
            edit.commit()
        self.note.commit()

    def _lay_out(self) -> None:
        layout = column(self, spacing=SMALL)
        form = QFormLayout()
        form.setSpacing(SMALL)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        add_row(form, self.edits["name"].accessibleName(), self.edits["name"])
        add_row(form, self.kind.accessibleName(), self.kind)
        for name in ("aliases", "affiliation", "role"):
            add_row(form, self.edits[name].accessibleName(), self.edits[name])
        layout.addLayout(form)
        layout.addWidget(PlainLabel(self.tr("note"), muted=True))
        layout.addWidget(self.note)
        layout.addWidget(self.uses)
        layout.addLayout(row(self.remove))
        layout.addSpacing(LARGE)
        layout.addStretch(1)

    def _on_edited(self, name: str, text: str) -> None:
        actor = self._actor
        if actor is None or text == _text(actor, name):
            return
        if name == "name" and not text:
            self.edits["name"].setText(actor.name)
            return
        value = tuple(part.strip() for part in text.split(";") if part.strip()) if name == "aliases" else text
        self._change(replace(actor, **{name: value}))  # type: ignore[arg-type]

    def _on_note(self, about: object, text: str) -> None:
        if self._actor is not None and about == self._actor.id:
            self._change(replace(self._actor, note=text))

    def _change(self, actor: Actor) -> None:
        # Kept at once, so that a second edit before the answer does not take the first one back.
        self._actor = actor
        self._session.do(lambda project: project.change_actor(actor))

    def _show_remove(self) -> None:
        is_author = self._actor is not None and self._actor.kind == "author"
        self.remove.setEnabled(self.uses.count == 0 and not is_author)
        tip(
            self.remove,
            "" if self.uses.count == 0 else self.tr("Only an actor that is named nowhere can go."),
        )

    def _on_remove(self) -> None:
        if self._actor is not None:
            wanted = self._actor.id
            self._session.do(lambda project: project.remove([wanted]))


def _text(actor: Actor, name: str) -> str:
    return "; ".join(actor.aliases) if name == "aliases" else str(getattr(actor, name))
