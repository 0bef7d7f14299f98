"""Finds articles that share passages, by winnowed runs of words (Schleimer, Wilkerson and Aiken 2003)."""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from annotator.model.ids import Id

_WORD = re.compile(r"\w+")
_RUN = 5
"""Words of a run."""
_WINDOW = 4
"""Runs of which the one with the smallest hash is kept: 8 words that two articles share are always seen."""
_COMMON = 20
"""Articles from which on a run is a phrase that everybody uses (a notice, a byline), and tells nothing."""


def fingerprint(text: str) -> frozenset[int]:
    """Return the hashes of the runs of words that stand for a text, whatever its case and punctuation."""
    words = [word.encode() for word in _WORD.findall(text.casefold())]
    runs = [zlib.crc32(b" ".join(words[at : at + _RUN])) for at in range(len(words) - _RUN + 1)]
    return frozenset(_winnowed(runs))


def _winnowed(runs: Sequence[int]) -> Iterator[int]:
    if len(runs) <= _WINDOW:
        yield from runs[:1]
        return
    for at in range(len(runs) - _WINDOW + 1):
        yield min(runs[at : at + _WINDOW])


def near_copies(prints: Mapping[Id, Iterable[int]], share: float) -> Iterator[tuple[Id, Id, float]]:
    """Yield pairs of articles of which the shorter shares at least so much with the other, and how much."""
    holders: dict[int, list[Id]] = defaultdict(list)
    sizes: dict[Id, int] = {}
    for article, hashes in prints.items():
        distinct = set(hashes)
        sizes[article] = len(distinct)
        for run in distinct:
            holders[run].append(article)
    common: Counter[tuple[Id, Id]] = Counter()
    for some in holders.values():
        if 1 < len(some) <= _COMMON:
            common.update((one, other) for at, one in enumerate(some) for other in some[at + 1 :])
    for (one, other), count in common.items():
        found = count / min(sizes[one], sizes[other])
        if found >= share:
            yield one, other, found
