"""Finds articles that say nearly the same: most of their sentences stand in another one, word for word."""

from __future__ import annotations

import re
from collections import Counter

_SENTENCE = re.compile(r"(?<=[.!?]) +|\n")
_SHORTEST = 30
"""Characters of a sentence that is worth comparing; shorter ones are the same in many articles."""
_SHARE = 0.8


class NearCopies:
    """The sentences of the articles so far."""

    def __init__(self) -> None:
        self._first: dict[int, int] = {}
        """By sentence, as a hash: the first article that has it."""
        self._sizes: list[int] = []

    def add(self, text: str) -> tuple[int, float] | None:
        """Take in the next article; return which earlier one is nearly like it, and how much is shared.

        Shared is the part of the longer of the two that stands in both, above 0.8.
        """
        lines = {hash(one): len(one) for one in _SENTENCE.split(text) if len(one) >= _SHORTEST}
        shared: Counter[int] = Counter()
        for line, size in lines.items():
            other = self._first.setdefault(line, len(self._sizes))
            if other != len(self._sizes):
                shared[other] += size
        size = sum(lines.values())
        self._sizes.append(size)
        if not shared:
            return None
        ((other, common),) = shared.most_common(1)
        share = common / max(size, self._sizes[other], 1)
        return (other, share) if share > _SHARE else None
