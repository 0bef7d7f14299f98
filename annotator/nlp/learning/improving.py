"""What the learned model sees in a text, and frames of it where the rules see nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.model.learning import Pieces
from annotator.model.suggesting import Proposals, ProposedFrame, ProposedSpan
from annotator.nlp.learning.tagger import Tagger
from annotator.nlp.learning.words import Line, features, outermost, spans

Frames = Mapping[str, Mapping[str, str]]
"""Per label of frames, the role that a label of spans fills in it; the first leads."""
Seen = tuple[str, Pieces, float, int]
"""A span that a model sees: label, place, how sure it is, and the number of its paragraph."""
LEAST = 0.7
"""How sure it has to be of what the rules do not propose."""
MOST = 0.75
"""What a frame that the rules do not see scores at most: its tags are surer than the whole."""
_REASON = "learned from the labels of this project"


@dataclass(slots=True)
class _Found:
    """A span that the model sees, and whether the rules have proposed (some of) it."""

    label: str
    pieces: Pieces
    score: float
    line: int
    is_used: bool = False


def see(tagger: Tagger, labels: Sequence[str], lines: Sequence[Line], proposals: Proposals) -> list[Seen]:
    """Return the spans that a model sees in paragraphs for which the rules have these proposals."""
    said, found = outermost(proposals), list[Seen]()
    for at, line in enumerate(lines):
        tags, sure = tagger.tag(features(line, said, labels))
        for (label, pieces), words in spans(line, tags):
            found.append((label, pieces, sum(sure[one] for one in words) / len(words), at))
    return found


def added(proposals: Proposals, rules: Proposals, seen: Sequence[Seen], frames: Frames) -> Proposals:
    """Return proposals with frames that the model sees where the rules see nothing."""
    found = [_Found(*one) for one in seen]
    said: dict[str, list[Pieces]] = {}
    for (label, pieces), _ in outermost(rules):
        said.setdefault(label, []).append(pieces)
    for one in found:
        one.is_used = any(_touch(one.pieces, other) for other in said.get(one.label, ()))
    spans, made = list(proposals.spans), list(proposals.frames)
    for label, ends in _missed(found, frames):
        named = tuple((frames[label][one.label], at) for at, one in enumerate(ends, len(spans)))
        score = round(min(MOST, sum(one.score for one in ends) / len(ends)), 3)
        spans += (
            ProposedSpan(one.label, one.pieces, round(min(MOST, one.score), 3), _REASON) for one in ends
        )
        made.append(ProposedFrame(label, named, score, _REASON))
    return replace(proposals, spans=tuple(spans), frames=tuple(made))


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


def _touch(one: Pieces, other: Pieces) -> bool:
    return any(a[0] < b[1] and b[0] < a[1] for a in one for b in other)


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
