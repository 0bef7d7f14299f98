"""Who says what, and with which word: what a key would mark at a place, the likeliest first.

All of it is read from the text alone: quotation marks, the words that show that somebody speaks, and what
stands beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.model.cue_words import Cue, lexicon
from annotator.model.records import Fragment
from annotator.model.reports import (
    Pieces,
    Report,
    gap,
    governed,
    is_said,
    quoted_by,
    report_at,
)
from annotator.model.speakers import speakers
from annotator.model.units import TextUnits

_FAR = 120
"""Characters between claim and cue beyond which nothing is obvious any more."""
_MOST = 9
"""Candidates for one part."""
_TURN = re.compile(r"[^\W\d_a-zà-ÿ][^\Wa-zà-ÿ.’'\- ]*(?:[ .’'\-][^\Wa-zà-ÿ]*){0,4}:")
"""The name in capitals that opens a turn of a transcript."""
_FEW = 5
"""Words that a source named behind or before a colon has at most."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An attribution as it would be made at a place."""

    claim: Pieces
    source: Fragment | None = None
    cue: Fragment | None = None


def propose(units: TextUnits, offset: int) -> Proposal:
    """Return the likeliest attribution at a place: its claim, who says it, and by which word."""
    claim = next(iter(claims(units, offset)), ())
    return propose_for(units, claim, offset)


def propose_for(units: TextUnits, claim: Sequence[Fragment], offset: int | None = None) -> Proposal:
    """Return who says a claim and by which word, as far as the text makes it obvious.

    `offset` is where the annotator is: a cue there is meant before others.
    """
    cue = next(iter(cues(units, claim, offset)), None)
    source = next(iter(sources(units, claim, cue)), None)
    return Proposal(tuple(claim), source, cue)


def cue_at(units: TextUnits, offset: int) -> Fragment | None:
    """Return the words at a place that show that somebody speaks."""
    found = report_at(units, offset).cue_at(offset) if units.starts else None
    return found.words if found is not None else None


def claims(units: TextUnits, offset: int) -> list[Pieces]:
    """Return what may be claimed at a place, the likeliest first: quotations, clauses, sentences."""
    if not units.starts:
        return []
    report = report_at(units, offset)
    found: list[Pieces] = []
    here = report.quotation_at(offset)
    marked = _by_colon(units, report)
    is_at_cue = report.cue_at(offset) is not None
    if marked is not None and not is_at_cue:
        here_alone = units.claim_at(offset)
        found += [marked.claim, (Fragment(max(here_alone.start, marked.claim[0].start), here_alone.end),)]
    if here is not None and is_said(report, here) and not is_at_cue:
        found += _of_quotation(units, report, here)
    for cue in _by_place(report, offset):
        found += governed(report, cue)
    if here is not None:
        found.append((here,))
    found += [marked.claim] if marked is not None else []
    found.append((units.claim_at(offset),))
    found = [one for one in dict.fromkeys(found) if one and one[0].start < one[0].end]
    if not is_at_cue and not _is_at_speaker(report, offset):
        found.sort(key=lambda one: not any(piece.start <= offset < piece.end for piece in one))
    return found[:_MOST]


def cues(units: TextUnits, claim: Sequence[Fragment], offset: int | None = None) -> list[Fragment]:
    """Return the words that may show that a claim is said, the likeliest first; none lies in the claim."""
    if not claim or not units.starts:
        return []
    found: list[Fragment] = []
    for report in _reports(units, claim):
        marked = _by_colon(units, report)
        if marked is not None and marked.cue is not None and _is_at(report, marked.cue, claim):
            found.append(marked.cue)
        ranked = sorted(
            (one for one in report.cues if _is_outside(one.words, claim)),
            key=lambda one: _distance(report, one, claim, offset),
        )
        near = [one for one in ranked if min(gap(one.words, piece) for piece in claim) <= _FAR]
        found += (one.words for one in near)
        found += (one.verb for one in near)
    return list(dict.fromkeys(found))[:_MOST]


def sources(units: TextUnits, claim: Sequence[Fragment], cue: Fragment | None) -> list[Fragment]:
    """Return the words that may name who says a claim, the likeliest first; the cue says where to look."""
    if cue is None or not units.starts:
        return []
    report = report_at(units, cue.start)
    marked = _by_colon(units, report)
    found = [marked.source] if marked is not None and marked.cue == cue and marked.source is not None else []
    own = [one for one in report.cues if cue in (one.words, one.verb) or one.words.start == cue.start]
    known = own[0] if own else Cue(cue, cue, report.word(cue))
    found += speakers(report, known, claim)
    return list(dict.fromkeys(found))[:_MOST]


def _is_at_speaker(report: Report, offset: int) -> bool:
    """Tell whether a place is in the words that say who speaks: what that one says is meant there."""
    spoken = ((cue, governed(report, cue)[:1]) for cue in report.cues)
    first = (next(iter(speakers(report, cue, claim[0])), None) for cue, claim in spoken if claim)
    return any(one is not None and one.start <= offset < one.end for one in first)


def _by_place(report: Report, offset: int) -> list[Cue]:
    """Return the cues that may be meant at a place: the one there, then by how closely they hold it."""
    here = report.cue_at(offset)
    inside = report.quotation_at(offset)

    def _rank(cue: Cue) -> tuple[bool, bool, bool, int]:
        held = governed(report, cue)[:1]
        holds = any(piece.start <= offset < piece.end for one in held for piece in one)
        is_level = report.quotation_at(cue.words.start) == inside
        size = sum(piece.end - piece.start for one in held for piece in one)
        return (
            cue != here,
            not is_level,
            not holds,
            size if holds else gap(cue.words, Fragment(offset, offset + 1)),
        )

    return sorted(report.cues, key=_rank)


