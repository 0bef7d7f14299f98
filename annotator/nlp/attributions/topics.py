"""What is said behind a preposition, right there or behind to whom: "called for", "informed her of"."""

from __future__ import annotations

from annotator.model.grammar import grammar
from annotator.nlp.attributions.behind import SPANS, heard, skip_when
from annotator.nlp.attributions.claims import clause_end
from annotator.nlp.attributions.cues import VerbCue
from annotator.nlp.attributions.noun_ends import noun_end
from annotator.nlp.attributions.noun_links import is_weekday
from annotator.nlp.attributions.objects import Said
from annotator.nlp.attributions.people import is_person
from annotator.nlp.attributions.sentences import Items, Sentence

_LINKED = frozenset(("whether", "how", "what", "why", "if", "who"))
_RELATIVE = frozenset(("that", "which", "whom", "who"))
_STOPS = frozenset((",", ".", "^"))
_OF = frozenset(("inform", "remind", "assure", "warn", "tell", "notify", "convince", "persuade"))
_ABOUT = frozenset(("tell", "remind", "inform", "question", "quiz", "grill", "interview", "press", "lecture"))
_PERSONS = frozenset(("OBJ", "CAP", "SUB", "PS"))
_LATER = frozenset(("on", "last", "this", "for", "in", "at", "during"))
_PLACING = frozenset(("at", "to", "in"))
_FAR = 8


def linked(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return what follows a preposition that the verb takes: "called for talks"."""
    at = cue.end
    while s.tag(at) == "RB":
        at += 1
    told = None
    if s.word(at) in ("to", "with") and s.word(at) not in cue.entry.prepositions:
        # "talked to farmers about"
        told = heard(s, at + 1)
        at = _behind_day(s, told[1]) if told is not None else at
    elif s.word(at) not in cue.entry.prepositions and is_weekday(s, at):
        # "called Thursday for"
        at += 1
    elif cue.entry.prepositions and s.word(at) in _LATER and s.word(at) not in cue.entry.prepositions:
        far = _over_time(s, at)
        at = far if s.word(far) in cue.entry.prepositions and s.word(far) not in _PLACING else at
    # "spoke on the condition of anonymity" says how
    is_condition = s.word(at) == "on" and "condition" in (s.word(at + 1), s.word(at + 2))
    if s.word(at) not in cue.entry.prepositions or is_condition:
        return None
    if s.word(at) == "to" and "i" in cue.entry.governs and s.tag(at + 1) in ("VB", "AUX"):
        return None
    return _behind(s, cue, at, subject, told)


def _over_time(s: Sentence, at: int) -> int:
    """Return the item behind "on Monday", "last week", "for years", "in a speech", else the item itself."""
    times, word = grammar()["time"], s.word(at)
    if word in ("on", "last", "this") and s.word(at + 1) in times:
        return at + 2
    if word == "for":
        end = skip_when(s, at)
        return end if s.word(end - 1) in SPANS else at
    end = at + 2
    while s.tag(end) == "NN" and end < at + _FAR:
        end += 1
    is_where = word in ("in", "at", "during") and s.tag(at + 1) in ("DT", "PS")
    return end if is_where and s.word(end - 1) in grammar()["medium"] | grammar()["audience"] else at


def _behind_day(s: Sentence, at: int) -> int:
    """Return the item behind "on Sunday" in "spoke to farmers on Sunday about"."""
    return at + 2 if s.word(at + 1) in grammar()["time"] else at


def told_of(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return what somebody was told of: "informed her of the plan", "asked him about the dam"."""
    told = heard(s, cue.end) if "a" in cue.entry.governs else None
    if told is None:
        return None
    links = {*cue.entry.prepositions, *(("of",) if cue.entry.lemma in _OF else ())}
    links |= {"about"} if cue.entry.lemma in _ABOUT else set()
    at = next((at for at in range(told[0] + 1, told[1] + 1) if s.word(at) in links), -1)
    if at < 0 or at - cue.end > _FAR or not (s.tag(at - 1) in _PERSONS or is_person(s, at - 1)):
        # "told a tale of two parties"
        return None
    return _behind(s, cue, at, subject, (told[0], at))


def _behind(s: Sentence, cue: VerbCue, at: int, subject: Items, told: Items | None) -> Said | None:
    first = at + 1
    before = subject[0] - 1
    if s.tag(first) == "AUX" and s.word(before) in _RELATIVE:
        # "The farmers that Quill referred to were": what is meant stands before.
        return Said("object-before", ((before, subject[0]),), first, subject, told)
    if s.tag(first) in _STOPS:
        return None
    end = clause_end(s, first) if s.word(first) in _LINKED else noun_end(s, first)
    cue_end = cue.end if told is not None else first
    return Said("preposition", ((first, end),), cue_end, subject, told) if end > first else None
