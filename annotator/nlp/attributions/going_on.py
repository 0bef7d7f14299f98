"""What shows that a clause cannot end yet: no verb of its own, or a verb that only it can have."""

from __future__ import annotations

from annotator.model.cue_lexicon import cue_lexicon
from annotator.nlp.attributions.clauses import MANY, ONE, finite_behind
from annotator.nlp.attributions.sentences import OPEN_VERBS, VERBAL, Sentence

_OPENING = frozenset(("who", "whose", "which", "whom", "where"))
_CONCEDING = frozenset(("while", "although", "though", "because", "since", "unless", "once"))
_HELD = VERBAL | {"Q", "q", ",", "SC", "WH"}
_SINGULAR = frozenset(("he", "she", "it"))
_PLURAL = frozenset(("they", "we"))
_NEAR, _FAR = 5, 12


def is_unfinished(s: Sentence, first: int, comma: int) -> bool:
    """Tell the comma in "that, while it leaks, | it holds", "that in May, | farmers know" from an end."""
    opened = _last_that(s, first, comma)
    is_that = opened > 0
    opened = opened if is_that else first
    opened += s.tag(opened) == ","
    opened += s.tag(opened) == "RB"
    if opened + 1 >= comma or _is_teller(s, comma + 1):
        return False
    if s.tag(opened) == "SC" and (is_that or s.word(opened) in _CONCEDING):
        return s.find(",", opened + 1, comma - opened) in (-1, comma)
    if not is_that or any(s.tag(at) in _HELD for at in range(opened, comma)):
        return False
    # "that the tax, as Quill calls it, is dead"
    closed = s.find(",", comma + 1, _FAR)
    return s.tag(opened) == "IN" or (closed > 0 and s.tag(closed + 1) in VERBAL)


def _last_that(s: Sentence, first: int, comma: int) -> int:
    """Return what follows the last "that" before a comma that a clause may lie behind, or -1."""
    if "that" not in s.line.words[first:comma]:
        return -1
    near = (at for at in range(comma - 2, first - 1, -1) if s.line.words[at] == "that")
    return next((at + 1 for at in near if at == first or s.tag(at + 1) == ","), -1)


def _is_teller(s: Sentence, at: int) -> bool:
    """Tell "farmers say.", which tells whose words the ones before are, and what is no clause."""
    verb = next((one for one in range(at, min(s.end, at + _FAR)) if s.tag(one) in VERBAL), -1)
    is_last = s.tag(verb) in OPEN_VERBS and s.tag(verb + 1) in (".", "^", ",")
    return is_last or not (finite_behind(s, at) or s.tag(at) == "SC")


def closes_aside(s: Sentence, first: int, comma: int) -> bool:
    """Tell the comma before the verb of "said the staff, whose office is near, | complained"."""
    if s.tag(comma + 1 + (s.tag(comma + 1) == "RB")) not in VERBAL:
        return False
    opened = next((at for at in range(comma - 1, first, -1) if s.tag(at) == ","), first)
    return opened > first and s.word(opened + 1) in _OPENING and s.tag(opened - 1) in ("NN", "CAP")


def goes_on_joined(s: Sentence, first: int, joined: int) -> bool:
    """Tell "and" behind which what is said goes on, whatever cue stands there."""
    is_and = s.word(joined) == "and"
    return is_and and (
        _is_of_other_number(s, first, joined)
        or _joins_thing(s, first, joined)
        or _has_no_verb_yet(s, first, joined)
    )


def _is_of_other_number(s: Sentence, first: int, joined: int) -> bool:
    """Tell "and were hoping" in "he said farmers left and were hoping": who says it is one."""
    helper = s.word(joined + 1)
    if s.tag(joined + 1) != "AUX" or helper not in ONE | MANY:
        return False
    said = next((at for at in range(first - 1, max(s.first, first - _NEAR), -1) if s.tag(at) in VERBAL), -1)
    while s.tag(said - 1) in ("AUX", "RB"):
        said -= 1
    who = s.word(said - 1)
    is_name = s.tag(said - 1) == "CAP" and s.tag(said - 2) in ("CAP", "^", "DT") and not who.endswith("s")
    return ((who in _SINGULAR or is_name) and helper in MANY) or (who in _PLURAL and helper in ONE)


def _joins_thing(s: Sentence, first: int, joined: int) -> bool:
    """Tell "warning strikes" in "said they met it with protest and warning strikes" from a report."""
    if s.tag(joined + 1) != "VG" or s.tag(joined - 1) == "," or s.tag(joined + 2) != "NN":
        return False
    before = range(first - 1, max(s.first, first - _NEAR), -1)
    said = next((at for at in before if s.tag(at) in OPEN_VERBS), -1)
    return s.tag(said) in VERBAL and s.tag(said - 1) not in ("TO", "IN")


def _has_no_verb_yet(s: Sentence, first: int, joined: int) -> bool:
    """Tell "and" in "said Quill and Hale agreed that": what is said has no verb before it."""
    forms = cue_lexicon().verbs.get(s.word(first - 1), ())
    governs = [one.governs for _, one in forms if one.group and not one.particle]
    takes_clause = bool(governs) and all("s" in one and "n" not in one for one in governs)
    is_short = all(s.tag(at) in ("CAP", "DT", "PS", "NN") for at in range(first, joined))
    return (
        takes_clause
        and is_short
        and s.tag(joined + 1) in ("CAP", "DT", "PS")
        and finite_behind(s, joined + 1)
    )
