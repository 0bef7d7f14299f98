"""Which words name somebody: those that end with an item, without what stands before them by chance."""

from __future__ import annotations

from annotator.model.cue_lexicon import SURE, cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.people import is_person
from annotator.nlp.attributions.sentences import VERBAL, Items, Sentence

NAMING = frozenset(("CAP", "NN", "NUM", "DT", "PS", "S", "q", "x", "OBJ"))
_MODIFIED = frozenset(("DT", "PS", "NN", "CAP", "CC", "NUM"))
_FRONT = frozenset(("CC", "RB", "TO", "x", ")", "VD"))
OWN = ("'s", "’s", "'", "’")
_OPENING = frozenset(("the", "a", "an", "many", "some", "most", "few", "these", "those", "every", "each"))
_HALVES = frozenset(("half", "all", "both", "twice"))
_NOBODY = frozenset(("no", "neither", "nor", "none", "nobody"))
_NOT_ALL = frozenset(("everyone", "everybody", "all", "every", "many", "one", "a", "even"))
_POINTS = frozenset(("time", "point", "moment", "stage"))
_ABOUT = frozenset(("about", "around", "over", "under", "near", "up", "than"))
_ROUGHLY = frozenset(("nearly", "almost", "roughly"))
_COUNTING = _ROUGHLY | {"only", "just"}
_MOST = 60
"""Items that are looked at."""


def named(s: Sentence, last: int) -> Items | None:
    """Return the naming words that end with an item."""
    is_clause = s.tag(last) in VERBAL and relative_start(s, last) >= 0
    if s.tag(last) not in NAMING and s.tag(last) not in ("VG", ")") and not is_clause:
        return None
    at, stop = last, max(s.first - 1, last - _MOST)
    while at > stop:
        before = _one_back(s, at, last)
        if before >= at:
            break
        at = before
    return _without_front(s, at + 1, last + 1)


def _one_back(s: Sentence, at: int, last: int) -> int:
    """Return the item before this one if this one can be a part of a name, else this one."""
    tag = s.tag(at)
    if at < last and (s.word(at) in _NOBODY or _is_kind(s, at)):
        return at - 1
    if at < last and (_opens_clause(s, at + 1) or (tag in VERBAL and _says(s, at))):
        return at
    is_pointing = s.word(at) == "that" and s.tag(at + 1) == "NN"
    is_pointing = is_pointing and s.word(at - 1) in grammar()["inside a name"]
    if is_pointing or (tag in NAMING and (tag != "OBJ" or at == last)):
        # "nobody in that room"
        return at - 1
    is_verb = tag in VERBAL or (tag == "VG" and s.tag(at - 1) == "AUX")
    if tag == ")" or (is_verb and not _modifies(s, at)):
        opened = bracket_start(s, at) if tag == ")" else relative_start(s, at)
        # A bracket that opens a turn tells what is heard: "(laughs) My lawyer".
        least = s.first + 1 if tag == ")" else 0
        return opened - 1 if opened >= least else at
    if _joins(s, at, last):
        return at - 1
    # "the farmer who built it all"
    is_inside = tag in ("SUB", "OBJ") and s.tag(at - 1) in VERBAL
    opened = relative_start(s, at - 1) if is_inside else -1
    return opened - 1 if opened >= 0 else at


def _says(s: Sentence, verb: int) -> bool:
    """Tell "who said | farmers", behind which a clause begins, from "who saw farmers"."""
    forms = cue_lexicon().verbs.get(s.word(verb), ()) if s.tag(verb - 1) == "WH" else ()
    return any(one.strength == SURE and "s" in one.governs and one.lemma != "write" for _, one in forms)


def _opens_clause(s: Sentence, at: int) -> bool:
    """Tell whether a clause without "that" begins at an item: "the reason | Quill", "people | the mayor"."""
    tag = s.tag(at)
    if tag == "DT":
        return s.word(at) in _OPENING and s.tag(at - 1) in ("NN", "CAP") and s.word(at - 1) not in _HALVES
    # "allegations | Quill says are false"
    is_noun = s.tag(at - 1) == "NN" and s.word(at - 1).endswith("s")
    is_said = is_noun and s.word(at - 1) in cue_lexicon().nouns
    return tag == "CAP" and (is_said or s.word(at - 1) in grammar()["no persons"])


