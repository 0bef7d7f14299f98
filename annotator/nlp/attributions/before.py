"""Who is named before a verb: the words right before it, around an aside, or at the head of the sentence."""

from __future__ import annotations

from annotator.model.cue_lexicon import cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.behind import is_clause, says_when
from annotator.nlp.attributions.naming import bracket_start, named, relative_start
from annotator.nlp.attributions.people import is_person
from annotator.nlp.attributions.sentences import HELPING, VERBAL, Items, Sentence
from annotator.nlp.attributions.subject_edges import (
    behind_with,
    ends_aside,
    named_by,
    with_list,
    with_town,
    without_medium,
    without_time,
)
from annotator.nlp.lexicons import lexicon

_ASIDES = frozenset(("DT", "CAP", "NN", "WH", "NUM", "VD", "VG", "IN", "RB", "PS", "S", "TO", "SC"))
_NAMING_ASIDES = frozenset(("DT", "CAP", "NN", "WH", "NUM", "VD", "S", "PS"))
_CLAUSE_EDGES = frozenset(("^", "Q", ";", ":", "SC", "CC", ".", "-", "(", ",", "RB", "VD", "VB"))
_MOSTLY = frozenset(("especially", "particularly", "notably"))
_JOINED_BY = frozenset(("along", "together", "like", "including", "at", "of", "from"))
_PARTIES = frozenset(("r-", "d-", "i-"))
_ASKED = frozenset(("polled", "surveyed", "interviewed"))
_RECORDED = frozenset(("clip", "video", "footage", "recording", "tape", "audio"))
_YEAR = 4
"""Digits of a year."""
_LONG = 3
_MOST = 60
"""Items that are looked at."""


def subject_before(s: Sentence, verb: int) -> Items | None:
    """Return the words right before a verb that name who does it; `None` when others stand there."""
    at = _before_time(s, verb)
    word = s.word(at)
    is_asked = word in _ASKED
    # "a poll out this week"
    is_out = s.word(at + 1) == "out" and at + 1 < verb - 1
    if is_out or (s.tag(at) == "VD" and (at < verb - 1 or is_asked) and s.tag(at - 1) in ("NN", "CAP")):
        # "a report issued earlier this year", "half of those polled"
        head = named(s, at if is_out else at - 1)
        return (head[0], verb) if head is not None else None
    # "residents there said", "farmers outside said"
    at -= word in ("here", "there", "outside") and s.tag(at - 1) in ("NN", "CAP")
    # "a report from today says"
    at -= s.word(at) == "from" and at < verb - 1
    tag = s.tag(at)
    if tag in ("SUB", "WH") or s.word(at) in ("nobody", "none", "that"):
        return _little_subject(s, at, verb)
    if tag == ")":
        opened = bracket_start(s, at)
        head = named(s, opened - 1) if opened > s.first else None
        return (head[0], at + 1) if head else None
    # "Quill, who wrote the song “It Leaks,” has said"
    is_title = tag == "Q" and s.tag(verb) == "AUX" and s.tag(at - 1) == "NN" and ends_with(s, at, ",")
    if tag in (",", "-") or is_title or (tag == "Q" and ends_aside(s, at)):
        return _around_aside(s, at)
    found = (named_by(s, at) if tag in ("q", "Q") else None) or named(s, at)
    if found is None or _is_mere_day(s, found):
        return None if found is None else subject_before(s, found[0])
    found = without_time(s, _without_object(s, _with_pronoun(s, found)))
    found = without_medium(s, found) if found[1] - found[0] > _LONG else found
    found = _with_doing(s, with_list(s, with_town(s, found)), verb)
    found = found if s.tag(verb + 1) == "," else _with_holder(s, found)
    return found if s.tag(verb + 1) == "," else _with_office(s, found)


def _with_pronoun(s: Sentence, found: Items) -> Items:
    """Return "She and others" for "others", "Hale, who built it, and Quill" for "Quill"."""
    if s.word(found[0] - 1) != "and":
        return found
    is_pair = s.word(found[0] - 2) in ("he", "she", "they", "we", "i")
    if s.tag(found[0] - 2) == ",":
        head = _head_of_aside(s, found[0] - 2)
        is_told = head is not None and s.tag(head[1] + 1) == "WH"
        # "Hale, who built it, and Quill said"
        return (head[0], found[1]) if head is not None and is_told and s.tag(head[0] - 1) == "^" else found
    opens = s.tag(found[0] - 3) in ("^", "Q", ",", ";", ":", "SC", "CC")
    return (found[0] - 2, found[1]) if is_pair and opens else found


def _is_mere_day(s: Sentence, found: Items) -> bool:
    """Tell "on Tuesday" in "The farmer whose barn burned last week on Tuesday denied" from a name."""
    return s.word(found[0]) == "on" and s.word(found[0] + 1).rstrip(".") in grammar()["time"]


