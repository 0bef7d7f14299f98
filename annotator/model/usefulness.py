"""Which article to label next: where suggestions are unsure and speakers are new, and no near-copy."""

from __future__ import annotations

import heapq
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zlib import crc32

from annotator.model.actor_words import plain_key
from annotator.model.ids import Id
from annotator.model.records import ArticleContent, SuggestedFrame, SuggestedSpan

_WORDS = 5
_KEPT = 16
"""Runs of words of which one in so many is kept to know copies by."""
_ENOUGH_DOUBTS, _ENOUGH_SPEAKERS = 20, 8
"""Unsure suggestions and new speakers beyond which more say little."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of an article: how unsure its suggestions are, who speaks, and of what words it is."""

    article: Id
    doubt: float
    """Sum over open suggestions: 1 for a score of one half, 0 for 0 or 1."""
    speakers: frozenset[str]
    runs: frozenset[int]
    is_done: bool = False


def candidate(content: ArticleContent, *, is_done: bool) -> Candidate:
    """Return what is known of an article."""
    suggested: tuple[SuggestedSpan | SuggestedFrame, ...] = (
        *content.suggested_spans,
        *content.suggested_frames,
    )
    doubt = sum(1 - abs(2 * one.score - 1) for one in suggested if one.state == "open")
    names = {one.attributes.get("actor", "") for one in content.suggested_spans}
    known = {one.id: one.name for one in content.actors}
    names |= {known.get(one.actor, "") for one in content.spans if one.actor is not None}
    speakers = frozenset(plain_key(name) for name in names if name)
    return Candidate(content.article.id, doubt, speakers, runs_of(content.article.text), is_done)


def runs_of(text: str) -> frozenset[int]:
    """Return some of the runs of words of a text, always the same ones, as numbers."""
    words = _WORD.findall(text.lower())
    hashes = (
        crc32(" ".join(words[at : at + _WORDS]).encode()) for at in range(max(0, len(words) - _WORDS + 1))
    )
    return frozenset(one for one in hashes if one % _KEPT == 0)


def by_usefulness(candidates: Iterable[Candidate]) -> Iterator[Id]:
    """Yield the articles, the most useful first; done ones come last.

    Each article counts what those before it, and those that are done, leave new: near-copies sink.
    """
    every = list(candidates)
    seen = _Seen()
    for one in every:
        if one.is_done:
            seen.add(one)
    # What is new only shrinks: an article whose value still leads after a second look is the next one.
    waiting = [(-seen.value(one), at) for at, one in enumerate(every) if not one.is_done]
    heapq.heapify(waiting)
    while waiting:
        _, at = heapq.heappop(waiting)
        value = seen.value(every[at])
        if waiting and -waiting[0][0] > value:
            heapq.heappush(waiting, (-value, at))
            continue
        yield every[at].article
        seen.add(every[at])
    yield from (one.article for one in every if one.is_done)


class _Seen:
    """Speakers and runs of words of the articles so far."""

    def __init__(self) -> None:
        self._speakers: set[str] = set()
        self._runs: set[int] = set()

    def add(self, one: Candidate) -> None:
        self._speakers |= one.speakers
        self._runs |= one.runs

    def value(self, one: Candidate) -> float:
        """Return how much there is to learn from an article, 0 to 2."""
        new = len(one.speakers - self._speakers)
        copied = len(one.runs & self._runs) / len(one.runs) if one.runs else 0.0
        return (_saturated(one.doubt, _ENOUGH_DOUBTS) + _saturated(new, _ENOUGH_SPEAKERS)) * (1 - copied)


def _saturated(amount: float, enough: float) -> float:
    return 1 - math.exp(-amount / enough)
