"""Who is named before a verb: the words right before it, around an aside, or at the head of the sentence."""

from __future__ import annotations

from annotator.model.grammar import grammar
from annotator.nlp.attributions.sentences import VERBAL, Items, Sentence

NAMING = frozenset(("CAP", "NN", "NUM", "DT", "PS", "S", "q", "x", "OBJ"))
_MODIFIED = frozenset(("DT", "PS", "NN", "CAP", "CC", "NUM"))
_FRONT = frozenset(("CC", "RB", "TO", "x", ")", "VD"))
_ASIDES = frozenset(("DT", "CAP", "NN", "WH", "NUM", "VD", "VG", "IN", "RB", "PS", "S", "TO", "SC"))
_NAMING_ASIDES = frozenset(("DT", "CAP", "NN", "WH", "NUM", "VD", "S", "PS"))
_CLAUSE_EDGES = frozenset(("^", "Q", ";", ":", "SC", "CC", ".", "-", "(", ",", "RB", "VD", "VB"))
_JOINED_BY = frozenset(("along", "together", "like", "including", "at", "of", "from"))
OWN = ("'s", "’s", "'", "’")
_PARTIES = frozenset(("r-", "d-", "i-"))
_OPENING = frozenset(("the", "a", "an", "many", "some", "most", "few", "these", "those"))
_HALVES = frozenset(("half", "all", "both", "twice"))
_NOBODY = frozenset(("no", "neither", "nor", "none"))
_ABOUT = frozenset(("about", "around", "over", "under", "near", "up", "than"))
_ROUGHLY = frozenset(("nearly", "almost", "roughly"))
_MOST = 60
"""Items that are looked at."""


def subject_before(s: Sentence, verb: int) -> Items | None:
    """Return the words right before a verb that name who does it; `None` when others stand there."""
    at = _before_time(s, verb)
    if s.tag(at) == "VD" and at < verb - 1 and s.tag(at - 1) in ("NN", "CAP"):
        # "a report issued earlier this year"
        head = named(s, at - 1)
        return (head[0], verb) if head is not None else None
    tag = s.tag(at)
    if tag in ("SUB", "WH") or s.word(at) in ("nobody", "none", "that"):
        return _little_subject(s, at, verb)
    if tag == ")":
        opened = _opening(s, at)
        head = named(s, opened - 1) if opened > s.first else None
        return (head[0], at + 1) if head else None
    # "Quill, who wrote the song “It Leaks,” has said"
    is_title = tag == "Q" and s.tag(verb) == "AUX" and s.tag(at - 1) == "NN" and ends_with_comma(s, at)
    if tag in (",", "-") or is_title:
        return _around_aside(s, at)
    found = named(s, at)
    if found is None:
        return None
    found = _with_list(s, _with_town(s, found))
    return found if s.tag(verb + 1) == "," else _with_office(s, found)


def _before_time(s: Sentence, verb: int) -> int:
    """Return the last item before a verb that does not say when: "Quill | this week said"."""
    times = grammar()["time"]
    at = verb - 1
    while s.tag(at) == "RB" and s.word(at) in times:
        at -= 1
    if s.word(at) in times and s.word(at - 1) in ("this", "last", "next"):
        at -= 2
        while s.tag(at) == "RB" and s.word(at) in times:
            at -= 1
    return at


def _little_subject(s: Sentence, at: int, verb: int) -> Items | None:
    """Return "she", "who", "nobody", or what ends with one: "the farmer who built it"."""
    if s.word(at) == "that" and s.tag(at - 1) not in ("NN", "CAP"):
        return None
    if s.tag(at) == "SUB" and s.tag(at - 1) in VERBAL and _relative(s, at - 1) >= 0:
        head = named(s, at - 1)
        return (head[0], verb) if head is not None else None
    return (at, at + 1) if s.word(at) not in ("there", "whom") else None


