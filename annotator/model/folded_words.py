"""Finds the words of a text, casefolded, in a few steps over all of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

_ASCII = bytes(range(128))
_KEPT = 4096
_MANY = 60
"""Kinds of characters beyond ASCII from which on each of them is not looked at by itself."""


def other_characters(text: str, known: bytes = _ASCII) -> str:
    """Return the kinds of characters of a text that are not among `known` ones of ASCII, in any order."""
    return "".join({*text.encode().translate(None, known).decode()})


def words_between(between: str) -> Callable[[str], list[bytes]]:
    """Return what finds the words between characters of a class, in UTF-8; blanks are among these."""
    pattern = re.compile(between)

    def folded(text: str) -> str:
        return pattern.sub(" ", text.casefold())

    folded_one = lru_cache(_KEPT)(folded)
    plain = folded(_ASCII.decode()).encode() + bytes(range(128, 256))

    def find(text: str) -> list[bytes]:
        others = "" if text.isascii() else other_characters(text)
        if len(others) > _MANY:
            return folded(text).encode().split()
        for one in others:
            text = text.replace(one, folded_one(one))
        return text.encode().translate(plain).split()

    return find
