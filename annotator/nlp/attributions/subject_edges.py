"""How far who is named before a verb reaches: a whole list, a town, a name in quotation marks, no time."""

from __future__ import annotations

from annotator.model.grammar import grammar
from annotator.nlp.attributions.behind import SPANS
from annotator.nlp.attributions.naming import NAMING, named
from annotator.nlp.attributions.people import is_person
from annotator.nlp.attributions.person_words import names_person
from annotator.nlp.attributions.sentences import Items, Sentence

_NAMED = frozenset(("named", "called", "nicknamed", "dubbed", "known", "identified"))
_OPENING = frozenset(("^", "SC", "Q", ";", ":", "."))
_LISTED = frozenset(("NN", "CAP", "DT", "PS", "NUM"))
_TIMES = frozenset(("late", "early", "last", "this", "next", "earlier", "a", "an", "one", "two"))
_SEASONS = frozenset(("night", "summer", "winter", "spring", "autumn"))
_ARTICLES = frozenset(("a", "an", "his", "her", "its", "their"))
_FAR, _FEWEST = 12, 2
_LONGEST_OWNER = 5
_LITTLE = 4
"""Letters of words that have no capital in a title."""


def named_by(s: Sentence, at: int) -> Items | None:
    """Return "a farmer known as “Marsh”", which ends with how somebody is called."""
    by = at - 1 - (s.word(at - 1) == "as")
    by -= s.tag(by) == "RB"
    if s.tag(by) != "VD" or s.word(by) not in _NAMED:
        return None
    head = named(s, by - 1 - (s.tag(by - 1) == "RB"))
    return (head[0], at + 1) if head is not None else None


def is_called(s: Sentence, quote: int) -> bool:
    """Tell “Farmers for Orla” in "a group called “Farmers for Orla” said" from words that were said."""
    if s.tag(quote) not in ("Q", "q"):
        return False
    if ends_aside(s, quote):
        return True
    by = quote - 1 - (s.word(quote - 1) == "as")
    return s.word(by) in _NAMED and s.tag(by) == "VD" and by > s.first


def ends_aside(s: Sentence, quote: int) -> bool:
    """Tell the title at the end of "Hill, host of “Meet the Town,” said" from words that were said."""
    at = quote - 1
    while s.tag(at) in ("CAP", "PS", "DT") and quote - at < _LONGEST_OWNER:
        at -= 1
    if s.tag(quote) != "Q" or s.word(at) not in ("of", "on", "for") or s.tag(at - 1) != "NN":
        return False
    at -= 1
    while s.tag(at) in ("NN", "CAP", "DT", "-"):
        at -= 1
    return s.tag(at) == "," and s.tag(at - 1) in ("CAP", ")") and _is_title(s, quote)


def _is_title(s: Sentence, quote: int) -> bool:
    """Tell “The Long Way,” from “the long way,”: every longer word has a capital, a comma stands last."""
    inside = s.line.text[slice(*s.line.quotes[quote].inside)]
    longer = [word for word in inside.split() if len(word) > _LITTLE]
    return inside.endswith(",") and all(word[0].isupper() for word in longer)


def without_time(s: Sentence, found: Items) -> Items:
    """Return "Quill" for "late last month Quill", and "who" for "a mayor" in "who as a mayor promised"."""
    first, words = found[0], s.line.words
    if words[first] not in _TIMES:
        return found
    if s.word(first - 1) == "as":
        return (first - 2, first - 1) if s.tag(first - 2) == "WH" else found
    at = first
    while words[at] in _TIMES and at + 1 < found[1]:
        at += 1
    is_span = words[at] + "s" in SPANS or words[at] in _SEASONS
    is_led = at > first and is_span and at + 1 < found[1] and s.tag(at + 1) == "CAP"
    return (at + 1, found[1]) if is_led else found


def without_medium(s: Sentence, found: Items) -> Items:
    """Return "The ministry" for "The ministry in a statement"."""
    words, (first, end), known = s.line.words, found, grammar()
    at = next((at for at in range(first + 1, end) if words[at] == "in"), -1)
    near = words[at + 2 : min(end, at + 4)] if at > 0 and words[at + 1] in _ARTICLES else []
    is_who = s.tag(at - 1) == "CAP" or words[at - 1] in known["any body"] or names_person(words[at - 1])
    return (first, at) if is_who and not known["medium"].isdisjoint(near) else found


def with_list(s: Sentence, found: Items) -> Items:
    """Return "her family, friends and neighbours" for "friends and neighbours"."""
    first = found[0]
    if s.tag(first - 1) != ",":
        return _with_serial(s, found) if s.tag(first - 1) == "CC" else found
    joined = [at for at in range(*found) if s.tag(at) == "CC"]
    while joined and s.tag(first) in ("NN", "CAP", "DT") and s.tag(first - 1) == ",":
        head = named(s, first - 2)
        if (
            head is None
            or s.tag(head[0] - 1) not in ("^", ",", "CC")
            or s.word(first - 2) in grammar()["time"]
        ):
            break
        first = head[0]
    return first, found[1]


def _with_serial(s: Sentence, found: Items) -> Items:
    """Return "Farmers, teachers, and nurses" for "nurses", when a clause begins with them."""
    starts, comma = [found[0]], found[0] - 2
    if s.word(found[0] - 1) != "and" or s.tag(comma) != ",":
        return found
    while s.tag(comma) == ",":
        head = named(s, comma - 1)
        if head is None or s.word(comma - 1) in grammar()["time"] or s.has_verb(*head):
            break
        starts, comma = [*starts, head[0]], head[0] - 1
    if s.word(starts[-1]) == "according":
        # "According to the Herald, Hale, Brink, and Moss said"
        starts, comma = starts[:-1], s.first - 1
    # "In Orla, farmers, clerks, and nurses said", "However, farmers, clerks, and nurses said"
    is_led = s.tag(s.first) in ("IN", "RB") and not s.has_verb(s.first, comma)
    is_open = s.tag(comma) in _OPENING or is_led
    return (starts[-1], found[1]) if len(starts) > _FEWEST and is_open else found


def with_town(s: Sentence, found: Items) -> Items:
    """Return "Quill of Orla, Ohio" for "Ohio"."""
    comma = found[0] - 1
    if s.tag(comma) != ",":
        return found
    is_place = all(s.tag(at) == "CAP" for at in range(*found))
    town = next((at for at in range(comma - 1, comma - 4, -1) if s.tag(at) != "CAP"), comma - 1)
    if (
        not is_place
        or town == comma - 1
        or s.word(town) not in ("of", "from", "in")
        or s.tag(town - 1) != "CAP"
        or is_person(s, found[1] - 1)
    ):
        return found
    head = named(s, comma - 1)
    return (head[0], found[1]) if head is not None and head[0] < town else found


def behind_with(s: Sentence, verb: int) -> Items | None:
    """Return who is named in "with Quill saying"."""
    first = closed = _before_aside(s, verb)
    while s.tag(first - 1) in NAMING or s.word(first - 1) in ("of", "in"):
        first -= 1
    return (first, verb) if first < closed and s.word(first - 1) == "with" else None


def _before_aside(s: Sentence, verb: int) -> int:
    """Return where "with Quill, the chief, saying" has its first comma, else the verb."""
    if s.tag(verb - 1) != ",":
        return verb
    opened = next(
        (at for at in range(verb - 2, max(s.first, verb - _FAR), -1) if s.tag(at) not in _LISTED), -1
    )
    return opened if s.tag(opened) == "," else verb
