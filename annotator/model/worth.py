"""How much a sentence is worth checking: what it states in numbers, names and causes, less what it hedges.

A help to find one's way, never a label: the order of articles and claims, and a thin mark in the margin.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from annotator.model.tokens import sentence_bounds, without_final_stop
from annotator.model.word_lists import read_sections

MARKED = 0.6
"""The least score of a sentence that gets a mark."""
_SHARE, _MOST = 0.25, 12
"""Of an article's sentences so many are marked at most: a share, and a number."""
_BEST = 5
"""Sentences that an article is judged by."""
_READ = ("body", "headline", "subhead", "transcript_turn")
_SHORT = 6
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_MONEY = re.compile(r"[$€£¥]\s?\d|\d\s?%")
_YEAR = re.compile(
    r"\b(?:1[89]|20)\d\d\b|\b(?:January|February|March|April|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|last (?:year|month|week))\b"
)
_PAST = re.compile(r"[a-z]{2,}(?:ed|ied)")
_HIGHER = re.compile(r"[a-z]{3,}(?:est)")
_NOT_PAST = frozenset(("need", "indeed", "speed", "feed", "seed", "hundred", "united", "sacred"))
_NOT_HIGHEST = frozenset(
    ("interest", "request", "protest", "test", "guest", "forest", "harvest", "west", "best")
)


class Worth(NamedTuple):
    """How much a stretch is worth checking, 0 to 1, and why, in words for a person."""

    score: float
    reason: str


class Sentence(NamedTuple):
    """A sentence of a text (code points) with its worth."""

    start: int
    end: int
    worth: Worth


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    """Return what each word tells: the sections of the list that it is in."""
    found: dict[str, dict[str, None]] = {}
    for section, lines in read_sections("worth").items():
        for word in " ".join(lines).split():
            found.setdefault(word, {})[section] = None
    return {word: tuple(sections) for word, sections in found.items()}


def worth(sentence: str) -> Worth:
    """Return how much a sentence is worth checking."""
    tokens = _WORD.findall(sentence)
    held = _held(tokens)
    names, figures, past, compared = _names(tokens), held["NUMBER"], held["PAST"], held["COMPARING"]
    pros = (
        ("numbers", 1.1 * min(figures, 2)),
        ("a sum or share", 0.7 * bool(_MONEY.search(sentence))),
        ("a date", 0.5 * bool(_YEAR.search(sentence))),
        ("names", 0.35 * min(names, 3)),
        ("a comparison", 0.5 * min(compared, 2)),
        ("a cause", 0.5 * bool(held["CAUSE"])),
        ("something past", 0.45 * bool(past)),
    )
    cons = 0.6 * min(held["HEDGE"], 2) + 0.4 * bool(held["FUTURE"]) + 0.7 * bool(held["PERSONAL"])
    cons += 1.8 * sentence.rstrip("\"'”’ )").endswith("?") + 1.2 * (len(tokens) < _SHORT)
    reason = ", ".join(name for name, weight in pros if weight)
    score = 1 / (1 + math.exp(-(sum(weight for _, weight in pros) - cons - _MIDDLE)))
    return Worth(round(score, 3) if reason else 0.0, reason)


def _held(tokens: Sequence[str]) -> Counter[str]:
    """Count what the words tell, by sections of the list, with numbers and forms in -ed and -est."""
    known = _words()
    held: Counter[str] = Counter()
    for token in tokens:
        word = token.lower().replace("’", "'")
        for section in known.get(word, ()):
            held[section] += 1
        if token[0].isdecimal():
            held["NUMBER"] += 1
        if word.endswith("ed") and word not in _NOT_PAST and _PAST.fullmatch(word):
            held["PAST"] += 1
        elif word.endswith("est") and word not in _NOT_HIGHEST and _HIGHER.fullmatch(word):
            held["COMPARING"] += 1
    return held


_MIDDLE = 2.0
"""What speaks for a sentence that is neither worth checking nor not."""


def sentences(text: str, blocks: Iterable[tuple[int, int, str]] = ()) -> list[Sentence]:
    """Return the sentences of a text with their worth; of its blocks (start, end, kind) those that state."""
    stretches = [(start, end) for start, end, kind in blocks if kind in _READ] or _paragraphs(text)
    found: list[Sentence] = []
    for start, end in stretches:
        part = text[start:end]
        for bounds in sentence_bounds(part):
            low, high = without_final_stop(part, bounds)
            if low < high:
                found.append(Sentence(start + low, start + high, worth(part[bounds[0] : bounds[1]])))
    return found


def marked(found: Sequence[Sentence]) -> list[Sentence]:
    """Return the few sentences of an article that get a mark, in text order."""
    count = min(_MOST, math.ceil(len(found) * _SHARE))
    best = sorted((one for one in found if one.worth.score >= MARKED), key=lambda one: -one.worth.score)
    return sorted(best[:count])


def article_worth(text: str, blocks: Iterable[tuple[int, int, str]] = ()) -> float:
    """Return how much an article is worth checking: the mean of its best sentences."""
    best = sorted((one.worth.score for one in sentences(text, blocks)), reverse=True)[:_BEST]
    return sum(best) / _BEST


def _names(tokens: Sequence[str]) -> int:
    """Return how many names there are: runs of capitals but the first word."""
    count, before = 0, True
    for token in tokens[1:]:
        capital = token[0].isupper() and token not in ("I", "I'm", "I’m")
        count += capital and not before
        before = capital
    return count


def _paragraphs(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^\n]+", text)]
