"""A stance, and whom and what it may belong to: the same person, another one, the claim told before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.nlp.attributions.found import NAMING, Bounds, Found
from annotator.nlp.attributions.resolving import is_pronoun

_POINTING = frozenset((
    "it", "this", "that", "these", "those", "them", "him", "her", "us", "me", "you",
    "himself", "herself", "itself", "themselves",
))  # fmt: skip
"""Words that are a claim only by what they point to."""

QUOTES = "\"“‘«'"
"""Marks that open a quotation."""
SAYING = frozenset(("asserts", "insists", "admits", "believes"))
_TELLING = frozenset(("asserts", "insists", "warns", "believes"))
STATING = frozenset((
    "that", "clause", "clause-before", "interposed", "unseen", "addressee", "as", "headline", "colon",
    "colon-name", "quote", "quote-inverted", "quote-behind",
))  # fmt: skip
"""Patterns of claims that are told in words of their own."""
NO_STATEMENT = NAMING | {"to"}
"""Patterns of what can be neither so nor not: "the final level", "wanted to ask"."""


OTHER_SIDE: Mapping[str, str] = {"deny": "support", "support": "deny"}


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
    must_point: bool = False
    """Whether it is one only when its claim points to another one: "echoed the call"."""
    named_by: Bounds | None = None
    """The words that name whose it is, where those of `by` are a pronoun of nobody known."""


def only_points(text: str, target: Found) -> bool:
    """Tell whether a claim is a word that only points to one."""
    return len(target.claim) == 1 and text[slice(*target.claim[0])].lower() in _POINTING


def said_last(text: str, said: Found, inside: Mapping[int, Sequence[Found]]) -> Found:
    """Return the claim that a turn ends with, "Activists claim that it leaks.", else the turn itself."""
    end = said.end
    closing = (
        one
        for one in inside.get(id(said), ())
        if one.source
        and one.group in _TELLING
        and one.pattern not in NO_STATEMENT
        and one.pattern != "relative"
        and not text[one.end : end].strip(" .?!…”\"’'»")
    )
    return next(closing, said)


def is_another(text: str, one: Found, other: Found, names: Mapping[int, str]) -> bool:
    """Tell whether two sources are two people, by their names or else by their words."""
    if one.source is None or other.source is None:
        return False
    known = names.get(id(one)), names.get(id(other))
    if all(known):
        return known[0] != known[1]
    words = text[slice(*one.source)], text[slice(*other.source)]
    return words[0] != words[1] and not any(map(is_pronoun, words))


def is_same(one: Found, other: Found, names: Mapping[int, str]) -> bool:
    """Tell whether both are by one actor; when nobody can tell who the first is, the second may be."""
    return names.get(id(one)) in (None, names.get(id(other)))


def on_others(shown: Sequence[Stance]) -> dict[int, list[Stance]]:
    """Return the stances on claims of others in text order, by paragraph."""
    others: dict[int, list[Stance]] = {}
    for stance in sorted(shown, key=_place):
        if stance.target is not stance.by:
            others.setdefault(stance.by.paragraph, []).append(stance)
    return others


def _place(stance: Stance) -> int:
    return stance.by.start


def stances_before(one: Found, others: Mapping[int, Sequence[Stance]]) -> Iterator[Stance]:
    """Yield the stances on claims of others before a frame, the nearest first, to the paragraph before."""
    here = others.get(one.paragraph, ())
    for at in range(bisect_right(here, one.start, key=_place) - 1, -1, -1):
        yield here[at]
    yield from reversed(others.get(one.paragraph - 1, ()))
