"""Edits what fills a frame's roles: each end with its words, and a line to choose another from what may."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from annotator.model.ids import Id
from annotator.model.records import EndKind, Frame, RoleEnd
from annotator.model.scheme import Label, Role
from annotator.ui.panels.choose_edit import Choice, ChooseEdit
from annotator.ui.panels.names import Names
from annotator.ui.panels.widgets import (
    MEDIUM,
    SMALL,
    ElidedLabel,
    PlainLabel,
    clear,
    column,
    icon_button,
    row,
    tip,
)
from annotator.ui.panels.words import joined, label_title, spoken, tr

MOST_ROWS = 60
"""Ends of one role that are shown with a row each."""


class RolesEditor(QWidget):
    """All roles of a frame."""

    linked = Signal(RoleEnd)
    unlinked = Signal(RoleEnd)
    followed = Signal(RoleEnd)
    """A person wants to see what fills a role."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(MEDIUM)
        self._grid.setVerticalSpacing(SMALL)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 8)
        self._shown: tuple[object, ...] = ()
        self.adders: dict[str, ChooseEdit] = {}

    def show_frame(self, frame: Frame, label: Label, names: Names) -> None:
        """Show a frame's roles; rows are made anew only when something in them changed."""
        shown = (frame.id, label, tuple((end, names.end(end)) for end in frame.roles))
        if shown != self._shown:
            focused = next((role for role, edit in self.adders.items() if edit.hasFocus()), None)
            self._shown = shown
            self._build(frame, label, names)
            if focused in self.adders:
                self.adders[focused].setFocus()
        for role in label.roles:
            if role.name in self.adders:
                self.adders[role.name].set_choices(list(choices_for(role, frame, names)))

    def _build(self, frame: Frame, label: Label, names: Names) -> None:
        clear(self._grid)
        self.adders = {}
        words = [word for role in label.roles for word in spoken(role.name).split()]
        self._grid.setColumnMinimumWidth(
            0, max(map(self.fontMetrics().horizontalAdvance, words), default=0) + 2
        )
        for at, role in enumerate(label.roles):
            title = PlainLabel(spoken(role.name), muted=True)
            tip(title, joined([spoken(role.name), _how_many(role)]))
            title.setContentsMargins(0, SMALL, 0, 0)
            self._grid.addWidget(title, at, 0, Qt.AlignmentFlag.AlignTop)
            ends = [end for end in frame.roles if end.role == role.name]
            self._grid.addWidget(self._ends(role, ends, names), at, 1)

    def _ends(self, role: Role, ends: Sequence[RoleEnd], names: Names) -> QWidget:
        widget = QWidget()
        layout = column(widget, spacing=0)
        for end in ends[:MOST_ROWS]:
            layout.addLayout(self._row(end, names))
        if len(ends) > MOST_ROWS:
            more = tr("and {count} more").format(count=len(ends) - MOST_ROWS)
            layout.addWidget(PlainLabel(more, muted=True))
        if role.most is None or len(ends) < role.most:
            name = tr("Add to {role}").format(role=spoken(role.name))
            edit = self.adders[role.name] = ChooseEdit(name, tr("add…"))
            edit.picked.connect(self.linked.emit)
            layout.addWidget(edit)
        return widget

    def _row(self, end: RoleEnd, names: Names) -> QHBoxLayout:
        words = names.end(end)
        go = tr("Show: {what}").format(what=words)
        away = tr("Remove from {role}: {what}").format(role=spoken(end.role), what=words)
        return row(
            ElidedLabel(words),
            icon_button("mdi6.arrow-right", go, lambda: self.followed.emit(end)),
            icon_button("mdi6.close", away, lambda: self.unlinked.emit(end)),
            stretch=0,
        )


def choices_for(role: Role, frame: Frame, names: Names) -> Iterator[Choice]:
    """Yield what the scheme lets fill a role, and that does not yet."""
    there = {end.end for end in frame.roles if end.role == role.name}
    for name in role.ends:
        for kind, record_id in _fitting(name, names):
            if record_id not in there and record_id != frame.id:
                there.add(record_id)
                end = RoleEnd(role.name, kind, record_id)
                yield Choice(end, names.end(end), _title_of(end, names))


def _fitting(name: str, names: Names) -> Iterable[tuple[EndKind, Id]]:
    content = names.content
    if name == "actor":
        return [("actor", one) for one in names.actors]
    if name == "claim_card":
        return [("claim_card", one) for one in names.cards]
    if name == "article":
        return [("article", content.article.id)]
    spans = sorted(content.spans, key=lambda one: one.start)
    frames = sorted(content.frames, key=names.place)
    some_spans = [one for one in spans if name in ("span", one.label)]
    some_frames = [one for one in frames if name in ("frame", one.label)]
    return [*(("span", one.id) for one in some_spans), *(("frame", one.id) for one in some_frames)]


def _title_of(end: RoleEnd, names: Names) -> str:
    span = names.spans.get(end.end)
    return label_title(names.scheme, span.label) if span else ""


def _how_many(role: Role) -> str:
    if role.least == role.most == 1:
        return tr("exactly one")
    if role.most == 1:
        return tr("at most one")
    return tr("at least {count}").format(count=role.least) if role.least else ""
