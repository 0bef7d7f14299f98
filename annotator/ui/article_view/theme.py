"""How the article view looks: paper, inks, fonts, and one look per label and per kind of block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from annotator.model.scheme import Label, Scheme

LineStyle = Literal["solid", "double", "dotted", "dashdot", "thick", "thin"]
LINE_STYLES: tuple[LineStyle, ...] = ("solid", "double", "dotted", "dashdot", "thick", "thin")


@dataclass(frozen=True, slots=True)
class LabelLook:
    """How one label is drawn: its ink, the style of the line under its text, and see-through tints.

    `tint` is laid under the text, `strong` in its place while the span is picked out; both are `#aarrggbb`.
    """

    ink: str
    tint: str
    strong: str
    line: LineStyle = "solid"


@dataclass(frozen=True, slots=True)
class BlockLook:
    """How one kind of block is set; sizes and spaces in units of the body size."""

    size: float = 1.0
    weight: int = 400
    italic: bool = False
    sans: bool = False
    ink: Literal["ink", "soft", "muted"] = "ink"
    before: float = 1.0
    indent: float = 0.0
    numbered: bool = False


BLOCK_LOOKS: Mapping[str, BlockLook] = {
    "body": BlockLook(numbered=True),
    "headline": BlockLook(size=1.7, weight=700, before=0.2),
    "byline": BlockLook(size=0.86, sans=True, ink="soft", before=0.5),
    "date": BlockLook(size=0.86, sans=True, ink="muted", before=0.15),
    "dateline": BlockLook(ink="muted"),
    "caption": BlockLook(size=0.88, italic=True, ink="soft", before=0.75),
    "subhead": BlockLook(size=1.12, weight=700, before=1.3),
    "navigation": BlockLook(size=0.78, sans=True, ink="muted", before=0.4),
    "transcript_turn": BlockLook(indent=1.6, before=0.7, numbered=True),
    "question": BlockLook(italic=True, numbered=True),
}

READABLE = 4.5
"""The least contrast of text, WCAG 2.1 level AA."""
SIGNS: Mapping[str, str] = {"support": "+", "deny": "−", "question": "?", "neutral": "○"}
"""What is drawn for the value of a stance."""
SIGN_LINES: Mapping[str, LineStyle] = {"+": "solid", "−": "double", "?": "dotted", "○": "dashdot"}


@dataclass(frozen=True, slots=True)
class ViewTheme:
    """Colours and fonts of the article view; built by the program's theme, or one of those below."""

    name: str = "light"
    is_dark: bool = False
    paper: str = "#fdfcf9"
    ink: str = "#23211d"
    soft: str = "#56524a"
    muted: str = "#6f6a60"
    rule: str = "#e6e2d8"
    accent: str = "#2f5f95"
    selection: str = "#4a2f7fc4"
    """`#aarrggbb`; laid over the tints and under the text."""
    find: str = "#f6e7a1"
    marker: str = "#c0492f"
    """Ink of the signs for characters that cannot be seen."""
    serif: tuple[str, ...] = ("Noto Serif", "Source Serif 4", "Charter", "Georgia", "DejaVu Serif", "serif")
    sans: tuple[str, ...] = ("Noto Sans", "Inter", "Segoe UI", "Helvetica Neue", "DejaVu Sans", "sans-serif")
    column: int = 75
    """Characters per line."""
    line_space: float = 1.0
    """1 is the usual space between lines; more is wider."""
    line_weight: float = 1.0
    """1 is the usual width of the lines under spans and of those that join frames; more is bolder."""
    labels: Mapping[str, LabelLook] = field(default_factory=dict)

    def look(self, label: str) -> LabelLook:
        """Return how a label is drawn, also one that the theme does not know."""
        return self.labels.get(label) or _look(self, self.soft, "solid", 0.12)


LIGHT = ViewTheme()
DARK = ViewTheme(
    name="dark",
    is_dark=True,
    paper="#191b1f",
    ink="#dcd8cf",
    soft="#b1ada4",
    muted="#918e86",
    rule="#2e3137",
    accent="#8fb8e8",
    selection="#5a6ea8e0",
    find="#5d5222",
    marker="#f08a6c",
)

_INKS: Mapping[str, tuple[str, LineStyle]] = {
    "CLAIM": ("#5a4a9c", "solid"),
    "SOURCE": ("#9c2f63", "thick"),
    "CUE": ("#8a6508", "dotted"),
    "PERSON": ("#ad5a17", "thin"),
    "NORP": ("#2a7d78", "dotted"),
    "ORG": ("#2d7a4b", "dashdot"),
    "FAC": ("#4a6a8a", "thin"),
    "GPE": ("#1f6e9c", "dotted"),
    "LOC": ("#1f6e9c", "thin"),
    "DATE": ("#6d7134", "thin"),
    "TIME": ("#6d7134", "dotted"),
    "PERCENT": ("#96483b", "thin"),
    "MONEY": ("#96483b", "thin"),
    "QUANTITY": ("#96483b", "dotted"),
    "CARDINAL": ("#96483b", "dashdot"),
    "EVENT": ("#56607a", "thin"),
    "LAW": ("#56607a", "dotted"),
    "PRODUCT": ("#56607a", "dashdot"),
}
_MORE_INKS = (
    "#5a4a9c",
    "#9c2f63",
    "#8a6508",
    "#2d7a4b",
    "#1f6e9c",
    "#ad5a17",
    "#2a7d78",
    "#96483b",
    "#56607a",
)


def with_labels(theme: ViewTheme, scheme: Scheme) -> ViewTheme:
    """Return the theme with a look for every span label of the scheme; looks that it has stay."""
    labels = scheme.of("span")
    looks = {label.name: _look_of(theme, label, place) for place, label in enumerate(labels)}
    return replace(theme, labels={**looks, **theme.labels})


def is_entity(label: Label | None) -> bool:
    """Tell whether a label is drawn as a light tint without a tag."""
    return label is not None and label.group == "entity"


def _look_of(theme: ViewTheme, label: Label, place: int) -> LabelLook:
    ink, line = _INKS.get(
        label.meaning, (_MORE_INKS[place % len(_MORE_INKS)], LINE_STYLES[place % len(LINE_STYLES)])
    )
    return _look(theme, label.colour or ink, line, 0.10 if is_entity(label) else 0.14)


def _look(theme: ViewTheme, ink: str, line: LineStyle, share: float) -> LabelLook:
    if theme.is_dark:
        ink, share = blend("#ffffff", ink, 0.42), share * 1.4
    return LabelLook(ink, sheer(ink, share), sheer(ink, share * 2.1), line)


def sheer(colour: str, share: float) -> str:
    """Return a colour made see-through, as `#aarrggbb`; what it already lets through it lets through more."""
    alpha = int(colour[1:3], 16) / 255 if len(colour) == 9 else 1.0
    return f"#{round(255 * min(1.0, alpha * share)):02x}{colour[-6:]}"


def blend(over: str, under: str, share: float) -> str:
    """Return `share` of one colour on top of another, both `#rrggbb`."""
    pairs = ((int(over[at : at + 2], 16), int(under[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours `#rrggbb` (WCAG 2.1), 1 to 21."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@lru_cache(maxsize=4096)
def luminance(colour: str) -> float:
    """Return how bright a colour `#rrggbb` is (WCAG 2.1), 0 to 1."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def over(colour: str, ground: str) -> str:
    """Return what a colour looks like on a ground, `#rrggbb`; one that is not see-through stays."""
    return blend(f"#{colour[-6:]}", ground, int(colour[1:3], 16) / 255) if len(colour) == 9 else colour
