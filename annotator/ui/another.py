"""Another candidate for a part of a frame: what a label key means while its frame is chosen and at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.model import proposing
from annotator.model.candidates import candidates
from annotator.model.ids import Id
from annotator.model.records import AnySpan, ArticleContent, Fragment, Frame, Span, SuggestedFrame
from annotator.model.units import TextUnits
from annotator.ui import looking

PARTS = ("CLAIM", "SOURCE", "CUE")
Pieces = tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class Another:
    """What to put in a role instead of what is there now (None: nothing yet), and which of how many it is.

    Of one, it is what is there: there is no other.
    """

    role: str
    held: Span | None
    every: Sequence[Pieces]
    at: int

    @property
    def pieces(self) -> Pieces:
        """The words of the candidate."""
        return self.every[self.at]


@dataclass(frozen=True, slots=True)
class Turn:
    """Which candidate is wanted: so many further; among those known already, or those seen from the caret."""

    step: int = 1
    among: Sequence[Pieces] = ()


def another(
    content: ArticleContent, units: TextUnits, frame: Frame, label: str, caret: int, *, turn: Turn
) -> Another | None:
    """Return another candidate for a part, as long as the caret is where the frame's own keys leave it.

    Elsewhere a label key means the words that the caret has been moved to, unless candidates are known.
    """
    if label not in PARTS:
        return None
    parts = {one.lower(): _spans(content, frame, one.lower()) for one in PARTS}
    found = _next(units, parts, label, caret, turn)
    held = next(iter(parts[label.lower()]), None)
    return Another(label.lower(), held, *found) if found is not None else None


def another_suggested(
    content: ArticleContent, units: TextUnits, frame: SuggestedFrame, label: str, caret: int, *, turn: Turn
) -> Another | None:
    """Return a candidate beside the one that a suggestion proposes for a part."""
    if label not in PARTS:
        return None
    known = {one.id: one for one in content.every_span}
    parts = {
        one.lower(): [known[end.end] for end in frame.roles if end.role == one.lower() and end.end in known]
        for one in PARTS
    }
    found = _next(units, parts, label, caret, turn)
    return Another(label.lower(), None, *found) if found is not None else None


def _next(
    units: TextUnits, parts: Mapping[str, Sequence[AnySpan]], label: str, caret: int, turn: Turn
) -> tuple[Sequence[Pieces], int] | None:
    """Return all candidates for a part, and which of them is a step from what it has now."""
    held = next(iter(parts[label.lower()]), None)
    if not turn.among and not _is_at_hand(parts.values(), held, label, caret):
        return None
    found = [*turn.among] or _candidates(units, label, parts, held, caret)
    taken = held.fragments if held is not None else ()
    if held is not None and taken not in found:
        found = [taken, *found]
    at = (found.index(taken) + turn.step) % len(found) if held is not None else 0
    return (found, at) if found else None


def another_claim(units: TextUnits, span: Span, caret: int, turn: Turn) -> Another | None:
    """Return another candidate for a claim that is in no frame yet."""
    if not turn.among and not looking.covers(span, caret):
        return None
    found = turn.among or candidates(units, "claim", {"claim": span.fragments}, caret)
    at = (found.index(span.fragments) + turn.step) % len(found)
    return Another("claim", span, found, at) if len(found) > 1 else None


def beside(units: TextUnits, claim: Sequence[Fragment], label: str, caret: int) -> Fragment | None:
    """Return the likeliest source or cue of a claim, while the caret is still in the claim."""
    if not any(piece.start <= caret < piece.end for piece in claim):
        return None
    made = proposing.propose_for(units, claim)
    return made.source if label == "SOURCE" else made.cue if label == "CUE" else None


def _spans(content: ArticleContent, frame: Frame, role: str) -> list[Span]:
    ends = frame.ends(role)
    return [one for one in content.spans if one.id in ends]


def _is_at_hand(parts: Iterable[Sequence[AnySpan]], held: AnySpan | None, label: str, caret: int) -> bool:
    if held is not None and _holds(held, caret):
        return label == "CLAIM" or caret == held.start
    return any(_holds(one, caret) for spans in parts for one in spans)


def _holds(span: AnySpan, caret: int) -> bool:
    return any(piece.start <= caret < piece.end for piece in span.fragments)


def _candidates(
    units: TextUnits, label: str, parts: Mapping[str, Sequence[AnySpan]], held: AnySpan | None, caret: int
) -> list[Pieces]:
    pieces = {
        role: tuple(sorted(piece for one in spans for piece in one.fragments))
        for role, spans in parts.items()
    }
    if held is not None:
        pieces[label.lower()] = held.fragments
    is_there = any(_holds(one, caret) for one in (*parts["claim"], *parts["cue"]))
    return candidates(units, label.lower(), pieces, caret if is_there else None)


def own_part(content: ArticleContent, frame: Frame, caret: int, mine: Id) -> Span | None:
    """Return the shortest part of a frame that the caret stands in, if it is the annotator's own."""
    ends = {end.end for end in frame.roles}
    here = [one for one in looking.spans_at(content, caret) if one.id in ends and one.annotator == mine]
    here = [one for one in here if len(looking.frames_of(content, one.id, frame.label)) == 1]
    return next((one for one in here if _holds(one, caret)), None)
