"""What a person says of articles as wholes: their labels, facts and paragraphs, and taking them away."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.records import Attributes
from annotator.services import project_articles, project_removing
from annotator.services.project_writing import Writer


class Articles:
    """The articles of an open project."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def add_label(self, article: Id, label: str, attributes: Attributes | None = None) -> Changes:
        """Label an article as a whole."""
        edits = project_articles.add_label(self._writer.ground, article, label, attributes)
        return self._writer.small(self._writer.adding(label), edits, article)

    def change_label(
        self,
        article_label: Id,
        *,
        label: str | None = None,
        attributes: Attributes | None = None,
        note: str | None = None,
    ) -> Changes:
        """Change what is given of a label of a whole article."""
        edits = project_articles.change_label(self._writer.ground, article_label, label, attributes, note)
        return self._writer.small("Change article label", edits)

    def set_block(self, article: Id, start: int, end: int, kind: str) -> Changes:
        """Say what a stretch is: headline, caption, body and so on."""
        edits = project_articles.set_block(self._writer.ground, article, start, end, kind)
        return self._writer.small("Set kind of paragraph", edits, article)

    def change(
        self,
        article: Id,
        title: str | None = None,
        language: str | None = None,
        meta: Attributes | None = None,
    ) -> Changes:
        """Change facts about an article; an empty value takes a fact away."""
        edits = project_articles.change_article(self._writer.ground, article, title, language, meta)
        return self._writer.small("Change article facts", edits)

    def remove(self, ids: Iterable[Id]) -> Changes:
        """Remove articles with everything that belongs to them."""
        edits = project_removing.remove_articles(self._writer.ground, ids)
        return self._writer.small("Remove articles", edits, begins=False)
