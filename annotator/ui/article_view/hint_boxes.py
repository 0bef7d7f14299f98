"""The letters on spans and frames while one of them is to be chosen by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QPainter, QPen

from annotator.model.ids import Id

if TYPE_CHECKING:
    from annotator.ui.article_view.page import Page


def paint_hints(painter: QPainter, page: Page) -> None:
    """Paint a letter on each span and frame that has one and is in view; none covers another."""
    if not page.hints:
        return
    setting = page.column.setting
    font = QFont(setting.number_font)
    font.setBold(True)
    font.setPixelSize(max(11, int(setting.em * 0.85)))
    painter.setFont(font)
    for record, place in hint_boxes(page).items():
        ground, ink = page.inks.accent, page.inks.paper
        if record in page.column.marks.frames:
            ground, ink = ink, ground
        painter.setPen(QPen(ink, 1.2))
        painter.setBrush(QBrush(ground))
        painter.drawRoundedRect(place, 4, 4)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, page.hints[record].upper())


def hint_boxes(page: Page) -> dict[Id, QRectF]:
    """Return where the letters stand that are in view, side by side where they would meet."""
    found: dict[Id, QRectF] = {}
    for record in page.hints:
        place = page.hint_place(record)
        if place is None:
            continue
        while any(place.intersects(other) for other in found.values()):
            place.translate(place.width() + 2, 0)
        found[record] = place
    return found
