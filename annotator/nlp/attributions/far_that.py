"""Where "that" stands behind words that say when and where something was said, or by itself."""

from __future__ import annotations

from annotator.model.grammar import grammar
from annotator.nlp.attributions.claims import clause_end
from annotator.nlp.attributions.clauses import finite_behind, has_finite
from annotator.nlp.attributions.cues import SPOKEN, VerbCue
from annotator.nlp.attributions.found import TAKING_SIDES
from annotator.nlp.attributions.noun_ends import noun_end
from annotator.nlp.attributions.objects import Said
from annotator.nlp.attributions.sentences import VERBAL, Items, Sentence
from annotator.nlp.attributions.told import OTHER_CLAUSES

_POINTED_ENDS = frozenset((".", "^", ",", "IN", "CC"))
_SCOPES = frozenset(("despite", "given", "without", "unlike", "because", "under"))
"""What they lead belongs to what is said behind it."""
_PLACING = frozenset(("in", "on"))
_FARTHEST = 24
_SHORT = 12
"""Items that an aside, or a clause of time before "that", has at most."""


def far_that(s: Sentence, cue: VerbCue) -> int:
    """Return the "that" behind words that hold no verb: "said on the radio in Orla, Ohio, that"."""
    # "ruled 5 to 4 that"
    is_open = s.tag(cue.end) in ("IN", "TO", "RB", "NUM") or s.word(cue.end) in grammar()["time"]
    if not is_open or not cue.entry.governs & SPOKEN:
        return -1
    for at in range(cue.end, min(s.end, cue.end + _FARTHEST)):
        second = over_relative(s, at)
        if second > at:
            return second
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
        if s.tag(at) == "VD" and s.tag(at - 1) == "NN" and s.line.words[cue.end] in _PLACING:
            # "said in a report filed on Monday that"
            continue
        if s.tag(at) in OTHER_CLAUSES or (s.tag(at) == "VG" and s.tag(at - 1) == ","):
            return -1
    return -1


def over_relative(s: Sentence, at: int) -> int:
    """Return the second "that" in "said in a letter that was read on Monday that", or the item itself."""
    opens = s.word(at) == "that" and s.tag(at - 1) == "NN" and s.tag(at + 1) in VERBAL
    later = range(at + 2, min(s.end, at + _SHORT)) if opens else ()
    that = next((one for one in later if s.word(one) == "that" or s.tag(one) in (",", "Q", "SC")), at)
    return that if s.word(that) == "that" and finite_behind(s, that + 1) else at


def that_behind_when(s: Sentence, cue: VerbCue) -> int:
    """Return the "that" behind a short clause of time: "said when the gate broke that"."""
    if s.word(cue.end) != "when" or not cue.entry.governs & SPOKEN:
        return -1
    at = next((one for one in range(cue.end + 2, cue.end + _SHORT) if s.word(one) == "that"), -1)
    is_led = at < 0 or s.has_verb(cue.end, at)
    return at if is_led and finite_behind(s, at + 1) else -1


def that_alone(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return "that" in "I doubt that.", which points to what was said before."""
    first = cue.end
    # "called that a lie", "called that plan a lie", "called that “silly”"
    judged = first + 1 + (s.tag(first + 1) == "NN" and s.tag(first + 2) in ("DT", "q", "Q"))
    is_named = s.tag(judged) in ("DT", "q", "Q") or s.word(judged) in grammar()["judged false"]
    if s.word(first) == "that" and cue.entry.group == "names" and is_named:
        quote = s.line.quotes.get(judged)
        end = noun_end(s, judged)
        return Said("words", ((first, end),), first, subject) if quote is None or quote.is_closed else None
    end = noun_end(s, first + 1) if s.tag(first + 1) == "NN" else first + 1  # "contradict that statement"
    is_last = s.tag(end) in (".", "^") or (s.tag(end) == "," and s.tag(end + 1) == "^")
    is_stance = s.word(first) == "that" and (cue.entry.group in TAKING_SIDES or points_back(s, first))
    is_last |= is_stance and points_back(s, first)
    return Said("words", ((first, end),), first, subject) if is_last and is_stance else None


def points_back(s: Sentence, that: int) -> bool:
    """Tell "disputed that number, pointing to" from "disputed that numbers fell"."""
    end = that + 2
    is_one = s.tag(that + 1) == "NN" and not s.word(that + 1).endswith("s")
    return is_one and s.tag(end) in _POINTED_ENDS and not has_finite(s, end, clause_end(s, that))


def behind_scope(s: Sentence, at: int) -> int:
    """Return where the clause begins behind "despite the rain,", which belongs to it as well, or -1."""
    if s.word(at) not in _SCOPES:
        return -1
    comma = s.find(",", at, _SHORT)
    is_scope = comma > at + 1 and not s.has_verb(at, comma) and finite_behind(s, comma + 1)
    return comma + 1 if is_scope else -1