def _with_office(s: Sentence, found: Items) -> Items:
    """Return "A farmer from Orla, Anna Quill" for "Anna Quill"."""
    comma = found[0] - 1
    if s.tag(comma) != "," or any(s.tag(at) != "CAP" for at in range(*found)):
        return found
    head = named(s, comma - 1)
    is_office = head is not None and s.word(head[0]) in ("a", "an") and s.tag(head[0] - 1) in ("^", "Q")
    is_time = s.word(comma - 1) in grammar()["time"]
    return (head[0], found[1]) if head is not None and is_office and not is_time else found


def _with_list(s: Sentence, found: Items) -> Items:
    """Return "her family, friends and neighbours" for "friends and neighbours"."""
    first = found[0]
    joined = [at for at in range(*found) if s.tag(at) == "CC"]
    while joined and s.tag(first) in ("NN", "CAP") and s.tag(first - 1) == ",":
        head = named(s, first - 2)
        if (
            head is None
            or s.tag(head[0] - 1) not in ("^", ",", "CC")
            or s.word(first - 2) in grammar()["time"]
        ):
            break
        first = head[0]
    return first, found[1]


def _with_town(s: Sentence, found: Items) -> Items:
    """Return "Quill of Orla, Ohio" for "Ohio"."""
    comma = found[0] - 1
    is_place = s.tag(comma) == "," and all(s.tag(at) == "CAP" for at in range(*found))
    town = next((at for at in range(comma - 1, comma - 4, -1) if s.tag(at) != "CAP"), comma - 1)
    if (
        not is_place
        or town == comma - 1
        or s.word(town) not in ("of", "from", "in")
        or s.tag(town - 1) != "CAP"
    ):
        return found
    head = named(s, comma - 1)
    return (head[0], found[1]) if head is not None and head[0] < town else found


def named(s: Sentence, last: int) -> Items | None:
    """Return the naming words that end with an item."""
    is_clause = s.tag(last) in VERBAL and _relative(s, last) >= 0
    if s.tag(last) not in NAMING and s.tag(last) not in ("VG", ")") and not is_clause:
        return None
    at, stop = last, max(s.first - 1, last - _MOST)
    while at > stop:
        before = _one_back(s, at, last)
        if before >= at:
            break
        at = before
    return _without_front(s, at + 1, last + 1)


def nearest(s: Sentence, verb: int) -> Items | None:
    """Return who is named last before a form in -ing: "a group demanding", not all that "from" joins."""
    found = subject_before(s, verb)
    if found is None:
        return _behind_with(s, verb)
    linked = (
        at for at in range(found[1] - 1, found[0], -1) if s.tag(at) in ("IN", "TO") and s.word(at) != "of"
    )
    return next(linked, found[0] - 1) + 1, found[1]


def _behind_with(s: Sentence, verb: int) -> Items | None:
    """Return who is named in "with Quill saying"."""
    first = verb
    while s.tag(first - 1) in NAMING:
        first -= 1
    return (first, verb) if first < verb and s.word(first - 1) == "with" else None


def _one_back(s: Sentence, at: int, last: int) -> int:
    """Return the item before this one if this one can be a part of a name, else this one."""
    tag = s.tag(at)
    if at < last and s.word(at) in _NOBODY:
        return at - 1
    if at < last and _opens_relative(s, at + 1):
        return at
    if tag in NAMING and (tag != "OBJ" or at == last):
        return at - 1
    is_verb = tag in VERBAL or (tag == "VG" and s.tag(at - 1) == "AUX")
    if tag == ")" or (is_verb and not _modifies(s, at)):
        opened = _opening(s, at) if tag == ")" else _relative(s, at)
        return opened - 1 if opened >= 0 else at
    if _joins(s, at, last):
        return at - 1
    # "the farmer who built it all"
    is_inside = tag in ("SUB", "OBJ") and s.tag(at - 1) in VERBAL
    opened = _relative(s, at - 1) if is_inside else -1
    return opened - 1 if opened >= 0 else at


