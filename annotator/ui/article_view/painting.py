"""Paints one laid-out section: tints, selection, text, lines under spans, tags."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from annotator.model.ids import Id
from annotator.model.records import Fragment, SuggestedSpan
from annotator.ui.article_view.lanes import lane_clear
from annotator.ui.article_view.layout import LANE, Fill, Laid, Line, Tag, row_rect
from annotator.ui.article_view.marks import Drawn
from annotator.ui.article_view.setting import TAG_SPACE, Setting
from annotator.ui.article_view.theme import LabelLook, LineStyle, ViewTheme, blend, see_through, sheer

_PALE = 0.55
_NO_PEN, _NO_BRUSH, _CENTRE = Qt.PenStyle.NoPen, Qt.BrushStyle.NoBrush, Qt.AlignmentFlag.AlignCenter
_DASHES: Mapping[LineStyle, list[float]] = {"dotted": [1.0, 2.2], "dashdot": [5.0, 2.0, 1.0, 2.0]}
_WIDTHS: Mapping[LineStyle, float] = {"thick": 2.2, "thin": 0.8, "dotted": 1.4}


@dataclass(frozen=True, slots=True)
class Shown:
    """What is picked out at the moment; nothing of it changes where anything lies."""

    chosen: Id | None = None
    parts: Mapping[Id, str] = field(default_factory=dict)
    """What the tags of the chosen frame's parts say."""
    hovered: Id | None = None
    token: Fragment | None = None
    selection: Fragment | None = None
    finds: Sequence[Fragment] = ()
    """Sorted."""
    find: Fragment | None = None
    has_focus: bool = True
    lines_shown: bool = False
    """Whether lines of frames run behind the tags."""


class Inks:
    """The theme's colours as Qt wants them, made once."""

    def __init__(self, theme: ViewTheme) -> None:
        self.theme = theme
        self.ink, self.soft, self.muted = QColor(theme.ink), QColor(theme.soft), QColor(theme.muted)
        self.paper, self.rule, self.accent = QColor(theme.paper), QColor(theme.rule), QColor(theme.accent)
        self.selection, self.find, self.marker = (
            QColor(theme.selection),
            QColor(theme.find),
            QColor(theme.marker),
        )
        self._colours: dict[str, QColor] = {}
        self._pens: dict[tuple[str, LineStyle], QPen] = {}
        self._looks: dict[str, LabelLook] = {}

    def text(self, name: str) -> QColor:
        """Return an ink by its name in `BlockLook`."""
        return {"ink": self.ink, "soft": self.soft}.get(name, self.muted)

    def colour(self, name: str) -> QColor:
        """Return a colour of the theme."""
        found = self._colours.get(name)
        if found is None:
            found = self._colours[name] = QColor(name)
        return found

    def look(self, label: str) -> LabelLook:
        """Return how a label is drawn."""
        found = self._looks.get(label)
        if found is None:
            found = self._looks[label] = see_through(self.theme.look(label), self.theme.paper)
        return found

    def faint(self, look: LabelLook) -> str:
        """Return the ink for the line under an entity."""
        return blend(look.ink, self.theme.paper, 0.6)

    def line(self, ink: str, style: LineStyle) -> QPen:
        """Return the pen for a line of one style."""
        pen = self._pens.get((ink, style))
        if pen is None:
            pen = QPen(QColor(ink), _WIDTHS.get(style, 1.2))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            if style in _DASHES:
                pen.setDashPattern(_DASHES[style])
            self._pens[(ink, style)] = pen
        return pen

    def dashes(self, ink: str) -> QPen:
        """Return the pen that suggestions are drawn with."""
        pen = QPen(QColor(ink), 1.0)
        pen.setDashPattern([3.0, 2.4])
        return pen


