"""Lines that join the parts of a frame: along the rows of tags, and from line to line through the margin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from annotator.model.records import SuggestedFrame
from annotator.ui.article_view.marks import AnyFrame, Drawn, sign_of
from annotator.ui.article_view.painting import Inks
from annotator.ui.article_view.theme import SIGN_LINES, LineStyle

_MARGIN = 13.0
_LANE = 5.0
_LANES = 4
_DOT = 3.0
_STEP = 7.0


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


def route(parts: Sequence[Part], trunk: float) -> list[list[tuple[float, float]]]:
    """Return the polylines that join parts: one along each line, and a trunk beside several lines."""
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


def paint_frames(painter: QPainter, frames: Iterable[Joined], left: float, inks: Inks) -> None:
    """Paint the lines of frames, chosen ones given first; `left` is the left edge of the column."""
    for number, joined in enumerate(frames):
        lines = route(joined.parts, left - _MARGIN - number % _LANES * _LANE)
        if not lines:
            continue
        sign = sign_of(joined.frame)
        painter.setPen(_pen(joined, sign, inks))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        paths = [[QPointF(int(x) + 0.5, int(y) + 0.5) for x, y in line] for line in lines]
        for path in paths:
            painter.drawPolyline(path)
        if SIGN_LINES.get(sign) == "double":
            painter.setPen(QPen(inks.paper, 1.0))
            for path in paths:
                painter.drawPolyline(path)
            painter.setPen(_pen(joined, sign, inks))
        for part in joined.parts:
            if part.x is not None:
                painter.setBrush(QBrush(painter.pen().color()))
                painter.drawEllipse(QPointF(part.x - _DOT, part.y), 1.5, 1.5)
        if sign:
            _paint_sign(painter, lines[0], sign, inks)


def _pen(joined: Joined, sign: str, inks: Inks) -> QPen:
    theme = inks.theme
    style: LineStyle = SIGN_LINES.get(sign, "solid")
    pen = QPen(inks.line(theme.soft if joined.is_chosen else theme.muted, style))
    pen.setWidthF(1.3 if joined.is_chosen else 0.9)
    if style == "double":
        pen.setWidthF(3.0)
    if isinstance(joined.frame, SuggestedFrame):
        pen.setDashPattern([3.0, 2.4])
    return pen


def _paint_sign(painter: QPainter, line: Sequence[tuple[float, float]], sign: str, inks: Inks) -> None:
    (x, y), (x2, y2) = line[0], line[-1]
    place = QRectF((x + x2) / 2 - 7, (y + y2) / 2 - 7, 14, 14)
    painter.setBrush(QBrush(inks.paper))
    painter.setPen(QPen(inks.soft, 1.0))
    painter.drawEllipse(place)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, sign)
