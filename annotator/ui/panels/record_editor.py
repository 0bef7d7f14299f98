"""What the editors of a span and of a frame have in common: label, attributes, note, origin, delete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.records import Frame, Span
from annotator.model.scheme import LabelKind, Scheme
from annotator.ui.panels.attributes import AttributesEditor
from annotator.ui.panels.chips import LabelMark
from annotator.ui.panels.names import Names
from annotator.ui.panels.note_field import NoteField
from annotator.ui.panels.register import Register
from annotator.ui.panels.widgets import (
    LARGE,
    MEDIUM,
    SMALL,
    Combo,
    PlainLabel,
    button,
    column,
    row,
    tab_through,
)
from annotator.ui.panels.words import joined, label_title, origin_words, tr, when
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.project import Project


class RecordEditor(QWidget):
    """Label on top, what is special in `middle`, then attributes, note and origin."""

    kind: LabelKind = "span"

    def __init__(self, session: Session, register: Register) -> None:
        super().__init__()
        self.session, self.register = session, register
        self.record_id: Id | None = None
        self._stops: tuple[QWidget, ...] = ()
        self._under: dict[Id, str] = {}
        """Of the record shown last: the version of the scheme that it was made under, in words."""
        session.scheme_changed.connect(self._forget_versions)
        self.mark = LabelMark()
        self.label = Combo(tr("Label"))
        self.label.activated.connect(self._on_label)
        self.attributes = AttributesEditor()
        self.attributes.edited.connect(self._on_attribute)
        self.note = NoteField(tr("Note"), tr("Note: anything worth remembering"))
        self.note.edited.connect(self._on_note)
        self.origin = PlainLabel(muted=True)
        self.delete = button(tr("Delete"), self._on_delete, explain=tr("Undo brings it back."))
        self.middle: QVBoxLayout = column(spacing=SMALL)
        self.after: QVBoxLayout = column(spacing=SMALL)
        layout = column(self, margin=MEDIUM, spacing=MEDIUM)
        layout.addLayout(row(self.mark, self.label, stretch=1, spacing=MEDIUM))
        layout.addLayout(self.middle)
        layout.addWidget(self.attributes)
        layout.addLayout(self.after)
        layout.addWidget(PlainLabel(tr("note"), muted=True))
        layout.addWidget(self.note)
        layout.addWidget(self.origin)
        layout.addLayout(row(self.delete))
        layout.addSpacing(LARGE)
        layout.addStretch(1)

    def prepare(self, record: Span | Frame, scheme: Scheme) -> None:
        """Make what a record of its label needs, where it is not there yet, without showing it."""
        if (label := scheme.label(record.label)) is not None:
            self.attributes.prepare(label, record.attributes)

    def show_record(self, record: Span | Frame, names: Names, colour: QColor) -> None:
        """Show what every record has."""
        self.record_id = record.id
        self.mark.show_label(record.label, colour)
        self.label.show_choices(_label_choices(names.scheme, self.kind, record.label), record.label)
        self.attributes.show_values(names.scheme.label(record.label), record.attributes)
        self.note.show_note(record.id, record.note)
        who = self.register.annotator_name(record.annotator)
        made = tr("Made by {name}").format(name=who) if who else ""
        said = joined([made, when(record.created), origin_words(record.origin)])
        self.origin.show_text(joined([said, self._under.get(record.id, "")]))
        if record.id not in self._under:
            self._ask_version(record.id, said)

    def order(self, before: Iterable[QWidget] = (), behind: Iterable[QWidget] = ()) -> None:
        """Let Tab go through all as it stands there, what is `before` and `behind` the attributes as well.

        Most of it is made when a label is shown for the first time, which is when Tab would come to it.
        """
        stops = (self.label, *before, *self.attributes.stops, *behind, self.note, self.delete)
        if stops != self._stops:
            self._stops = stops
            tab_through(*stops)

    def _ask_version(self, record: Id, said: str) -> None:
        """Say under which version of the scheme a record was made, where that is not the one that holds."""

        def look(project: Project) -> tuple[int | None, int]:
            return project.schemes.made_under(record), project.schemes.number()

        def show(found: tuple[int | None, int]) -> None:
            number, now = found
            words = "" if number in (None, now) else tr("scheme version {number}").format(number=number)
            self._under = {record: words}
            if record == self.record_id and words:
                self.origin.show_text(joined([said, words]))

        self.session.ask(look, show)

    def _forget_versions(self) -> None:
        self._under = {}

    def leave(self, going_to: Id | None) -> None:
        """Save what was typed when another record is about to be shown."""
        if going_to != self.record_id:
            self.commit()

    def commit(self) -> None:
        """Save what is just being edited."""
        self.attributes.commit()
        self.note.commit()

    def change(
        self,
        record: Id,
        *,
        label: str | None = None,
        attributes: Mapping[str, str] | None = None,
        note: str | None = None,
    ) -> None:
        """Write a change of the record."""

        def _change(project: Project) -> Changes:
            write = project.change_span if self.kind == "span" else project.change_frame
            return write(record, label=label, attributes=attributes, note=note)

        self.session.do(_change)

    def _on_label(self) -> None:
        record = self.record_id
        if record is not None:
            self.commit()
            self.change(record, label=self.label.value)

    def _on_attribute(self, name: str, value: str) -> None:
        if self.record_id is not None:
            self.change(self.record_id, attributes={name: value})

    def _on_note(self, record: Id, text: str) -> None:
        self.change(record, note=text)

    def _on_delete(self) -> None:
        record = self.record_id
        if record is not None:
            self.session.do(lambda project: project.remove([record]))


def _label_choices(scheme: Scheme, kind: LabelKind, current: str) -> list[tuple[str, str]]:
    names = [one.name for one in scheme.of(kind) if one.is_offered or one.name == current]
    return [(name, label_title(scheme, name)) for name in dict.fromkeys((*names, current))]
