"""To whom it is said, up to where what is said begins: "told farmers in Orla, the valley and Ohio | that"."""

from __future__ import annotations

from annotator.model.grammar import grammar
from annotator.nlp.attributions.behind import heard, skip_when
from annotator.nlp.attributions.cues import VerbCue
from annotator.nlp.attributions.people import is_person
from annotator.nlp.attributions.sentences import VERBAL, Items, Sentence

_FARTHEST = 12
_PHONED = frozenset(("police", "ambulance", "department", "911", "999", "paramedics", "firefighters"))
"""Whom people call when they need help."""
OTHER_CLAUSES = VERBAL | {"SC", "WH", "SUB", "Q", ":", ";", ".", "-"}
"""What stands in, or between, other clauses than the one of a verb."""


def told_to(s: Sentence, first: int) -> Items | None:
    """Return to whom it is said, when that stands here, without who the clause behind is about."""
    told = heard(s, first)
    return _with_others(s, _without_subject(s, told)) if told is not None else None


def _with_others(s: Sentence, told: Items) -> Items:
    """Return "farmers in Orla, the valley and Ohio" for "farmers in Orla" in "told farmers ... that"."""
    if s.tag(told[1]) != ",":
        return told
    far = next((at for at in range(told[1], told[1] + _FARTHEST) if s.word(at) == "that"), -1)
    is_list = any(s.tag(at) == "CC" for at in range(told[1], far))
    is_open = any(s.tag(at) in OTHER_CLAUSES for at in range(told[1], far))
    return (told[0], far) if far > 0 and is_list and not is_open else told


def _without_subject(s: Sentence, told: Items) -> Items:
    """Return "Reuters" for "Reuters Ankara" in "told Reuters Ankara would not yield"."""
    first, end = told
    is_led = s.tag(first) == "DT"
    if (
        end - first < 2
        or s.tag(end) not in VERBAL
        or any(s.tag(at) != "CAP" for at in range(first + is_led, end))
    ):
        return told
    outlets = grammar()["outlets"]
    alone = end if is_led else first + 1
    return first, next((at + 1 for at in range(end - 2, first, -1) if s.word(at) in outlets), alone)


def is_phoned(s: Sentence, cue: VerbCue) -> bool:
    """Tell "called the fire department", "called her at noon" from "called the plan late"."""
    first = cue.end
    if cue.entry.lemma != "call" or cue.entry.particle:
        return False
    is_over = s.tag(first + 1) in (".", "^", ",") or skip_when(s, first + 1) > first + 1
    if s.tag(first) == "OBJ" or (s.word(first) == "her" and is_over):
        return is_over
    near = range(first, min(first + 3, s.last()))
    helping = next((at for at in near if s.word(at) in _PHONED), -1)
    return helping > 0 and s.tag(helping + 1) not in ("NN", "CAP", "DT", "PS", "VD", "VG", "q", "Q")


def is_done_to(s: Sentence, cue: VerbCue, first: int) -> bool:
    """Tell "welcomed her to the town", "raised $4 million" from "welcomed her plan"."""
    if cue.entry.lemma == "welcome":
        who = heard(s, first)
        if who is None or s.tag(who[1]) != "TO" or s.tag(who[1] + 1) in ("VB", "AUX"):
            return False
        return s.tag(who[1] - 1) in ("CAP", "OBJ", "PS") or is_person(s, who[1] - 1)
    if cue.entry.lemma == "raise":
        # "raised $4 million"
        return s.tag(first) == "S"
    end = next((at for at in range(first, s.end) if s.tag(at) not in ("DT", "NN", "NUM", "PS")), s.end)
    return cue.entry.lemma in ("turn", "overturn") and s.word(end - 1) in grammar()["turned"]
