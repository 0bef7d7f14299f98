"""Lines that join the parts of a frame: along the rows of tags, and from line to line through the margin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from annotator.model.records import SuggestedFrame
from annotator.ui.article_view.inks import Inks
from annotator.ui.article_view.lanes import first_free, widest_gap
from annotator.ui.article_view.marks import AnyFrame, Drawn, sign_of
from annotator.ui.article_view.theme import SIGN_LINES, LineStyle

_MARGIN = 10.0
_LANE = 5.0
_LANES = 4
_LEVELS = (0.0, -3.0, 3.0)
"""How far the lines of frames that share a row of tags stand apart."""
_DOT = 3.0
_STEP = 7.0
_SIGN = 11.0
Path = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a frame: the left edge and middle of its tag in the viewport, and its line's base there.

    A part out of view has no `x`; its `y` lies above the top of the viewport, or below its end.
    """

    record: Drawn
    x: float | None
    y: float
    base: float


@dataclass(frozen=True, slots=True)
class Joined:
    """One frame with its parts from top to bottom, and whether it is the chosen one."""

    frame: AnyFrame
    parts: Sequence[Part]
    is_chosen: bool


def route(parts: Sequence[Part], trunk: float) -> list[Path]:
    """Return the polylines that join parts: one along each line, and before them a trunk beside several."""
    lines: dict[float, list[Part]] = {}
    for part in sorted(parts, key=lambda part: part.x or 0.0):
        lines.setdefault(part.base, []).append(part)
    found = []
    ends = []
    for on_line in lines.values():
        seen = [(part.x, part.y) for part in on_line if part.x is not None]
        ends.append(seen[0][1] if seen else on_line[0].y)
        path = [(trunk, seen[0][1])] if len(lines) > 1 and seen else []
        for x, y in seen:
            if path and path[-1][1] != y:
                path += [(x - _STEP, path[-1][1]), (x - _STEP, y)]
            path.append((x - _DOT, y))
        if len(path) > 1:
            found.append(path)
    if len(lines) > 1:
        found.insert(0, [(trunk, min(ends)), (trunk, max(ends))])
    return found


class FramePainter:
    """Paints the lines of frames so that they stand apart; `tags` are the rectangles of all tags in view."""

    def __init__(self, painter: QPainter, inks: Inks, left: float, tags: Iterable[QRectF]) -> None:
        self._painter, self._inks, self._left = painter, inks, left
        self._taken: dict[int, list[tuple[float, float]]] = {}
        """What stands in each row, by the height of its middle: tags, and the signs painted so far."""
        for rect in tags:
            self._row(rect.center().y()).append((rect.left(), rect.right()))
        self._trunks: list[list[tuple[float, float]]] = [[] for _ in range(_LANES)]
        self._levels: dict[int, list[list[tuple[float, float]]]] = {}

    def paint(self, frames: Iterable[Joined]) -> None:
        """Paint the lines of frames, chosen ones given first."""
        for joined in frames:
            lines = route(joined.parts, self._trunk(joined.parts))
            if lines:
                self._paint(joined, lines, self._level(lines))

    def _trunk(self, parts: Sequence[Part]) -> float:
        """Return where the line from line to line runs: in the first lane that is free there."""
        heights = [part.y for part in parts]
        if len({part.base for part in parts}) < 2:
            return self._left - _MARGIN
        lane = first_free(self._trunks, (min(heights) - 6, max(heights) + 6))
        return self._left - _MARGIN - lane * _LANE

    def _level(self, lines: Sequence[Path]) -> float:
        """Return how far a frame's lines are moved up or down, so that they do not run over others."""
        wanted = 0
        rows = [path for path in lines if path[0][0] != path[-1][0]]
        for path in rows:
            row = self._levels.setdefault(round(path[0][1]), [[] for _ in _LEVELS])
            wanted = max(wanted, first_free(row, (path[0][0] - 4, path[-1][0] + 4), keep=False))
        for path in rows:
            self._levels[round(path[0][1])][wanted].append((path[0][0] - 4, path[-1][0] + 4))
        return _LEVELS[wanted]

    def _row(self, y: float) -> list[tuple[float, float]]:
        return self._taken.setdefault(round(y), [])

    def _paint(self, joined: Joined, lines: Sequence[Path], shift: float) -> None:
        painter, inks, sign = self._painter, self._inks, sign_of(joined.frame)
        pen = _pen(joined, sign, inks)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        paths = [[QPointF(int(x) + 0.5, int(y + shift) + 0.5) for x, y in line] for line in lines]
        for path in paths:
            painter.drawPolyline(path)
        if SIGN_LINES.get(sign) == "double":
            painter.setPen(QPen(inks.paper, pen.widthF() - 2.0))
            for path in paths:
                painter.drawPolyline(path)
            painter.setPen(pen)
        painter.setBrush(QBrush(pen.color()))
        for part in joined.parts:
            if part.x is not None:
                painter.drawEllipse(QPointF(part.x - _DOT, part.y + shift), 1.5, 1.5)
        if sign:
            self._paint_sign(joined, lines, sign, shift)

    def _paint_sign(self, joined: Joined, lines: Sequence[Path], sign: str, shift: float) -> None:
        """Paint the sign of a stance where the line is free; in the margin only for the chosen frame."""
        place = self._sign_place(lines, shift)
        if place is None:
            (x, y), (x2, y2) = lines[0][0], lines[0][-1]
            if x != x2 or not joined.is_chosen:
                return
            place = QPointF(x, (y + y2) / 2)
        self._row(place.y() - shift).append((place.x() - _SIGN / 2, place.x() + _SIGN / 2))
        rect = QRectF(place.x() - _SIGN / 2, place.y() - _SIGN / 2, _SIGN, _SIGN)
        self._painter.setBrush(QBrush(self._inks.paper))
        self._painter.setPen(Qt.PenStyle.NoPen)
        if joined.is_chosen:
            self._painter.setPen(self._inks.line(self._inks.theme.soft, "thin"))
        self._painter.drawRoundedRect(rect, _SIGN / 2, _SIGN / 2)
        self._painter.setPen(self._inks.ink)
        self._painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, sign)

    def _sign_place(self, lines: Sequence[Path], shift: float) -> QPointF | None:
        """Return the middle of the widest stretch of the lines that no tag covers, if it is wide enough."""
        best, most = None, _SIGN + 4
        for path in lines:
            for (x, y), (x2, y2) in pairwise(path):
                if y != y2:
                    continue
                low, high = widest_gap((x, x2), self._row(y))
                if high - low > most:
                    best, most = QPointF((low + high) / 2, y + shift), high - low
        return best


def _pen(joined: Joined, sign: str, inks: Inks) -> QPen:
    theme = inks.theme
    style: LineStyle = SIGN_LINES.get(sign, "solid")
    pen = QPen(inks.line(theme.soft if joined.is_chosen else theme.muted, style))
    pen.setWidthF((1.3 if joined.is_chosen else 0.9) * theme.line_weight)
    if style == "double":
        pen.setWidthF(2.0 + pen.widthF())
    if isinstance(joined.frame, SuggestedFrame):
        pen.setDashPattern([3.0, 2.4])
    return pen
