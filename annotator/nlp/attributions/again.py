"""What another told before in the words of a claim: "denied that the dam leaks", long after who said so."""

from __future__ import annotations

from collections.abc import Sequence, Set

from annotator.nlp.attributions.contents import content_of, roots
from annotator.nlp.attributions.earlier import Told, earlier
from annotator.nlp.attributions.found import Bounds, Found
from annotator.nlp.attributions.pointers import singular
from annotator.nlp.attributions.stance import NO_STATEMENT
from annotator.nlp.attributions.whose import is_others

_LEAST = 2
"""Words that a claim and the one before have in common at least, when it has no others."""
_PART = 0.6


def said_again(told: Told, by: Found, claim: Sequence[Bounds] = ()) -> tuple[Found, str] | None:
    """Return what another told before in the words of a claim, and the words that both have."""
    claim = claim or by.claim
    content = content_of(told.text, claim)
    ours = roots(content.words)
    if content.is_open or len(ours) < _LEAST:
        return None
    for near in earlier(told, by):
        other = near.target
        if sum(map(told.low(other).__contains__, ours)) < _LEAST:
            continue
        shared = ours & told.rooted(other).words
        is_much = len(shared) > _LEAST and len(shared) >= _PART * len(ours)
        is_told = other.group != "asks" and other.pattern not in NO_STATEMENT and is_others(told, other, by)
        if (is_much or ours == shared) and is_told and not _only_names(told.text, claim, shared):
            return other, ", ".join(sorted(shared)[:3])
    return None


def touches(told: Told, by: Found) -> bool:
    """Tell whether a claim has a word, not a name, in common with what another told before."""
    ours = told.rooted(by).words
    for near in earlier(told, by):
        other = near.target
        shared = ours & told.rooted(other).words
        if shared and is_others(told, other, by) and not _only_names(told.text, by.claim, shared):
            return True
    return False


def _only_names(text: str, claim: Sequence[Bounds], words: Set[str]) -> bool:
    """Tell whether words that a claim shares are but names in it."""
    said = (word for start, end in claim for word in text[start:end].split())
    carrying = {singular(word.strip("\"“”‘’',.;:")) for word in said if word[0].islower()}
    return roots(carrying).isdisjoint(words)
