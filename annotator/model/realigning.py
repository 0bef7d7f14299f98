"""Finds a stretch of one version of a text in another version, where that can be told without a guess."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Generator, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from annotator.model.records import Fragment

_WIDTHS = (16, 32, 64, 128)
"""Characters beside a stretch that tell which of several places is meant."""
_PIECE = 50_000
"""Characters of a text between two pauses."""
_SHORTEST = 3
"""Characters that may stand for themselves; fewer need those beside them."""
_TOKEN = re.compile(r"\w+|[^\w\s]")
_FORMS = str.maketrans("‘’‛`´“”„«»–—−", "'" * 5 + '"' * 5 + "-" * 3)
_RUN = 5
"""Words and marks in a row that are the same in both texts."""


def words_of(text: str) -> str:
    """Return a text without its blanks."""
    return "".join(text.split())


class Respaced:
    """Finds stretches of one text in another that has the same words, and other blanks between them."""

    def __init__(self) -> None:
        self._before = [0]
        """How many characters that are no blanks stand before each place."""
        self._places: list[int] = []

    @classmethod
    def of(cls, old: str, new: str) -> Generator[None, None, Respaced]:
        """Return what finds stretches of these texts, pausing now and then where they are long."""
        made = cls()
        for at in range(0, max(len(old), len(new)), _PIECE):
            if at:
                yield
            here = slice(at, at + _PIECE)
            last = made._before.pop()
            made._before += accumulate((not one.isspace() for one in old[here]), initial=last)
            made._places += [place for place, one in enumerate(new[here], at) if not one.isspace()]
        return made

    def find(self, fragments: Sequence[Fragment]) -> tuple[Fragment, ...] | None:
        """Return where the same words stand; None where a fragment has none."""
        pairs = [(self._before[start], self._before[end]) for start, end in fragments]
        if any(first == last for first, last in pairs):
            return None
        return tuple(Fragment(self._places[first], self._places[last - 1] + 1) for first, last in pairs)


def realigned(fragments: Sequence[Fragment], old: str, new: str) -> tuple[Fragment, ...] | None:
    """Return where the same words stand in `new`; None where they are gone, or it may be one of several."""
    found: list[Fragment] = []
    for start, end in fragments:
        at = _place(old, new, start, end)
        if at is None or (found and at < found[-1].end):
            return None
        found.append(Fragment(at, at + end - start))
    return tuple(found)


def _place(old: str, new: str, start: int, end: int) -> int | None:
    for before, after in _beside(start, end, len(old)):
        sought = old[start - before : end + after]
        at = new.find(sought)
        if at >= 0 and new.find(sought, at + 1) < 0:
            return at + before
    return None


def _beside(start: int, end: int, size: int) -> Iterator[tuple[int, int]]:
    """Yield how much to look at on both sides: nothing, then more and more, also on one side alone."""
    if end - start >= _SHORTEST:
        yield 0, 0
    for width in _WIDTHS:
        before, after = min(width, start), min(width, size - end)
        yield from ((before, after), (before, 0), (0, after))


class Reprinted:
    """Finds stretches of a text in another article that says nearly the same, where the words stayed.

    Capitals, blanks and forms of quotation marks and dashes may differ; the words stand in a run that is the
    same in both, so that one "said" is not taken for another.
    """

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = ([*_TOKEN.finditer(one)] for one in (old, new))
        self._starts = [one.start() for one in self._old]
        self._now: dict[int, int] = {}
        """Which token of the new text each of the old one is."""
        matcher = SequenceMatcher(None, _folded(self._old), _folded(self._new))
        for at, there, size in matcher.get_matching_blocks():
            if size >= _RUN:
                self._now.update(zip(range(at, at + size), range(there, there + size), strict=True))

    def find(self, fragments: Sequence[Fragment]) -> tuple[Fragment, ...] | None:
        """Return where the same words stand; None where they are others, or have others between them."""
        found = [self._one(*one) for one in fragments]
        return None if None in found else tuple(one for one in found if one is not None)

    def _one(self, start: int, end: int) -> Fragment | None:
        first, last = bisect_right(self._starts, start) - 1, bisect_left(self._starts, end) - 1
        now = [self._now.get(at) for at in range(max(first, 0), last + 1)]
        if not now or now[0] is None or now != [*range(now[0], now[0] + len(now))]:
            return None
        opening, closing = self._new[now[0]], self._new[now[0] + len(now) - 1]
        there = min(opening.start() + max(start - self._old[first].start(), 0), opening.end())
        until = max(closing.end() - max(self._old[last].end() - end, 0), closing.start())
        return Fragment(there, until) if there < until else None


def _folded(tokens: Sequence[re.Match[str]]) -> list[str]:
    return [one.group().translate(_FORMS).casefold() for one in tokens]
