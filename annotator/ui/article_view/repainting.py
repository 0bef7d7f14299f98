"""Paints no more of the viewport anew than a change touches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from annotator.model.ids import Id
from annotator.model.records import Fragment
from annotator.ui.article_view.page import Page
from annotator.ui.article_view.pieces import Line

_REACH = 4
"""Pixels that something painted may reach over its line or section."""


@dataclass(frozen=True, slots=True)
class Look:
    """The sections in view: where they stand, their lines, and whether lines of frames run over them."""

    tops: Sequence[tuple[int, float, float]]
    lines: Mapping[int, Sequence[Line]]
    has_lines: bool


class Repainter:
    """Knows what was painted last, and asks for the parts that look different now."""

    def __init__(self, viewport: QWidget, page: Page) -> None:
        self._viewport, self._page = viewport, page
        self._painted: tuple[int, float, Fragment] | None = None
        """Where the column stood, and what caret and selection covered."""

    def note_painted(self) -> None:
        """Remember what is painted now."""
        column = self._page.column
        self._painted = (column.section, column.offset, self._page.caret.covered)

    def move_caret(self) -> bool:
        """Paint the lines that caret and selection left and came to; return False when it scrolled."""
        column, before = self._page.column, self._painted
        if before is None or before[:2] != (column.section, column.offset):
            return False
        for stretch in (before[2], self._page.caret.covered):
            rects = self._page.rects(stretch)
            if rects:
                self._update(rects[0].top(), rects[-1].bottom())
        return True

    def look(self) -> Look:
        """Return what the sections in view look like, to be asked for before a change."""
        seen = list(self._page.column.visible())
        tops = [(section, top, laid.height) for section, top, laid in seen]
        return Look(tops, {section: laid.lines for section, _, laid in seen}, self._page.has_lines)

    def update_sections(self, touched: Collection[int], whole: Collection[int], before: Look) -> None:
        """Paint what is different now in the touched sections, and other ones whole."""
        for section, top, height in self._still(before):
            lines, old = self._page.column.laid(section).lines, before.lines[section]
            if section in whole or (section in touched and len(lines) != len(old)):
                self._update(top, top + height)
            elif section in touched:
                pairs = zip(lines, old, strict=True)
                self._update_lines(top, [line for line, was in pairs if not line.looks_like(was)])

    def update_records(self, records: Collection[Id | None], before: Look) -> None:
        """Paint the lines that hold these spans."""
        column = self._page.column
        drawn = [column.marks.records[one] for one in records if one in column.marks.records]
        pieces = [piece for one in drawn for piece in one.fragments]
        for section, top, _ in self._still(before):
            self._update_lines(
                top,
                [
                    line
                    for line in column.laid(section).lines
                    if any(one.start <= line.end and line.start <= one.end for one in pieces)
                ],
            )

    def _still(self, before: Look) -> Sequence[tuple[int, float, float]]:
        """Return the sections that stand where they stood; what lies below them is painted.

        None, and all is painted, when lines may run from one section to another.
        """
        if before.has_lines or self._page.has_lines:
            self._viewport.update()
            return ()
        still, end = [], self._viewport.height()
        for old, new in zip_longest(before.tops, self.look().tops):
            if old is not None and new is not None and old[:2] == new[:2]:
                still.append(new)
                if old == new:
                    continue
                self._update(new[1] + min(old[2], new[2]), end)
            else:
                self._update(min(one[1] for one in (old, new) if one is not None), end)
            break
        return still

    def _update_lines(self, top: float, lines: Iterable[Line]) -> None:
        for line in lines:
            self._update(top + line.top, top + line.bottom)

    def _update(self, top: float, bottom: float) -> None:
        height = int(bottom - top) + 2 * _REACH
        self._viewport.update(QRect(0, int(top) - _REACH, self._viewport.width(), height))
