"""Inspector page "Above the articles": actors and claim cards, and which actors may be the same."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QSplitter, QStackedWidget, QWidget

from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.records import Actor, ClaimCard
from annotator.ui.panels.actor_editor import ActorEditor
from annotator.ui.panels.claim_card_editor import ClaimCardEditor
from annotator.ui.panels.merge_card import MergeCard, Proposed, answer_by_key, pair_rows
from annotator.ui.panels.narrow_tabs import NarrowTabs
from annotator.ui.panels.register import Register
from annotator.ui.panels.rows import Row, RowsView
from annotator.ui.panels.when_seen import WhenSeen
from annotator.ui.panels.widgets import MEDIUM, SMALL, PlainLabel, button, column, row, scrolled
from annotator.ui.panels.words import counted, joined, spoken
from annotator.ui.session import Session

_ACTORS, _CARDS, _PAIRS = 0, 1, 2
_ACTOR_PAGE, _CARD_PAGE, _PAIR_PAGE = 1, 2, 3


class AbovePage(QWidget):
    """Three lists with one filter, and an editor for what is current."""

    def __init__(self, session: Session, register: Register) -> None:
        super().__init__()
        self._session, self._register = session, register
        self._wanted: Id | None = None
        self.tabs = NarrowTabs()
        self.filter = QLineEdit()
        self.add = button(self.tr("Add"), self._on_add)
        self.list = RowsView(self.tr("Actors"))
        self._none = PlainLabel(muted=True)
        self.actor = ActorEditor(session)
        self.card = ClaimCardEditor(session)
        self.pair = MergeCard(session)
        self.proposed = Proposed(session, register, self, self._show)
        self._editor = QStackedWidget()
        self._lay_out()
        self.tabs.currentChanged.connect(self._on_tab)
        self.filter.textChanged.connect(self._show)
        self.filter.returnPressed.connect(self._on_return)
        self.list.moved.connect(self._show_one)
        answer_by_key(self.list, self.pair, lambda: self.tabs.currentIndex() == _PAIRS)
        self._seen = WhenSeen(self, self._show)
        self._uses_seen = WhenSeen(self, self._show_uses)
        register.renewed.connect(self._seen.ask)
        session.changed.connect(self._uses_seen.ask)
        self._on_tab()

    def show_record(self, record: Id) -> None:
        """Show an actor or a claim card."""
        self._wanted = record
        self.tabs.setCurrentIndex(
            _CARDS if any(one.id == record for one in self._register.claim_cards) else _ACTORS
        )
        self.filter.clear()
        self._show()

    def commit(self) -> None:
        """Save what is just being edited."""
        self.actor.commit()
        self.card.commit()

    def _lay_out(self) -> None:
        for title in (self.tr("Actors"), self.tr("Claim cards"), self.tr("The same?")):
            self.tabs.addTab(title)
        self.tabs.set_short(_CARDS, self.tr("Cards"))
        self.tabs.set_short(_PAIRS, self.tr("Same?"))
        self.tabs.setAccessibleName(self.tr("Actors, claim cards, or actors who may be the same"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.filter.setClearButtonEnabled(True)
        for page in (QWidget(), scrolled(self.actor), scrolled(self.card), scrolled(self.pair)):
            self._editor.addWidget(page)
        lists = QWidget()
        inner = column(lists, spacing=SMALL)
        inner.addLayout(row(self.filter, self.add, stretch=0))
        inner.addWidget(self._none)
        inner.addWidget(self.list, 1)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(lists)
        parts.addWidget(self._editor)
        parts.setStretchFactor(0, 2)
        parts.setStretchFactor(1, 3)
        layout = column(self, margin=MEDIUM, spacing=SMALL)
        layout.addWidget(self.tabs)
        layout.addWidget(parts, 1)

    def _on_tab(self) -> None:
        names = (self.tr("Actors"), self.tr("Claim cards"), self.tr("Actors who may be the same"))
        hints = (
            self.tr("Find, or type a new name"),
            self.tr("Find, or type a new wording"),
            self.tr("Find a name"),
        )
        at = self.tabs.currentIndex()
        self.filter.setPlaceholderText(hints[at])
        self.filter.setAccessibleName(hints[at])
        self.list.setAccessibleName(names[at])
        self.add.setVisible(at != _PAIRS)
        self._show()

    def _show(self) -> None:
        actors, cards, pairs = self._register.actors, self._register.claim_cards, self.proposed.pairs
        self.tabs.set_title(_ACTORS, counted(self.tr("Actors"), len(actors)))
        self.tabs.set_title(_CARDS, counted(self.tr("Claim cards"), len(cards)))
        self.tabs.set_title(_PAIRS, counted(self.tr("The same?"), len(pairs)))
        typed = self.filter.text().strip()
        at = self.tabs.currentIndex()
        was = self.list.currentIndex().row()
        self.list.set_rows((actor_rows(actors, typed), card_rows(cards, typed), pair_rows(pairs, typed))[at])
        self._say_none(typed, at)
        self.add.setEnabled(bool(typed))
        if self._wanted is not None and self.list.go_to(self._wanted):
            self._wanted = None
        elif at == _PAIRS and self.list.current() is None and self.list.rows and was >= 0:
            self.list.go_to(self.list.rows[min(was, len(self.list.rows) - 1)].value)
        self._show_one(self.list.current())

    def _say_none(self, typed: str, at: int) -> None:
        if at == _PAIRS:
            words = self.tr("No two actors look like the same one.")
        else:
            kind = self.tr("claim card") if at == _CARDS else self.tr("actor")
            words = self.tr("No {kind} yet. Type one and press Enter.").format(kind=kind)
            if typed:
                words = self.tr("No {kind} like this. Press Enter to add it.").format(kind=kind)
        self._none.show_text("" if self.list.rows else words)

    def _show_one(self, value: object) -> None:
        actor = next((one for one in self._register.actors if one.id == value), None)
        card = next((one for one in self._register.claim_cards if one.id == value), None)
        pair = self.proposed.of(value)
        if actor is not None:
            self.actor.show_actor(actor)
        elif card is not None:
            self.card.show_card(card)
        elif pair is not None:
            self.pair.show_pair(pair)
        else:
            self.commit()
        page = _ACTOR_PAGE if actor else _CARD_PAGE if card else _PAIR_PAGE if pair else 0
        self._editor.setCurrentIndex(page)
        self._editor.setVisible(page > 0)

    def _on_return(self) -> None:
        if self.list.rows:
            self.list.setFocus()
            self.list.step(0 if self.list.current() is not None else 1)
        else:
            self._on_add()

    def _on_add(self) -> None:
        name = self.filter.text().strip()
        if not name or self.tabs.currentIndex() == _PAIRS:
            return
        if self.tabs.currentIndex() == _CARDS:
            self._session.do(lambda project: project.add_claim_card(name), self._on_added)
        else:
            self._session.do(lambda project: project.add_actor(name), self._on_added)

    def _on_added(self, changes: Changes) -> None:
        kinds = (Actor, ClaimCard)
        made = next((one.record for one in changes.changes if isinstance(one.record, kinds)), None)
        if made is not None:
            self._wanted = made.id
            self.filter.clear()
            self._show()

    def _show_uses(self) -> None:
        if self._editor.currentIndex() == _ACTOR_PAGE:
            self.actor.ask_uses()
        elif self._editor.currentIndex() == _CARD_PAGE:
            self.card.ask_members()


def actor_rows(actors: Iterable[Actor], typed: str = "") -> list[Row]:
    """Return the actors that hold the typed text, by name."""
    found = [one for one in actors if _holds(typed, one.name, *one.aliases, one.affiliation, one.role)]
    found.sort(key=lambda one: one.name.casefold())
    return [
        Row(one.id, one.name, joined([spoken(one.kind), one.role, one.affiliation, ", ".join(one.aliases)]))
        for one in found
    ]


def card_rows(cards: Iterable[ClaimCard], typed: str = "") -> list[Row]:
    """Return the claim cards that hold the typed text, by wording."""
    found = [one for one in cards if _holds(typed, one.wording, one.note)]
    found.sort(key=lambda one: one.wording.casefold())
    return [Row(one.id, one.wording, one.note) for one in found]


def _holds(typed: str, *texts: str) -> bool:
    return not typed or any(typed.casefold() in text.casefold() for text in texts)
