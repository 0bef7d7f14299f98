"""What was written since one moment, so that articles can be read as they were then."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from annotator.model.changes import Change, Changes
from annotator.model.ids import Id
from annotator.model.records import Actor, Article, ArticleContent, ClaimCard
from annotator.store.following import followed


class Overtaken(Exception):
    """So much was written since that articles cannot be read any more as they were."""


class Since:
    """Hears of all that is written, from the moment when it was made until it `is_over`.

    It `is_overtaken` once something was written that cannot be taken back article by article.
    """

    def __init__(self) -> None:
        self.is_over = self.is_overtaken = False
        self._heard: list[Changes] = []

    def hear(self, changes: Changes) -> None:
        """Hear what was written."""
        self._heard.append(changes)
        # An article says what is above it; texts and facts of articles hardly ever change.
        self.is_overtaken |= changes.many or changes.has(Actor, ClaimCard, Article)

    def as_it_was(
        self, content: ArticleContent, by: Collection[Id] | None, settled: Callable[[Any], Any]
    ) -> ArticleContent:
        """Return an article, with the work of all annotators or of these, as it was; raises Overtaken."""
        article = content.article.id
        touching = [one for one in self._heard if article in one.articles]
        back = [
            Change(change.after, change.before)
            for changes in reversed(touching)
            for change in reversed(changes.changes)
            if by is None or getattr(change.record, "annotator", None) in {None, *by}
        ]
        found = followed(content, back, settled) if back else content
        if found is None:
            raise Overtaken
        return found
