"""Paints one laid-out section: tints, selection, text, lines under spans, tags."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from annotator.model.ids import Id
from annotator.model.records import Fragment, SuggestedSpan
from annotator.ui.article_view.inks import Ground, Inks
from annotator.ui.article_view.layout import Laid
from annotator.ui.article_view.marks import Drawn
from annotator.ui.article_view.pieces import Fill, Line, Tag
from annotator.ui.article_view.setting import Setting
from annotator.ui.article_view.tags import passing_tags
from annotator.ui.article_view.theme import LabelLook

_NO_PEN, _NO_BRUSH, _CENTRE = Qt.PenStyle.NoPen, Qt.BrushStyle.NoBrush, Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Shown:
    """What is picked out at the moment; nothing of it changes where anything lies."""

    chosen: Id | None = None
    parts: Mapping[Id, str] = field(default_factory=dict)
    """What the tags of the chosen frame's parts say."""
    crumbs: Id | None = None
    """The claim whose breadcrumb is shown."""
    hovered: Id | None = None
    near: Mapping[Id, str] = field(default_factory=dict)
    """What the tags of the parts of the hovered span's frames say, where they have none at rest."""
    token: Fragment | None = None
    selection: Fragment | None = None
    finds: Sequence[Fragment] = ()
    """Sorted."""
    find: Fragment | None = None
    has_focus: bool = True
    lines_shown: bool = False
    """Whether lines of frames run behind the tags."""

    @property
    def picked(self) -> Mapping[Id, str]:
        """What the tags of all that is picked out say; nothing stands for the label."""
        found = {one: "" for one in (self.hovered, self.chosen) if one is not None}
        return {**self.near, **found, **self.parts}


