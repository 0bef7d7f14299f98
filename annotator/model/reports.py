"""One sentence that reports what somebody says: its quotations, its cues, and what each cue governs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TypeVar

from annotator.model.cue_words import Cue, find_cues, lexicon
from annotator.model.records import Fragment
from annotator.model.units import TextUnits

T = TypeVar("T")
Pieces = tuple[Fragment, ...]
_SCARE = 2
"""White spaces that a quotation holds at least, to be a claim and not a word at arm's length."""
_MOST = 8
"""Quotations and cues of one sentence that are looked at."""
_EDGES = 5
"""Places where what is said may begin or end that are looked at."""
_ASIDE = 14
"""Tokens between a cue and the "that" that belongs to it, at most."""
_THAT = frozenset(("that", "whether"))
_HOW = frozenset(("how", "what", "who", "why", "if", "where", "when"))
_CLOSING = "”’\"'»"
_STOPS = ".,;:"
_DASHES = frozenset("-–—―")
_BREAKING = (",", ";", "–", "—", "―")
_FIRST = 160
"""Characters in which the place and date at the head of a report stand."""


@dataclass(frozen=True, slots=True)
class Report:
    """A sentence, wide enough that no quotation is cut, with what stands in it."""

    units: TextUnits
    start: int
    end: int
    tokens: tuple[Fragment, ...]
    quotations: tuple[Fragment, ...]
    """The nearest ones, in text order."""
    cues: tuple[Cue, ...]
    """The nearest ones, in text order."""
    outside: tuple[Cue, ...]
    """The cues that stand in no quotation."""

    @property
    def text(self) -> str:
        """The whole text."""
        return self.units.text

    def quotation_at(self, offset: int) -> Fragment | None:
        """Return the quotation that holds an offset."""
        return next((one for one in self.quotations if one.start <= offset < one.end), None)

    def cue_at(self, offset: int) -> Cue | None:
        """Return the cue that holds an offset."""
        return next((one for one in self.cues if one.words.start <= offset < one.words.end), None)

    def word(self, token: Fragment) -> str:
        """Return a token in small letters."""
        return self.text[token.start : token.end].lower()

    def between(self, start: int, end: int) -> list[Fragment]:
        """Return the tokens of a stretch."""
        first = bisect_left(self.tokens, (start, start))
        last = bisect_left(self.tokens, (end, end), first)
        return [one for one in self.tokens[first:last] if one.end <= end]

    def room(self, offset: int) -> Fragment:
        """Return the sentence inside the quotation at an offset, else the whole report."""
        inside = self.quotation_at(offset)
        if inside is None:
            return Fragment(self.start, self.end)
        sentence = self.units.sentence_at(offset)
        end = min(inside.end, sentence.end)
        while end > inside.start + 1 and self.text[end - 1] in _CLOSING + ",":
            end -= 1
        return Fragment(max(inside.start + 1, sentence.start), end)


def report_at(units: TextUnits, offset: int) -> Report:
    """Return the report at an offset: its sentence, and those that its quotations run on into."""
    low, high = units.sentence_at(offset)
    quotations = units.quotations_at(offset)
    for one in quotations:
        if one.start < high < one.end:
            high = max(high, units.sentence_at(one.end - 1).end)
    for one in reversed(quotations):
        if one.start < low < one.end:
            low = min(low, units.sentence_at(one.start).start)
    tokens = tuple(
        Fragment(*one)
        for section in units.sections_of(low, high)
        for one in units.tokens(section)
        if low <= one[0] < high
    )
    inside = _nearest([one for one in quotations if low <= one.start < high], offset, lambda one: one)
    cues = _nearest(find_cues(units.text, tokens), offset, lambda one: one.words)
    free = tuple(one for one in cues if not any(q.start <= one.words.start < q.end for q in inside))
    return Report(units, low, high, tokens, inside, cues, free)


def _nearest(found: Sequence[T], offset: int, place: Callable[[T], Fragment]) -> tuple[T, ...]:
    """Return those nearest to a place, in text order: a sentence can go on for pages."""
    if len(found) <= _MOST:
        return tuple(found)
    here = Fragment(offset, offset)
    return tuple(sorted(sorted(found, key=lambda one: gap(place(one), here))[:_MOST], key=place))


def is_said(report: Report, quotation: Fragment) -> bool:
    """Tell a quotation from a word or two at arm's length."""
    text = report.text[quotation.start : quotation.end]
    return text.count(" ") >= _SCARE or text[-2:-1] in (",", ".", "!", "?")


