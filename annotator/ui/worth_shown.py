"""Keeps the thin marks beside sentences worth checking: computed on another thread, while they are on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from annotator.model.records import ArticleContent
from annotator.model.worth import Sentence, marked, sentences
from annotator.ui.article_view.view import ArticleView
from annotator.ui.session import Session
from annotator.ui.settings import Settings

SETTING = "worth_marks"
_LONGEST = 100_000
"""Characters of an article that are looked at."""


class WorthShown(QObject):
    """Shows the marks of the open article; an article without them looks as before."""

    def __init__(self, session: Session, view: ArticleView, settings: Settings) -> None:
        super().__init__(session)
        self._session, self._view, self._settings = session, view, settings
        self._looked_at: ArticleContent | None = None
        session.content_changed.connect(self._on_content)
        settings.changed.connect(self._on_setting)

    def _on_setting(self, name: str) -> None:
        if name == SETTING:
            self._looked_at = None
            self._on_content(self._session.content)

    def _on_content(self, content: ArticleContent | None) -> None:
        if content is None or not self._settings.is_on(SETTING):
            self._looked_at = None
            self._show(())
        elif not self._is_looked_at(content):
            self._looked_at = content
            self._show(())
            self._session.ask(lambda _: _marked(content), lambda found: self._take(content, found))

    def _is_looked_at(self, content: ArticleContent) -> bool:
        """Tell whether what is marked holds for an article: it is the same one with the same blocks."""
        before = self._looked_at
        is_same = before is not None and before.article.id == content.article.id
        return is_same and before is not None and before.blocks == content.blocks

    def _take(self, content: ArticleContent, found: Sequence[Sentence]) -> None:
        if self._looked_at is content:
            self._show(found)

    def _show(self, found: Sequence[Sentence]) -> None:
        worth = self._view.page.worth
        if found or worth.sentences:
            worth.show(found)
            self._view.viewport().update()


def _marked(content: ArticleContent) -> list[Sentence]:
    blocks = ((one.start, one.end, one.kind) for one in content.blocks if one.end <= _LONGEST)
    return marked(sentences(content.article.text[:_LONGEST], blocks))
