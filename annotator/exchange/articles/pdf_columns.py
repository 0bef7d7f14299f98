"""Puts the lines of a page of a PDF in columns, in the order in which they are read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from annotator.exchange.articles.pdf_lines import Line

_GUTTER = 0.5
"""Heights of a line that the space between two columns is wide at least."""
_NARROW = 5
"""Heights of a line that a column is wide at least."""
_FEW = 2
"""Lines that a column has at least."""
_DEEP = 12
"""Columns beside each other that are told apart at most."""


def columns_of(lines: Sequence[Line], depth: int = 0) -> list[list[Line]]:
    """Return the lines of a page, given from the top, in columns as they are read.

    What goes over the space between columns, as a headline does, parts those above it from those below.
    """
    between = _gutter(lines) if depth < _DEEP else None
    if between is None:
        return [list(lines)]
    columns: list[list[Line]] = [[]]
    beside: list[Line] = []
    for line in lines:
        if line.left < between < line.right:
            _take(columns, beside, between, depth)
            beside = []
            columns[-1].append(line)
        else:
            beside.append(line)
    _take(columns, beside, between, depth)
    return [one for one in columns if one]


def _take(columns: list[list[Line]], beside: Sequence[Line], between: float, depth: int) -> None:
    """Add lines of which none goes over the space between columns: those on the left before the others."""
    left = [one for one in beside if one.right <= between]
    right = [one for one in beside if one.right > between]
    if right:
        columns += [*columns_of(left, depth + 1), *columns_of(right, depth + 1), []]
    else:
        columns[-1] += left


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return where the space between two columns lies over which the fewest lines go; None for one column."""
    if len(lines) < 2 * _FEW:
        return None
    height = median(one.height for one in lines)
    lefts, rights = sorted(one.left for one in lines), sorted(one.right for one in lines)
    found = min(_spaces(lefts, rights, height), default=None)
    return found and (found[1] + found[2]) / 2


def _spaces(
    lefts: Sequence[float], rights: Sequence[float], height: float
) -> Iterator[tuple[int, float, float]]:
    """Yield spaces that may part columns: how many lines go over each, its start and its end."""
    first, last = lefts[0] + _NARROW * height, rights[-1] - _NARROW * height
    for start, end in pairwise(sorted({*lefts, *rights})):
        if start < first or end > last or end - start < _GUTTER * height:
            continue
        before, behind = bisect_right(rights, start), len(lefts) - bisect_left(lefts, end)
        over = len(lefts) - before - behind
        if min(before, behind) >= max(_FEW, over / 4):
            yield over, start, end
