"""Finds articles that say nearly the same, by winnowed runs of words (Schleimer, Wilkerson and Aiken 2003).

One measure answers two questions. An import asks which article is nearly another one: most of the longer of
the two. A dataset asks which share passages: a part of the shorter. Of 1,669 web articles on contested news,
runs of words find 45 that are nearly an earlier one; whole sentences, which an import once compared, found 17
of these and no other: they miss copies with other quotation marks, dashes or datelines.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterator, Sequence
from functools import lru_cache
from itertools import chain, groupby, pairwise

from annotator.model.folded_words import words_between

_words = words_between(r"\W")
_Pair = tuple[int, int]
_PHRASE = re.compile(r"\b\w++(?: \w++){4,9}")
PARTLY = 0.3
"""Share of the shorter text's runs from which on two texts share passages: versions, or near copies."""
_COMMON = 20
"""Articles from which on a run is a phrase that everybody uses (a notice, a byline), and tells little."""
_MAYBE = 0.5
"""The share of the wanted share, by the runs that stand for two texts, from which on all are compared."""
_AT_ONCE = 200
"""Pairs that are compared in one step."""
_HELD = 64
"""Articles whose runs are kept ready to be compared."""
_NEARLY = 0.8
"""Share of the longer text from which on an article is nearly the other one."""
_SKETCH = 16
"""Runs of an article by which others are found."""
_MET = 0.2
"""Share of these that two articles have in common when they are nearly the same: mostly it is over a half."""
_LENGTH = 12
"""Words of such a run: long enough that articles with the same phrases here and there have few in common."""
_LONG = (10, 9, 0)
"""Bytes of a word that opens such a run: where too few are as long, those with the next length follow."""
_FEW = 5
_PHRASES = 8
"""So many phrases of each of a few articles tell at once that a text has nothing of them."""
_PILES = 128
_PIECE, _SEEN = 20_000, 7
"""Words of a long text between two pauses, and how many beyond them tell which of their runs stand for it."""


def fingerprint(text: str) -> frozenset[int]:
    """Return the hashes of the runs of words that stand for a text, whatever its case and punctuation.

    Of runs of five words, the one with the smallest hash among four neighbours is kept: eight words that two
    texts share are always seen.
    """
    return _prints(_words(text))


def prints_in_steps(text: str) -> Generator[None, None, frozenset[int]]:
    """Return the fingerprint of a text that may be long, pausing now and then."""
    words = _words(text)
    found = _prints(words[: _PIECE + _SEEN])
    for at in range(_PIECE, len(words) - _SEEN, _PIECE):
        yield
        found |= _prints(words[at : at + _PIECE + _SEEN])
    return found


def _prints(words: Sequence[bytes]) -> frozenset[int]:
    return _chosen([*_fives(words)])


def _chosen(runs: Sequence[int]) -> frozenset[int]:
    """Return the runs that stand for a text, of all of its runs in their order."""
    if len(runs) < 4:
        return frozenset(runs[:1])
    # Comparing takes half the time of a call of `min`, and this is done for every word of an import.
    pairs = [one if one < other else other for one, other in pairwise(runs)]  # noqa: FURB136
    fours = zip(pairs, pairs[2:], strict=False)
    return frozenset({one if one < other else other for one, other in fours})  # noqa: FURB136


def _fives(words: Sequence[bytes]) -> Iterator[int]:
    """Return the hashes of all runs of five words."""
    fives = zip(words, words[1:], words[2:], words[3:], words[4:], strict=False)
    return map(zlib.crc32, map(b" ".join, fives))


def is_partly(one: frozenset[int], other: frozenset[int]) -> bool:
    """Tell by their fingerprints whether two texts share passages: a part of the shorter one."""
    least = min(len(one), len(other))
    return bool(least) and len(one & other) >= PARTLY * least