class SectionPainter:
    """Paints sections one after the other; `origin` is the top left corner of the column there."""

    def __init__(
        self, painter: QPainter, setting: Setting, inks: Inks, shown: Shown, entities: frozenset[str]
    ) -> None:
        self._painter, self._setting, self._inks = painter, setting, inks
        self._shown, self._entities = shown, entities
        self._picked = shown.picked

    def paint(self, laid: Laid, top: float, bottom: float) -> None:
        """Paint what lies between `top` and `bottom`, pixels of the section; the painter is moved there."""
        lines = [line for line in laid.lines if line.bottom > top - 4 and line.top < bottom + 4]
        if not lines:
            return
        for line in lines:
            for fill in self._seen_of(line):
                self._paint_fill(fill)
        self._paint_finds(laid, lines)
        self._paint_selection(laid)
        self._paint_text(laid, lines)
        for line in lines:
            for fill in self._seen_of(line):
                self._paint_under(fill)
            for record, left, right in line.joints:
                self._paint_joint(laid, line, record, left, right)
        self._paint_unseen(laid, lines)

    def _seen_of(self, line: Line) -> Iterator[Fill]:
        """Yield the fills of a line; of those in one place the first, and what is picked out."""
        shown = self._shown
        for fill in line.fills:
            one = fill.record.id
            if not fill.twin or one == shown.chosen or one in shown.parts:
                yield fill

    def paint_tags(self, laid: Laid, top: float, bottom: float) -> None:
        """Paint the tags; the lines of frames run behind them and are painted before."""
        self._painter.setFont(self._setting.tag_font)
        for line in laid.lines:
            if line.bottom > top - 4 and line.top < bottom + 4:
                for tag in line.tags:
                    self._paint_tag(laid, line, tag)
                self._paint_passing_tags(laid, line)
                self._paint_crumbs(line)
                if line.folded:
                    self._paint_folded(laid, line)

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
            (line, QRectF(left, line.base - up, right - left, up + down - self._setting.lane))
            for line, (left, right) in laid.stretch(low, high)
        ]

    def _paint_fill(self, fill: Fill) -> None:
        record, painter = fill.record, self._painter
        if self._is_quiet(record):
            return
        painter.setPen(_NO_PEN)
        painter.setBrush(QBrush(self._inks.ground(record.label, self._ground(fill))))
        painter.drawRoundedRect(fill.rect, 2.5, 2.5)

    def _is_quiet(self, record: Drawn) -> bool:
        """Tell whether a record is a suggestion that only has a line under its words now."""
        is_entity = record.label in self._entities
        return isinstance(record, SuggestedSpan) and not is_entity and record.id not in self._picked

    def _ground(self, fill: Fill) -> Ground:
        """Return what lies under the words: however deep they lie, they can be read."""
        record = fill.record
        if record.id == self._shown.chosen or record.id in self._shown.parts:
            return "deep" if isinstance(record, SuggestedSpan) else "strong"
        if record.label in self._entities and (fill.lane or isinstance(record, SuggestedSpan)):
            return "veil" if fill.lane else "pale"
        return "deep" if fill.lane % 2 else "tint"

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
        if isinstance(record, SuggestedSpan):
            self._paint_dashes(fill, look)
            return
        if record.id == self._shown.chosen:
            painter.setPen(self._inks.outline(look.ink))
            painter.drawRoundedRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5), 3, 3)
            return
        if record.id in self._shown.parts:
            painter.setPen(self._inks.line(look.ink, "thin"))
            painter.drawRoundedRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5), 2.5, 2.5)
        y = rect.bottom() - 0.5
        painter.setPen(self._inks.line(self._inks.faint(look) if is_entity else look.ink, look.line))
        if look.line == "double":
            painter.drawLine(QPointF(rect.left(), y - 2.4), QPointF(rect.right(), y - 2.4))
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
        if not is_entity:
            self._paint_start(rect, fill, look.ink)

    def _paint_dashes(self, fill: Fill, look: LabelLook) -> None:
        """Paint a suggestion: a line under its words at rest, an outline around them when picked out."""
        painter, record, rect = self._painter, fill.record, fill.rect
        if record.id in self._picked:
            is_chosen = record.id == self._shown.chosen
            painter.setPen(self._inks.dashed_outline(look.ink, is_chosen=is_chosen))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 2.5, 2.5)
        else:
            painter.setPen(self._inks.dashes(look))
            y = rect.bottom() - 0.5
            painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))

    def _paint_start(self, rect: QRectF, fill: Fill, ink: str) -> None:
        """Paint the bar at the start; a mark at the end would be read as a comma."""
        if fill.opens:
            self._painter.setPen(self._inks.line(ink, "solid"))
            x = rect.right() - 0.5 if fill.turned else rect.left() + 0.5
            self._painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))

    def _paint_joint(self, laid: Laid, line: Line, record: Drawn, left: float, right: float) -> None:
        ink = self._inks.look(record.label).ink
        y = line.base + laid.block.down - self._setting.lane
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
        rect, turned = tag.rect, laid.starts_right
        if tag.has_stem:
            self._painter.setPen(self._inks.line(self._inks.look(tag.record.label).ink, "thin"))
            x = tag.stem + (-0.5 if turned else 0.5)
            self._painter.drawLine(QPointF(x, rect.bottom()), QPointF(x, line.base - laid.block.up))
        picked = (one for one in tag.records if one.id == self._shown.chosen or one.id in self._picked)
        record = next(picked, tag.record)
        text = self._shown.parts.get(record.id) or tag.text
        width = self._setting.tag_width(text)
        left = rect.right() - width if turned else rect.left()
        self._paint_name(QRectF(left, rect.top(), width, rect.height()), record, text)

    def _paint_name(self, rect: QRectF, record: Drawn, text: str) -> None:
        painter, shown = self._painter, self._shown
        look = self._inks.look(record.label)
        ink = self._inks.colour(look.ink)
        if record.id == shown.chosen:
            painter.setPen(_NO_PEN)
            painter.setBrush(QBrush(ink))
            painter.drawRoundedRect(rect, 2.5, 2.5)
            painter.setPen(self._inks.paper)
        elif record.id in self._picked:
            painter.setPen(self._inks.line(look.ink, "thin"))
            painter.setBrush(QBrush(self._inks.paper))
            painter.drawRoundedRect(rect, 2.5, 2.5)
            painter.setPen(ink)
        else:
            if shown.lines_shown:
                painter.fillRect(rect, self._inks.paper)
            painter.setPen(ink)
        painter.drawText(rect, _CENTRE, text)

    def _paint_crumbs(self, line: Line) -> None:
        """Paint who passed on the chosen claim, from the author inwards."""
        found = next((one for one in line.crumbs if one.record.id == self._shown.crumbs), None)
        if found is not None:
            self._painter.fillRect(found.rect, self._inks.paper)
            self._painter.setPen(self._inks.soft)
            self._painter.drawText(found.rect, _CENTRE, found.text)

    def _paint_passing_tags(self, laid: Laid, line: Line) -> None:
        """Paint the tags of entities that are picked out."""
        shown = self._shown
        found = passing_tags(line, self._picked, shown.crumbs, self._setting, turned=laid.starts_right)
        for record, rect, text in found:
            self._paint_name(rect, record, text)

    def _paint_folded(self, laid: Laid, line: Line) -> None:
        """Paint how many spans have no lane, and the outline of one of them that is picked out."""
        self._painter.setPen(self._inks.muted)
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        self._painter.drawText(laid.folded_rect(line), align, f"+{len(line.folded)}")
        for record in line.folded:
            if record.id == self._shown.chosen:
                self._painter.setBrush(_NO_BRUSH)
                self._painter.setPen(self._inks.outline(self._inks.look(record.label).ink))
                for _, rect in (found for one in record.fragments for found in self._rects(laid, one)):
                    self._painter.drawRoundedRect(rect, 3, 3)
