"""What carries a claim: its longer words, whether it is negated, and whether it is left open."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from annotator.model.grammar import grammar
from annotator.nlp.attributions.found import Bounds, Found
from annotator.nlp.attributions.pointers import singular

_LONGEST = 200
"""Characters of a claim that may be the opposite of another one."""
_NEGATIONS = frozenset(("not", "never", "nobody", "cannot"))
_HEDGES = frozenset(("if", "whether", "may", "might", "could", "perhaps", "unless"))
_USED = "used"
"""Carries nothing before "to", but is what is denied in "not used in the kitchen"."""
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ing|ed|e)$")
_ROOT = 5
"""Letters by which words of one root are alike."""
_WORD = re.compile(r"[^\W_]{3,}")


@dataclass(frozen=True, slots=True)
class Content:
    """The words of a claim that carry it."""

    words: frozenset[str]
    is_negated: bool = False
    denied: frozenset[str] = frozenset()
    """The first of them behind "not"."""
    is_open: bool = False
    """Whether it is asked, or only holds if something else does."""


def content_of(text: str, claim: Sequence[Bounds]) -> Content:
    """Return what carries a claim."""
    if sum(end - start for start, end in claim) > _LONGEST:
        return Content(frozenset(), is_open=True)
    # "in May" leaves nothing open.
    whole = " ".join(text[start:end] for start, end in claim)
    words = [word.strip("\"“”‘’',.;:") for word in whole.split()]
    said = [word if word == "May" else word.lower() for word in words]
    found = _words_in(text, claim) - _empty()
    nots = _nots(said) if may_negate(whole.lower()) else []
    behind = said[nots[-1] + 1 :] if nots else []
    denied = next((word for word in map(singular, behind) if word in found or word == _USED), "")
    is_open = not _HEDGES.isdisjoint(said) or "?" in whole
    return Content(found, len(nots) % 2 == 1, frozenset((denied,)) if denied else frozenset(), is_open)


def _nots(said: Sequence[str]) -> list[int]:
    return [at for at, word in enumerate(said) if word in _NEGATIONS or word.endswith(("n't", "n’t"))]


def may_negate(low: str) -> bool:
    """Tell whether words in small letters may be negated, faster than by reading them."""
    # "cannot" has "not" in it.
    return "not" in low or "n't" in low or "n’t" in low or "never" in low or "nobody" in low


def words_of(text: str, one: Found) -> frozenset[str]:
    """Return the longer words of a claim, nouns without the ending of the plural."""
    return _words_in(text, one.claim)


def _words_in(text: str, claim: Sequence[Bounds]) -> frozenset[str]:
    return frozenset(
        singular(word) for start, end in claim for word in _WORD.findall(text[start:end].lower())
    )


@lru_cache(maxsize=1)
def _empty() -> frozenset[str]:
    """Return the words that carry nothing."""
    words = grammar()
    sections = (
        "determiner", "subject", "object", "possessive", "relative", "preposition", "joining",
        "opening clauses", "helper", "negation", "adverb",
    )  # fmt: skip
    found = (singular(word) for section in sections for word in words[section])
    return frozenset(found) | {"been", "there", "that"}


def rooted(content: Content) -> Content:
    """Return what carries a claim with the words as they begin."""
    denied = frozenset(roots(content.denied)) if content.denied else content.denied
    return Content(frozenset(roots(content.words)), content.is_negated, denied, content.is_open)


def roots(words: Set[str]) -> Set[str]:
    """Return how words begin, so that "suspended" is "suspension", and "leaked" "leak"."""
    return {_ENDING.sub("", word)[:_ROOT] for word in words}