def _joins(s: Sentence, at: int, last: int) -> bool:
    """Tell whether a word that names nothing may stand between those that do."""
    tag = s.tag(at)
    if s.word(at) == "behind" and s.word(at - 1) in ("weight", "support"):
        # "put its weight behind the mayor's claim"
        return False
    if tag in ("IN", "TO", "CC"):
        if s.word(at) == "but" and s.tag(at - 1) in ("NN", "CAP") and s.tag(at + 1) in ("DT", "PS", "CAP"):
            # "a draft that it pursued but the council refused"
            return False
        is_pair = s.tag(at - 1) == s.tag(at + 1) == "IN"
        joins = (
            is_pair or (s.tag(at - 1) in NAMING and s.tag(at + 1) != "IN")
            if tag == "CC"
            else s.word(at) in grammar()["inside a name"]
        )
        return (joins and at < last) or is_about(s, at)
    if s.word(at) == "as" and s.word(at - 1) in ("name", "such"):
        # "a farmer who gave her name as Anna", "firms such as Kerrin"
        return at < last
    if tag == "RB":
        is_inside = s.tag(at + 1) in ("NN", "VD") and s.tag(at - 1) in ("DT", "IN")
        return is_inside or _is_measure(s, at) or _is_kind(s, at)
    # "experts studying the dam"
    # "the envoy for closing the dam"
    is_for = s.word(at - 1) == "for" and s.tag(at - 2) == "NN" and is_person(s, at - 2)
    is_doing = tag == "VG" and (s.tag(at - 1) in ("NN", "CAP") or is_for) and at < last
    return is_doing or (tag in ("VD", "VG") and _modifies(s, at))


def _is_measure(s: Sentence, at: int) -> bool:
    """Tell "nearly half", "only three senators"."""
    return s.word(at) in _ROUGHLY or (s.word(at) in ("only", "just") and s.tag(at + 1) in ("NUM", "DT"))


def _modifies(s: Sentence, at: int) -> bool:
    """Tell a participle inside a name from a verb."""
    before, after = s.tag(at - 1), s.tag(at + 1)
    if s.word(at) == "said":
        return False
    times = grammar()["time"]
    day = at + 1 + (s.word(at + 1) == "this")
    if s.tag(at) == "VD" and s.word(day) in times:
        # "a report released Tuesday by the council", "a study published last month by", "this month by"
        return before == "NN" and s.tag(day + 1 + (s.word(day + 1) in times)) == "IN"
    if before not in _MODIFIED or after not in ("NN", "IN", "CAP", "VG", "TO"):
        return False
    return s.tag(at) != "VD" or before not in ("NN", "CAP") or after in ("IN", "TO")


def relative_start(s: Sentence, verb: int) -> int:
    """Return where a relative clause that holds a verb begins, without commas: "officials who spoke to"."""
    is_infinitive = s.tag(verb - 1) == "TO"
    for at in range(verb - 1, max(s.first, verb - 12), -1):
        if s.tag(at) in (",", "Q", ";", ":", "."):
            return -1
        if is_infinitive and s.tag(at) == "VG" and s.tag(at - 1) in ("NN", "CAP"):
            # "members trying to win"
            return at
        is_led = s.tag(at - 1) in ("NN", "CAP") and s.word(at + 1) == "to"
        if is_infinitive and is_led and s.word(at) in grammar()["held"]:
            # "farmers believed to be loyal"
            return at
        if s.tag(at) == "WH" or (s.word(at) == "that" and s.tag(at + 1) in ("VB", "VD", "AUX", "RB")):
            return at if s.tag(at - 1) in ("NN", "CAP", "DT", "PS") else -1
    return -1


def _without_front(s: Sentence, first: int, end: int) -> Items | None:
    """Cut off what does not belong to who is named: joining words, when and where."""
    is_worried = s.tag(first) == "VD" and s.tag(first - 1) == "^" and s.tag(first + 1) == "NN"
    while (
        first < end
        and s.tag(first) in _FRONT
        and not (is_worried or _is_measure(s, first) or _is_kind(s, first))
    ):
        first += 1
    if first < end and s.tag(first) == "IN" and not is_amount(s, first):
        return _behind_place(s, first, end)
    if s.word(first - 1) == "that" and s.tag(first - 2) == "^" and s.tag(first) == "NN":
        # "That farmer said it leaks."
        first -= 1
    if s.word(first) in _POINTS and s.word(first - 1) == "that" and s.word(first - 2) == "at":
        # "At that time farmers"
        first += 1
    times = grammar()["time"]
    opened = first
    while first < end - 1 and s.word(first) in times and s.tag(first) != "DT" and not _is_kind(s, first):
        first += 1
    if first > opened and s.tag(first) == "PS":
        # "last month's vote is expected"
        first = opened
    is_not = s.word(first - 1) == "not" and s.word(first) in _NOT_ALL and s.tag(first - 2) not in VERBAL
    if is_not or (s.word(first - 1) == "at" and s.word(first) in ("least", "most")):
        first -= 1
    end = _without_time(s, first, end)
    return (first, end) if first < end else None


