"""Edits what fills a frame's roles: each end with its words, and a line to choose another from what may."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from annotator.model.ids import Id
from annotator.model.records import EndKind, Frame, RoleEnd
from annotator.model.scheme import Label, Role
from annotator.ui.panels.choose_edit import Choice, ChooseEdit
from annotator.ui.panels.names import Names, reading_rank
from annotator.ui.panels.per_label import PerLabel
from annotator.ui.panels.widgets import (
    MEDIUM,
    SMALL,
    ElidedLabel,
    PlainLabel,
    column,
    icon_button,
    name_button,
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
        self._labels = PerLabel(column(self, spacing=0), self._make)
        self._shown: _Roles | None = None

    @property
    def adders(self) -> Mapping[str, ChooseEdit]:
        """The lines to choose from, of those roles that can take one more end."""
        roles = self._shown.roles if self._shown is not None else ()
        return {one.role.name: one.adder for one in roles if not one.adder.isHidden()}

    @property
    def stops(self) -> Sequence[QWidget]:
        """What Tab goes through, as it stands there."""
        roles = self._shown.roles if self._shown is not None else ()
        return [stop for one in roles for stop in one.stops]

    def prepare(self, label: Label) -> None:
        """Make the widgets for the roles of a label, where there are none yet, without showing them."""
        self._labels.prepare(label)

    def show_frame(self, frame: Frame, label: Label, names: Names) -> None:
        """Show a frame's roles; the widgets stay from one frame of a label to the next."""
        self._shown = self._labels.turn_to(label)
        for one in self._shown.roles if self._shown is not None else ():
            one.show_ends(frame, names)

    def _make(self, label: Label) -> _Roles:
        made = _Roles(label)
        for one in made.roles:
            one.adder.picked.connect(self.linked)
            one.followed.connect(self.followed)
            one.unlinked.connect(self.unlinked)
        return made


class _Roles(QWidget):
    """The roles of one label side by side with what fills them."""

    def __init__(self, label: Label) -> None:
        super().__init__()
        roles = sorted(label.roles, key=lambda role: reading_rank(role.name))
        self.roles = [_RoleEnds(role) for role in roles]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(MEDIUM)
        grid.setVerticalSpacing(SMALL)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 8)
        words = [word for role in label.roles for word in spoken(role.name).split()]
        widest = max(map(self.fontMetrics().horizontalAdvance, words), default=0)
        grid.setColumnMinimumWidth(0, widest + 2)
        for at, one in enumerate(self.roles):
            title = PlainLabel(spoken(one.role.name), muted=True)
            tip(title, joined([spoken(one.role.name), _how_many(one.role)]))
            title.setContentsMargins(0, SMALL, 0, 0)
            grid.addWidget(title, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(one, at, 1)


class _RoleEnds(QWidget):
    """What fills one role, a row each, and a line to choose one more."""

    unlinked = Signal(RoleEnd)
    followed = Signal(RoleEnd)

    def __init__(self, role: Role) -> None:
        super().__init__()
        self.role = role
        self._rows: list[_EndRow] = []
        self._ends: list[RoleEnd] = []
        self._more = PlainLabel(muted=True)
        self.adder = ChooseEdit(tr("Add to {role}").format(role=spoken(role.name)), tr("add…"))
        self._column = column(self, spacing=0)
        self._column.addWidget(self._more)
        self._column.addWidget(self.adder)

    def show_ends(self, frame: Frame, names: Names) -> None:
        """Show what fills the role in a frame."""
        self._ends = [end for end in frame.roles if end.role == self.role.name]
        shown = self._ends[:MOST_ROWS]
        while len(self._rows) < len(shown):
            self._add_row()
        for at, line in enumerate(self._rows):
            line.setVisible(at < len(shown))
            if at < len(shown):
                line.show_end(shown[at], names)
        left = len(self._ends) - len(shown)
        self._more.show_text(tr("and {count} more").format(count=left) if left else "")
        self.adder.setVisible(self.role.most is None or len(self._ends) < self.role.most)
        self.adder.none = _none_yet(self.role, names)
        self.adder.set_choices(choices_for(self.role, frame, names))

    @property
    def stops(self) -> Sequence[QWidget]:
        """What Tab goes through, as it stands there."""
        return *(stop for line in self._rows for stop in line.stops), self.adder

    def _add_row(self) -> None:
        at = len(self._rows)
        line = _EndRow(lambda: self.followed.emit(self._ends[at]), lambda: self.unlinked.emit(self._ends[at]))
        self._rows.append(line)
        self._column.insertWidget(at, line)


class _EndRow(QWidget):
    """One end in words, a button to go there and one to take it away."""

    def __init__(self, go: Callable[[], None], take_away: Callable[[], None]) -> None:
        super().__init__()
        self._words = ElidedLabel()
        self._go = icon_button("mdi6.arrow-right", "", go)
        self._away = icon_button("mdi6.close", "", take_away)
        self.stops = self._go, self._away
        self.setLayout(row(self._words, *self.stops, stretch=0))

    def show_end(self, end: RoleEnd, names: Names) -> None:
        """Show an end."""
        words = names.end(end)
        self._words.show_text(words)
        name_button(self._go, tr("Show: {what}").format(what=words))
        name_button(self._away, tr("Remove from {role}: {what}").format(role=spoken(end.role), what=words))


def choices_for(role: Role, frame: Frame, names: Names) -> Iterator[Choice]:
    """Yield what the scheme lets fill a role, and that does not yet."""
    there = {end.end for end in frame.roles if end.role == role.name}
    for name in role.ends:
        for kind, record_id in _fitting(name, names):
            if record_id not in there and record_id != frame.id:
                there.add(record_id)
                end = RoleEnd(role.name, kind, record_id)
                yield Choice(end, names.end(end), _title_of(end, names))


def _none_yet(role: Role, names: Names) -> str:
    """Return what is said where nothing may fill a role yet."""
    labels = [names.scheme.label(name) for name in role.ends]
    is_marked = "span" in role.ends or any(one is not None and one.kind == "span" for one in labels)
    return tr("none yet: mark words first") if is_marked else tr("none yet")


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
