"""Who acts right before a pronoun in its paragraph: "Pruitt himself pleaded for calm. In a message, he …"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from annotator.model.tokens import Bounds

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
_RUNS = re.compile(r"(?<![\w-])(?:[\w-]+|\S)")
_GOES_ON = re.compile(r"[\w-]")


class Subjects:
    """Those who act in the paragraphs of a text; each paragraph that is asked about is read once."""

    def __init__(
        self, text: str, surnames: Iterable[str], skipped: Sequence[Bounds] = (), ends: Sequence[int] = ()
    ) -> None:
        """Take the stretches in which nobody acts too, in order, and where paragraphs end, else lines."""
        self._text, self._skipped = text, skipped
        self._surnames: dict[str, list[str]] = {}
        """First letters and hyphens of a surname, or its first mark -> the surnames that start so."""
        for name in surnames:
            for run in _RUNS.findall(name)[:1]:
                self._surnames.setdefault(run, []).append(name)
        self._ends = ends or [match.start() for match in re.finditer("\n", text)]
        self._acting: dict[int, list[tuple[int, str]]] = {}

    def before(self, start: int) -> tuple[int, str] | None:
        """Return place and surname of the one who acts last in the paragraph before a place."""
        number = bisect_left(self._ends, start)
        if number not in self._acting:
            begin = self._ends[number - 1] + 1 if number else 0
            end = self._ends[number] if number < len(self._ends) else len(self._text)
            self._acting[number] = list(self._find(begin, end)) if self._surnames else []
        acting = self._acting[number]
        at = bisect_left(acting, start, key=itemgetter(0))
        while at and acting[at - 1][0] + len(acting[at - 1][1]) > start:
            at -= 1
        return acting[at - 1] if at else None

    def _find(self, begin: int, end: int) -> Iterator[tuple[int, str]]:
        text, done = self._text, begin
        for run in _RUNS.finditer(text, begin, end):
            start = run.start()
            for name in self._surnames.get(run[0], ()) if start >= done else ():
                behind = start + len(name)
                if text.startswith(name, start, end) and not _GOES_ON.match(text, behind, end):
                    done = behind
                    if self._acts(begin, start, behind, end):
                        yield start, name
                    break

    def _acts(self, begin: int, start: int, behind: int, end: int) -> bool:
        place = bisect_right(self._skipped, (start, len(self._text)))
        if place and start < self._skipped[place - 1][1]:
            return False
        lead = _without_first(self._text[max(begin, start - _REACH) : start])
        return not _NOT_BEHIND.match(self._text, behind, end) and not _NOT_BEFORE.search(lead)


def titled_surnames(text: str) -> set[str]:
    """Return the words behind titles that persons have, surnames among them."""
    return {word for match in _TITLED.finditer(text) for word in match.groups() if word}


def _without_first(lead: str) -> str:
    """Return the words before a name, without the first name that belongs to it."""
    return re.sub(r"(?:(?<=\s)|^)[A-Z][\w’'-]+\s+$", "", lead) if not lead.endswith(". ") else lead
