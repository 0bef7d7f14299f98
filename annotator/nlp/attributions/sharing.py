"""Whose words they are when a verb shares its subject with another one: "said Quill, adding that"."""

from __future__ import annotations

from annotator.model.cue_lexicon import SURE, cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.before import before_when, group_start, nearest, subject_before
from annotator.nlp.attributions.behind import heard, subject_after
from annotator.nlp.attributions.clauses import finite_behind
from annotator.nlp.attributions.people import is_person
from annotator.nlp.attributions.report_nouns import STUDIES
from annotator.nlp.attributions.sentences import VERBAL, Items, Sentence

_SUBJECTS = frozenset(("CAP", "SUB", "DT", "PS", "NN", "NUM"))

TAKING = frozenset(("take", "takes", "took", "taken"))
_PLACING = frozenset(("on", "at", "into", "onto", "off"))
"""Behind these stands where something is done, not who speaks."""
_THINKING = frozenset(("believes", "doubts"))
"""What goes on in somebody's head: "fearing", "knowing"."""
_NEAR = 12
_FAR = 30


def clause_subject(s: Sentence, verb: int) -> Items | None:
    """Return who the sentence speaks of before a verb that shares its subject with an earlier one.

    Who is said to speak goes first: in "the plan is late, Quill said, adding" it is not the plan.
    """
    at = s.first
    best: Items | None = None
    speaker: Items | None = None
    last: Items | None = None
    # "as the mayor left the talks after demanding"
    is_near = s.tag(verb - 1) in ("IN", "SC")
    while at < verb:
        if s.tag(at) in VERBAL:
            found = subject_before(s, group_start(s, at))
            if found is None and s.tag(at - 1) in ("Q", ",") and is_speech(s, at):
                # "said Quill, adding"
                found = _teller(s, at + 1, verb)
            while at + 1 < verb and s.tag(at + 1) in ("VB", "VD", "AUX", "RB"):
                at += 1
            if found is not None and s.word(found[0]) == "it":
                last = found
            elif found is not None and s.tag(found[0]) != "WH" and s.word(found[0]) != "that":
                is_led = s.tag(found[0] - 1) == "SC" and not is_near
                if is_led:
                    last = last or found
                elif s.word(found[0]) != "according" and (
                    best is None or is_near or s.tag(found[0] - 1) in ("^", "Q", ";", "CC", ":")
                ):
                    best = found
                speaker = found if is_speech(s, at) else speaker
        at += 1
    return speaker or best or last


def _teller(s: Sentence, first: int, verb: int) -> Items | None:
    """Return who is named behind a verb, with the aside before the next: "said Quill, a nurse, adding"."""
    whole = subject_after(s, first)
    is_whole = whole is not None and whole[1] < verb and s.tag(whole[1]) == ","
    return whole if is_whole else subject_after(s, first, is_bare=True)


def inner_subject(s: Sentence, verb: int) -> Items | None:
    """Return who thinks inside what others say: "he" in "Aides say he stays, believing that it holds"."""
    if s.tag(verb) != "VG" or s.tag(verb - 1) != "," or not _is_thought(s, verb):
        return None
    near = range(verb - 2, max(s.first, verb - _FAR), -1)
    said = next((at for at in near if s.tag(at) in VERBAL and is_speech(s, at)), -1)
    if said < 0 or any(s.tag(at) in ("Q", "q", ";", ":") for at in range(said, verb)):
        return None
    inner = next((at for at in range(said + 1, verb) if s.tag(at) in VERBAL), -1)
    return subject_before(s, group_start(s, inner)) if inner > said + 1 else None


def _is_thought(s: Sentence, verb: int) -> bool:
    forms = cue_lexicon().verbs.get(s.word(verb), ())
    is_thought = any(one.group in _THINKING and not one.particle for _, one in forms)
    is_thought |= s.word(verb) == "hoping"
    return is_thought and (s.word(verb + 1) == "that" or finite_behind(s, verb + 1))


