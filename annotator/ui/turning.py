"""Going from article to article: one on its way counts as the place to go on from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.model.ids import Id
from annotator.model.records import ArticleContent
from annotator.ui.keeper import Keeper

if TYPE_CHECKING:
    from annotator.ui.session import Session

_ARTICLE = "article"


class Turning(QObject):
    """Opens articles for the session; of several asked for in a row only the last one is shown."""

    def __init__(self, session: Session, keeper: Keeper) -> None:
        super().__init__(session)
        self._session = session
        self._keeper = keeper
        self._going_to: Id | None = None

    @property
    def at(self) -> Id | None:
        """The article on its way to be shown, else the one that is."""
        content = self._session.content
        return self._going_to or (content.article.id if content is not None else None)

    def forget(self) -> None:
        """Let what is on its way not be shown."""
        self._go(None)

    def open(self, article: Id, place: int | None) -> None:
        """Show an article, and in it an offset."""
        session = self._session
        if session.content is not None and session.content.article.id == article:
            self._go(None)
            session.reveal(place)
        elif session.path is not None:
            self._go(article)
            self._keeper.ask(
                lambda project: project.find_content(article),
                session.if_same(lambda content: self._arrive(article, content, place)),
                session.if_same(lambda error: self._fail(article, error)),
            )

    def step(self, by: int) -> None:
        """Show the article so many places further down the list."""
        session, at = self._session, self.at
        if at is None or at not in session.order:
            target = 0 if by > 0 else len(session.order) - 1
        else:
            target = session.order.index(at) + by
        if 0 <= target < len(session.order):
            self.open(session.order[target], None)
        else:
            last, first = self.tr("This is the last article."), self.tr("This is the first article.")
            session.warned.emit(last if by > 0 else first)

    def _arrive(self, article: Id, content: ArticleContent | None, place: int | None) -> None:
        if self._going_to != article:
            return
        self._going_to = None
        if content is None:
            self._session.warned.emit(self.tr("This article is not in the project any more."))
        else:
            self._session.show(content)
            self._session.reveal(place)
        self._session.held.emit(_ARTICLE, self._going_to is not None)

    def _fail(self, article: Id, error: Exception) -> None:
        if self._going_to == article:
            self._go(None)
        self._session.tell(error)

    def _go(self, article: Id | None) -> None:
        """Keys that are pressed from now on are meant for that article, and wait for it."""
        self._going_to = article
        self._session.held.emit(_ARTICLE, article is not None)
