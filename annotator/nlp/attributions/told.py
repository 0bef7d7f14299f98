"""To whom it is said, up to where what is said begins: "told farmers in Orla, the valley and Ohio | that"."""

from __future__ import annotations

from annotator.model.grammar import grammar
from annotator.nlp.attributions.behind import before_subject, heard, skip_when
from annotator.nlp.attributions.clauses import finite_behind
from annotator.nlp.attributions.cues import VerbCue
from annotator.nlp.attributions.people import is_person
from annotator.nlp.attributions.sentences import VERBAL, Items, Sentence

_FARTHEST = 12
_RELATIVE_ENDS = frozenset((",", "SC", ":", ".", "Q"))
_QUESTIONS = frozenset(("whether", "if", "why", "how", "what", "when", "where"))
_PHONED = frozenset(("police", "ambulance", "department", "911", "999", "paramedics", "firefighters"))
"""Whom people call when they need help."""
OTHER_CLAUSES = VERBAL | {"SC", "WH", "SUB", "Q", ":", ";", ".", "-"}
"""What stands in, or between, other clauses than the one of a verb."""


def told_to(s: Sentence, first: int, *, is_asked: bool) -> Items | None:
    """Return to whom it is said, when that stands here, without who the clause behind is about.

    `is_asked` says that a question follows, which "who" may open.
    """
    told = heard(s, first)
    if told is None:
        return None
    if s.tag(told[1] - 1) == "WH" and told[1] - 1 > told[0] and _asks(s, told[1], is_asked=is_asked):
        # "asks its readers | who they want"
        return told[0], told[1] - 1
    return _with_others(s, _without_subject(s, told))


def asks_when(s: Sentence, first: int) -> bool:
    """Tell "asked lawyers | when it would come" from "asked him when he came | whether it leaks"."""
    is_clause = s.word(first) == "when" and s.tag(first + 1) != "VD" and finite_behind(s, first + 1)
    return is_clause and _asks(s, first + 1, is_asked=True)


def _asks(s: Sentence, behind: int, *, is_asked: bool) -> bool:
    """Tell a question behind "who", when no other one follows: "asked the clerk who came | why he left"."""
    near = range(behind, min(s.end, behind + _FARTHEST))
    is_other = any(s.word(at) in _QUESTIONS and finite_behind(s, at + 1) for at in near)
    # "asked those who did it to come"
    is_wanted = any(s.tag(at) == "TO" for at in near[2:])
    return s.tag(behind) == "SUB" or (is_asked and not is_other and not is_wanted)


def _with_others(s: Sentence, told: Items) -> Items:
    """Return "farmers in Orla, the valley and Ohio" for "farmers in Orla" in "told farmers ... that"."""
    if s.tag(told[1]) != ",":
        return _with_more(s, told)
    far = next((at for at in range(told[1], told[1] + _FARTHEST) if s.word(at) == "that"), -1)
    is_list = any(s.tag(at) == "CC" for at in range(told[1], far))
    is_open = any(s.tag(at) in OTHER_CLAUSES for at in range(told[1], far))
    return (told[0], far) if far > 0 and is_list and not is_open else told


def _with_more(s: Sentence, told: Items) -> Items:
    """Return "the outlet The Orla Crier", "the board which met then" for what stands there first."""
    end = told[1]
    if any(s.tag(at) == "WH" for at in range(*told)):
        return told[0], next((at for at in range(end, end + _FARTHEST) if s.tag(at) in _RELATIVE_ENDS), end)
    end += s.tag(end) == "DT"
    while s.tag(end) == "CAP":
        end += 1
    return (told[0], end) if s.word(end) == "that" else told


def _without_subject(s: Sentence, told: Items) -> Items:
    """Return "Reuters" in "told Reuters Orla would not yield", "a meeting" in "told a meeting Orla would"."""
    first, end = told
    is_led = s.tag(first) == "DT"
    gathered = before_subject(s, first, end, grammar()["audience"])
    if gathered < end:
        return first, gathered
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
