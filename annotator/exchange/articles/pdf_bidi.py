"""Puts a line of a PDF that is read from the right in the order in which it is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

_FROM_RIGHT = frozenset({"R", "AL"})
_BLANK = 0.12
"""Heights of a letter between two letters, from which on there is a blank."""
_SHAPES = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]+")
"""Letters in the shapes that they have in a word, as fonts call them."""
_MIRROR = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_KINDS = {"R": "r", "AL": "r", "NSM": "r", "L": "l", "EN": "n", "AN": "n", "ES": "c", "CS": "c", "ET": "c"}
_FROM_LEFT = re.compile(r"[ln](?:[lnc.]*[ln])?")
_NUMBER = re.compile(r"n+(?:cn+)*")
_WORDS = re.compile(r"r(?:[r.c]*r)?")


class Letter(NamedTuple):
    """What a font draws at once: its letters, and where it stands."""

    text: str
    left: float
    right: float
    height: float


def has_from_right(text: str) -> bool:
    """Tell whether a text has a letter that is read from the right."""
    return not text.isascii() and any(unicodedata.bidirectional(one) in _FROM_RIGHT for one in text)


def is_from_right(text: str) -> bool:
    """Tell whether more letters of a text are read from the right than from the left."""
    if text.isascii():
        return False
    kinds = [unicodedata.bidirectional(one) for one in text]
    right = sum(one in _FROM_RIGHT for one in kinds)
    return right > kinds.count("L")


def as_read(letters: Iterable[Letter], *, from_right: bool) -> str:
    """Return the letters of a line in the order in which they are read, whatever order they are drawn in.

    `from_right` says whether its page is read so.
    """
    ordered = sorted((one for one in letters if one.text.strip()), key=lambda one: one.left)
    pieces = [one.text for one in ordered[:1]]
    for before, one in pairwise(ordered):
        pieces.append(" " if one.left - before.right > _BLANK * one.height else "")
        pieces.append(one.text)
    text = "".join(pieces)
    return _SHAPES.sub(_plain, turned(text, from_right=from_right)) if has_from_right(text) else text


def turned(text: str, *, from_right: bool) -> str:
    """Return a line, given as it stands from the left, in the order in which it is read."""
    if not from_right:
        return "".join(run[::-1] if is_run else run for is_run, run in _runs(text, _WORDS))
    # Words of the other script stay together; of numbers alone each goes its own way.
    return "".join(
        (run[::-1] if "l" in _kinds(run) else _numbers(run)) if is_run else run.translate(_MIRROR)
        for is_run, run in _runs(text[::-1], _FROM_LEFT)
    )


def _numbers(text: str) -> str:
    pieces = _runs(text, _NUMBER)
    return "".join(run[::-1] if is_run else run.translate(_MIRROR) for is_run, run in pieces)


def _runs(text: str, wanted: re.Pattern[str]) -> Iterator[tuple[bool, str]]:
    """Yield a text in pieces, and whether their kinds of letters are the wanted ones."""
    done = 0
    for found in wanted.finditer(_kinds(text)):
        yield False, text[done : found.start()]
        yield True, text[found.start() : found.end()]
        done = found.end()
    yield False, text[done:]


def _kinds(text: str) -> str:
    """Return a sign for each letter: read from the right or the left, number, between numbers, or neither."""
    return "".join(_KINDS.get(unicodedata.bidirectional(one), ".") for one in text)


def _plain(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0])
