"""Of all candidates the ones to propose: the best for each cue, who is inside whom, what continues what."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from annotator.nlp.attributions.found import Found
from annotator.nlp.attributions.quotes import Quote
from annotator.nlp.attributions.reading import Line

LEAST = 0.3
_MOST = 300
"""Candidates that are compared with one another."""
_ORPHANED = 0.6
"""How sure one inside a quotation still is that nobody is said to speak."""
_BETWEEN = frozenset(("Q", ".", "q", ",", "CAP", "NN", "IN", "RB", "DT", "NUM", "PS"))


def choose(found: Sequence[Found]) -> list[Found]:
    """Return the candidates of a paragraph in order, none torn from a better one, each with its parent."""
    ordered = sorted(found, key=lambda one: (one.start, -one.end))
    pieces = (ordered[at : at + _MOST] for at in range(0, len(ordered), _MOST))
    return [one for piece in pieces for one in _chosen(piece)]


def _chosen(found: Sequence[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: -one.score):
        if one.score >= LEAST and one.claim and not any(_clash(one, other) for other in kept):
            kept.append(one)
    kept.sort(key=lambda one: (one.start, -one.end))
    return _adopted(kept)


def _adopted(kept: list[Found]) -> list[Found]:
    for one in kept:
        one.parent = _parent(one, kept)
    return kept


def settle(found: Sequence[Found]) -> list[Found]:
    """Return all with their parents, without weak ones in quotations that nobody is said to speak."""
    kept: list[Found] = []
    for _, group in groupby(found, key=lambda one: one.paragraph):
        here = list(group)
        for at in range(0, len(here), _MOST):
            kept += _strong(_adopted(here[at : at + _MOST]))
    return kept


def _strong(kept: list[Found]) -> list[Found]:
    strong = [one for one in kept if _alone(one) >= LEAST]
    if len(strong) < len(kept):
        return _strong(_adopted(strong))
    for one in kept:
        one.score = _alone(one)
    return kept


def _alone(one: Found) -> float:
    """Return the score, less when nobody is said to speak the quotation that it stands in."""
    return one.score * _ORPHANED if one.depth and one.parent is None else one.score


def _clash(one: Found, other: Found) -> bool:
    """Tell whether two say the same, or the cue of one lies in the other's cue or source."""
    if one.cue is not None and any(
        part is not None and one.cue[0] < part[1] and part[0] < one.cue[1]
        for part in (other.cue, other.source)
    ):
        return True
    return one.claim == other.claim and one.depth == other.depth


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
        _add_pieces(line, here)
        quoted = [one for one in here if one.parent is None and _quotes(one, line)]
        last = quoted[-1] if quoted else None
        runs_on = any(quote.runs_on for quote in line.quotes.values())
    return sorted([*kept, *added], key=lambda one: (one.start, -one.end))


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


def _add_pieces(line: Line, here: Sequence[Found]) -> None:
    """Give quotations that follow an attributed one in the same paragraph to its attribution."""
    for at, quote in line.quotes.items():
        if line.tags[at] == "Q" and not _is_held(quote, here):
            before = [one for one in here if one.end <= quote.start and _quotes(one, line)]
            if before and _is_near(line, before[-1].end, quote.start):
                before[-1].claim = (*before[-1].claim, (quote.start, quote.end))


def _is_held(quote: Quote, found: Sequence[Found]) -> bool:
    return any(start < quote.end and quote.start < end for one in found for start, end in one.claim)


def _quotes(one: Found, line: Line) -> bool:
    """Tell whether a long quotation is a part of what is said."""
    return any(
        quote.start < end and start < quote.end
        for at, quote in line.quotes.items()
        if line.tags[at] == "Q"
        for start, end in one.claim
    )


def _is_near(line: Line, start: int, end: int) -> bool:
    """Tell whether between two places stand only marks, quotations and words that say when and where."""
    items = zip(line.tags, line.starts, line.ends, strict=True)
    between = [tag for tag, first, last in items if first >= start and last <= end]
    return between.count(".") <= 1 or all(tag in _BETWEEN for tag in between)
