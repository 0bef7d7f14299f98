"""Where sources stand: by cue, negation and hedges, on the claim inside or on what they say themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from annotator.nlp.attributions.earlier import Told, place
from annotator.nlp.attributions.found import Bounds, Found
from annotator.nlp.attributions.leading import led_back
from annotator.nlp.attributions.resolving import Actor, is_pronoun
from annotator.nlp.attributions.sentences import POINTING
from annotator.nlp.attributions.silent import SILENT
from annotator.nlp.attributions.stance import (
    QUOTES,
    Stance,
    is_another,
    is_same,
    on_others,
    only_points,
    said_last,
    stances_before,
)
from annotator.nlp.attributions.valuing import puts_in_question, side_of

_NESTED = frozenset(("noun-by", "noun-owned", "noun-bare"))
_SURE = {
    "denies": 0.8,
    "doubts": 0.75,
    "criticises": 0.65,
    "supports": 0.65,
    "admits": 0.6,
    "distances": 0.5,
    "believes": 0.65,
}
_SAID = {
    "deny": "does not accept",
    "support": "stands behind",
    "question": "doubts",
    "neutral": "takes no side on",
}
_TELLS_QUESTION = 0.55
_TELLS_ANSWER = 0.49
_OPENS = 8
"""Characters behind the start of a reply at which its first words stand: “Well, I doubt that”."""
_BACK = 20
"""Attributions before a reply among which the one is that it answers."""
_QUESTIONS = frozenset(("asks", "doubts"))
_ASKED = re.compile(r"(?:who|whom|whose|what|why|when|where|how)\b", re.IGNORECASE)
_ONE_PERSON = frozenset(("he", "she", "i"))
_LONGEST_PRONOUN = 3


def find_stances(text: str, found: Sequence[Found], actors: Mapping[int, Actor]) -> list[Stance]:
    """Return the stances that cues show, then answers to a claim and questions in the same breath.

    `actors` has who is meant by the source of each attribution, by its `id`.
    """
    inside = _inside(found)
    names = {of: actor.name for of, actor in actors.items()}
    persons = frozenset(_of_persons(text, found, actors))
    told = Told(text, sorted(found, key=place), names, inside, persons)
    of_cues = [
        stance
        for one in found
        if one.source or one.pattern == SILENT
        for stance in _of_cue(text, one, inside.get(id(one), []))
    ]
    pointing = (one for one in of_cues if only_points(text, one.target))
    shown = led_back(told, of_cues, list(_replies(told, pointing)))
    asked = list(_in_one_breath(told, shown))
    turned = {id(one.by) for one in asked}
    return [*(one for one in shown if one.target is not one.by or id(one.by) not in turned), *asked]


def _of_persons(text: str, found: Sequence[Found], actors: Mapping[int, Actor]) -> Iterator[int]:
    """Yield the attributions of persons, by `id`: those who are named, "he", "she" and "I"."""
    named = {actor.name for actor in actors.values() if actor.kind == "person"}
    for one in found:
        actor, source = actors.get(id(one)), one.source
        is_pronoun_alone = source is not None and source[1] - source[0] <= _LONGEST_PRONOUN
        if (actor is not None and actor.name in named) or (
            source is not None and is_pronoun_alone and text[slice(*source)].lower() in _ONE_PERSON
        ):
            yield id(one)


def _inside(found: Sequence[Found]) -> dict[int, list[Found]]:
    inside: dict[int, list[Found]] = {}
    for one in found:
        if one.parent is not None:
            inside.setdefault(id(one.parent), []).append(one)
    return inside


def _of_cue(text: str, one: Found, nested: Sequence[Found]) -> Iterator[Stance]:
    side = side_of(text, one)
    if side is None or one.cue is None:
        return
    value, is_turned = side
    target = next((other for other in nested if other.pattern in _NESTED and _begins(one, other)), one)
    partial = one.is_hedged or is_turned or one.group == "admits"
    yield Stance(
        one, target, value, "partial" if partial else "full", "inferred" if is_turned else "explicit",
        max(0.3, min(one.score + 0.2, _sure(one)) - 0.15 * partial),
        f"“{one.lemma}” {'negated ' if is_turned else ''}{_SAID[value]} "
        f"{'what another one claims' if target is not one else 'what follows'}",
        must_point=one.group not in _SURE and one.lemma != "hail" and not puts_in_question(one),
    )  # fmt: skip


def _sure(one: Found) -> float:
    """Return how sure a side is: who wonders whether something is so may but ask."""
    return _SURE.get(one.group, 0.5) if one.lemma != "wonder" else _TELLS_ANSWER


def _begins(one: Found, other: Found) -> bool:
    """Tell whether what is denied is a claim of somebody's: "dismissed claims by Quill that"."""
    start = one.claim[0][0]
    return (
        other.cue is not None
        and min(other.cue[0], other.source[0] if other.source else other.cue[0]) - start < 40
    )


