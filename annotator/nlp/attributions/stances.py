"""Where sources stand: by cue, negation and hedges, on the claim inside or on what they say themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.nlp.attributions.found import Bounds, Found
from annotator.nlp.attributions.resolving import Actor

_VALUES = {
    "denies": "deny", "doubts": "question", "criticises": "deny", "supports": "support", "admits": "support",
    "distances": "deny",
}  # fmt: skip
_TURNED = {"deny": "support", "support": "deny", "question": "support"}
_NESTED = frozenset(("noun-by", "noun-owned"))
_SURE = {"denies": 0.8, "doubts": 0.75, "criticises": 0.65, "supports": 0.65, "admits": 0.6, "distances": 0.5}
_SAID = {"deny": "does not accept", "support": "stands behind", "question": "doubts"}
_TELLS_QUESTION = 0.55


@dataclass(frozen=True, slots=True)
class Stance:
    """Who stands where: the attribution that shows it, and the claim it is about."""

    by: Found
    target: Found
    """The attribution whose claim is the target; the same one when it is its own claim."""
    value: str
    strength: str
    basis: str
    score: float
    reason: str
    is_shown_by_cue: bool = True


def find_stances(text: str, found: Sequence[Found], actors: Mapping[int, Actor]) -> list[Stance]:
    """Return the stances that cues show, then questions that answer a claim in the same breath."""
    inside = _inside(found)
    shown = [stance for one in found if one.source for stance in _of_cue(one, inside.get(id(one), []))]
    names = {id(one): actors[number].name for number, one in enumerate(found) if number in actors}
    return [*shown, *_in_one_breath(text, found, shown, names)]


def _inside(found: Sequence[Found]) -> dict[int, list[Found]]:
    inside: dict[int, list[Found]] = {}
    for one in found:
        if one.parent is not None:
            inside.setdefault(id(one.parent), []).append(one)
    return inside


def _of_cue(one: Found, nested: Sequence[Found]) -> Iterator[Stance]:
    value = _VALUES.get(one.group)
    if value is None or one.cue is None:
        return
    if one.is_negated:
        value = _TURNED[value]
    target = next((other for other in nested if other.pattern in _NESTED and _begins(one, other)), one)
    partial = one.is_hedged or one.is_negated or one.group == "admits"
    yield Stance(
        one, target, value, "partial" if partial else "full", "inferred" if one.is_negated else "explicit",
        max(0.3, min(one.score + 0.2, _SURE[one.group]) - 0.15 * partial),
        f"“{one.lemma}” {'negated ' if one.is_negated else ''}{_SAID[value]} "
        f"{'what another one claims' if target is not one else 'what follows'}",
    )  # fmt: skip


def _begins(one: Found, other: Found) -> bool:
    """Tell whether what is denied is a claim of somebody's: "dismissed claims by Quill that"."""
    start = one.claim[0][0]
    return (
        other.cue is not None
        and min(other.cue[0], other.source[0] if other.source else other.cue[0]) - start < 40
    )


def _in_one_breath(
    text: str, found: Sequence[Found], shown: Sequence[Stance], names: Mapping[int, str]
) -> Iterator[Stance]:
    """Yield questions put by one who has just taken a stance on another's claim, or was asked about it."""
    others: dict[int, list[Stance]] = {}
    for stance in shown:
        if stance.target is not stance.by:
            others.setdefault(stance.by.paragraph, []).append(stance)
    for one in found:
        if one.source is None or one.parent is not None or not _asks_back(text, one.claim):
            continue
        near = (*others.get(one.paragraph - 1, ()), *others.get(one.paragraph, ()))
        before = [s for s in near if s.by is not one and s.by.start <= one.start]
        if before and _is_same(before[-1].by, one, names):
            yield Stance(
                one, before[-1].target, "question", "full", "inferred", _TELLS_QUESTION,
                "asks back about a claim on which a stance was taken just before", is_shown_by_cue=False,
            )  # fmt: skip


def _asks_back(text: str, claim: Sequence[Bounds]) -> bool:
    return any("?" in text[start:end] and text[start] in "\"“‘«'" for start, end in claim)


def _is_same(one: Found, other: Found, names: Mapping[int, str]) -> bool:
    """Tell whether both are by one actor; when nobody can tell who the first is, the second may be."""
    return names.get(id(one)) in (None, names.get(id(other)))