def _opens_relative(s: Sentence, at: int) -> bool:
    """Tell whether a clause without "that" begins at an item: "the reason | Quill", "people | the mayor"."""
    if s.tag(at) == "DT":
        return s.word(at) in _OPENING and s.tag(at - 1) in ("NN", "CAP") and s.word(at - 1) not in _HALVES
    return s.tag(at) == "CAP" and s.word(at - 1) in grammar()["no persons"]


def _joins(s: Sentence, at: int, last: int) -> bool:
    """Tell whether a word that names nothing may stand between those that do."""
    tag = s.tag(at)
    if tag in ("IN", "TO", "CC"):
        is_pair = s.tag(at - 1) == s.tag(at + 1) == "IN"
        joins = (
            is_pair or (s.tag(at - 1) in NAMING and s.tag(at + 1) != "IN")
            if tag == "CC"
            else s.word(at) in grammar()["inside a name"]
        )
        return (joins and at < last) or is_about(s, at)
    if tag == "RB":
        is_inside = s.tag(at + 1) in ("NN", "VD") and s.tag(at - 1) in ("DT", "IN")
        return is_inside or _is_measure(s, at) or _is_kind(s, at)
    # "experts studying the dam"
    is_doing = tag == "VG" and s.tag(at - 1) in ("NN", "CAP") and at < last
    return is_doing or (tag in ("VD", "VG") and _modifies(s, at))


def _is_measure(s: Sentence, at: int) -> bool:
    """Tell "nearly half", "only three senators"."""
    return s.word(at) in _ROUGHLY or (s.word(at) in ("only", "just") and s.tag(at + 1) in ("NUM", "DT"))


def _modifies(s: Sentence, at: int) -> bool:
    """Tell a participle inside a name from a verb."""
    before, after = s.tag(at - 1), s.tag(at + 1)
    if s.tag(at) == "VD" and s.word(at + 1) in grammar()["time"] and s.tag(at + 2) == "IN":
        # "a report released Tuesday by the council"
        return before == "NN"
    if before not in _MODIFIED or after not in ("NN", "IN", "CAP", "VG", "TO"):
        return False
    return s.tag(at) != "VD" or before not in ("NN", "CAP") or after in ("IN", "TO")


def _relative(s: Sentence, verb: int) -> int:
    """Return where a relative clause that holds a verb begins, without commas: "officials who spoke to"."""
    is_infinitive = s.tag(verb - 1) == "TO"
    for at in range(verb - 1, max(s.first, verb - 12), -1):
        if s.tag(at) in (",", "Q", ";", ":", "."):
            return -1
        if is_infinitive and s.tag(at) == "VG" and s.tag(at - 1) in ("NN", "CAP"):
            # "members trying to win"
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
    if first < end and s.tag(first) == "IN" and not is_about(s, first):
        return _behind_place(s, first, end)
    if s.word(first - 1) == "that" and s.tag(first - 2) == "^" and s.tag(first) == "NN":
        # "That farmer said it leaks."
        first -= 1
    times = grammar()["time"]
    while first < end - 1 and s.word(first) in times and s.tag(first) != "DT" and not _is_kind(s, first):
        first += 1
    end = _without_time(s, first, end)
    return (first, end) if first < end else None


