"""From labelled articles to a model, and how it does beside the rules on articles that it has not seen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.model.errors import UserError
from annotator.model.job import Job, Progress
from annotator.model.learning import Bounds, Comparison, Learned, Lesson, Pieces, Score
from annotator.model.suggesting import Proposals, Suggester
from annotator.nlp.learning.improving import Frames, Seen, improve, see
from annotator.nlp.learning.ranking import learn_ranking
from annotator.nlp.learning.tagger import Rows, Tagger, train
from annotator.nlp.learning.words import Line, features, lines, outermost, tags

FOLDS = 5
"""One article in so many is held out, each in its turn."""
MOST_WORDS = 400_000
"""Words that are learned from at most; more would take longer than one waits for."""


@dataclass(frozen=True, slots=True)
class Read:
    """One article, read: its labelled paragraphs as rows and tags, and what the rules propose for it."""

    lesson: Lesson
    proposals: Proposals
    lines: tuple[Line, ...]
    examples: tuple[tuple[Rows, list[str]], ...]


def learn(
    lessons: Sequence[Lesson], rules: Suggester, labels: Sequence[str], frames: Frames
) -> Job[tuple[Learned, bytes]]:
    """Compare the rules with models on articles they have not seen, then train one on all; raises UserError.

    The name of the rules is left to the caller.
    """
    steps = len(lessons) + FOLDS + 1
    found: list[Read] = []
    for number, lesson in enumerate(lessons):
        yield Progress(number, steps, "reading")
        found.append(read(lesson, rules, labels))
    found = [one for one in found if one.examples]
    if len(found) < 2:
        raise UserError("There is too little to learn from: label paragraphs in two articles or more.")
    tested: list[Tested] = []
    for number, out in enumerate(folds([one.lesson.name for one in found])):
        yield Progress(len(lessons) + number, steps, "comparing")
        tagger = Tagger(train(_examples(one for one in found if one.lesson.name not in out)))
        unseen = [one for one in found if one.lesson.name in out]
        tested += ((one, see(tagger, labels, one.lesson.input.text, one.proposals)) for one in unseen)
    verdict = compare(tested, labels, frames)
    yield Progress(steps - 1, steps, "learning")
    model = train(_examples(found))
    ranking, decisions = learn_ranking(lessons)
    paragraphs = sum(len(one.examples) for one in found)
    known = lessons_hash(lessons)
    learned = Learned(
        tuple(labels), frames, "", verdict.comparisons, len(found), paragraphs, known, ranking, decisions,
        verdict.moves, verdict.adds,
    )  # fmt: skip
    return learned, model


def lessons_hash(lessons: Iterable[Lesson]) -> str:
    """Return what tells whether there is anything new to learn from."""
    whole = hashlib.sha256()
    for one in lessons:
        whole.update(
            repr((one.name, one.marked, one.known, one.decisions)).encode("utf-8", "surrogateescape")
        )
    return whole.hexdigest()


def read(lesson: Lesson, rules: Suggester, labels: Sequence[str]) -> Read:
    """Let the rules look at an article, and tag its labelled paragraphs."""
    (proposals,) = rules.suggest(iter([lesson.input]))
    said = outermost(proposals)
    known = tuple(
        line
        for line in lines(lesson.input.text)
        if any(one[0] < line.bounds[1] and line.bounds[0] < one[1] for one in lesson.known)
    )
    examples = tuple((features(line, said, labels), tags(line, lesson.marked, labels)) for line in known)
    return Read(lesson, proposals, known, examples)


def folds(names: Iterable[str]) -> list[frozenset[str]]:
    """Return fifths of the articles, each held out in its turn; by their names, always the same."""
    ranked = sorted(names, key=lambda name: hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest())
    return [frozenset(ranked[start::FOLDS]) for start in range(min(FOLDS, len(ranked)))]


def _examples(found: Iterable[Read]) -> Iterator[tuple[Rows, list[str]]]:
    words = 0
    for one in found:
        for rows, tagged in one.examples:
            words += len(tagged)
            if words <= MOST_WORDS:
                yield rows, tagged


Tested = tuple[Read, list[Seen]]
"""An article, and what a model that has not learned from it sees there."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What of a model is to be used, and how that does beside the rules."""

    comparisons: tuple[Comparison, ...]
    moves: tuple[str, ...]
    adds: bool


