"""Names in a sentence: what there is to choose from, never more of it than one can read."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.model.said import Said, joined, say
from annotator.model.text import cut

_MOST, _LONGEST = 20, 60
"""Names that are listed, and characters of one."""


def listed(names: Iterable[str]) -> Said:
    """Return names in their order, with commas between; of many the first, and how many more there are."""
    every = sorted(names)
    first = joined(*(cut(one, _LONGEST) for one in every[:_MOST]), between=", ")
    if len(every) <= _MOST:
        return say("{names}", names=first or say("none"))
    return say("{names} and {n} more", len(every) - _MOST, names=first)
