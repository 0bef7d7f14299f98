"""The theme's colours and pens as Qt wants them, made once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from annotator.ui.article_view.theme import (
    READABLE,
    LabelLook,
    LineStyle,
    ViewTheme,
    blend,
    contrast,
    over,
    sheer,
)

Ground = Literal["tint", "deep", "strong", "pale", "veil"]
"""Under the words of a span: at rest, inside another one, picked out, a suggested entity, or let through."""
_SEEN = 3.0
"""The least contrast of lines and signs, WCAG 2.1 level AA."""
_ON_GROUND = 5.2
"""What text keeps on a ground, so that a veil over it may take some."""
_DASHES: Mapping[LineStyle, list[float]] = {"dotted": [1.0, 2.2], "dashdot": [5.0, 2.0, 1.0, 2.0]}
_PENDING: Mapping[LineStyle, tuple[float, float]] = {"dotted": (2.0, 4.0), "dashdot": (10.0, 4.0)}
"""Dash and gap under a suggestion, in pixels."""
_WIDTHS: Mapping[LineStyle, float] = {"thick": 2.2, "thin": 0.8, "dotted": 1.4}


class Inks:
    """Colours and pens of one theme."""

    def __init__(self, theme: ViewTheme) -> None:
        self.theme = theme
        self.ink, self.soft, self.muted = QColor(theme.ink), QColor(theme.soft), QColor(theme.muted)
        self.paper, self.rule, self.accent = QColor(theme.paper), QColor(theme.rule), QColor(theme.accent)
        self.selection, self.find, self.marker = (
            QColor(theme.selection),
            QColor(theme.find),
            QColor(theme.marker),
        )
        self._colours: dict[str, QColor] = {}
        self._grounds: dict[tuple[str, Ground], QColor] = {}
        self._pens: dict[tuple[str, LineStyle], QPen] = {}

    def text(self, name: str) -> QColor:
        """Return an ink by its name in `BlockLook`."""
        return {"ink": self.ink, "soft": self.soft}.get(name, self.muted)

    def colour(self, name: str) -> QColor:
        """Return a colour of the theme."""
        found = self._colours.get(name)
        if found is None:
            found = self._colours[name] = QColor(name)
        return found

    def look(self, label: str) -> LabelLook:
        """Return how a label is drawn."""
        return self.theme.look(label)

    def ground(self, label: str, kind: Ground) -> QColor:
        """Return what lies under the words of a span."""
        found = self._grounds.get((label, kind))
        if found is None:
            found = self._grounds[(label, kind)] = QColor(ground(self.theme, label, kind))
        return found

    def faint(self, look: LabelLook) -> str:
        """Return the ink for the line under an entity: as faint as can still be seen."""
        return _palest(look.ink, self.theme.paper, (0.65, 0.75, 0.85), _SEEN)

    def line(self, ink: str, style: LineStyle) -> QPen:
        """Return the pen for a line of one style."""
        pen = self._pens.get((ink, style))
        if pen is None:
            pen = QPen(QColor(ink), _WIDTHS.get(style, 1.2) * self.theme.line_weight)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            if style in _DASHES:
                pen.setDashPattern(_DASHES[style])
            self._pens[(ink, style)] = pen
        return pen

    def outline(self, ink: str) -> QPen:
        """Return the pen for the outline of what is chosen."""
        return QPen(self.colour(ink), 1.8 * self.theme.line_weight)

    def dashes(self, look: LabelLook) -> QPen:
        """Return the pen for the line under a suggestion: pale, and dashed by the line of its label."""
        pen = QPen(self.colour(self.faint(look)), _WIDTHS.get(look.line, 1.2) * self.theme.line_weight)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([one / pen.widthF() for one in _PENDING.get(look.line, (6.0, 4.0))])
        return pen

    def dashed_outline(self, ink: str, *, is_chosen: bool) -> QPen:
        """Return the pen for the outline of a suggestion that is picked out."""
        pen = QPen(self.colour(ink), (1.8 if is_chosen else 1.0) * self.theme.line_weight)
        pen.setDashPattern([3.0, 2.4])
        return pen


def ground(theme: ViewTheme, label: str, kind: Ground) -> str:
    """Return what lies under the words of a span; all but `veil` hide what is under them."""
    look = theme.look(label)
    if kind == "veil":
        return sheer(look.ink, 0.15 if theme.is_dark else 0.09)
    tint, strong = over(look.tint, theme.paper), over(look.strong, theme.paper)
    if kind == "pale":
        return blend(tint, theme.paper, 0.55)
    found = {"tint": tint, "deep": blend(strong, tint, 0.5)}.get(kind, strong)
    while found != theme.paper and _drowns(theme, found):
        found = blend(found, theme.paper, 0.9)
    return found


def _drowns(theme: ViewTheme, colour: str) -> bool:
    """Tell whether words on this ground could not be read, under a veil or when they are selected as well."""
    is_dim = contrast(theme.ink, colour) < _ON_GROUND
    return is_dim or contrast(theme.ink, over(theme.selection, colour)) < READABLE


@lru_cache(256)  # asked for every line under every suggestion, whenever they are painted
def _palest(ink: str, paper: str, shares: tuple[float, ...], least: float) -> str:
    """Return the ink mixed with paper as far as its contrast allows."""
    found = (blend(ink, paper, share) for share in shares)
    return next((one for one in found if contrast(one, paper) >= least), ink)
