"""Training a spaCy pipeline from a project's labels, in a separate process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from annotator.model.agreed import made_by, who_counts
from annotator.model.errors import UserError
from annotator.model.ids import Id
from annotator.model.job import Job, Progress, paused
from annotator.model.learning import lesson
from annotator.model.near_copies import SharedRuns
from annotator.model.records import ArticleContent
from annotator.model.said import Said, say
from annotator.model.splitting import Part, Splittable, near_copy_keys, split
from annotator.nlp.spacy_training import Taught
from annotator.services.apart import run_apart
from annotator.services.project import Project

PASSES = 20
"""Times that all examples are gone through, unless said otherwise."""
_TRAIN = "annotator.nlp.spacy_training:train_pipeline"
_SLICE = 20
_HELD_OUT = 0.2
_FEWEST = 5
"""Articles from which on some are kept to measure with."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A pipeline that was written."""

    out: Path
    components: tuple[str, ...]
    labels: dict[str, list[str]]
    scores: dict[str, float]
    """On a fifth of the articles, which was not learned from; as spaCy names them."""
    articles: int


@dataclass(frozen=True, slots=True)
class Material:
    """What a pipeline can be trained with."""

    taught: tuple[Taught, ...]
    entities: tuple[str, ...]


def gather(project: Project) -> Job[Material]:
    """Return what a project has to train a pipeline with, of the work that counts."""
    spans = {one.name: one.name for one in project.scheme.of("span")}
    entities = tuple(one.name for one in project.scheme.of("span", "entity"))
    deciders = project.people.adjudicators()
    found: list[Taught] = []
    articles: list[Id] = []
    runs = SharedRuns()
    ids = project.article_ids()
    for number, one in enumerate(ids, 1):
        whole = project.content(one)
        content = made_by(whole, who_counts(whole, deciders, project.annotator.id))
        taught = Taught(lesson(content, spans), tuple(_categories(content)))
        if taught.lesson.known or taught.categories:
            found.append(taught)
            articles.append(one)
            runs.add(content.article.text)
        if number % _SLICE == 0:
            yield Progress(number, len(ids))
    pairs = yield from paused(runs.pairs(), Progress(len(ids), len(ids)))
    held = _held(articles, found, [(articles[one], articles[other]) for one, other, _ in pairs])
    taught_all = (replace(one, is_held=own in held) for own, one in zip(articles, found, strict=True))
    return Material(tuple(taught_all), entities)


def _held(articles: Sequence[Id], taught: Sequence[Taught], pairs: Sequence[tuple[Id, Id]]) -> set[Id]:
    """Return which are kept to measure with: a fifth, none of them a near copy of one that is not."""
    if len(articles) < _FEWEST:
        return set()
    copies = near_copy_keys(pairs)
    found = [
        Splittable(own, Counter([*(label for label, _ in one.lesson.marked), *one.categories]), keys)
        for own, one in zip(articles, taught, strict=True)
        for keys in [frozenset(copies.get(own, ()))]
    ]
    parts = (Part("learned", 1 - _HELD_OUT), Part("held", _HELD_OUT))
    dealt = split(found, parts, seed=1, together=("near copy",)).parts
    return {*dealt["held"]} if dealt["learned"] else set()


def _categories(content: ArticleContent) -> Iterator[str]:
    """Yield the labels of an article, each with its values."""
    for one in content.labels:
        yield "|".join([one.label, *(f"{name}={value}" for name, value in sorted(one.attributes.items()))])


def train(material: Material, out: Path, passes: int = PASSES) -> Job[Trained]:
    """Train a pipeline and write it to a new folder; cancelled, it leaves nothing there."""
    if len(material.taught) < 2:
        raise UserError("There is too little to train a pipeline with: label two articles or more.")
    place = out.expanduser().resolve()
    found: dict[str, Any] = yield from run_apart(
        _TRAIN, material.taught, material.entities, str(place), passes
    )
    return Trained(place, tuple(found["components"]), found["labels"], found["scores"], found["articles"])


def sentence(trained: Trained) -> Said:
    """Return what a person wants to know of a pipeline that was trained."""
    components, out = ", ".join(trained.components), trained.out
    written = say("A spaCy pipeline ({components}) was written to {out}", components=components, out=out)
    if not trained.scores:
        return say("{written}; it is not measured: too little is labelled to hold some out.", written=written)
    scores = ", ".join(f"{name} {value:.2f}" for name, value in trained.scores.items())
    return say("{written}; on articles held out: {scores}.", written=written, scores=scores)