def _with_doing(s: Sentence, found: Items, verb: int) -> Items:
    """Return "leading farmers" for "farmers" in "The dam leaks, leading farmers said."."""
    first = found[0] - 1
    is_last = s.tag(verb + 1) in (".", "^") and s.tag(first - 1) == ","
    return (first, found[1]) if is_last and s.tag(first) == "VG" and s.tag(first + 1) == "NN" else found


def _takes_clause(s: Sentence, verb: int) -> bool:
    """Tell a verb that a clause may follow: "said", "found"."""
    forms = cue_lexicon().verbs.get(s.word(verb), ())
    return any("s" in one.governs and not one.particle for _, one in forms)


def _without_object(s: Sentence, found: Items) -> Items:
    """Return "officials" for "the house and officials" in "searched the house and officials said"."""
    verb = found[0] - 1
    # "pleaded guilty and his lawyer says"
    is_plea = s.word(found[0]) == "guilty"
    is_object = s.tag(verb) in ("VB", "VD") and not _takes_clause(s, verb)
    if s.tag(verb) == "AUX" and s.tag(found[0]) == "NN" and s.tag(found[0] + 1) == "CC":
        # "said the dam was old and Quill said it leaks"
        return found[0] + 2, found[1]
    if not (is_object or is_plea or s.word(verb) == "as"):
        return found
    joined = next((at for at in range(found[1] - 1, found[0], -1) if s.tag(at) == "CC"), verb)
    is_led = is_plea or s.tag(joined + 1) == "DT" or (s.word(verb) != "as" and is_person(s, found[1] - 1))
    return (joined + 1, found[1]) if is_led else found


def _before_time(s: Sentence, verb: int) -> int:
    """Return the last item before a verb that does not say when: "Quill | this week said"."""
    times = grammar()["time"]
    at = verb - 1
    while s.tag(at) == "RB" and s.word(at) in times:
        at -= 1
    word = s.word(at)
    if not (word in times or word.isdigit() or word.rstrip(".") in times):
        return at
    if word in times and s.tag(at - 1) == "IN" and s.tag(at - 2) == "WH":
        # "the council, which on Sunday said"
        return at - 2
    day = at - word.isdigit()
    is_time = s.word(day).rstrip(".") in times
    if is_time and s.tag(day) == "CAP":
        # "a poll released Monday shows", "a poll out on Monday shows"
        done = day - 1 - (s.word(day - 1) == "on")
        is_done = s.tag(done) == "VD" and s.tag(done - 1) in ("NN", "CAP")
        if is_done or (s.word(done) == "out" and s.tag(done - 1) == "NN"):
            return done - (s.word(done) == "out")
    if is_time and s.word(day - 1) == "on" and s.tag(day - 2) == ",":
        # "the mayor, Anna Quill, on Oct. 17 announced"
        return day - 2
    if word in times and s.word(at - 1) in ("this", "last", "next"):
        at -= 2
        while s.tag(at) == "RB" and s.word(at) in times:
            at -= 1
        # "a poll out this week finds"
        at -= s.word(at) == "out" and s.tag(at - 1) == "NN"
    return at


def before_when(s: Sentence, end: int) -> int:
    """Return where words begin that say when right before an item: "on Monday", "in May 2013"; else that."""
    at = end - 1
    is_year = s.tag(at) == "NUM" and len(s.word(at)) == _YEAR and s.word(at).isdigit()
    at -= is_year
    word = s.word(at).rstrip(".")
    is_time = s.tag(at) in ("CAP", "NN") and (word == "may" or word in grammar()["time"])
    at -= is_time
    at -= is_time and s.word(at) in ("this", "last", "next", "that", "the")
    is_led = s.word(at) in ("in", "on", "since", "during")
    return at + (not is_led) if is_time or (is_year and is_led) else end


def _little_subject(s: Sentence, at: int, verb: int) -> Items | None:
    """Return "she", "who", "nobody", or what ends with one: "the farmer who built it"."""
    if s.word(at) == "that" and s.tag(at - 1) not in ("NN", "CAP"):
        return None
    if s.tag(at) == "SUB" and s.tag(at - 1) in VERBAL and relative_start(s, at - 1) >= 0:
        head = named(s, at - 1)
        return (head[0], verb) if head is not None else None
    if s.word(at) == "whom" and s.word(at - 1) == "of" and s.tag(at - 2) in ("DT", "NUM"):
        # "several of whom said"
        return at - 2, at + 1
    if s.word(at) == "it" and s.tag(at - 1) == "IN":
        # "two people briefed on it said", "a clerk familiar with it said"
        head = named(s, at - 2 - (s.tag(at - 2) == "VD"))
        return (head[0], verb) if head is not None else (at, at + 1)
    return (at, at + 1) if s.word(at) not in ("there", "whom") else None


def _with_office(s: Sentence, found: Items) -> Items:
    """Return "A farmer from Orla, Anna Quill" for "Anna Quill"."""
    comma = found[0] - 1
    if s.tag(comma) != "," or any(s.tag(at) != "CAP" for at in range(*found)):
        return found
    head = named(s, comma - 1)
    is_office = (
        head is not None
        and s.word(head[0]) in ("a", "an", "one", "another")
        and s.tag(head[0] - 1) in ("^", "Q")
    )
    is_time = s.word(comma - 1) in grammar()["time"]
    return (head[0], found[1]) if head is not None and is_office and not is_time else found


