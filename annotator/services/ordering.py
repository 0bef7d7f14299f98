"""Orders of articles that take some computing: by worth, by what is useful next, near copies together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from annotator.model.ids import Id
from annotator.model.job import Job, Progress
from annotator.model.records import ArticleContent
from annotator.model.usefulness import Candidate, by_usefulness, candidate
from annotator.model.worth import article_worth
from annotator.services.near_copies import Known
from annotator.services.project import Project

Computed = Literal["worth", "useful", "copies"]
_AT_ONCE = 64
"""Articles that are put in order in a step: others may write between two steps."""
LONGEST = 100_000
"""Characters of an article that are looked at."""


def order_articles(project: Project, order: Computed) -> Job[tuple[Id, ...]]:
    """Return all articles in an order, the first one first; one article is looked at in a step."""
    jobs: dict[Computed, Callable[[Project], Job[tuple[Id, ...]]]] = {
        "worth": _by_worth,
        "useful": _by_usefulness,
        "copies": _by_copies,
    }
    return jobs[order](project)


def _by_worth(project: Project) -> Job[tuple[Id, ...]]:
    found: list[tuple[float, Id]] = []
    for content, progress in _contents(project):
        blocks = ((one.start, one.end, one.kind) for one in content.blocks if one.end <= LONGEST)
        found.append((article_worth(content.article.text[:LONGEST], blocks), content.article.id))
        yield progress
    return tuple(article for _, article in sorted(found, key=lambda pair: -pair[0]))


def _by_usefulness(project: Project) -> Job[tuple[Id, ...]]:
    found: list[Candidate] = []
    mine = project.annotator.id
    for content, progress in _contents(project):
        is_done = any(one.annotator == mine and one.state == "done" for one in content.readings)
        found.append(candidate(content, is_done=is_done))
        yield progress
    order: list[Id] = []
    for article in by_usefulness(found):
        order.append(article)
        if len(order) % _AT_ONCE == 0:
            yield Progress(len(order), len(found), "Ordering")
    return tuple(order)


def _by_copies(project: Project) -> Job[tuple[Id, ...]]:
    """Put near copies behind the first of them, and such families before articles that have none."""
    known = Known(project)
    families: dict[Id, list[Id]] = {}
    first: dict[Id, Id] = {}
    for content, progress in _contents(project):
        article = content.article
        earlier = known.add(article.id, article.text)
        first[article.id] = article.id if earlier is None else first[earlier]
        families.setdefault(first[article.id], []).append(article.id)
        yield progress
    several = sorted(families.values(), key=lambda one: len(one) == 1)
    return tuple(article for family in several for article in family)


def _contents(project: Project) -> Iterator[tuple[ArticleContent, Progress]]:
    """Yield every article, each read on its own: between two of them others may write."""
    ids = project.article_ids()
    for at, article in enumerate(ids):
        try:
            yield project.content(article), Progress(at, len(ids), "Ordering")
        except KeyError:  # it was removed meanwhile
            continue
