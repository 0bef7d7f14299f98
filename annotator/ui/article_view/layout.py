"""One section of the article, laid out: its lines, and the fills, tags and joints on each line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from annotator.model.ids import Id
from annotator.model.records import SuggestedSpan
from annotator.model.text import Utf16Map
from annotator.ui.article_view.display import (
    display_text,
    has_towers,
    is_right_to_left,
    replaced,
    starts_at_the_right,
    unseen,
)
from annotator.ui.article_view.lanes import nesting
from annotator.ui.article_view.marks import Drawn, Marks
from annotator.ui.article_view.pieces import Box, Fill, Line, SectionText
from annotator.ui.article_view.setting import ROOM, BlockSetting, Setting
from annotator.ui.article_view.tags import put_rects, put_tags

PAD = 1.5
"""Pixels that a fill reaches over its text at its ends."""
_MOST_INSET = 3
_CROWDED = 150
_Piece = tuple[int, int, Drawn, int]
"""Where a fragment starts and ends in a section, whose it is, and its number."""
_Place = tuple[int, int, str | Id, object]
_BETWEEN = QTextLine.CursorPosition.CursorBetweenCharacters


class Laid:
    """A section with every line in its place."""

    def __init__(
        self,
        source: SectionText,
        records: Sequence[Drawn],
        marks: Marks,
        setting: Setting,
        before: Laid | None = None,
    ) -> None:
        """Lay out a section; `before` is how it was laid out, whose lines stay where only marks are new."""
        self.source, self._setting = source, setting
        self.start, self.end = source.start, source.start + len(source.text)
        self.block: BlockSetting = setting.block(source.kind)
        self.places: dict[Id, tuple[Line, Fill]] = {}
        """The first piece of each span that starts here."""
        self._column = setting.column
        if before is not None and before._setting is setting and before.source == source:
            self._take_lines(before)
        else:
            self._lay_lines(setting)
        self._starts = [line.start for line in self.lines]
        self._put_fills(records, marks)
        for line in self.lines:
            put_tags(line, marks, setting, turned=self.starts_right)
        self.height = self._stack(setting)

    def _lay_lines(self, setting: Setting) -> None:
        text = self.source.text
        self.right_to_left = is_right_to_left(text)
        self.starts_right = self.right_to_left and starts_at_the_right(text)
        self.clips = has_towers(text)
        self.unseen = [self.start + at for at in unseen(text)]
        self._map = Utf16Map(text)
        self._layout = self._make_layout(setting)
        self.lines = self._make_lines(setting.column - self.block.indent)

    def _take_lines(self, before: Laid) -> None:
        """Take the text over as it was shaped and broken into lines, without the marks on them."""
        self.right_to_left, self.starts_right = before.right_to_left, before.starts_right
        self.clips, self.unseen = before.clips, before.unseen
        self._map, self._layout = before._map, before._layout
        self.lines = [Line(one.line, one.start, one.end) for one in before.lines]

    def line_at(self, offset: int) -> Line:
        """Return the line that holds `offset`."""
        return self.lines[max(0, bisect_right(self._starts, offset) - 1)]

    def line_below(self, y: float) -> Line:
        """Return the line at height `y`, or the nearest one."""
        return next((line for line in self.lines if y < line.bottom), self.lines[-1])

    def folded_rect(self, line: Line) -> QRectF:
        """Return where a line says how many of its spans are not drawn."""
        return QRectF(self._column + 6, line.base - line.up, ROOM, line.up)

    def boxes(self, line: Line, start: int, end: int) -> list[Box]:
        """Return where a stretch lies on a line, from left to right."""
        start16, end16 = self._map.to_16(start - self.start), self._map.to_16(end - self.start)
        if self.right_to_left:
            return _visual_boxes(line.line, start16, end16)
        left, right = _x_at(line.line, start16), _x_at(line.line, end16)
        return [(left, right)] if left < right else [(right, left)]

    def stretch(self, start: int, end: int, *, whole: bool = False) -> list[tuple[Line, Box]]:
        """Return where a stretch lies, line by line; `whole` keeps the white space that ends a line."""
        found = []
        first = max(0, bisect_right(self._starts, start) - 1)
        for at in range(first, len(self.lines)):
            line = self.lines[at]
            if line.start >= end:
                break
            low, high = max(start, line.start), min(end, line.end)
            if low < high or (whole and low == high):
                found += [(line, box) for box in self.boxes(line, low, high)]
        return found

    def x_of(self, line: Line, offset: int) -> float:
        """Return where a caret before `offset` stands on its line."""
        return _x_at(line.line, self._map.to_16(offset - self.start))

    def offset_at(self, line: Line, x: float, *, on_character: bool) -> int:
        """Return the character at `x`, or the gap between two that is nearest."""
        if on_character and self.right_to_left:
            return self._turned_offset_at(line, x)
        mode = QTextLine.CursorPosition.CursorOnCharacter if on_character else _BETWEEN
        at16 = line.line.xToCursor(x, mode)
        return self.start + min(self._map.from_16(at16), len(self.source.text))

    def _turned_offset_at(self, line: Line, x: float) -> int:
        """Return the character at `x` by the places of the glyphs: Qt's answer is off where text turns."""
        near = self.start + self._map.from_16(line.line.xToCursor(x, _BETWEEN))
        for at in sorted(range(line.start, line.end), key=lambda at: abs(at - near)):
            if any(left <= x < right for left, right in self.boxes(line, at, at + 1)):
                return at
        return near

    def _make_layout(self, setting: Setting) -> QTextLayout:
        layout = QTextLayout(display_text(self.source.text), self.block.font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if self.right_to_left:
            option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
            if self.starts_right:
                option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        formats = self._formats(setting)
        if formats:
            layout.setFormats(formats)
        return layout

    def _formats(self, setting: Setting) -> list[QTextLayout.FormatRange]:
        signs = [(start, end, setting.theme.marker) for start, end in replaced(self.source.text)]
        muted = [
            (one.start - self.start, one.end - self.start, setting.theme.muted) for one in self.source.muted
        ]
        found = []
        for start, end, ink in muted + signs:
            one = QTextLayout.FormatRange()
            one.start = self._map.to_16(start)
            one.length = self._map.to_16(end) - one.start
            look = QTextCharFormat()
            look.setForeground(QColor(ink))
            one.format = look
            found.append(one)
        return found

    def _make_lines(self, width: float) -> list[Line]:
        layout, text, start = self._layout, self.source.text, self.start
        lines = []
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(self.block.indent, 0))
            first16 = line.textStart()
            first = self._map.from_16(first16)
            end = self._map.from_16(first16 + line.textLength())
            lines.append(Line(line, start + first, start + first + len(text[first:end].rstrip())))
        layout.endLayout()
        return lines

    def _put_fills(self, records: Sequence[Drawn], marks: Marks) -> None:
        pieces = _pieces(records, self.start, self.end)
        for (start, end, record, number), (lane, is_twin) in zip(pieces, _lanes(pieces), strict=True):
            if lane is None:
                self.line_at(start).folded.append(record)
                continue
            for fill, line in self._fills(record, number, lane, start, end):
                fill.twin = is_twin
                line.fills.append(fill)
                if fill.opens and number == 0:
                    self.places[record.id] = (line, fill)
                    if not marks.is_entity(record):
                        line.opening.append(fill)
            if number + 1 < len(record.fragments):
                self._put_joint(record, record.fragments[number].end, record.fragments[number + 1].start)
            if number and record.fragments[number - 1].end < self.start:
                self._put_joint(record, self.start, start)

        for line in self.lines:
            _measure_nesting(line)

    def _fills(
        self, record: Drawn, number: int, lane: int, start: int, end: int
    ) -> Iterator[tuple[Fill, Line]]:
        """Yield the pieces of one fragment; the one that holds its first character opens it."""
        fragment = record.fragments[number]
        boxes = self.stretch(start, end)
        if not self.right_to_left:
            for at, (line, (left, right)) in enumerate(boxes):
                opens, closes = (
                    at == 0 and start == fragment.start,
                    at == len(boxes) - 1 and end == fragment.end,
                )
                yield Fill(record, number, left, right, lane, opens, closes), line
            return
        if not boxes:
            return
        first, last = self._first_place(range(start, end)), self._first_place(range(end - 1, start - 1, -1))
        turned = starts_at_the_right(self.source.text[start - self.start : end - self.start])
        for line, (left, right) in boxes:
            opens = start == fragment.start and _holds(line, left, right, first)
            closes = end == fragment.end and _holds(line, left, right, last)
            yield Fill(record, number, left, right, lane, opens, closes, turned), line

    def _first_place(self, offsets: Iterable[int]) -> tuple[Line, Box] | None:
        """Return where the first of these characters that shows anything lies."""
        return next((found for at in offsets for found in self.stretch(at, at + 1)), None)

    def _put_joint(self, record: Drawn, start: int, end: int) -> None:
        boxes = self.stretch(start, min(end, self.end))
        for line, (left, right) in [*boxes[:1], *boxes[1:][-1:]]:
            line.joints.append((record, left, right))

    def _stack(self, setting: Setting) -> float:
        block = self.block
        y = block.before if self.source.opens else 0.0
        for line in self.lines:
            raised = [tag.row for tag in line.tags] + [crumbs.row for crumbs in line.crumbs]
            rows = max(raised, default=0)
            line.top = y
            line.up = block.up + max(0.0, line.line.ascent() - block.ascent)
            gap = block.pitch - block.up - block.down
            line.base = y + max(gap, setting.gap if line.tags else 0) + rows * setting.tag_height + line.up
            line.bottom = line.base + block.down + max(0.0, line.line.descent() - block.descent)
            line.bottom += max(0, line.around - 1) * setting.lane
            line.line.setPosition(QPointF(block.indent, line.base - line.line.ascent()))
            y = line.bottom
            self._put_rects(line, setting)
        return float(round(y))

    def _put_rects(self, line: Line, setting: Setting) -> None:
        for fill in line.fills:
            starts, ends = (fill.closes, fill.opens) if fill.turned else (fill.opens, fill.closes)
            left = fill.left - (PAD if starts else 0)
            right = fill.right + (PAD if ends else 0)
            top = line.base - self.block.up + min(fill.lane, _MOST_INSET)
            bottom = line.base + self.block.down - setting.lane + fill.around * setting.lane
            fill.rect = QRectF(left, top, right - left, bottom - top)
        line.fills.sort(key=lambda fill: fill.lane)
        put_rects(line, setting, turned=self.starts_right)


