"""Who speaks when all before a verb names them, though marks are missing: "The head of it, said: “No.”"."""

from __future__ import annotations

from annotator.model.cue_lexicon import SURE
from annotator.model.grammar import grammar
from annotator.nlp.attributions.behind import heard, skip_when
from annotator.nlp.attributions.cues import TO_WHOM, VerbCue
from annotator.nlp.attributions.sentences import VERBAL, Items, Sentence

_NAMED = frozenset(("DT", "PS", "CAP", "NN", "NUM"))
_NO_NAME = frozenset(("Q", ";", ":", "-", ".", "SC", "SUB", "AUX"))
_NO_NAMES = frozenset(("according", "due", "thanks", "contrary"))
_FARTHEST = 40


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
    opened = next((at for at in range(first, last) if s.tag(at) == ","), last)
    # One comma parts a long name from its verb; two stand around an aside.
    return first, cue.first - (s.tag(last) == "," and opened == last)


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
    return s.tag(behind) == ":" or s.word(behind) == "that"


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
