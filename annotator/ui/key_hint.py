"""The line that says what keys do now: each key in a small box, its meaning beside it."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QKeySequence, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QWidget

from annotator.ui.labels import tip_words

GAP = "   "
"""What stands between one key with its meaning and the next."""
_ALONE = ("Esc", "Delete", "Tab", "Enter", "Space")
_NAMED = re.compile(
    r"(?:(?:Ctrl|Alt|Shift|Meta)\+)+\S+|F\d\d?|Backspace|Home|End|PgUp|PgDown|Ins|Left|Right|Up|Down"
)
"""Keys of more than one letter, as a list writes them."""
_APART, _BESIDE = 14, 5
"""Pixels between two keys with their meanings, and between a key and its meaning."""
_LEAST = 0.3
"""Share of the room that the words which open a list keep."""


class KeyHint(QLabel):
    """A label for plain sentences, and for lists such as "c claim   s source"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._is_keys = False

    @property
    def is_sentence(self) -> bool:
        """Tell whether a sentence is shown, and not a list."""
        return not self._is_keys

    def show_sentence(self, text: str) -> None:
        """Show a sentence as it is."""
        self._is_keys = False
        self._say(text)

    def show_keys(self, text: str) -> None:
        """Show a list of keys and what they do."""
        self._is_keys = True
        self._say(text)

    def _say(self, text: str) -> None:
        """Show a text, and tell all of it to the pointer and to a screen reader: it may be cut."""
        whole = text.replace(f":{GAP}", ": ").replace(GAP, ", ") if self._is_keys else text
        self.setText(text)
        self.setToolTip(tip_words(whole))
        self.setAccessibleDescription(whole)
        self.update()

    def wanted_width(self) -> int:
        """Return how wide it would like to be."""
        inside = self.contentsMargins().left() + self.contentsMargins().right()
        if not self._is_keys:
            return self.fontMetrics().horizontalAdvance(self.text()) + inside
        return round(sum(sum(self._widths(*one)) + _APART for one in self._parts())) + inside

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the boxes; the words that open the list are cut, and what finds no room is left out whole."""
        if not self._is_keys and self.wanted_width() <= self.width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        if not self._is_keys:
            inside = self.contentsRect()
            cut = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, cut)
            painter.end()
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.contentsRect()).adjusted(0, 0, -4, 0)
        x, high = room.left(), self.fontMetrics().height() + 2.0
        top = room.center().y() - high / 2
        parts = self._parts()
        over = sum(sum(self._widths(*one)) + _APART for one in parts) - _APART - room.width()
        for key, words in parts:
            wide, width = self._widths(key, words)
            if not key and over > 0:
                width = max(width - over, min(width, room.width() * _LEAST))
            if x > room.left() and x + wide + width > room.right() + 1:
                break
            x = self._paint_key(painter, QRectF(x, top, wide - _BESIDE, high), key)
            painter.setFont(self.font())
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            place = QRectF(x, top, max(0.0, min(width, room.right() - x)), high)
            elided = self.fontMetrics().elidedText(
                words, Qt.TextElideMode.ElideRight, round(place.width()) + 1
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, elided)
            x += width + _APART
        painter.end()

    def _parts(self) -> list[tuple[str, str]]:
        return [parted(one) for one in self.text().split(GAP) if one.strip()]

    def _widths(self, key: str, words: str) -> tuple[float, float]:
        """Return the width of a key's box with the space after it, and of its words."""
        bold = QFontMetricsF(_bold(self.font()))
        box = (
            max(bold.horizontalAdvance(key) + 9, self.fontMetrics().height() + 2.0) + _BESIDE if key else 0.0
        )
        return box, QFontMetricsF(self.font()).horizontalAdvance(words)

    def _paint_key(self, painter: QPainter, box: QRectF, key: str) -> float:
        if not key:
            return box.left()
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1.0))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setFont(_bold(self.font()))
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
        return box.right() + _BESIDE


def _bold(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong


def parted(text: str) -> tuple[str, str]:
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
