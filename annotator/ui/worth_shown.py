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
        self._looked_at: object = None
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
            return
        article, blocks = content.article, tuple((one.start, one.end, one.kind) for one in content.blocks)
        looked_at = (article.id, blocks)
        if looked_at == self._looked_at:
            return
        self._looked_at = looked_at
        self._show(())
        text = article.text[:_LONGEST]
        read = tuple(one for one in blocks if one[1] <= _LONGEST)
        self._session.ask(lambda _: marked(sentences(text, read)), lambda found: self._take(looked_at, found))

    def _take(self, looked_at: object, found: Sequence[Sentence]) -> None:
        if looked_at == self._looked_at:
            self._show(found)

    def _show(self, found: Sequence[Sentence]) -> None:
        worth = self._view.page.worth
        if found or worth.sentences:
            worth.show(found)
            self._view.viewport().update()
