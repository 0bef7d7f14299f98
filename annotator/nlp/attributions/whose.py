"""Whose claims are: somebody else's, one's own, or those of one who is named."""

from __future__ import annotations

import re

from annotator.model.grammar import grammar
from annotator.nlp.attributions.earlier import Told, place
from annotator.nlp.attributions.found import NAMING, Found
from annotator.nlp.attributions.pointers import OWNED, Pointer, singular
from annotator.nlp.attributions.resolving import is_pronoun
from annotator.nlp.attributions.stance import is_another, is_same

NAMED_OWNER = 3.0
"""What speaks for a claim whose owner is named."""
OWN = frozenset((
    "stand", "defend", "stick", "justify", "repeat", "reiterate", "walk", "retract", "withdraw", "recant",
    "regret", "retreat", "soften", "abandon", "cling", "restate", "renew",
))  # fmt: skip
"""Who does this to "his claim" speaks of his own."""
AUTHORS = frozenset(("we", "i"))
_POSSESSORS = frozenset(("his", "her", "its"))
_BOTH = frozenset(("he", "she"))
_RELATIVE = frozenset(("who", "which", "that"))
_NAMED_BEFORE = 90
"""Characters before "who" in which the one stands whom it belongs to."""
_RELATIVE_CLAUSE = re.compile(r",? who(?:se|m)? ")
_WORDS = re.compile(r"[\w-]+")
_NAMES = re.compile(r"\b[A-Z][\w-]+")


def is_others(told: Told, one: Found, by: Found) -> bool:
    """Tell whether somebody else, or nobody who is named, told something."""
    if one.source is None or by.source is None:
        # Without a source, what takes the side is a verdict of the writer's.
        return told.source(one).lower() not in AUTHORS
    if _may_be_called(told, by, one):
        return False
    ours, theirs = told.source(by).lower(), told.source(one).lower()
    if by.parent is None and not by.depth and ours in AUTHORS:
        # "We rate the claim False": who writes the article
        return theirs not in AUTHORS
    if theirs in _RELATIVE and not (id(one) in told.names and id(by) in told.names):
        # "Tindall, who said it leaks. The ministry denied it."
        before = told.text[max(0, place(one) - _NAMED_BEFORE) : place(one)].lower()
        return not is_pronoun(ours) and ours not in before
    if theirs in _BOTH and (not is_pronoun(ours) or {theirs, ours} == _BOTH):
        # "He said it leaks. Quill denied it": who is named behind "he" is not meant by it.
        return told.names.get(id(one)) is None or told.names.get(id(one)) != told.names.get(id(by))
    return is_another(told.text, one, by, told.names)


def owned(told: Told, by: Found, pointer: Pointer, one: Found) -> float | None:
    """Return what speaks for a claim by whose it is; None when it is somebody else's."""
    owner = pointer.owner
    if not owner and by.lemma not in OWN:
        return 0.0 if is_others(told, one, by) else None
    if owner and owner not in OWNED:
        return NAMED_OWNER if one.source is not None and is_called(told, one, owner) else None
    if by.lemma in OWN or owner in ("my", "our"):
        if is_same_source(told, one, by):
            return 1.0 if owner else 0.0
        if _speaks_for(told, by, one):
            return 2.5 - 0.5 * (one.pattern in NAMING)
        # "stood by the claim" may be on that of another, if something speaks for it.
        return -0.5 if not owner and is_others(told, one, by) else None
    is_right = one.source is not None and is_others(told, one, by)
    return 0.0 if is_right else None


def _speaks_for(told: Told, by: Found, one: Found) -> bool:
    """Tell whether a spokeswoman of Kerrin's may stand by what Kerrin said, or Norda by a poll of Norda's.

    "Its editor" may stand by what a paper said, "his office" by what a man did.
    """
    owner, _, rest = told.source(by).lower().partition(" ")
    if owner in _POSSESSORS and rest:
        is_person = id(one) in told.persons
        return one.source is None or is_person == (owner != "its")
    ours = set(_NAMES.findall(told.source(by))) - {"The", "A"}
    theirs = _NAMES.findall(told.names.get(id(one), "") or told.source(one))
    return bool(theirs) and (theirs[-1] in ours or told.source(by) in theirs)


def _may_be_called(told: Told, one: Found, other: Found) -> bool:
    """Tell whether "the company" may be one that is named: Norhaven."""
    words = told.source(one).lower().split()
    is_open = len(words) == 2 and words[0] == "the" and id(one) not in told.names
    is_open &= told.source(other).lower() not in grammar()["bare people"]
    return (
        is_open
        and words[1] in grammar()["any body"]
        and id(other) in told.names
        and id(other) not in told.persons
    )


def is_same_source(told: Told, one: Found, by: Found) -> bool:
    """Tell whether two attributions have one source, by name or words."""
    if one.source is None or by.source is None:
        return False
    if told.names.get(id(by)) is not None:
        return is_same(one, by, told.names) and told.names.get(id(one)) is not None
    return told.source(one).lower() == told.source(by).lower() and not is_pronoun(told.source(by))


def is_called(told: Told, one: Found, owner: str) -> bool:
    """Tell whether the source of an attribution is named by a word: "Kerrin", "ministry", "governor"."""
    # "Senator Orr, who backs Kerrin" is not Kerrin.
    source = _RELATIVE_CLAUSE.split(told.source(one), maxsplit=1)[0]
    words = f"{source} {told.names.get(id(one), '')}".lower()
    return owner in {singular(word) for word in _WORDS.findall(words)} or owner in told.offices(one)
