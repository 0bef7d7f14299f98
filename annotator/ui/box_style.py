"""Boxes to tick that grow with large letters beside them: the style itself draws them in one size only."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QStyleFactory, QStyleOption, QWidget

BASE = "fusion"
_SHARE = 0.75
"""The side of a box, as a share of the height of a line."""
_USUAL = 14
_TAB = 12
"""Pixels beside the title of a tab: half of the usual, as large letters need the room."""
_SIDES = (
    QStyle.PixelMetric.PM_IndicatorWidth,
    QStyle.PixelMetric.PM_IndicatorHeight,
    QStyle.PixelMetric.PM_ExclusiveIndicatorWidth,
    QStyle.PixelMetric.PM_ExclusiveIndicatorHeight,
)


class BoxStyle(QProxyStyle):
    """The usual style with boxes of another size."""

    def __init__(self, side: int) -> None:
        super().__init__(BASE)
        self.side = side

    def pixelMetric(  # noqa: N802 (the name is Qt's)
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """Return a measure of the style."""
        if metric == QStyle.PixelMetric.PM_TabBarTabHSpace:
            return _TAB
        return self.side if metric in _SIDES else super().pixelMetric(metric, option, widget)


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
