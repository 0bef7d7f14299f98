"""The chosen frame: its chain, its roles with what fills them, and placeholders for a missing source."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from annotator.model.records import Frame, RoleEnd, Span
from annotator.model.scheme import Label, Scheme
from annotator.ui.panels.flow import FlowLayout
from annotator.ui.panels.names import Names
from annotator.ui.panels.record_editor import RecordEditor
from annotator.ui.panels.register import Register
from annotator.ui.panels.roles import RolesEditor
from annotator.ui.panels.widgets import PlainLabel, button
from annotator.ui.panels.words import tr
from annotator.ui.seeking import seek
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.project_frames import ImplicitSource

IMPLICIT = "implicit_source"


class FrameEditor(RecordEditor):
    """Everything about one frame."""

    kind = "frame"

    def __init__(self, session: Session, register: Register) -> None:
        super().__init__(session, register)
        self.chain = PlainLabel(muted=True)
        self.roles = RolesEditor()
        self.roles.linked.connect(self._on_linked)
        self.roles.unlinked.connect(self._on_unlinked)
        self.roles.followed.connect(self._on_followed)
        self.placeholders = QWidget()
        FlowLayout(self.placeholders)
        self._placeholder_title = PlainLabel(tr("No words name the source? Then it is:"), muted=True)
        self._implicit: list[QWidget] = []
        self._add_placeholders()
        self.middle.addWidget(self.chain)
        self.middle.addWidget(self.roles)
        self.middle.addWidget(self._placeholder_title)
        self.middle.addWidget(self.placeholders)

    def prepare(self, record: Span | Frame, scheme: Scheme) -> None:
        """Make the widgets for the roles too."""
        super().prepare(record, scheme)
        if isinstance(record, Frame) and (label := scheme.label(record.label)) is not None:
            self.roles.prepare(_offered(label, record))

    def show_frame(self, frame: Frame, names: Names, colour: QColor) -> None:
        """Show a frame."""
        self.show_record(frame, names, colour)
        self.chain.show_text(" › ".join(names.chain(frame)))
        label = names.scheme.label(frame.label)
        self.roles.setVisible(label is not None)
        if label is not None:
            self.roles.show_frame(frame, _offered(label, frame), names)
        takes = label is not None and label.role(IMPLICIT) is not None
        open_now = takes and not frame.ends(IMPLICIT) and not frame.ends("source")
        for one in (self._placeholder_title, self.placeholders):
            one.setVisible(open_now)
        self.order(before=(*self.roles.stops, *self._implicit))

    def _add_placeholders(self) -> None:
        layout = self.placeholders.layout()
        assert layout is not None
        placeholders: tuple[tuple[str, ImplicitSource], ...] = (
            (tr("the author"), "author"),
            (tr("unnamed"), "unnamed"),
            (tr("not said"), "not said"),
        )
        for text, who in placeholders:
            self._implicit.append(button(text, partial(self._fill, who)))
            layout.addWidget(self._implicit[-1])

    def _fill(self, who: ImplicitSource) -> None:
        frame = self.record_id
        if frame is not None:
            self.session.do(lambda project: project.add_implicit_source(frame, who))

    def _on_linked(self, end: RoleEnd) -> None:
        frame = self.record_id
        if frame is not None:
            self.session.do(lambda project: project.link(frame, end.role, end.kind, end.end))

    def _on_unlinked(self, end: RoleEnd) -> None:
        frame = self.record_id
        if frame is not None:
            self.session.do(lambda project: project.unlink(frame, end.role, end.end))

    def _on_followed(self, end: RoleEnd) -> None:
        if end.kind in ("span", "frame"):
            seek(self.session, end.end)
        elif end.kind == "article":
            self.session.open_article(end.end)
        else:
            self.above_wanted(end)

    def above_wanted(self, end: RoleEnd) -> None:
        """Replaced by the inspector: show an actor or a claim card above the articles."""


def _offered(label: Label, frame: Frame) -> Label:
    """Return a label with what it offers, and what a frame has that it does not offer any more."""
    return label.offering(frame.attributes, (end.role for end in frame.roles))
