"""Who acts right before a pronoun in its paragraph: "Pruitt himself pleaded for calm. In a message, he …"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_NOT_BEFORE = re.compile(
    r"(?:\b(?:of|to|with|by|for|from|than|and|or|about|against|on|in|at|whom|urged|told|over|between)"
    r"|[a-z]+(?:ed|ing))\s+(?:(?:the|Mr|Mrs|Ms|Sen|Rep|Gov|Dr)\.?\s+)?$"
)
"""What stands before somebody to whom something is done."""
_NOT_BEHIND = re.compile(r"['’]|\s+(?:and|or|campaign|administration|ally|allies|aide|aides|spokes\w+)\b")
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Sen|Rep|Gov|Dr|Lord|Lady|Sir|Prof)\.? ([^\W\d_][\w’'-]+)(?: ([^\W\d_][\w’'-]+))?"
)
_REACH = 30


def subjects_before(text: str, start: int, surnames: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield place and surname of those who act in the paragraph before a place, the nearest first."""
    begin = text.rfind("\n", 0, start) + 1
    before = text[begin:start]
    known = "|".join(map(re.escape, (name for name in surnames if name in before)))
    if not known:
        return
    for match in reversed(list(re.finditer(rf"(?<![\w-])(?:{known})(?![\w-])", before))):
        lead = _without_first(before[max(0, match.start() - _REACH) : match.start()])
        if not _NOT_BEHIND.match(before, match.end()) and not _NOT_BEFORE.search(lead):
            yield begin + match.start(), match.group()


def titled_surnames(text: str) -> set[str]:
    """Return the words behind titles that persons have, surnames among them."""
    return {word for match in _TITLED.finditer(text) for word in match.groups() if word}


def _without_first(lead: str) -> str:
    """Return the words before a name, without the first name that belongs to it."""
    return re.sub(r"(?:(?<=\s)|^)[A-Z][\w’'-]+\s+$", "", lead) if not lead.endswith(". ") else lead
