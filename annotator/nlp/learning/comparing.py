"""How the rules and what was learned do on articles that were held out, and what of it is to be used."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from annotator.model.learning import Bounds, Comparison, Marked, Pieces, Score
from annotator.model.suggesting import Proposals
from annotator.nlp.learning.bettering import Known, Use, bettered
from annotator.nlp.learning.judging import BESIDE, RIGHT, TRIES
from annotator.nlp.learning.words import Line

WORTH = 2.0
"""Points, of all labels and both ways of counting together, below which a gain is taken for chance."""
FREE = 6.0
"""The same for what is learned without regard to the rules' own scores: it is for another guideline."""
GIVEN = 0.1
"""The share of a gain that one way of counting may lose for it."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """An article that was held out: what people marked in which paragraphs, and what a model says."""

    marked: Sequence[Marked]
    labelled: Sequence[Line]
    known: Known
    """Without what the tagger sees, unless adding is tried."""
    rules: Proposals
    """What the rules propose without any learned cue."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What of a model is to be used, and how that does beside the rules."""

    use: Use
    comparisons: tuple[Comparison, ...]

    @property
    def gain(self) -> float:
        """Points that it is better by, of all labels and both ways of counting together."""
        return self.overlap + self.strict

    @property
    def overlap(self) -> float:
        """Points that it is better by where sharing a word counts, of all labels together."""
        return sum(one.learned_overlap - one.rules_overlap for one in self.comparisons)

    @property
    def strict(self) -> float:
        """Points that it is better by where only the exact words count."""
        return sum(one.learned_strict - one.rules_strict for one in self.comparisons)


def compare(tested: Sequence[HeldOut], labels: Sequence[str]) -> Verdict:
    """Return what wins against the rules: tried one after another, each beside what has won so far.

    Adding is not tried: see `adding`.
    """
    verdict = _judge(tested, labels)
    best = _best(verdict(Use()), [verdict(Use(outermost=True))], WORTH)
    # What hardly departs from the rules need not win by much.
    best = _best(best, [verdict(replace(best.use, least=RIGHT, judge=BESIDE))], 0.0)
    for judge in range(BESIDE if tested else 0):
        tried = [verdict(replace(best.use, least=least, judge=judge)) for least in TRIES]
        best = _best(best, tried, FREE)
    for label in labels:
        best = _best(best, [verdict(replace(best.use, moves=(*best.use.moves, label)))], WORTH)
    return best


def adding(tested: Sequence[HeldOut], labels: Sequence[str], use: Use) -> Verdict:
    """Return what wins: what is used so far, or that and what the tagger sees."""
    verdict = _judge(tested, labels)
    return _best(verdict(use), [verdict(replace(use, adds=True))], WORTH)


def _judge(tested: Sequence[HeldOut], labels: Sequence[str]) -> Callable[[Use], Verdict]:
    rules = Tally()
    for one in tested:
        rules.count(one.marked, one.labelled, one.rules)
    return lambda use: Verdict(use, _compared(rules, _tally(tested, use), labels))


def _best(best: Verdict, tried: Iterable[Verdict], worth: float) -> Verdict:
    return max((one for one in tried if _is_better(one, best, worth)), key=lambda one: one.gain, default=best)


def _is_better(one: Verdict, other: Verdict, worth: float) -> bool:
    """Tell whether it wins by more points than these, and hardly loses in either way of counting."""
    overlap, strict = one.overlap - other.overlap, one.strict - other.strict
    return overlap + strict > worth and min(overlap, strict) >= -GIVEN * (overlap + strict)


def _tally(tested: Sequence[HeldOut], use: Use) -> Tally:
    found = Tally()
    for one in tested:
        found.count(one.marked, one.labelled, bettered(one.known, use))
    return found


def _compared(rules: Tally, learned: Tally, labels: Sequence[str]) -> tuple[Comparison, ...]:
    return tuple(
        Comparison(label, *rules.f1(label), *learned.f1(label), rules.told(label), learned.told(label))
        for label in labels
        if rules.has(label)
    )


