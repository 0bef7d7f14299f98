"""The chosen frame: its chain, its roles with what fills them, and placeholders for a missing source."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.records import Actor, Frame, RoleEnd
from annotator.ui.panels.flow import FlowLayout
from annotator.ui.panels.names import Names
from annotator.ui.panels.record_editor import RecordEditor
from annotator.ui.panels.register import Register
from annotator.ui.panels.roles import RolesEditor
from annotator.ui.panels.widgets import PlainLabel, button
from annotator.ui.panels.words import tr
from annotator.ui.session import Session

IMPLICIT = "implicit_source"
UNNAMED = "unnamed"
NOT_SAID = "not said"


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
        self._add_placeholders()
        self.middle.addWidget(self.chain)
        self.middle.addWidget(self.roles)
        self.middle.addWidget(self._placeholder_title)
        self.middle.addWidget(self.placeholders)

    def show_frame(self, frame: Frame, names: Names, colour: QColor) -> None:
        """Show a frame."""
        self.show_record(frame, names, colour)
        self.chain.show_text(" › ".join(names.chain(frame)))
        label = names.scheme.label(frame.label)
        self.roles.setVisible(label is not None)
        if label is not None:
            self.roles.show_frame(frame, label, names)
        takes = label is not None and label.role(IMPLICIT) is not None
        open_now = takes and not frame.ends(IMPLICIT) and not frame.ends("source")
        for one in (self._placeholder_title, self.placeholders):
            one.setVisible(open_now)

    def change(
        self,
        record: Id,
        *,
        label: str | None = None,
        attributes: Mapping[str, str] | None = None,
        note: str | None = None,
    ) -> None:
        """Write a change of the frame."""
        self.session.do(
            lambda project: project.change_frame(record, label=label, attributes=attributes, note=note)
        )

    def _add_placeholders(self) -> None:
        layout = self.placeholders.layout()
        assert layout is not None
        layout.addWidget(button(tr("the author"), self._on_author))
        layout.addWidget(button(tr("unnamed"), lambda: self._on_named(UNNAMED, "person_unnamed")))
        layout.addWidget(button(tr("not said"), lambda: self._on_named(NOT_SAID, "unspecified")))

    def _on_author(self) -> None:
        content = self.session.content
        if content is None:
            return
        article = content.article.id
        known = [one for one in self.register.actors if one.article == article and one.kind == "author"]
        if known:
            self._fill(known[0].id)
        else:
            self.session.do(lambda project: project.author_of(article), self._fill_with_made(self.record_id))

    def _on_named(self, name: str, kind: str) -> None:
        known = [one for one in self.register.actors if (one.name, one.kind) == (name, kind)]
        if known:
            self._fill(known[0].id)
        else:
            self.session.do(
                lambda project: project.add_actor(name, kind=kind), self._fill_with_made(self.record_id)
            )

    def _fill_with_made(self, frame: Id | None) -> Callable[[Changes], None]:
        def then(changes: Changes) -> None:
            made = next((change.record for change in changes.of(Actor)), None)
            if made is not None and frame is not None:
                actor = made.id
                self.session.do(lambda project: project.link(frame, IMPLICIT, "actor", actor))

        return then

    def _fill(self, actor: Id) -> None:
        frame = self.record_id
        if frame is not None:
            self.session.do(lambda project: project.link(frame, IMPLICIT, "actor", actor))

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
            self.session.choose(end.end)
        elif end.kind == "article":
            self.session.open_article(end.end)
        else:
            self.above_wanted(end)

    def above_wanted(self, end: RoleEnd) -> None:
        """Replaced by the inspector: show an actor or a claim card above the articles."""
