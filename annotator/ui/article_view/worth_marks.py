"""Thin marks beside sentences worth checking: a bar along their lines, with a notch where each begins."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPolygonF

from annotator.model.worth import Sentence
from annotator.ui.article_view.inks import Inks
from annotator.ui.article_view.layout import Laid
from annotator.ui.panels.words import tr

_X, _WIDTH, _NOTCH = -5.0, 1.5, 4.0
REACH = 12.0
"""Pixels left of the column in which the pointer asks for the reason of a mark."""


class WorthMarks:
    """The sentences of the open article that are marked."""

    def __init__(self) -> None:
        self._sentences: Sequence[Sentence] = ()
        self._starts: list[int] = []

    @property
    def sentences(self) -> Sequence[Sentence]:
        """What is marked."""
        return self._sentences

    def show(self, sentences: Sequence[Sentence]) -> None:
        """Mark these, in text order."""
        self._sentences = sentences
        self._starts = [one.start for one in sentences]

    def at(self, start: int, end: int) -> Sentence | None:
        """Return the first marked sentence that lies in a stretch."""
        first = max(0, bisect_right(self._starts, start) - 1)
        for one in self._sentences[first : first + 2]:
            if one.start < end and start < one.end:
                return one
        return None

    def reason(self, start: int, end: int) -> str:
        """Return in words why something in a stretch is marked; empty where nothing is."""
        found = self.at(start, end)
        return tr("worth checking: {0}").format(found.worth.reason) if found else ""

    def reason_under(self, laid: Laid, place: QPointF) -> str:
        """Return why the mark under a point beside a laid-out section is there."""
        if not -REACH <= place.x() < 0:
            return ""
        line = laid.line_below(place.y())
        return self.reason(line.start, line.end)

    def paint(self, painter: QPainter, laid: Laid, inks: Inks) -> None:
        """Paint the marks beside a section; the painter is moved to its corner."""
        first = max(0, bisect_right(self._starts, laid.start) - 1)
        for one in self._sentences[first:]:
            if one.start >= laid.end:
                break
            self._paint_one(painter, laid, inks, one)

    def _paint_one(self, painter: QPainter, laid: Laid, inks: Inks, one: Sentence) -> None:
        up, down = laid.block.up, laid.block.down
        painter.setPen(inks.muted)
        painter.setBrush(inks.muted)
        for line in laid.lines:
            if line.end <= one.start or line.start >= one.end:
                continue
            top = line.base - up
            painter.fillRect(QRectF(_X, top, _WIDTH, up + down), inks.muted)
            if line.start <= one.start < line.end:
                tip, half = QPointF(_X - _NOTCH, top + _NOTCH), QPointF(0, _NOTCH)
                painter.drawPolygon(QPolygonF([QPointF(_X, top), tip, QPointF(_X, top) + half + half]))