class NearCopies:
    """Articles, each with a number, and which of them another text is nearly the same as.

    They are found by a few long runs of each; only of those that are found are all runs made and compared.
    """

    def __init__(self, read: Callable[[int], str]) -> None:
        self._read = read
        """Gives the text of an article that was added."""
        self._count = 0
        self._prints: dict[int, array[int]] = {}
        self._holders: defaultdict[int, list[int]] = defaultdict(list)
        self._phrases: list[str] = []

    def __len__(self) -> int:
        return self._count

    def add(self, number: int, text: str) -> tuple[int, float] | None:
        """Take in the next article; return which earlier one is nearly like it, and how much is shared."""
        sketch = _sketch(text)
        found = _nearest(self._near(text, sketch))
        for run in sketch:
            if len(self._holders[run]) < _COMMON:
                self._holders[run].append(number)
        if self._count < _FEW:
            phrases = _PHRASE.findall(text)
            self._phrases += phrases[:: max(1, len(phrases) // _PHRASES)]
        self._count += 1
        return found

    def find(self, text: str) -> tuple[int, float] | None:
        """Return which article a text is nearly the same as, and the share of the longer that is in both."""
        return _nearest(self.find_every(text))

    def find_every(self, text: str) -> list[tuple[int, float]]:
        """Return all articles that a text is nearly the same as, each with that share."""
        is_few = 0 < self._count <= _FEW and self._phrases
        if is_few and not any(one in text for one in self._phrases):
            return []
        return self._near(text, _sketch(text))

    def _near(self, text: str, sketch: list[int]) -> list[tuple[int, float]]:
        held = Counter(chain.from_iterable([self._holders.get(run, ()) for run in sketch]))
        least = _MET * len(sketch)
        met = Counter({one: count for one, count in held.items() if count >= least})
        if not met:
            return []
        runs = fingerprint(text)
        shares = ((one, self._shared(runs, one)) for one, _ in met.most_common(_COMMON))
        return [(one, share) for one, share in shares if share > _NEARLY]

    def _shared(self, runs: frozenset[int], number: int) -> float:
        """Return the share of the longer's runs that a text has in common with an article."""
        if number not in self._prints:
            self._prints[number] = array("I", [*fingerprint(self._read(number))])
        other = self._prints[number]
        return len(runs.intersection(other)) / max(len(runs), len(other), 1)


def _nearest(found: Sequence[tuple[int, float]]) -> tuple[int, float] | None:
    """Return the one that shares most, of several the first."""
    return max(found, key=lambda one: (one[1], -one[0]), default=None)


def _sketch(text: str) -> list[int]:
    """Return the hashes of a few runs: the first in an order that is the same for all texts.

    Those that open with a long word come first, which spares the others of all but short texts.
    """
    words, found = _words(text), list[int]()
    long_ones = [at for at, word in enumerate(words) if len(word) >= _LONG[1]]
    for long in _LONG:
        places = [at for at in long_ones if len(words[at]) >= long] if long else range(len(words))
        found += sorted({zlib.crc32(b" ".join(words[at : at + _LENGTH])) for at in places}.difference(found))
        if len(found) >= _SKETCH:
            break
    return found[:_SKETCH]


class SharedRuns:
    """Articles by their runs of words: which pairs of them share passages, and exactly how much.

    They are found by the runs that stand for a text; of those that may be a pair, all runs are compared.
    """

    def __init__(self) -> None:
        self._sizes: list[int] = []
        self._piles = [array("Q") for _ in range(_PILES)]
        self._runs: list[array[int]] = []

    def add(self, text: str) -> None:
        """Take in the next article."""
        every = [*_fives(_words(text))]
        prints, number = _chosen(every), len(self._sizes)
        self._sizes.append(len(prints))
        self._runs.append(array("I", {*every}))
        for run in prints:
            self._piles[run % _PILES].append(run << 32 | number)

    def pairs(self, share: float = PARTLY) -> Generator[None, None, list[tuple[int, int, float]]]:
        """Return pairs of articles of which the shorter shares at least so much, and how much, in steps."""
        runs = lru_cache(_HELD)(lambda number: frozenset(self._runs[number]))
        few, many = yield from self._met()
        pairs = []
        for number, (one, other) in enumerate(sorted({*few, *many})):
            if number % _AT_ONCE == 0:
                yield
            own, common = few[one, other], many[one, other]
            maybe = _MAYBE * min(self._sizes[one], self._sizes[other])
            wanted = share if own >= maybe * share else max(share, _NEARLY)
            if max(own, common) < maybe * wanted:
                continue
            found = len(runs(one) & runs(other)) / min(len(runs(one)), len(runs(other)))
            if found >= wanted:
                pairs.append((one, other, found))
        return pairs

    def _met(self) -> Generator[None, None, tuple[Counter[_Pair], Counter[_Pair]]]:
        """Return in how many of the runs that stand for them two articles meet: in those of few, and of many.

        Of many articles with a run, those next to each other are enough: copies meet there in all of theirs.
        """
        few, many = Counter[_Pair](), Counter[_Pair]()
        for pile in self._piles:
            yield
            for _, same in groupby(sorted(pile), lambda one: one >> 32):
                some = [one & 0xFFFFFFFF for one in same]
                if len(some) > _COMMON:
                    many.update(pairwise(some))
                elif len(some) > 1:
                    few.update((one, other) for at, one in enumerate(some) for other in some[at + 1 :])
        return few, many
