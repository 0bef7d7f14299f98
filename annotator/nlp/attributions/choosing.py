"""Of all candidates the ones to propose: the best for each cue, who is inside whom, what continues what."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from annotator.nlp.attributions.found import TAKING_SIDES, Bounds, Found, outer_first
from annotator.nlp.attributions.quotes import Quote
from annotator.nlp.attributions.reading import Line

LEAST = 0.3
_MOST = 300
"""Candidates that are compared with one another."""
_ORPHANED = 0.6
"""How sure one inside a quotation still is that nobody is said to speak."""
_BESIDE = 0.7
"""How sure what "who" says must be to be told apart from who is named."""
_FAR = 400
"""Items between two quotations that are looked at."""
_BETWEEN = frozenset(("Q", ".", "q", ",", "CAP", "NN", "IN", "RB", "DT", "NUM", "PS"))
_REPORTING = frozenset(("that", "clause", "addressee", "unseen", "interposed", "clause-before"))
_CLAUSES = frozenset(("clause", "addressee", "unseen"))
"""Patterns of what begins with who it speaks of, before whom none of what is inside can begin."""
_INSIDE = frozenset(("IN", "TO", "PS", "DT", "VB", "VD", "VG", "NN", "CAP", "SC", "CC"))


def choose(found: Sequence[Found]) -> list[Found]:
    """Return the candidates of a paragraph in order, none torn from a better one, each with its parent."""
    ordered = sorted(found, key=outer_first)
    return [one for run in _runs(ordered) for one in _chosen(run)]


def _runs(ordered: Sequence[Found]) -> Iterator[list[Found]]:
    """Yield those that reach into one another: no others clash or lie inside one another."""
    run: list[Found] = []
    end = 0
    for one in ordered:
        if run and (one.start >= end or len(run) >= _MOST):
            yield run
            run, end = [], 0
        run.append(one)
        end = max(end, one.end)
    if run:
        yield run


def _chosen(found: Sequence[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: -one.score):
        if one.score >= LEAST and one.claim and not any(_clash(one, other) for other in kept):
            kept.append(one)
    kept.sort(key=outer_first)
    return _adopted(kept)


def sides_in_sources(found: Sequence[Found], kept: Sequence[Found]) -> Iterator[Found]:
    """Yield those not kept that take a side in the words for another source: "farmers who oppose it"."""
    sources = [one.source for one in kept if one.source is not None]
    known = set(map(id, kept))
    for one in found if sources else ():
        if one.group not in TAKING_SIDES or one.score < LEAST or one.start == one.claim[0][0]:
            continue
        start, end = one.extent
        if id(one) not in known and any(first <= start and end <= last for first, last in sources):
            one.parent = None
            yield one


def _adopted(kept: list[Found]) -> list[Found]:
    for one in kept:
        one.parent = None
    for one in kept:
        parent = _parent(one, kept)
        # Around what is in the middle of a clause, two may hold the cue of one another.
        one.parent = None if _is_inside(parent, one) else parent
    return kept


def _is_inside(one: Found | None, other: Found) -> bool:
    """Tell whether one is, or lies in, another."""
    while one is not None and one is not other:
        one = one.parent
    return one is not None


def settle(found: Sequence[Found]) -> list[Found]:
    """Return all with their parents, without weak ones in quotations that nobody is said to speak."""
    return [one for run in _runs(found) for one in _strong(_adopted(run))]


def _strong(kept: list[Found]) -> list[Found]:
    strong = [one for one in kept if _alone(one) >= LEAST]
    if len(strong) < len(kept):
        return _strong(_adopted(strong))
    for one in kept:
        one.score = _alone(one)
        around = one.parent
        if around is not None and around.pattern in _CLAUSES and around.cue and one.start >= around.cue[1]:
            # "told a meeting Orla was ready to leave"
            one.begin_at(around.claim[0][0])
    return kept


def _alone(one: Found) -> float:
    """Return the score, less when nobody is said to speak the quotation that it stands in."""
    return one.score * _ORPHANED if one.depth and one.parent is None else one.score


def _clash(one: Found, other: Found) -> bool:
    """Tell whether two say the same, or the cue of one lies in the other's cue or source."""
    if (
        one.cue is not None
        and not _is_said_beside(one, other)
        and any(
            part is not None and one.cue[0] < part[1] and part[0] < one.cue[1]
            for part in (other.cue, other.source)
        )
    ):
        return True
    return one.claim == other.claim and one.depth == other.depth


def _is_said_beside(one: Found, other: Found) -> bool:
    """Tell "who declined to say how" inside the source of "said a farmer, who declined to say how"."""
    source, around = one.source, other.source
    if source is None or around is None or one.cue is None or one.score < _BESIDE:
        return False
    is_inside = around[0] < source[0] and source[1] <= one.cue[0]
    return is_inside and all(end <= around[1] for _, end in one.claim)


