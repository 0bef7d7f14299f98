"""Reads links of two spans as the frames of more roles that they are parts of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from annotator.model.ids import Id
from annotator.model.marks import FrameMark
from annotator.model.records import Frame, Span
from annotator.model.said import say
from annotator.services.importing_labels import Labels

Made = TypeVar("Made")

RING = 200
"""Frames that point to each other, up to which each is compared with all: that takes long."""


def inner_first(
    frames: Iterable[Made], own: Callable[[Made], Id], ends: Callable[[Made], Iterable[Id]]
) -> tuple[list[Made], list[Made]]:
    """Return frames after those that they point to, and apart those of rings, and what leads to these."""
    every = {own(one): one for one in frames}
    waiting: dict[Id, int] = {}
    pointing: dict[Id, list[Id]] = {}
    for key, one in every.items():
        inner = {end for end in ends(one) if end in every}
        waiting[key] = len(inner)
        for end in inner:
            pointing.setdefault(end, []).append(key)
    order = {key: at for at, key in enumerate(every)}
    ready = [key for key, count in waiting.items() if not count]
    found: list[Made] = []
    while ready:
        found += (every[key] for key in ready)
        after = []
        for key in (outer for inner in ready for outer in pointing.get(inner, ())):
            waiting[key] -= 1
            if not waiting[key]:
                after.append(key)
        ready = sorted(after, key=order.__getitem__)
    return found, [every[key] for key, count in waiting.items() if count]


class Linked(NamedTuple):
    """How many links were read as how many frames."""

    links: int = 0
    frames: int = 0

    def and_more(self, more: Linked) -> Linked:
        """Return the sums with those of another article."""
        return Linked(self.links + more.links, self.frames + more.frames)

    def told(self) -> str:
        """Return the sentence that says so."""
        frames = say("{n} frame(s)", self.frames)
        return say(
            "read as {frames}, in the roles that the labels of their ends have in the scheme: {n} link(s)",
            self.links,
            frames=frames,
        )


def whole_frames(
    marks: Sequence[FrameMark], frames: Mapping[str, Frame], spans: Mapping[str, Span], labels: Labels
) -> tuple[list[FrameMark], Linked]:
    """Return marks in the roles that only they can have, parts of one frame joined, and how many were.

    Most programs know links of two spans alone.  Those that lead from one span, or to one, and have each
    another role there are one frame; where two have the same role, each stays a frame of its own.
    """
    named = {one.key: now for one in marks if (now := _named(one, frames, spans, labels)) is not None}
    if not named:
        return [*marks], Linked()
    pointed = {end.key for mark in marks for end in mark.ends}
    apart = {key: one for key, one in named.items() if key not in pointed}
    gone: set[str] = set()
    for hub in (0, 1):
        joined: set[str] = set()
        for parts in _stars(apart.values(), hub):
            first = parts[0]
            ends = (first.ends[hub], *(one.ends[1 - hub] for one in parts))
            named[first.key] = first._replace(ends=ends)
            gone.update(one.key for one in parts[1:])
            joined.update(one.key for one in parts)
        apart = {key: one for key, one in apart.items() if key not in joined}
    return [named.get(one.key, one) for one in marks if one.key not in gone], Linked(
        len(named), len(named) - len(gone)
    )


def _named(
    mark: FrameMark, frames: Mapping[str, Frame], spans: Mapping[str, Span], labels: Labels
) -> FrameMark | None:
    """Return a link with its ends' roles in the scheme, if their labels say which."""
    if not mark.is_ordered or len(mark.ends) != 2 or any(end.key not in spans for end in mark.ends):
        return None
    roles = labels.by_ends(
        mark.label, frames[mark.key].label, [(end.role, spans[end.key].label) for end in mark.ends]
    )
    if roles is None:
        return None
    ends = tuple(end._replace(role=role) for end, role in zip(mark.ends, roles, strict=True))
    return mark._replace(ends=ends, is_ordered=False)


def _stars(links: Iterable[FrameMark], hub: int) -> Iterator[list[FrameMark]]:
    """Yield links that share the end `hub`, where no two others have one role, unless it is the hub's."""
    stars: dict[object, list[FrameMark]] = {}
    for one in links:
        if not (one.attributes or one.note):
            stars.setdefault((one.label, one.by, one.proposal, one.ends[hub]), []).append(one)
    for parts in stars.values():
        others = [one.ends[1 - hub].role for one in parts if one.ends[1 - hub].role != one.ends[hub].role]
        if len(parts) > 1 and len({*others}) == len(others):
            yield parts