class SectionPainter:
    """Paints sections one after the other; `origin` is the top left corner of the column there."""

    def __init__(
        self, painter: QPainter, setting: Setting, inks: Inks, shown: Shown, entities: frozenset[str]
    ) -> None:
        self._painter, self._setting, self._inks = painter, setting, inks
        self._shown, self._entities = shown, entities

    def paint(self, laid: Laid, top: float, bottom: float) -> None:
        """Paint what lies between `top` and `bottom`, pixels of the section; the painter is moved there."""
        lines = [line for line in laid.lines if line.bottom > top - 4 and line.top < bottom + 4]
        if not lines:
            return
        self._paint_finds(laid, lines)
        for line in lines:
            for fill in line.fills:
                self._paint_fill(fill)
        self._paint_selection(laid)
        self._paint_text(laid, lines)
        for line in lines:
            for fill in line.fills:
                self._paint_under(fill)
            for record, left, right in line.joints:
                self._paint_joint(laid, line, record, left, right)
        self._paint_unseen(laid, lines)

    def paint_tags(self, laid: Laid, top: float, bottom: float) -> None:
        """Paint the tags; the lines of frames run behind them and are painted before."""
        self._painter.setFont(self._setting.tag_font)
        for line in laid.lines:
            if line.bottom > top - 4 and line.top < bottom + 4:
                for tag in line.tags:
                    self._paint_tag(laid, line, tag)
                self._paint_passing_tags(line)
                if line.folded:
                    self._paint_folded(line)

    def _paint_finds(self, laid: Laid, lines: Sequence[Line]) -> None:
        shown, low, high = self._shown, lines[0].start, lines[-1].end
        first = bisect_left(shown.finds, low, key=lambda one: one.end)
        for at in range(first, len(shown.finds)):
            one = shown.finds[at]
            if one.start >= high:
                break
            for _, rect in self._rects(laid, one):
                self._painter.fillRect(rect, self._inks.find)
                if one == shown.find:
                    self._painter.setPen(QPen(self._inks.marker, 1.4))
                    self._painter.setBrush(_NO_BRUSH)
                    self._painter.drawRect(rect)

    def _rects(self, laid: Laid, stretch: Fragment) -> list[tuple[Line, QRectF]]:
        low, high = max(stretch.start, laid.start), min(stretch.end, laid.end)
        if low >= high:
            return []
        up, down = laid.block.up, laid.block.down
        return [
            (line, QRectF(left, line.base - up, right - left, up + down - LANE))
            for line, (left, right) in laid.stretch(low, high)
        ]

    def _paint_fill(self, fill: Fill) -> None:
        record, painter = fill.record, self._painter
        look = self._inks.look(record.label)
        is_suggested = isinstance(record, SuggestedSpan)
        is_strong = record.id == self._shown.chosen or record.id in self._shown.parts
        tint = look.strong if is_strong else look.tint
        if not is_strong and (is_suggested or (fill.lane and record.label in self._entities)):
            tint = sheer(look.tint, _PALE)
        painter.setPen(_NO_PEN)
        painter.setBrush(QBrush(self._inks.colour(tint)))
        painter.drawRoundedRect(fill.rect, 2.5, 2.5)

    def _paint_selection(self, laid: Laid) -> None:
        stretch = self._shown.selection
        if stretch is None:
            return
        for _, rect in self._rects(laid, stretch):
            self._painter.fillRect(rect.adjusted(0, -1, 0, 1), self._inks.selection)

    def _paint_text(self, laid: Laid, lines: Sequence[Line]) -> None:
        painter = self._painter
        painter.setPen(self._inks.text(laid.block.look.ink))
        if not laid.clips:
            for line in lines:
                line.line.draw(painter, QPointF(0, 0))
            return
        for line in lines:
            painter.save()
            painter.setClipRect(
                QRectF(-4000, line.top, 12000, line.bottom - line.top), Qt.ClipOperation.IntersectClip
            )
            line.line.draw(painter, QPointF(0, 0))
            painter.restore()

    def _paint_under(self, fill: Fill) -> None:
        """Paint the line under a piece in the style of its label, and the outline of what is picked out."""
        record, painter = fill.record, self._painter
        look, rect = self._inks.look(record.label), fill.rect
        is_entity = record.label in self._entities
        painter.setBrush(_NO_BRUSH)
        if record.id == self._shown.chosen:
            painter.setPen(QPen(self._inks.colour(look.ink), 1.8))
            painter.drawRoundedRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5), 3, 3)
            return
        if isinstance(record, SuggestedSpan):
            painter.setPen(self._inks.dashes(look.ink))
            if is_entity:
                painter.drawLine(rect.bottomLeft(), rect.bottomRight())
            else:
                painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 2.5, 2.5)
            return
        y = rect.bottom() - 0.5
        painter.setPen(self._inks.line(self._inks.faint(look) if is_entity else look.ink, look.line))
        if look.line == "double":
            painter.drawLine(QPointF(rect.left(), y - 2.4), QPointF(rect.right(), y - 2.4))
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
        if not is_entity:
            self._paint_ends(rect, fill, look.ink)

    def _paint_ends(self, rect: QRectF, fill: Fill, ink: str) -> None:
        self._painter.setPen(self._inks.line(ink, "solid"))
        if fill.opens:
            self._painter.drawLine(
                QPointF(rect.left() + 0.5, rect.top()), QPointF(rect.left() + 0.5, rect.bottom())
            )
        if fill.closes:
            self._painter.drawLine(
                QPointF(rect.right() - 0.5, rect.bottom() - 5), QPointF(rect.right() - 0.5, rect.bottom())
            )

    def _paint_joint(self, laid: Laid, line: Line, record: Drawn, left: float, right: float) -> None:
        ink = self._inks.look(record.label).ink
        y = line.base + laid.block.down - LANE
        self._painter.setPen(self._inks.line(ink, "dotted"))
        self._painter.drawLine(QPointF(left, y), QPointF(right, y))

    def _paint_unseen(self, laid: Laid, lines: Sequence[Line]) -> None:
        for at in laid.unseen:
            line = laid.line_at(at)
            if line in lines:
                x, up = laid.x_of(line, at), laid.block.up
                self._painter.setPen(QPen(self._inks.marker, 1.2))
                self._painter.drawLine(QPointF(x, line.base - up * 0.72), QPointF(x, line.base + 2))
                self._painter.drawLine(
                    QPointF(x - 2, line.base - up * 0.86), QPointF(x, line.base - up * 0.72)
                )
                self._painter.drawLine(
                    QPointF(x + 2, line.base - up * 0.86), QPointF(x, line.base - up * 0.72)
                )

    def _paint_tag(self, laid: Laid, line: Line, tag: Tag) -> None:
        rect = tag.rect
        if tag.has_stem:
            self._painter.setPen(QPen(self._inks.colour(self._inks.look(tag.record.label).ink), 0.8))
            x = tag.stem + 0.5
            self._painter.drawLine(QPointF(x, rect.bottom()), QPointF(x, line.base - laid.block.up))
        self._paint_name(rect, tag.record, tag.text)

    def _paint_name(self, rect: QRectF, record: Drawn, text: str) -> None:
        theme, painter, shown = self._inks.theme, self._painter, self._shown
        ink = self._inks.colour(self._inks.look(record.label).ink)
        text = shown.parts.get(record.id) or text
        rect = QRectF(rect.left(), rect.top(), self._setting.tag_width(text), rect.height())
        if record.id == shown.chosen:
            painter.setPen(_NO_PEN)
            painter.setBrush(QBrush(ink))
            painter.drawRoundedRect(rect, 2.5, 2.5)
            painter.setPen(self._inks.paper)
        elif record.id in shown.parts or record.id == shown.hovered:
            painter.setPen(QPen(ink, 0.8))
            painter.setBrush(QBrush(self._inks.paper))
            painter.drawRoundedRect(rect, 2.5, 2.5)
            painter.setPen(ink)
        else:
            if shown.lines_shown:
                painter.fillRect(rect, self._inks.paper)
            if isinstance(record, SuggestedSpan):
                ink = self._inks.colour(blend(self._inks.look(record.label).ink, theme.paper, 0.72))
            painter.setPen(ink)
        painter.drawText(rect, _CENTRE, text)

    def _paint_passing_tags(self, line: Line) -> None:
        """Paint the tags of entities that are picked out, where no other tag is."""
        shown = self._shown
        taken = [(tag.left, tag.left + tag.width) for tag in line.tags if tag.row == 0]
        for fill in line.fills:
            record = fill.record
            wanted = record.id in (shown.chosen, shown.hovered) or record.id in shown.parts
            if not wanted or record.label not in self._entities or not fill.opens or fill.fragment:
                continue
            text = shown.parts.get(record.id) or record.label
            width = self._setting.tag_width(text)
            left = lane_clear(taken, fill.left, width, TAG_SPACE)
            taken.append((left, left + width))
            self._paint_name(row_rect(line, left, width, 0, self._setting), record, text)

    def _paint_folded(self, line: Line) -> None:
        self._painter.setPen(self._inks.muted)
        place = QRectF(self._setting.column + 6, line.base - line.up, 60, line.up)
        self._painter.drawText(
            place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, f"+{line.folded}"
        )