def compare(tested: Sequence[Tested], labels: Sequence[str], frames: Frames) -> Verdict:
    """Return what wins against the rules: adding what they do not see, and moving the edges of each label."""
    rules = Tally()
    for one, _ in tested:
        rules.count(one, one.proposals)
    best = Verdict(_compared(rules, rules, labels), (), adds=False)
    tries: list[tuple[tuple[str, ...], bool]] = [((), True), *(((label,), False) for label in labels)]
    for more, adds in tries:
        moves, adding = (*best.moves, *more), best.adds or adds
        learned = Tally()
        for one, seen in tested:
            text, new = one.lesson.input.text, frames if adding else {}
            learned.count(one, improve(text, one.proposals, seen, moves=moves, frames=new))
        found = Verdict(_compared(rules, learned, labels), moves, adding)
        if _gain(found) > _gain(best):
            best = found
    return best


def _gain(verdict: Verdict) -> float:
    return sum(one.gain for one in verdict.comparisons)


def _compared(rules: Tally, learned: Tally, labels: Sequence[str]) -> tuple[Comparison, ...]:
    return tuple(
        Comparison(label, *rules.f1(label), *learned.f1(label)) for label in labels if rules.has(label)
    )


class Tally:
    """Counts what was found, by label: sharing a word, and to the letter."""

    def __init__(self) -> None:
        self._overlap: dict[str, Score] = {}
        self._strict: dict[str, Score] = {}

    def count(self, article: Read, proposals: Proposals) -> None:
        """Compare proposals with what people marked, in the paragraphs that are labelled."""
        known = [line.bounds for line in article.lines]
        made = [(one.label, one.fragments) for one in proposals.spans if _touches(one.fragments, known)]
        for label in {name for name, _ in (*made, *article.lesson.marked)}:
            sides = [
                list(dict.fromkeys(pieces for name, pieces in side if name == label))
                for side in (made, article.lesson.marked)
            ]
            pairs, same = _pairs(article.lines, *sides), len(set(sides[0]) & set(sides[1]))
            for scores, right in ((self._overlap, pairs), (self._strict, same)):
                scores[label] = scores.get(label, Score()) + Score(right, len(sides[0]), len(sides[1]))

    def has(self, label: str) -> bool:
        """Tell whether people marked anything with a label."""
        return self._overlap.get(label, Score()).wanted > 0

    def f1(self, label: str) -> tuple[float, float]:
        """Return how good it was in percent: sharing a word, and to the letter."""
        return self._overlap[label].f1, self._strict[label].f1


def _touches(pieces: Pieces, known: Iterable[Bounds]) -> bool:
    return any(start < one[1] and one[0] < end for start, end in pieces for one in known)


def _pairs(known: Sequence[Line], made: Sequence[Pieces], wanted: Sequence[Pieces]) -> int:
    """Return how many of both share a word, one to one, most words in common first."""
    words = [[_words(known, one) for one in side] for side in (made, wanted)]
    shared = [
        (-len(one & other), a, b)
        for a, one in enumerate(words[0])
        for b, other in enumerate(words[1])
        if one & other
    ]
    first: set[int] = set()
    second: set[int] = set()
    for _, a, b in sorted(shared):
        if a not in first and b not in second:
            first.add(a)
            second.add(b)
    return len(first)


def _words(known: Sequence[Line], pieces: Pieces) -> frozenset[Bounds]:
    return frozenset(
        line.words[number]
        for line in known
        for start, end in pieces
        for number in line.numbers(start, end)
        if line.text[number][0].isalnum()
    )
