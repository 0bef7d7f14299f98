"""When two proposals of a frame are one and the same, though their edges differ a little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from annotator.model.ids import Id
from annotator.model.records import Attributes, Fragment, RoleEnd, SuggestedFrame, SuggestedSpan
from annotator.model.suggesting import named_actors

Suggested = SuggestedSpan | SuggestedFrame
T = TypeVar("T")
VALUE = "value"
"""The attribute that makes a stance what it is: to deny and to question a claim are two stances."""
_CUE, CLAIM = "cue", "claim"


@dataclass(frozen=True, slots=True)
class Outline:
    """What a frame says, without ids: its label and value, the words in each role, the actors it names."""

    label: str
    value: str
    words: Mapping[str, frozenset[tuple[Fragment, ...]]]
    actors: frozenset[tuple[str, str]] | None
    """By role; None where whoever fills it is as good, as in what a person made."""


def outline(
    label: str, attributes: Attributes, roles: Iterable[RoleEnd], places: Mapping[Id, Sequence[Fragment]]
) -> Outline:
    """Return the outline of a frame, suggested or not; `places` are the fragments of spans."""
    words: dict[str, frozenset[tuple[Fragment, ...]]] = {}
    for end in roles:
        if end.kind == "span" and end.end in places:
            words[end.role] = words.get(end.role, frozenset()) | {tuple(places[end.end])}
    return Outline(label, attributes.get(VALUE, ""), words, frozenset(named_actors(attributes)))


def is_same(one: Outline, other: Outline) -> bool:
    """Tell whether two frames are the same proposal.

    They are when label and value are the same, and either all words and named actors are; or the cues
    share a word, and so do the claims where both have one; or, without two cues, every role that both fill
    shares a word, and these are at least two roles, or all that there are.
    """
    if (one.label, one.value) != (other.label, other.value):
        return False
    if one.words == other.words:
        return one.actors == other.actors or None in (one.actors, other.actors)
    shared = one.words.keys() & other.words.keys()
    alike = {role for role in shared if share_words(one.words[role], other.words[role])}
    if _CUE in shared:
        return _CUE in alike and (CLAIM not in shared or CLAIM in alike)
    return alike == shared and (len(alike) > 1 or (bool(alike) and one.words.keys() == other.words.keys()))


def is_bare_claim(roles: Sequence[RoleEnd]) -> bool:
    """Tell whether a frame says what is claimed, and not yet by whom and by which words."""
    return len(roles) == 1 and (roles[0].role, roles[0].kind) == (CLAIM, "span")


def is_begun(one: Outline, other: Outline) -> bool:
    """Tell whether a frame has the claim of another one, with whatever edges, and nothing else of it yet."""
    if (one.label, one.value) != (other.label, other.value) or one.words.keys() != {CLAIM}:
        return False
    return len(other.words) > 1 and share_words(one.words[CLAIM], other.words.get(CLAIM, ()))


def twin_of(shape: Outline, frames: Iterable[tuple[Outline, T]]) -> T | None:
    """Return what belongs to the frame that is the same: all its words before one with other edges."""
    same = [(other, one) for other, one in frames if is_same(other, shape)]
    same.sort(key=lambda one: one[0] != shape)
    return same[0][1] if same else None


def is_proposed_again(old: Sequence[Suggested], new: Sequence[Suggested]) -> bool:
    """Tell whether suggestions are the same, word by word with scores and reasons, but for their ids."""
    return len(old) == len(new) and Counter(_facts(old)) == Counter(_facts(new))


def count_new(old: Sequence[Suggested], new: Sequence[Suggested]) -> int:
    """Return how many suggestions, of any articles, say what none of the old ones says."""
    before, after = (
        Counter((one.article, said) for one, said in zip(them, _facts(them), strict=True))
        for them in (old, new)
    )
    return (after - before).total()


def _facts(proposed: Sequence[Suggested]) -> Iterator[tuple[object, ...]]:
    """Yield what each suggestion says, an end among them by where it stands."""
    places = {one.id: _place(one) for one in proposed if isinstance(one, SuggestedSpan)}
    frames = [one for one in proposed if isinstance(one, SuggestedFrame)]
    named = places | {one.id: one.label for one in frames}  # what they point to says itself what it holds
    parts = places | {one.id: (one.label, _ends(one, named)) for one in frames}
    for one in proposed:
        what = _place(one) if isinstance(one, SuggestedSpan) else (one.label, _ends(one, parts))
        yield (*what, one.score, one.suggester, one.reason, frozenset(one.attributes.items()))


def _place(span: SuggestedSpan) -> tuple[object, ...]:
    return span.label, tuple(span.fragments)


def _ends(frame: SuggestedFrame, places: Mapping[Id, object]) -> tuple[object, ...]:
    return tuple((end.role, end.kind, places.get(end.end, end.end)) for end in frame.roles)


def share_words(one: Iterable[Sequence[Fragment]], other: Iterable[Sequence[Fragment]]) -> bool:
    """Tell whether any stretch of one set of spans overlaps any of another."""
    pieces = [piece for span in other for piece in span]
    return any(a.start < b.end and b.start < a.end for span in one for a in span for b in pieces)
