"""Two actors who may be the same, side by side: merge them, or keep them apart for good."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from annotator.model.actor_pairs import ActorPair
from annotator.model.changes import Changes
from annotator.model.records import Actor, Setting
from annotator.ui.panels.register import Register
from annotator.ui.panels.rows import Row, RowsView
from annotator.ui.panels.when_seen import WhenSeen
from annotator.ui.panels.widgets import LARGE, MEDIUM, SMALL, PlainLabel, button, column, row
from annotator.ui.panels.words import joined, spoken, tr
from annotator.ui.saying import translated
from annotator.ui.session import Session

_APART_KEYS = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class MergeCard(QWidget):
    """One proposal in words, with its two answers."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._pair: ActorPair | None = None
        self._kept, self._other = PlainLabel(strong=True), PlainLabel(strong=True)
        self._kept_facts, self._other_facts = PlainLabel(muted=True), PlainLabel(muted=True)
        self._reason = PlainLabel()
        self.merge = button(
            self.tr("Merge"),
            self.on_merge,
            explain=self.tr("Enter. All mentions and roles move; undo takes it back."),
        )
        self.apart = button(
            self.tr("Keep apart"),
            self.on_apart,
            explain=self.tr("Backspace. The two are not proposed again."),
        )
        layout = column(self, margin=MEDIUM, spacing=SMALL)
        layout.addWidget(PlainLabel(self.tr("stays"), muted=True))
        layout.addWidget(self._kept)
        layout.addWidget(self._kept_facts)
        layout.addWidget(PlainLabel(self.tr("is merged into it, its names are kept"), muted=True))
        layout.addWidget(self._other)
        layout.addWidget(self._other_facts)
        layout.addSpacing(SMALL)
        layout.addWidget(self._reason)
        layout.addSpacing(SMALL)
        layout.addLayout(row(self.merge, self.apart, spacing=MEDIUM))
        layout.addSpacing(LARGE)
        layout.addStretch(1)

    def show_pair(self, pair: ActorPair) -> None:
        """Show a proposal."""
        self._pair = pair
        for actor, name, facts in (
            (pair.kept, self._kept, self._kept_facts),
            (pair.other, self._other, self._other_facts),
        ):
            name.show_text(actor.name)
            facts.show_text(_facts(actor))
        self._reason.show_text(self.tr("Because: {reason}").format(reason=translated(pair.reason)))

    def on_merge(self) -> None:
        """Let the first actor stand for both."""
        if self._pair is not None:
            kept, other = self._pair.kept, self._pair.other
            said = self.tr("“{other}” is one with “{kept}” now; undo takes this back.")
            said = said.format(other=other.name, kept=kept.name)
            self._session.long_work.write(
                self.tr("Merging actors"),
                lambda project: project.pairs.merge(kept.id, other.id),
                lambda _: self._session.warned.emit(said),
            )

    def on_apart(self) -> None:
        """Remember that they are not the same."""
        if self._pair is not None:
            kept, other = self._pair.kept, self._pair.other
            said = self.tr("“{other}” and “{kept}” are kept apart for good; undo takes this back.")
            said = said.format(other=other.name, kept=kept.name)
            self._session.do(
                lambda project: project.pairs.keep_apart(kept.id, other.id),
                lambda _: self._session.warned.emit(said),
            )


class Proposed(QObject):
    """Reads who may be the same, when the panel is in sight and an actor or an answer has changed."""

    def __init__(self, session: Session, register: Register, page: QWidget, show: Callable[[], None]) -> None:
        super().__init__(page)
        self._session, self._show = session, show
        self.pairs: tuple[ActorPair, ...] = ()
        self._seen = WhenSeen(page, self._read)
        register.renewed.connect(self._seen.ask)
        session.changed.connect(self._on_changed)
        self._seen.ask()

    def of(self, value: object) -> ActorPair | None:
        """Return the proposal that a row stands for."""
        return next((one for one in self.pairs if one.key == value), None)

    def _on_changed(self, changes: Changes) -> None:
        if changes.many or changes.has(Setting):
            self._seen.ask()

    def _read(self) -> None:
        if self._session.path is None:
            self._take(())
        else:
            self._session.ask(lambda project: project.pairs.proposed(), self._take)

    def _take(self, pairs: tuple[ActorPair, ...]) -> None:
        self.pairs = pairs
        self._show()


def answer_by_key(rows: RowsView, card: MergeCard, is_shown: Callable[[], bool]) -> None:
    """Let Enter merge the pair of the current row, and Backspace or Delete keep it apart."""
    rows.opened.connect(lambda _: card.on_merge() if is_shown() else None)
    for key in _APART_KEYS:
        shortcut = QShortcut(QKeySequence(key), rows)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(lambda: card.on_apart() if is_shown() else None)


def pair_rows(pairs: Iterable[ActorPair], typed: str = "") -> list[Row]:
    """Return the proposals in which a name holds the typed text."""
    wanted = typed.casefold()
    return [
        Row(
            one.key,
            tr("{kept} = {other}").format(kept=one.kept.name, other=one.other.name),
            translated(one.reason),
        )
        for one in pairs
        if wanted in f"{one.kept.name}\n{one.other.name}".casefold()
    ]


def _facts(actor: Actor) -> str:
    return joined([spoken(actor.kind), actor.role, actor.affiliation, ", ".join(actor.aliases)])
