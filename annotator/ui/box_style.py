"""Boxes to tick and arrows that grow with large letters: the style itself draws them in one size only."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QPolygonF
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QProxyStyle,
    QStyle,
    QStyleFactory,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionSpinBox,
    QWidget,
)

BASE = "fusion"
_SHARE = 0.75
"""The side of a box, as a share of the height of a line."""
_ARROW = 0.56
"""The width of an arrow, as a share of the side of a box."""
_AROUND = 8
"""Pixels that the style leaves around the arrow of a button with a menu."""
_USUAL = 14
_TAB = 12
"""Pixels beside the title of a tab: half of the usual, as large letters need the room."""
_SIDES = (
    QStyle.PixelMetric.PM_IndicatorWidth,
    QStyle.PixelMetric.PM_IndicatorHeight,
    QStyle.PixelMetric.PM_ExclusiveIndicatorWidth,
    QStyle.PixelMetric.PM_ExclusiveIndicatorHeight,
)
_ARROWS: Mapping[QStyle.PrimitiveElement, int] = {
    QStyle.PrimitiveElement.PE_IndicatorArrowRight: 0,
    QStyle.PrimitiveElement.PE_IndicatorArrowDown: 90,
    QStyle.PrimitiveElement.PE_IndicatorArrowLeft: 180,
    QStyle.PrimitiveElement.PE_IndicatorArrowUp: 270,
}
"""Where an arrow points to, in degrees."""
_PARTS: Mapping[QStyle.ComplexControl, Mapping[QStyle.SubControl, int]] = {
    QStyle.ComplexControl.CC_ComboBox: {QStyle.SubControl.SC_ComboBoxArrow: 90},
    QStyle.ComplexControl.CC_SpinBox: {
        QStyle.SubControl.SC_SpinBoxUp: 270,
        QStyle.SubControl.SC_SpinBoxDown: 90,
    },
}
"""The parts of a field that have an arrow, which is drawn over the small one of the style."""


class BoxStyle(QProxyStyle):
    """The usual style with boxes and arrows of another size."""

    def __init__(self, side: int) -> None:
        super().__init__(BASE)
        self.side = side

    def pixelMetric(  # noqa: N802 (the name is Qt's)
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """Return a measure of the style."""
        if metric == QStyle.PixelMetric.PM_TabBarTabHSpace:
            return _TAB
        if metric == QStyle.PixelMetric.PM_MenuButtonIndicator:
            return round(self.side * _ARROW) + _AROUND
        return self.side if metric in _SIDES else super().pixelMetric(metric, option, widget)

    def drawPrimitive(  # noqa: N802 (the name is Qt's)
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw an arrow, also that before a line that can be opened, in the size of the letters."""
        degrees = _ARROWS.get(element)
        if element == QStyle.PrimitiveElement.PE_IndicatorBranch:
            degrees = _branch(option)
        if degrees is not None:
            self._draw_arrow(painter, option, option.rect, degrees, widget)
        elif element != QStyle.PrimitiveElement.PE_IndicatorBranch:
            super().drawPrimitive(element, option, painter, widget)

    def drawComplexControl(  # noqa: N802 (the name is Qt's)
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw a field, and its arrows in the size of the letters."""
        super().drawComplexControl(control, option, painter, widget)
        if widget is None:
            return
        for part, degrees in _PARTS.get(control, {}).items():
            rect = self.subControlRect(control, option, part, widget)
            self._draw_arrow(painter, option, rect, degrees, widget, is_on=_can_step(option, part))

    def _draw_arrow(
        self,
        painter: QPainter,
        option: QStyleOption,
        rect: QRect,
        degrees: int,
        widget: QWidget | None,
        *,
        is_on: bool = True,
    ) -> None:
        """Draw an arrow in the middle of a place, as large as there is room."""
        wide = min(self.side * _ARROW, rect.width() - 2, rect.height() * 1.6)
        is_on = is_on and bool(option.state & QStyle.StateFlag.State_Enabled)
        group = QPalette.ColorGroup.Normal if is_on else QPalette.ColorGroup.Disabled
        role = widget.foregroundRole() if widget is not None else QPalette.ColorRole.ButtonText
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(option.palette.color(group, role))
        painter.translate(QRectF(rect).center())
        painter.rotate(degrees)
        half = wide / 2
        tip, ends = QPointF(half / 2, 0), (QPointF(-half / 2, -half), QPointF(-half / 2, half))
        painter.drawPolygon(QPolygonF([tip, *ends]))
        painter.restore()


def _can_step(option: QStyleOption, part: QStyle.SubControl) -> bool:
    """Tell whether the arrow of a number does anything, as it does not at the end of the range."""
    if not isinstance(option, QStyleOptionSpinBox):
        return True
    steps = QAbstractSpinBox.StepEnabledFlag
    is_up = part == QStyle.SubControl.SC_SpinBoxUp
    return bool(option.stepEnabled & (steps.StepUpEnabled if is_up else steps.StepDownEnabled))


def _branch(option: QStyleOption) -> int | None:
    """Return where the arrow before a line points to; None where nothing lies below it."""
    if not option.state & QStyle.StateFlag.State_Children:
        return None
    if option.state & QStyle.StateFlag.State_Open:
        return 90
    return 180 if option.direction == Qt.LayoutDirection.RightToLeft else 0


def fit_style(app: QApplication) -> bool:
    """Use the style whose boxes fit the application's font; tell whether that is another one than before."""
    side = round(QFontMetrics(app.font()).height() * _SHARE)
    wanted = side if side > _USUAL + 2 else 0
    style = app.style()
    now = style.side if isinstance(style, BoxStyle) else 0
    if wanted == now and (now or style.name() == BASE):
        return False
    app.setStyle(BoxStyle(wanted) if wanted else QStyleFactory.create(BASE))
    return True
