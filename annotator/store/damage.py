"""Says in sentences what SQLite finds wrong with a file: its own lines speak of pages, cells and indexes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_INDEX = re.compile(r"row \d+ missing from index |(?:wrong # of|non-unique) entr(?:ies|y) in index ")
_VALUE = re.compile(r"(?:missing|NULL|\S+) value in \w+\.\w+|(?:CHECK|NOT NULL) constraint failed in \w+")
_HEADS = ("*** in database ", "ok")
ADVICE = "Put back a backup."
UNREADABLE = f"The {{what}} cannot be read to the end: the file is damaged there. {ADVICE}"
NO_SEARCH = "The full-text index is damaged: a search may miss words. The texts themselves are whole."


def sentences(lines: Iterable[str]) -> tuple[str, ...]:
    """Return what the lines of a check of the file mean, each kind of fault once, the gravest first."""
    found = Counter(
        _kind(line) for some in lines for line in some.splitlines() if not line.startswith(_HEADS)
    )
    told = []
    if count := found["place"]:
        told.append(f"it does not hold together in {_times(count, 'place')}; what stood there may be lost.")
    if count := found["value"]:
        told.append(f"{_times(count, 'value')} of its records cannot be what was written.")
    if count := found["entry"]:
        records = _times(count, "record")
        told.append(f"its indexes miss or double {records}, which may not be found.")
    return tuple(told)


def _kind(line: str) -> str:
    if _INDEX.match(line):
        return "entry"
    return "value" if _VALUE.fullmatch(line) else "place"


def _times(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
