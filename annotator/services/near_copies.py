"""Near copies among the articles of a project, whose texts are read again where two are compared."""

from __future__ import annotations

from annotator.model.ids import Id
from annotator.model.near_copies import NearCopies
from annotator.services.project import Project


class Known:
    """Articles taken in one by one, and which of them another text is nearly the same as.

    One that goes meanwhile is like nothing any more.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._articles: list[Id] = []
        self._near = NearCopies(self._text)

    def add(self, article: Id, text: str) -> Id | None:
        """Take in the next article; return which earlier one is nearly like it."""
        found = self._near.add(len(self._articles), text)
        self._articles.append(article)
        return self._articles[found[0]] if found is not None else None

    def find(self, text: str) -> tuple[Id, float] | None:
        """Return which article a text is nearly the same as, and the share of the longer that is in both."""
        found = self._near.find(text)
        return (self._articles[found[0]], found[1]) if found is not None else None

    def _text(self, number: int) -> str:
        return "".join(one.text for one in self._project.finder.texts([self._articles[number]]))
