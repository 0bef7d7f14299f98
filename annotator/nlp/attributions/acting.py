"""What cues tell that is no side: "fighters attacked the town", "loves whisky", "let go", "asked if"."""

from __future__ import annotations

import re

from annotator.model.grammar import grammar
from annotator.nlp.attributions.found import NAMING, Found
from annotator.nlp.attributions.pointers import read_pointer
from annotator.nlp.attributions.resolving import is_pronoun

_ALLOWING = frozenset(("allow", "permit", "enable", "let"))
_AGREEING = frozenset(("agree", "consent", "accept"))
_DIFFERING = frozenset(("disagree", "differ"))
_ON = (" on", " upon", " over", " about")
"""What stands before that on which some agree or differ among themselves."""
_LIKING = frozenset(
    ("love", "like", "hate", "enjoy", "dislike", "adore", "forgive", "favor", "favour", "prefer")
)
_FIGHTING = frozenset(
    ("attack", "defend", "resist", "hit", "fight", "strike", "shoot", "fire", "knock", "assault", "oppose")
)
_NAMED = re.compile(
    r"[\"“‘]?(?:(?:the|this|that|these|those|such|any|all|both|it|him|her|them|his|their|its|our|my|your)\b"
    r"|[\w.-]+[’']s?\b|(?-i:[A-Z]))",
    re.IGNORECASE,
)
"""What is liked or not as something known: "the plan", "Kerrin's idea"."""
_QUESTIONED = re.compile(
    r"(?:him|her|them|me|us)\b(?! \w)|(?:an?|the|two|three|several) (?:\w+ ){0,2}"
    r"(?:m[ae]n|wom[ae]n|boys?|girls?|suspects?|witness(?:es)?|drivers?|teenagers?|couple|relatives?)\b(?![’'])"
)
"""Whom the police question."""
_TELLING = frozenset(("that", "clause", "whether"))
_UNSAID = re.compile(r"\b(?:if|whether|unless)$", re.IGNORECASE)
_BEFORE = 12
_WORDS = re.compile(r"[a-z]+")


def only_acts(text: str, one: Found) -> bool:
    """Tell whether a cue tells what somebody does, is given, or likes, instead of a side."""
    lemma, is_naming = one.lemma, one.pattern in NAMING
    if lemma in _ALLOWING:
        return one.pattern != "that" and not one.pattern.startswith("quote")
    if lemma in _LIKING and (is_naming or lemma == "prefer"):
        return _NAMED.match(text, one.claim[0][0]) is None or not is_naming
    if lemma == "question":
        return _questions_person(text, one)
    if lemma in _DIFFERING | _AGREEING:
        return _binds_itself(text, one) and not names_claim(text, one)
    if lemma in grammar()["only acting"] and one.pattern not in _TELLING:
        return not names_claim(text, one)
    return lemma in _FIGHTING and _is_fight(text, one)


def _questions_person(text: str, one: Found) -> bool:
    """Tell "questioned a man" from "questioned the claim"."""
    start, end = one.claim[0]
    is_whom = one.pattern == "passive" and is_pronoun(text[start:end])
    return is_whom or _QUESTIONED.match(text, start, end) is not None


def _binds_itself(text: str, one: Found) -> bool:
    """Tell "agreed to pay", "agreed on a date", "differ over it" from "agreed with her"."""
    if text.startswith("to ", one.claim[0][0]):
        return True
    if one.lemma == "accept":
        return one.pattern not in _TELLING
    return one.cue is not None and text.endswith((" to", *_ON), *one.cue)


def names_claim(text: str, one: Found) -> bool:
    """Tell "upset by the claim" and "accepted it", but not "it leaks"."""
    start, end = one.claim[0]
    pointer = read_pointer(text, start, end)
    if pointer is None or not pointer.is_taking_up:
        return False
    return not pointer.is_word or not text[pointer.end : end].strip(" .,”\"’'")


def _is_fight(text: str, one: Found) -> bool:
    """Tell "fighters attacked the town" from "attacked the plan"."""
    if one.pattern == "passive" and is_pronoun(text[slice(*one.claim[0])]):
        return True
    fighting = grammar()["fighting"]
    return any(
        not fighting.isdisjoint(_WORDS.findall(text[start:end].lower()))
        for start, end in (*one.claim, *filter(None, (one.source,)))
    )


def is_unsaid(text: str, one: Found) -> bool:
    """Tell whether it is asked or denied that somebody takes a side: "asked if he would deny it"."""
    outer = one.parent
    first = one.source[0] if one.source is not None else one.start
    if _UNSAID.search(text[max(0, first - _BEFORE) : first].rstrip()) is not None:
        return True
    is_not_said = outer is not None and outer.is_negated and outer.pattern in ("that", "clause", "unseen")
    return outer is not None and is_not_said and outer.group in ("asserts", "admits")
