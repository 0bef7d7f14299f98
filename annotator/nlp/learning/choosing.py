"""Learns to choose: weights of features by which one of several candidates is the likeliest (log-linear)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Features = Sequence[str]
Weights = Mapping[str, float]
_ROUNDS = 60
_STEP = 0.25
_CLOSE = 1e-6
_SMALL = 0.01
_LARGEST = 30.0
FEWEST = 2
"""Choices in which a feature has to occur."""
_STAY = 15.0
"""How strongly weights that are known before are drawn towards what they were."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Candidates as their features, and how much of the choice each of them deserves; sums to one."""

    candidates: tuple[Features, ...]
    deserved: tuple[float, ...]


def yes_or_no(features: Features, share: float) -> Choice:
    """Return the choice between something and nothing."""
    return Choice((features, ()), (share, 1 - share))


def learn(choices: Iterable[Choice], hold: float, start: Weights | None = None) -> dict[str, float]:
    """Return weights, the same for the same choices; `hold` draws them towards nothing.

    Those of `start` are drawn towards what they are there, and stay so where nothing tells.
    """
    known, start = list(choices), start or {}
    counts: Counter[str] = Counter()
    for one in known:
        counts.update(set().union(*one.candidates))
    names = {name: number for number, name in enumerate(one for one in counts if counts[one] >= FEWEST)}
    if not names:
        return dict(start)
    before = [start.get(name, 0.0) for name in names]
    held = [_STAY if name in start else hold for name in names]
    found = _descend(_arrays(known, names), before, held)
    learned = {name: round(float(found[at]), 4) for name, at in names.items()}
    return {**start, **{name: one for name, one in learned.items() if name in start or abs(one) > _SMALL}}


def _arrays(choices: Sequence[Choice], names: Mapping[str, int]) -> tuple[Any, Any, Any, Any]:
    """Return the candidate and the name of each feature, where each choice begins, and what is deserved."""
    import numpy  # noqa: PLC0415 - needed in learning alone, and slow to load

    rows: list[int] = []
    columns: list[int] = []
    starts: list[int] = []
    deserved: list[float] = []
    for one in choices:
        starts.append(len(deserved))
        for features in one.candidates:
            found = [names[name] for name in features if name in names]
            columns += found
            rows += [len(deserved)] * len(found)
            deserved.append(one.deserved[len(deserved) - starts[-1]])
    return tuple(map(numpy.array, (rows, columns, starts, deserved)))  # type: ignore[return-value]


def _descend(arrays: tuple[Any, Any, Any, Any], before: Sequence[float], held: Sequence[float]) -> Any:
    """Go down the slope of the loss, in each direction the slower the steeper it was (AdaGrad)."""
    import numpy  # noqa: PLC0415 - as above

    rows, columns, starts, deserved = arrays
    count, first, hold = len(before), numpy.array(before), numpy.array(held)
    weights, spent = first.copy(), numpy.full(count, _CLOSE)
    sizes = numpy.diff(numpy.append(starts, len(deserved)))
    for _ in range(_ROUNDS):
        totals = numpy.bincount(rows, weights[columns], len(deserved))
        raised = numpy.exp(totals - numpy.repeat(numpy.maximum.reduceat(totals, starts), sizes))
        chances = raised / numpy.repeat(numpy.add.reduceat(raised, starts), sizes)
        slope = numpy.bincount(columns, (chances - deserved)[rows], count) + hold * (weights - first)
        spent += slope * slope
        weights -= _STEP * slope / numpy.sqrt(spent)
    return weights


def chances(weights: Weights, candidates: Iterable[Features]) -> list[float]:
    """Return how likely each candidate is the one to choose."""
    totals = [sum(weights.get(name, 0.0) for name in one) for one in candidates]
    raised = [math.exp(one - max(totals)) for one in totals]
    return [one / sum(raised) for one in raised]


def chance(weights: Weights, features: Features) -> float:
    """Return how likely something is, rather than nothing."""
    total = sum(weights.get(name, 0.0) for name in features)
    return 1 / (1 + math.exp(-max(-_LARGEST, min(_LARGEST, total))))
