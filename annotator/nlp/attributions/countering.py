"""Sides without a word for them: who says the opposite of what another said, the same, or asks about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from annotator.model.grammar import grammar
from annotator.nlp.attributions.accused import accusation_before
from annotator.nlp.attributions.again import said_again
from annotator.nlp.attributions.contents import Content
from annotator.nlp.attributions.earlier import Near, Told, earlier
from annotator.nlp.attributions.found import Found
from annotator.nlp.attributions.pointers import singular
from annotator.nlp.attributions.pointing import GUESS, LIKELY
from annotator.nlp.attributions.stance import NO_STATEMENT, QUOTES, SAYING, Stance
from annotator.nlp.attributions.whose import is_others

_AGAINST = re.compile(
    r"\b(?:begs? to differ|begged to differ|disagree[sd]?(?! (?:on|over|about)\b)|(?:hit|fired|shot) back)\b"
)
_IN_SHORT = re.compile(
    r"(?:that )?(?:it|he|she|they|there)"
    r"(?: (?:is|was|are|were|has|had|have|does|did|do|will|would|can|could)(?P<no>n[’']t| not)?"
    r"|[’']s (?P<not>not))",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\b(?:no such thing|nothing of the (?:kind|sort)|nothing (?:is|was|could be) f[ua]rther from the truth)"
    r"[.,”\"’']*$"
)
_NO_SUCH = re.compile(r"\b(?:no such|never any such|never any|not any such) (\w{3,})")
_STEM = 4
"""Letters of what is denied by which it is known: "estimate" in "had estimated"."""
_TAIL = 50
_FARTHEST = 1.5
_LONGEST, _SHORT = 90, 60
"""Characters of a claim that says the opposite of another one, negated itself or not."""
_ECHO = re.compile(
    r"[\"“‘]?(?:oh,? |but )?(?:is|are|was|were|does|do|did|has|have|had|will|would|can|could)(?:n[’']t)?"
    r" (?:it|he|she|they|that|there)(?: really)?\?[\"”’]?"
)
"""A question that needs none of what was said: “Is it?”."""
_LARGEST = 8
"""Words that carry what is held against what was told before."""
_PART, _LEAST_PART = 0.6, 0.25
"""Share of the words of the shorter and of the longer of two claims that both have."""


def countered(told: Told, one: Found) -> Stance | None:
    """Return the side of one who says, or asks about, what another said just before."""
    if one.source is None or one.is_negated or one.is_refused:
        return None
    cue = told.cue(one)
    if (one.lemma in grammar()["contradicting"] and one.group in SAYING) or _AGAINST.search(cue):
        return _on_nearest(told, one, cue)
    if one.group in SAYING:
        found = _in_short(told, one) or _no_such(told, one) or _by_words(told, one)
        if found is None and one.group == "admits":
            return _granted(told, one)
        return found or (_not_guilty(told, one) if told.may_be_negated(one) else None)
    is_question = one.group == "asks" and told.text[one.claim[0][0]] in QUOTES
    return _asked(told, one) if is_question and "?" in told.text[slice(*one.claim[-1])] else None


def _just_before(told: Told, one: Found) -> Iterator[Found]:
    """Yield what another said last, at most a paragraph back."""
    for near in earlier(told, one):
        if near.away or near.paragraphs > 1:
            return
        if is_others(told, near.target, one):
            yield near.target


def _on_nearest(told: Told, one: Found, cue: str) -> Stance | None:
    other = next((other for other in _just_before(told, one) if other.parent is None), None)
    if other is None:
        return None
    return _stance(one, other, "deny", GUESS, f"“{cue.strip(' :')}” answers what is said just before")


def _in_short(told: Told, one: Found) -> Stance | None:
    """Return the side of "said it does not", "insists he did"."""
    match = _IN_SHORT.fullmatch(told.text, *one.claim[0]) if len(one.claim) == 1 else None
    is_nothing = _NOTHING.search(told.text, max(one.claim[-1][0], one.claim[-1][1] - _TAIL), one.claim[-1][1])
    if match is None and is_nothing is None:
        return None
    for other in _just_before(told, one):
        if other.group != "asks" and other.parent is None:
            is_not = match is None or bool(match["no"] or match["not"])
            is_same = told.content(other).is_negated == is_not
            return _stance(
                one, other, "support" if is_same else "deny", GUESS, "says in short that it is so or not"
            )
    return None


def _no_such(told: Told, one: Found) -> Stance | None:
    """Return the side of "said no such sale existed" on what another said of it."""
    low = told.low(one)
    match = _NO_SUCH.search(low) if "such" in low or "never any" in low else None
    if match is None:
        return None
    what = singular(match[1])[:_STEM]
    for other in _just_before(told, one):
        words = told.content(other).words
        if other.group != "asks" and any(word.startswith(what) for word in words):
            return _stance(one, other, "deny", LIKELY, f"“{match[0]}” as was told before")
    return None


def _by_words(told: Told, one: Found) -> Stance | None:
    """Return the side of one whose words are those of another, with or without "not"."""
    length = sum(end - start for start, end in one.claim)
    if length > _LONGEST or not _may_be_held_against(told, one, length):
        return None
    ours = told.rooted(one)
    if not 0 < len(ours.words) <= _LARGEST or ours.is_open or (length > _SHORT and not ours.is_negated):
        return None
    may_be_not = told.may_be_negated(one)
    for near in earlier(told, one):
        if near.away > _FARTHEST:
            return None
        low = told.low(near.target)
        # Where neither can be negated, they must be the same.
        needed = any if may_be_not or told.may_be_negated(near.target) else all
        stance = _held_against(told, one, near) if needed(map(low.__contains__, ours.words)) else None
        if stance is not None:
            return stance
    return None


def _not_guilty(told: Told, one: Found) -> Stance | None:
    """Return the side of one who answers what he is accused of: "said he had never met the man"."""
    found = accusation_before(told, one)
    if found is None:
        return None
    other, why = found
    return _stance(one, other, "deny", GUESS, f"says “not” of what is held against somebody ({why})")


def _granted(told: Told, one: Found) -> Stance | None:
    """Return the side of "confirmed that the dam leaks" on what another said of it before."""
    found = said_again(told, one)
    if found is None:
        return None
    other, words = found
    is_so = told.content(one).is_negated == told.content(other).is_negated
    reason = f"“{one.lemma}” with words that were said before ({words})"
    stance = _stance(one, other, "support" if is_so else "deny", GUESS, reason)
    return replace(stance, strength="partial", is_shown_by_cue=True)


def _may_be_held_against(told: Told, one: Found, length: int) -> bool:
    """Tell whether a claim, or one before it, may be negated, or a short one may say the same again."""
    if told.may_be_negated(one):
        return True
    is_quoted = told.text[one.claim[0][0]] in QUOTES
    return length <= _SHORT and (not is_quoted or told.has_negated_before(one))


def _held_against(told: Told, one: Found, near: Near) -> Stance | None:
    ours, other = told.rooted(one), near.target
    theirs = told.rooted(other)
    is_statement = other.group != "asks" and other.pattern not in NO_STATEMENT
    if theirs.is_open or not is_statement or not is_others(told, other, one):
        return None
    shared = ours.words & theirs.words
    words = ", ".join(sorted(shared)[:3])
    if ours.is_negated != theirs.is_negated and _is_opposite(ours, theirs, is_next=not near.away):
        reason = f"says the opposite of what is told before, in the same words ({words})"
        return _stance(one, other, "deny", LIKELY if len(shared) > 1 else GUESS, reason)
    if ours == theirs and len(shared) > 1 and told.text[one.claim[0][0]] not in QUOTES:
        return _stance(one, other, "support", GUESS, f"says the same as is told before ({words})")
    return None


def _is_opposite(ours: Content, theirs: Content, *, is_next: bool) -> bool:
    """Tell whether one of two claims denies what the other one tells, not something else about it."""
    shared = ours.words & theirs.words
    negated, other = (ours, theirs) if ours.is_negated else (theirs, ours)
    if not shared or not negated.denied <= other.words or (not negated.denied and not ours.is_negated):
        return False
    if len(shared) > 1 and negated.denied:
        fewer, more = sorted((len(ours.words), len(theirs.words)))
        return len(shared) >= max(_PART * fewer, _LEAST_PART * more)
    return is_next and ours.words <= theirs.words


def _asked(told: Told, one: Found) -> Stance | None:
    """Return the question of “Saved compared with what?”, in words of what another said just before."""
    ours = told.content(one).words
    is_echo = _ECHO.fullmatch(told.low(one)) is not None
    for other in _just_before(told, one):
        shared = ours & told.content(other).words
        if other.group == "asks" or not (shared or is_echo):
            continue
        why = f"asks back about “{min(shared)}”, said just before" if shared else "asks whether it is so"
        return _stance(one, other, "question", GUESS, why)
    return None


def _stance(one: Found, other: Found, value: str, score: float, reason: str) -> Stance:
    return Stance(one, other, value, "full", "inferred", score, reason, is_shown_by_cue=False)
