"""The line that says what keys do now: each key in a small box, its meaning beside it."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QKeySequence, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QWidget

GAP = "   "
"""What stands between one key with its meaning and the next."""
_ALONE = ("Esc", "Delete", "Tab", "Enter", "Space")
_NAMED = re.compile(
    r"(?:(?:Ctrl|Alt|Shift|Meta)\+)+\S+|F\d\d?|Backspace|Home|End|PgUp|PgDown|Ins|Left|Right|Up|Down"
)
"""Keys of more than one letter, as a list writes them."""


class KeyHint(QLabel):
    """A label for plain sentences, and for lists such as "c claim   s source"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._is_keys = False

    def show_sentence(self, text: str) -> None:
        """Show a sentence as it is."""
        self._is_keys = False
        self.setText(text)
        self.update()

    def show_keys(self, text: str) -> None:
        """Show a list of keys and what they do."""
        self._is_keys = True
        self.setText(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the boxes; what finds no room is left out whole."""
        if not self._is_keys:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        room = QRectF(self.contentsRect()).adjusted(0, 0, -4, 0)
        x, high = room.left(), self.fontMetrics().height() + 2.0
        top = room.center().y() - high / 2
        for key, words in (parted(one) for one in self.text().split(GAP) if one.strip()):
            wide = QFontMetricsF(bold).horizontalAdvance(key) + 9 if key else 0.0
            width = wide + QFontMetricsF(self.font()).horizontalAdvance(words) + (5 if key and words else 0)
            if x > room.left() and x + width > room.right():
                break
            x = self._paint_key(painter, bold, QRectF(x, top, max(wide, high if key else 0.0), high), key)
            painter.setFont(self.font())
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            place = QRectF(x, top, max(0.0, room.right() - x), high)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
            x += QFontMetricsF(self.font()).horizontalAdvance(words) + 14
        painter.end()

    def _paint_key(self, painter: QPainter, font: QFont, box: QRectF, key: str) -> float:
        if not key:
            return box.left()
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1.0))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
        return box.right() + 5


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
