"""Where the parts of frames lie in the viewport, so that lines can join them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from PySide6.QtCore import QRectF

from annotator.model.ids import Id
from annotator.ui.article_view.column import Column
from annotator.ui.article_view.frames import Joined, Part
from annotator.ui.article_view.layout import Laid
from annotator.ui.article_view.marks import AnyFrame, Drawn
from annotator.ui.article_view.tags import row_rect, tag_of

Seen = tuple[int, float, Laid]
"""A section in view: its number, its top in the viewport, and how it is laid out."""
_OUT = 60.0


def join(
    column: Column,
    visible: Sequence[Seen],
    left: float,
    frames: Iterable[AnyFrame],
    chosen: Collection[Id],
) -> list[Joined]:
    """Return where the parts of each frame lie; `left` is the left edge of the column."""
    places = {section: (top, laid) for section, top, laid in visible}
    return [
        Joined(
            frame,
            [_part(column, places, left, record) for _, record in column.marks.parts(frame)],
            frame.id in chosen,
        )
        for frame in frames
    ]


def tag_rects(visible: Iterable[Seen], left: float) -> Iterator[QRectF]:
    """Yield the rectangles of all tags in view."""
    for _, top, laid in visible:
        for line in laid.lines:
            for tag in line.tags:
                yield tag.rect.translated(left, top)


def _part(column: Column, places: dict[int, tuple[float, Laid]], left: float, record: Drawn) -> Part:
    section = column.units.section_at(record.start)
    found = places.get(section)
    place = found[1].places.get(record.id) if found else None
    if found is None or place is None:
        above = section < column.section or (found is not None and found[0] < 0)
        y = -_OUT if above else column.view_height + _OUT
        return Part(record, None, y, y)
    top, _ = found
    line, fill = place
    tag = tag_of(line, record)
    rect = tag.rect if tag else row_rect(line, fill.left, 0.0, 0, column.setting)
    return Part(record, left + rect.left(), top + rect.center().y(), top + line.base)
