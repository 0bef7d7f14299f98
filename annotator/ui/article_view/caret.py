"""The token caret and the selection: pure rules, without a screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from annotator.model.records import Fragment
from annotator.model.units import TextUnits

Unit = Literal["token", "sentence", "line", "paragraph", "page", "article"]
Edge = Literal["start", "end"]


class Caret:
    """Where the annotator is: a token, and perhaps a selection that grows from an anchor."""

    def __init__(self, units: TextUnits) -> None:
        self.units = units
        self.offset = units.token_at(0).start
        self.selection: Fragment | None = None
        self._anchor: Fragment | None = None
        self._grown: list[Fragment | None] = []

    @property
    def token(self) -> Fragment:
        """The token under the caret."""
        return self.units.token_at(self.offset)

    @property
    def covered(self) -> Fragment:
        """What the caret's token and the selection cover together."""
        start, end = self.token
        if self.selection:
            start, end = min(start, self.selection.start), max(end, self.selection.end)
        return Fragment(start, end)

    def select(self, stretch: Fragment | None) -> None:
        """Select a stretch, or nothing; the caret goes to its start."""
        self._anchor = None
        self._grown.clear()
        self.selection = self._within(stretch) if stretch else None
        if self.selection:
            self.offset = self.selection.start

    def go(self, offset: int, *, extend: bool = False, characters: bool = False) -> None:
        """Move to the token (or character) at `offset`, extending the selection or dropping it."""
        self._grown.clear()
        offset = max(0, min(offset, len(self.units.text)))
        head = Fragment(offset, offset) if characters else self.units.token_at(offset)
        if not extend:
            self.offset, self.selection, self._anchor = head.start, None, None
            return
        anchor = self._anchor or self._make_anchor(characters)
        stretch = Fragment(min(anchor.start, head.start), max(anchor.end, head.end))
        self._anchor = anchor
        self.selection = stretch if stretch.start < stretch.end else None
        self.offset = head.start

    def drag_from(self, offset: int, *, characters: bool) -> None:
        """Start a selection at `offset`."""
        self.go(offset, characters=characters)
        self._anchor = Fragment(offset, offset) if characters else self.token

    def move(self, unit: Unit, step: int, *, extend: bool = False, characters: bool = False) -> None:
        """Move by tokens, sentences, paragraphs, or to an end of the article."""
        if extend and self._anchor is None and self.selection:
            self._turn_selection(step)
        for _ in range(abs(step)):
            target = self._target(unit, 1 if step > 0 else -1, extend, characters)
            if target is None:
                break
            self.go(target, extend=extend, characters=characters)

    def grow(self) -> None:
        """Widen the selection: token, quotation or clause, sentence, paragraph, article."""
        now = self.selection or Fragment(self.offset, self.offset)
        wider = [
            one for one in self._ladder() if one.start <= now.start and one.end >= now.end and one != now
        ]
        if wider:
            grown, before = [*self._grown, self.selection], self.offset
            self.select(min(wider, key=lambda one: one.end - one.start))
            self._grown, self.offset = grown, before

    def shrink(self) -> None:
        """Take back the last widening; without one, narrow the selection by one unit."""
        before = self.offset
        if self._grown:
            grown = self._grown[:-1]
            self.select(self._grown[-1])
            self._grown, self.offset = grown, before
        elif now := self.selection:
            inner = [
                one for one in self._ladder() if now.start <= one.start and one.end <= now.end and one != now
            ]
            self.select(max(inner, key=lambda one: one.end - one.start) if inner else None)
            self.offset = before

    def move_edge(self, edge: Edge, step: int) -> None:
        """Move the start or the end of the selection by tokens; without one, of the token here."""
        self.select(moved_edge(self.units, self.selection or self.token, edge, step))

    def _ladder(self) -> list[Fragment]:
        units, here = self.units, self.offset
        found = [
            units.token_at(here),
            units.quotation_at(here),
            units.clause_at(here),
            units.sentence_at(here),
        ]
        found += [units.paragraph_at(here), Fragment(0, len(units.text))]
        return [one for one in found if one is not None]

    def _make_anchor(self, characters: bool) -> Fragment:
        return Fragment(self.offset, self.offset) if characters else self.token

    def _turn_selection(self, step: int) -> None:
        """Take the edge of the selection that stays as the anchor and go to the other one."""
        assert self.selection is not None
        start, end = self.selection
        first, last = self.units.token_at(start), self.units.token_at(max(start, end - 1))
        if step > 0:
            self._anchor, self.offset = Fragment(start, max(start, min(first.end, end))), last.start
        else:
            self._anchor, self.offset = Fragment(min(end, max(last.start, start)), end), first.start

    def _target(self, unit: Unit, step: int, extend: bool, characters: bool) -> int | None:
        if unit == "article":
            return 0 if step < 0 else len(self.units.text)
        if unit == "token":
            if characters:
                return self.units.character_after(self.offset, step)
            token = self.units.next_token(self.offset) if step > 0 else self.units.previous_token(self.offset)
            return token.start if token else None
        return self._unit_target(unit, step, extend)

    def _unit_target(self, unit: Unit, step: int, extend: bool) -> int | None:
        units = self.units
        here = units.sentence_at(self.offset) if unit == "sentence" else units.paragraph_at(self.offset)
        after = units.sentence_after if unit == "sentence" else units.paragraph_after
        if step < 0:
            if units.token_at(here.start).start < self.token.start:
                return here.start
            found = after(self.offset, -1)
            return found.start if found else None
        if extend:
            last = units.token_at(max(here.start, here.end - 1))
            if last.start > self.offset:
                return last.start
        found = after(self.offset, 1)
        return found and (max(found.start, found.end - 1) if extend else found.start)

    def _within(self, stretch: Fragment) -> Fragment | None:
        start = max(0, min(stretch.start, len(self.units.text)))
        end = max(start, min(stretch.end, len(self.units.text)))
        return Fragment(start, end) if start < end else None


def moved_edge(units: TextUnits, stretch: Fragment, edge: Edge, step: int) -> Fragment:
    """Return the stretch with one edge moved by tokens; it never becomes empty."""
    start, end = stretch
    for _ in range(abs(step)):
        if edge == "start":
            token = units.next_token(start) if step > 0 else units.previous_token(start)
            start = token.start if token and token.start < end else start
        elif step > 0:
            after = units.token_at(end) if end < len(units.text) else None
            end = after.end if after and after.end > end else end
        else:
            before = units.token_at(max(start, end - 1))
            if before.end >= end or before.start >= end:
                last = units.previous_token(min(before.start, end))
            else:
                last = before
            end = last.end if last and last.end > start else end
    return Fragment(start, end)


def with_fragment(fragments: Sequence[Fragment], at: int, moved: Fragment) -> tuple[Fragment, ...]:
    """Return fragments with one put in place of another; those it runs into become one with it."""
    start, end = moved
    rest = []
    for number, one in enumerate(fragments):
        if number != at:
            if one.start <= end and start <= one.end:
                start, end = min(start, one.start), max(end, one.end)
            else:
                rest.append(one)
    return tuple(sorted([*rest, Fragment(start, end)]))
