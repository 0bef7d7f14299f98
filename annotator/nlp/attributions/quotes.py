"""Where quotations begin and end: one pass over each paragraph, whatever the marks are like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_MARK = re.compile("''|``|[\"“”„«»‹›「」『』‘’'″]")
_CLOSERS = {"“": "”", "„": "“”", "«": "»", "‹": "›", "「": "」", "『": "』", "‘": "’", "``": "''"}
_SINGLE = frozenset("‘’'")
_CLOSING = frozenset("”»›」』″")
_OPENING = frozenset('([{-–—―:/“‘"„«')
_CLOSING_AFTER = frozenset(".,?!…")
DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its marks; `runs_on` when the next paragraph goes on with it."""

    start: int
    end: int
    mark: int
    """How many characters the opening mark has; 0 where the quotation goes on without one."""
    is_closed: bool = True
    runs_on: bool = False

    @property
    def inside(self) -> tuple[int, int]:
        """Return the words without the marks."""
        return self.start + self.mark, self.end - (self.mark or 1 if self.is_closed else 0)


def find_quotes(text: str, paragraphs: list[tuple[int, int]]) -> list[list[Quote]]:
    """Return the outermost quotations of each paragraph."""
    found = [list(quotes_in(text, start, end)) for start, end in paragraphs]
    for at in range(len(found) - 1):
        if found[at] and not found[at][-1].is_closed and _goes_on(text, found[at][-1], paragraphs[at + 1]):
            found[at][-1] = replace(found[at][-1], runs_on=True)
    return found


def _goes_on(text: str, quote: Quote, paragraph: tuple[int, int]) -> bool:
    """Tell whether a paragraph opens with the mark that the quotation before it opened with."""
    return text.startswith(text[quote.start : quote.start + quote.mark], paragraph[0])


def quotes_in(text: str, start: int, end: int) -> Iterator[Quote]:
    """Yield the outermost quotations of a stretch; an unclosed one ends with the stretch."""
    opened = -1
    opener, depth = "", 0
    single = _Single(text, end)
    at = start
    for match in _MARK.finditer(text, start, end):
        where, behind = match.span()
        mark = match.group()
        if where < at:
            continue
        if opened < 0:
            if mark in _SINGLE:
                at = single.closing(where) if _may_open(text, where, behind, start) else at
                if at > where:
                    yield Quote(where, at, 1)
            elif mark in _CLOSERS or (mark not in _CLOSING and _may_open(text, where, behind, start)):
                opened, opener, depth = where, mark, 1
            continue
        depth = _depth(text, (where, behind, end), opener, depth)
        if depth == 0:
            yield Quote(opened, behind, len(opener))
            opened = -1
        elif mark == opener and opener not in _CLOSERS:
            # It can only open: the one before was never closed.
            opened = where
    if opened >= 0:
        yield Quote(opened, _trimmed(text, opened, end), len(opener), is_closed=False)


def _depth(text: str, place: tuple[int, int, int], opener: str, depth: int) -> int:
    """Return how many quotations are open behind a mark."""
    where, behind, end = place
    mark = text[where:behind]
    if opener == '"' and mark != opener:
        return _mixed_depth(text, place, depth)
    if mark == "″":
        # Some programs set it behind a figure: “at least 10″ farmers.
        return depth - (opener == "“" and not _closes_later(text, behind, end))
    if opener in _CLOSERS:
        return depth + (mark == opener) - (mark == _CLOSERS[opener])
    return 0 if mark == opener and _may_close(text, where, behind, end) else depth


def _closes_later(text: str, start: int, end: int) -> bool:
    """Tell whether a closing mark follows before the next opening one."""
    opening = text.find("“", start, end)
    return text.find("”", start, end if opening < 0 else opening) >= 0


def _mixed_depth(text: str, place: tuple[int, int, int], depth: int) -> int:
    """Return how many are open behind a mark of another kind: "It leaks,” "It leaks,''."""
    where, behind, end = place
    mark = text[where:behind]
    if mark in ("”", "''") and _may_close(text, where, behind, end):
        return depth - 1
    return depth + (mark in ("“", "''"))


class _Single:
    """Finds where a single mark closes; each stretch is looked through once."""

    def __init__(self, text: str, end: int) -> None:
        self._text, self._end = text, end
        self._closing: list[int] | None = None
        self._at = 0

    def closing(self, opened: int) -> int:
        """Return the end of the quotation that a single mark opens, or -1."""
        text = self._text
        if self._closing is None:
            self._closing = [
                one.start()
                for one in re.compile("[’']").finditer(text, opened + 1, self._end)
                if not text[one.end() : one.end() + 1].isalnum() and not text[one.start() - 1].isspace()
            ]
        while self._at < len(self._closing) and self._closing[self._at] <= opened:
            self._at += 1
        doubtful = -1
        for where in self._closing[self._at : self._at + 12]:
            if text[where - 1] == "s" and text[where + 1 : where + 2] == " ":
                # More likely the plural possessive, unless nothing better comes.
                doubtful = where + 1 if doubtful < 0 else doubtful
                continue
            return where + 1
        return doubtful


def _may_open(text: str, start: int, end: int, first: int) -> bool:
    before = text[start - 1] if start > first else " "
    return (before.isspace() or before in _OPENING) and end < len(text) and not text[end].isspace()


def _may_close(text: str, start: int, end: int, last: int) -> bool:
    after = text[end] if end < last else " "
    before = text[start - 1]
    return not before.isspace() or not after.isalnum() or before in _CLOSING_AFTER


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return end
