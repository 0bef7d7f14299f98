"""The column of sections that the viewport looks at: laid out when seen, held by section, not by height."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from time import monotonic

from annotator.model.records import Block, Fragment
from annotator.model.units import TextUnits
from annotator.ui.article_view.heights import Heights
from annotator.ui.article_view.layout import Laid
from annotator.ui.article_view.marks import Marks
from annotator.ui.article_view.pieces import SectionText
from annotator.ui.article_view.setting import Setting
from annotator.ui.article_view.theme import BLOCK_LOOKS

ABOVE, BELOW = 36.0, 120.0
"""Empty paper above the first and below the last line, in pixels."""
_KEPT, _KEPT_CHARACTERS = 256, 120_000
"""Sections and characters that stay laid out; what was not looked at for longest goes first."""
_FEW = 8
"""Sections that are laid out anew from the lines that they had, when they are dropped together."""
_SHORT, _EXACT = 1_500, 30_000
"""Characters that are laid out whole at once, and soon after it is shown."""
_INLINE = ("dateline",)


class Column:
    """All sections of an article one below another; `section` and `offset` say what the viewport's top shows.

    Heights are guessed until a section is laid out; since the place is held by section, nothing moves under
    the reader when a guess above turns out wrong.
    """

    def __init__(self, units: TextUnits, marks: Marks, blocks: Sequence[Block], setting: Setting) -> None:
        self.units, self.marks, self.setting = units, marks, setting
        self._blocks = sorted(blocks, key=lambda one: one.start)
        self._block_starts = [one.start for one in self._blocks]
        self._laid: OrderedDict[int, Laid] = OrderedDict()
        self._dropped: dict[int, Laid] = {}
        """How a few that were dropped last were laid out: mostly marks alone are new there."""
        self._characters = 0
        self.section, self.offset, self.view_height = 0, -ABOVE, 0.0
        self.heights = Heights()
        self._estimate()

    def laid(self, section: int) -> Laid:
        """Return a section laid out."""
        found = self._laid.get(section)
        if found is not None:
            self._laid.move_to_end(section)
            return found
        records, before = self.marks.by_section.get(section, ()), self._dropped.pop(section, None)
        found = Laid(self.source(section), records, self.marks, self.setting, before)
        self._laid[section] = found
        self._characters += found.end - found.start
        self.heights.set(section, found.height)
        while len(self._laid) > _KEPT or (self._characters > _KEPT_CHARACTERS and len(self._laid) > 8):
            self._forget(next(iter(self._laid)))
        return found

    def _forget(self, section: int) -> None:
        gone = self._laid.pop(section, None)
        if gone is not None:
            self._characters -= gone.end - gone.start

    def source(self, section: int) -> SectionText:
        """Return what a section holds."""
        units = self.units
        start, end = units.starts[section], units.ends[section]
        opens = section == 0 or units.paragraph_of[section] != units.paragraph_of[section - 1]
        kind, muted = self._kind(start, end)
        return SectionText(units.text[start:end], start, kind, opens, muted)

    def drop(self, sections: Iterable[int]) -> None:
        """Forget how sections were laid out."""
        gone = {one: self._laid[one] for one in sections if one in self._laid}
        self._dropped = gone if len(gone) <= _FEW else {}
        for section in gone:
            self._forget(section)
        self._lay_small()

    def set_again(self, setting: Setting, blocks: Sequence[Block] | None = None) -> None:
        """Lay everything out anew (when seen) with other measures or blocks; the same text stays on top."""
        share = self.offset / self.heights[self.section] if self.offset > 0 and len(self.heights) else 0.0
        self.setting = setting
        if blocks is not None:
            self._blocks = sorted(blocks, key=lambda one: one.start)
            self._block_starts = [one.start for one in self._blocks]
        self._laid.clear()
        self._dropped.clear()
        self._characters = 0
        self._estimate()
        if self.offset > 0:
            self.offset = share * self.laid(self.section).height

    @property
    def y(self) -> float:
        """How far the viewport's top lies below the top of the paper."""
        return self.heights.top(self.section) + self.offset + ABOVE

    @property
    def most(self) -> float:
        """The largest `y`."""
        return max(0.0, ABOVE + self.heights.total + min(BELOW, self.view_height / 2) - self.view_height)

    def scroll_to(self, y: float) -> None:
        """Go to a height as the guesses have it."""
        if not len(self.heights):
            return
        y = max(0.0, min(y, self.most)) - ABOVE
        self.section = self.heights.at(max(0.0, y))
        self.offset = y - self.heights.top(self.section)

    def scroll_by(self, step: float) -> None:
        """Move by exactly so many pixels, laying out what is passed."""
        if not len(self.heights):
            return
        self.offset += step
        while self.offset < 0 and self.section > 0:
            self.section -= 1
            self.offset += self.laid(self.section).height
        while self.section + 1 < len(self.heights) and self.offset >= self.laid(self.section).height:
            self.offset -= self.heights[self.section]
            self.section += 1
        self.settle()

    def settle(self) -> None:
        """Lay out what is seen, and stay within the paper."""
        if not len(self.heights):
            return
        if self.section == 0 and self.offset < -ABOVE:
            self.offset = -ABOVE
        for _ in self.visible():
            pass
        if self.y > self.most:
            self.scroll_to(self.most)
            for _ in self.visible():
                pass

    def visible(self) -> Iterator[tuple[int, float, Laid]]:
        """Yield the sections that are seen, with the height of their top in the viewport."""
        y, section = -self.offset, self.section
        while section < len(self.heights) and y < self.view_height:
            found = self.laid(section)
            yield section, y, found
            y += found.height
            section += 1

    def under(self, y: float) -> tuple[Laid, float] | None:
        """Return the section at a height of the viewport (or the nearest), and the height in it."""
        best = None
        for _, top, found in self.visible():
            best = (found, y - top)
            if y < top + found.height:
                break
        return best

    def top_of(self, section: int) -> float:
        """Return the height of a section's top in the viewport, as the guesses have it."""
        return self.heights.top(section) - self.heights.top(self.section) - self.offset

    def show(self, offset: int, *, share: float = 0.15) -> None:
        """Bring the line that holds `offset` into view, moving as little as will do."""
        if not len(self.heights):
            return
        section = self.units.section_at(offset)
        found = self.laid(section)
        line = found.line_at(min(offset, found.end))
        top = self.top_of(section)
        margin = self.view_height * share
        if not -self.view_height < top + line.top < 2 * self.view_height:
            self.section, self.offset = section, line.top - self.view_height * 0.32
            self.scroll_by(0)
        elif top + line.top < margin:
            self.scroll_by(top + line.top - margin)
        elif top + line.bottom > self.view_height - margin:
            self.scroll_by(top + line.bottom - (self.view_height - margin))

    def unnumbered(self) -> set[int]:
        """Return the sections of blocks that carry no number in the margin (headline, caption, …)."""
        return {
            section
            for block in self._blocks
            if not BLOCK_LOOKS.get(block.kind, BLOCK_LOOKS["body"]).numbered and block.kind not in _INLINE
            for section in self.units.sections_of(block.start, block.end)
        }

    def _kind(self, start: int, end: int) -> tuple[str, Sequence[Fragment]]:
        """Return the kind of the block that covers most of a section, and datelines inside it."""
        kind, most, muted = "body", 0, []
        at = max(0, bisect_right(self._block_starts, start) - 1)
        while at < len(self._blocks) and self._blocks[at].start < end:
            block = self._blocks[at]
            common = min(end, block.end) - max(start, block.start)
            if block.kind in _INLINE and common > 0:
                muted.append(Fragment(max(start, block.start), min(end, block.end)))
            elif common > most:
                kind, most = block.kind, common
            at += 1
        return kind, muted

    def _estimate(self) -> None:
        units, column = self.units, self.setting.column
        body = self.setting.block("body")
        per_line = max(1.0, column / body.letter)
        self.heights = Heights(
            [
                ceil((end - start) / per_line) * body.pitch + body.before
                for start, end in zip(units.starts, units.ends, strict=True)
            ]
        )
        self._lay_small()

    def lay_more(self, seconds: float) -> bool:
        """Lay out sections of an ordinary article for so long; return whether some are still left."""
        if len(self.units.text) > _EXACT or len(self.heights) >= _KEPT:
            return False
        until = monotonic() + seconds
        for section in range(len(self.heights)):
            if section not in self._laid:
                if monotonic() > until:
                    return True
                self.laid(section)
        return False

    def _lay_small(self) -> None:
        """Lay a short article out whole, so that its scroll bar is exact from the start."""
        if len(self.units.text) <= _SHORT and len(self.heights) < _KEPT:
            for section in range(len(self.heights)):
                self.laid(section)
