"""Paints no more of the viewport anew than a change touches."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from annotator.model.records import Fragment
from annotator.ui.article_view.page import Page

_REACH = 4
"""Pixels that something painted may reach over its line or section."""


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

    def update_sections(self, sections: Collection[int], before: Sequence[tuple[int, float, float]]) -> None:
        """Paint these sections anew, or all when anything has moved or lines run from one to another."""
        now = self._page.tops()
        if now != before or self._page.has_lines:
            self._viewport.update()
            return
        for section, top, height in now:
            if section in sections:
                self._update(top, top + height)

    def _update(self, top: float, bottom: float) -> None:
        height = int(bottom - top) + 2 * _REACH
        self._viewport.update(QRect(0, int(top) - _REACH, self._viewport.width(), height))
