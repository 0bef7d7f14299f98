"""Where "that" stands behind words that say when and where something was said."""

from __future__ import annotations

from annotator.model.grammar import grammar
from annotator.nlp.attributions.clauses import finite_behind
from annotator.nlp.attributions.cues import SPOKEN, VerbCue
from annotator.nlp.attributions.sentences import Sentence

_FARTHEST = 24
_SHORT = 12
"""Items that an aside, or a clause of time before "that", has at most."""
_NOT_BETWEEN = frozenset(("VB", "VD", "AUX", "SC", "WH", "SUB", "Q", ":", ";", ".", "-"))


def far_that(s: Sentence, cue: VerbCue) -> int:
    """Return the "that" behind words that hold no verb: "said on the radio in Orla, Ohio, that"."""
    # "ruled 5 to 4 that"
    is_open = s.tag(cue.end) in ("IN", "TO", "RB", "NUM") or s.word(cue.end) in grammar()["time"]
    if not is_open or not cue.entry.governs & SPOKEN:
        return -1
    for at in range(cue.end, min(s.end, cue.end + _FARTHEST)):
        if s.word(at) == "that":
            # "never lie to them and that it held" goes on with what was said
            is_new = s.tag(at - 1) != "CC"
            return at if is_new and s.tag(at + 1) not in ("VB", "VD", "AUX", ".", ",", "^") else -1
        if s.tag(at) == "," and s.tag(at + 1) != "VG":
            # "said in Orla, where he was born, that"
            closed = s.find(",", at + 1, _SHORT) + 1
            if s.word(closed) == "that" and finite_behind(s, closed + 1):
                return closed
        if s.tag(at) == "Q" and s.word(at + 1) == "that":
            # "said on Orla Radio's “State of the Town” that"
            continue
        if s.tag(at) in _NOT_BETWEEN or (s.tag(at) == "VG" and s.tag(at - 1) == ","):
            return -1
    return -1


def that_behind_when(s: Sentence, cue: VerbCue) -> int:
    """Return the "that" behind a short clause of time: "said when the gate broke that"."""
    if s.word(cue.end) != "when" or not cue.entry.governs & SPOKEN:
        return -1
    at = next((one for one in range(cue.end + 2, cue.end + _SHORT) if s.word(one) == "that"), -1)
    is_led = at < 0 or s.has_verb(cue.end, at)
    return at if is_led and finite_behind(s, at + 1) else -1
