"""Inspector page "This article": its facts, its frames as cards, open questions, labels, emptiness."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from annotator.model.ids import Id
from annotator.ui.article_view.ahead import Ahead
from annotator.ui.panels.article_labels import ArticleLabels
from annotator.ui.panels.card_list import CardList, Colour
from annotator.ui.panels.card_order import CardOrder
from annotator.ui.panels.card_shelf import CardShelf
from annotator.ui.panels.facts import ArticleFacts
from annotator.ui.panels.narrow_tabs import NarrowTabs
from annotator.ui.panels.open_questions import open_questions
from annotator.ui.panels.questions import Question, QuestionList
from annotator.ui.panels.register import Register
from annotator.ui.panels.when_seen import WhenSeen
from annotator.ui.panels.widgets import MEDIUM, SMALL, FittingScroll, PlainLabel, column, scrolled
from annotator.ui.panels.words import counted
from annotator.ui.passing import passed_words
from annotator.ui.seeking import seek
from annotator.ui.session import Session

_FRAMES, _QUESTIONS, _LABELS = 0, 1, 2
_LOW = 24
"""Lines of a page on which its facts are not told beside the article, which tells them too."""
_LEAST = 5
"""Lines of cards that are seen at the least: where they have no room, panels stand behind one another."""
_SLICE = 0.005
"""Seconds of making cards in one turn of the event loop."""


class ArticlePage(QWidget):
    """Everything about the open article as a whole."""

    opened = Signal()
    """A card was opened: its frame is chosen, and a person wants to see it in full."""

    def __init__(self, session: Session, register: Register) -> None:
        super().__init__()
        self._session, self._register = session, register
        self.facts = ArticleFacts(session)
        self._facts_area = FittingScroll(self.facts)
        self.tabs = NarrowTabs()
        self.frames = CardList(self.tr("Frames of this article"))
        self.order = CardOrder()
        self._shelf = CardShelf()
        self._ahead = Ahead(self, self._make_cards, self._set_cards)
        self.questions = QuestionList(
            self.tr("Checks of this article"), self.tr("Nothing to check in this article.")
        )
        self.labels = ArticleLabels(session)
        self._no_frames = PlainLabel(muted=True)
        self.passed = PlainLabel(muted=True)
        self.passed.hide()
        self._open = open_questions(session)
        self._pages = self._make_pages()
        self._lay_out()
        self._seen = WhenSeen(self, self._show)
        self._cards_seen = WhenSeen(self.frames, self._show_cards)
        self._labels_seen = WhenSeen(self.labels, self._show_labels)
        self._questions_seen = WhenSeen(self.questions, self._show_questions)
        self._connect()
        self._ask()

    def set_colours(self, colour: Colour) -> None:
        """Use these colours of labels."""
        self.frames.set_colours(colour)

    def set_passed(self, count: int) -> None:
        """Say how many suggestions have no card and are not gone to either."""
        said = self.tr("{0}: Tab does not go to single names, dates and the like.")
        self.passed.show_text(said.format(passed_words(count)) if count else "")

    def show_label(self, label: Id) -> None:
        """Bring the labels of the article to the front, with the keys on one of them."""
        self.tabs.setCurrentIndex(_LABELS)
        self._labels_seen.catch_up()
        self.labels.focus(label)

    def show_questions(self) -> None:
        """Bring the open questions to the front."""
        self.tabs.setCurrentIndex(_QUESTIONS)
        self.questions.list.setFocus()

    def _make_pages(self) -> QStackedWidget:
        frames = QWidget()
        layout = column(frames)
        layout.addWidget(self._no_frames)
        layout.addWidget(self.order)
        layout.addWidget(self.passed)
        layout.addWidget(self.frames, 1)
        pages = QStackedWidget()
        titles = (self.tr("Frames"), self.tr("Checks"), self.tr("Labels"))
        for title, page in zip(titles, (frames, self.questions, scrolled(self.labels)), strict=True):
            self.tabs.addTab(title)
            pages.addWidget(page)
        self.tabs.setAccessibleName(self.tr("Parts of this page"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.currentChanged.connect(pages.setCurrentIndex)
        return pages

    def _lay_out(self) -> None:
        layout = column(self, margin=MEDIUM, spacing=SMALL)
        layout.addWidget(self._facts_area)
        layout.addWidget(self.tabs)
        layout.addWidget(self._pages, 1)
        layout.addStretch(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the facts of the article give way to its frames where there are few lines."""
        super().resizeEvent(event)
        line = self.fontMetrics().lineSpacing()
        self.frames.setMinimumHeight(_LEAST * line)
        self.facts.set_low(self.height() < _LOW * line)

    def _connect(self) -> None:
        session = self._session
        for signal in (session.content_changed, session.scheme_changed, self._register.renewed):
            signal.connect(self._ask)
        session.chosen_changed.connect(self._show_chosen)
        self._open.found.connect(self._on_found)
        self.frames.moved.connect(lambda record: seek(session, record))
        self.order.activated.connect(self._cards_seen.ask)
        self.frames.opened.connect(lambda _: self.opened.emit())
        self.questions.walked.connect(self._on_walked)

    def _ask(self) -> None:
        for one in (self._seen, self._cards_seen, self._labels_seen):
            one.ask()

    def _show(self) -> None:
        content = self._session.content
        for part in (self._facts_area, self.tabs, self._pages):
            part.setVisible(content is not None)
        count = 0
        if content is None:
            self._shelf.take(None)
            self.frames.set_cards((), None)
        else:
            self.facts.show_content(content)
            count = len(content.frames) + sum(one.state == "open" for one in content.suggested_frames)
        self.tabs.set_title(_FRAMES, counted(self.tr("Frames"), count))
        self._no_frames.show_text("" if count else self._how_to_begin())
        self.order.setVisible(count > 1)

    def _how_to_begin(self) -> str:
        """Return that there are no frames, and how the first comes, where the scheme has attributions."""
        scheme, none = self._session.scheme, self.tr("No frames yet.")
        label = scheme.meant("ATTRIBUTION") if scheme is not None else None
        if label is None or not label.is_offered:
            return none
        how = self.tr("Move into a quotation, or select words, and choose {0}.")
        return f"{none} {how.format(label.title or label.name)}"

    def _show_cards(self) -> None:
        is_another = self._shelf.take(self._register.names)
        if self._make_cards(_SLICE):
            self._ahead.start()
            if is_another:
                self.frames.set_cards((), None)
        else:
            self._set_cards()

    def _make_cards(self, seconds: float) -> bool:
        """Make cards for so long; return whether some are still left."""
        for card in self._shelf.make_some(seconds):
            self.frames.measure(card)
        return not self._shelf.is_complete

    def _set_cards(self) -> None:
        self.frames.set_cards(self.order.sorted(self._shelf.cards()), self._session.chosen)

    def _show_chosen(self, chosen: Id | None) -> None:
        if self.frames.isVisible():
            self.frames.go_to(chosen)
        else:
            self._cards_seen.ask()

    def _show_labels(self) -> None:
        if self._session.content is not None:
            self.labels.show_content(self._session.content)

    def _on_found(self) -> None:
        count = len(self._open.questions)
        self.tabs.set_title(_QUESTIONS, counted(self.tr("Checks"), count))
        self._questions_seen.ask()

    def _show_questions(self) -> None:
        self.questions.show_questions(self._open.questions)

    def _on_walked(self, question: Question) -> None:
        records: tuple[Id, ...] = question.warning.records
        if records:
            seek(self._session, records[0])
