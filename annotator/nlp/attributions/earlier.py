"""What an article tells, and which claims are told before another one, the nearest first."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from annotator.model.grammar import grammar
from annotator.nlp.attributions.contents import Content, content_of, may_negate, rooted
from annotator.nlp.attributions.found import TAKING_SIDES, Bounds, Found
from annotator.nlp.attributions.pointers import Pointer, read_pointer
from annotator.nlp.attributions.resolving import SHORT_TITLES

_BACK = 24
"""Attributions back among which the claim is looked for."""
_FAR_BACK = 80
"""Attributions back among which an accusation is looked for."""
_FARTHEST = 4
"""Paragraphs back in which it may stand."""
_MOST_POINTING = 8
_LEAST_SAID = 3
"""Words of what may be meant."""
_LONG_SENTENCE = 300
_NO_CLAIM = frozenset(("declines",))
_IN_FULL: Mapping[str, frozenset[str]] = {
    short: frozenset(full for full, other in SHORT_TITLES.items() if other == short)
    for short in SHORT_TITLES.values()
}
"""What shortened titles stand for."""
_LEAST_OFFICE = 4
_BEHIND_OFFICE = frozenset(("who", "whose", "which", "of", "for", "at", "in", "from", "with", "and"))
_ENDS = re.compile(r"[.!?][\"”’']?(?=\s)")


@dataclass(frozen=True, slots=True)
class Told:
    """What an article tells: its attributions, whose they are, and those inside each of them."""

    text: str
    found: Sequence[Found]
    names: Mapping[int, str]
    inside: Mapping[int, Sequence[Found]]
    persons: frozenset[int] = frozenset()
    """The attributions of persons who are named."""
    meant: dict[int, Found] = field(default_factory=dict)
    """What those are about whose claim is known to point only."""
    numbers: dict[int, int] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    """Where each attribution begins and ends, by its number."""
    _marks: list[int] = field(default_factory=list)
    _behind: list[int] = field(default_factory=list)
    _lows: dict[int, str] = field(default_factory=dict)
    _negated: dict[int, bool] = field(default_factory=dict)
    _claims: dict[int, bool] = field(default_factory=dict)
    _contents: dict[int, Content] = field(default_factory=dict)
    _rooted: dict[int, Content] = field(default_factory=dict)
    _offices: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.numbers.update({id(one): number for number, one in enumerate(self.found)})
        for one in self.found:
            start, end = one.extent
            self.starts.append(start)
            self.ends.append(end)

    def is_claim(self, one: Found) -> bool:
        """Tell whether somebody claims something in so many words."""
        known = self._claims.get(id(one))
        if known is None:
            known = self._claims[id(one)] = _is_claim(self.text, one)
        return known

    def low(self, one: Found) -> str:
        """Return the words of a claim in small letters."""
        known = self._lows.get(id(one))
        if known is None:
            words = " ".join([self.text[start:end] for start, end in one.claim])
            known = self._lows[id(one)] = words.lower()
        return known

    def content(self, one: Found) -> Content:
        """Return the words that carry a claim."""
        if id(one) not in self._contents:
            self._contents[id(one)] = content_of(self.text, one.claim)
        return self._contents[id(one)]

    def rooted(self, one: Found) -> Content:
        """Return the words that carry a claim as they begin."""
        if id(one) not in self._rooted:
            self._rooted[id(one)] = rooted(self.content(one))
        return self._rooted[id(one)]

    def may_be_negated(self, one: Found) -> bool:
        """Tell whether a claim may be negated, faster than by reading it."""
        known = self._negated.get(id(one))
        if known is None:
            known = self._negated[id(one)] = may_negate(self.low(one))
        return known

    def has_negated_before(self, one: Found) -> bool:
        """Tell whether any claim that may be meant by one may be negated."""
        number = self.numbers[id(one)]
        near = self.found[max(0, number - _BACK) : number]
        return any(self.may_be_negated(self.meant.get(id(other), other)) for other in near)

    def cue(self, one: Found) -> str:
        """Return the words of a cue."""
        return self.text[slice(*one.cue)] if one.cue is not None else ""

    def source(self, one: Found) -> str:
        """Return the words of a source."""
        return self.text[slice(*one.source)] if one.source is not None else ""

    def offices(self, one: Found) -> Set[str]:
        """Return what else the person is called whose an attribution is: "governor" of Gov. Judith Harrow."""
        if not self._offices:
            self._offices[""] = set()
            for other in self.found:
                if id(other) in self.persons:
                    name = self.names.get(id(other), "")
                    self._offices.setdefault(name, set()).update(_offices_in(self.source(other)))
        return self._offices.get(self.names.get(id(one), ""), frozenset())

    def ends_between(self, one: Found, other: Found) -> int:
        """Return how many sentences end between two attributions."""
        return self.count_ends(one.end - 1, place(other))

    def count_ends(self, start: int, end: int) -> int:
        """Return how many sentences end in a stretch; "Sen.", "J." and "a.m." end none."""
        if not self._marks:
            for first, behind in _sentence_marks(self.text):
                self._marks.append(first)
                self._behind.append(behind)
            # One behind the text: a text without any is read once too.
            self._marks.append(len(self.text) + 1)
            self._behind.append(len(self.text) + 1)
        return bisect_left(self._behind, end) - bisect_left(self._marks, start)

    def opens_paragraph(self, one: Found) -> bool:
        """Tell whether an attribution stands in the first sentence of its paragraph."""
        start = place(one)
        first = self.text.rfind("\n", max(0, start - _LONG_SENTENCE - 1), start) + 1
        return start - first < _LONG_SENTENCE and not self.count_ends(first, start)


@dataclass(slots=True)
class Near:
    """A claim told before, and how far back it is, or what took it up last."""

    target: Found
    away: float
    """How many others speak between, and half of the paragraphs."""
    paragraphs: int
    between: Bounds
    taken_up_by: Found | None = None
    """What took it up between: "denied the reports"."""

    def sentences(self, told: Told) -> int:
        """Return how many sentences end between what was told and what is said of it."""
        return told.count_ends(*self.between)


def _offices_in(source: str) -> Iterator[str]:
    """Yield the words that tell what a person is, in full: "the auditor, Helen Brandt", "Gov. Harrow"."""
    for word in source.split():
        low = word.lower().strip(".,")
        if low in _BEHIND_OFFICE:
            return
        if (word[0].islower() and len(low) > _LEAST_OFFICE) or low in SHORT_TITLES:
            yield low
        yield from _IN_FULL.get(low, ())


def _sentence_marks(text: str) -> Iterator[Bounds]:
    """Yield where the marks stand that end sentences, with a quotation mark behind."""
    short = grammar()["abbreviation"]
    for match in _ENDS.finditer(text):
        start = at = match.start()
        while at > 0 and text[at - 1].isalnum():
            at -= 1
        if start - at != 1 and text[at:start].lower() not in short:
            yield match.span()


def earlier(told: Told, by: Found, *, is_far: bool = False) -> Iterator[Near]:
    """Yield the claims told before an attribution, the nearest first, those far away only if wanted."""
    number, start, deepest = told.numbers[id(by)], place(by), by.depth + 1
    around = set(map(id, _around(by))) if by.parent is not None else ()
    away, last, names = 0, None, told.names
    most, farthest = (_FAR_BACK, by.paragraph) if is_far else (_BACK, _FARTHEST)
    for at in range(number - 1, max(-1, number - most - 1), -1):
        one = told.found[at]
        paragraphs = by.paragraph - one.paragraph
        if paragraphs > farthest:
            return
        end = told.ends[at]
        if one.depth > deepest or id(one) in around or _is_in(by.source, told.starts[at], end):
            continue
        meant = told.meant.get(id(one))
        if meant is None and end > start:
            continue
        if one.parent is None:
            is_other = last is not None and one.source != last.source
            away += is_other and names.get(id(one), "") != names.get(id(last))
            last = one
        if meant is not None or told.is_claim(one):
            away_all = away + max(0, paragraphs - 1) / 2
            yield Near(
                meant or one, away_all, paragraphs, (end - 1, start), one if meant is not None else None
            )


def place(one: Found) -> int:
    """Return where an attribution begins, without its source, which others may share."""
    return min(one.claim[0][0], one.cue[0]) if one.cue is not None else one.claim[0][0]


def _around(by: Found) -> Iterator[Found]:
    """Yield those that an attribution stands in, but for one whose claim runs on too far."""
    one = by.parent
    while one is not None:
        if by.source is None or any(start <= by.source[0] < end for start, end in one.claim):
            yield one
        one = one.parent


def _is_in(source: Bounds | None, start: int, end: int) -> bool:
    return source is not None and source[0] <= start and end <= source[1]


def _is_claim(text: str, one: Found) -> bool:
    """Tell whether somebody claims something in so many words."""
    is_nobodys = one.source is None and one.presents != "doubtful" and one.pattern != "passive"
    if is_nobodys and one.parent is not None and one.pattern.startswith("noun"):
        # "denied a newspaper report that"
        is_nobodys = one.parent.group not in TAKING_SIDES | {"distances"}
    is_untold = one.is_negated and one.group in ("asserts", "believes")
    if one.group in _NO_CLAIM or one.pattern == "continues" or is_nobodys or is_untold:
        return False
    words = sum(text.count(" ", start, end) + 1 for start, end in one.claim)
    return words >= _LEAST_SAID - (one.group == "demands") and (
        len(one.claim) > 1 or words > _MOST_POINTING or read_whole(text, one) is None
    )


def read_whole(text: str, one: Found) -> Pointer | None:
    """Return what a claim takes up that does nothing else."""
    if len(one.claim) != 1:
        return None
    start, end = one.claim[0]
    pointer = read_pointer(text, start, end)
    return pointer if pointer is not None and not text[pointer.end : end].strip(" .,”\"’'") else None
