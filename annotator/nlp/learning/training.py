"""From labelled articles to a model, and how it does beside the rules on articles that it has not seen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from annotator.model.errors import UserError
from annotator.model.job import Job, Progress
from annotator.model.learning import Learned, Lesson
from annotator.model.suggesting import Proposals, Suggester
from annotator.nlp.learning import edges, judging
from annotator.nlp.learning.bettering import Known
from annotator.nlp.learning.choosing import Choice, Weights
from annotator.nlp.learning.comparing import HeldOut, compare
from annotator.nlp.learning.improving import Frames, see
from annotator.nlp.learning.ranking import learn_ranking
from annotator.nlp.learning.tagger import Rows, Tagger, train
from annotator.nlp.learning.words import Line, features, lines, outermost, tags

FOLDS = 4
"""One article in so many is held out, each in its turn."""
MOST_WORDS = 400_000
"""Words that are learned from at most; more would take longer than one waits for."""
MOST_EDGES = 15_000
"""Edges that are learned from at most: more tell little, and each is held with all its candidates."""


@dataclass(frozen=True, slots=True)
class Read:
    """One article, read: its paragraphs, what the rules propose, and what there is to learn from that."""

    lesson: Lesson
    proposals: Proposals
    lines: tuple[Line, ...]
    labelled: tuple[Line, ...]
    examples: tuple[tuple[Rows, list[str]], ...]
    edges: tuple[tuple[str, Choice], ...]
    frames: tuple[Choice, ...]

    @property
    def words(self) -> int:
        """How many words are labelled."""
        return sum(len(one.words) for one in self.labelled)


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned: the bytes of the tagger, and weights."""

    tagger: bytes
    edges: edges.Edges
    judging: Weights


def learn(
    lessons: Sequence[Lesson], rules: Suggester, labels: Sequence[str], frames: Frames
) -> Job[tuple[Learned, bytes]]:
    """Compare the rules with models on articles they have not seen, then train one on all; raises UserError.

    The name of the rules is left to the caller.
    """
    steps = len(lessons) + FOLDS + 1
    found: list[Read] = []
    count = 0
    for number, lesson in enumerate(lessons):
        yield Progress(number, steps, "reading")
        found.append(read(lesson, rules, labels, frames, most_edges=MOST_EDGES - count))
        count += len(found[-1].edges)
    found = _limited(one for one in found if one.examples)
    if len(found) < 2:
        raise UserError("There is too little to learn from: label paragraphs in two articles or more.")
    tested: list[HeldOut] = []
    for number, out in enumerate(folds([one.lesson.name for one in found])):
        yield Progress(len(lessons) + number, steps, "comparing")
        model = trained(one for one in found if one.lesson.name not in out)
        tested += _tested(model, (one for one in found if one.lesson.name in out), labels, frames)
    verdict = compare(tested, labels)
    yield Progress(steps - 1, steps, "learning")
    model = trained(found)
    ranking, decisions = learn_ranking(lessons)
    paragraphs = sum(len(one.examples) for one in found)
    use = verdict.use
    learned = Learned(
        tuple(labels), frames, "", verdict.comparisons, len(found), paragraphs, lessons_hash(lessons),
        ranking, decisions, use.moves, use.adds, use.least, model.edges if use.moves else {},
        model.judging if use.least else {},
    )  # fmt: skip
    return learned, model.tagger


def lessons_hash(lessons: Iterable[Lesson]) -> str:
    """Return what tells whether there is anything new to learn from."""
    whole = hashlib.sha256()
    for one in lessons:
        whole.update(
            repr((one.name, one.marked, one.known, one.decisions)).encode("utf-8", "surrogateescape")
        )
    return whole.hexdigest()


def read(
    lesson: Lesson, rules: Suggester, labels: Sequence[str], frames: Frames, most_edges: int = MOST_EDGES
) -> Read:
    """Let the rules look at an article, and say what its labelled paragraphs teach."""
    (proposals,) = rules.suggest(iter([lesson.input]))
    text, said, every = lesson.input.text, outermost(proposals), tuple(lines(lesson.input.text))
    marked = [one for one in lesson.marked if one[0] in labels]
    labelled = tuple(
        line
        for line in every
        if any(one[0] < line.bounds[1] and line.bounds[0] < one[1] for one in lesson.known)
    )
    examples = tuple((features(line, said, labels), tags(line, marked, labels)) for line in labelled)
    return Read(
        lesson, proposals, every, labelled, examples,
        tuple(islice(edges.choices(labelled, proposals, marked), most_edges)),
        tuple(judging.choices(text, proposals, marked, frames, labelled)),
    )  # fmt: skip


def folds(names: Iterable[str]) -> list[frozenset[str]]:
    """Return quarters of the articles, each held out in its turn; by their names, always the same."""
    ranked = sorted(names, key=lambda name: hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest())
    return [frozenset(ranked[start::FOLDS]) for start in range(min(FOLDS, len(ranked)))]


def trained(found: Iterable[Read]) -> Model:
    """Return a model of articles."""
    known = list(found)
    return Model(
        train(example for one in known for example in one.examples),
        edges.learn_edges(choice for one in known for choice in one.edges),
        judging.learn_judging([choice for one in known for choice in one.frames]),
    )


def _tested(model: Model, unseen: Iterable[Read], labels: Sequence[str], frames: Frames) -> Iterator[HeldOut]:
    tagger = Tagger(model.tagger)
    for one in unseen:
        seen = see(tagger, labels, one.lines, one.proposals)
        known = Known(
            one.lesson.input.text, one.lines, one.proposals, seen, model.edges, model.judging, frames
        )
        yield HeldOut(one.lesson.marked, one.labelled, known)


def _limited(found: Iterable[Read]) -> list[Read]:
    """Return as many articles as have the most words, at least two."""
    kept, words = list[Read](), 0
    for one in found:
        words += one.words
        if words <= MOST_WORDS or len(kept) < 2:
            kept.append(one)
    return kept
