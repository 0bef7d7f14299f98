"""What the rules propose, with its edges where the learned model is sure of others, and what they missed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from annotator.model.learning import Pieces
from annotator.model.suggesting import Proposals, ProposedFrame, ProposedSpan
from annotator.nlp.learning.tagger import Tagger
from annotator.nlp.learning.words import features, lines, outermost, spans

Frames = Mapping[str, Mapping[str, str]]
"""Per label of frames, the role that a label of spans fills in it; the first leads."""
Seen = tuple[str, Pieces, float, int]
"""A span that a model sees: label, place, how sure it is, and the number of its paragraph."""
SURE = 0.95
"""How sure the model has to be to move an edge of the rules."""
LEAST = 0.35
"""How sure it has to be of what the rules do not propose."""
_REASON = "learned from the labels of this project"
_MARKS = "\"'“”‘’«»„"


@dataclass(slots=True)
class _Found:
    """A span that the model sees, and whether the rules have proposed (some of) it."""

    label: str
    pieces: Pieces
    score: float
    line: int
    is_used: bool = False


def see(tagger: Tagger, labels: Sequence[str], text: str, proposals: Proposals) -> list[Seen]:
    """Return the spans that a model sees in a text for which the rules have these proposals."""
    said, found = outermost(proposals), list[Seen]()
    for at, line in enumerate(lines(text)):
        tags, sure = tagger.tag(features(line, said, labels))
        for (label, pieces), words in spans(line, tags):
            found.append((label, pieces, sum(sure[one] for one in words) / len(words), at))
    return found


def improve(
    text: str, proposals: Proposals, seen: Sequence[Seen], *, moves: Collection[str], frames: Frames
) -> Proposals:
    """Return proposals with the edges of some labels moved, and with frames that the rules do not see.

    What lies inside another attribution stays as it is.
    """
    found = [_Found(*one) for one in seen]
    made = list(proposals.spans)
    places = {(one.label, one.fragments) for one in made}
    for number, better in _paired(proposals, found).items():
        span = _moved(text, made[number], better)
        if span.label in moves and (span.label, span.fragments) not in places:
            places.add((span.label, span.fragments))
            made[number] = span
    added = list(proposals.frames)
    for label, ends in _missed(found, frames):
        named = tuple((frames[label][one.label], at) for at, one in enumerate(ends, len(made)))
        score = round(sum(one.score for one in ends) / len(ends), 3)
        made += (ProposedSpan(one.label, one.pieces, round(one.score, 3), _REASON) for one in ends)
        added.append(ProposedFrame(label, named, score, _REASON))
    return replace(proposals, spans=tuple(made), frames=tuple(added))


def _missed(found: Sequence[_Found], frames: Frames) -> Iterator[tuple[str, list[_Found]]]:
    """Yield a label of frames and what fills its roles, where the rules saw nothing."""
    for label, roles in frames.items():
        first = next(iter(roles), "")
        for head in found:
            if head.label != first or head.is_used or head.score < LEAST:
                continue
            ends = [head, *_near(head, found, roles)]
            if len(ends) == len(roles):
                for one in ends:
                    one.is_used = True
                yield label, ends


def _paired(proposals: Proposals, found: Sequence[_Found]) -> dict[int, _Found]:
    """Return for spans of the rules what the model sees there, one to one, the most alike first."""
    outer = {one for one, _ in outermost(proposals)}
    ranked: list[tuple[float, int, int]] = []
    for number, span in enumerate(proposals.spans):
        for at, one in enumerate(found):
            common = _common(one.pieces, span.fragments) if one.label == span.label else 0
            if common and (span.label, span.fragments) in outer:
                one.is_used = True
                ranked.append((-common / (_size(one.pieces) + _size(span.fragments) - common), number, at))
    pairs: dict[int, _Found] = {}
    taken: set[int] = set()
    for _, number, at in sorted(ranked):
        if number not in pairs and at not in taken:
            taken.add(at)
            pairs[number] = found[at]
    return pairs


def _common(one: Pieces, other: Pieces) -> int:
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)


def _size(pieces: Pieces) -> int:
    return sum(end - start for start, end in pieces)


def _moved(text: str, span: ProposedSpan, better: _Found) -> ProposedSpan:
    """Return a span with the edges that the model is sure of; those at quotation marks stay."""
    if better.score < SURE:
        return span
    pieces = []
    for start, end in span.fragments:
        there = [one for one in better.pieces if one[0] < end and start < one[1]]
        is_plain = not there or text[start] in _MARKS or text[there[0][0]] in _MARKS
        pieces.append((start, end) if is_plain else (there[0][0], there[-1][1]))
    is_torn = any(one[1] > other[0] for one, other in pairwise(pieces))
    return span if is_torn else replace(span, fragments=tuple(pieces))


def _near(head: _Found, found: Sequence[_Found], roles: Mapping[str, str]) -> Iterator[_Found]:
    """Yield what stands nearest of each other label, in the same paragraph."""
    for label in roles:
        near = [
            one
            for one in found
            if one.label == label != head.label and one.line == head.line and not one.is_used
        ]
        if near:
            yield min(near, key=lambda one: _gap(one.pieces, head.pieces))


def _gap(one: Pieces, other: Pieces) -> int:
    return min(max(b[0] - a[1], a[0] - b[1], 0) for a in one for b in other)
