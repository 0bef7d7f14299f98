"""Whether a word by itself names people: who can speak, think and feel."""

from __future__ import annotations

from annotator.model.grammar import grammar
from annotator.nlp.lexicons import lexicon

ONE_PERSON = frozenset(("official", "aide", "source", "diplomat", "expert"))
"""Words besides titles by which one person goes unnamed."""
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


def is_surname(name: str) -> bool:
    """Tell whether a name of one word is mostly that of a person, and not of a place or body."""
    lists = lexicon()
    known = lists.names.get(name)
    return known[0] == "PERSON" if known is not None else name in lists.last_names


def names_person(word: str) -> bool:
    """Tell whether a common noun mostly names people, or a group of them."""
    words = grammar()
    is_known = word in words["groups"] or word in words["bare people"]
    return is_known or (word.endswith(_ENDINGS) and word not in words["no people"])
