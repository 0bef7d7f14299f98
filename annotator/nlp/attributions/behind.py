"""What stands behind a verb beside what is said: who is named there, to whom it is said, when and where."""

from __future__ import annotations

from collections.abc import Sequence, Set

from annotator.model.grammar import grammar
from annotator.nlp.attributions.clauses import finite_behind
from annotator.nlp.attributions.naming import NAMING, OWN, is_amount
from annotator.nlp.attributions.sentences import VERBAL, Items, Sentence

_MOST = 60
_LEAST = 3
_LINKING = frozenset(("of", "for", "from", "at", "with", "in", "to", "on"))
_PLACING = frozenset(("in", "on", "at", "to"))
_APPOSED = frozenset(("DT", "NN", "WH", "CAP", "NUM", "PS", "S"))
_CUTS_ASIDE = frozenset(("in", "during", "on", "after", "when", "while", "as", "told"))
_HEARD_ENDS = frozenset(("SC", "Q", ",", ":", ".", "SUB", "VB", "VD", "AUX", "TO", "-"))
_ALONE = frozenset(("another", "others", "some", "many", "one", "both", "most", "all"))
"""Little words that name somebody by themselves: "said another"."""
SPANS = frozenset(("years", "months", "weeks", "days", "decades", "hours"))
"""Spans of time."""
_VOTED = frozenset(("voted", "votes", "vote", "voting", "ruled", "ruling"))
_MAY_SAY_WHEN = frozenset(("NUM", "DT", "RB", "CAP", "NN", "IN", "SC", "TO"))
_TOLD = frozenset(("DT", "PS", "CAP", "NUM", "NO", "NN"))
_SAID = ("that", "whether", "why")
_SO_FAR = frozenset((("for", "now"), ("to", "date"), ("at", "present")))
_BEGINNING = frozenset(("DT", "PS", "SUB"))
_NEAR = 6
_PLACE_ENDS = frozenset((",", ":", ".", "^"))
_SEATS = frozenset(("capital", "city", "town", "village"))
_CLAUSES_OF_TIME = frozenset(("as", "when", "while", "after", "before"))


def subject_after(s: Sentence, first: int, *, is_bare: bool = False) -> Items | None:
    """Return who is named from an item on: "said Quill, a farmer from Ohio"; `is_bare` stops at a comma."""
    tag = s.tag(first)
    if tag in ("SUB", "WH"):
        return (first, first + 1)
    # "said retired Captain Quill", "tweeted @OrlaFarmer"
    is_named = s.word(first) in grammar()["having been"] and s.tag(first + 1) in ("NN", "CAP")
    is_named |= s.word(first) == "@" and s.tag(first + 1) == "CAP"
    if tag not in ("CAP", "NN", "DT", "PS", "NUM", "q") and not is_named:
        return None
    end = _name_end(s, first + is_named)
    if end == first:
        return None
    while not is_bare and s.tag(end) == "," and end - first < _MOST:
        closed = _apposition_end(s, end + 1)
        if closed < 0:
            break
        end = closed
    return (first, end)


def _apposition_end(s: Sentence, opened: int) -> int:
    """Return where an apposition ends, or -1."""
    tag = s.tag(opened)
    is_home = s.word(opened) in ("of", "from") and s.tag(opened - 2) == "NUM"
    # "Dr Anna Quill, of the University of Orla", but "said Quill, of the dam"
    is_named = s.tag(opened + 1 + (s.tag(opened + 1) == "DT")) == "CAP"
    is_home |= s.word(opened) == "of" and s.tag(opened - 2) == "CAP" and is_named
    if tag not in _APPOSED and s.word(opened) != "and" and not is_home:
        return -1
    closed = _aside_end(s, opened)
    is_main = tag == "CAP" and s.tag(closed) in VERBAL
    is_main |= s.tag(closed) in (".", "^") and is_clause(s, opened, closed, ("AUX",))
    return closed if closed > opened and not is_main else -1


def is_clause(s: Sentence, first: int, end: int, verbs: Sequence[str] = ("AUX", "VB")) -> bool:
    """Tell a clause with its verb from an aside: no "who" or "as" stands before its helper."""
    for at in range(first, end):
        if s.tag(at) in ("WH", "SC", "VD") or s.word(at) == "whose":
            return False
        if s.tag(at) in verbs:
            return True
    return False


