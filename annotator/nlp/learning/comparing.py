"""How the rules and what was learned do on articles that were held out, and what of it is to be used."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from annotator.model.learning import Bounds, Comparison, Marked, Pieces, Score
from annotator.model.suggesting import Proposals
from annotator.nlp.learning.bettering import Known, Use, bettered
from annotator.nlp.learning.judging import TRIES
from annotator.nlp.learning.words import Line

WORTH = 2.0
"""Points, of all labels and both ways of counting together, below which a gain is taken for chance."""
GIVEN = 0.1
"""The share of a gain that one way of counting may lose for it."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """An article that was held out: what people marked in which paragraphs, and what a model says."""

    marked: Sequence[Marked]
    labelled: Sequence[Line]
    known: Known
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
    """Return what wins against the rules: tried one after another, each beside what has won so far."""
    rules = Tally()
    for one in tested:
        rules.count(one.marked, one.labelled, one.rules)

    def _verdict(use: Use) -> Verdict:
        return Verdict(use, _compared(rules, _tally(tested, use), labels))

    best = _verdict(Use())
    best = _best(best, [_verdict(Use(least=least)) for least in TRIES])
    for label in labels:
        best = _best(best, [_verdict(replace(best.use, moves=(*best.use.moves, label)))])
    return _best(best, [_verdict(replace(best.use, adds=True))])


def _best(best: Verdict, tried: Iterable[Verdict]) -> Verdict:
    return max((one for one in tried if _is_better(one, best)), key=lambda one: one.gain, default=best)


def _is_better(one: Verdict, other: Verdict) -> bool:
    """Tell whether it wins by more than chance, and hardly loses in either way of counting."""
    overlap, strict = one.overlap - other.overlap, one.strict - other.strict
    return overlap + strict > WORTH and min(overlap, strict) >= -GIVEN * (overlap + strict)


def _tally(tested: Sequence[HeldOut], use: Use) -> Tally:
    found = Tally()
    for one in tested:
        found.count(one.marked, one.labelled, bettered(one.known, use))
    return found


def _compared(rules: Tally, learned: Tally, labels: Sequence[str]) -> tuple[Comparison, ...]:
    return tuple(
        Comparison(label, *rules.f1(label), *learned.f1(label)) for label in labels if rules.has(label)
    )


class Tally:
    """Counts what was found, by label: sharing a word, and to the letter."""

    def __init__(self) -> None:
        self._overlap: dict[str, Score] = {}
        self._strict: dict[str, Score] = {}

    def count(self, marked: Sequence[Marked], labelled: Sequence[Line], proposals: Proposals) -> None:
        """Compare proposals with what people marked, in the paragraphs that are labelled."""
        known = [line.bounds for line in labelled]
        made = [(one.label, one.fragments) for one in proposals.spans if _touches(one.fragments, known)]
        for label in {name for name, _ in (*made, *marked)}:
            sides = [
                list(dict.fromkeys(pieces for name, pieces in side if name == label))
                for side in (made, marked)
            ]
            pairs, same = _pairs(labelled, *sides), len(set(sides[0]) & set(sides[1]))
            for scores, right in ((self._overlap, pairs), (self._strict, same)):
                scores[label] = scores.get(label, Score()) + Score(right, len(sides[0]), len(sides[1]))

    def copy(self) -> Tally:
        """Return one that counted the same."""
        found = Tally()
        found.add(self)
        return found

    def add(self, other: Tally, times: int = 1) -> None:
        """Count what another one counted as well, or take it out again."""
        for mine, theirs in ((self._overlap, other._overlap), (self._strict, other._strict)):
            for label, score in theirs.items():
                mine[label] = mine.get(label, Score()) + score * times

    def total(self) -> float:
        """Return how good all labels were, both ways of counting together."""
        return sum(one.f1 for side in (self._overlap, self._strict) for one in side.values())

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
    found = set[Bounds]()
    for start, end in pieces:
        at = bisect_right(known, start, key=lambda one: one.bounds[1])
        while at < len(known) and known[at].bounds[0] < end:
            line = known[at]
            found.update(line.words[n] for n in line.numbers(start, end) if line.text[n][0].isalnum())
            at += 1
    return frozenset(found)
