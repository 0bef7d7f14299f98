"""How well proposals agree with what an annotator marked: precision, recall and F1, strict and overlap.

A span is right strictly when label and fragments are the same, and by overlap when the label is the same
and both share at least one word.  A frame is right strictly when label, value and the words in every role
are the same, and by overlap when label and value are the same, both fill the same roles with words, and in
each of them at least one word is shared.  The same twice counts once.  By overlap several proposals may be
right for one mark, and one proposal for several.  Roles filled by actors, frames or articles do not count.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from annotator.model.records import Fragment

Pieces = tuple[Fragment, ...]
T = TypeVar("T", bound=Hashable)
_WORD = re.compile(r"\w+")
NOT_COMPARED = "Nothing to compare yet: no two annotators labelled, or marked as done, one article."
NO_ADJUDICATORS = "Adjudicators are left out: they know what the others said."


@dataclass(frozen=True, slots=True)
class Mark:
    """A span without who made it."""

    label: str
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Whole:
    """A frame without who made it: its value, and the words of each role that words fill."""

    label: str
    value: str
    roles: frozenset[tuple[str, frozenset[Pieces]]]


@dataclass(frozen=True, slots=True)
class Score:
    """How many were proposed, how many of them are right; how many are wanted, how many of them found."""

    proposed: int = 0
    right: int = 0
    wanted: int = 0
    found: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.proposed + other.proposed,
            self.right + other.right,
            self.wanted + other.wanted,
            self.found + other.found,
        )

    @property
    def precision(self) -> float:
        """The share of the proposed ones that is right; 0 where nothing was proposed."""
        return self.right / self.proposed if self.proposed else 0.0

    @property
    def recall(self) -> float:
        """The share of the wanted ones that was found; 0 where nothing is wanted."""
        return self.found / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def told(self) -> tuple[float | None, float | None, float | None]:
        """Precision, recall and F1 as people are told them: None for what there is nothing to take it of.

        Where nothing is wanted, as with a label that nobody used, all three are.
        """
        if not self.wanted:
            return None, None, None
        return self.precision if self.proposed else None, self.recall, self.f1


@dataclass(frozen=True, slots=True)
class Scores:
    """Both ways to count."""

    strict: Score = Score()
    overlap: Score = Score()

    def __add__(self, other: Scores) -> Scores:
        return Scores(self.strict + other.strict, self.overlap + other.overlap)


class Words:
    """The words of a text, and which of them some stretches touch."""

    def __init__(self, text: str) -> None:
        found = [one.span() for one in _WORD.finditer(text)]
        self._starts = [start for start, _ in found]
        self._ends = [end for _, end in found]

    def of(self, pieces: Iterable[Fragment]) -> frozenset[int]:
        """Return the numbers of the words that stretches touch; where there is none, numbers of their places.

        So a colon that stands for a cue is shared by what holds the same colon.
        """
        places = tuple(pieces)
        words = {
            at
            for start, end in places
            for at in range(bisect_right(self._ends, start), bisect_left(self._starts, end))
        }
        return frozenset(words or {-1 - at for start, end in places for at in range(start, end)})


def span_scores(proposed: Collection[Mark], wanted: Collection[Mark], words: Words) -> Scores:
    """Return how well spans of one label agree."""
    touched = {one: words.of(one.pieces) for one in {*proposed, *wanted}}
    return _scores(proposed, wanted, lambda one, other: bool(touched[one] & touched[other]))


def frame_scores(proposed: Collection[Whole], wanted: Collection[Whole], words: Words) -> Scores:
    """Return how well frames of one label agree."""
    return _scores(proposed, wanted, lambda one, other: _overlap(one, other, words))


def label_scores(proposed: Collection[Whole], wanted: Collection[Whole]) -> Scores:
    """Return how well labels of one article agree: strictly with the same values, else with any."""
    return _scores(proposed, wanted, lambda *_: True)


def _overlap(one: Whole, other: Whole, words: Words) -> bool:
    mine, theirs = dict(one.roles), dict(other.roles)
    if one.value != other.value or mine.keys() != theirs.keys() or not mine:
        return False
    return all(_touched(spans, words) & _touched(theirs[role], words) for role, spans in mine.items())


def _touched(spans: Iterable[Pieces], words: Words) -> frozenset[int]:
    return frozenset(number for pieces in spans for number in words.of(pieces))


def _scores(proposed: Collection[T], wanted: Collection[T], is_like: Callable[[T, T], bool]) -> Scores:
    ours, theirs = dict.fromkeys(proposed), dict.fromkeys(wanted)
    same = len(ours.keys() & theirs.keys())
    right = sum(one in theirs or any(is_like(one, other) for other in theirs) for one in ours)
    found = sum(one in ours or any(is_like(other, one) for other in ours) for one in theirs)
    strict = Score(len(ours), same, len(theirs), same)
    return Scores(strict, Score(len(ours), right, len(theirs), found))


def whole(label: str, value: str, roles: Iterable[tuple[str, Sequence[Fragment]]]) -> Whole:
    """Return a frame from pairs of a role and the words of one span in it."""
    found: dict[str, set[Pieces]] = {}
    for role, pieces in roles:
        found.setdefault(role, set()).add(tuple(Fragment(*one) for one in pieces))
    return Whole(label, value, frozenset((role, frozenset(spans)) for role, spans in found.items()))
