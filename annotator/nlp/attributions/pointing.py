"""Stances on words that point to a claim: "Kerrin said it leaks. Quill denied it", "rejected the claim"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.model.cue_lexicon import cue_lexicon
from annotator.nlp.attributions.found import Found
from annotator.nlp.attributions.stance import (
    Stance,
    is_another,
    is_same,
    on_others,
    only_points,
    said_last,
    stances_before,
)

_SCORE = 0.55
_BACK = 20
"""Attributions back among which the claim is looked for."""
_POINTING = frozenset(("it", "this", "that", "them", "these", "those"))
_LEADING = frozenset(("the", "this", "that", "these", "those", "such", "his", "her", "their"))
_TOLD = frozenset((
    "report", "statement", "suggestion", "assertion", "conclusion", "finding", "warning", "assessment",
    "remark", "comment", "notion", "idea",
))  # fmt: skip
"""Nouns besides those of doubtful claims by which a claim is taken up again."""
_MOST_WORDS = 4
_LONGEST = 80
_LEAST_SAID = 3
"""Words of what may be denied as "it"."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an article tells: its attributions, whose they are, and those inside each of them."""

    text: str
    found: Sequence[Found]
    names: Mapping[int, str]
    inside: Mapping[int, Sequence[Found]]


def led_back(told: Told, shown: Sequence[Stance], pointing: Iterable[Stance]) -> list[Stance]:
    """Return the stances with those on "it" and "the claim" on what is meant, where that was just told."""
    others = on_others(shown)
    numbers = {id(one): number for number, one in enumerate(told.found)}
    kept: list[Stance] = []
    for stance in (*shown, *pointing):
        words = told.text[slice(*stance.target.claim[0])].lower()
        is_word = words in _POINTING
        is_led = stance.target is stance.by and len(stance.target.claim) == 1
        target = None
        if is_led and (is_word or _takes_up(words)) and _is_outer(stance.by):
            target = _judged_before(told, stance.by, others) or _told_before(
                told, numbers[id(stance.by)], is_near=is_word
            )
        if target is not None:
            kept.append(_on(stance, target))
        elif not only_points(told.text, stance.target):
            kept.append(stance)
    return kept


def _on(stance: Stance, target: Found) -> Stance:
    """Return a stance on another claim than the words that point to it."""
    reason = f"“{stance.by.lemma}” before words that point to what is told just before"
    return replace(stance, target=target, basis="inferred", score=min(stance.score, _SCORE), reason=reason)


def _takes_up(words: str) -> bool:
    """Tell "the claim", "those false allegations"."""
    found = words[:_LONGEST].split()
    if not 1 < len(found) <= _MOST_WORDS or found[0] not in _LEADING:
        return False
    noun = cue_lexicon().nouns.get(found[-1])
    return noun is not None and (noun.presents == "doubtful" or noun.lemma in _TOLD)


def _is_outer(one: Found) -> bool:
    return one.parent is None and not one.depth


def _judged_before(told: Told, by: Found, others: Mapping[int, Sequence[Stance]]) -> Found | None:
    """Return the claim of another on which the same one took a stance just before."""
    before = next(stances_before(by, others), None)
    is_theirs = before is not None and before.by.paragraph == by.paragraph
    return before.target if before is not None and is_theirs and is_same(before.by, by, told.names) else None


def _told_before(told: Told, number: int, *, is_near: bool) -> Found | None:
    """Return the claim of another that was told just before, in the same paragraph or the one before."""
    by, earlier = told.found[number], told.found[max(0, number - _BACK) : number]
    start = by.cue[0] if by.cue is not None else by.start
    outer = (one for one in reversed(earlier) if _is_outer(one) and one.source != by.source)
    said = next((one for one in outer if one.end <= start), None)
    if said is None or by.paragraph - said.paragraph > (not is_near):
        return None
    target = said_last(told.text, said, told.inside)
    length = sum(len(told.text[first:end].split()) for first, end in target.claim)
    return target if length >= _LEAST_SAID and is_another(told.text, said, by, told.names) else None
