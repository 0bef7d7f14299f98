"""The open questions of the open article, looked for once and shown in several places."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.model.records import ArticleContent
from annotator.model.rules_warnings import warnings
from annotator.model.scheme import Scheme
from annotator.ui.panels.questions import Question
from annotator.ui.session import Session


class OpenQuestions(QObject):
    """Looks on the store's thread, after the article was shown."""

    found = Signal()
    """`questions` are those of the article as it is now."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.questions: tuple[Question, ...] = ()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._look)
        session.content_changed.connect(self._soon.start)
        self._soon.start()

    def _look(self) -> None:
        content, scheme = self._session.content, self._session.scheme
        if content is None or scheme is None:
            self._take(content, ())
        else:
            self._session.ask(
                lambda _: questions_of(content, scheme), lambda found: self._take(content, found)
            )

    def _take(self, content: ArticleContent | None, found: tuple[Question, ...]) -> None:
        if content is self._session.content:
            self.questions = found
            self.found.emit()


def open_questions(session: Session) -> OpenQuestions:
    """Return the open questions of a session's article, the same to everybody who asks."""
    known = session.findChild(OpenQuestions)
    return known if isinstance(known, OpenQuestions) else OpenQuestions(session)


def questions_of(content: ArticleContent, scheme: Scheme) -> tuple[Question, ...]:
    """Return what is worth a second look in an article, in the order of its text."""
    article = content.article
    return tuple(
        Question(article.id, article.title or article.name, one) for one in warnings(content, scheme)
    )
