"""Finds words that somebody quoted from a text, exactly, else with blanks and quotation marks folded."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_MARKS = str.maketrans("“”„‟«»‘’‚‛′″‐‑‒–—―", '""""""\'\'\'\'\'"------')
_AFAR = 60
"""Characters before a place that are compared with what was quoted as standing there."""


@dataclass(frozen=True)
class Source:
    """The text that is quoted from."""

    text: str

    def find(self, words: str, before: str = "", after: int = 0) -> tuple[int, int] | None:
        """Return where words stand: of several places the one behind `before`, or the first from `after`."""
        places = list(self._exact(words)) or list(self._loose(words))
        return min(places, key=lambda place: self._rank(place, before, after), default=None)

    def _exact(self, words: str) -> Iterator[tuple[int, int]]:
        wanted = words.strip()
        at = self.text.find(wanted) if wanted else -1
        while at >= 0:
            yield at, at + len(wanted)
            at = self.text.find(wanted, at + 1)

    def _loose(self, words: str) -> Iterator[tuple[int, int]]:
        folded, places = self._folded
        wanted = fold(words)[0].strip()
        at = folded.find(wanted) if wanted else -1
        while at >= 0:
            yield places[at], places[at + len(wanted) - 1] + 1
            at = folded.find(wanted, at + 1)

    def _rank(self, place: tuple[int, int], before: str, after: int) -> tuple[int, bool, int]:
        start = place[0]
        here = fold(self.text[max(0, start - _AFAR) : start])[0].rstrip()
        return -_common_end(here, fold(before)[0].rstrip()), start < after, start

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        return fold(self.text)


def fold(text: str) -> tuple[str, list[int]]:
    """Return a text in small letters, plain marks and single blanks, and where each character was.

    Letters with accents are taken apart, as texts and models write them in either way.
    """
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text.translate(_MARKS)):
        if letter.isspace():
            if letters and letters[-1] == " ":
                continue
            plain = " "
        else:
            plain = unicodedata.normalize("NFKD", letter).lower()
        letters += plain
        places += [at] * len(plain)
    return "".join(letters), places


def _common_end(one: str, other: str) -> int:
    count = 0
    for left, right in zip(reversed(one), reversed(other), strict=False):
        if left != right:
            break
        count += 1
    return count
