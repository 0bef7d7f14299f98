"""One section of the article, laid out: its lines, and the fills, tags and joints on each line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from annotator.model.ids import Id
from annotator.model.records import Fragment
from annotator.model.text import Utf16Map
from annotator.ui.article_view.display import (
    display_text,
    has_towers,
    is_right_to_left,
    replaced,
    starts_at_the_right,
    unseen,
)
from annotator.ui.article_view.lanes import blocks, nesting, tag_rows
from annotator.ui.article_view.marks import Drawn, Marks
from annotator.ui.article_view.setting import ROOM, TAG_SPACE, BlockSetting, Setting

Box = tuple[float, float]
LANE = 2.0
PAD = 1.5
"""Pixels that a fill reaches over its text at its ends."""
_MOST_INSET = 3
_CROWDED = 150
_BETWEEN = QTextLine.CursorPosition.CursorBetweenCharacters
"""Pixels that an outer fill reaches further than the one inside it."""


@dataclass(slots=True)
class Fill:
    """A piece of a span on one line, in pixels from the left edge of the column."""

    record: Drawn
    fragment: int
    left: float
    right: float
    lane: int
    opens: bool
    closes: bool
    around: int = 0
    """How many lanes lie inside it: so much further it reaches."""
    rect: QRectF = field(default_factory=QRectF)
    """In pixels of the section."""


@dataclass(slots=True)
class Tag:
    """The name of a span above its first piece; `stem` is where its text starts."""

    record: Drawn
    text: str
    stem: float
    left: float
    width: float
    row: int
    has_stem: bool = False
    """Whether a line leads from the raised tag down to its text."""
    rect: QRectF = field(default_factory=QRectF)
    """In pixels of the section."""


@dataclass(slots=True)
class Line:
    """One line of text; offsets are code points, `top`, `base` and `bottom` pixels of the section."""

    line: QTextLine
    start: int
    end: int
    """Without the white space that ends the line."""
    fills: list[Fill] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    joints: list[tuple[Drawn, float, float]] = field(default_factory=list)
    folded: int = 0
    around: int = 0
    top: float = 0.0
    base: float = 0.0
    bottom: float = 0.0
    up: float = 0.0


@dataclass(frozen=True, slots=True)
class SectionText:
    """What a section holds: its text, where it starts, its kind, and stretches set in another way."""

    text: str
    start: int
    kind: str
    opens: bool = True
    """Whether it starts its paragraph."""
    muted: Sequence[Fragment] = ()


class Laid:
    """A section with every line in its place."""

    def __init__(self, source: SectionText, records: Sequence[Drawn], marks: Marks, setting: Setting) -> None:
        self.source = source
        self.start, self.end = source.start, source.start + len(source.text)
        self.block: BlockSetting = setting.block(source.kind)
        self.right_to_left = is_right_to_left(source.text)
        self.clips = has_towers(source.text)
        self.unseen = [source.start + at for at in unseen(source.text)]
        self.places: dict[Id, tuple[Line, Fill]] = {}
        """The first piece of each span that starts here."""
        self._map = Utf16Map(source.text)
        self._layout = self._make_layout(setting)
        self.lines = self._make_lines(setting.column - self.block.indent)
        self._starts = [line.start for line in self.lines]
        self._put_fills(records)
        self._put_tags(marks, setting)
        self.height = self._stack(setting)

    def line_at(self, offset: int) -> Line:
        """Return the line that holds `offset`."""
        return self.lines[max(0, bisect_right(self._starts, offset) - 1)]

    def line_below(self, y: float) -> Line:
        """Return the line at height `y`, or the nearest one."""
        return next((line for line in self.lines if y < line.bottom), self.lines[-1])

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
            if starts_at_the_right(self.source.text):
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
            first16 = line.textStart()
            first = self._map.from_16(first16)
            end = self._map.from_16(first16 + line.textLength())
            lines.append(Line(line, start + first, start + first + len(text[first:end].rstrip())))
        layout.endLayout()
        return lines

    def _put_fills(self, records: Sequence[Drawn]) -> None:
        pieces = _pieces(records, self.start, self.end)
        lanes = nesting([(start, end) for start, end, _, _ in pieces])
        for (start, end, record, number), lane in zip(pieces, lanes, strict=True):
            if lane is None:
                self.line_at(start).folded += 1
                continue
            fragment = record.fragments[number]
            for line, (left, right) in self.stretch(start, end):
                opens = start == fragment.start and line.start <= start and not _has(line, record, number)
                closes = end == fragment.end and line.end >= end
                fill = Fill(record, number, left, right, lane, opens, closes)
                line.fills.append(fill)
                if opens and number == 0:
                    self.places[record.id] = (line, fill)
            if number + 1 < len(record.fragments):
                self._put_joint(record, fragment.end, record.fragments[number + 1].start)
            if number and record.fragments[number - 1].end < self.start:
                self._put_joint(record, self.start, start)

        for line in self.lines:
            _measure_nesting(line)

    def _put_joint(self, record: Drawn, start: int, end: int) -> None:
        boxes = self.stretch(start, min(end, self.end))
        for line, (left, right) in [*boxes[:1], *boxes[1:][-1:]]:
            line.joints.append((record, left, right))

    def _put_tags(self, marks: Marks, setting: Setting) -> None:
        for line in self.lines:
            opening = [
                fill
                for fill in line.fills
                if fill.opens and fill.fragment == 0 and not marks.is_entity(fill.record)
            ]
            if not opening:
                continue
            opening.sort(key=lambda fill: (fill.left, fill.lane))
            texts = [tag_text(fill.record, marks) for fill in opening]
            widths = [
                max(setting.tag_width(name) for name in (text, *role_names(fill.record, marks)))
                for fill, text in zip(opening, texts, strict=True)
            ]
            sizes = [(fill.left, width) for fill, width in zip(opening, widths, strict=True)]
            found = blocks(sizes, TAG_SPACE, setting.column + ROOM)
            rows = tag_rows([(left, width) for left, width, _ in found], TAG_SPACE)
            places = [(left, row) for (_, _, lefts), row in zip(found, rows, strict=True) for left in lefts]
            for fill, text, width, (left, row) in zip(opening, texts, widths, places, strict=True):
                if row is None:
                    line.folded += 1
                else:
                    line.tags.append(Tag(fill.record, text, fill.left, left, width, row))

    def _stack(self, setting: Setting) -> float:
        block = self.block
        y = block.before if self.source.opens else 0.0
        for line in self.lines:
            rows = max((tag.row for tag in line.tags), default=0)
            line.top = y
            line.up = block.up + max(0.0, line.line.ascent() - block.ascent)
            gap = block.pitch - block.up - block.down
            line.base = y + max(gap, setting.gap if line.tags else 0) + rows * setting.tag_height + line.up
            line.bottom = line.base + block.down + max(0.0, line.line.descent() - block.descent)
            line.bottom += max(0, line.around - 1) * LANE
            line.line.setPosition(QPointF(block.indent, line.base - line.line.ascent()))
            y = line.bottom
            self._put_rects(line, setting)
        return float(round(y))

    def _put_rects(self, line: Line, setting: Setting) -> None:
        for fill in line.fills:
            left = fill.left - (PAD if fill.opens else 0)
            right = fill.right + (PAD if fill.closes else 0)
            top = line.base - self.block.up + min(fill.lane, _MOST_INSET)
            bottom = line.base + self.block.down - LANE + fill.around * LANE
            fill.rect = QRectF(left, top, right - left, bottom - top)
        line.fills.sort(key=lambda fill: fill.lane)
        for tag in line.tags:
            tag.rect = row_rect(line, tag.left, tag.width, tag.row, setting)
            tag.has_stem = tag.row > 0 and tag.left - tag.stem < 1 and not _is_barred(line, tag)


def row_rect(line: Line, left: float, width: float, row: int, setting: Setting) -> QRectF:
    """Return the rectangle of a tag in one of the rows above a line, in pixels of the section."""
    bottom = line.base - line.up - 1 - row * setting.tag_height
    return QRectF(left, bottom - setting.tag_height + 1, width, setting.tag_height - 1)


def tag_text(record: Drawn, marks: Marks) -> str:
    """Return what the tag of a span says at rest: its label, and the signs of stances on it."""
    name = record.label if len(record.label) <= 18 else record.label[:17] + "…"
    signs = marks.signs(record.id)
    return f"{name} {signs}" if signs else name


def role_names(record: Drawn, marks: Marks) -> list[str]:
    """Return what the tag of a span says when one of its frames is chosen."""
    frames = marks.frames_of.get(record.id, ())
    roles = {end.role for frame in frames for end in frame.roles if end.end == record.id}
    return [role_text(role, record, marks) for role in roles]


def role_text(role: str, record: Drawn, marks: Marks) -> str:
    """Return a tag that names the role a span has in a frame."""
    name = role.replace("_", " ")
    if name.casefold() == record.label.casefold():
        return tag_text(record, marks)
    signs = marks.signs(record.id)
    return f"{name} {signs}" if signs else name


def _pieces(records: Sequence[Drawn], low: int, high: int) -> list[tuple[int, int, Drawn, int]]:
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


def _is_barred(line: Line, tag: Tag) -> bool:
    """Tell whether the way down from a tag to its text leads over another tag."""
    return any(one.row < tag.row and one.left - 1 < tag.stem < one.left + one.width for one in line.tags)


def _has(line: Line, record: Drawn, number: int) -> bool:
    return any(fill.record is record and fill.fragment == number for fill in line.fills)


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
