"""Stripes beside the scroll bar that show where spans and frames are in the whole article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from annotator.model.records import Fragment, SuggestedSpan
from annotator.ui.article_view.marks import Marks
from annotator.ui.article_view.theme import ViewTheme, blend
from annotator.ui.painters import painting

WIDTH = 14
_HEIGHT = 2.0
_LANES = ((2, 7), (2, 4), (9, 3))
"""Left edge and width of a stripe: in a frame, alone, suggested."""
_PALE = 2
_CROWDED = 0.4


class Stripes(QWidget):
    """A narrow picture of the whole article; a click asks to go there."""

    wanted = Signal(float)
    """Share of the article, 0 to 1."""

    def __init__(self, parent: QWidget, theme: ViewTheme) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture: QPixmap | None = None
        self._finds: list[float] = []
        self._chosen: float | None = None
        self._seen = (0.0, 1.0)
        self._marks: Marks | None = None
        self._length = 1
        self._ticks_of: dict[int, dict[tuple[int, int], str]] = {}
        """Label by lane (in a frame, alone, suggested) and row, of each section that was read."""
        self._stale: set[int] = set()
        """Rows of the picture that have to be drawn anew."""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(False)

    def sizeHint(self) -> QSize:
        """Return the size it would like."""
        return QSize(WIDTH, 100)

    def set_theme(self, theme: ViewTheme) -> None:
        """Draw with another theme."""
        self._theme = theme
        self.refill()

    def set_marks(self, marks: Marks | None, length: int) -> None:
        """Show the records of an article of so many characters."""
        self._marks, self._length = marks, max(1, length)
        self.refill()

    def set_finds(self, finds: Sequence[Fragment]) -> None:
        """Show where a search found something."""
        self._finds = [one.start / self._length for one in finds]
        self.update()

    def set_chosen(self, offset: int | None) -> None:
        """Show where the chosen record is."""
        share = None if offset is None else offset / self._length
        if share != self._chosen:
            self._chosen = share
            self.update()

    def set_seen(self, low: float, high: float) -> None:
        """Show which share of the article is in view."""
        if (low, high) != self._seen:
            self._seen = (low, high)
            self.update()

    def refill(self) -> None:
        """Read the marks anew, all of them."""
        self._ticks_of.clear()
        self._stale.clear()
        self._picture = None
        self.update()

    def read_again(self, sections: Iterable[int]) -> None:
        """Read the marks of these sections anew, and draw the rows that they stand in."""
        for section in sections:
            before, now = self._ticks_of.get(section, {}), self._section_ticks(section)
            self._ticks_of[section] = now
            self._stale.update(row for (_, row), _ in before.items() ^ now.items())
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the stripes for another height."""
        if event.size().height() != event.oldSize().height():
            self.refill()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the stripes."""
        theme, height = self._theme, self.height()
        if self._picture is None:
            self._picture = self._draw()
        elif self._stale:
            self._draw_rows(self._picture, self._stale)
        self._stale = set()
        with painting(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.paper))
            low, high = self._seen
            seen = QRectF(0, low * height, WIDTH, max(6.0, (high - low) * height))
            painter.fillRect(seen, QColor(blend(theme.muted, theme.paper, 0.14)))
            painter.drawPixmap(0, 0, self._picture)
            for share in self._finds:
                painter.fillRect(QRectF(WIDTH - 3, share * height, 3, 2), QColor(theme.marker))
            if self._chosen is not None:
                painter.fillRect(QRectF(0, self._chosen * height - 1, WIDTH, 3), QColor(theme.accent))

    def _draw(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(WIDTH * ratio), max(1, round(self.height() * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        ticks: dict[tuple[int, int], str] = {}
        for section in self._marks.by_section if self._marks else ():
            if section not in self._ticks_of:
                self._ticks_of[section] = self._section_ticks(section)
            ticks.update(self._ticks_of[section])
        self._draw_ticks(picture, ticks)
        return picture

    def _draw_rows(self, picture: QPixmap, rows: Iterable[int]) -> None:
        """Draw some rows anew, from the sections whose text they stand for."""
        assert self._marks is not None
        with painting(picture) as painter:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
            ticks: dict[tuple[int, int], str] = {}
            for row in rows:
                painter.fillRect(QRectF(0, row * _HEIGHT, WIDTH, _HEIGHT), Qt.GlobalColor.transparent)
                low, high = int(row / self._scale), int((row + 1) / self._scale) + 1
                for section in self._marks.sections_of(low, high):
                    ticks |= {
                        place: label
                        for place, label in self._ticks_of.get(section, {}).items()
                        if place[1] == row
                    }
        self._draw_ticks(picture, ticks)

    def _draw_ticks(self, picture: QPixmap, ticks: Mapping[tuple[int, int], str]) -> None:
        theme, strength = self._theme, self._strength
        with painting(picture) as painter:
            for (lane, row), label in ticks.items():
                colour = QColor(
                    blend(theme.look(label).ink, theme.paper, 0.45 if lane == _PALE else strength)
                )
                left, width = _LANES[lane]
                painter.fillRect(QRectF(left, row * _HEIGHT, width, _HEIGHT - 0.5), colour)

    @property
    def _strength(self) -> float:
        """Share of ink in a stripe: where they would fill the whole height, they are a quiet ground."""
        rows = max(1.0, self.height() / _HEIGHT)
        return _CROWDED if self._marks is not None and len(self._marks.records) > rows else 1.0

    @property
    def _scale(self) -> float:
        """Rows per character."""
        return max(1, self.height() / _HEIGHT) / self._length

    def _section_ticks(self, section: int) -> dict[tuple[int, int], str]:
        marks, found = self._marks, {}
        assert marks is not None
        scale = self._scale
        for record in marks.by_section.get(section, ()):
            if record.label not in marks.entities:
                in_frame = bool(marks.frames_of.get(record.id))
                lane = 2 if isinstance(record, SuggestedSpan) else 0 if in_frame else 1
                found[(lane, int(record.start * scale))] = record.label
        return found

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask to go where it was pressed."""
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Ask to go where it was dragged."""
        self._go(event)

    def _go(self, event: QMouseEvent) -> None:
        self.wanted.emit(max(0.0, min(1.0, event.position().y() / max(1, self.height()))))