def _with_holder(s: Sentence, found: Items) -> Items:
    """Return "Anna Quill, head of the board" for "head of the board", behind which a comma is missing."""
    first, comma = found[0], found[0] - 1
    is_office = s.tag(first) in ("NN", "CAP") and s.word(first + 1) in ("of", "at", "for", "on", "with")
    if s.tag(comma) != "," or not is_office or s.word(comma - 1) in grammar()["time"]:
        return found
    head = named(s, comma - 1)
    is_title = s.word(first).capitalize() in lexicon().titles or is_person(s, first)
    if head is None or s.tag(head[0] - 1) not in ("^", "Q") or not is_title:
        return found
    return (head[0], found[1]) if all(s.tag(at) == "CAP" for at in range(*head)) else found


def nearest(s: Sentence, verb: int) -> Items | None:
    """Return who is named last before a form in -ing: "a group demanding", not all that "from" joins."""
    found = subject_before(s, verb)
    if found is None:
        return behind_with(s, verb)
    if _parts(s, found[1] - 1):
        # "tranches that include floating rates"
        return None
    linked = (at for at in range(found[1] - 1, found[0], -1) if _parts(s, at))
    first = next(linked, found[0] - 1) + 1
    # "calling it “late” and his wife saying": what is called so is nobody.
    is_called = s.tag(first) == "q" and s.tag(first + 1) == "CC" and first + 2 < found[1]
    return first + 2 * is_called, found[1]


def _parts(s: Sentence, at: int) -> bool:
    """Tell a preposition or verb behind which another one is named: "a film that shows | a man"."""
    if s.word(at) == "of":
        # "a recording of Quill saying"
        return s.word(at - 1) in _RECORDED
    return s.tag(at) in ("IN", "TO", "VB", "AUX")


def ends_with(s: Sentence, quote: int, marks: str) -> bool:
    """Tell whether the last character inside a quotation is one of some marks."""
    return s.line.text[s.line.quotes[quote].inside[1] - 1] in marks


def is_whole(s: Sentence, quote: int) -> bool:
    """Tell whether a quotation ends as a sentence or before a comma."""
    return ends_with(s, quote, ",!?")


def _around_aside(s: Sentence, at: int) -> Items | None:
    """Return who is named before an aside that ends right before a verb: "Quill, a farmer, said"."""
    head = _head_of_aside(s, at)
    if head is None:
        return None
    # "One voter, Anna Quill, 54, of Orla, said"
    opened, head = head[1] + 1, _with_office(s, with_list(s, _with_pronoun(s, head)))
    if s.tag(opened) == "CAP" and is_clause(s, opened, at):
        # "As part of the plan, Quill is building a dam, said"
        return None
    if s.tag(opened) == "DT" and opened + 3 == at and _takes_clause(s, at - 1):
        # "Most farmers, the poll found, think"
        return None
    # "Quill, at a hearing last month, said"
    is_when = s.word(opened) == "at" and (s.word(opened + 1) in ("a", "an") or says_when(s, opened))
    is_naming = s.tag(opened) in _NAMING_ASIDES or (s.word(opened) in _JOINED_BY and not is_when)
    # "Many in Orla, especially older voters, say"
    is_naming |= s.word(opened) in _MOSTLY and s.tag(opened + 1) not in ("IN", "SC")
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
            if found is not None and head is None and _is_county(s, found):
                far = _head_of_aside(s, found[0] - 1)
                if far is not None and s.tag(far[0] - 1) == "^" and s.tag(far[1] + 1) == "IN":
                    return far
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


def _is_county(s: Sentence, found: Items) -> bool:
    """Tell "Trellin County" in "Quill, on a visit to Orla, Trellin County, on Monday, said"."""
    town = found[0] - 2
    while s.tag(town) == "CAP":
        town -= 1
    is_named = s.tag(found[0] - 1) == "," and town < found[0] - 2
    town -= s.tag(town) == "DT"
    is_led = s.word(town) in ("in", "at", "to", "of", "near", "from") and town > s.first
    return is_named and is_led and all(s.tag(at) in ("CAP", "IN") for at in range(*found))


def _may_be_head(s: Sentence, found: Items, comma: int, *, is_second: bool) -> bool:
    before = s.tag(found[0] - 1)
    if before == "CAP" and s.word(found[0] - 1) in grammar()["time"]:
        before = ","
    if is_second and (s.tag(found[0]) not in ("CAP", "DT", "NN", "NUM") or before in ("SC", "VB", "VD")):
        return False
    return before in _CLAUSE_EDGES and s.tag(comma + 1) in _ASIDES | {"CC"}


def group_start(s: Sentence, verb: int) -> int:
    """Return where the helpers and adverbs before a verb begin."""
    at = verb
    while s.tag(at - 1) in HELPING:
        at -= 1
    return at