def _lanes(pieces: Sequence[_Piece]) -> Iterator[tuple[int | None, bool]]:
    """Yield the lane of each piece, and whether one before it has the same place: both are drawn as one."""
    places = [_place(*piece) for piece in pieces]
    lanes = dict.fromkeys(places)
    found = nesting([(start, end) for start, end, *_ in lanes])
    lanes.update(zip(lanes, found, strict=True))
    seen = set[_Place]()
    for place in places:
        yield lanes[place], place in seen
        seen.add(place)


def _place(start: int, end: int, record: Drawn, number: int) -> _Place:
    """Return what several annotators' spans have in common where they are the same."""
    if isinstance(record, SuggestedSpan):
        return start, end, record.id, ()
    return start, end, record.label, tuple(record.fragments) if len(record.fragments) > 1 else number


def _pieces(records: Sequence[Drawn], low: int, high: int) -> list[_Piece]:
    found = [
        (max(low, one.start), min(high, one.end), record, number)
        for record in records
        for number, one in enumerate(record.fragments)
        if one.start < high and low < one.end
    ]
    found.sort(key=lambda piece: (piece[0], -piece[1], piece[2].id))
    return found


def _measure_nesting(line: Line) -> None:
    """Let every fill reach beyond those that lie inside it."""
    for fill in line.fills if len(line.fills) <= _CROWDED else ():
        inside = (one.lane for one in line.fills if one.left < fill.right and fill.left < one.right)
        fill.around = max(inside, default=fill.lane) - fill.lane
        line.around = max(line.around, fill.around)


def _holds(line: Line, left: float, right: float, place: tuple[Line, Box] | None) -> bool:
    """Tell whether the middle of a place lies in a piece of a line."""
    return place is not None and place[0] is line and left - 0.5 <= sum(place[1]) / 2 <= right + 0.5


def _x_at(line: QTextLine, at16: int) -> float:
    x, _ = cast("tuple[float, int]", line.cursorToX(at16))
    return x


def _visual_boxes(line: QTextLine, start16: int, end16: int) -> list[Box]:
    boxes = sorted(
        (rect.left(), rect.right())
        for rect in (run.boundingRect() for run in line.glyphRuns(start16, end16 - start16))
        if rect.width() > 0
    )
    found: list[Box] = []
    for left, right in boxes:
        if found and left <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found
