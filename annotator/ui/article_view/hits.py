"""What lies under a point: an offset of the text, a span's tag or fill, or an edge that can be dragged."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF

from annotator.model.graphemes import boundary_after, boundary_before
from annotator.model.ids import Id
from annotator.ui.article_view.layout import Laid
from annotator.ui.article_view.marks import Drawn

_REACH = 4.0


def offset_under(laid: Laid, point: QPointF, *, on_character: bool = True) -> int:
    """Return the offset under a point of the section, never inside a visible character."""
    line = laid.line_below(point.y())
    most = max(line.start, line.end - 1) if on_character else line.end
    at = max(line.start, min(laid.offset_at(line, point.x(), on_character=on_character), most))
    snap = boundary_before if on_character else boundary_after
    return laid.start + snap(laid.source.text, at - laid.start)


def tag_under(laid: Laid, point: QPointF) -> Drawn | None:
    """Return the span whose tag lies under a point."""
    line = laid.line_below(point.y())
    found = (tag.record for tag in line.tags if tag.rect.contains(point))
    return next(found, None)


def fills_under(laid: Laid, point: QPointF) -> list[Drawn]:
    """Return the spans whose fill lies under a point, innermost first; over "+n" those that it stands for."""
    line = laid.line_below(point.y())
    if line.folded and laid.folded_rect(line).contains(point):
        return list(line.folded)
    found = [fill for fill in line.fills if fill.rect.contains(point)]
    found.sort(key=lambda fill: (-fill.lane, fill.record.id))
    return list({fill.record.id: fill.record for fill in found}.values())


def edge_under(laid: Laid, point: QPointF, chosen: Id) -> tuple[int, Literal["start", "end"]] | None:
    """Return which fragment's edge of the chosen span lies under a point."""
    line = laid.line_below(point.y())
    for fill in line.fills:
        rect = fill.rect
        if fill.record.id != chosen or not rect.top() <= point.y() <= rect.bottom():
            continue
        starts, ends = (rect.right(), rect.left()) if fill.turned else (rect.left(), rect.right())
        if fill.opens and abs(point.x() - starts) <= _REACH:
            return fill.fragment, "start"
        if fill.closes and abs(point.x() - ends) <= _REACH:
            return fill.fragment, "end"
    return None
