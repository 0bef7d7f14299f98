"""What is said when it stands before who says it: "a charge that she denied", "a word Quill repeated"."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.model.cue_lexicon import SURE, WEAK
from annotator.model.grammar import grammar
from annotator.nlp.attributions.claims import clause_end
from annotator.nlp.attributions.cues import VerbCue
from annotator.nlp.attributions.naming import OWN, named
from annotator.nlp.attributions.noun_ends import noun_end
from annotator.nlp.attributions.people import is_person
from annotator.nlp.attributions.sentences import VERBAL, Items, Sentence

_LINKS = frozenset(("that", "which", "whom"))
_CLAUSE_ENDS = frozenset((".", ",", "^", ")", "-", "CC", "SC", "IN"))
_BEFORE_LINK = frozenset(("NN", "CAP", ",", "IN", "(", "-"))
_NAMED = frozenset(("NN", "q", "Q", "DT", "RB", "VD"))
_FEW = 6
_LEADING = frozenset(("DT", "PS", "NUM"))


@dataclass(slots=True)
class Said:
    """What a pattern takes for said, and the other parts it saw on the way; items of a sentence."""

    pattern: str
    claim: tuple[Items, ...]
    cue_end: int
    source: Items | None = None
    addressee: Items | None = None


def object_before(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return "that" in "a charge that she denied", "whom he described as"."""
    before, first = subject[0] - 1, cue.end
    if "n" not in cue.entry.governs or cue.entry.strength == WEAK or s.word(before) not in _LINKS:
        return None
    if s.word(before - 1) in grammar()["time"]:
        # "said Thursday that Quill had testified"
        return None
    if s.tag(before - 1) not in _BEFORE_LINK or s.tag(first) not in _CLAUSE_ENDS | {"Q", "q"}:
        return None
    if s.tag(first) == "CC" and s.tag(first + 1) in VERBAL:
        # "said that he did not condone or defend it"
        return None
    if s.tag(first) in ("Q", "q"):
        return Said("object-before", ((before, before + 1), (first, first + 1)), first, subject)
    goes_on = s.word(first) in ("as", "of", "for") and first + 1 < s.last()
    more = ((first, noun_end(s, first)),) if goes_on else ()
    return Said("object-before", ((before, before + 1), *more), first, subject)


