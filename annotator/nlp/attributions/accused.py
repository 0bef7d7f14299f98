"""Who answers an accusation with "not": "said he had never met the man"."""

from __future__ import annotations

import re
from collections.abc import Set

from annotator.nlp.attributions.earlier import Told, earlier
from annotator.nlp.attributions.found import Found
from annotator.nlp.attributions.report_nouns import CLAIMING
from annotator.nlp.attributions.stance import NO_STATEMENT
from annotator.nlp.attributions.valuing import ACCUSING
from annotator.nlp.attributions.whose import is_others

_NOT = re.compile(
    r"\b(?:never|neither|nothing|nobody"
    r"|that[’']s not|(?:is|was|are|were|do|does|did|has|have|had|am)(?:n[’']t| not))\b"
)
_NAMES = re.compile(r"\b[A-Z][\w-]{2,}")
_FARTHEST = 3
"""Paragraphs back in which somebody is accused."""
_LEAST = 2
"""Words in common, where who answers is not named in what he is accused of."""
_LONGEST = 300
_FIRST = re.compile(
    r"\W*(?:that )?(?:(?:he|she|it|they|we|i|there|nobody)\b|that[’']s not (?:the way|what|how|who)\b"
    r"|(?:the )?(?P<noun>[\w-]+))"
)
"""Of whom an answer speaks."""
_FEES = re.compile(r"[$£€\d]")
"""What people are charged who are accused of nothing."""
_HEDGED = re.compile(r"\b(?:if|whether|unless|until)\b|\?")


def accusation_before(told: Told, one: Found) -> tuple[Found, str] | None:
    """Return what somebody was accused of just before, which he, or one of his, says is not so, and why."""
    if not _is_answer(told, one):
        return None
    ours = _names(told, one)
    for near in earlier(told, one):
        if near.paragraphs > _FARTHEST:
            break
        other = near.target
        why = _held_against(told, one, other, ours) if _accuses(told, other) else ""
        if why and is_others(told, other, one):
            return other, why
    return None


def _is_answer(told: Told, one: Found) -> bool:
    """Tell whether somebody says "not" of himself, or of the one whom he speaks for."""
    low = told.low(one)
    if _NOT.search(low, 0, _LONGEST) is None or _HEDGED.search(low) is not None:
        return False
    first = _FIRST.match(low)
    return first is not None and (not first["noun"] or first["noun"] in told.source(one).lower())


def _held_against(told: Told, one: Found, other: Found, ours: Set[str]) -> str:
    """Return why what somebody is accused of may be held against the one who answers."""
    named = told.source(one).lower()
    if named.startswith("the ") and named in told.low(other):
        return f"“{named}” is named in it"
    meant = ours & set(_NAMES.findall(_claim(told, other)))
    if meant:
        return f"{min(meant)} is named in it"
    words = told.rooted(one).words & told.rooted(other).words
    return ", ".join(sorted(words)[:3]) if len(words) >= _LEAST else ""


def _accuses(told: Told, one: Found) -> bool:
    is_blame = one.lemma in ACCUSING and _FEES.search(told.low(one)) is None
    return is_blame or (one.lemma in CLAIMING and one.pattern not in NO_STATEMENT)


def _claim(told: Told, one: Found) -> str:
    return " ".join(told.text[start:end] for start, end in one.claim)


def _names(told: Told, one: Found) -> Set[str]:
    """Return the names by which the one who answers may be called, or whom he speaks for."""
    return set(_NAMES.findall(f"{told.source(one)} {told.names.get(id(one), '')}"))
