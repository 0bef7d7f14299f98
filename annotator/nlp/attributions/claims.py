"""How far what is said reaches: to the end of the sentence or of the clause, and back to where it begins."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.grammar import grammar
from annotator.nlp.attributions.asides import adds, goes_on_over
from annotator.nlp.attributions.before import ends_with, is_whole
from annotator.nlp.attributions.behind import SPANS
from annotator.nlp.attributions.clauses import (
    breaks_tense,
    contrasts,
    finite_behind,
    goes_on_in_tense,
    has_finite,
    holds_verb,
    is_past,
    leaves_by_tense,
    leaves_headline,
)
from annotator.nlp.attributions.going_on import closes_aside, goes_on_joined, is_unfinished
from annotator.nlp.attributions.leaving import leaves_by_number, reports_beside, sums_up
from annotator.nlp.attributions.noun_ends import bare, is_list, is_opened
from annotator.nlp.attributions.report_nouns import MEDIA
from annotator.nlp.attributions.reports import begins_report, is_any_cue, joins_report
from annotator.nlp.attributions.sentences import OPEN_VERBS, VERBAL, Items, Sentence
from annotator.nlp.attributions.sharing import inner_subject

_LEADING = frozenset(
    (
        "while",
        "although",
        "though",
        "as",
        "when",
        "if",
        "because",
        "after",
        "asked",
        "amid",
        "despite",
        "since",
        "given",
        "following",
        "before",
        "until",
        "unless",
        "with",
        "without",
        "whereas",
        "where",
    )
)
_EDGES = frozenset(("-", ",", "CC", "SC", ";", ":", ")"))
_QUOTED = frozenset(("Q", "q"))
_CLOSE = 8
_LATEST = 7
"""Items of a sentence among which the word stands that makes its first clause depend on the next."""
_LEADING_LATE = frozenset(("when", "while", "if", "since"))
_BEHIND_WHOLE = frozenset(("VG", "SC", "IN", "-", "WH", "TO"))
"""What stands behind a whole quotation when the writer speaks again."""
_ONE_SPAN = frozenset(("day", "week", "month", "year", "hour", "decade"))
_SHORT_SPAN = 5
"""Items of "less than a week", "just two days"."""
_SHIFTED = frozenset(("had", "would", "could", "was", "were"))
"""Helpers behind "and" with which what was said in the past goes on."""
_THEN = frozenset(("when", "after", "before", "until"))
_NO_TAIL = frozenset(("VG", "^", ".", "WH", "SC", "CC"))
_NO_TAIL_WORDS = frozenset(("according", "who", "which", "citing", "in", "during", "after"))


def clause_end(s: Sentence, first: int, *, is_narrow: bool = False, is_alone: bool = False) -> int:
    """Return where a clause ends that begins at an item: before another report, or with the sentence.

    `is_alone` says that nobody before it can be who a verb behind "and" belongs to: "according to".
    """
    last = s.last()
    for at in _edges(s, first + 1, last):
        if is_alone and s.tag(at) == "CC" and s.tag(at + 1) in OPEN_VERBS:
            continue
        is_end = _ends_clause(s, first, at) or (is_narrow and _ends_narrow(s, at))
        if is_end and not contrasts(s, first, at + (s.tag(at) == ",")):
            return bare(s, first, at)
    return _before_medium(s, first, bare(s, first, last))


def _edges(s: Sentence, first: int, end: int) -> Iterator[int]:
    """Yield the items of a stretch before which a clause may end."""
    words, before = s.line.words, s.tag(first - 1)
    for at, tag in enumerate(s.line.tags[first:end], first):
        if tag in _EDGES or before in _QUOTED or words[at] == "so":
            yield at
        before = tag


def _before_medium(s: Sentence, first: int, end: int) -> int:
    """Return the end before where it was said: "said it leaks | in an interview on Monday"."""
    words = s.line.words
    inside = (at for at in range(end - 1, first, -1) if words[at] in ("in", "during"))
    at = next((at for at in inside if s.word(at + 1) in ("a", "an", "his", "her")), end)
    near = {s.word(at + step) for step in range(2, 5)}
    is_said = not near.isdisjoint(MEDIA) and not s.has_verb(at, end) and s.has_verb(first, at)
    return at if is_said and s.tag(at - 1) != "," else end


def _ends_clause(s: Sentence, first: int, at: int) -> bool:
    tag = s.tag(at)
    if s.tag(at - 1) in _QUOTED and is_whole(s, at - 1) and not _closes_relative(s, first, at):
        is_own = tag == "VG" and s.tag(first) != "Q" and not begins_report(s, at)
        is_last = not any(s.tag(one) in ("Q", "q") for one in range(at, s.end))
        # "would “take a look,” at closing it"
        is_own |= tag == "IN" and s.tag(at + 1) == "VG" and s.tag(first) != "Q"
        is_other = tag in _BEHIND_WHOLE and is_last and not is_own
        is_writer = tag in VERBAL or finite_behind(s, at) or sums_up(s, at)
        return is_other or is_writer or begins_report(s, at)
    if tag == "-":
        # "when farmers noted the cause - the dam had leaked - Quill left"
        is_pair = any(s.tag(one) == "-" for one in range(first, at)) and _is_main_clause(s, first, at)
        is_joined = s.tag(at + 1) == "CC" and s.tag(at + 2) in OPEN_VERBS and joins_report(s, at + 1)
        is_report = begins_report(s, at + 1) and not goes_on_over(s, at)
        return is_pair or is_joined or is_report or adds(s, first, at)
    if tag == ",":
        return _ends_at_comma(s, first, at)
    if tag == "CC":
        return _joins_on(s, first, at)
    if tag == "SC" and s.word(at) in ("before", "after", "as"):
        return _does_then(s, first, at)
    is_result = s.word(at) == "so" and s.tag(at + 1) in ("VD", "AUX") and s.tag(at - 1) not in ("CC", "AUX")
    # as in "is said to help him: She leads"
    # "that it leaks; that it is old"
    is_next = s.word(at + 1 + (s.tag(at + 1) == "CC")) == "that" == s.word(first)
    is_over = (tag == ";" and not is_next) or (tag == ":" and s.tag(first) == "TO")
    return is_over or is_result or (tag == ")" and not is_opened(s, first, at))


def _ends_at_comma(s: Sentence, first: int, at: int) -> bool:
    # "said Quill, now mayor, wrote a song": what is said has no verb yet.
    is_own_verb = s.tag(at + 1) in VERBAL and not s.has_verb(first, _relative_before(s, first, at))
    if is_own_verb or is_unfinished(s, first, at) or closes_aside(s, first, at):
        return False
    is_writer = (
        s.word(at + 1) in ("but", "and")
        and not (_joins_that(s, at + 1) or _joins_subjects(s, first, at + 1))
        and finite_behind(s, at + 2)
        and leaves_by_tense(s, first, at + 1)
    )
    is_report = begins_report(s, at + 1) or reports_beside(s, at + 1) or s.word(at + 1) == "citing"
    is_report &= not (s.tag(at + 1) in ("RB", "SC") and _in_dashes(s, first, at))
    is_report = is_report and inner_subject(s, at + 1) is None
    is_report &= not _is_inside(s, first, at)
    return is_writer or is_report or sums_up(s, at + 1) or _is_main_clause(s, first, at)


def _is_inside(s: Sentence, first: int, comma: int) -> bool:
    """Tell "said that, although she liked it, it leaks", "said the dam, though he denies it, leaks"."""
    at = comma + 1 + (s.word(comma + 1) == "even")
    return s.tag(at) == "SC" and not s.has_verb(first, comma) and s.find(",", at, s.end - at) > 0


def _joins_on(s: Sentence, first: int, at: int) -> bool:
    """Tell "and" behind which the writer speaks or another report begins."""
    # as in "claimed victory and was gone", "said, “It leaks” and pointed at it"
    is_quoted = s.tag(first) == "Q" and at == first + 1 and s.tag(at + 1) in VERBAL | {"VG", ","}
    is_quoted |= _does_next(s, first, at)
    if _joins_that(s, at) or _joins_subjects(s, first, at) or goes_on_joined(s, first, at):
        return False
    is_other = s.tag(at + 1) == "AUX" and not has_finite(s, first, at)
    # "hoped to leave but stayed"
    is_other |= s.tag(first) == "TO" and s.word(at) == "but" and s.tag(at + 1) == "VD"
    is_other |= s.tag(at - 1) == "," and leaves_by_number(s, (first, at))
    is_other |= s.word(at) == "and" and breaks_tense(s, first, at)
    return is_quoted or is_other or (joins_report(s, at) and not goes_on_in_tense(s, first, at))


def _joins_that(s: Sentence, at: int) -> bool:
    """Tell the second clause of "said the dam leaks, and that it is old" from "but that is not so"."""
    behind = s.tag(at + 2)
    is_named = behind in ("SUB", "DT", "PS", "CAP") or (behind == "NN" and s.word(at + 2).endswith("s"))
    return s.word(at + 1) == "that" and is_named


def _joins_subjects(s: Sentence, first: int, joined: int) -> bool:
    """Tell "said that both Quill and Hale had agreed", where the clause has no verb before "and"."""
    if s.word(first) != "that" or s.word(joined) != "and" or joined == first + 1:
        return False
    behind = s.tag(joined + 1)
    is_doing = behind in ("AUX", "SUB", "RB") or (behind in VERBAL and is_any_cue(s, joined + 1))
    # Behind a quotation, or a verb that is not known, the clause may be whole.
    is_open = not s.has_verb(first + 1, joined) and not any(
        s.tag(at) in ("Q", "q") for at in range(first, joined)
    )
    return is_open and not is_doing and finite_behind(s, joined + 1)


def _in_dashes(s: Sentence, first: int, at: int) -> bool:
    """Tell whether an item stands in an aside between dashes: "Quill - who left, though he said so - is"."""
    opened = sum(s.tag(one) == "-" for one in range(first, at))
    return opened % 2 == 1 and any(s.tag(one) == "-" for one in range(at, s.end))


def _does_then(s: Sentence, first: int, at: int) -> bool:
    """Tell "said it was “late” before leaving" and, as a headline, "Mayor vows to mend dam as farmers go"."""
    if s.word(at) != "as":
        is_last = not any(s.tag(one) in ("Q", "q") for one in range(at, s.end))
        return s.tag(at - 1) in ("Q", "q") and s.tag(at + 1) == "VG" and is_last
    return leaves_headline(s, first, at)


def _does_next(s: Sentence, first: int, joined: int) -> bool:
    """Tell "said it was “late” and left" from "said Quill called it “late” and left"."""
    is_past_verb = s.tag(joined + 1) == "VD" and is_past(s.word(joined + 1))
    if s.tag(joined - 1) not in ("Q", "q") or s.word(joined) != "and" or not is_past_verb:
        return False
    return not any(s.tag(at) in VERBAL and is_any_cue(s, at) for at in range(first, joined))


def _relative_before(s: Sentence, first: int, comma: int) -> int:
    """Return the comma before "who" in "his brother, who stayed, | had told", or the one that closes it."""
    opened = next((at for at in range(comma - 1, first, -1) if s.tag(at) == ","), comma)
    # "the suspect, identified as a farmer, | shouted"
    return opened if s.tag(opened + 1) in ("WH", "VD") else comma


def _closes_relative(s: Sentence, first: int, at: int) -> bool:
    """Tell the comma in “Stream,” that closes "Orla, whose name means “Stream,” has" before its verb."""
    comma = next((one for one in range(at - 2, first, -1) if s.tag(one) == ","), first)
    is_led = s.word(comma + 1) in ("who", "whose", "which") and not s.has_verb(first, comma)
    return is_led and s.tag(at) in VERBAL and ends_with(s, at - 1, ",")


def _is_main_clause(s: Sentence, first: int, at: int) -> bool:
    """Tell the comma that ends "While Quill says ...," before the main clause; also ", even as"."""
    if s.word(at + 1) == "even" and s.word(at + 2) == "as":
        return True
    is_order = s.tag(at + 1) == "VB" and s.word(s.first) in ("if", "when")
    return _is_led(s, first) and (
        is_order
        or (s.tag(at + 1) in ("CAP", "SUB", "DT", "PS", "NN", "NUM", "RB") and finite_behind(s, at + 1))
    )


def _is_led(s: Sentence, first: int) -> bool:
    """Tell whether the clause that an item stands in opens the sentence: "While", "The next day when"."""
    at = s.first + (s.tag(s.first) == "CC")
    at += s.word(at) == "yet"
    at = behind_link(s, at + (s.tag(at) == ","))
    at += s.tag(at) == "RB"
    comma = s.find(",", at, _LATEST)
    if s.word(comma + 1) in _LEADING and comma > at and not s.has_verb(at, comma):
        # "In the spring, as Quill said ...,"
        at = comma + 1
    if s.word(at) not in _LEADING and s.tag(at) != "VG":
        later = range(at, min(first, at + _LATEST))
        at = next((one for one in later if s.tag(one) in VERBAL or _leads_late(s, one)), first)
        if s.tag(at) in VERBAL:
            return False
    return at < first and not any(s.tag(one) == "," for one in range(at, first))


def _leads_late(s: Sentence, at: int) -> bool:
    """Tell "when", and "after" in "Two weeks after", behind the first words of a sentence."""
    is_span = s.word(at) in ("after", "before") and s.word(at - 1) in SPANS
    return is_span or s.word(at) in _LEADING_LATE


def _ends_narrow(s: Sentence, at: int) -> bool:
    tag = s.tag(at)
    if tag == ",":
        is_aside = s.tag(at + 1) in ("DT", "RB") or s.word(at + 1) == "but"
        # "to raise the fee and then, if elected, cut it"
        goes_on = "CC" in (s.tag(at - 1), s.tag(at - 2) if s.word(at - 1) == "then" else "")
        ends = s.tag(at + 1) in ("SC", "VG", "WH", "SUB") and s.word(at + 1) != "that" and not goes_on
        return ends or (is_aside and not is_list(s, at))
    if tag == "CC" and s.tag(at - 1) == ",":
        # "its failure to choose a leader, | and votes in May will be hard"
        verb = s.find("AUX", at + 1, _CLOSE) if s.tag(at + 1) == "NN" else -1
        return s.tag(at + 1) in ("AUX", "VD") or (verb > 0 and s.find(",", at + 1, verb - at) < 0)
    return tag == "-" and s.word(at) != "-"


def quotes_from(s: Sentence, first: int) -> tuple[Items, ...]:
    """Return the quotations that follow one another from an item on, with the rest of a clause."""
    at = first
    while s.tag(at) in ("Q", "q"):
        at += 1
    if s.tag(at) == "CC" and s.tag(at + 1) == "Q":
        # as in “It leaks,” and “It breaks.”
        return ((first, at + 2),)
    if at == first + 1 and s.tag(at) not in (".", "^", ",", ";"):
        return ((first, max(at, clause_end(s, first))),)
    return tuple((one, one + 1) for one in range(first, at))


def left_quote(s: Sentence, edge: int) -> Items | None:
    """Return the quotation that ends right before an item, with the clause that it is a part of."""
    at = edge - 1
    if s.tag(at) in (",", "-", "RB"):
        at -= 1
    if s.tag(at) not in ("Q", "q"):
        return None
    end = first = at + 1
    while s.tag(first - 1) in ("Q", "q"):
        first -= 1
    is_alone = s.tag(first - 1) in ("^", ":", ".") or (
        s.tag(first - 1) in (",", "CC") and first - 1 <= s.first + 1
    )
    clause = None if is_alone else left_clause(s, end)
    if clause is not None:
        return clause
    return (first, end) if s.tag(at) == "Q" else None


def left_clause(s: Sentence, edge: int) -> Items | None:
    """Return the clause that ends right before an item."""
    end = edge
    while end > s.first and s.tag(end - 1) == "RB":
        end -= 1
    while end > s.first and s.tag(end - 1) in (",", "-"):
        end -= 1
    if end <= s.first or (end == edge and s.tag(end - 1) not in ("Q", "q")):
        return None
    first = next((at + 1 for at in range(end - 1, s.first - 1, -1) if _opens_clause(s, at, end)), s.first)
    if s.tag(end - 2) == "WH" and s.tag(end - 1) == "AUX" and s.tag(end - 3) == ",":
        # "the gate, which is, Quill says, old"
        first = end - 2
    while first < end and (s.tag(first) in ("CC", "-", ",") or _is_yet(s, first)):
        first += 1
    first = behind_link(s, first)
    return (first, end) if end > first else None


def _is_yet(s: Sentence, at: int) -> bool:
    """Tell "and yet when she came"."""
    return s.word(at) == "yet" and s.tag(at + 1) == "SC"


def behind_link(s: Sentence, first: int) -> int:
    """Return where a clause begins behind "However," or "In fact," at the start of its sentence."""
    links = grammar()["linking sentences"]
    for length in (1, 2, 3, 4):
        if s.tag(first + length) == ",":
            is_link = "_".join(s.word(at) for at in range(first, first + length)) in links
            return first + length + 1 if is_link else first
    return first


def _opens_clause(s: Sentence, at: int, end: int) -> bool:
    return s.tag(at) in (";", ":") or (s.tag(at) == "(" and s.find(")", at, end - at) < 0)


def _tells_when(s: Sentence, first: int) -> bool:
    """Tell "said Monday, | a day after the dam broke", where the day it was said is told once more."""
    if s.word(first - 2).rstrip(".") not in grammar()["time"]:
        return False
    later = range(first, first + _SHORT_SPAN)
    span = next((at for at in later if s.word(at) in _ONE_SPAN or s.word(at) in SPANS), first)
    return s.word(span + 1) in ("after", "before") and not s.has_verb(first, span)


def _goes_on_tail(s: Sentence, first: int) -> bool:
    """Tell the second half in ", Quill said, and had leaked", ", police said, after he fled"."""
    word = s.word(first)
    if word == "and" and s.word(first + 1) in _SHIFTED:
        return s.tag(first + 2) in ("VD", "VB", "AUX", "NO", "RB")
    if word in _THEN:
        # but "the wells are safe, Quill said, after towns had shut them"
        return s.tag(first + 1) == "SUB" and finite_behind(s, first + 1)
    return word in ("but", "and", "so") and finite_behind(s, first + 1)


def tail(s: Sentence, behind: int) -> Items | None:
    """Return the second half of a clause that the words about who says it break: ", Quill said, ..."."""
    first = behind + 1
    is_joined = _goes_on_tail(s, first)
    # "It is late, said Quill, but “it is not too late.”"
    is_joined |= s.tag(first) == "CC" and s.tag(first + 1) == "Q" and holds_verb(s, first + 1)
    # as in "The dam broke, officials said, killing three"
    is_reason = s.word(first) in ("because", "if", "unless")
    is_own_doing = (
        s.tag(first) == "VG" and not is_any_cue(s, first) and s.word(first) not in grammar()["while speaking"]
    )
    if (
        s.tag(behind) != ","
        or (s.word(first) in _NO_TAIL_WORDS and not is_joined)
        or _tells_when(s, first)
        or (s.tag(first) in _NO_TAIL and not (is_joined or is_own_doing or is_reason))
    ):
        return None
    # "The mayor, the clerk said, had not been told"
    is_report = s.tag(first) not in VERBAL and begins_report(s, first)
    return (first, clause_end(s, first)) if first < s.last() and not is_report else None