def bare_object_before(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return "a word" in "a word she repeated", "an offer the mayor rebuffed", "a gate he said was shut"."""
    first, governs = cue.end, cue.entry.governs
    is_open = (s.tag(first) in _CLAUSE_ENDS or s.word(first) in grammar()["time"]) and governs & {"n", "p"}
    goes_on = s.tag(first) in VERBAL and "s" in governs and cue.entry.strength == SURE
    if not (is_open or goes_on) or cue.is_gerund or cue.is_infinitive:
        return None
    if s.word(first) == "of":
        # "the two people suspected of theft"
        return None
    at = max(second_name(s, subject), _behind_thing(s, subject) if goes_on else -1)
    head = (subject[0], at) if at > subject[0] else named(s, at - 1)
    is_led = head is not None and (s.tag(head[0]) in _LEADING or s.word(head[0]) == "something")
    if head is None or s.tag(at - 1) not in ("NN", "CAP") or not is_led or at >= subject[1]:
        # "something long sought by banks" has nobody behind what is named.
        return None
    if goes_on:
        return Said("relative", (head, (first, clause_end(s, first))), first, (at, subject[1]))
    more = ((first, noun_end(s, first)),) if s.word(first) == "as" and first + 1 < s.last() else ()
    return Said("object-before", (head, *more), first, (at, subject[1]))


def summed_before(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return what sums up, and what it is taken for: "a charge Quill called “silly”"."""
    before, first = subject[0] - 1, cue.end
    if s.word(before) == "which" and cue.entry.lemma == "call" and s.tag(first) == "DT":
        # "the remark, which he called a mistake"
        return Said("object-before", ((before, before + 1), (first, noun_end(s, first))), first, subject)
    summing = grammar()["summing up"]
    if s.word(subject[0]) not in ("a", "an") and s.word(subject[0] - 1) not in summing:
        return None
    at = second_name(s, subject)
    at, head = (at, (subject[0], at)) if at > subject[0] else (subject[0], named(s, subject[0] - 1))
    is_led = head is not None and s.word(head[0]) in ("a", "an")
    if head is None or not is_led or at >= subject[1] or s.word(at - 1) not in summing:
        return None
    if s.tag(first) == "IN" and s.word(first) not in cue.entry.prepositions | {"as"}:
        # "a remark he dismissed at the time as “noise”"
        first = next((one for one in range(first, first + _FEW) if s.word(one) == "as"), first)
    link = s.word(first)
    is_named = cue.entry.group == "names" and s.tag(first) in _NAMED
    if not is_named and link != "as" and link not in cue.entry.prepositions:
        return None
    first += not (is_named or link == "as")
    last = noun_end(s, first)
    more = ((first, last),) if last > first + (link == "as") else ()
    return Said("object-before", (head, *more), cue.end if link == "as" else first, (at, subject[1]))


def parted(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return "it" in "walked it back"."""
    is_parted = s.word(cue.end + 1) in cue.entry.particle and cue.end == cue.verb + 1
    return Said("words", ((cue.end, cue.end + 1),), cue.end, subject) if is_parted else None


def called(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return what is named in "what she calls “a leak in waiting”"."""
    before, first = subject[0] - 1, cue.end
    is_named = cue.entry.group == "names" or cue.entry.lemma == "describe"
    if s.word(before) != "what" or not is_named or s.tag(first + (s.word(first) == "as")) not in ("Q", "q"):
        return None
    first += s.word(first) == "as"
    return Said("object-before", ((before, before + 1), (first, first + 1)), cue.end, subject)


def quoted_words(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return words that name what is meant and stand in marks: "expressed “deep and lasting sorrow”"."""
    first, entry = cue.end, cue.entry
    if s.tag(first) != "Q" or "n" not in entry.governs or entry.strength == WEAK or entry.group == "names":
        return None
    return Said("words", ((first, noun_end(s, first)),), first, subject)


def _behind_thing(s: Sentence, subject: Items) -> int:
    """Return where the name begins in "a move | Quill said could", not in "the farmer Quill"."""
    places = range(subject[0] + 1, subject[1])
    is_name = (at for at in places if s.tag(at) == "CAP" and s.tag(at - 1) == "NN")
    return next((at for at in is_name if not is_person(s, at - 1)), -1)


def second_name(s: Sentence, subject: Items) -> int:
    """Return where in "an offer the mayor" the second name begins, or the first item."""
    if s.tag(subject[0]) == "SUB" or (s.tag(subject[0]) in ("DT", "NN") and _begins_name(s, subject[0])):
        return subject[0]
    if s.word(subject[0]) == "something":
        return subject[0] + 1
    places = range(subject[0] + 2, subject[1])
    # "the official News Agency reported", "the Kerrin vehicle released in": one name.
    summing = grammar()["summing up"]
    may_begin = (at for at in places if s.tag(at) != "CAP" or s.word(at - 1) in summing)
    begins = next((at for at in may_begin if _begins_name(s, at)), -1)
    # "a decision civil rights groups hailed"
    is_bare = begins < 0 and s.word(subject[0]) in ("a", "an") and is_person(s, subject[1] - 1)
    return next((at for at in places if is_bare and s.word(at - 1) in summing), begins)


def _begins_name(s: Sentence, at: int) -> bool:
    if s.tag(at - 1) != "NN" or is_person(s, at - 1):
        return False
    is_led = s.tag(at) in ("DT", "PS") and s.word(at) not in OWN
    return is_led or s.tag(at) == "CAP" or s.word(at) in grammar()["bare people"]
