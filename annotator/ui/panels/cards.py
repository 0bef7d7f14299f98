"""Inspector page "This article": its facts, its frames as cards, open questions, labels, emptiness."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.records import ArticleContent
from annotator.model.rules import Warning_
from annotator.ui.panels.article_labels import ArticleLabels
from annotator.ui.panels.card_list import CardList, Colour
from annotator.ui.panels.facts import ArticleFacts
from annotator.ui.panels.frame_cards import cards_of
from annotator.ui.panels.names import names_of
from annotator.ui.panels.questions import Question, QuestionList
from annotator.ui.panels.register import Register
from annotator.ui.panels.widgets import MEDIUM, SMALL, FittingScroll, PlainLabel, column, scrolled
from annotator.ui.panels.words import counted
from annotator.ui.session import Session


class ArticlePage(QWidget):
    """Everything about the open article as a whole."""

    opened = Signal()
    """A card was opened: its frame is chosen, and a person wants to see it in full."""

    def __init__(self, session: Session, register: Register) -> None:
        super().__init__()
        self._session, self._register = session, register
        self._asked = 0
        self.facts = ArticleFacts(session)
        self._facts_area = FittingScroll(self.facts)
        self.tabs = QTabBar()
        self.frames = CardList(self.tr("Frames of this article"))
        self.questions = QuestionList(
            self.tr("Open questions of this article"), self.tr("No open questions in this article.")
        )
        self.labels = ArticleLabels(session)
        self._no_frames = PlainLabel(self.tr("No frames yet."), muted=True)
        self._pages = self._make_pages()
        self._lay_out()
        self._connect()
        self._show_content(session.content)

    def set_colours(self, colour: Colour) -> None:
        """Use these colours of labels."""
        self.frames.set_colours(colour)

    def show_questions(self) -> None:
        """Bring the open questions to the front."""
        self.tabs.setCurrentIndex(1)
        self.questions.list.setFocus()

    def _make_pages(self) -> QStackedWidget:
        frames = QWidget()
        layout = column(frames)
        layout.addWidget(self._no_frames)
        layout.addWidget(self.frames, 1)
        pages = QStackedWidget()
        titles = (self.tr("Frames"), self.tr("Questions"), self.tr("Labels"))
        for title, page in zip(titles, (frames, self.questions, scrolled(self.labels)), strict=True):
            self.tabs.addTab(title)
            pages.addWidget(page)
        self.tabs.setAccessibleName(self.tr("Parts of this page"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.currentChanged.connect(pages.setCurrentIndex)
        return pages

    def _lay_out(self) -> None:
        layout = column(self, margin=MEDIUM, spacing=SMALL)
        layout.addWidget(self._facts_area)
        layout.addWidget(self.tabs)
        layout.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self._session.content_changed.connect(self._show_content)
        self._session.chosen_changed.connect(self.frames.show_chosen)
        self._session.changed.connect(self._on_changed)
        self._register.renewed.connect(self._show_again)
        self.frames.picked.connect(self._session.choose)
        self.frames.opened.connect(lambda _: self.opened.emit())
        self.questions.walked.connect(self._on_walked)

    def _show_content(self, content: ArticleContent | None) -> None:
        scheme = self._session.scheme
        self.setEnabled(content is not None)
        if content is None or scheme is None:
            self.frames.set_cards((), None)
            self._show_questions(content, ())
            return
        self.facts.show_content(content)
        names = names_of(content, scheme, self._register.actors, self._register.claim_cards)
        cards = cards_of(names)
        self.frames.set_cards(cards, self._session.chosen)
        self.tabs.setTabText(0, counted(self.tr("Frames"), len(cards)))
        self._no_frames.setVisible(not cards)
        self.labels.show_content(content)
        self._ask_questions(content)

    def _show_again(self) -> None:
        self._show_content(self._session.content)

    def _on_changed(self, changes: Changes) -> None:
        content = self._session.content
        if content is not None and not changes.touches(content.article.id):
            self._ask_questions(content)

    def _ask_questions(self, content: ArticleContent) -> None:
        self._asked += 1
        asked, article = self._asked, content.article.id

        def show(found: tuple[Warning_, ...]) -> None:
            if asked == self._asked:
                self._show_questions(self._session.content, found)

        self._session.ask(lambda project: project.warnings(article), show)

    def _show_questions(self, content: ArticleContent | None, found: tuple[Warning_, ...]) -> None:
        article = content.article if content else None
        questions = [Question(article.id, article.title, one) for one in found] if article else []
        self.questions.show_questions(questions)
        self.tabs.setTabText(1, counted(self.tr("Questions"), len(questions)))

    def _on_walked(self, question: Question) -> None:
        records: tuple[Id, ...] = question.warning.records
        if records:
            self._session.choose(records[0])
