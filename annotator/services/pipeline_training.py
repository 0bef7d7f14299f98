"""Training a spaCy pipeline from a project's labels, in a separate process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.model.errors import UserError
from annotator.model.job import Job, Progress
from annotator.model.learning import lesson
from annotator.model.records import ArticleContent
from annotator.model.said import Said, say
from annotator.nlp.spacy_training import Taught
from annotator.services.apart import run_apart
from annotator.services.project import Project

PASSES = 20
"""Times that all examples are gone through, unless said otherwise."""
_TRAIN = "annotator.nlp.spacy_training:train_pipeline"
_SLICE = 20


@dataclass(frozen=True, slots=True)
class Trained:
    """A pipeline that was written."""

    out: Path
    components: tuple[str, ...]
    labels: dict[str, list[str]]
    scores: dict[str, float]
    """On every fifth article, which was not learned from; as spaCy names them."""
    articles: int


@dataclass(frozen=True, slots=True)
class Material:
    """What a pipeline can be trained with."""

    taught: tuple[Taught, ...]
    entities: tuple[str, ...]


def gather(project: Project) -> Job[Material]:
    """Return what a project has to train a pipeline with."""
    spans = {one.name: one.name for one in project.scheme.of("span")}
    entities = tuple(one.name for one in project.scheme.of("span", "entity"))
    found: list[Taught] = []
    ids = project.article_ids()
    for number, one in enumerate(ids, 1):
        content = project.content(one)
        taught = Taught(lesson(content, spans), tuple(_categories(content)))
        if taught.lesson.known or taught.categories:
            found.append(taught)
        if number % _SLICE == 0:
            yield Progress(number, len(ids))
    return Material(tuple(found), entities)


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
