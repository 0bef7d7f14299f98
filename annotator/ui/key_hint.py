"""The line that says what keys do now: each key in a small box, its meaning beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QKeySequence, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QWidget

from annotator.ui.labels import tip_words
from annotator.ui.painters import painting

GAP = "   "
"""What stands between one key with its meaning and the next."""
_ALONE = ("Esc", "Delete", "Tab", "Enter", "Space")
_NAMED = re.compile(
    r"(?:(?:Ctrl|Alt|Shift|Meta)\+)+\S+|F\d\d?|Backspace|Home|End|PgUp|PgDown|Ins|Left|Right|Up|Down"
)
"""Keys of more than one letter, as a list writes them."""
_APART, _BESIDE = 14, 5
"""Pixels between two keys with their meanings, and between a key and its meaning."""
_KEPT = 2
"""Keys that keep their room beside the words which open a list in two lines."""
_LEAST = 0.3
"""Share of the room that the words which open a list keep."""
_IN_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_Part = tuple[str, str]
"""A key and what it does; words without a key open the list."""


class KeyHint(QLabel):
    """A label for plain sentences, and for lists such as "c claim   s source"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._is_keys = False
        self._strong = _bold(self.font())
        self._lines = 1
        self._parts: list[_Part] = []
        self._beside: list[_Part] = []
        """Keys below a sentence in two lines, or behind it where there is room."""
        self._sizes: dict[_Part, tuple[float, float]] = {}
        """Widths of these; the bar asks for them again and again."""

    @property
    def is_sentence(self) -> bool:
        """Tell whether a sentence is shown, and not a list."""
        return not self._is_keys

    @property
    def has_opening(self) -> bool:
        """Tell whether words open the list, before its first key."""
        return bool(self._parts) and not self._parts[0][0]

    def show_sentence(self, text: str) -> None:
        """Show a sentence as it is."""
        self._say(text, is_keys=False)

    def show_beside(self, text: str) -> None:
        """Show a list of keys with a sentence, but for words that open the list."""
        self._beside = [(key, words) for key, words in _parts(text) if key]
        self.update()

    def show_keys(self, text: str) -> None:
        """Show a list of keys and what they do."""
        self._say(text, is_keys=True)

    def _say(self, text: str, *, is_keys: bool) -> None:
        """Show a text, and tell all of it to the pointer and to a screen reader: it may be cut."""
        if (text, is_keys) == (self.text(), self._is_keys):
            return
        self._is_keys = is_keys
        whole = text.replace(f":{GAP}", ": ").replace(GAP, ", ") if self._is_keys else text
        self._parts = _parts(text) if self._is_keys else []
        self._beside = []
        self._sizes.clear()
        self.setText(text)
        self.setToolTip(tip_words(whole))
        self.setAccessibleDescription(whole)
        self.update()

    def set_lines(self, lines: int) -> None:
        """Give a list so many lines: with two, the words that open it are not cut for its keys."""
        if lines != self._lines:
            self._lines = lines
            self._take_height()
            self.update()

    def _take_height(self) -> None:
        self.setMinimumHeight(self._lines * (self.fontMetrics().height() + 3) if self._lines > 1 else 0)

    def wanted_width(self) -> int:
        """Return how wide it would like to be."""
        inside = self.contentsMargins().left() + self.contentsMargins().right()
        if not self._is_keys:
            return self.fontMetrics().horizontalAdvance(self.text()) + inside
        if self._is_split:
            return round(max(self._taken(self._parts[:1]), self._taken(self._parts[1:]))) + inside
        return round(self._taken(self._parts)) + inside

    def least_width(self) -> int:
        """Return how wide it must be to say the words that open the list and its first keys, in two lines."""
        if not self._is_split:
            return 0
        first = self._parts[: 1 + _KEPT]
        longest = max(QFontMetricsF(self.font()).horizontalAdvance(one) for one in first[0][1].split(" "))
        return round((self._taken(first) + longest) / 2) + _APART

    def whole_width(self) -> int:
        """Return how wide it must be to say the words that open the list in full."""
        return self.least_width() or self.wanted_width()

    @property
    def _is_split(self) -> bool:
        """Tell whether words that open the list have a line of their own."""
        return self._lines > 1 and self.has_opening

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew in another font."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._sizes.clear()
            self._strong = _bold(self.font())
            self._take_height()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all is drawn
        """Paint the boxes; the words that open the list are cut, and what finds no room is left out whole."""
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            room = QRectF(self.contentsRect()).adjusted(0, 0, -4, 0)
            rows = self._rows(room.width())
            high = room.height() / len(rows)
            for at, row in enumerate(rows):
                self._paint_row(painter, QRectF(room.left(), room.top() + at * high, room.width(), high), row)

    def _rows(self, width: float) -> list[list[_Part]]:
        """Return what stands in each line: the words that open a list go on in the second, if they must."""
        parts = self._parts
        if not self._is_keys:
            said = ("", self.text())
            is_apart = self._lines > 1 and bool(self._beside)
            return [[said], self._beside] if is_apart else [[said, *self._beside]]
        if not self._is_split or self._taken(parts) <= width:
            return [parts]
        words, count, metrics = parts[0][1].split(" "), 1, QFontMetricsF(self.font())
        while count < len(words) and metrics.horizontalAdvance(" ".join(words[: count + 1])) <= width:
            count += 1
        rest = " ".join(words[count:])
        return [[("", " ".join(words[:count]))], [*([("", rest)] if rest else ()), *parts[1:]]]

    def _taken(self, parts: Sequence[_Part]) -> float:
        return sum(sum(self._widths(*one)) + _APART for one in parts)

    def _paint_row(self, painter: QPainter, room: QRectF, parts: Sequence[_Part]) -> None:
        """Paint one line."""
        metrics, ink = self.fontMetrics(), self.palette().color(QPalette.ColorRole.WindowText)
        x, high = room.left(), metrics.height() + 2.0
        top = room.center().y() - high / 2
        over = self._taken(parts) - _APART - room.width()
        for key, words in parts:
            wide, width = self._widths(key, words)
            if not key and over > 0 and self._is_keys:
                width = max(width - over, min(width, self._least(room.width(), parts[1 : 1 + _KEPT])))
            if x > room.left() and x + wide + width > room.right() + 1:
                break
            x = self._paint_key(painter, QRectF(x, top, wide - _BESIDE, high), key)
            painter.setFont(self.font())
            painter.setPen(ink)
            place = QRectF(x, top, max(0.0, min(width, room.right() - x)), high)
            if words and place.width() < self._widths(key, words)[1]:
                words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, round(place.width()) + 1)
            painter.drawText(place, _IN_LINE, words)
            x += width + _APART

    def _least(self, room: float, keys: Sequence[_Part]) -> float:
        """Return what the words that open a list keep, of two lines all beside the first keys."""
        least = _LEAST * room
        return max(least, room - self._taken(keys)) if self._lines > 1 else least

    def _widths(self, key: str, words: str) -> tuple[float, float]:
        """Return the width of a key's box with the space after it, and of its words."""
        known = self._sizes.get((key, words))
        if known is None:
            bold = QFontMetricsF(self._strong).horizontalAdvance(key) + 9 if key else 0.0
            box = max(bold, self.fontMetrics().height() + 2.0) + _BESIDE if key else 0.0
            known = self._sizes[key, words] = box, QFontMetricsF(self.font()).horizontalAdvance(words)
        return known

    def _paint_key(self, painter: QPainter, box: QRectF, key: str) -> float:
        if not key:
            return box.left()
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1.0))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setFont(self._strong)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
        return box.right() + _BESIDE


def _parts(text: str) -> list[_Part]:
    return [parted(one) for one in text.split(GAP) if one.strip()]


def _bold(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong


def parted(text: str) -> _Part:
    """Return the key and what it does; no key for the words that open a list."""
    text = text.strip()
    if text in _ALONE or _NAMED.fullmatch(text):
        return text, ""
    words = text.split(" ")
    if text.endswith(":") or len(words) < 2:
        return "", text
    marks = 1
    while marks < len(words) - 1 and len(words[marks]) == 1 and not words[marks].isalnum():
        marks += 1
    is_key = len(words[0]) == 1 or words[0] in _ALONE or _NAMED.fullmatch(words[0])
    return (" ".join(words[:marks]), " ".join(words[marks:])) if is_key else ("", text)


def short_key(key: QKeySequence) -> str:
    """Return a key as a list writes it: letters small, the keys with names in full."""
    text = key.toString(QKeySequence.SequenceFormat.NativeText)
    return text.lower() if len(text) == 1 else {"Return": "Enter", "Del": "Delete"}.get(text, text)
