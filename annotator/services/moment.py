"""A project as it was at one moment, read article by article: what is written meanwhile waits for nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Protocol, TypeVar

from annotator.model.ids import Id
from annotator.model.records import Annotator, ArticleContent
from annotator.model.scheme import Scheme
from annotator.services.exporting_choice import ExportChoice, whose
from annotator.services.project import Project
from annotator.store.since import Overtaken, Since

__all__ = ["Ask", "Moment", "Overtaken", "at_hand"]
T = TypeVar("T")
_READ = 0.02
"""Seconds of reading in one piece, as far as articles of one size tell."""
_MOST = 32


class Ask(Protocol):
    """Asks a project something, on the thread that it is used on."""

    def __call__(self, query: Callable[[Project], T], /) -> T:
        """Return what the project answers."""


def at_hand(project: Project) -> Ask:
    """Return what asks a project that is used on this very thread."""

    def _ask(query: Callable[[Project], T], /) -> T:
        return query(project)

    return _ask


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is read at once, when the moment is."""

    scheme: Scheme
    annotators: Mapping[Id, Annotator]
    above: tuple[frozenset[Id], frozenset[Id]]
    by: frozenset[Id] | None
    articles: tuple[Id, ...]
    since: Since


class Moment:
    """What was chosen of a project, as it is when this is made; to be closed."""

    def __init__(self, ask: Ask, choice: ExportChoice) -> None:
        self._ask = ask
        facts = self._facts = ask(lambda project: _facts(project, choice))
        self.scheme, self.annotators = facts.scheme, facts.annotators
        self.actors, self.claim_cards = facts.above

    def __len__(self) -> int:
        return len(self._facts.articles)

    def close(self) -> None:
        """Hear no more of what is written."""
        self._facts.since.is_over = True

    def contents(self) -> Iterator[ArticleContent]:
        """Yield the articles, with the work of those who were chosen; raises Overtaken."""
        at, count = 0, 1
        while at < len(self):
            began = monotonic()
            found = self._ask(partial(_then, self._facts, at, count))
            at += count
            count = max(1, min(count * 2 if monotonic() - began < _READ else count // 2, _MOST))
            yield from found


def _then(facts: _Facts, at: int, count: int, project: Project) -> list[ArticleContent]:
    return project.contents_then(facts.since, facts.by, facts.articles[at : at + count])


def _facts(project: Project, choice: ExportChoice) -> _Facts:
    by, chosen = whose(project, choice), choice.articles
    articles = project.article_ids()
    return _Facts(
        project.scheme,
        {one.id: one for one in project.annotators()},
        (frozenset(one.id for one in project.actors()), frozenset(one.id for one in project.claim_cards())),
        frozenset(by) if by is not None else None,
        tuple(articles if chosen is None else [one for one in articles if one in chosen]),
        project.since(),
    )
