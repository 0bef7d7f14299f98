"""A candidate: an attribution as a pattern found it, before the best ones are chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Bounds = tuple[int, int]

AGAINST = frozenset(("denies", "doubts", "criticises"))
"""Groups of cues of those who are against what they speak of."""
TAKING_SIDES = AGAINST | {"supports"}
"""Groups of cues of those who are for or against it."""
NAMING = frozenset(("words", "preposition"))
"""Patterns of claims that only name what they are about."""


@dataclass(slots=True)
class Found:
    """Who says what by which words, in code points, with what speaks for it."""

    pattern: str
    group: str
    cue: Bounds | None
    source: Bounds | None
    claim: tuple[Bounds, ...]
    score: float
    reason: str
    paragraph: int = 0
    depth: int = 0
    presents: str = "open"
    lemma: str = ""
    is_negated: bool = False
    is_hedged: bool = False
    is_refused: bool = False
    kind: str = "speech"
    addressee: Bounds | None = None
    form: str = "indirect"
    parent: Found | None = None
    continues: Found | None = None
    how: str = ""
    """Whether the source stands before the verb, behind it, is shared with another verb, or is missing."""
    _extent: Bounds | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def start(self) -> int:
        """Return where its first word stands."""
        return (self._extent or self.extent)[0]

    @property
    def end(self) -> int:
        """Return where its last word ends."""
        return (self._extent or self.extent)[1]

    @property
    def extent(self) -> Bounds:
        """Return where its first word stands, and where its last one ends; looked up once."""
        if self._extent is None:
            parts = self._parts()
            self._extent = min(parts)[0], max([end for _, end in parts])
        return self._extent

    def go_on(self, pieces: Iterable[Bounds]) -> None:
        """Add pieces to what is said."""
        self.claim = (*self.claim, *pieces)
        self._extent = None

    def end_at(self, end: int) -> None:
        """Let what is said end earlier, inside its last piece."""
        self.claim = (*self.claim[:-1], (self.claim[-1][0], end))
        self._extent = None

    def begin_at(self, start: int) -> None:
        """Let who says it, or what is said, begin later where a place lies inside."""
        if self.source is not None and self.source[0] < start < self.source[1]:
            self.source = start, self.source[1]
        first, end = self.claim[0]
        if first < start < end:
            self.claim = ((start, end), *self.claim[1:])
        self._extent = None

    def _parts(self) -> Sequence[Bounds]:
        """Return where its parts stand, without the source of a quotation that runs on, which is far away."""
        return (*self.claim, *filter(None, (self.cue, self.source))) if self.continues is None else self.claim


def outer_first(one: Found) -> Bounds:
    """Return what puts attributions in order: by where they begin, and of those the longest first."""
    start, end = one.extent
    return start, -end
