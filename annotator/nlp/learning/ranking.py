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
from annotator.nlp.learning.judging import features, is_inner, learn_beside

FEWEST = 30
"""Suggestions of a label that people judged, below which nothing is learned from them."""
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
            yield Case(label, features(text, proposals, frame), frame.score, verdict)


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


def surer(ranking: Ranking, tested: Sequence[tuple[Ranking, Sequence[Case]]]) -> tuple[Sureness, ...]:
    """Return how much better weights tell it than the own scores, for each label where they do.

    `tested` are weights that were learned without some cases, and these.
    """
    told: list[Sureness] = []
    for label in ranking:
        own, learned = list[_Likely](), list[_Likely]()
        for weights, held_out in tested:
            mine = [one for one in held_out if one.label == label]
            own += ((one, one.score) for one in mine)
            learned += ((one, chance(weights.get(label, {}), one.known)) for one in mine)
        is_enough = len(own) >= FEWEST and len({one.is_right for one, _ in own}) == 2
        if is_enough and loss(learned) < loss(own):
            told.append(Sureness(label, len(own), *_sure(own), *_sure(learned)))
    return tuple(told)


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
        return replace(frame, score=round(chance(weights, features(text, proposals, frame)), 3))

    return replace(proposals, frames=tuple(map(_again, proposals.frames)))
