"""What a laid-out section is made of: lines of text, and the fills, tags and joints on each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextLine

from annotator.model.records import Fragment
from annotator.ui.article_view.marks import Drawn

Box = tuple[float, float]
"""Left and right edge."""


@dataclass(slots=True)
class Fill:
    """A piece of a span on one line, in pixels from the left edge of the column."""

    record: Drawn
    fragment: int
    left: float
    right: float
    lane: int
    opens: bool
    closes: bool
    turned: bool = False
    """Whether its words run from right to left, so that it starts at its right edge."""
    around: int = 0
    """How many lanes lie inside it: so much further it reaches."""
    twin: bool = False
    """Whether another annotator's span of the same label on the same words lies in its place before it."""
    rect: QRectF = field(default_factory=QRectF)
    """In pixels of the section."""


@dataclass(slots=True)
class Tag:
    """The name of a span above its first piece; `stem` is the edge of the text that it stands over."""

    records: Sequence[Drawn]
    """More than one where several annotators put one label on the same words."""
    text: str
    stem: float
    left: float
    width: float
    row: int
    has_stem: bool = False
    """Whether a line leads from the raised tag down to its text."""
    rect: QRectF = field(default_factory=QRectF)
    """In pixels of the section."""

    @property
    def record(self) -> Drawn:
        """The span that a click on the tag chooses."""
        return self.records[0]


@dataclass(slots=True)
class Crumbs:
    """The breadcrumb of a nested attribution, above the line where its claim starts."""

    record: Drawn
    text: str
    left: float
    width: float
    row: int
    rect: QRectF = field(default_factory=QRectF)
    """In pixels of the section."""


@dataclass(slots=True)
class Line:
    """One line of text; offsets are code points, `top`, `base` and `bottom` pixels of the section."""

    line: QTextLine
    start: int
    end: int
    """Without the white space that ends the line."""
    fills: list[Fill] = field(default_factory=list)
    opening: list[Fill] = field(default_factory=list)
    """Those that start a span or a suggestion which is no entity."""
    tags: list[Tag] = field(default_factory=list)
    joints: list[tuple[Drawn, float, float]] = field(default_factory=list)
    crumbs: list[Crumbs] = field(default_factory=list)
    folded: list[Drawn] = field(default_factory=list)
    """Spans for which there is no lane left."""
    around: int = 0
    top: float = 0.0
    base: float = 0.0
    bottom: float = 0.0
    up: float = 0.0

    def looks_like(self, other: Line) -> bool:
        """Tell whether the same is drawn in the same place."""
        return all(getattr(self, name) == getattr(other, name) for name in _SEEN)


_SEEN = ("start", "end", "top", "base", "bottom", "fills", "tags", "joints", "crumbs", "folded")
"""What decides how a line looks."""


@dataclass(frozen=True, slots=True)
class SectionText:
    """What a section holds: its text, where it starts, its kind, and stretches set in another way."""

    text: str
    start: int
    kind: str
    opens: bool = True
    """Whether it starts its paragraph."""
    muted: Sequence[Fragment] = ()
