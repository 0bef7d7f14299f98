"""What is thought or told by nobody in particular: "rumours spread that", "the belief is that"."""

from __future__ import annotations

from annotator.model.cue_lexicon import Noun, cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.noun_links import QUESTIONS
from annotator.nlp.attributions.sentences import VERBAL, Sentence

_LINKED = QUESTIONS | {"that"}
_BETWEEN = frozenset(("IN", "NN", "CAP", "DT", "NUM", "RB", "PS"))
"""What may say where and when something was told, before what was told."""
_UTTERED = frozenset(("raised", "voiced", "aired", "expressed", "heard"))
_TOPICS = frozenset(("about", "over", "regarding", "concerning"))
_TOLD = frozenset(("asserts", "believes", "doubts", "warns", "insists"))
_LEADING = frozenset(("the", "one", "another", "a", "an"))
_OPENING = frozenset(("^", ",", "SC", "CC", "RB", "q", "Q", ".", ":", "-"))
"""What stands before a clause: "the only link to the case was that" speaks of the link."""
_NEAR, _FAR = 3, 12


def linked_by_verb(s: Sentence, at: int) -> tuple[int, int]:
    """Return the verb of "the view has long been that", "fears grew that", and the item that it leads to."""
    spreading = grammar()["spreading"]
    being = next((one for one in range(at + 1, min(s.end, at + 9)) if s.tag(one) in VERBAL), -1)
    if s.word(being) in ("has", "had") and s.word(being + 1) == "it" and s.word(being + 2) == "that":
        # "Rumour has it that"
        return being, being + 2
    if s.word(at + 1) in spreading:
        being = at + 1
    while being > 0 and (s.tag(being + 1) in ("AUX", "RB") or s.word(being + 1) in spreading):
        being += 1
    is_raised = s.word(being) in ("been", "were", "was", "being") and s.word(being + 1) in _UTTERED
    being += is_raised
    may_be_far = s.word(being) in spreading or is_raised
    is_adverb = s.tag(being) == "RB" and s.tag(being - 1) == "AUX"
    # "no vote on the resolution and it is doubtful whether": that is said in a clause of its own.
    is_other = any(s.tag(one) == "CC" and s.tag(one + 1) == "SUB" for one in range(at + 1, being))
    is_other |= may_be_far and any(s.tag(one) == "," for one in range(at + 1, being))
    if being < 0 or is_other or not (s.word(being) in grammar()["being"] or may_be_far or is_adverb):
        return being, -1
    linking = _LINKED | _TOPICS if is_raised else _LINKED
    near = next((one for one in range(being + 1, being + _NEAR) if s.word(one) in linking), -1)
    return being, near if near > 0 or not may_be_far else _far_that(s, being)


def _far_that(s: Sentence, verb: int) -> int:
    """Return "that" behind when and where: "rumours spread on the web last year that", or -1."""
    at = verb + 1
    while s.tag(at) in _BETWEEN and s.word(at) != "that" and at < verb + _FAR:
        at += 1
    # "rumours spread after news that": the last noun tells it.
    is_other = s.word(at - 1) in cue_lexicon().nouns or s.tag(at + 1) in VERBAL
    return at if s.word(at) == "that" and not is_other else -1


def is_in_the_air(s: Sentence, at: int, being: int, noun: Noun) -> bool:
    """Tell "rumours spread that", "the general belief is that" from what is somebody's: "its aim is that"."""
    if is_spread(s, being) or s.word(being + 1) == "it":
        return True
    first = at
    while s.tag(first - 1) in ("NN", "VD"):
        first -= 1
    is_led = s.word(first - 1) in _LEADING and s.tag(first - 2) in _OPENING
    is_led |= s.word(at) == "word" and s.tag(at - 1) == "^"
    # "The claim here is that" is the writer's.
    is_led &= s.word(at + 1) not in ("to", "here")
    return is_led and noun.group in _TOLD and s.word(being) in grammar()["being"]


def is_spread(s: Sentence, verb: int) -> bool:
    """Tell "rumours of it spread" and "fears of it have been raised" from "the fear of many is"."""
    return s.word(verb) in grammar()["spreading"] or s.word(verb) in _UTTERED
