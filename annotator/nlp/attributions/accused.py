"""Who answers an accusation with "not": "said he had never met the man"."""

from __future__ import annotations

import re
from collections.abc import Set

from annotator.nlp.attributions.again import roots
from annotator.nlp.attributions.earlier import Told, earlier
from annotator.nlp.attributions.found import Found
from annotator.nlp.attributions.stance import NO_STATEMENT
from annotator.nlp.attributions.valuing import ACCUSING
from annotator.nlp.attributions.whose import is_others

_CLAIMING = frozenset((
    "accuse", "blame", "allege", "claim", "allegation", "accusation", "rumor", "rumour", "charge",
))  # fmt: skip
"""Verbs and nouns of what somebody is accused of."""
_NOT = re.compile(
    r"\b(?:never|neither|nothing|nobody"
    r"|(?:is|was|are|were|do|does|did|has|have|had|am)(?:n[’']t| not))\b"
)
_NAMES = re.compile(r"\b[A-Z][\w-]{2,}")
_FARTHEST = 3
"""Paragraphs back in which somebody is accused."""
_LEAST = 2
"""Words in common, where who answers is not named in what he is accused of."""
_LONGEST = 300
_FIRST = re.compile(
    r"\W*(?:that )?(?:(?P<self>he|she|it|they|we|i|there|nobody)\b|(?:the )?(?P<noun>[\w-]+))"
)
"""Of whom an answer speaks."""
_FEES = re.compile(r"[$£€\d]")
"""What people are charged who are accused of nothing."""
_HEDGED = re.compile(r"\b(?:if|whether|unless|until)\b|\?")


def accusation_before(told: Told, one: Found) -> tuple[Found, str] | None:
    """Return what somebody was accused of just before, which he, or one of his, says is not so, and why."""
    low = told.low(one)
    if _NOT.search(low, 0, _LONGEST) is None or _HEDGED.search(low) is not None:
        return None
    first = _FIRST.match(low)
    if first is None or (first["noun"] and first["noun"] not in told.source(one).lower()):
        return None
    ours = _names(told, one)
    for near in earlier(told, one):
        if near.paragraphs > _FARTHEST:
            return None
        other = near.target
        if not _accuses(told, other) or not is_others(told, other, one):
            continue
        meant = ours & set(_NAMES.findall(_claim(told, other)))
        words = roots(told.content(one).words) & roots(told.content(other).words)
        if meant:
            return other, f"{min(meant)} is named in it"
        if len(words) >= _LEAST:
            return other, ", ".join(sorted(words)[:3])
    return None


def _accuses(told: Told, one: Found) -> bool:
    is_blame = one.lemma in ACCUSING and _FEES.search(told.low(one)) is None
    return is_blame or (one.lemma in _CLAIMING - ACCUSING and one.pattern not in NO_STATEMENT)


def _claim(told: Told, one: Found) -> str:
    return " ".join(told.text[start:end] for start, end in one.claim)


def _names(told: Told, one: Found) -> Set[str]:
    """Return the names by which the one who answers may be called, or whom he speaks for."""
    return set(_NAMES.findall(f"{told.source(one)} {told.names.get(id(one), '')}"))