def _name_end(s: Sentence, first: int) -> int:
    at = first
    while at < s.end and at - first < _MOST:
        if s.tag(at) == "WH" and at > first:
            return _aside_end(s, at)
        after = _one_on(s, at, first)
        if after <= at:
            break
        at = after
    if at == first + 1 and s.word(first) in _ALONE:
        return at
    # "a mother of three"
    is_counted = s.word(at - 1) in grammar()["number"] and s.word(at - 2) == "of"
    while at > first and s.tag(at - 1) in ("IN", "CC", "DT", "TO") and not is_counted:
        at -= 1
    return at


def _one_on(s: Sentence, at: int, first: int) -> int:
    """Return the item behind this one if this one can be a part of a name, else this one."""
    tag, word = s.tag(at), s.word(at)
    if tag == "(":
        return s.find(")", at, 12) + 1
    if tag in NAMING:
        is_time = word in grammar()["time"] and tag != "DT" and at > first and s.tag(at - 1) != "DT"
        # "photographs seen by Quill | appear to show"
        is_time |= word in grammar()["linking"] and s.tag(at + 1) == "TO" and at > first
        if (
            is_time
            and tag == s.tag(at - 1) == s.tag(at + 1) == "CAP"
            and s.word(at + 1) in grammar()["outlets"]
        ):
            # "the Orla Evening News"
            return at + 1
        return at if is_time else at + 1
    if tag in ("IN", "TO"):
        is_part = word in _LINKING and (word not in _PLACING or is_place(s, at))
        return at + 1 if is_part else at
    if tag == "CC":
        return at + 1 if s.tag(at + 1) in NAMING else at
    is_modifier = tag in ("VG", "VD") and s.tag(at + 1) in ("NN", "CAP") and at > first
    return at + 1 if is_modifier else at


def is_place(s: Sentence, at: int) -> bool:
    """Tell a place that belongs to a name ("mayor in Ohio") from when and where it was said."""
    words = grammar()
    if s.word(at + 1) in words["time"] or s.tag(at + 1) in ("PS", "NUM", "OBJ"):
        return False
    if s.tag(at + 1) == "DT":
        near = {s.word(at + step) for step in range(2, 7)}
        return s.word(at) in ("at", "to") and not near & words["medium"] and not near & words["time"]
    return s.tag(at + 1) == "CAP"


def says_when(s: Sentence, at: int) -> bool:
    """Tell "on Monday", "in an interview" from "an expert on dams in the ministry"."""
    words = grammar()
    near = {s.word(at + step) for step in range(1, 5)}
    return bool(near & words["medium"] or near & words["time"])


def _aside_end(s: Sentence, first: int) -> int:
    at = first
    while at < s.end and s.tag(at) not in (",", ".", "Q", ";", ":", "-") and at - first < _MOST:
        if s.tag(at + 1) == "Q" and s.word(at) == "of":
            # "author of “The Dam at Night,”"
            return _aside_end(s, at + 2) if s.tag(at + 2) == "WH" else at + 2
        is_cut = at > first and s.word(at) in _CUTS_ASIDE and s.tag(first) != "WH"
        if is_cut and (s.word(at) not in ("in", "on") or says_when(s, at)):
            break
        at += 1
    return at


def heard(s: Sentence, at: int) -> Items | None:
    """Return to whom it is said, when that stands here: "told reporters that"."""
    tag = s.tag(at)
    is_her = tag == "PS" and s.word(at) == "her" and s.tag(at + 1) not in ("NN", "CAP")
    if tag in ("OBJ", "SUB") or is_her:
        return (at, at + 1)
    is_described = tag in ("VD", "VG") and s.tag(at + 1) == "NN"
    if tag not in ("CAP", "NN", "DT", "PS", "NUM") and not is_described:
        return None
    stop = at + 1
    while stop < s.end and stop - at < 16 and (not _ends_heard(s, stop) or _lists_names(s, stop)):
        stop += 1
    return (at, stop)


