"""Writes the places of words as digits and counts rows of sentences: all of an article at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

_KNOWN = 1 << 14
"""Numbers whose digits are kept: those of nearly all articles."""
_WAYS = 8
"""What may stand around numbers."""
_LONG, _OFTEN = 64, 64
"""Rows of a sentence whose names are kept, and of how many sentences."""


def digits_of(numbers: Sequence[int], before: str, behind: str) -> Iterable[bytes]:
    """Return ascending numbers as digits, each with what stands around it."""
    if numbers and numbers[-1] >= _KNOWN:
        return [f"{before}{one}{behind}".encode() for one in numbers]
    return map(_known(before, behind).__getitem__, numbers)


@lru_cache(_WAYS)
def _known(before: str, behind: str) -> list[bytes]:
    return [f"{before}{one}{behind}".encode() for one in range(_KNOWN)]


def names_of(sentence: int, count: int) -> Sequence[bytes]:
    """Return what so many rows of a sentence are called, each with the tab behind it."""
    return _first_names(sentence)[:count] if count <= _LONG else _names(sentence, count)


@lru_cache(_OFTEN)
def _first_names(sentence: int) -> list[bytes]:
    return _names(sentence, _LONG)


def _names(sentence: int, count: int) -> list[bytes]:
    return [b"%d-%d\t" % (sentence, row) for row in range(1, count + 1)]
