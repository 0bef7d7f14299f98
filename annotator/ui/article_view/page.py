"""What is in view and picked out at the moment, and how it is painted in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from annotator.model import rules
from annotator.model.ids import Id
from annotator.model.records import Fragment, NothingHere
from annotator.model.scheme import Scheme
from annotator.model.units import TextUnits
from annotator.ui.article_view.caret import Caret
from annotator.ui.article_view.column import ABOVE, Column
from annotator.ui.article_view.frames import FramePainter, Joined
from annotator.ui.article_view.hint_boxes import paint_hints
from annotator.ui.article_view.hits import offset_under, tag_under
from annotator.ui.article_view.inks import Inks
from annotator.ui.article_view.joining import Seen, join, tag_rects
from annotator.ui.article_view.layout import Laid
from annotator.ui.article_view.marks import AnyFrame, Drawn, Marks
from annotator.ui.article_view.painting import SectionPainter, Shown
from annotator.ui.article_view.pieces import Line
from annotator.ui.article_view.setting import NUMBER, Setting
from annotator.ui.article_view.tags import passing_tags, role_text
from annotator.ui.article_view.theme import LIGHT
from annotator.ui.article_view.worth_marks import WorthMarks

NOTHING = "∅"
_MOST_FRAMES = 200
_MOST_CHOSEN = 8
_REACH = 8
"""Pixels that something painted may reach over its section."""


class Page:
    """The viewport's state; every point here is one of the viewport."""

    def __init__(self) -> None:
        units = TextUnits("")
        setting = Setting(LIGHT, 13.0, 96.0, 600.0)
        self.column = Column(units, Marks(units, Scheme("", "", ())), (), setting)
        self.caret = Caret(units)
        self.inks = Inks(LIGHT)
        self.width = 0.0
        self.all_frames = False
        self.chosen: Id | None = None
        self.hovered: Id | None = None
        self.hints: Mapping[Id, str] = {}
        """Letters that are shown on spans and frames."""
        self.thread: tuple[QPointF, QPointF] | None = None
        """The line drawn while a span is dragged onto another."""
        self._frames: Sequence[AnyFrame] = ()
        self._parts: dict[Id, str] = {}
        self._crumbs: Id | None = None
        self._finds: tuple[Fragment, ...] = ()
        self._find: Fragment | None = None
        self._nothing: frozenset[int] = frozenset()
        self._all_nothing = False
        self._numbers: list[int] = []
        self.worth = WorthMarks()

    @property
    def units(self) -> TextUnits:
        """The units of the text that is shown."""
        return self.column.units

    def open(self, caret: Caret) -> None:
        """Forget what was picked out: another article is going to be drawn."""
        self.caret, self.chosen = caret, None
        self._finds, self._find, self.hints = (), None, {}

    def draw_from(self, column: Column, inks: Inks) -> None:
        """Draw the article of this column from now on, with what is picked out in it."""
        self.column, self.inks, self.hovered = column, inks, None
        self._numbers = self._number()
        self.choose(self.chosen)

    def lay_more(self, seconds: float) -> bool:
        """Lay out for so long what is not in view; return whether something is left."""
        return self.column.lay_more(seconds)

    def choose(self, record: Id | None) -> None:
        """Pick out a record and, of a frame, its parts; also to be called when the records changed."""
        self.chosen = record
        self._frames = self._frames_of(record)
        self._parts = self._part_names(self._frames)
        self._crumbs = self._nested_claim()

    def set_finds(self, finds: Sequence[Fragment], find: Fragment | None) -> None:
        """Mark what a search found, one of them as the one looked at."""
        self._finds, self._find = tuple(sorted(finds)), find

    def set_nothing(self, recorded: Iterable[NothingHere]) -> Collection[int]:
        """Mark the paragraphs that were read and hold nothing; return those that look different now."""
        stretches = [one.stretch for one in recorded]
        before, was_all = self._nothing, self._all_nothing
        self._all_nothing = None in stretches
        self._nothing = frozenset(
            section for one in stretches if one for section in self.units.sections_of(*one)
        )
        is_other = was_all != self._all_nothing
        return range(len(self.units.starts)) if is_other else self._nothing ^ before

    @property
    def has_lines(self) -> bool:
        """Tell whether lines of frames are drawn, which may run anywhere."""
        return bool(self._frames or self.all_frames or self.hovered)

    def place_of(self, record: Id | None) -> int | None:
        """Return the offset where a record (for a frame: its first part) starts."""
        if record is None:
            return None
        marks = self.column.marks
        found = marks.records.get(record)
        if found is not None:
            return found.start
        frame = marks.frames.get(record)
        parts = marks.parts(frame) if frame else []
        return min(rules.starts((role, part.start) for role, part in parts), default=None)

    @property
    def left(self) -> float:
        """The left edge of the column."""
        setting = self.column.setting
        return float(int(max(setting.margin, (self.width - setting.column) / 2)))

    def offset_at(self, point: QPointF, *, on_character: bool = True) -> int:
        """Return the offset nearest to a point."""
        found = self.column.under(point.y())
        if found is None:
            return 0
        laid, y = found
        return offset_under(laid, QPointF(point.x() - self.left, y), on_character=on_character)

    def local(self, point: QPointF) -> tuple[Laid, QPointF] | None:
        """Return the section under a point, and the point in it."""
        found = self.column.under(point.y())
        return (found[0], QPointF(point.x() - self.left, found[1])) if found else None

    def tag_at(self, point: QPointF) -> Drawn | None:
        """Return the span whose tag lies under a point, also one that is only shown now."""
        found = self.local(point)
        if found is None:
            return None
        laid, place = found
        shown, line = self._shown(has_focus=True, lines_shown=False), laid.line_below(place.y())
        passing = passing_tags(
            line, shown.picked, shown.crumbs, self.column.setting, turned=laid.starts_right
        )
        here = (record for record, rect, _ in passing if rect.contains(place))
        return tag_under(laid, place) or next(here, None)

    def rects(self, stretch: Fragment) -> list[QRectF]:
        """Return where a stretch lies, as far as it is in view."""
        found = []
        for _, top, laid in self.column.visible():
            if laid.start >= stretch.end:
                break
            low, high = max(stretch.start, laid.start), min(stretch.end, laid.end)
            if low < high:
                for line, (left, right) in laid.stretch(low, high):
                    y = top + line.base - laid.block.up
                    found.append(QRectF(self.left + left, y, right - left, laid.block.up + laid.block.down))
        return found

    def token_rect(self) -> QRectF:
        """Return where the caret's token lies."""
        found = self.rects(self.caret.token)
        return found[0] if found else QRectF(self.left, 0, 1, 1)

    def line_step(self, unit: str, step: int, goal: float | None) -> tuple[int, float]:
        """Return where a step by one line (or page) leads, and the x that further steps keep to."""
        column, here = self.column, self.caret.offset
        column.show(here)
        rect = self.token_rect()
        x = rect.center().x() if goal is None else goal
        laid = column.laid(column.units.section_at(here)) if len(column.heights) else None
        if laid is None:
            return here, x
        line = laid.line_at(here)
        if unit == "page":
            column.scroll_by(step * max(40.0, column.view_height - 80))
            y = rect.center().y()
            return self.offset_at(QPointF(x, max(10.0, min(y, column.view_height - 10)))), x
        target = self._line_beside(laid, line, step)
        if target is None:
            return here, x
        found, other = target
        return offset_under(found, QPointF(x - self.left, (other.top + other.bottom) / 2)), x

    def position(self) -> tuple[int, float]:
        """Return which paragraph the top shows, and which share of its characters is above."""
        column, units = self.column, self.units
        if not units.paragraphs:
            return 0, 0.0
        share = max(0.0, column.offset) / max(1.0, column.heights[column.section])
        at = units.starts[column.section] + share * (
            units.ends[column.section] - units.starts[column.section]
        )
        paragraph = units.paragraph_of[column.section]
        start, end = units.paragraphs[paragraph]
        return paragraph, (at - start) / (end - start)

    def restore_position(self, position: tuple[int, float]) -> None:
        """Go back to where `position` was taken."""
        column, units = self.column, self.units
        paragraph, share = position
        if paragraph == 0 and share <= 0.0:
            column.section, column.offset = 0, -ABOVE
            return
        if not 0 <= paragraph < len(units.paragraphs):
            return
        start, end = units.paragraphs[paragraph]
        at = start + share * (end - start)
        section = units.section_at(int(at))
        low, high = units.starts[section], units.ends[section]
        column.section = section
        column.offset = max(0.0, (at - low) / (high - low)) * column.laid(section).height
        column.scroll_by(0)

    def seen(self) -> tuple[float, float]:
        """Return which share of the text is in view."""
        length = max(1, len(self.units.text))
        found = list(self.column.visible())
        if not found:
            return 0.0, 1.0
        low, high = found[0][2].start, found[-1][2].end
        first, last = found[0][2], found[-1][2]
        low += int(max(0.0, self.column.offset) / max(1.0, first.height) * (first.end - first.start))
        below = max(0.0, found[-1][1] + last.height - self.column.view_height)
        high -= int(below / max(1.0, last.height) * (last.end - last.start))
        return low / length, max(low, high) / length

    def paint(self, painter: QPainter, area: QRect, *, has_focus: bool) -> None:
        """Paint the part of the viewport that `area` covers."""
        painter.fillRect(area, self.inks.paper)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        visible = list(self.column.visible())
        joined = self._joined(visible)
        shown = self._shown(has_focus=has_focus, lines_shown=bool(joined))
        sections = SectionPainter(painter, self.column.setting, self.inks, shown, self.column.marks.entities)
        left, low, high = self.left, area.top(), area.bottom()
        for section, top, laid in visible:
            if low - _REACH > top + laid.height or top > high + _REACH:
                continue
            painter.translate(left, top)
            self._paint_margin(painter, section, laid)
            sections.paint(laid, low - top, high - top)
            painter.translate(-left, -top)
        if joined:
            painter.setFont(self.column.setting.tag_font)
            FramePainter(painter, self.inks, left, tag_rects(visible, left)).paint(joined)
        for _, top, laid in visible:
            painter.translate(left, top)
            sections.paint_tags(laid, low - top, high - top)
            painter.translate(-left, -top)
        self._paint_caret(painter, has_focus)
        paint_hints(painter, self)
        if self.thread:
            painter.setPen(QPen(self.inks.accent, 1.6, Qt.PenStyle.DashLine))
            painter.drawLine(*self.thread)

    def _shown(self, *, has_focus: bool, lines_shown: bool) -> Shown:
        return Shown(
            self.chosen,
            self._parts,
            self._crumbs,
            self.hovered,
            self._near(),
            self.caret.token,
            self.caret.selection,
            self._finds,
            self._find,
            has_focus,
            lines_shown,
        )

    def _paint_margin(self, painter: QPainter, section: int, laid: Laid) -> None:
        setting, inks = self.column.setting, self.inks
        painter.setFont(setting.number_font)
        line, size = laid.lines[0], setting.em
        if laid.source.opens and laid.block.look.numbered:
            painter.setPen(inks.muted)
            place = QRectF(-self.left, line.base - size, self.left - NUMBER, size * 1.2)
            painter.drawText(
                place,
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                str(self._numbers[section]),
            )
        if section in self._nothing or (self._all_nothing and laid.source.opens):
            painter.setPen(inks.soft)
            place = QRectF(-self.left, line.base + size * 0.12, self.left - NUMBER, size)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, NOTHING)
        self.worth.paint(painter, laid, inks)

    def _paint_caret(self, painter: QPainter, has_focus: bool) -> None:
        if not self.units.paragraphs:
            return
        accent = self.inks.accent if has_focus else self.inks.muted
        painter.setBrush(Qt.BrushStyle.NoBrush)
        offset, selection = self.caret.offset, self.caret.selection
        token = self.caret.token
        for at, rect in enumerate(self.rects(token)):
            if selection is None:
                painter.setPen(QPen(accent, 1.0))
                painter.drawRoundedRect(rect.adjusted(-1.5, 0.5, 1.5, -0.5), 3, 3)
            if at == 0:
                x = self._caret_x(offset, rect.left() - 1.5)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QBrush(accent))
                painter.drawRect(QRectF(x - 1, rect.top(), 2.2, rect.height()))
                painter.setBrush(Qt.BrushStyle.NoBrush)

    def hint_place(self, record: Id) -> QRectF | None:
        """Return the small box for the letter of a record, on the first letter of its words, if in view."""
        at = self.place_of(record)
        token = self.units.token_at(at) if at is not None else None
        found = self.rects(Fragment(at, max(token.end, at + 1))) if at is not None and token else []
        if not found or not 0 <= found[0].center().y() <= self.column.view_height:
            return None
        size = self.column.setting.em * 1.15
        laid = self.column.laid(self.units.section_at(at or 0))
        x = found[0].right() - size * 0.75 if laid.right_to_left else found[0].left() - size * 0.25
        return QRectF(x, found[0].top() - size * 0.35, size, size)

    def _caret_x(self, offset: int, left: float) -> float:
        """Return where the bar stands: before the token, or where a selection by characters ends."""
        laid = self.column.laid(self.units.section_at(offset))
        if offset == self.caret.token.start and not laid.right_to_left:
            return left
        return self.left + laid.x_of(laid.line_at(offset), offset)

    def _joined(self, visible: Sequence[Seen]) -> list[Joined]:
        marks = self.column.marks
        wanted = {frame.id: frame for frame in self._frames}
        if self.hovered:
            wanted |= {frame.id: frame for frame in marks.frames_of.get(self.hovered, ())}
        if self.all_frames:
            for section, _, _ in visible:
                for record in marks.by_section.get(section, ()):
                    wanted |= {frame.id: frame for frame in marks.frames_of.get(record.id, ())}
        frames, chosen = list(wanted.values())[:_MOST_FRAMES], {frame.id for frame in self._frames}
        return join(self.column, visible, self.left, frames, chosen) if frames else []

    def _frames_of(self, chosen: Id | None) -> Sequence[AnyFrame]:
        if chosen is None:
            return ()
        marks = self.column.marks
        frame = marks.frames.get(chosen)
        return (frame,) if frame else marks.frames_of.get(chosen, ())[:_MOST_CHOSEN]

    def _near(self) -> dict[Id, str]:
        """Return what the tags of the hovered span's frames say."""
        if self.hovered is None:
            return {}
        return self._part_names(self.column.marks.frames_of.get(self.hovered, ())[:_MOST_CHOSEN])

    def _part_names(self, frames: Sequence[AnyFrame]) -> dict[Id, str]:
        marks = self.column.marks
        return {
            record.id: role_text(role, record, marks)
            for frame in frames
            for role, record in marks.parts(frame)
            if record.id != self.chosen
        }

    def _nested_claim(self) -> Id | None:
        """Return the claim of the innermost chosen attribution that lies inside another one."""
        marks = self.column.marks
        nested = [one for one in self._frames if marks.chain(one)]
        frame = max(nested, key=lambda one: len(marks.chain(one)), default=None)
        return next((end.end for end in frame.roles if end.role == "claim"), None) if frame else None

    def _line_beside(self, laid: Laid, line: Line, step: int) -> tuple[Laid, Line] | None:
        at = laid.lines.index(line) + step
        if 0 <= at < len(laid.lines):
            return laid, laid.lines[at]
        section = self.units.section_at(laid.start) + step
        if not 0 <= section < len(self.units.starts):
            return None
        other = self.column.laid(section)
        return other, other.lines[0 if step > 0 else -1]

    def _number(self) -> list[int]:
        """Return the number of the paragraph that each section belongs to, counting running text alone."""
        units, count, last, numbers = self.units, 0, -1, []
        kinds = self.column.unnumbered()
        for section, paragraph in enumerate(units.paragraph_of):
            if paragraph != last and section not in kinds:
                count += 1
            last = paragraph
            numbers.append(count)
        return numbers