def _replies(told: Told, pointing: Iterable[Stance]) -> Iterator[Stance]:
    """Yield "I doubt that" and the like that open a reply, as stances on what somebody else just said."""
    text, found = told.text, told.found
    for stance in pointing:
        reply = stance.by
        while reply.parent is not None:
            reply = reply.parent
        if not _opens_reply(text, stance, reply):
            continue
        first = told.numbers[id(reply)]
        outer = (one for one in reversed(found[max(0, first - _BACK) : first]) if one.parent is None)
        said = next(outer, None)
        if (
            said is not None
            and said.paragraph >= reply.paragraph - 1
            and is_another(text, said, reply, told.names)
        ):
            yield replace(
                stance, target=said_last(text, said, told.inside), score=_TELLS_ANSWER, basis="inferred",
                reason=f"“{stance.by.lemma}” opens the reply to what is said just before",
            )  # fmt: skip


def _opens_reply(text: str, stance: Stance, reply: Found) -> bool:
    """Tell whether a stance on "that" stands at the start of a quotation or turn."""
    start = reply.claim[0][0]
    is_spoken = reply is not stance.by and (reply.pattern == "turn" or text[start] in QUOTES)
    is_claim = text[slice(*stance.target.claim[0])].lower() in POINTING
    return is_spoken and is_claim and stance.by.start - start <= _OPENS


def _in_one_breath(told: Told, shown: Sequence[Stance]) -> Iterator[Stance]:
    """Yield questions put by one who has just taken a stance on another's claim, or was asked about it."""
    text, names, others = told.text, told.names, on_others(shown)
    for one in told.found:
        if one.source is None or one.parent is not None:
            continue
        if not (
            _asks_back(text, one.claim)
            or any(_wonders(text, each) for each in (one, *told.inside.get(id(one), ())))
        ):
            continue
        earlier = (s for s in stances_before(one, others) if s.by is not one or not s.is_shown_by_cue)
        # "“Who says so?” she said, dismissing claims": both have the same words for their source.
        beside = (s for s in others.get(one.paragraph, ()) if s.by.source == one.source and s.by is not one)
        before = next(earlier, None) or next(beside, None)
        if before is not None and before.by is one and before.value == "question":
            continue
        if before is not None and (before.by is one or _may_be_one(text, before.by, one, names)):
            is_named = id(one) in names or not is_pronoun(text[slice(*one.source)])
            yield Stance(
                one, before.target, "question", "full", "inferred", _TELLS_QUESTION,
                "asks back about a claim on which a stance was taken just before", is_shown_by_cue=False,
                named_by=None if is_named else before.by.source,
            )  # fmt: skip


def _may_be_one(text: str, before: Found, one: Found, names: Mapping[int, str]) -> bool:
    """Tell whether who asks may be who took the stance before: by name, by words, or as "he"."""
    words = [text[slice(*each.source)] for each in (before, one) if each.source is not None]
    is_open = len(words) == 2 and (words[0] == words[1] or is_pronoun(words[1]))
    return is_same(before, one, names) and (id(before) in names or is_open)


def _wonders(text: str, one: Found) -> bool:
    """Tell "wondered who had paid", "we ask ourselves why": speakers ask about what was said."""
    speaks = one.parent is None or (
        one.source is not None and text[slice(*one.source)].lower() in ("i", "we")
    )
    return speaks and one.group in _QUESTIONS and _ASKED.match(text, one.claim[0][0]) is not None


def _asks_back(text: str, claim: Sequence[Bounds]) -> bool:
    return any("?" in text[start:end] and text[start] in QUOTES for start, end in claim)