def _lists_names(s: Sentence, comma: int) -> bool:
    """Tell the comma of "told the Herald, Reuters and Orla Radio" from one that ends to whom."""
    at = comma + 1
    while s.tag(comma) == "," and s.tag(at) in ("CAP", ","):
        at += 1
    return at > comma + 1 and s.word(at) == "and" and s.tag(at + 1) == "CAP"


def _ends_heard(s: Sentence, at: int) -> bool:
    tag = s.tag(at)
    if tag == "CAP" and s.tag(at - 1) == "DT" and s.word(at + 1) in grammar()["outlets"]:
        # "told the Sunday Globe"
        return False
    # "told Radio 4's Today programme"
    is_named = s.tag(at - 1) == "PS" and s.line.text[s.line.starts[at]].isupper()
    if tag in _HEARD_ENDS or (s.word(at) in grammar()["time"] and not is_named):
        return True
    if tag == "DT" or (tag == "PS" and s.word(at) not in OWN):
        return s.tag(at - 1) not in ("IN", "CC", "DT")
    if tag == "IN":
        return s.word(at) not in ("of", "for", "from")
    return tag == "CAP" and s.tag(at - 1) == "NN" and s.word(at - 1) in grammar()["bare people"]


def skip_when(s: Sentence, first: int) -> int:
    """Return the first item behind words that only say when, where or how."""
    at = first
    while at < s.end:
        after = _skip_one(s, at)
        if after <= at:
            break
        at = after
    # "told reporters | this year's forecast"
    is_owner = at > first and s.word(at) in ("'s", "’s") and s.tag(at) == "PS"
    return first if is_owner else at


def over_place(s: Sentence, at: int) -> int:
    """Return the item behind "in Orla, Ohio," or before the colon there, else the item itself."""
    if s.tag(at) != ",":
        return at
    is_town = s.tag(at - 1) == "CAP" or s.word(at - 1) in _SEATS
    end = at + 1
    while s.tag(end) == "CAP" and s.word(end).rstrip(".") not in grammar()["time"]:
        end += 1
    if not is_town or end == at + 1 or s.tag(end) not in _PLACE_ENDS:
        return at
    return end + (s.tag(end) == "," and s.tag(end + 1) != "Q")


def is_day(s: Sentence, at: int) -> bool:
    """Tell "Monday" or "on Monday" where a clause ends."""
    day = at + (s.word(at) == "on")
    return _names_day(s, day) and s.tag(day + 1) in (".", "^", ",", "SC")


def is_told_day(s: Sentence, first: int, behind: int) -> bool:
    """Tell "Monday the dam leaks", said on that day, from "Monday's rain" and "Monday will be dry"."""
    is_day_named = _names_day(s, first + (s.word(first) in ("late", "early")))
    # "said last week the dam would leak"
    is_span_named = s.word(behind - 2) in ("last", "this") and s.word(behind - 1) in ("week", "month")
    is_begun = (s.tag(behind) in _TOLD and s.word(behind)[:1].isalpha()) or is_amount(s, behind)
    return (is_day_named or is_span_named) and is_begun and finite_behind(s, behind)


def _names_day(s: Sentence, at: int) -> bool:
    return s.tag(at) == "CAP" and s.word(at).endswith("day") and s.word(at) in grammar()["time"]


def skip_topic(s: Sentence, first: int) -> int:
    """Return the item behind "of Congress" in "said of Congress:", when what is said follows."""
    end = _phrase_end(s, first + 1) if s.word(first) in ("of", "about") else first
    follows = s.tag(end) == ":" or s.word(end) == "that" or (s.tag(end) == "," and s.tag(end + 1) == "Q")
    return end if follows else first


def _skip_one(s: Sentence, at: int) -> int:
    tag = s.tag(at)
    if tag in ("NUM", "DT") and s.word(at + 2) == "ago":
        # "two weeks ago"
        return at + 3
    if s.word(at) in SPANS and s.word(at + 1) == "ago":
        return at + 2
    if tag not in _MAY_SAY_WHEN:
        return at
    if tag == s.tag(at + 2) == "NUM" and (s.tag(at + 1) == "-" or s.word(at + 1) == "to"):
        # "voted 5-2 to close it"
        return at + 3 if s.word(at - 1) in _VOTED else at
    return at if is_amount(s, at) else _behind_one(s, at)