def beside_who(s: Sentence, verb: int) -> Items | None:
    """Return "who" in "the aide, who has denied it and says that she left", a clause still open."""
    near = range(verb - 2, max(s.first, verb - _NEAR), -1)
    opened = next((at for at in near if s.tag(at) in ("WH", ",", "SC", "SUB", "Q", ";", ":")), -1)
    is_who = s.word(opened) == "who" and s.tag(opened - 1) == ","
    return (opened, opened + 1) if is_who and s.word(verb - 1) == "and" and s.has_verb(opened, verb) else None


def who_does(s: Sentence, verb: int) -> Items | None:
    """Return who does it behind a time or place: "Quill left in May saying", "went on the radio saying"."""
    when = before_when(s, verb)
    if when < verb:
        # "sent a memo in May warning", but "took to Twitter in May warning"
        head = when - 1 - (s.tag(when - 1) == "VD")
        is_medium = s.word(head) in STUDIES or s.word(head) in grammar()["medium"]
        is_medium &= s.tag(head - 1) != "TO"
        is_named = s.tag(when - 1) == "PS" or is_medium
        near = range(when - 1, max(s.first, when - _NEAR), -1)
        who = next((at for at in near if s.tag(at) in ("WH", ",")), s.first)
        if s.word(who) == "who" and s.has_verb(who, when):
            # "Quill, who left in May saying that"
            return None if is_named else (who, who + 1)
        return clause_subject(s, when) if not is_named and s.has_verb(s.first, when) else None
    found = nearest(s, verb)
    place = found[0] - 1 if found is not None else s.first
    if found is None or s.word(place) not in _PLACING or s.word(verb - 1) in grammar()["medium"]:
        return None
    return clause_subject(s, place) if s.has_verb(s.first, place) else None


def nearest_before_when(s: Sentence, verb: int) -> Items | None:
    """Return who is named last before a form in -ing, over words that say when: "a poll in May showing"."""
    when = before_when(s, verb)
    return nearest(s, when - (s.tag(when - 1) == "VD" and when < verb))


def is_speech(s: Sentence, verb: int) -> bool:
    """Tell whether a verb is one of those that nearly always show that somebody speaks."""
    return any(
        one.strength == SURE and "q" in one.governs for _, one in cue_lexicon().verbs.get(s.word(verb), ())
    )


def subject_behind_comma(s: Sentence, first: int) -> Items | None:
    """Return the subject of the clause that follows: "Speaking of the plan, Quill ..."."""
    near = range(first, min(s.end, first + 40))
    comma = next((at for at in near if s.tag(at) == "," and s.tag(at + 1) in _SUBJECTS), first)
    verb = next((at for at in range(comma, near.stop) if s.tag(at) in VERBAL), -1)
    return subject_before(s, verb) if verb > 0 else None


def who_takes(s: Sentence, verb: int) -> Items | None:
    """Return "the board" in "it took the board a year to admit"."""
    near = range(verb - 1, max(s.first, verb - _NEAR), -1)
    took = next((at for at in near if s.tag(at) in VERBAL), -1)
    if s.word(took) not in TAKING or s.word(group_start(s, took) - 1) != "it":
        return None
    found = heard(s, took + 1)
    if found is None:
        return None
    end = next((at for at in range(found[0] + 1, found[1]) if s.tag(at) == "NUM"), found[1])
    is_named = s.tag(end - 1) in ("CAP", "OBJ") or is_person(s, end - 1)
    return (found[0], end) if is_named else None


def head_with_clause(s: Sentence, verb: int) -> Items | None:
    """Return "The clerk" in "The clerk who ran the office before the flood talked"."""
    first = s.first + (s.tag(s.first) in ("CC", "RB"))
    if s.tag(first) not in ("DT", "CAP", "NN", "NUM") or s.tag(verb - 1) in ("SC", "WH"):
        return None
    at = first
    while s.tag(at) in ("DT", "CAP", "NN", "NUM"):
        at += 1
    opens = s.tag(at) == "WH" or (s.tag(at) == "," and s.tag(at + 1) == "WH")
    # The clause has a verb of its own.
    is_clause = opens and any(s.tag(one) in VERBAL for one in range(at + 1, group_start(s, verb)))
    return (first, at) if is_clause and s.tag(verb) in VERBAL else None
