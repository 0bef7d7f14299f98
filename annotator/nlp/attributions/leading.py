"""All stances that point to what another told, led back to it in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from annotator.model.grammar import grammar
from annotator.nlp.attributions.acting import names_claim
from annotator.nlp.attributions.again import said_again, touches
from annotator.nlp.attributions.countering import countered
from annotator.nlp.attributions.earlier import Told, place
from annotator.nlp.attributions.found import AGAINST, NAMING, TAKING_SIDES, Found
from annotator.nlp.attributions.judged_things import judged_thing
from annotator.nlp.attributions.judged_whole import judged_whole
from annotator.nlp.attributions.judging import Aimed, judged
from annotator.nlp.attributions.pointers import (
    OWNED,
    Pointer,
    read_one,
    read_pointer,
    read_side,
    singular,
    taking_up,
)
from annotator.nlp.attributions.pointing import GUESS, Lead, lead, looks_ahead
from annotator.nlp.attributions.report_nouns import TALES
from annotator.nlp.attributions.resolving import is_pronoun
from annotator.nlp.attributions.silent import REFUSING, SILENT
from annotator.nlp.attributions.stance import QUOTES, STATING, Stance, is_same, only_points
from annotator.nlp.attributions.valuing import CONFIRMING, is_salted
from annotator.nlp.attributions.whose import OWN, is_others, is_same_source

_BEFORE = 30
_SHORT_ANSWER = 32
"""Characters of an answer that tells nothing of its own: “That is simply not true.”"""
_SIDE = re.compile(r"(?:[’']s?)? (?:side|defen[cs]e)$")
"""What is said of those on whose side one is: "her side", "Kerrin's defence"."""
_TRUTH = re.compile(
    r"the (?:veracity|accuracy|truth|truthfulness|validity|authenticity|credibility|reliability)"
    r" of (?=(?:the|these|those|such|his|her|their|[A-Z]|(?:this|that) [a-z]))"
)
"""What is doubted where it is the claim that is meant: "the accuracy of the report"."""
_OWN_WORDS = frozenset(("that", "clause"))
"""Patterns of claims that are told, not pointed to, by who confirms them."""
_GRANTING = CONFIRMING | {"agree"}
"""Who does so takes a side only on what was told before."""
_LOOKING = frozenset(("confirm", "verify", "deny"))
_FEW = 3
_WORD = 6
"""Characters of a word that points, with a mark before it."""
_LAST = 24
"""Stances before, and attributions between, that are looked at."""
_DEFINITE = re.compile(r"(?i:the|this|that|his|her|their|its)\b(?! [A-Z])")
_WHETHER_THAT = re.compile(r"(?:whether|if) (?:that|this|so) (?:is|was|were|will be|would be|can be)\b")


def led_back(told: Told, of_cues: Iterable[Stance], replies: Sequence[Stance]) -> list[Stance]:
    """Return the stances of cues, those on "it" and "the claim" on what is meant, and those without a cue."""
    by_found: dict[int, list[Stance]] = {}
    for stance in of_cues:
        by_found.setdefault(id(stance.by), []).append(stance)
    for reply in replies:
        by_found[id(reply.by)] = [reply]
    kept: list[Stance] = []
    for one in sorted(told.found, key=place):
        for aimed in _aimed(told, one, by_found.get(id(one), ())):
            resolved = _resolved(told, aimed, kept)
            if resolved is not None:
                kept.append(resolved)
    return kept


def _aimed(told: Told, one: Found, of_cue: Sequence[Stance]) -> list[Aimed]:
    """Return the stances of an attribution, with the words that point to what they are about."""
    tells_own = one.group == "admits" and any(map(_tells_own, of_cue))
    if of_cue and not tells_own:
        return [_of_cue(told, stance) for stance in of_cue]
    aimed = judged(told, one) or judged_whole(told, one) if one.pattern != SILENT else None
    if aimed is not None:
        return [aimed]
    stance = (countered(told, one) or judged_thing(told, one)) if one.pattern != SILENT else None
    if stance is not None:
        return [Aimed(stance, None)]
    return [_of_cue(told, stance) for stance in of_cue]


def _is_purpose(told: Told, one: Found) -> bool:
    """Tell "wrote to confirm that it leaks", where it is looked for whether it is so."""
    return one.lemma in _LOOKING and told.cue(one).startswith("to ")


def _tells_own(stance: Stance) -> bool:
    """Tell "confirmed that it leaks", a side only on what was told before, from "confirmed the reports"."""
    return stance.target is stance.by and stance.value == "support" and stance.by.pattern in STATING


def _of_cue(told: Told, stance: Stance) -> Aimed:
    """Return the stance of a cue with the words behind it that point to another claim."""
    by = stance.by
    if stance.target is by and _is_beside(told.text, by):
        # "Kerrin said it leaks, which Quill denied"
        is_on = by.parent is not None and is_others(told, by.parent, by)
        aside = read_one(told.text, *by.claim[0]) or Pointer("which")
        return Aimed(replace(stance, target=by.parent or by), None if is_on else aside, not is_on)
    if by.pattern == SILENT:
        return _silently(told, stance)
    if stance.target is by and by.group in AGAINST and _is_spoken(told.text, by):
        # “Show us,” he challenged: what he says is no claim that he denies.
        return Aimed(stance, Pointer("that"), True)
    if stance.target is not by and by.lemma in OWN:
        # "walked back its claim about jobs"
        of_own = read_pointer(told.text, *by.claim[0])
        is_topic = len(told.low(stance.target).split()) <= _FEW
        if of_own is not None and of_own.owner in OWNED and is_topic:
            return Aimed(stance, of_own)
    again = said_again(told, by) if by.pattern in STATING and by.group in TAKING_SIDES else None
    if again is not None:
        other, words = again
        reason = f"{stance.reason}: perhaps what is told before in the same words ({words})"
        return Aimed(replace(stance, target=other, basis="inferred", reason=reason), None)
    return _by_pointer(told, stance)


def _by_pointer(told: Told, stance: Stance) -> Aimed:
    """Return the stance of a cue with the words that point to what it is about, if any."""
    by = stance.by
    if by.cue is not None and is_salted(told.text, by):
        # "took the denial with a pinch of salt": what it is about stands in the cue.
        what = told.text.find(" ", *by.cue) + 1
        return Aimed(stance, read_pointer(told.text, what, by.cue[1]) or Pointer("that"), True)
    pointer = _pointer(told, stance)
    # "The whole thing" may be something else, "it" never is.
    is_word = pointer is not None and pointer.is_word and pointer.end - by.claim[0][0] <= _WORD
    return Aimed(stance, pointer, stance.must_point or is_word or only_points(told.text, stance.target))


def _silently(told: Told, stance: Stance) -> Aimed:
    """Return the stance of who says nothing on it, or of the writer: "That is false", "Kerrin is right"."""
    by, silent = stance.by, replace(stance, reason=stance.by.reason)
    if by.lemma in REFUSING:
        return Aimed(silent, Pointer("demand"), True)
    start, end = by.claim[0]
    if by.source is not None or start == end:
        return Aimed(silent, Pointer("that"), True)
    target = next((one for one in told.found if one.claim == by.claim and one is not by), None)
    if target is not None:
        return Aimed(replace(silent, target=target), None)
    who = told.low(by).split()[-1]
    of_person = Pointer("words", "their" if who in ("he", "she", "they") else who)
    return Aimed(silent, read_pointer(told.text, start, end) or of_person, True)


def _is_beside(text: str, one: Found) -> bool:
    """Tell "which" and "an allegation" in "an allegation that Quill denied"."""
    words = text[slice(*one.claim[0])].lower()
    return words == "which" or (one.pattern == "object-before" and read_one(text, *one.claim[0]) is not None)


def _is_spoken(text: str, one: Found) -> bool:
    return text[one.claim[0][0]] in QUOTES and one.pattern.startswith(("quote", "colon"))


def _is_behind_noun(text: str, start: int) -> bool:
    words = text[max(0, start - _BEFORE) : start].lower().split()
    return bool(words) and bool(taking_up(words[-1]))


def _pointer(told: Told, stance: Stance) -> Pointer | None:
    """Return the words that point to what a cue is about: all behind it, or "the claim as nonsense"."""
    by = stance.by
    if stance.target is not by or len(by.claim) > 1:
        return None
    start, end = by.claim[0]
    truth = _TRUTH.match(told.text, start, end)
    start = truth.end() if truth is not None else start + len("on ") * told.text.startswith("on ", start)
    if by.pattern == "object-before":
        # "a claim that Quill rejects", but not "a leap that the evidence does not support"
        return read_pointer(told.text, start, end) if _is_behind_noun(told.text, start) else None
    pointer = read_pointer(told.text, start, end)
    if by.pattern == "whether":
        match = _WHETHER_THAT.match(told.text, start, end)
        return Pointer("that", end=match.end()) if match is not None else None
    if pointer is None or not _ends(told.text[pointer.end : end], pointer):
        end = start + len(_SIDE.sub("", told.text[start:end]))
        return read_side(told.text, start, end) if _is_siding(told, by) else None
    return pointer


def _is_siding(told: Told, by: Found) -> bool:
    """Tell "sided with her", "backed him up" from "backed the company"."""
    is_up = by.lemma == "back" and told.text.startswith(" up", by.claim[0][1])
    return (is_up or by.lemma in grammar()["siding with"]) and by.pattern in NAMING


def _ends(behind: str, pointer: Pointer) -> bool:
    """Tell whether the words behind those that point may be left out."""
    behind = behind.strip(" .,;”\"’'").removesuffix("at all").rstrip()
    first = behind.partition(" ")[0].lower()
    if not behind or not pointer.is_taking_up:
        return not behind
    return first == "as" if pointer.is_word else first not in grammar()["helper"]


def _resolved(told: Told, aimed: Aimed, kept: Sequence[Stance]) -> Stance | None:
    """Return a stance on what is meant, or on its own words where that cannot be told."""
    stance, pointer = aimed.stance, aimed.pointer
    found = _lead(told, aimed, pointer, kept) if pointer is not None else None
    if found is None and stance.target is stance.by and _is_purpose(told, stance.by):
        return None
    if found is None or (aimed.is_of_plan and not looks_ahead(told.text, found.target)):
        if aimed.is_bound:
            return None if _follows_own(told, stance.by) else judged_thing(told, stance.by)
        return None if _answers_nobody(told, stance) else stance
    if stance.is_shown_by_cue or len(told.low(stance.by)) < _SHORT_ANSWER:
        told.meant[id(stance.by)] = found.target
    led = stance.reason
    if pointer is not None and pointer.end and stance.is_shown_by_cue:
        by = stance.by
        led = f"“{by.lemma or told.cue(by)}” with “{told.text[by.claim[0][0] : pointer.end]}”"
    reason = f"{led}: perhaps what is told before{f' ({found.why})' if found.why else ''}"
    return replace(
        stance, target=found.target, basis="inferred", reason=reason, score=min(stance.score, found.score)
    )


def _follows_own(told: Told, by: Found) -> bool:
    """Tell who judges what he told himself just before."""
    before = next((one for one in reversed(told.found[: told.numbers[id(by)]]) if one.parent is None), None)
    return before is not None and before.paragraph == by.paragraph and is_same_source(told, before, by)


def _answers_nobody(told: Told, stance: Stance) -> bool:
    """Tell who admits, confirms, shares or does not think what nobody told before."""
    by = stance.by
    is_support = stance.value == "support"
    is_owning = is_support and by.lemma in grammar()["owning up"]
    is_thinking = by.group == "believes" and by.lemma != "believe"
    is_granting = by.pattern in _OWN_WORDS and (is_thinking or (is_support and by.lemma in _GRANTING))
    if stance.target is not by or stance.value == "neutral" or not (is_owning or is_granting):
        return False
    if only_points(told.text, by) or names_claim(told.text, by):
        return is_owning and by.pattern in STATING
    return is_owning or not touches(told, by)


def _lead(told: Told, aimed: Aimed, pointer: Pointer, kept: Sequence[Stance]) -> Lead | None:
    by = aimed.stance.by
    is_answer = not aimed.stance.is_shown_by_cue
    if pointer.is_taking_up and not pointer.owner:
        before = _taken_before(told, by, kept, is_answer=is_answer)
        if before is not None:
            return Lead(before, "a stance was taken on it just before", 1.0 if is_answer else 0.49)
    if by.lemma in OWN and pointer.is_word:
        own = (one.target for one in reversed(kept[-_LAST:]) if is_same_source(told, one.target, by))
        mine = next(own, None)
        return Lead(mine, "a side was taken on it before", GUESS) if mine is not None else None
    found = lead(told, by, pointer, int(is_answer or by.pattern == SILENT))
    return found or (
        _same_words(told, by, kept) if pointer.is_word else _named_before(told, by, pointer, kept)
    )


def _same_words(told: Told, by: Found, kept: Sequence[Stance]) -> Lead | None:
    """Return what was named as a side was taken on it: "rejected the plan. Kerrin called it a farce"."""
    other = kept[-1].by if kept else by
    if (
        other is by
        or told.numbers[id(by)] - told.numbers[id(other)] > _LAST
        or kept[-1].target is not other
        or other.pattern not in NAMING
    ):
        return None
    is_near = told.opens_paragraph(by) if by.paragraph > other.paragraph else True
    is_near &= by.paragraph - other.paragraph <= 1 and told.ends_between(other, by) <= 1
    is_named = _DEFINITE.match(told.text, other.claim[0][0]) is not None
    between = told.found[told.numbers[id(other)] + 1 : told.numbers[id(by)]]
    if not is_near or not is_named or any(one.parent is None and told.is_claim(one) for one in between):
        return None
    return Lead(other, "a side was taken on it just before", GUESS)


def _named_before(told: Told, by: Found, pointer: Pointer, kept: Sequence[Stance]) -> Lead | None:
    """Return what a noun named as a side was taken on it: "denied reports of it. She called the claims"."""
    if pointer.head not in TALES or pointer.owner or pointer.about:
        return None
    for stance in reversed(kept[-_LAST:]):
        other = stance.target
        is_named = other is stance.by and other.pattern in NAMING and stance.is_shown_by_cue
        first = map(singular, told.text[slice(*other.claim[0])].split()[:_FEW])
        if is_named and other.end <= place(by) and not TALES.isdisjoint(first):
            return Lead(other, "a side was taken on it before", GUESS)
    return None


def _taken_before(told: Told, by: Found, kept: Sequence[Stance], *, is_answer: bool) -> Found | None:
    """Return the claim on which a stance was taken just before: an answer is on it, whoever took that."""
    for stance in reversed(kept):
        other = stance.by
        if by.paragraph - other.paragraph > is_answer:
            return None
        if stance.target is other:
            continue
        if is_answer:
            return stance.target if stance.target.source != by.source else None
        pronoun = is_pronoun(told.source(by)) and is_same(other, by, told.names)
        return stance.target if pronoun or is_same_source(told, other, by) else None
    return None
