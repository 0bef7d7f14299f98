"""Where an actor or a claim card is used, as the panels list it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.model.ids import Id
from annotator.model.records import Article
from annotator.ui.panels.words import excerpt, label_title

if TYPE_CHECKING:
    from annotator.services.project import Project

MOST = 200


@dataclass(frozen=True, slots=True)
class Use:
    """One place: a span or frame of an article, in words."""

    article: Id
    record: Id
    start: int
    text: str
    title: str


@dataclass(frozen=True, slots=True)
class Uses:
    """The first places, and how many there are."""

    of: Id
    places: tuple[Use, ...] = ()
    count: int = 0


def uses_of(project: Project, record: Id) -> Uses:
    """Return the spans and frames that point to an actor or a claim card."""
    spans = [*project.spans_with(actor=record), *project.spans_with(claim_card=record)]
    frames = list(project.frames_with_end([record]))
    articles: dict[Id, Article] = {}
    places: list[Use] = []
    for span in spans[:MOST]:
        article = _article(project, span.article, articles)
        text = excerpt(article.text, span.fragments)
        places.append(Use(span.article, span.id, span.start, text, article.title or article.name))
    for frame in frames[: MOST - len(places)]:
        article = _article(project, frame.article, articles)
        text = label_title(project.scheme, frame.label)
        places.append(Use(frame.article, frame.id, 0, text, article.title or article.name))
    return Uses(record, tuple(places), len(spans) + len(frames))


def _article(project: Project, article: Id, known: dict[Id, Article]) -> Article:
    if article not in known:
        known[article] = project.content(article).article
    return known[article]
