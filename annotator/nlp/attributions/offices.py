"""Where the name of an office stands in a text, in capitals or not, and what stands behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BEHIND = re.compile(r"(,?)\s+(?=((?:[^\W\d_][\w.'’-]*\s*){1,4}))")


def lower_alike(text: str) -> str:
    """Return a text in small letters, every letter where it was."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := one.lower()) == 1 else one for one in text)


def behind_office(text: str, low: str, office: str, short: str) -> Iterator[re.Match[str]]:
    """Yield the comma and the words behind an office, or its short form with a full stop, in order.

    `low` is the text in small letters, as `office` and `short` are; no short form is the empty one.
    """
    ends = {*_ends(low, office), *(end + low.startswith(".", end) for end in _ends(low, short))}
    for end in sorted(ends):
        match = _BEHIND.match(text, end)
        if match is not None:
            yield match


def _ends(text: str, words: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        if _is_of_word(text[at - 1 : at]) != _is_of_word(words[0]):
            yield at + len(words)
        at = text.find(words, at + 1)


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"
