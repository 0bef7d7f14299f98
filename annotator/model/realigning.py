"""Finds a stretch of one version of a text in another version, where that can be told without a guess."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from itertools import accumulate

from annotator.model.records import Fragment

_WIDTHS = (16, 32, 64, 128)
"""Characters beside a stretch that tell which of several places is meant."""
_PIECE = 50_000
"""Characters of a text between two pauses."""
_SHORTEST = 3
"""Characters that may stand for themselves; fewer need those beside them."""


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
