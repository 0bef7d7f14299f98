"""Finds a stretch of one version of a text in another version, where that can be told without a guess."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.model.records import Fragment

_WIDTHS = (16, 32, 64, 128)
"""Characters beside a stretch that tell which of several places is meant."""
_SHORTEST = 3
"""Characters that may stand for themselves; fewer need those beside them."""


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