def _is_kind(s: Sentence, at: int) -> bool:
    """Tell "early results", "First lady Anna Quill", "retired Gen. Quill" from "first, Quill"."""
    word, after = s.word(at), s.tag(at + 1)
    return (word in ("first", "early", "late") and after == "NN") or (
        word in grammar()["having been"] and after in ("NN", "CAP")
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


def ends_with_comma(s: Sentence, quote: int) -> bool:
    """Tell whether the last mark inside a quotation is a comma."""
    inside = s.line.quotes[quote].inside[1]
    return s.line.text[inside - 1] == ","


def is_whole(s: Sentence, quote: int) -> bool:
    """Tell whether a quotation ends as a sentence or before a comma."""
    return s.line.text[s.line.quotes[quote].inside[1] - 1] in ",!?"


def is_amount(s: Sentence, at: int) -> bool:
    """Tell "at least 30 farmers", "about two thirds", "nearly half" from when and where."""
    if s.word(at) == "at":
        return s.word(at + 1) in ("least", "most")
    is_number = s.tag(at + 1) == "NUM" or s.word(at + 1) in grammar()["number"]
    return is_about(s, at) or (s.word(at) in (*_ROUGHLY, "only", "just") and is_number)


def is_about(s: Sentence, at: int) -> bool:
    """Tell "about two thirds of voters" from "about the voters"."""
    if s.word(at) not in _ABOUT:
        return False
    return s.tag(at + 1) == "NUM" or s.word(at + 1).partition("-")[0] in grammar()["number"]


def _behind_place(s: Sentence, first: int, end: int) -> Items | None:
    """Return what follows "in Ohio", "under the plan", when a second name can be told from the first."""
    joined = next((at for at in range(end - 1, first, -1) if s.tag(at) == "CC"), -1)
    opens = ("DT", "PS") if s.tag(first - 1) == "^" else ("DT", "PS", "NN", "CAP")
    if joined > 0 and s.tag(joined + 1) in opens and s.tag(joined - 1) == "NN":
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
    if tag == "DT":
        return before not in ("IN", "CC", "DT")
    if tag == "CAP":
        return before in ("NUM", "NN")
    return tag == "PS" and s.word(at) not in OWN and before != "IN"


def _opening(s: Sentence, closing: int) -> int:
    return next((at for at in range(closing - 1, max(s.first - 1, closing - 12), -1) if s.tag(at) == "("), -1)


def _around_aside(s: Sentence, at: int) -> Items | None:
    """Return who is named before an aside that ends right before a verb: "Quill, a farmer, said"."""
    head = _head_of_aside(s, at)
    if head is None:
        return None
    opened = head[1] + 1
    is_naming = s.tag(opened) in _NAMING_ASIDES or s.word(opened) in _JOINED_BY
    return (head[0], at + 1) if is_naming else head


def _head_of_aside(s: Sentence, at: int) -> Items | None:
    """Return who is named before the comma or dash that opens an aside, over a list or an aside inside it."""
    mark, head = "-" if s.tag(at) == "-" else ",", None
    for place in range(at - 1, max(s.first, at - _MOST), -1):
        if s.tag(place) in (";", ":", ".") or (
            s.tag(place) == "Q" and s.line.starts[at] - s.line.ends[place] > 1
        ):
            break
        if s.tag(place) == mark:
            found = named(s, place - 1)
            if found is not None and found[1] - found[0] == 1 and s.word(found[0])[:2] in _PARTIES:
                # "Sen. Anna Quill, R-Ohio,"
                continue
            if found is None or not _may_be_head(s, found, place, is_second=head is not None):
                if head is None and _is_place_name(s, place):
                    continue
                break
            head = found
            is_apposed = s.tag(found[0]) in ("NN", "NUM") or s.word(found[0]) in ("a", "an", "the", "one")
            if not is_apposed or s.tag(found[0] - 1) != mark:
                break
    return head


def _is_place_name(s: Sentence, comma: int) -> bool:
    """Tell the comma in "in Orla, Ohio," from one that ends who is named."""
    is_inside = s.tag(comma - 1) == "CAP" and s.tag(comma + 1) == "CAP"
    return is_inside and s.tag(comma + 2) in (",", "CAP") and s.find(",", comma + 1, 4) > 0


def _may_be_head(s: Sentence, found: Items, comma: int, *, is_second: bool) -> bool:
    before = s.tag(found[0] - 1)
    if before == "CAP" and s.word(found[0] - 1) in grammar()["time"]:
        before = ","
    if is_second and (s.tag(found[0]) not in ("CAP", "DT", "NN", "NUM") or before == "SC"):
        return False
    return before in _CLAUSE_EDGES and s.tag(comma + 1) in _ASIDES | {"CC"}


def group_start(s: Sentence, verb: int) -> int:
    """Return where the helpers and adverbs before a verb begin."""
    at = verb
    while s.tag(at - 1) in ("AUX", "RB", "NO"):
        at -= 1
    return at
