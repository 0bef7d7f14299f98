"""How sure a suggestion is, in three steps, and how often each step has been right in a project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from annotator.model.alike import VALUE, outline
from annotator.model.ids import Id
from annotator.model.records import Fragment, Frame, Span, SuggestedFrame, SuggestedSpan

Step = Literal["sure", "likely", "guess"]
Verdict = Literal["right", "changed", "wrong"]
SURE, LIKELY = 0.8, 0.5
STEPS: tuple[Step, ...] = ("sure", "likely", "guess")
SIGNS: Mapping[Step, str] = {"sure": "●●●", "likely": "●●○", "guess": "●○○"}
"""What stands beside the word for a step."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many suggestions were taken as they are, taken and changed, and rejected or removed again."""

    right: int = 0
    changed: int = 0
    wrong: int = 0

    @property
    def decided(self) -> int:
        """How many were decided."""
        return self.right + self.changed + self.wrong


Record = Mapping[tuple[str, Step], Tally]
"""What became of suggestions so far, by the name of their suggester without its version, and the step."""


def step_of(score: float) -> Step:
    """Return the step of a score from 0 to 1."""
    return "sure" if score >= SURE else "likely" if score >= LIKELY else "guess"


def suggester_name(suggester: str) -> str:
    """Return the name of a suggester without its version."""
    return suggester.rpartition(" ")[0] or suggester


def has_learned(suggester: str) -> bool:
    """Tell whether a suggester had learned: its version has `+` in it."""
    return "+" in suggester.rpartition(" ")[2]


def tallied(
    frames: Iterable[SuggestedFrame],
    spans: Sequence[SuggestedSpan],
    stored: Mapping[Id, Span | Frame],
    places: Mapping[Id, Sequence[Fragment]],
) -> Record:
    """Return what became of decided suggestions; the parts of a suggested frame are counted with it.

    `stored` are what they became, as that is now; `places` are the fragments of all spans in roles.
    """
    counts: Counter[tuple[str, Step, Verdict]] = Counter()
    parts: set[Id] = set()
    for frame in frames:
        parts.update(end.end for end in frame.roles)
        counts[_key(frame, _of_frame(frame, _became(frame, stored), places))] += 1
    for span in spans:
        if span.id not in parts:
            counts[_key(span, _of_span(span, _became(span, stored)))] += 1
    found: dict[tuple[str, Step], Tally] = {}
    for name, step, _ in counts:
        found[name, step] = Tally(
            counts[name, step, "right"], counts[name, step, "changed"], counts[name, step, "wrong"]
        )
    return found


def _key(one: SuggestedFrame | SuggestedSpan, verdict: Verdict) -> tuple[str, Step, Verdict]:
    return suggester_name(one.suggester), step_of(one.score), verdict


def _became(one: SuggestedFrame | SuggestedSpan, stored: Mapping[Id, Span | Frame]) -> Span | Frame | None:
    return stored.get(one.became) if one.state == "accepted" and one.became is not None else None


def _of_span(one: SuggestedSpan, now: Span | Frame | None) -> Verdict:
    if not isinstance(now, Span):
        return "wrong"
    return "right" if (now.label, now.fragments) == (one.label, one.fragments) else "changed"


def _of_frame(
    one: SuggestedFrame, now: Span | Frame | None, places: Mapping[Id, Sequence[Fragment]]
) -> Verdict:
    """Return whether a frame still has the label, the value and all words that were proposed."""
    if not isinstance(now, Frame):
        return "wrong"
    before, after = (outline(each.label, each.attributes, each.roles, places) for each in (one, now))
    is_same = before.words == after.words and (one.label, one.attributes.get(VALUE)) == (
        now.label,
        now.attributes.get(VALUE),
    )
    return "right" if is_same else "changed"
