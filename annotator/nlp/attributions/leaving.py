"""Words by which the writer speaks again behind what is said: ", a charge that", ", many saying that"."""

from __future__ import annotations

from annotator.model.grammar import grammar
from annotator.nlp.attributions.clauses import MANY, NOMINAL, ONE, is_past
from annotator.nlp.attributions.report_nouns import WORDING
from annotator.nlp.attributions.reports import is_cue, is_good
from annotator.nlp.attributions.sentences import HELPING, VERBAL, Items, Sentence

_BEFORE_NOUN = frozenset(("RB", "NN", "VD", "VG", "CAP"))
_NAMING = frozenset(("DT", "PS", "CAP", "SUB"))
_AIMED = frozenset(
    ("dig", "jab", "swipe", "shot", "reference", "allusion", "nod", "slap", "knock", "barb", "departure")
)
"""What the writer calls the words before: ", a dig at his rival"."""
_DRAWING = frozenset(("drawing", "eliciting", "earning", "prompting", "provoking"))
_ANSWERS = frozenset((
    "cheers", "applause", "laughter", "laughs", "boos", "jeers", "gasps", "groans", "chants", "hisses",
    "outrage", "criticism", "condemnation", "calls", "anger", "backlash", "rebuke", "rebukes", "fury",
    "praise", "uproar", "accusations", "complaints", "outcry", "furor", "protests", "speculation",
))  # fmt: skip
_LITTLE = frozenset(("elaborating", "elaboration", "explanation", "evidence", "proof"))
_GIVING = frozenset(
    ("giving", "offering", "citing", "providing", "naming", "mentioning", "specifying", "saying")
)
_FELT = frozenset(("surprise", "delight", "dismay", "chagrin", "horror", "annoyance", "astonishment"))
_OWN = frozenset(("his", "her", "its", "their"))
_BEFORE_CUE = HELPING | {"NN", "CAP"}
_RANKS = frozenset(("first", "latest", "strongest", "second", "third", "sharpest", "clearest"))
_NEAR = 4
_FAR = 8
_MOST = 6


def sums_up(s: Sentence, at: int) -> bool:
    """Tell words that sum up all before them: "a charge that Quill denies", "a practice banned in May"."""
    if s.word(at) in _DRAWING:
        # ", drawing cheers from the crowd"
        return any(s.word(one) in _ANSWERS for one in range(at + 1, at + _NEAR))
    if _tells_how(s, at) or _does_next(s, at):
        return True
    if s.word(at) not in ("a", "an"):
        return _takes_up(s, at)
    summing, noun = grammar()["summing up"], at + 1
    while noun < at + 3 and s.tag(noun) in _BEFORE_NOUN:
        if s.word(noun) in _AIMED or s.word(noun) in summing:
            break
        noun += 1
    behind = s.tag(noun + 1)
    is_told = s.word(noun + 1 + (behind == "IN")) in ("that", "which")
    is_told = is_told or behind == "VD" or behind in _NAMING
    is_aimed = s.word(noun) in _AIMED and behind in ("IN", "TO")
    return is_aimed or (s.word(noun) in summing and is_told)


def _takes_up(s: Sentence, at: int) -> bool:
    """Tell ", which Quill denied", ", something few expect", ", wording that one official called vague"."""
    if s.word(at) == "which":
        return _is_taken_up(s, at + 1)
    if s.word(at) == "something":
        is_named = s.tag(at + 1) in _NAMING or s.word(at + 1) in grammar()["bare people"]
        return is_named or s.word(at + 1) in ("that", "which", "most", "few")
    if _is_first(s, at):
        return True
    if s.word(at).endswith("s") and s.word(at)[:-1] in grammar()["summing up"] and s.tag(at - 1) == ",":
        # ", accusations the town called pure fiction"
        behind = at + 1 + (s.word(at + 1) in ("that", "which"))
        return _is_taken_up(s, behind)
    return s.word(at) in WORDING and s.word(at + 1) in ("that", "which")


def _is_taken_up(s: Sentence, at: int) -> bool:
    """Tell ", which Quill has denied" from ", which the town owns", and from one inside a clause."""
    near = range(at + 1, min(s.end, at + _FAR))
    verb = next((one for one in near if s.tag(one) in ("VB", "VD") or s.tag(one) not in _BEFORE_CUE), at)
    closed = s.find(",", verb, s.end - verb)
    is_inside = closed > 0 and s.tag(closed + 1) in VERBAL
    return s.tag(at) in _NAMING and s.tag(verb) in ("VB", "VD") and is_cue(s, verb) and not is_inside


def _is_first(s: Sentence, at: int) -> bool:
    """Tell "his first comments on it", "the clearest sign yet that"."""
    if s.word(at) in _OWN:
        return s.word(at + 1) in _RANKS and s.tag(at + 2) in ("NN", "VB", "VD")
    is_most = s.word(at + 1).endswith("est") or s.word(at + 1) in ("latest", "first", "most")
    return s.word(at) == "the" and is_most and "yet" in (s.word(at + 3), s.word(at + 4))


def _does_next(s: Sentence, at: int) -> bool:
    """Tell ", before leaving", ", then left the stage": what else was done."""
    if s.word(at) in ("before", "after"):
        return s.tag(at + 1) == "VG"
    return s.word(at) == "then" and s.tag(at + 1) == "VD" and is_past(s.word(at + 1))


def _tells_how(s: Sentence, at: int) -> bool:
    """Tell ", without elaborating", ", to cheers", ", in his first speech": how it was said."""
    if s.word(at) == "without":
        return s.word(at + 1) in _LITTLE or s.word(at + 1) in _GIVING
    near = [s.word(at + step) for step in range(1, 4)]
    if s.tag(at) == "TO":
        return not _ANSWERS.isdisjoint(near[:2]) or (near[0] == "the" and near[1] in _FELT)
    return s.word(at) == "in" and (near[:2] == ["a", "blow"] or (near[0] in _OWN and near[1] == "first"))


def reports_beside(s: Sentence, at: int) -> bool:
    """Tell a report beside one: ", many saying that", ", with three saying they", ", as many as who say"."""
    first = at + (s.word(at) == "compared")
    first += s.word(first) == "with"
    for verb in range(first, min(s.end, first + _MOST)):
        if s.word(verb) == "who" and is_good(s, verb + 1):
            words = (*grammar()["number"], "number")
            return any(s.tag(one) == "NUM" or s.word(one) in words for one in range(first, verb))
        if s.word(verb).endswith("ing") and is_good(s, verb):
            is_clause = s.tag(verb + 1) == "SUB" or s.word(verb + 1) == "that"
            return verb > first and is_clause
        if s.tag(verb) not in NOMINAL:
            return False
    return False


def leaves_by_number(s: Sentence, claim: Items) -> bool:
    """Tell by number that "and" goes on with who reports: "said farmers are ill, and has not named them"."""
    first, joined = claim
    verb = s.word(joined + 1)
    same, other = (ONE, MANY) if verb in ONE else (MANY, ONE)
    if s.tag(joined + 1) != "AUX" or verb not in same:
        return False
    inside = [s.word(at) for at in range(first, joined) if s.tag(at) in VERBAL]
    return any(one in other for one in inside) and not any(one in same for one in inside)
