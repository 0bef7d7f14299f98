"""Icons: glyphs of qtawesome's fonts drawn in the palette's colour of the moment."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QIcon,
    QIconEngine,
    QPainter,
    QPainterPath,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QApplication

from annotator.ui.painters import painting


def icon(name: str) -> QIcon:
    """Return an icon by its qtawesome name, e.g. `mdi6.undo`; it follows every change of theme."""
    return QIcon(GlyphEngine(name)) if name else QIcon()


def program_icon() -> QIcon:
    """Return the program's own sign: an opening quotation mark on a marked line."""
    found = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        found.addPixmap(_sign(size))
    return found


def _sign(size: int) -> QPixmap:
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    with painting(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(size / 32, size / 32)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#2c5f9e"))
        painter.drawRoundedRect(QRectF(1, 1, 30, 30), 7, 7)
        painter.setBrush(QColor("#ffffff"))
        for left in (6.5, 17.0):
            tail = QPainterPath(QPointF(left + 7.5, 6))
            tail.cubicTo(left + 2.5, 7.2, left, 10.5, left, 16.25)
            tail.lineTo(left + 4.25, 16.25)
            painter.drawPath(tail)
            painter.drawEllipse(QRectF(left, 12.0, 8.5, 8.5))
        painter.setBrush(QColor("#f3b43c"))
        painter.drawRoundedRect(QRectF(6.5, 23.5, 19, 3), 1.5, 1.5)
    return picture


class GlyphEngine(QIconEngine):
    """Draws one glyph; the font is loaded when the first icon is painted, not before."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002
        """Draw the glyph in the palette's text colour, faded when disabled."""
        text = _glyph(self._name)
        group = QPalette.ColorGroup.Disabled if mode == QIcon.Mode.Disabled else QPalette.ColorGroup.Active
        role = QPalette.ColorRole.ButtonText
        if mode == QIcon.Mode.Selected:
            role = QPalette.ColorRole.HighlightedText
        painter.save()
        font = QFont(_font()[0])
        font.setPixelSize(max(6, round(rect.height() * 0.9)))
        painter.setFont(font)
        painter.setPen(QApplication.palette().color(group, role))
        painter.drawText(QRectF(rect), Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the glyph as a picture with a clear ground."""
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        with painting(picture) as painter:
            self.paint(painter, QRect(QPointF(0, 0).toPoint(), size), mode, state)
        return picture

    def clone(self) -> QIconEngine:
        """Return another engine for the same glyph."""
        return GlyphEngine(self._name)


@lru_cache(maxsize=1)
def _font() -> tuple[str, dict[str, str]]:
    """Return the family of the icon font that qtawesome brings, and its characters by name.

    The files are read without importing qtawesome, which takes a third of a second for what is not used here.
    """
    found = find_spec("qtawesome")
    assert found is not None, "qtawesome is not installed"
    assert found.origin is not None, "qtawesome has no files"
    folder = Path(found.origin).parent / "fonts"
    number = QFontDatabase.addApplicationFont(str(next(folder.glob("materialdesignicons6-webfont-*.ttf"))))
    charmap = next(folder.glob("materialdesignicons6-webfont-charmap-*.json"))
    names = json.loads(charmap.read_text(encoding="utf-8"))
    return QFontDatabase.applicationFontFamilies(number)[0], names


@lru_cache(maxsize=256)
def _glyph(name: str) -> str:
    return chr(int(_font()[1][name.removeprefix("mdi6.")], 16))
