"""How sure to be of a suggestion: learned from what people marked, took and refused, beside its own score."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.model.learning import Decision, Pieces, Sureness
from annotator.model.steps import SURE
from annotator.model.suggesting import Proposals, ProposedFrame
from annotator.nlp.learning.choosing import Features, Weights, chance
from annotator.nlp.learning.judging import Told, features, is_inner, known, learn_beside

FEWEST = 30
"""Suggestions of a label that people judged, below which nothing is learned from them."""
HELD = 0.91
"""Share of what is shown as sure that has to be right on articles held out."""
_CHANCE = math.sqrt(HELD * (1 - HELD))
"""By how much that share of one suggestion departs from it by chance; of many, by the root of how many."""
_CERTAIN = 0.99
Ranking = Mapping[str, Weights]
"""Weights per label of frames; those that are learned from marks all stand under the first one."""


@dataclass(frozen=True, slots=True)
class Case:
    """A frame that the rules propose, and whether people have it."""

    label: str
    known: Features
    score: float
    is_right: bool


_Likely = tuple[Case, float]
"""A case, and how likely it was held to be right."""


def group(label: str, frames: Collection[str]) -> str:
    """Return under which label a frame of this label is learned."""
    return next(iter(frames)) if label in frames else label


def cases(
    text: str,
    proposals: Proposals,
    decisions: Sequence[Decision],
    shares: Mapping[int, float],
    frames: Collection[str],
    *,
    told: Told,
) -> Iterator[Case]:
    """Yield the frames on which people decided, and those of which is known how much of them is marked."""
    decided: dict[tuple[str, str, Pieces], list[int]] = {}
    for at, one in enumerate(decisions):
        for role, pieces in one.roles:
            decided.setdefault((one.label, role, pieces), []).append(at)
    for number, frame in enumerate(proposals.frames):
        verdict = _decision(proposals, frame, decided, decisions)
        if verdict is None and number in shares:
            verdict = shares[number] > 0
        if verdict is not None:
            label = group(frame.label, frames)
            yield Case(label, known(text, proposals, number, told), frame.score, verdict)


def _decision(
    proposals: Proposals,
    frame: ProposedFrame,
    decided: Mapping[tuple[str, str, Pieces], Sequence[int]],
    decisions: Sequence[Decision],
) -> bool | None:
    """Return whether a frame was taken or refused; one part may have been another one then."""
    parts = [(frame.label, role, proposals.spans[number].fragments) for role, number in frame.roles]
    for at, count in Counter(at for part in parts for at in decided.get(part, ())).most_common(1):
        if count >= len(parts) - 1:
            return decisions[at].is_right
    return None


def learn_ranking(found: Sequence[Case]) -> Ranking:
    """Return weights that tell whether frames are right."""
    return {
        label: learn_beside((one.known, one.is_right) for one in found if one.label == label)
        for label in dict.fromkeys(one.label for one in found)
    }


def surer(
    ranking: Ranking, tested: Sequence[tuple[Ranking, Sequence[Case]]]
) -> tuple[Ranking, tuple[Sureness, ...]]:
    """Return the weights of the labels where they tell it better than the own scores, and how much better.

    `tested` are weights that were learned without some cases, and these.
    """
    better, told = dict[str, Weights](), list[Sureness]()
    for label, weights in ranking.items():
        parts = [
            (rest.get(label, {}), [one for one in held_out if one.label == label])
            for rest, held_out in tested
        ]
        own = [(one, one.score) for _, mine in parts for one in mine]
        if len(own) < FEWEST or len({one.is_right for one, _ in own}) < 2:
            continue
        less = too_sure(_likely(parts, 0.0))
        learned = _likely(parts, less)
        if loss(learned) < loss(own):
            better[label] = _lowered(weights, less)
            told.append(Sureness(label, len(own), *_sure(own), *_sure(learned)))
    return better, tuple(told)


def _likely(parts: Iterable[tuple[Weights, Sequence[Case]]], less: float) -> list[_Likely]:
    lowered = ((_lowered(rest, less), mine) for rest, mine in parts)
    return [(one, _score(weights, one.known)) for weights, mine in lowered for one in mine]


def _score(weights: Weights, told: Features) -> float:
    return round(chance(weights, told), 3)


def _lowered(weights: Weights, less: float) -> Weights:
    """Return weights that are less sure of everything; every case has the feature without a name."""
    return {**weights, "": weights.get("", 0.0) - less}


def too_sure(tested: Iterable[_Likely]) -> float:
    """Return by how much to lower the weights, so that enough of what is shown as sure is right."""
    # Of those that are as likely the right ones go first: they may not hold up what goes with them.
    sure = sorted(((likely, not one.is_right) for one, likely in tested if likely >= SURE), reverse=True)
    right, least = sum(not is_wrong for _, is_wrong in sure), SURE
    while right < HELD * len(sure) + _CHANCE * math.sqrt(len(sure)):
        right -= not sure.pop()[1]
        least = sure[-1][0] if sure else _CERTAIN
    return math.log(least / (1 - least)) - math.log(SURE / (1 - SURE))


def loss(tested: Iterable[_Likely]) -> float:
    """Return the log loss of how likely cases were held to be right."""
    lost = 0.0
    for one, likely in tested:
        likely = min(_CERTAIN, max(1 - _CERTAIN, likely))
        lost -= math.log(likely if one.is_right else 1 - likely)
    return lost


def _sure(tested: Iterable[_Likely]) -> tuple[int, int]:
    """Return how many are shown as sure, and how many of them are right."""
    sure = [one.is_right for one, likely in tested if likely >= SURE]
    return len(sure), sum(sure)


def ranked(text: str, proposals: Proposals, ranking: Ranking, frames: Collection[str]) -> Proposals:
    """Return proposals with the scores that were learned; what lies inside others keeps its own."""

    def _again(frame: ProposedFrame) -> ProposedFrame:
        weights = ranking.get(group(frame.label, frames))
        if weights is None or (frame.label in frames and is_inner(frame)):
            return frame
        return replace(frame, score=_score(weights, features(text, proposals, frame)))

    return replace(proposals, frames=tuple(map(_again, proposals.frames)))
