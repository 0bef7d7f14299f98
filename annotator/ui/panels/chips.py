"""Choosing one value of a few: a row of chips, with arrows and digits when it has the focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from annotator.ui.painters import painting
from annotator.ui.panels.flow import FlowLayout
from annotator.ui.panels.widgets import SMALL, bold, smaller
from annotator.ui.panels.words import spoken

_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_FORTH = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_TICK = "✓ "
_RING = 5
"""Room for the ring of the focus around the chips."""


class Chip(QAbstractButton):
    """One value: a rounded button; the chosen one is filled and ticked.

    The digit that chooses it is shown while its row has the focus: else it would read as a count.
    """

    def __init__(self, text: str, digit: str = "") -> None:
        super().__init__()
        self._digit = digit
        self._hint: QSize | None = None
        self._small = smaller(self.font())
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for tick, text and digit, so that nothing moves when it is chosen."""
        if self._hint is None:
            metrics = self.fontMetrics()
            text = metrics.horizontalAdvance(_TICK + self.text())
            self._hint = QSize(text + self._digit_width() + 5 * SMALL, metrics.height() + 2 * SMALL)
        return self._hint

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew in another font."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._hint, self._small = None, smaller(self.font())
        super().changeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """At least a few letters."""
        return QSize(self.fontMetrics().averageCharWidth() * 5, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all is drawn
        """Draw it from the palette."""
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            fill, ink, edge = self._colours()
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(edge, 1))
            painter.setBrush(fill)
            painter.drawRoundedRect(box, SMALL + 1, SMALL + 1)
            inner = self.rect().adjusted(2 * SMALL, 0, -2 * SMALL, 0)
            if self._digit:
                row = self.parentWidget()
                if row is not None and row.hasFocus():
                    self._draw_digit(painter, ink)
                inner.adjust(0, 0, -self._digit_width(), 0)
            painter.setPen(ink)
            text = (_TICK if self.isChecked() else "") + self.text()
            line = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line)

    def _draw_digit(self, painter: QPainter, ink: QColor) -> None:
        faint = QColor(ink)
        faint.setAlphaF(0.6)
        painter.setPen(faint)
        painter.setFont(self._small)
        place = self.rect().adjusted(0, 0, -2 * SMALL, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._digit)
        painter.setFont(self.font())

    def _digit_width(self) -> int:
        return self.fontMetrics().horizontalAdvance("0") + SMALL if self._digit else 0

    def _colours(self) -> tuple[QColor, QColor, QColor]:
        palette, role = self.palette(), QPalette.ColorRole
        if self.isChecked():
            return (
                palette.color(role.Highlight),
                palette.color(role.HighlightedText),
                palette.color(role.Highlight),
            )
        fill = palette.color(role.Midlight if self.underMouse() and self.isEnabled() else role.Base)
        return fill, palette.color(role.Text), palette.color(role.Mid)


class ChipRow(QWidget):
    """A choice: one tab stop; arrows, Home, End and the digits 1 to 9 choose."""

    picked = Signal(str)
    """The value a person chose."""

    def __init__(
        self, name: str, values: Sequence[str], titles: Sequence[str] = (), *, shows_digits: bool = True
    ) -> None:
        """`shows_digits` is off where a digit beside a title would read as how many there are."""
        super().__init__()
        self._name = name
        self._values = tuple(values)
        self._value = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        layout = FlowLayout(self, SMALL)
        layout.setContentsMargins(_RING, _RING, _RING, _RING)
        shown = titles or [spoken(value) for value in values]
        digits = [str(at) if shows_digits and at < 10 else "" for at, _ in enumerate(shown, 1)]
        self.chips = [Chip(text, digit) for text, digit in zip(shown, digits, strict=True)]
        for value, chip in zip(self._values, self.chips, strict=True):
            layout.addWidget(chip)
            chip.clicked.connect(lambda _=False, value=value: self._pick(value))
        self.set_value("")

    @property
    def value(self) -> str:
        """The value that is shown as chosen."""
        return self._value

    def set_value(self, value: str) -> None:
        """Show a value as chosen, without telling anybody."""
        self._value = value
        for one, chip in zip(self._values, self.chips, strict=True):
            chip.setChecked(one == value)
        self.setAccessibleName(f"{self._name}: {spoken(value)}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by digit, arrow, Home, End."""
        at = self._values.index(self._value) if self._value in self._values else -1
        key, last = event.key(), len(self._values) - 1
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            target = None
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            target = key - Qt.Key.Key_1
        else:
            steps = dict.fromkeys(_BACK, max(0, at - 1)) | dict.fromkeys(_FORTH, min(last, at + 1))
            target = (steps | {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}).get(Qt.Key(key))
        if target is None:
            super().keyPressEvent(event)
        elif target <= last:
            self._pick(self._values[target])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all is drawn
        """Draw a ring round the row that has the focus."""
        if not self.hasFocus():
            return
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 2 * SMALL, 2 * SMALL)

    def _pick(self, value: str) -> None:
        changed = value != self._value
        self.set_value(value)
        if changed:
            self.picked.emit(value)


class LabelMark(QWidget):
    """A label's name in a small tag of its colour, as above the text of an article."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._colour = QColor()
        self._font = bold(smaller(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_label(self, text: str, colour: QColor) -> None:
        """Show a label."""
        self._text, self._colour = text, colour
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text of the window."""
        if event.type() == QEvent.Type.FontChange:
            self._font = bold(smaller(self.font()))
            self.updateGeometry()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """As wide as the name."""
        metrics = QFontMetrics(self._font)
        return QSize(metrics.horizontalAdvance(self._text) + 3 * SMALL, metrics.height() + SMALL)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all is drawn
        """Draw the tag."""
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour)
            painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
            painter.setPen(ink_on(self._colour))
            painter.setFont(self._font)
            room = self.width() - 2 * SMALL
            text = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)


def ink_on(colour: QColor) -> QColor:
    """Return black or white, whichever reads better on a colour."""
    light = 0.299 * colour.redF() + 0.587 * colour.greenF() + 0.114 * colour.blueF()
    return QColor(Qt.GlobalColor.black if light > 0.6 else Qt.GlobalColor.white)
