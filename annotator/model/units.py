"""Where paragraphs, sections, sentences, quotations and tokens of one article lie, found when asked for.

A section is a paragraph, or a piece of a long one: no question ever looks at more than one section, so
that a text of a million characters without a break answers as fast as an ordinary one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable

from annotator.model.graphemes import boundary_after, boundary_before
from annotator.model.paragraphs import find_paragraphs
from annotator.model.records import Fragment
from annotator.model.tokens import (
    Bounds,
    at_or_before,
    clause_bounds,
    quotation_bounds,
    sentence_bounds,
    token_bounds,
    without_final_stop,
)

_PARAGRAPH = re.compile("[^\n\r\u2028\u2029]+")
SECTION = 4000
UNBROKEN = 2000
_KEPT = 64
_ENDS = (". ", "? ", "! ", "” ", '." ', "。")


def paragraph_bounds(text: str) -> list[Bounds]:
    """Return the lines of a text that hold anything, without their line ends."""
    return [match.span() for match in _PARAGRAPH.finditer(text) if not match.group().isspace()]


def read_bounds(text: str) -> list[Bounds]:
    """Return the paragraphs of a text as they are read: lines, or runs of lines that were wrapped."""
    lines = paragraph_bounds(text)
    runs = iter([(one.start, one.end) for one in find_paragraphs(text) if "\n" in one.text])
    run = next(runs, None)
    read: list[Bounds] = []
    for start, end in lines:
        while run is not None and run[1] <= start:
            run = next(runs, None)
        if run is not None and read and run[0] < read[-1][1] and start < run[1]:
            read[-1] = (read[-1][0], end)
        else:
            read.append((start, end))
    return read


def section_cuts(text: str, start: int, end: int) -> list[int]:
    """Return where a paragraph is cut: its start, and one place per further section."""
    cuts = [start]
    while end - cuts[-1] > SECTION:
        cuts.append(_cut(text, cuts[-1]))
    return cuts


def _cut(text: str, start: int) -> int:
    low, high = start + SECTION // 2, start + SECTION
    found = [(at, mark) for mark in _ENDS if (at := text.find(mark, low, high)) >= 0]
    if found:
        # The first one: a section is laid out as a whole whenever one label in it changes.
        at, mark = min(found)
        return boundary_after(text, at + len(mark), at + len(mark) + 8)
    space = text.rfind(" ", start + UNBROKEN // 2, high)
    if space >= 0:
        return boundary_after(text, space + 1, space + 9)
    place = start + UNBROKEN
    cut = boundary_before(text, place, place - 64)
    return cut if cut > place - 64 else place


class TextUnits:
    """The units of one text; offsets are code points of the whole text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.paragraphs = paragraph_bounds(text)
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.paragraph_of: list[int] = []
        """Which paragraph each section belongs to."""
        for number, (start, end) in enumerate(self.paragraphs):
            cuts = section_cuts(text, start, end) if end - start > SECTION else [start]
            self.starts += cuts
            self.ends += [*cuts[1:], end]
            self.paragraph_of += [number] * len(cuts)
        self._paragraph_starts = [start for start, _ in self.paragraphs]
        self._tokens = _Kept(token_bounds, self)
        self._sentences = _Kept(sentence_bounds, self)
        self._quotations = _Kept(quotation_bounds, self)

    def section_at(self, offset: int) -> int:
        """Return the section that holds `offset`, or the last one before it."""
        return at_or_before(self.starts, offset)

    def sections_of(self, start: int, end: int) -> range:
        """Return the sections that a stretch touches."""
        first = self.section_at(start)
        if first < len(self.ends) and self.ends[first] <= start:
            first += 1
        return range(first, max(first, bisect_left(self.starts, end)))

    def tokens(self, section: int) -> list[Bounds]:
        """Return the tokens of a section."""
        return self._tokens(section)

    def token_at(self, offset: int) -> Fragment:
        """Return the token that holds `offset`, else the next one, else the last one of the text."""
        return self._token(offset) or self.previous_token(offset) or Fragment(0, 0)

    def next_token(self, offset: int) -> Fragment | None:
        """Return the first token that starts after `offset`."""
        for section in range(self.section_at(offset), len(self.starts)):
            tokens = self.tokens(section)
            at = bisect_right(tokens, offset, key=_start)
            if at < len(tokens):
                return Fragment(*tokens[at])
        return None

    def previous_token(self, offset: int) -> Fragment | None:
        """Return the last token that starts before `offset`."""
        if not self.starts:
            return None
        for section in range(self.section_at(offset), -1, -1):
            tokens = self.tokens(section)
            at = bisect_left(tokens, offset, key=_start)
            if at:
                return Fragment(*tokens[at - 1])
        return None

    def sentence_at(self, offset: int) -> Fragment:
        """Return the sentence at `offset`, without the white space around it."""
        bounds = _holding(self._sentences(self.section_at(offset)), offset) if self.starts else None
        return self._trim(*bounds) if bounds else self.paragraph_at(offset)

    def sentence_after(self, offset: int, step: int) -> Fragment | None:
        """Return the next (step 1) or previous (step -1) sentence as seen from `offset`."""
        here = self.sentence_at(offset)
        if step < 0 and here.start < offset and self.token_at(offset).start > here.start:
            return here
        token = self.next_token(max(offset, here.end - 1)) if step > 0 else self.previous_token(here.start)
        return self.sentence_at(token.start) if token else None

    def quotation_at(self, offset: int) -> Fragment | None:
        """Return the quotation, with its marks, that holds `offset`."""
        if not self.starts:
            return None
        bounds = _holding(self._quotations(self.section_at(offset)), offset)
        return Fragment(*bounds) if bounds else None

    def quotations_at(self, offset: int) -> list[Fragment]:
        """Return the quotations of the section that holds `offset`, with their marks, in text order."""
        return [Fragment(*one) for one in self._quotations(self.section_at(offset))] if self.starts else []

    def clause_at(self, offset: int) -> Fragment | None:
        """Return the clause at `offset` that may hold what somebody says."""
        sentence = self.sentence_at(offset)
        found = [one for one in clause_bounds(self.text, sentence) if one[0] <= offset < one[1]]
        clause = self._trim(*found[-1]) if found else None
        quoted = self.quotation_at(offset)
        if clause is None or quoted is None:
            return clause
        return None if quoted.start <= clause.start and clause.end < quoted.end else clause

    def claim_at(self, offset: int) -> Fragment:
        """Return what a label for a statement would most likely cover at `offset`."""
        found = self.quotation_at(offset) or self.clause_at(offset)
        return found or Fragment(*without_final_stop(self.text, self.sentence_at(offset)))

    def paragraph_at(self, offset: int) -> Fragment:
        """Return the paragraph that holds `offset`, or the last one before it."""
        if not self.paragraphs:
            return Fragment(0, len(self.text))
        return Fragment(*self.paragraphs[at_or_before(self._paragraph_starts, offset)])

    def paragraph_after(self, offset: int, step: int) -> Fragment | None:
        """Return the paragraph `step` places away from that at `offset`, if there is one."""
        at = at_or_before(self._paragraph_starts, offset) + step
        return Fragment(*self.paragraphs[at]) if 0 <= at < len(self.paragraphs) else None

    def name_at(self, offset: int) -> Fragment:
        """Return the run of capitalised tokens (and numbers) at `offset`, else the token there."""
        if not self.starts:
            return Fragment(0, 0)
        tokens = self.tokens(self.section_at(offset))
        if not tokens:
            return self.token_at(offset)
        first = last = at_or_before([token[0] for token in tokens], offset)
        if not self._is_name(tokens[first]):
            return Fragment(*tokens[first])
        while first > 0 and self._joins(tokens[first - 1], tokens[first]):
            first -= 1
        while last + 1 < len(tokens) and self._joins(tokens[last], tokens[last + 1]):
            last += 1
        while tokens[first][0] < offset and not self.text[tokens[first][0]].isalnum():
            first += 1  # a hyphen after a word that is no part of the name
        return Fragment(tokens[first][0], tokens[last][1])

    def character_after(self, offset: int, step: int) -> int:
        """Return the offset one visible character on (step 1) or back (step -1), over line ends too."""
        if step > 0:
            return boundary_after(self.text, min(len(self.text), offset + 1), offset + SECTION)
        return boundary_before(self.text, max(0, offset - 1), max(0, offset - SECTION))

    def _token(self, offset: int) -> Fragment | None:
        if not self.starts:
            return None
        tokens = self.tokens(self.section_at(offset))
        at = bisect_right(tokens, offset, key=_start) - 1
        if at >= 0 and tokens[at][1] > offset:
            return Fragment(*tokens[at])
        return self.next_token(offset)

    def _is_name(self, token: Bounds) -> bool:
        first = self.text[token[0]]
        return first.isupper() or first.isdigit()

    def _joins(self, left: Bounds, right: Bounds) -> bool:
        gap = right[0] - left[1]
        return gap <= 1 and all(
            self._is_name(one) or self.text[slice(*one)] in ("-", "’s", "'s")[: 1 if gap == 0 else 0]
            for one in (left, right)
        )

    def _trim(self, start: int, end: int) -> Fragment:
        while end > start and self.text[end - 1].isspace():
            end -= 1
        while start < end and self.text[start].isspace():
            start += 1
        return Fragment(start, end)


class _Kept:
    """Bounds per section, computed once and kept for the sections used last."""

    def __init__(self, find: Callable[[str], list[Bounds]], units: TextUnits) -> None:
        self._find = find
        self._units = units
        self._kept: OrderedDict[int, list[Bounds]] = OrderedDict()

    def __call__(self, section: int) -> list[Bounds]:
        found = self._kept.get(section)
        if found is None:
            start, end = self._units.starts[section], self._units.ends[section]
            found = [(a + start, b + start) for a, b in self._find(self._units.text[start:end])]
            self._kept[section] = found
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(section)
        return found


def _start(bounds: Bounds) -> int:
    return bounds[0]


def _holding(bounds: list[Bounds], offset: int) -> Bounds | None:
    at = bisect_right(bounds, offset, key=_start) - 1
    return bounds[at] if at >= 0 and offset < bounds[at][1] else None