def quoted_by(report: Report, cue: Cue) -> Pieces:
    """Return the quotations of a report that stand nearest to this cue, as the pieces of one claim."""
    if cue not in report.outside:
        return ()
    return tuple(
        one
        for one in report.quotations
        if is_said(report, one) and min(report.outside, key=lambda other: gap(other.words, one)) == cue
    )


def gap(one: Fragment, other: Fragment) -> int:
    """Return how many characters lie between two stretches."""
    return max(one.start - other.end, other.start - one.end, 0)


def governed(report: Report, cue: Cue) -> list[Pieces]:
    """Return what a cue may say, the likeliest first."""
    quoted = quoted_by(report, cue)
    after = list(_after(report, cue))
    before = list(_before(report, cue))
    is_after = bool(after) and _is_led_in(report, cue, after[0])
    clauses = after + before if is_after or not before else before + after
    single: list[Pieces] = [(one,) for one in clauses]
    if not quoted:
        return single
    is_mixed = clauses and _holds_more(report, cue, clauses[0], quoted)
    found = [*single[:1], quoted, *single[1:]] if is_mixed else [quoted, *single]
    return found + [(one,) for one in quoted]


def _holds_more(report: Report, cue: Cue, clause: Fragment, quoted: Pieces) -> bool:
    """Tell whether a clause runs into its quotation: said that the plan "was not theirs"."""
    first = quoted[0]
    lead = report.between(clause.start, first.start)
    is_name = cue.word in lexicon().naming
    return (
        not is_name and first.end <= clause.end and len(lead) > 1 and report.word(lead[-1]) not in (",", ":")
    )


def _is_led_in(report: Report, cue: Cue, after: Fragment) -> bool:
    """Tell whether what is said follows its cue: "said that", or a subject at the head of the report."""
    words = report.between(after.start, after.end)
    if not words or report.word(words[0]) in _THAT:
        return bool(words)
    if cue.word == "according":
        return cue.words.start == report.start
    room = report.room(cue.words.start)
    lead = report.between(_body(report, room), cue.words.start)
    commas = [one for one in lead if report.word(one) in _BREAKING]
    if not commas or not _is_clause(report, room, commas[0 if len(commas) == 1 else -1]):
        return True
    is_turned = len(commas) == 1 and commas[0] == lead[-1]
    first = next((report.word(one) for one in report.between(cue.words.end, room.end)), ".")
    return not (is_turned or first in lexicon().when or not first[0].isalnum() or first.endswith("ly"))


def _is_clause(report: Report, room: Fragment, comma: Fragment) -> bool:
    """Tell whether enough stands before a comma to be a statement."""
    return len(report.between(_body(report, room), comma.start)) > 3


def _after(report: Report, cue: Cue) -> Iterator[Fragment]:
    """Yield what may be said behind a cue."""
    room = report.room(cue.words.start)
    tail = report.between(cue.words.end, room.end)
    at = _first_said(report, cue, tail)
    if at is None:
        return
    ends = list(islice(_ends(report, tail[at:], room.end), _EDGES))
    starts = dict.fromkeys((tail[at].start, *_other_starts(report, tail, at)))
    for start in islice(starts, _EDGES):
        for end in ends:
            if start < end:
                yield Fragment(start, end)


def _first_said(report: Report, cue: Cue, tail: Sequence[Fragment]) -> int | None:
    known = lexicon()
    words = [report.word(one) for one in tail]
    if cue.word == "according":
        commas = [at for at, word in enumerate(words[:-1]) if word == ","]
        while len(commas) > 1 and words[commas[0] + 1] in ("which", "who", "whose"):
            commas = commas[1:]
        comma = commas[0] if commas else None
        return comma + 1 if comma is not None and comma + 1 < len(words) else None
    for at, word in enumerate(words[:_ASIDE]):
        if word in (",", ";") and not _aside_ends(words, at):
            break
        is_near = cue.word in known.telling or words[0] in lexicon().when or cue.words.end > cue.verb.end
        if at and not (is_near or report.text[cue.verb.end - 3 : cue.verb.end] == " by"):
            break
        if word in _THAT or (word in _HOW and cue.word in known.telling):
            return at
    start = 1 if words and words[0] in known.objects and cue.word in known.telling else 0
    if cue.word in known.telling and not start and len(words) > 1 and tail[0].start != tail[-1].start:
        start = _past_whom(report, tail)
    if start and start < len(words) and words[start] == ",":
        return None
    while start < len(words) and words[start] in (":", ","):
        start += 1
    is_end = start < len(words) and words[start] in (".", "?", "!")
    return None if is_end or start >= len(words) else start


