"""Attributions without a verb of their own: "according to", "as Quill said", transcript turns, colons."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.cue_lexicon import Verb, cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.before import group_start, subject_before
from annotator.nlp.attributions.behind import heard, subject_after
from annotator.nlp.attributions.claims import behind_link, clause_end, quotes_from
from annotator.nlp.attributions.clauses import finite_behind, is_past
from annotator.nlp.attributions.cues import SPOKEN, has_particle, is_negation
from annotator.nlp.attributions.found import Found
from annotator.nlp.attributions.headline_topics import is_topic
from annotator.nlp.attributions.people import is_person
from annotator.nlp.attributions.predicated import answered, predicated
from annotator.nlp.attributions.sentences import VERBAL, Items, Sentence

_LONGEST_ASIDE = 24
_FEW = 6
"""Words that a source beside a colon has at most."""
_SOURCE_ENDS = frozenset((",", ";", ":", "Q", "-", "SC", "VB", "AUX"))
_VERB_OR_END = frozenset(("VB", "VD", ",", ".", "Q", "IN"))
_AS_ENDS = frozenset((",", ".", "^", "IN", "RB"))
_REPORTED = frozenset(("reportedly", "allegedly", "supposedly", "purportedly"))
_LEADING = _REPORTED | {"according", "per", "in", "by", "as"}
_ORDERING = frozenset(("require", "demand", "request", "allow", "order", "mandate", "direct"))
_LABELS = frozenset(("check", "verdict", "ruling", "rating", "facts"))
"""What a fact check has before colons."""
_NO_SECOND = frozenset(("WH", "CC", "VG", "SC"))


def by_marks(s: Sentence) -> Iterator[Found]:
    """Yield the attributions of a sentence that are made by a preposition, "as" or a colon."""
    for at in s.among(_LEADING, s.first):
        found = _at(s, at)
        if found is not None:
            yield found
    for rule in (_colon, _signed, predicated, answered) if s.line.quotes else (_colon,):
        found = rule(s)
        if found is not None:
            yield found


def _at(s: Sentence, at: int) -> Found | None:
    word = s.line.words[at]
    if word == "according" and s.word(at + 1) == "to":
        return _according(s, (at, at + 2))
    if word == "per" and s.tag(at + 1) in ("CAP", "DT") and s.tag(at - 1) in (",", "^", "Q"):
        return _according(s, (at, at + 1))
    if word in ("in", "by") and s.tag(at - 1) in ("^", ",", "CC"):
        return _in_the_view(s, at)
    if word in _REPORTED:
        return _adverb(s, at)
    return _as(s, at) if word == "as" and s.tag(at - 1) in ("^", ",", "CC", "-") else None


def _adverb(s: Sentence, at: int) -> Found | None:
    """Return "has reportedly left": the sentence around, said by nobody who is named."""
    start = next(
        (one + 1 for one in range(at - 1, s.first - 1, -1) if s.tag(one) in (",", ";", ":", "Q", "SC")),
        s.first,
    )
    start += s.tag(start) == "CC"
    end = clause_end(s, at + 1, is_narrow=True) if at + 1 < s.last() else at + 1
    claim = tuple(one for one in ((start, at), s.bare((at + 1, end))) if one[1] > one[0])
    if not claim:
        return None
    return Found(
        "adverb", "asserts", s.bounds((at, at + 1)), None, tuple(s.bounds(one) for one in claim), 0.5,
        f"“{s.word(at)}”: nobody is named",
        paragraph=s.line.paragraph, depth=s.line.depth, presents="doubtful",
    )  # fmt: skip


def _make(
    s: Sentence, pattern: str, score: float, reason: str, *,
    cue: Items, source: Items, claim: tuple[Items, ...], group: str = "asserts",
    lemma: str = "",
) -> Found:  # fmt: skip
    return Found(
        pattern, group, s.bounds(cue), s.bounds(source), tuple(s.bounds(one) for one in claim), score, reason,
        paragraph=s.line.paragraph, depth=s.line.depth, lemma=lemma,
    )  # fmt: skip


def _according(s: Sentence, cue: Items) -> Found | None:
    source = _source_of(s, cue[1], is_bare=cue[0] <= s.first or s.tag(cue[0] - 1) in (":", ";"))
    claim = _around(s, cue[0], source[1]) if source is not None else ()
    if source is None or not claim:
        return None
    return _make(s, "according", 0.92, "“according to” and a name", cue=cue, source=source, claim=claim)


def _in_the_view(s: Sentence, at: int) -> Found | None:
    """Return "in the view of Quill, it holds", "in her view, it holds"."""
    views = grammar()["by the account of" if s.word(at) == "by" else "in the view of"]
    own = next((one for one in range(at + 1, at + _FEW) if s.tag(one) == "PS"), -1)
    view = own + 1 + (s.word(own + 1) in ("own", "latest", "last"))
    if own > 0 and s.word(view) in views and s.tag(view + 1) in (",", ".", "^"):
        # "in her view, it holds", "by Quill's own account, it holds"
        return _view(s, (own + 1, view + 1), (at + 1, own + 1), (at, view + 1))
    is_named = s.word(at + 1) == "the" and s.word(at + 3) == "of"
    if not is_named or s.word(at + 2) not in views:
        return None
    source = _source_of(s, at + 4, is_bare=at == s.first)
    if source is None or s.tag(source[1]) not in _AS_ENDS:
        return None
    return _view(s, (at, at + 4), source, (at, source[1]))


def _view(s: Sentence, cue: Items, source: Items, both: Items) -> Found | None:
    claim = _around(s, *both)
    view = s.word(cue[0] + 2 * (cue[1] - cue[0] > 1))
    reason = f"“in the {view} of” and a name"
    return _make(s, "according", 0.8, reason, cue=cue, source=source, claim=claim) if claim else None


def _source_of(s: Sentence, first: int, *, is_bare: bool) -> Items | None:
    """Return a source behind a preposition: by its shape, or up to the comma or the end of the sentence."""
    found = subject_after(s, first, is_bare=is_bare)
    stop = first
    while stop < s.last() and (s.tag(stop) not in _SOURCE_ENDS or _is_time(s, stop) or _goes_on(s, stop)):
        stop += 1
    if found is None or (found[1] < stop and s.tag(stop) in (",", ".", "^", ";", ":")):
        found = (first, stop)
    if s.tag(found[1]) == ",":
        closed = s.find(",", found[1] + 1, _LONGEST_ASIDE)
        is_aside = closed > 0 and (
            s.tag(found[1] + 1) == "WH" or (is_bare and _is_apposed(s, found[1], closed))
        )
        found = (first, closed) if is_aside else found
    return found if found[1] > first else None


def _is_apposed(s: Sentence, comma: int, closed: int) -> bool:
    """Tell "According to Quill, a nurse, it leaks" from "According to Quill, the dam, built late, leaks"."""
    opens = s.word(comma + 1) in ("a", "an", "the") or s.tag(comma + 1) in ("VD", "PS")
    # "According to Anna Quill, head of the board, it leaks", "Quill, information director at the mill,"
    link = next((at for at in range(comma + 1, comma + _FEW) if s.tag(at) != "NN"), comma)
    opens |= s.tag(link) == "IN" and is_person(s, link - 1)
    # "According to police, farmers and clerks, it leaks"
    opens |= s.tag(link) == "CC" and link > comma + 1 and s.tag(link + 1) == "NN"
    verbs = VERBAL - {"VD"} if s.tag(comma + 1) == "VD" else VERBAL
    is_named = opens and not any(s.tag(at) in verbs for at in range(comma + 1, closed))
    # "According to Quill, the man, 45, left"
    is_aged = s.tag(closed + 1) == "NUM" and s.tag(closed + 2) == ","
    return is_named and not is_aged and s.tag(closed + 1) != "WH" and finite_behind(s, closed + 1)


def _goes_on(s: Sentence, at: int) -> bool:
    """Tell "Quill's “The Dam” and other books", "its tax reports" from what ends a source."""
    if s.tag(at) == "VB":
        return s.tag(at - 1) in ("CAP", "PS", "DT") and s.tag(at + 1) in (".", ",", "IN", "^")
    return s.tag(at) == "Q" and s.tag(at - 1) == "PS"


def _is_time(s: Sentence, at: int) -> bool:
    """Tell "a report filed after the flood" from "after the flood came"."""
    if s.word(at) not in ("after", "before", "since", "until"):
        return False
    comma = s.find(",", at, 10)
    return comma > 0 and not s.has_verb(at + 1, comma)


def _around(s: Sentence, first: int, behind: int) -> tuple[Items, ...]:
    """Return the sentence around words that say whose it is."""
    if s.tag(first - 1) == "CC":
        first -= 1
    if s.tag(behind) == ":" and first > s.first and not s.has_verb(s.first, first) and behind + 1 < s.last():
        # as in "The lesson, according to Quill: it leaks"
        return ((behind + 1, s.last()),)
    if (
        first <= s.first
        or s.tag(first - 1) in (":", ";")
        or (first - 1 == s.first and s.tag(s.first) not in ("Q", "q"))
    ):
        at = behind_link(s, behind + (s.tag(behind) in (",", ":")))
        return ((at, clause_end(s, at, is_alone=True)),) if at < s.last() else ()
    edge = first
    while edge > s.first and s.tag(edge - 1) in (",", "-"):
        edge -= 1
    start = next((at + 1 for at in range(edge - 1, s.first - 1, -1) if _is_break(s, at, edge)), s.first)
    while start < edge and s.tag(start) in ("CC", "-", ","):
        start += 1
    start = behind_link(s, start)
    first_half = ((start, edge),) if start < edge else ()
    second = behind + 1
    goes_on = s.tag(behind) == "," and s.tag(first - 1) == "," and s.tag(second) not in _NO_SECOND
    return (*first_half, (second, clause_end(s, second))) if goes_on and second < s.last() else first_half


def _is_break(s: Sentence, at: int, edge: int) -> bool:
    is_but = s.tag(at) == "," and s.word(at + 1) in ("but", "yet")
    return s.tag(at) == ";" or (is_but and s.has_verb(at, edge))


def _as(s: Sentence, at: int) -> Found | None:
    """Return "as Quill said", "as reported by Quill"."""
    near = range(at + 1, min(s.end, at + 12))
    verb = next((one for one in near if s.tag(one) in _VERB_OR_END or _goes_on_saying(s, one)), -1)
    verb = _behind_place(s, at, _behind_apposition(s, at, verb))
    entry = _speaking(s, verb) if verb > 0 else None
    if entry is None or (entry.lemma in _ORDERING and s.word(verb + 1) == "by"):
        # "as required by law" tells why it is done.
        return None
    cue, source = _around_as(s, at, verb)
    end = max(cue[1], source[1] if source is not None else 0)
    is_told = s.tag(end) == "OBJ" and "a" in entry.governs
    told = heard(s, end + (not is_told)) if is_told or s.tag(end) == "TO" else None
    if told is not None:
        # "as Quill explained to reporters, it holds", "as Quill has warned him"
        end = told[1]
    if source is None or s.word(source[0]) in ("you", "we", "i") or s.tag(end) not in _AS_ENDS:
        return None
    comma = next((one for one in range(end, min(s.end, end + 12)) if s.tag(one) in (",", ".")), end)
    claim = _around(s, at, comma)
    if not claim:
        return None
    score, reason = (0.5 if s.tag(at - 1) == "CC" else 0.8), "“as”, a name and a word of speaking"
    return _make(
        s, "as", score, reason, cue=cue, source=source, claim=claim, group=entry.group, lemma=entry.lemma,
    )  # fmt: skip


def _goes_on_saying(s: Sentence, verb: int) -> bool:
    """Tell the verb of "as farmers have been saying"."""
    return s.tag(verb) == "VG" and s.tag(verb - 1) == "AUX"


def _behind_place(s: Sentence, at: int, link: int) -> int:
    """Return the verb of "as farmers in Orla have said", or the item that is given."""
    if s.tag(link) != "IN" or link < at + 2:
        return link
    near = range(link + 1, min(s.end, link + _FEW))
    verb = next((one for one in near if s.tag(one) in ("VB", "VD", ",")), link)
    is_verb = s.tag(verb) == "VB" or (s.tag(verb) == "VD" and is_past(s.word(verb)))
    is_verb |= s.tag(verb - 1) == "AUX"
    found = subject_before(s, group_start(s, verb)) if is_verb else None
    return verb if found is not None and found[0] == at + 1 else link


def _behind_apposition(s: Sentence, at: int, comma: int) -> int:
    """Return the verb of "as Quill, the mayor of Orla, put it", or the item that is given."""
    if s.tag(comma) != "," or any(s.tag(one) != "CAP" for one in range(at + 1, comma)) or comma == at + 1:
        return comma
    closed = s.find(",", comma + 1, _LONGEST_ASIDE)
    while closed > 0 and s.tag(closed + 1) not in ("VB", "VD", "AUX", "RB"):
        closed = s.find(",", closed + 1, _LONGEST_ASIDE)
    verbs = range(closed + 1, min(s.end, closed + 4)) if closed > 0 else ()
    return next((one for one in verbs if s.tag(one) in ("VB", "VD")), comma)


def _around_as(s: Sentence, at: int, verb: int) -> tuple[Items, Items | None]:
    """Return the cue of an "as", and who is named before the verb or behind it."""
    if s.word(verb + 1) == "by":
        return (at, verb + 1), subject_after(s, verb + 2, is_bare=s.tag(at - 1) == "^")
    end = verb + 1 + (s.word(verb + 1) == "it")
    first = group_start(s, verb)
    helpers = s.line.words[first:verb]
    is_done = s.tag(verb) != "VG" and not grammar()["being"].isdisjoint(helpers)
    if is_done or any(map(is_negation, helpers)):
        first = verb
    return (first, end), subject_before(s, first) if verb > at + 1 else subject_after(s, end)


def _speaking(s: Sentence, verb: int) -> Verb | None:
    forms = cue_lexicon().verbs.get(s.word(verb), ())
    fitting = (entry for _, entry in forms if entry.group and has_particle(s, verb, entry))
    return next((entry for entry in fitting if entry.governs & SPOKEN), None)


def _colon(s: Sentence) -> Found | None:
    """Return what a colon attributes in a sentence that has no verb for it."""
    colon = s.find(":", s.first + 1, s.end)
    if colon < 0 or colon + 1 >= s.last():
        return None
    left = (s.first, colon)
    if s.word(colon - 1) == "claim" and colon - s.first <= 2:
        return _labelled(s, colon)
    if s.tag(colon + 1) == "Q":
        is_label = s.word(colon - 1) in grammar()["no source"] and colon - s.first < 3
        if colon - s.first > 2 * _FEW or is_label:
            return None
        left = _speaker(s, left)
        if not _names(s, left):
            return _doing(s, left, quotes_from(s, colon + 1))
        return _make(
            s, "colon-name", 0.85, "name and colon before the quotation",
            cue=(colon, colon + 1), source=left, claim=quotes_from(s, colon + 1),
        )  # fmt: skip
    is_headline = s.line.paragraph < 2 and s.line.depth == 0 and s.first == 0 and s.end == len(s.line.words)
    return _headline(s, _speaker(s, left), (colon + 1, s.last()), colon) if is_headline else None


def _labelled(s: Sentence, colon: int) -> Found | None:
    """Return what a fact check is about: "Claim: Waiting times have doubled"."""
    claim = (colon + 1, s.last())
    is_told = any(s.tag(at) == "Q" or s.word(at) == "that" for at in range(*claim))
    if s.first > 0 or s.line.depth or is_told or not s.has_verb(*claim):
        return None
    return Found(
        "noun-bare", "asserts", s.bounds((s.first, colon + 1)), None, (s.bounds(claim),), 0.5,
        "the claim that is checked", paragraph=s.line.paragraph, lemma="claim", presents="doubtful",
    )  # fmt: skip


def _speaker(s: Sentence, left: Items) -> Items:
    """Return who is named in "Quill on the dam:", "Quill to the council:", "Via the Herald:"."""
    first = left[0] + (s.word(left[0]) in ("via", "from", "per"))
    topic = next((at for at in range(first + 1, left[1]) if s.word(at) in ("on", "to", "about")), left[1])
    return first, (topic if s.tag(topic - 1) == "CAP" and topic - first < _FEW else left[1])


def _signed(s: Sentence) -> Found | None:
    """Return “It leaks.” — Anna Quill, mayor of Orla."""
    dash = s.find("-", s.first + 1, s.end)
    if dash < 0 or s.tag(dash - 1) != "Q" or s.tag(dash + 1) != "CAP":
        return None
    first = dash - 1
    is_alone = s.tag(first - 1) in ("^", ":") and (
        first == s.first or s.word(first - 2) in grammar()["no source"]
    )
    source = subject_after(s, dash + 1)
    if not is_alone or source is None or s.has_verb(dash, s.end):
        return None
    return _make(
        s, "colon-name", 0.8, "name and dash behind the quotation",
        cue=(dash, dash + 1), source=source, claim=((first, dash),),
    )  # fmt: skip


def _doing(s: Sentence, left: Items, claim: tuple[Items, ...]) -> Found | None:
    """Return "His wife begged to differ: “It holds.”", where no verb of speaking leads to the quotation."""
    verb = next((at for at in range(*left) if s.tag(at) in VERBAL), -1)
    if s.tag(verb) not in ("VB", "VD") or claim[-1][1] < s.last():
        return None
    source = subject_before(s, verb)
    if source is None or source[0] > s.first + (s.tag(s.first) in ("CC", "RB")):
        return None
    head = source[1] - 1
    is_speaker = s.word(head) in ("he", "she", "they") or s.tag(head) == "CAP" or is_person(s, head)
    if not is_speaker or s.find(",", verb, left[1] - verb) > 0:
        return None
    return _make(
        s, "colon-name", 0.45, "who does something, and a colon before the quotation",
        cue=(verb, left[1] + 1), source=source, claim=claim,
    )  # fmt: skip


def _headline(s: Sentence, left: Items, right: Items, colon: int) -> Found | None:
    cue = (colon, colon + 1)
    if right[1] - right[0] <= _FEW and left[1] - left[0] > 3 and _names(s, right):
        return _make(
            s,
            "headline",
            0.8,
            "name behind the colon of the headline",
            cue=cue,
            source=right,
            claim=((s.first, colon),),
        )
    is_label = s.word(left[0]) in grammar()["no source"] or s.word(left[1] - 1) in _LABELS
    is_label |= s.word(left[0]) in grammar()["opening a label"] or s.word(left[1] - 1) == "note"
    if left[1] - left[0] <= 4 and _names(s, left) and not (is_label or is_topic(s, left, right[0])):
        return _make(
            s, "headline", 0.6, "name before the colon of the headline", cue=cue, source=left, claim=(right,)
        )
    return None


def _names(s: Sentence, items: Items) -> bool:
    """Tell whether words may name somebody: a capital, and neither a verb nor a mark."""
    text, starts = s.line.text, s.line.starts
    if s.has_verb(*items) or any(s.tag(at) in (".", ",", "Q", "SUB") for at in range(*items)):
        return False
    has_capital = any(text[starts[at]].isupper() for at in range(*items))
    return has_capital or s.word(items[1] - 1) in grammar()["bare people"]
