"""Finds what leads back to itself over others, for all at once: one by one takes far longer in long rows."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from annotator.model.ids import Id
from annotator.model.records import Frame

Arrows = Mapping[Id, Collection[Id]]


class Rings:
    """Which of these frames lead back to themselves through a role."""

    def __init__(self, frames: Iterable[Frame]) -> None:
        self._arrows: defaultdict[str, dict[Id, list[Id]]] = defaultdict(dict)
        self._found: dict[str, frozenset[Id]] = {}
        for frame in frames:
            for role, kind, end in frame.roles:
                if kind == "frame" and end != frame.id:
                    self._arrows[role].setdefault(frame.id, []).append(end)

    def hold(self, frame: Frame, role: str) -> bool:
        """Tell whether this role of a frame leads back to it."""
        if role not in self._arrows:
            return False
        if role not in self._found:
            self._found[role] = in_rings(self._arrows[role])
        return frame.id in self._found[role]


@dataclass(slots=True)
class _Walk:
    """Where a walk along arrows is: Tarjan's, without calls of itself, which long rows would exhaust."""

    arrows: Arrows
    met: dict[Id, int] = field(default_factory=dict)
    """How manyth each was met."""
    low: dict[Id, int] = field(default_factory=dict)
    """The first that is reached from each and reaches it, as far as that is known."""
    open_ones: list[Id] = field(default_factory=list)
    rings: set[Id] = field(default_factory=set)

    def enter(self, one: Id) -> tuple[Id, Iterator[Id]]:
        self.met[one] = self.low[one] = len(self.met)
        self.open_ones.append(one)
        return one, iter(self.arrows.get(one, ()))

    def leave(self, one: Id) -> None:
        """Close what can be reached from one, and reaches it, when nothing before it does."""
        if self.low[one] < self.met[one]:
            return
        at = len(self.open_ones) - 1
        while self.open_ones[at] != one:
            at -= 1
        together = self.open_ones[at:]
        del self.open_ones[at:]
        for each in together:
            self.low[each] = sys.maxsize
        if len(together) > 1:
            self.rings.update(together)


def in_rings(arrows: Arrows) -> frozenset[Id]:
    """Return what leads back to itself over at least one other; in time that grows with the arrows."""
    walk = _Walk(arrows)
    for start in arrows:
        way = [] if start in walk.met else [walk.enter(start)]
        while way:
            one, ends = way[-1]
            end = next(ends, None)
            if end is None:
                way.pop()
                walk.leave(one)
                if way:
                    before = way[-1][0]
                    walk.low[before] = min(walk.low[before], walk.low[one])
            elif end not in walk.met:
                way.append(walk.enter(end))
            else:
                walk.low[one] = min(walk.low[one], walk.low[end])
    return frozenset(walk.rings)