def _behind_one(s: Sentence, at: int) -> int:
    times = grammar()["time"]
    tag, word = s.tag(at), s.word(at)
    if tag == "RB" or (word in times and tag in ("CAP", "NN", "IN", "NUM")):
        return at + 1
    if tag == "NUM":
        return at + 1 if s.word(at - 1).rstrip(".") in times else at
    if tag == "DT":
        return at + 2 if s.word(at + 1) in times else at
    if tag == "SC":
        return _clause_of_time(s, at) if word in _CLAUSES_OF_TIME else at
    return _behind_phrase(s, at) if tag in ("IN", "TO") else at


def _behind_phrase(s: Sentence, at: int) -> int:
    """Return the item behind "in a statement", "for years", "for the last three weeks"."""
    if s.word(at) in ("on", "under") and s.word(at + 1) == "condition" and s.word(at + 3) == "anonymity":
        return at + 4
    if (s.word(at), s.word(at + 1)) in _SO_FAR:
        return at + 2
    if s.word(at) == "for":
        if s.word(at + 1) == "the" and s.word(at + 3) == "time":
            # "for the first time"
            return at + 4
        return next((one + 1 for one in range(at + 1, at + 5) if s.word(one) in SPANS), at)
    end = _phrase_end(s, at + 1) if s.word(at) not in ("of", "about", "than") else at
    return before_subject(s, at, end, grammar()["medium"]) if end > at + 1 else at


def before_subject(s: Sentence, first: int, end: int, nouns: Set[str]) -> int:
    """Return where "in a statement" ends in "said in a statement farmers would leave", else `end`."""
    if s.tag(end) not in VERBAL or end - first < _LEAST:
        return end
    at = next((at for at in range(end - 1, first, -1) if s.word(at) in nouns), end)
    who = at + 1
    is_many = s.tag(who) == "NN" and s.word(who).endswith("s")
    is_who = is_many or (s.tag(who) == "CAP" and s.word(who).rstrip(".") not in grammar()["time"])
    return who if who < end and is_who and s.tag(at) == "NN" and finite_behind(s, who) else end


def _clause_of_time(s: Sentence, at: int) -> int:
    # "asked him after the talk | why it leaks", but "did not say when asked whether it leaks"
    stops = _SAID if s.word(at) in ("after", "before") else ("that",)
    end = at + 1
    while end < s.end and s.tag(end) not in (",", ".", "Q", ";", ":", "-") and s.word(end) not in stops:
        if end > at + 2 and len(stops) > 1 and s.tag(end) in _BEGINNING and _begins_behind(s, at, end):
            break
        end += 1
    return end


def _begins_behind(s: Sentence, first: int, at: int) -> bool:
    """Tell "said after the vote | he would leave" from "said after the vote he lost"."""
    helper = next((one for one in range(at + 1, at + _NEAR) if s.tag(one) not in NAMING), at)
    is_whole = s.tag(helper) == "AUX" and s.tag(at - 1) in ("NN", "CAP", "NUM")
    return is_whole and s.word(at) not in OWN and not s.has_verb(first, at)


def _phrase_end(s: Sentence, first: int) -> int:
    at = first
    while at < s.end and at - first < 14 and _is_in_phrase(s, at, first):
        at += 1
    while at > first and s.tag(at - 1) in ("IN", "CC", "TO"):
        at -= 1
    return at


def _is_in_phrase(s: Sentence, at: int, first: int) -> bool:
    tag, before = s.tag(at), s.tag(at - 1)
    if tag in ("DT", "PS"):
        return at == first or before in ("IN", "TO", "CC", "DT", "PS") or s.word(at) in ("'s", "’s")
    if tag == "CAP":
        is_time = s.word(at).rstrip(".") in grammar()["time"]
        return at == first or before not in ("NN", "NUM") or is_time
    if tag == "CC":
        return s.tag(at + 1) in NAMING
    if tag == "RB":
        # "in a long letter"
        return before == "DT" and s.tag(at + 1) == "NN"
    return tag in ("NN", "NUM", "OBJ", "q", "S", "VG", "IN", "TO")
