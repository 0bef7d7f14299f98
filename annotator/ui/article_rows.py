"""How a row of the list of articles is painted: its sign, its title, and how many suggestions wait."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.model.records import ArticleRow
from annotator.ui.article_model import ROW

_SIGN = 0.36
"""Half of the side of the sign of how far an article is, as a share of a line's height."""


class RowDelegate(QStyledItemDelegate):
    """Draws an article in two lines: title; outlet and date, progress sign, waiting suggestions."""

    @staticmethod
    def height(font: QFont) -> int:
        """Return the height of a row for a font."""
        return QFontMetrics(font).height() * 2 + 16

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        """Return the size of a row."""
        return QSize(180, self.height(option.font))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row in the palette's colours."""
        row = index.data(ROW)
        palette = option.palette
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Highlight))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.AlternateBase))
        role = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Text
        quiet = role if is_chosen else QPalette.ColorRole.PlaceholderText
        ink, soft = palette.color(role), palette.color(quiet)
        if isinstance(row, ArticleRow):
            self._draw(painter, option.rect.adjusted(8, 6, -8, -6), row, ink, soft)
        painter.setPen(palette.color(QPalette.ColorRole.Midlight))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _draw(self, painter: QPainter, place: QRect, row: ArticleRow, ink: QColor, soft: QColor) -> None:
        metrics = painter.fontMetrics()
        half = metrics.height() * _SIGN
        left = place.left() + round(2 * half) + 10
        middle = QPointF(place.left() + half + 1, place.top() + metrics.height() / 2 + 1)
        _draw_sign(painter, middle, half, row.reading, ink)
        font = painter.font()
        font.setWeight(QFont.Weight.DemiBold if row.reading != "done" else QFont.Weight.Normal)
        below = QRect(left, place.bottom() - metrics.height() - 1, place.right() - left, metrics.height() + 2)
        if row.stops:
            below.setRight(_draw_count(painter, below, row.stops, soft) - 8)
        facts = " · ".join(fact for fact in (row.outlet, row.published[:10]) if fact)
        painter.setPen(ink)
        painter.setFont(font)
        line = QRect(left, place.top(), place.right() - left, metrics.height() + 2)
        _draw_title(painter, line, QRect() if facts else below, " ".join((row.title or row.name).split()))
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(soft)
        facts = metrics.elidedText(facts, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, facts)


def _draw_title(painter: QPainter, line: QRect, below: QRect, title: str) -> None:
    """Draw a title in one line, or where the line below is free, in two."""
    metrics = painter.fontMetrics()
    first, rest = title, ""
    if below.isValid() and metrics.horizontalAdvance(title) > line.width():
        words, room, count = title.split(" "), line.width(), 0
        space = metrics.horizontalAdvance(" ")
        while count < len(words) and (room := room - metrics.horizontalAdvance(words[count])) >= 0:
            count, room = count + 1, room - space
        first, rest = " ".join(words[: max(1, count)]), " ".join(words[max(1, count) :])
    for place, text in ((line, first), (below, rest)):
        if text:
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


def _draw_sign(painter: QPainter, middle: QPointF, half: float, reading: str, ink: QColor) -> None:
    """Draw how far the article is: a ring, a half-filled ring, a tick."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, half * 0.28))
    side = QPointF(half, half)
    ring = QRectF(middle - side, middle + side)
    if reading == "done":
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(ink, half * 0.4, Qt.PenStyle.SolidLine, cap, join))
        corners = ((-1.0, 0.0), (-0.2, 0.8), (1.0, -0.8))
        painter.drawPolyline([middle + QPointF(x, y) * half for x, y in corners])
        return
    painter.drawEllipse(ring)
    if reading == "begun":
        painter.setBrush(ink)
        painter.drawPie(ring, 90 * 16, 180 * 16)


def _draw_count(painter: QPainter, line: QRect, count: int, ink: QColor) -> int:
    """Draw how many suggestions are gone to, in a dashed box as suggestions are; return where it begins."""
    text = str(count)
    width = painter.fontMetrics().horizontalAdvance(text) + 12
    box = QRectF(line.right() - width, line.top() + 1, width, line.height() - 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, 1.0, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    return int(box.left())