class Tally:
    """Counts what was found, by label: sharing a word, and to the letter."""

    def __init__(self) -> None:
        self._overlap: dict[str, Score] = {}
        self._strict: dict[str, Score] = {}
        self._told: dict[str, Score] = {}

    def count(self, marked: Sequence[Marked], labelled: Sequence[Line], proposals: Proposals) -> None:
        """Compare proposals with what people marked, in the paragraphs that are labelled."""
        known = [line.bounds for line in labelled]
        made = [(one.label, one.fragments) for one in proposals.spans if _touches(one.fragments, known)]
        for label in {name for name, _ in (*made, *marked)}:
            sides = [
                list(dict.fromkeys(pieces for name, pieces in side if name == label))
                for side in (made, marked)
            ]
            shared, same = _shared(labelled, *sides), len(set(sides[0]) & set(sides[1]))
            pairs, right, found = _pairs(shared), len({a for a, _ in shared}), len({b for _, b in shared})
            counts = (self._overlap, pairs, pairs), (self._strict, same, same), (self._told, right, found)
            for scores, good, seen in counts:
                score = Score(good, len(sides[0]), seen, len(sides[1]))
                scores[label] = scores.get(label, Score()) + score

    def copy(self) -> Tally:
        """Return one that counted the same."""
        found = Tally()
        found.add(self)
        return found

    def add(self, other: Tally, times: int = 1) -> None:
        """Count what another one counted as well, or take it out again."""
        sides = (
            (self._overlap, other._overlap),
            (self._strict, other._strict),
            (self._told, other._told),
        )
        for mine, theirs in sides:
            for label, score in theirs.items():
                mine[label] = mine.get(label, Score()) + score * times

    def gains(self, other: Tally) -> list[float]:
        """Return by how much it was better than another one: label by label, in both ways of counting."""
        sides = ((self._overlap, other._overlap), (self._strict, other._strict))
        return [
            one.f1 - theirs.get(label, Score()).f1 for mine, theirs in sides for label, one in mine.items()
        ]

    def has(self, label: str) -> bool:
        """Tell whether people marked anything with a label."""
        return self._overlap.get(label, Score()).wanted > 0

    def f1(self, label: str) -> tuple[float, float]:
        """Return how good it was in percent: sharing a word, and to the letter."""
        return self._overlap[label].f1, self._strict[label].f1

    def told(self, label: str) -> float:
        """Return how good it was by overlap as an evaluation counts it: each that shares a word with any."""
        return self._told[label].f1


def _touches(pieces: Pieces, known: Iterable[Bounds]) -> bool:
    return any(start < one[1] and one[0] < end for start, end in pieces for one in known)


def _shared(
    known: Sequence[Line], made: Sequence[Pieces], wanted: Sequence[Pieces]
) -> Counter[tuple[int, int]]:
    """Return how many words one of the first and one of the second share, by their numbers."""
    spoken = [one for line in known for one in line.spoken]
    starts, ends = [one[0] for one in spoken], [one[1] for one in spoken]

    def _words(pieces: Pieces) -> set[int]:
        return {
            number
            for start, end in pieces
            for number in range(bisect_right(ends, start), bisect_left(starts, end))
        }

    holding: dict[int, list[int]] = {}
    for number, one in enumerate(wanted):
        for word in _words(one):
            holding.setdefault(word, []).append(number)
    return Counter(
        (a, b) for a, one in enumerate(made) for word in _words(one) for b in holding.get(word, ())
    )


def _pairs(shared: Counter[tuple[int, int]]) -> int:
    """Return how many pair off, one to one, most words in common first."""
    first: set[int] = set()
    second: set[int] = set()
    for (a, b), _ in sorted(shared.items(), key=lambda one: (-one[1], one[0])):
        if a not in first and b not in second:
            first.add(a)
            second.add(b)
    return len(first)
