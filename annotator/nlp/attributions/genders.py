"""Whether "he" or "she" may stand for somebody: told by titles, kin and offices, else by the first name."""

from __future__ import annotations

from annotator.model.grammar import grammar
from annotator.nlp.lexicons import lexicon

_SHE = frozenset(("she", "her"))


def gender(words: str) -> str:
    """Return "w" or "m" where words tell whom they name, as "Mrs. Quill" and "husband Ivo"; else ""."""
    known = grammar()
    for word in words.lower().replace("’", "'").split():
        bare = word.strip(".,;:()").removesuffix("'s").removeprefix("ex-")
        for mark, section in (("w", "women"), ("m", "men")):
            if bare in known[section] or f"{bare}." in known[section]:
                return mark
    return ""


def of_name(name: str) -> str:
    """Return "w" or "m" for a full name whose first name is that of women or of men alone; else ""."""
    first, _, others = name.partition(" ")
    lists = lexicon()
    if not others:
        return ""
    return "w" if first in lists.women else "m" if first in lists.men else ""


def fits(pronoun: str, told: str) -> bool:
    """Tell whether a pronoun may stand for somebody of whom so much is told."""
    return not told or told == ("w" if pronoun in _SHE else "m")
