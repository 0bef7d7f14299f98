"""Verbs behind several who are named: "Supporters of the law claim it works", "Quill and Brink blame it"."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.model.cue_lexicon import BASE, cue_lexicon
from annotator.nlp.attributions.person_words import names_person

_LINKS = frozenset((
    "of", "in", "on", "at", "from", "within", "inside", "with", "for", "to", "near", "against", "across",
    "around", "behind",
))  # fmt: skip
_BODIES = frozenset(("police", "ministry", "department", "troops"))
_LITTLE = frozenset(("he", "she", "they", "it", "we", "i", "you", "here", "there", "them", "him", "her"))
_NAMING = frozenset(("DT", "PS", "NN", "CAP", "NUM"))
_EDGES = frozenset(("^", ".", ",", ";", ":", "-", "Q", "SC", "(", "CC"))
_ALIKE = ("ss", "us", "is")
_FARTHEST = 6


def follows_many(words: Sequence[str], tags: Sequence[str], at: int) -> bool:
    """Tell whether several who open a clause stand right before an item."""
    link = _back(tags, at - 1)
    joint = words[link] if 0 < link < at - 1 else ""
    if joint not in _LINKS and joint != "and":
        return False
    first = _back(tags, link - 1)
    edge = tags[first] if first >= 0 else "^"
    # "The mayor and the governor claim it works", "Voters in Ohio support the plan"
    is_many = joint == "and" or (words[link - 1].endswith("s") and not words[link - 1].endswith(_ALIKE))
    return first < link - 1 and edge in _EDGES and is_many


def is_of_two(words: Sequence[str], at: int) -> bool:
    """Tell the noun of "police and fire officials", "federal and state police" from a verb behind "and"."""
    after = words[at + 1] if at + 1 < len(words) else ""
    is_many = after in _BODIES or (after.endswith("s") and names_person(after))
    other = words[at - 2] if at > 1 else ""
    is_base = {kind for kind, _ in cue_lexicon().verbs.get(words[at], ())} == {BASE}
    return (
        is_base
        and is_many
        and other[:1].isalpha()
        and other not in cue_lexicon().verbs
        and other not in _LITTLE
    )


def _back(tags: Sequence[str], last: int) -> int:
    """Return the item before the naming words that end with an item."""
    at, stop = last, max(-1, last - _FARTHEST)
    while at > stop and tags[at] in _NAMING:
        at -= 1
    return at