def _of_quotation(units: TextUnits, report: Report, here: Fragment) -> list[Pieces]:
    """Return the claims that a quotation may be a piece of, here and in the sentences beside it."""
    outside = report.outside
    if not outside:
        before = units.sentence_after(report.start, -1)
        beside = report_at(units, before.start) if before and _same_paragraph(units, before, here) else None
        cue = beside.outside[-1] if beside is not None and beside.outside else None
        pieces = quoted_by(beside, cue) if beside is not None and cue is not None else ()
        joined = (*pieces, *_that_follow(units, beside, pieces)) if beside is not None and pieces else ()
        return [joined, (here,)] if here in joined else [(here,)]
    cue = min(outside, key=lambda one: gap(one.words, here))
    pieces = quoted_by(report, cue)
    found = [one for one in governed(report, cue) if any(p.start <= here.start < p.end for p in one)]
    if found and found[0] == pieces:
        found.insert(0, (*pieces, *_that_follow(units, report, pieces)))
    return [*found, (here,)]


def _that_follow(units: TextUnits, report: Report, pieces: Pieces) -> Pieces:
    """Return the quotations of the next sentence, when nobody is said to speak there: it goes on."""
    after = units.sentence_after(max(report.start, report.end - 1), 1)
    if not pieces or pieces[-1].start > report.cues[-1].words.start or after is None:
        return ()
    if not _same_paragraph(units, after, pieces[0]) or after.start < report.end:
        return ()
    following = report_at(units, after.start)
    if following.outside or not following.quotations or following.quotations[0].start != after.start:
        return ()
    return tuple(following.quotations)


def _same_paragraph(units: TextUnits, one: Fragment, other: Fragment) -> bool:
    return units.paragraph_at(one.start) == units.paragraph_at(other.start)


def _reports(units: TextUnits, claim: Sequence[Fragment]) -> list[Report]:
    """Return the reports that a claim's pieces stand in, then the one before in the same paragraph."""
    found = [report_at(units, one.start) for one in claim]
    if not any(_is_outside(cue.words, claim) for report in found for cue in report.cues):
        before = units.sentence_after(found[0].start, -1)
        if before is not None and _same_paragraph(units, before, claim[0]) and found[0].quotations:
            found.append(report_at(units, before.start))
    return list({one.start: one for one in found}.values())


def _distance(
    report: Report, cue: Cue, claim: Sequence[Fragment], offset: int | None
) -> tuple[bool, bool, int, int]:
    """Return how far a cue is from a claim: at the caret, governing it, beside it."""
    is_here = offset is not None and cue.words.start <= offset < cue.words.end
    held = governed(report, cue)
    rank = next((at for at, one in enumerate(held) if tuple(claim) == one or claim[0] in one), len(held) + 1)
    is_level = report.quotation_at(cue.words.start) == _level(report, claim)
    return (not is_here, not is_level, rank, min(gap(cue.words, one) for one in claim))


def _level(report: Report, claim: Sequence[Fragment]) -> Fragment | None:
    """Return the quotation that holds a claim, if it is not a quotation itself."""
    inside = report.quotation_at(claim[0].start)
    return inside if inside is not None and inside.start < claim[0].start else None


def _is_outside(one: Fragment, claim: Iterable[Fragment]) -> bool:
    return not any(one.start < piece.end and piece.start < one.end for piece in claim)


def _by_colon(units: TextUnits, report: Report) -> Proposal | None:
    """Return what a colon attributes: a turn of a transcript, a name before speech, a headline's end."""
    paragraph = units.paragraph_at(report.start)
    text = units.text
    turn = _TURN.match(text, paragraph.start, paragraph.end)
    if turn is not None and turn.end() < paragraph.end and turn.group().isupper():
        start = turn.end() + (1 if text[turn.end()].isspace() else 0)
        cue = Fragment(turn.end() - 1, turn.end())
        return Proposal((Fragment(start, paragraph.end),), Fragment(paragraph.start, cue.start), cue)
    colon = next((one for one in report.tokens if report.word(one) == ":" and _is_open(report, one)), None)
    if colon is None or any(one.words.end == colon.end for one in report.cues):
        return None
    left, right = report.between(report.start, colon.start), report.between(colon.end, report.end)
    if not left or not right:
        return None
    return _sides(report, left, colon, right)


def _is_open(report: Report, colon: Fragment) -> bool:
    return report.quotation_at(colon.start) is None


def _sides(
    report: Report, left: Sequence[Fragment], colon: Fragment, right: Sequence[Fragment]
) -> Proposal | None:
    said = report.quotation_at(right[0].start)
    before, after = Fragment(left[0].start, left[-1].end), Fragment(right[0].start, right[-1].end)
    if said is not None and len(left) <= _FEW and _names_somebody(report, left):
        return Proposal((said,), before, colon)
    is_headline = len(right) <= _FEW < len(left) and _names_somebody(report, right)
    return Proposal((before,), after, colon) if is_headline else None


def _names_somebody(report: Report, words: Sequence[Fragment]) -> bool:
    known = lexicon()
    return report.word(words[-1]) not in _STOP_MARKS and any(
        report.text[one.start].isupper() or report.word(one) in known.titles for one in words
    )


_STOP_MARKS = frozenset(".!?")


def _is_at(report: Report, cue: Fragment, claim: Sequence[Fragment]) -> bool:
    """Tell whether only white space lies between a colon and a claim."""
    return any(
        not report.text[min(cue.end, one.end) : max(cue.start, one.start)].strip()
        for one in claim
        if one.end <= cue.start or cue.end <= one.start
    )
