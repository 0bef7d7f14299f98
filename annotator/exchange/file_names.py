"""Names for the files of an export: safe on every system, no two alike, the same for the same articles."""

from __future__ import annotations

import re

_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST = 100
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


class Turns:
    """Counts equal texts."""

    def __init__(self) -> None:
        self._met: dict[int, int] = {}

    def next_of(self, text: str) -> int:
        """Return how many texts like this one there were before it."""
        key = hash(text)
        count = self._met.get(key, 0)
        self._met[key] = count + 1
        return count


class FileNames:
    """The names given so far."""

    def __init__(self, ending: str = ".txt") -> None:
        self._ending = ending
        self._taken: set[str] = set()

    def stem(self, name: str) -> str:
        """Return a name without an ending for an article, made from its own name."""
        plain = _UNSAFE.sub("_", name.removesuffix(self._ending)).strip(". ").lstrip("-")[:_LONGEST]
        if not plain or _RESERVED.fullmatch(plain):
            plain = f"article_{plain}".rstrip("_")
        found, count = plain, 1
        # Some systems take capitals and small letters for the same.
        while found.casefold() in self._taken:
            count += 1
            found = f"{plain}-{count}"
        self._taken.add(found.casefold())
        return found
