"""Holds the places of words against the text that they are words of, whoever found them there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.model.graphemes import is_boundary
from annotator.model.text import length16

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def wide(text: str) -> str:
    """Return a text in which places that count UTF-16 units are as they stand."""
    return text if length16(text) == len(text) else _ASTRAL.sub("\\g<0>\0", text)


def covered(wide_text: str, places: Sequence[int]) -> list[str]:
    """Return the words at places, each a start and an end, as they stand in a wide text.

    Raises ValueError where one is empty, out of order or ends in white space, or anything else is left out.
    """
    starts, ends = places[::2], places[1::2]
    found = [wide_text[start:end] for start, end in zip(starts, ends, strict=True)]
    if [*places] != sorted(places) or "" in found:
        raise ValueError
    joined, everything = "".join(found), "".join(wide_text.split())
    if joined != everything and ("".join(joined.split()) != everything or any(map(_has_loose_end, found))):
        raise ValueError
    return found


def _has_loose_end(word: str) -> bool:
    """Tell whether a word begins or ends in white space that is no part of a visible character."""
    plain = word.replace("\0", "")
    return (plain[0].isspace() and is_boundary(plain, 1)) or (
        plain[-1].isspace() and is_boundary(plain, len(plain) - 1)
    )