def _parent(one: Found, kept: Sequence[Found]) -> Found | None:
    """Return the one with the smallest claim that holds a cue."""
    if one.cue is None:
        return None
    holding = [
        (end - start, number)
        for number, other in enumerate(kept)
        if other is not one
        for start, end in other.claim
        if start <= one.cue[0] and one.cue[1] <= end
    ]
    return kept[min(holding)[1]] if holding else None


def continued(lines: Sequence[Line], kept: Sequence[Found]) -> list[Found]:
    """Return all, and quotations nobody is said to speak as pieces or continuations of the one before."""
    by_paragraph: dict[int, list[Found]] = {}
    for one in kept:
        if one.depth == 0:
            by_paragraph.setdefault(one.paragraph, []).append(one)
    added: list[Found] = []
    last: Found | None = None
    runs_on = False
    for line in lines:
        here = by_paragraph.get(line.paragraph, [])
        long = _LongQuotes(line)
        first = line.quotes.get(0)
        if (
            not here
            and last is not None
            and first is not None
            and line.tags[0] == "Q"
            and _same(line, first, last)
        ):
            here = [_continuation(line, first, last, runs_on)]
            added += here
        quoting = [one for one in here if long.of(one) or _may_quote(one)]
        _add_pieces(line, long, here, quoting)
        last = next((one for one in reversed(quoting) if one.parent is None and long.of(one)), None)
        runs_on = any(quote.runs_on for quote in line.quotes.values())
    return sorted([*kept, *added], key=outer_first)


def _may_quote(one: Found) -> bool:
    """Tell whose words a quotation behind a report may be: "Quill said that it leaks. “It always has.”"."""
    return one.parent is None and one.pattern in _REPORTING and one.source is not None


def _same(line: Line, quote: Quote, last: Found) -> bool:
    """Tell whether a quotation has the same mark as the one before: a subhead may have others."""
    mark = line.text[quote.start]
    return any(line.text[start] == mark or mark in line.text[start:end] for start, end in last.claim)


def _continuation(line: Line, quote: Quote, last: Found, runs_on: bool) -> Found:
    return Found(
        "continues", last.group, None, last.source, ((quote.start, quote.end),), 0.75 if runs_on else 0.6,
        "the quotation runs on from the paragraph before" if runs_on else "a quotation alone, after one",
        paragraph=line.paragraph, form="direct", continues=last,
    )  # fmt: skip


class _LongQuotes:
    """The long quotations of a line, found by where they stand."""

    def __init__(self, line: Line) -> None:
        self.bounds = [(one.start, one.end) for at, one in line.quotes.items() if line.tags[at] == "Q"]

    def of(self, one: Found) -> list[Bounds]:
        """Return those that are a part of what is said."""
        return [bounds for start, end in one.claim for bounds in self._between(start, end)]

    def _between(self, start: int, end: int) -> list[Bounds]:
        first = bisect_right(self.bounds, start, key=itemgetter(1))
        return self.bounds[first : bisect_left(self.bounds, end, key=itemgetter(0))]


def _add_pieces(line: Line, long: _LongQuotes, here: Sequence[Found], quoting: Sequence[Found]) -> None:
    """Give quotations that follow an attributed one in the same paragraph to its attribution."""
    held = {bounds for one in here for bounds in long.of(one)}
    ends = [one.end for one in quoting]
    pieces: dict[int, list[Bounds]] = {}
    for start, end in long.bounds:
        if (start, end) in held:
            continue
        before = bisect_left(quoting, start, key=_start) - 1
        while before >= 0 and ends[before] > start:
            before -= 1
        if before < 0 or not _stands_apart(line, start):
            continue
        is_quoted = before in pieces or bool(long.of(quoting[before]))
        if _is_near(line, ends[before], start, is_next=not is_quoted):
            pieces.setdefault(before, []).append((start, end))
            ends[before] = end
    for number, more in pieces.items():
        quoting[number].go_on(more)


def _stands_apart(line: Line, start: int) -> bool:
    """Tell a quotation behind a mark from one inside a clause, such as the title of a programme."""
    at = bisect_left(line.starts, start)
    if at == 0 or line.tags[at - 1] not in _INSIDE:
        return True
    # "said Quill, R-Ohio. “It always has.”"
    quote = line.quotes.get(at)
    is_whole = quote is not None and line.text[quote.inside[1] - 1] in ".?!"
    return is_whole and line.words[at - 1].endswith(".")


def _start(one: Found) -> int:
    return one.start


def _is_near(line: Line, start: int, end: int, *, is_next: bool) -> bool:
    """Tell whether between two places stand only marks, quotations and words that say when and where."""
    first, behind = bisect_left(line.starts, start), bisect_right(line.ends, end)
    between = line.tags[first : min(behind, first + _FAR)]
    if is_next:
        return between == ["."]
    return between.count(".") <= 1 or all(tag in _BETWEEN for tag in between)