def _aside_ends(words: Sequence[str], comma: int) -> bool:
    """Tell whether "that" comes right after a comma that closes an aside."""
    return comma + 1 < len(words) and words[comma + 1] in _THAT


def _past_whom(report: Report, tail: Sequence[Fragment]) -> int:
    """Return where the words said begin, behind the name of whom they are said to."""
    at = 0
    while at < len(tail) and report.text[tail[at].start].isupper():
        at += 1
    return at


def _other_starts(report: Report, tail: Sequence[Fragment], at: int) -> Iterator[int]:
    """Yield further places where what is said may begin: without its "that", or behind a lead-in."""
    if report.word(tail[at]) in _THAT and at + 1 < len(tail):
        yield tail[at + 1].start
    if at == 0 and len(tail) > 1 and report.word(tail[at]) not in _THAT:
        yield tail[1].start
    for number, one in enumerate(tail[: at + _ASIDE]):
        if number > at and report.word(one) in (*_THAT, *_HOW):
            yield one.start


def _ends(report: Report, tail: Sequence[Fragment], end: int) -> Iterator[int]:
    """Yield where what is said may end: at the first real break, at the end, at each comma before it."""
    last = _bare_end(report, end)
    known = lexicon()
    commas = [
        (one.start, report.word(after))
        for one, after in pairwise(tail)
        if report.word(one) in _BREAKING and not _in_quotation(report, one, tail[0])
    ]
    breaks = [start for start, word in commas if word in known.breaks]
    breaks += [start for start, _ in commas if _another_speaks(report, start, end)]
    spoken = min(breaks, default=last)
    yield from dict.fromkeys((spoken, last, *(start for start, _ in reversed(commas))))


def _in_quotation(report: Report, one: Fragment, first: Fragment) -> bool:
    inside = report.quotation_at(one.start)
    return inside is not None and inside != report.quotation_at(first.start)


def _another_speaks(report: Report, comma: int, end: int) -> bool:
    """Tell whether behind a comma somebody else speaks: ", an official told the agency"."""
    return any(
        comma < cue.words.start < end
        and "," not in report.text[comma + 1 : cue.words.start]
        and len(report.between(comma + 1, cue.words.start)) < 8
        for cue in report.cues
        if report.quotation_at(cue.words.start) == report.quotation_at(comma)
    )


def _bare_end(report: Report, end: int) -> int:
    """Return the end without white space and without a full stop outside quotation marks."""
    text = report.text
    while end > report.start and text[end - 1].isspace():
        end -= 1
    if end > report.start and text[end - 1] in _STOPS and text[end - 2 : end - 1] != ".":
        return end - 1
    return end


def _before(report: Report, cue: Cue) -> Iterator[Fragment]:
    """Yield what may be said in front of a cue and its subject: "The water is safe, the minister said"."""
    room = report.room(cue.words.start)
    lead = report.between(room.start, cue.words.start)
    commas = [one for one in lead if report.word(one) in _BREAKING]
    starts = list(islice(_starts(report, room, cue), _EDGES))
    quoted = [one for one in report.quotations if room.start < one.end <= cue.words.start]
    ends = sorted({*(one.end for one in quoted), *(one.start for one in commas)}, reverse=True)
    if cue.word == "according" and not ends:
        ends = [lead[-1].end] if lead else []
    for end in ends[:_EDGES]:
        for start in starts:
            if start < end and len(report.between(start, end)) > 1:
                yield Fragment(start, _trimmed(report, start, end))


def _starts(report: Report, room: Fragment, cue: Cue) -> Iterator[int]:
    body = _body(report, room)
    yield body
    lead = report.between(body, cue.words.start)
    known = lexicon()
    for one, after in pairwise(lead):
        if report.word(one) == "," and report.word(after) not in known.breaks:
            yield after.start
    if body != room.start:
        yield room.start


def _body(report: Report, room: Fragment) -> int:
    """Return where the report itself begins, behind place, agency and dash."""
    head = report.between(room.start, min(room.end, room.start + _FIRST))
    for at, one in enumerate(head[:-1]):
        is_dash = report.word(one) in _DASHES and report.text[one.start - 1 : one.start].isspace()
        if is_dash and at and _is_place(report, head[:at]):
            return head[at + 1].start
    return room.start


def _is_place(report: Report, words: Iterable[Fragment]) -> bool:
    """Tell whether words may be the place and agency at the head of a report."""
    return all(not report.word(one).isalpha() or report.text[one.start].isupper() for one in words)


def _trimmed(report: Report, start: int, end: int) -> int:
    while end > start and report.text[end - 1].isspace():
        end -= 1
    return end
