"""How likely a suggestion is right, learned by logistic regression from what a person took and refused."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from annotator.model.learning import Decision, Lesson, Pieces
from annotator.model.suggesting import Proposals, ProposedFrame
from annotator.nlp.learning.pairing import plain

FEWEST = 30
"""Decisions below which nothing is learned from them."""
MOST = 4_000
"""Decisions that are learned from at most, the latest ones."""
_ROUNDS, _STEP, _HOLD = 30, 0.3, 0.002
_CLOSE = 1e-6
_MARKS = ("“", '"', "‘", "«", "„")
Features = list[str]
Weights = Mapping[str, float]
Case = tuple[Features, float, bool]
"""What is known of a suggestion, its own score, and whether it was right."""


def case(text: str, one: Decision) -> Case:
    """Return a decision as it is learned from."""
    return features(text, one.label, one.roles, one.score, one.reason), one.score, one.is_right


def features(
    text: str, label: str, roles: Iterable[tuple[str, Pieces]], score: float, reason: str
) -> Features:
    """Return what may tell whether a suggested frame is right."""
    found = ["", f"label {label}", f"score {round(score * 10)}", f"why {plain(reason)}"]
    for role, pieces in roles:
        words = " ".join(text[start:end] for start, end in pieces).lower()
        count = len(words.split())
        found += [f"has {role}", f"pieces {role} {min(3, len(pieces))}", f"long {role} {_size(count)}"]
        if count <= 3:
            found.append(f"is {role} {words}")
        found.append(f"marks {role} {words.startswith(_MARKS)}")
    return found


def _size(count: int) -> int:
    return min(6, int(math.log2(count + 1)))


def learn(cases: Sequence[Case]) -> Weights:
    """Return weights: logistic regression by AdaGrad, the same for the same cases."""
    weights: dict[str, float] = {}
    spent: dict[str, float] = {}
    for _ in range(_ROUNDS):
        for known, _, is_right in cases:
            slope = _chance(weights, known) - is_right
            for name in known:
                step = slope + _HOLD * weights.get(name, 0.0)
                spent[name] = spent.get(name, _CLOSE) + step * step
                weights[name] = weights.get(name, 0.0) - _STEP * step / math.sqrt(spent[name])
    return {name: round(weight, 4) for name, weight in weights.items() if abs(weight) > 0.01}


def _chance(weights: Weights, known: Features) -> float:
    total = max(-30.0, min(30.0, sum(weights.get(name, 0.0) for name in known)))
    return 1 / (1 + math.exp(-total))


def loss(cases: Iterable[Case], weights: Weights | None = None) -> float:
    """Return the mean log loss of weights, or of the suggestions' own scores."""
    losses = []
    for known, score, is_right in cases:
        chance = score if weights is None else _chance(weights, known)
        chance = min(1 - 0.01, max(0.01, chance))
        losses.append(-math.log(chance if is_right else 1 - chance))
    return sum(losses) / len(losses) if losses else math.inf


def learn_ranking(lessons: Sequence[Lesson]) -> tuple[Weights, int]:
    """Return weights and the number of decisions; no weights where the own scores do better.

    Compared on every fifth article that has decisions.
    """
    each = [
        [case(one.input.text, decision) for decision in one.decisions] for one in lessons if one.decisions
    ]
    unseen = [one for cases in each[::5] for one in cases]
    known = [one for number, cases in enumerate(each) if number % 5 for one in cases][-MOST:]
    count = len(known) + len(unseen)
    is_enough = count >= FEWEST and len({right for _, _, right in known}) == 2
    if not is_enough or loss(unseen, learn(known)) >= loss(unseen):
        return {}, count
    return learn([*known, *unseen][-MOST:]), count


def ranked(text: str, proposals: Proposals, weights: Weights) -> Proposals:
    """Return proposals whose frames have the scores that were learned."""

    def _again(frame: ProposedFrame) -> ProposedFrame:
        roles = [(role, proposals.spans[number].fragments) for role, number in frame.roles]
        known = features(text, frame.label, roles, frame.score, frame.reason)
        return replace(frame, score=round(_chance(weights, known), 3))

    return replace(proposals, frames=tuple(map(_again, proposals.frames)))