def _is_kind(s: Sentence, at: int) -> bool:
    """Tell "early results", "First lady Anna Quill", "retired Gen. Quill" from "first, Quill"."""
    word = s.word(at)
    return (word in ("first", "early", "late") and s.tag(at + 1) == "NN") or (
        word in grammar()["having been"] and s.tag(at + 1) in ("NN", "CAP")
    )


def _without_time(s: Sentence, first: int, end: int) -> int:
    """Cut off when it was said: "Quill Sunday night recounted", "the candidates on Saturday said"."""
    times = grammar()["time"]
    last = end
    while last - 1 > first and s.word(last - 1) in times and s.tag(last - 1) in ("CAP", "NN"):
        last -= 1
    if last < end and last - 1 > first and s.word(last - 1) in ("on", "in", "this", "last"):
        return last - 1
    return last if last < end and s.tag(last) == "CAP" and s.tag(last - 1) not in ("DT", "IN", "PS") else end


def is_amount(s: Sentence, at: int) -> bool:
    """Tell "at least 30 farmers", "about two thirds", "nearly half" from when and where."""
    word = s.word(at)
    if word == "at":
        return s.word(at + 1) in ("least", "most")
    if word == "up" and s.word(at + 1) == "to":
        return s.tag(at + 2) == "NUM"
    if word in _ABOUT:
        return is_about(s, at)
    return word in _COUNTING and (s.tag(at + 1) == "NUM" or s.word(at + 1) in grammar()["number"])


def is_about(s: Sentence, at: int) -> bool:
    """Tell "about two thirds of voters" from "about the voters"."""
    if s.word(at) not in _ABOUT:
        return False
    return s.tag(at + 1) == "NUM" or s.word(at + 1).partition("-")[0] in grammar()["number"]


def _behind_place(s: Sentence, first: int, end: int) -> Items | None:
    """Return what follows "in Ohio", "under the plan", when a second name can be told from the first."""
    joined = next((at for at in range(end - 1, first, -1) if s.tag(at) == "CC"), -1)
    opens = ("DT", "PS") if s.tag(first - 1) == "^" else ("DT", "PS", "NN", "CAP")
    if joined > 0 and s.tag(joined + 1) in opens:
        return (joined + 1, end)
    behind = _behind_time(s, first, end)
    if behind < end:
        return (behind, end)
    seen = False
    for at in range(first + 1, end):
        if seen and _opens_name(s, at):
            return (at, end)
        seen = seen or s.tag(at) in ("NN", "CAP", "NUM", "OBJ")
    return None


def _behind_time(s: Sentence, first: int, end: int) -> int:
    """Return where a name begins behind "at the time", "in recent years", "last September", or the end."""
    times = grammar()["time"]
    at = next((one for one in range(first + 1, min(first + 5, end)) if _is_time(s, one)), end)
    while at < end and (_is_time(s, at) or s.tag(at) == "NUM"):
        at += 1
    is_name = at < end and s.tag(at) in ("CAP", "NN", "DT", "PS") and s.word(at) not in OWN
    return at if is_name and s.word(at) not in times else end


def _is_time(s: Sentence, at: int) -> bool:
    word = s.word(at)
    return word in grammar()["time"] or word in ("time", "years", "days", "weeks", "months", "hours")


def _opens_name(s: Sentence, at: int) -> bool:
    """Tell whether another name begins at an item, right after one."""
    tag, before = s.tag(at), s.tag(at - 1)
    if s.word(at) in _NOBODY and s.word(at + 1) == "of":
        # "for years none of the farmers"
        return True
    if tag == "DT":
        return before not in ("IN", "CC", "DT")
    if tag == "CAP":
        return before in ("NUM", "NN")
    return tag == "PS" and s.word(at) not in OWN and before != "IN"


def bracket_start(s: Sentence, closing: int) -> int:
    """Return where the bracket opens that closes at an item, or -1."""
    return next((at for at in range(closing - 1, max(s.first - 1, closing - 25), -1) if s.tag(at) == "("), -1)
