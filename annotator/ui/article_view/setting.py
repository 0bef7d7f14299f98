"""Fonts and measures for one theme, text size and column width."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontMetricsF

from annotator.ui.article_view.theme import BLOCK_LOOKS, BlockLook, ViewTheme

_SAMPLE = "The minister said on Thursday that it was the third time in a decade he had"
ROOM = 40.0
"""How far a tag may reach over the right edge of the column, in pixels."""
NUMBER = 30.0
"""Between the number of a paragraph and its text, in pixels: room for the lines of frames."""
_LEFT, _RIGHT = 64.0, 44.0
"""The least margins of the column, in pixels."""
_LINE = 22
"""Letters that a line of a headline holds at least; in a narrow column it is set smaller for that."""
TAG_SPACE = 5.0
"""Pixels between two tags of one row."""


@dataclass(frozen=True)
class BlockSetting:
    """How a kind of block is set, in pixels; `up` and `down` is the reach of a fill from the base line."""

    look: BlockLook
    font: QFont
    ascent: float
    descent: float
    up: float
    down: float
    before: float
    indent: float
    pitch: float
    letter: float
    """Width of an average character."""


class Setting:
    """All measures that a layout depends on; another setting, another layout."""

    def __init__(self, theme: ViewTheme, points: float, dots: float, width: float) -> None:
        self.theme = theme
        self.em = max(6.0, points * dots / 72)
        self.tag_font = _font(theme.sans, max(8.0, self.em * 0.5), 600)
        self.tag_font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, self.em * 0.025)
        self.number_font = _font(theme.sans, max(8.0, self.em * 0.6), 400)
        self._tag_metrics = QFontMetricsF(self.tag_font)
        self.tag_height = float(round(self._tag_metrics.capHeight() + self.em * 0.27))
        self.gap = float(round((self.tag_height + self.em * 0.1) * theme.line_space))
        self.lane = 2.0 if theme.line_weight <= 1 else 2.2 * theme.line_weight
        """Pixels that an outer fill reaches further than the one inside it."""
        self._widths: dict[str, float] = {}
        self._blocks: dict[str, BlockSetting] = {}
        letter = self.block("body").letter
        wanted = letter * theme.column
        self.number_width = QFontMetricsF(self.number_font).horizontalAdvance("8888")
        self.margin = max(_LEFT, NUMBER + self.number_width + 4)
        self.column = float(int(max(self.em * 8, min(wanted, width - self.margin - _RIGHT))))
        self._largest = max(1.0, self.column / (_LINE * letter))

    def same_as(self, other: Setting) -> bool:
        """Tell whether a layout made with the other one would be the same."""
        return (self.em, self.column, self.theme) == (other.em, other.column, other.theme)

    def block(self, kind: str) -> BlockSetting:
        """Return how a kind of block is set; an unknown kind is set like body text."""
        found = self._blocks.get(kind)
        if found is None:
            found = self._blocks[kind] = self._block(BLOCK_LOOKS.get(kind, BLOCK_LOOKS["body"]))
        return found

    def tag_width(self, text: str) -> float:
        """Return the width of a tag."""
        width = self._widths.get(text)
        if width is None:
            width = self._widths[text] = self._tag_metrics.horizontalAdvance(text) + self.em * 0.36
        return width

    def _block(self, look: BlockLook) -> BlockSetting:
        em = self.em * (min(look.size, self._largest) if look.size > 1 else look.size)
        font = _font(self.theme.sans if look.sans else self.theme.serif, em, look.weight)
        font.setItalic(look.italic)
        metrics = QFontMetricsF(font)
        up, down = float(round(em * 0.83)), float(round(em * 0.27) + 2)
        gap = self.gap if not look.sans else float(round(self.gap * 0.7))
        letter = metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE) or 1.0  # no font: nothing has a width
        return BlockSetting(
            look,
            font,
            metrics.ascent(),
            metrics.descent(),
            up,
            down,
            float(round(self.em * look.before)),
            float(round(self.em * look.indent)),
            up + down + gap,
            letter,
        )


def _font(families: tuple[str, ...], pixels: float, weight: int) -> QFont:
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(round(pixels))
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
