"""Who speaks when all before a verb names them, though marks are missing: "The head of it, said: “No.”"."""

from __future__ import annotations

from annotator.model.cue_lexicon import SURE
from annotator.model.grammar import grammar
from annotator.nlp.attributions.before import is_whole
from annotator.nlp.attributions.behind import heard, skip_when
from annotator.nlp.attributions.clauses import finite_behind
from annotator.nlp.attributions.cues import TO_WHOM, VerbCue
from annotator.nlp.attributions.sentences import VERBAL, Items, Sentence

_NAMED = frozenset(("DT", "PS", "CAP", "NN", "NUM"))
_NO_NAME = frozenset(("Q", ";", ":", "-", ".", "SC", "SUB", "AUX"))
_NO_NAMES = frozenset(("according", "due", "thanks", "contrary"))
_FARTHEST = 40
_FEW = 8


def all_before(s: Sentence, cue: VerbCue) -> Items | None:
    """Return all before a verb that a colon or "that" follows, when no other verb stands there."""
    first = _behind_medium(s, s.first + (s.tag(s.first) == "CC"))
    last = cue.first - 1
    if (
        cue.entry.strength != SURE
        or s.tag(first) not in _NAMED
        or not 0 < last - first < _FARTHEST
        or s.word(first) in _NO_NAMES
        or s.word(first) in grammar()["time"]
        or not _holds_report(s, cue)
        or _has_main_verb(s, first, cue.first)
    ):
        return None
    if s.tag(last) == "CC":
        # "Quill, the farmer who ran the town and once told it that": "who" did
        who = next((at for at in range(last, first, -1) if s.tag(at) == "WH"), -1)
        return (who, who + 1) if who > 0 else None
    opened = next((at for at in range(first, last) if s.tag(at) == ","), last)
    # One comma parts a long name from its verb; two stand around an aside.
    return first, cue.first - (s.tag(last) == "," and opened == last)


def behind_quote(s: Sentence, found: Items | None) -> Items | None:
    """Return "a man identified as Hale" for "Hale", when a quotation ends right before that."""
    if found is None or s.word(found[0] - 1) != "as" or s.tag(found[0]) != "CAP":
        return found
    named = found[0] - 2 - (s.tag(found[0] - 2) == "RB")
    first = named
    while s.tag(first) in _NAMED | {"VD", "RB"} and named - first < _FEW:
        first -= 1
    is_quoted = first < named and s.tag(first) == "Q" and is_whole(s, first) and s.tag(named) == "VD"
    return (first + 1, found[1]) if is_quoted else found


def _behind_medium(s: Sentence, first: int) -> int:
    """Return the item behind "In a statement", which no comma parts from who is named."""
    is_medium = s.tag(first) == "IN" and s.word(first + 1) in ("a", "an", "his", "her")
    return first + 3 if is_medium and s.word(first + 2) in grammar()["medium"] else first


def _holds_report(s: Sentence, cue: VerbCue) -> bool:
    behind = cue.end
    if cue.entry.lemma in TO_WHOM:
        told = heard(s, behind)
        if told is None:
            return False
        behind = skip_when(s, told[1])
    return s.tag(behind) == ":" or s.word(behind) == "that" or _begins_clause(s, cue, behind)


def _begins_clause(s: Sentence, cue: VerbCue, behind: int) -> bool:
    """Tell "Hale, a clerk, from Orla, said the dam leaks" from "The dam, said Hale, leaks"."""
    is_parted = s.tag(cue.first - 1) == "," and s.find(",", s.first, cue.first - 1 - s.first) > 0
    if not is_parted or s.tag(behind) not in ("SUB", "DT", "PS"):
        return False
    verb = next((at for at in range(behind + 1, s.end) if s.tag(at) in VERBAL or s.tag(at) == ","), -1)
    return s.tag(verb) in VERBAL and finite_behind(s, behind)


def _has_main_verb(s: Sentence, first: int, end: int) -> bool:
    """Tell whether a verb stands between two items outside "who is in Orla", "which he built"."""
    is_relative = False
    for at in range(first, end):
        tag = s.tag(at)
        if tag == "WH" and s.tag(at - 1) in _NAMED | {","}:
            is_relative = True
        elif tag == ",":
            is_relative = False
        elif not is_relative and (tag in VERBAL or tag in _NO_NAME):
            return True
    return False
