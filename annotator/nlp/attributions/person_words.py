"""Whether a word by itself names people: who can speak, think and feel."""

from __future__ import annotations

from annotator.model.grammar import grammar

_ENDINGS = (
    "er",
    "ers",
    "or",
    "ors",
    "ist",
    "ists",
    "yst",
    "ysts",
    "ian",
    "ians",
    "ants",
    "ents",
    "men",
    "women",
    "ees",
)
"""How nouns end that mostly name people."""


def names_person(word: str) -> bool:
    """Tell whether a common noun mostly names people, or a group of them."""
    words = grammar()
    is_known = word in words["groups"] or word in words["bare people"]
    return is_known or (word.endswith(_ENDINGS) and word not in words["no people"])
