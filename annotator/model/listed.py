"""Names in a sentence: what there is to choose from, never more of it than one can read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice

from annotator.model.said import Said, joined, readable, say
from annotator.model.text import cut

_MOST, _LONGEST = 20, 60
"""Names that are listed, and characters of one."""
_NEAR, _ENOUGH = 3, 0.75
"""Names that may have been meant, and how much of the letters they have in common with what was given."""
_COMPARED, _LETTERS = 10_000, 120
"""Names that are compared, and letters of each: a folder may hold very many, with very long names."""


def listed(names: Iterable[str]) -> Said:
    """Return names in their order, with commas between; of many the first, and how many more there are."""
    every = sorted(names)
    first = joined(*(cut(one, _LONGEST) for one in every[:_MOST]), between=", ")
    if len(every) <= _MOST:
        return say("{names}", names=first or say("none"))
    return say("{names} and {n} more", len(every) - _MOST, names=first)


def meant(given: str, names: Iterable[str]) -> Said:
    """Return the question whether one of the names that look much the same was meant; empty for none."""
    from difflib import get_close_matches  # noqa: PLC0415 - late: needed where something is misspelt

    folded: dict[str, str] = {}
    for one in islice(names, _COMPARED):
        folded.setdefault(one[:_LETTERS].casefold(), one)
    near = get_close_matches(given[:_LETTERS].casefold(), folded, _NEAR, _ENOUGH)
    if not near:
        return say("")
    *others, last = (cut(folded[one], _LONGEST) for one in near)
    if not others:
        return say("Did you mean {name}?", name=last)
    return say("Did you mean {names} or {name}?", names=", ".join(others), name=last)


def not_there(pattern: str, given: str, names: Collection[str], /, **values: object) -> Said:
    """Return a sentence that says that `{name}` is none of the names, and the question which was meant."""
    return joined(say(pattern, name=readable(given, _LONGEST), **values), meant(given, names))
