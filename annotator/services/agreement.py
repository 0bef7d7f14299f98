"""How far annotators agree who labelled the same articles: F1 of each pair, by label, also of articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from annotator.exchange.jsonl.record_out import distinct_names
from annotator.model.agreed import worked_on
from annotator.model.article_filter import ArticleFilter
from annotator.model.differing import Difference, differences
from annotator.model.errors import UserError
from annotator.model.ids import Id
from annotator.model.job import Job, Progress
from annotator.model.records import ArticleContent
from annotator.model.scoring import Scores, Whole, Words, frame_scores, label_scores, span_scores
from annotator.services.evaluating import frames_of, spans_of
from annotator.services.project import Project

Pair = tuple[str, str]
_MINUTE = 60_000_000
_SLICE = 4
"""Articles that are compared without giving way to a person's operations."""


class Agreement:
    """Compares annotators article by article."""

    def __init__(self, names: Mapping[Id, str]) -> None:
        """`names` has the annotators who are compared: adjudicators, who know what others said, are not."""
        self.names = names
        self.articles = 0
        """Articles that two annotators or more labelled, or said to be done."""
        self.pairs: Counter[Pair] = Counter()
        """How many articles two annotators have in common, by their names."""
        self.came: Counter[int] = Counter()
        """How many of the articles came in together, by when: the minute that it was then."""
        self.between: defaultdict[Pair, dict[str, Scores]] = defaultdict(dict)
        """Of each pair, by label: F1 is the same whichever of two is held against the other."""

    def add(self, content: ArticleContent) -> None:
        """Compare what annotators made in one article."""
        works = _works(content, self.names)
        if len(works) < 2:
            return
        self.articles += 1
        self.came[content.article.created // _MINUTE * _MINUTE] += 1
        words = Words(content.article.text)
        for one, other in combinations(works, 2):
            self.pairs[one, other] += 1
            _add(self.between[one, other], _compared(works[one], works[other], words))

    @property
    def scores(self) -> dict[str, Scores]:
        """By label, of all pairs together."""
        found: dict[str, Scores] = {}
        for one in self.between.values():
            _add(found, one)
        return found


def _add(found: dict[str, Scores], more: Mapping[str, Scores]) -> None:
    for label, scores in more.items():
        found[label] = found.get(label, Scores()) + scores


def comparison_of(project: Project) -> Agreement:
    """Return what compares the annotators of a project, without those who decide between them."""
    deciders = project.people.adjudicators()
    names = distinct_names({one.id: one for one in project.annotators()})
    return Agreement({by: name for by, name in names.items() if by not in deciders})


def agreement_job(project: Project, since: int = 0) -> Job[Agreement]:
    """Compare the annotators of a project in all articles that came in at a time or later."""
    found, total = comparison_of(project), len(project.article_ids())
    for number, content in enumerate(project.contents(), 1):
        if content.article.created >= since:
            found.add(content)
        if number % _SLICE == 0:
            yield Progress(number, total)
    return found


@dataclass(frozen=True, slots=True)
class Differing:
    """A difference of two annotators, with its article."""

    article: Id
    name: str
    title: str
    what: Difference


def differing_job(project: Project, pair: Pair, since: int = 0) -> Job[tuple[Differing, ...]]:
    """Return where two annotators differ, by their names, in all articles that both worked on.

    Articles that came in before a time are left out.  Raises UserError where one of the two is no longer
    among those who are compared.
    """
    names = {name: by for by, name in comparison_of(project).names.items()}
    gone = next((name for name in pair if name not in names), None)
    if gone is not None:
        raise UserError("{name} is compared with nobody: adjudicators are not.", name=gone)
    one, other = (names[name] for name in pair)
    common = (yield from _worked_by(project, one)) & (yield from _worked_by(project, other))
    ids = [article for article in project.article_ids() if article in common]
    found: list[Differing] = []
    for number, content in enumerate(project.contents(articles=ids), 1):
        article = content.article
        if article.created < since:
            continue
        title = article.title or article.name
        found += (
            Differing(article.id, article.name, title, each) for each in differences(content, one, other)
        )
        if number % _SLICE == 0:
            yield Progress(number, len(ids))
    return tuple(found)


def _worked_by(project: Project, by: Id) -> Job[set[Id]]:
    """Return the articles in which an annotator marked something, or which they said to be done."""
    made = ArticleFilter(whose=by)
    while project.read_on(made):
        yield Progress(0, 0)
    done = ArticleFilter(whose=by, reading="done")
    return {*project.article_ids(where=made), *project.article_ids(where=done)}


def _works(content: ArticleContent, names: Mapping[Id, str]) -> dict[str, ArticleContent]:
    """Return the work of each annotator who marked something, or said that the article is done."""
    return {
        names[by]: replace(
            content,
            spans=[one for one in content.spans if one.annotator == by],
            frames=[one for one in content.frames if one.annotator == by],
            labels=tuple(one for one in content.labels if one.annotator == by),
        )
        for by in sorted(worked_on(content) & names.keys(), key=lambda by: (names[by], by))
    }


def _compared(one: ArticleContent, other: ArticleContent, words: Words) -> dict[str, Scores]:
    spans, frames = (spans_of(one), spans_of(other)), (frames_of(one), frames_of(other))
    found = {
        label: span_scores(spans[0].get(label, ()), spans[1].get(label, ()), words)
        for label in {*spans[0], *spans[1]}
    }
    found |= {
        label: frame_scores(frames[0].get(label, ()), frames[1].get(label, ()), words)
        for label in {*frames[0], *frames[1]}
    }
    labels = _labels_of(one), _labels_of(other)
    return found | {
        label: label_scores(labels[0].get(label, ()), labels[1].get(label, ()))
        for label in {*labels[0], *labels[1]}
    }


def _labels_of(content: ArticleContent) -> dict[str, set[Whole]]:
    """Return the labels of an article by their names, each with all its values."""
    found: defaultdict[str, set[Whole]] = defaultdict(set)
    for one in content.labels:
        values = "\n".join(sorted(f"{name}={value}" for name, value in one.attributes.items()))
        found[one.label].add(Whole(one.label, values, frozenset()))
    return found
