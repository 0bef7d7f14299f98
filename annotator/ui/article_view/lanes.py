"""Which lane a fill and a tag gets, so that none hides another; pure functions of numbers."""

from __future__ import annotations

from collections.abc import Sequence

MOST = 6
"""More than this many above one another fold into "+n"."""


def nesting(stretches: Sequence[tuple[int, int]]) -> list[int | None]:
    """Return the lane of each stretch, outer ones first; None for those that fold.

    `stretches` are sorted by start, longer ones first.
    """
    ends = [0] * MOST
    found: list[int | None] = []
    for start, end in stretches:
        lane = next((lane for lane in range(MOST) if ends[lane] <= start), None)
        if lane is not None:
            ends[lane] = end
        found.append(lane)
    return found


def tag_rows(tags: Sequence[tuple[float, float]], gap: float) -> list[int | None]:
    """Return the row of each tag (left, width), 0 the lowest, so that none touches another; None folds.

    From right to left, so that the thin line from a raised tag down to its text meets no other tag.
    `tags` are sorted by their left edge.
    """
    edges = [float("inf")] * MOST
    stems = [float("inf")] * MOST
    """Left of which a tag of each row must end, so that it meets no line down from a higher row."""
    found: list[int | None] = [None] * len(tags)
    for place in range(len(tags) - 1, -1, -1):
        left, width = tags[place]
        end = left + width + gap
        row = next((row for row in range(MOST) if end <= edges[row] and left + width <= stems[row]), None)
        if row is not None:
            edges[row] = left
            stems[:row] = [left] * row
        found[place] = row
    return found


def blocks(
    tags: Sequence[tuple[float, float]], gap: float, most: float
) -> list[tuple[float, float, list[float]]]:
    """Return (left, width, left edges of its tags) of each block: tags that start at one place, side by side.

    `tags` are (left, width), sorted by left edge; a block that would reach over `most` is moved to the left.
    """
    groups: list[list[tuple[float, float]]] = []
    for tag in tags:
        if groups and tag[0] - groups[-1][0][0] < 1:
            groups[-1].append(tag)
        else:
            groups.append([tag])
    found = []
    for group in groups:
        total = sum(width for _, width in group) + gap * (len(group) - 1)
        edge = left = max(0.0, min(group[0][0], most - total))
        lefts = []
        for _, width in group:
            lefts.append(edge)
            edge += width + gap
        found.append((left, total, lefts))
    return found


def lane_clear(spans: Sequence[tuple[float, float]], wanted: float, width: float, gap: float) -> float:
    """Return the first left edge at or after `wanted` where a thing of `width` touches none of `spans`."""
    left = wanted
    for start, end in sorted(spans):
        if end + gap > left and start - gap < left + width:
            left = end + gap
    return left


def first_free(
    lanes: Sequence[list[tuple[float, float]]], wanted: tuple[float, float], *, keep: bool = True
) -> int:
    """Return the first lane in which nothing meets `wanted`, else the one with the least in it.

    `keep` notes `wanted` in that lane.
    """
    low, high = wanted
    clear = (
        lane for lane, taken in enumerate(lanes) if all(high <= start or end <= low for start, end in taken)
    )
    found = next(clear, min(range(len(lanes)), key=lambda lane: len(lanes[lane])))
    if keep:
        lanes[found].append(wanted)
    return found


def widest_gap(stretch: tuple[float, float], taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the widest part of a stretch that nothing covers; an empty one when all is covered."""
    at, end = stretch
    best = (at, at)
    for start, stop in [*sorted(taken), (end, end)]:
        if min(start, end) - at > best[1] - best[0]:
            best = (at, min(start, end))
        at = max(at, stop)
    return best
