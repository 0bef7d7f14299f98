"""Find in all articles: hits as they come, walked in their articles, ticked, labelled in one step."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.matching import Wanted
from annotator.model.records import Fragment
from annotator.ui.panels.find_label import FindLabel
from annotator.ui.panels.find_list import FindList
from annotator.ui.panels.find_options import FindOptions
from annotator.ui.panels.find_rows import FindRows
from annotator.ui.panels.find_run import FindRun
from annotator.ui.panels.widgets import MEDIUM, SMALL, PlainLabel, column, icon_button, row
from annotator.ui.panels.words import label_title
from annotator.ui.saying import several
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.project_finding import Found, LabelPlan, Standing

_PAUSE = 250
_WALK = 40
"""Milliseconds after the last step until a hit is shown: who holds a key down passes many."""
_CHUNK = 1000


class FindAllPanel(QWidget):
    """Find in all articles, and label what was found."""

    highlights = Signal(object, int)
    """Hits of the open article as fragments, and which of them is current (-1: none)."""
    left = Signal()
    """A person goes on in the article."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown = False
        self._sentence = ""
        """What is to be known of the last search beside its places."""
        self._stale: deque[Id] = deque()
        self._is_wished = False
        """What is looked for is to be labelled once all of it is found."""
        self._era = 0
        """Counts searches; what comes late for the hits of an earlier one is dropped."""
        self.edit = QLineEdit()
        self.edit.setAccessibleName(self.tr("Find in all articles"))
        self.edit.setClearButtonEnabled(True)
        self.options = FindOptions()
        self.edit.setPlaceholderText(self.options.hint)
        self.count = PlainLabel(muted=True)
        self.run = FindRun(session)
        self.stop_button = icon_button("mdi6.stop-circle-outline", self.tr("Stop"), self.run.stop)
        self.rows = FindRows()
        self.list = FindList(self.rows, self.tr("Places found"))
        self.label = FindLabel()
        self._typing = QTimer(self, singleShot=True, interval=_PAUSE)
        self._walking = QTimer(self, singleShot=True, interval=_WALK)
        self._lay_out()
        self._connect()
        self._on_scheme()
        self._say()

    def _lay_out(self) -> None:
        layout = column(self, margin=MEDIUM, spacing=SMALL)
        layout.addWidget(self.edit)
        layout.addWidget(self.options)
        layout.addLayout(row(self.count, self.stop_button, stretch=0))
        layout.addWidget(self.list, 1)
        layout.addWidget(self.label)

    def _connect(self) -> None:
        session = self._session
        self._typing.timeout.connect(self._search)
        self._walking.timeout.connect(self._show_current)
        self.edit.textChanged.connect(self._on_text)
        self.edit.returnPressed.connect(self._on_return)
        self.options.changed.connect(self._search)
        self.run.arrived.connect(self._on_arrived)
        self.run.ended.connect(self._on_ended)
        self.list.moved.connect(lambda _: self._walking.start())
        self.list.entered.connect(self._on_entered)
        self.rows.ticked.connect(self._add_up)
        self.label.label_chosen.connect(self.rows.set_label)
        self.label.ticks_wanted.connect(lambda on: self.rows.tick_all(on=on))
        self.label.pressed.connect(self.commit)
        session.project_changed.connect(self._search)
        session.scheme_changed.connect(self._on_scheme)
        session.project_changed.connect(self._on_scheme)
        session.revealed.connect(self._on_revealed)
        session.changed.connect(self._on_changed)

    # --- what others call ------------------------------------------------------------------------

    def start(self, text: str = "") -> None:
        """Begin to find; a given text is looked for at once."""
        self.show()
        if text:
            self.edit.setText(text)
            self._search()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def start_with(self, wanted: Wanted, label: str = "") -> None:
        """Look for something now, to be labelled so."""
        self.show()
        self.options.show_wanted(wanted)
        self.edit.setText(wanted.text)
        if label:
            self.label.take(label)
        self._search()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def is_searching(self) -> bool:
        """Tell whether a search runs, or is about to."""
        return self.run.is_running or self._typing.isActive()

    def commit(self) -> None:
        """Put the label on what is ticked, in the background and as one operation; a search is waited for."""
        if self._typing.isActive():
            self._search()
        if not self.label.label:
            self.label.pick()
            return
        places, label, session = self.rows.ticked_places(), self.label.label, self._session
        if self.run.is_running and not session.read_only:
            self._is_wished = True
            session.warned.emit(self.tr("The search is still under way: labelling follows."))
            return
        refused = self._refusal()
        if refused or not self.rows.sum.adds:
            session.warned.emit(refused or self.tr("There is nothing new to label: tick some places first."))
            return
        name = self.tr("Labelling")
        session.long_work.run_on_project(
            name, lambda project: project.finder.plan(label, places()), lambda plan: self._write(name, plan)
        )

    # --- searching -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the line into the list, Escape back to the article."""
        if event.key() == Qt.Key.Key_Down and self.edit.hasFocus() and self.rows.hits:
            self._go_into_list()
        elif event.key() == Qt.Key.Key_Escape:
            self._is_wished = False
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the highlights away when the panel goes."""
        super().hideEvent(event)
        self._is_wished = False
        self._unmark()

    def _unmark(self) -> None:
        if self._shown:
            self._shown = False
            self.highlights.emit((), -1)

    def _on_text(self) -> None:
        self._is_wished = False  # it was for other words
        self._typing.start()

    def _search(self) -> None:
        self._is_wished = False
        self._typing.stop()
        self._walking.stop()
        self._unmark()
        self._stale.clear()
        self._era += 1
        self.edit.setPlaceholderText(self.options.hint)
        old = self.rows.clear()
        self._session.ask(lambda _: _let_go(old), lambda _: None)
        text, session = self.edit.text(), self._session
        article = session.content.article.id if session.content is not None else None
        if text.strip() and session.path is not None:
            self.run.start(self.options.wanted(text, article))
        else:
            self.run.stop()
        self._sentence = ""
        self._say()
        self._add_up()

    def _on_arrived(self, found: Sequence[Found]) -> None:
        self.rows.add(found)
        self._say()

    def _on_ended(self, sentence: str) -> None:
        is_wished, self._is_wished = self._is_wished, False
        self._sentence = sentence
        self._say()
        self._add_up()
        if is_wished and not sentence:  # not of a part that a stop or a limit left
            self.commit()

    def _say(self) -> None:
        """Say how many places there are, and how far the search is."""
        self.stop_button.setVisible(self.run.is_running)
        hits = self.rows.hits
        words = self.tr("Places: {0:,} · articles: {1:,}").format(hits, self.rows.found_in)
        if self.run.is_running:
            words = self.tr("Searching…") + (f" {words}" if hits else "")
        elif not hits:
            is_answer = (
                self.edit.text().strip() and not self._sentence
            )  # a search that was stopped does not know
            words = self.tr("Not found in any article") if is_answer else ""
        self.count.show_text(f"{self._sentence} {words}".strip() if self._sentence else words)

    def _on_return(self) -> None:
        if self._typing.isActive():
            self._search()
        elif self.rows.hits:
            self._go_into_list()

    # --- walking ---------------------------------------------------------------------------------

    def _go_into_list(self) -> None:
        self.list.setFocus()
        if not self.list.currentIndex().isValid():
            self.list.step(1)

    def _show_current(self) -> None:
        """Open the article of the current row at its place; the list keeps the focus."""
        row_ = self.list.currentIndex().row()
        if row_ >= 0:
            found, hit = self.rows.found_at(row_)
            self._session.open_article(found.article, (hit or found.hits[0]).start)

    def _on_entered(self, _: int) -> None:
        self._walking.stop()
        self._show_current()
        self.left.emit()

    def _on_revealed(self, at: int) -> None:
        """Mark all hits of the article that was opened from the list."""
        row_, content = self.list.currentIndex().row(), self._session.content
        if row_ < 0 or content is None or not self.isVisible():
            return
        found, _ = self.rows.found_at(row_)
        if found.article != content.article.id:
            return
        pieces = tuple(Fragment(hit.start, hit.end) for hit in found.hits)
        current = next((number for number, one in enumerate(pieces) if one.start == at), -1)
        if current >= 0:
            self._shown = True
            self.highlights.emit(pieces, current)

    # --- labelling -------------------------------------------------------------------------------

    def _on_scheme(self) -> None:
        self.label.set_scheme(self._session.scheme)

    def _add_up(self) -> None:
        self.label.setVisible(self.rows.hits > 0)
        self.label.show_sum(self.rows.sum, self._refusal() if self.label.label else "")

    def _refusal(self) -> str:
        """Return why nothing can be labelled now."""
        if self._session.read_only:
            return self.tr("This project is open for reading only.")
        return self.tr("The search is still under way.") if self.run.is_running else ""

    def _write(self, name: str, plan: LabelPlan) -> None:
        session = self._session
        title = label_title(session.scheme, plan.label)
        places, articles = several("{n} place(s)", plan.count), several("{n} article(s)", plan.articles)
        said = self.tr("Labelled as {0}: {1} in {2}. Undo takes all of it back.")
        said = said.format(title, places, articles)
        session.long_work.write(
            name,
            lambda project: project.finder.write(plan),
            lambda _: session.warned.emit(said),
            total=plan.count,
            is_large=True,
        )

    def _on_changed(self, changes: Changes) -> None:
        """Know anew what is labelled in the articles that were touched."""
        is_idle = not self._stale
        self._stale.extend(self.rows.articles if changes.many else self.rows.articles & changes.articles)
        if self._stale and is_idle:
            self._ask_stale()

    def _ask_stale(self) -> None:
        some = [self._stale.popleft() for _ in range(min(_CHUNK, len(self._stale)))]
        places, era = self.rows.places(some), self._era

        def _know(found: Mapping[Id, Sequence[Standing]]) -> None:
            if era == self._era:
                self.rows.set_standings(found)
                if self._stale:
                    self._ask_stale()

        self._session.ask(lambda project: project.finder.standings(places), _know)


def _let_go(old: list[Found]) -> None:
    """Free what was shown bit by bit, away from the window's thread: it may be a great deal."""
    while old:
        del old[-_CHUNK:]
