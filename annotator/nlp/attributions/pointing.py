"""What words that point to a claim mean: "Kerrin said it leaks. Quill denied it", "rejected the figure"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.model.cue_lexicon import cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.contents import Content, content_of, words_of
from annotator.nlp.attributions.found import Bounds, Found
from annotator.nlp.attributions.pointers import (
    AMOUNT,
    BLAME,
    DEMAND,
    OWNED,
    TO_COME,
    Pointer,
    read_pointer,
    singular,
)
from annotator.nlp.attributions.resolving import is_pronoun
from annotator.nlp.attributions.stance import is_another, is_same, said_last

_BACK = 24
"""Attributions back among which the claim is looked for."""
_FARTHEST = 4
"""Paragraphs back in which it may stand."""
_MOST_POINTING = 8
_LEAST_SAID = 3
"""Words of what may be meant."""
LIKELY, GUESS = 0.49, 0.45
"""How sure it is that something is meant: with, and without, something that speaks for it but its place."""
_ROOT = 6
"""Letters by which a noun and the verb or adjective that it is made of are alike."""
_OWN = frozenset((
    "stand", "defend", "stick", "justify", "repeat", "reiterate", "walk", "retract", "withdraw", "recant",
    "regret",
))  # fmt: skip
"""Who does this to "his claim" speaks of his own."""
_OF_DEMANDS = frozenset(("idea", "suggestion", "notion", "point", "remark", "comment", "words"))
"""What a demand is called besides."""
_ACCUSING = frozenset(("accuse", "charge", "blame", "suspect"))
_SIDES = frozenset(("denies", "doubts", "criticises", "supports", "distances"))
_AUTHORS = frozenset(("we", "i"))
_MANY = frozenset(("them", "these", "those"))
_NEVER = -10.0
_NO_CLAIM = frozenset(("declines",))
_AMOUNT = re.compile(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?"
                     r"|thousands?|millions?|half|third|quarter|twice)\b")  # fmt: skip
_ENDS = re.compile(r"[.!?][\"”’']?(?=\s)")
_FEW = 2
"""Sentences behind which nothing but its place does not speak for a claim any more."""
_PLAN = re.compile(r"[\"“‘']?(?:that )?(?:he|she|they|we|it|I)(?: will| would|[’']ll|[’']d)\b", re.IGNORECASE)


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
    _lows: dict[int, str] = field(default_factory=dict)
    _claims: dict[int, bool] = field(default_factory=dict)
    _contents: dict[int, Content] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.numbers.update({id(one): number for number, one in enumerate(self.found)})

    def is_claim(self, one: Found) -> bool:
        """Tell whether somebody claims something in so many words."""
        if id(one) not in self._claims:
            self._claims[id(one)] = _is_claim(self.text, one)
        return self._claims[id(one)]

    def low(self, one: Found) -> str:
        """Return the words of a claim in small letters."""
        if id(one) not in self._lows:
            self._lows[id(one)] = " ".join(self.text[start:end] for start, end in one.claim).lower()
        return self._lows[id(one)]

    def content(self, one: Found) -> Content:
        """Return the words that carry a claim."""
        if id(one) not in self._contents:
            self._contents[id(one)] = content_of(self.text, one)
        return self._contents[id(one)]

    def cue(self, one: Found) -> str:
        """Return the words of a cue."""
        return self.text[slice(*one.cue)] if one.cue is not None else ""

    def source(self, one: Found) -> str:
        """Return the words of a source."""
        return self.text[slice(*one.source)] if one.source is not None else ""


@dataclass(frozen=True, slots=True)
class Lead:
    """What is meant, and why."""

    target: Found
    why: str
    score: float


def lead(told: Told, by: Found, pointer: Pointer, reach: int = 0) -> Lead | None:
    """Return which claim told before an attribution is meant by words in it, where that can be told.

    "It" means one so many paragraphs back at most.
    """
    if pointer.head == "which":
        return None
    if pointer.is_word:
        return _nearest(told, by, reach, is_many=pointer.head in _MANY)
    if not pointer.is_taking_up:
        return _named(told, by, pointer) if pointer.is_name else _echoed(told, by, pointer)
    best: tuple[float, Lead] | None = None
    for near in earlier(told, by):
        points, why = _fit(told, by, pointer, near.target)
        if not why and near.sentences(told.text) > _FEW:
            continue
        points -= near.away + _outer_or_plan(told, pointer, near.target)
        if points >= 0 and (best is None or points > best[0]):
            best = points, Lead(near.target, why, LIKELY if why else GUESS)
    return best[1] if best is not None else None


def _named(told: Told, by: Found, pointer: Pointer) -> Lead | None:
    """Return what somebody last said whom words name: "sided with Kerrin"."""
    for near in earlier(told, by):
        one = near.target
        if one.source is not None and is_called(told, one, pointer.head) and is_others(told, one, by):
            return Lead(one, f"{told.source(one)} said it last", GUESS)
    return None


def _echoed(told: Told, by: Found, pointer: Pointer) -> Lead | None:
    """Return what somebody said in a word of which a noun is made: "confident" before "that confidence"."""
    root = pointer.head[:_ROOT]
    for near in earlier(told, by):
        words = words_of(told.text, near.target)
        alike = {word for word in words if word.startswith(root)}
        if near.away > 1 or pointer.head in words:
            return None
        if alike and is_others(told, near.target, by):
            return Lead(near.target, f"“{pointer.head}” is made of “{min(alike)}”", GUESS)
    return None


@dataclass(frozen=True, slots=True)
class Near:
    """A claim told before, and how far back it is, or what took it up last."""

    target: Found
    away: float
    """How many others speak between, and half of the paragraphs."""
    paragraphs: int
    between: Bounds
    is_taken_up: bool = False
    """Whether something between took it up: "the reports"."""

    def sentences(self, text: str) -> int:
        """Return how many sentences end between what was told and what is said of it."""
        return len(_ENDS.findall(text, *self.between))


def earlier(told: Told, by: Found) -> Iterator[Near]:
    """Yield the claims told before an attribution, the nearest first."""
    start, around = place(by), set(map(id, _around(by)))
    number = told.numbers[id(by)]
    away, last = 0, None
    for one in reversed(told.found[max(0, number - _BACK) : number]):
        paragraphs = by.paragraph - one.paragraph
        if paragraphs > _FARTHEST:
            return
        if id(one) in around or one.depth > by.depth + 1 or _is_in_source(one, by):
            continue
        meant = told.meant.get(id(one))
        if meant is None and one.end > start:
            continue
        if one.parent is None:
            away += last is not None and one.source != last.source and not _is_one(told, one, last)
            last = one
        if meant is not None or told.is_claim(one):
            away_all = away + max(0, paragraphs - 1) / 2
            yield Near(meant or one, away_all, paragraphs, (one.end - 1, start), meant is not None)


def _is_one(told: Told, one: Found, other: Found) -> bool:
    """Tell whether two sources are known to be one actor."""
    return told.names.get(id(one), "") == told.names.get(id(other))


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


def _is_in_source(one: Found, by: Found) -> bool:
    return by.source is not None and by.source[0] <= one.start and one.end <= by.source[1]


def _is_claim(text: str, one: Found) -> bool:
    """Tell whether somebody claims something in so many words."""
    is_nobodys = one.source is None and one.presents != "doubtful" and one.pattern != "passive"
    is_untold = one.is_negated and one.group in ("asserts", "believes")
    if one.group in _NO_CLAIM or one.pattern == "continues" or is_nobodys or is_untold:
        return False
    words = sum(text.count(" ", start, end) + 1 for start, end in one.claim)
    return words >= _LEAST_SAID and (
        len(one.claim) > 1 or words > _MOST_POINTING or read_whole(text, one) is None
    )


def read_whole(text: str, one: Found) -> Pointer | None:
    """Return what a claim takes up that does nothing else."""
    if len(one.claim) != 1:
        return None
    start, end = one.claim[0]
    pointer = read_pointer(text, start, end)
    return pointer if pointer is not None and not text[pointer.end : end].strip(" .,”\"’'") else None


def _nearest(told: Told, by: Found, reach: int, *, is_many: bool) -> Lead | None:
    """Return what somebody else told just before "it"; "them" are claims that a noun told."""
    for near in earlier(told, by):
        one = near.target
        if near.away or near.paragraphs > reach or near.sentences(told.text) > 1:
            break
        if one.parent is not None and one.parent is not by.parent:
            continue
        is_told = is_others(told, one, by) and not _only_judges(one)
        is_told &= not is_many or near.is_taken_up or one.pattern.startswith("noun")
        return Lead(said_last(told.text, one, told.inside), "", GUESS) if is_told else None
    return None


def _only_judges(one: Found) -> bool:
    """Tell "criticised the plan", which claims nothing that could be denied, from "accused him of lying"."""
    return one.pattern in ("words", "preposition") and one.group in _SIDES and one.lemma not in _ACCUSING


def is_others(told: Told, one: Found, by: Found) -> bool:
    """Tell whether somebody else, or nobody who is named, told something."""
    if one.source is None:
        return True
    if _may_be_called(told, by, one):
        return False
    if by.parent is None and not by.depth and told.source(by).lower() in _AUTHORS:
        # "We rate the claim False": who writes the article
        return told.source(one).lower() not in _AUTHORS
    if told.source(one).lower() in ("he", "she") and not is_pronoun(told.source(by)):
        # "He said it leaks. Quill denied it": who is named behind "he" is not meant by it.
        return told.names.get(id(one)) is None or told.names.get(id(one)) != told.names.get(id(by))
    return is_another(told.text, one, by, told.names)


def _fit(told: Told, by: Found, pointer: Pointer, one: Found) -> tuple[float, str]:
    """Return how well a claim goes with words that take one up, and why; below 0 when it cannot."""
    owned = _owned(told, by, pointer, one)
    if owned is None or not _may_be(told.text, pointer, one):
        return _NEVER, ""
    points, why = owned, f"{told.source(one)} is named" if owned > 0 else ""
    cue = told.cue(one).lower()
    noun = cue_lexicon().nouns.get(cue.partition(" ")[0])
    if noun is not None and singular(noun.lemma) == pointer.head:
        points, why = points + 3, f"“{pointer.head}” is used before"
    elif one.lemma in pointer.noun.verbs:
        points, why = points + 2.5, why or f"“{pointer.head}” goes with “{one.lemma}”"
    elif _is_of_kind(told.text, pointer, one):
        points, why = points + 1, why or f"it is what “{pointer.head}” may name"
    if pointer.about:
        shared = pointer.about & words_of(told.text, one)
        points, why = points + (2 if shared else -2), f"“{min(shared)}” is said before" if shared else why
    return points, why


def _outer_or_plan(told: Told, pointer: Pointer, one: Found) -> float:
    """Return what speaks against a claim inside another one, or what somebody will do."""
    is_plan = one.group == "commits" or _PLAN.match(told.text, one.claim[0][0]) is not None
    return 0.5 * (one.parent is not None) + (is_plan and pointer.noun.kind != TO_COME)


def _owned(told: Told, by: Found, pointer: Pointer, one: Found) -> float | None:
    """Return what speaks for a claim by whose it is; None when it is somebody else's."""
    owner = pointer.owner
    if not owner and by.lemma not in _OWN:
        return 0.0 if is_others(told, one, by) else None
    if not owner:
        # "stood by the claim" may be on that of another, if something speaks for it.
        return 0.0 if is_same_source(told, one, by) else -0.5 if is_others(told, one, by) else None
    if owner in OWNED:
        is_own = by.lemma in _OWN or owner in ("my", "our")
        if is_own:
            return 1.0 if is_same_source(told, one, by) else None
        is_right = one.source is not None and is_others(told, one, by)
        return 0.0 if is_right else None
    return 3.0 if one.source is not None and is_called(told, one, owner) else None


def _may_be_called(told: Told, one: Found, other: Found) -> bool:
    """Tell whether "the company" may be one that is named: Norhaven."""
    words = told.source(one).lower().split()
    is_open = len(words) == 2 and words[0] == "the" and id(one) not in told.names
    return (
        is_open
        and words[1] in grammar()["any body"]
        and id(other) in told.names
        and id(other) not in told.persons
    )


def is_same_source(told: Told, one: Found, by: Found) -> bool:
    """Tell whether two attributions have one source, by name or words."""
    if one.source is None or by.source is None:
        return False
    if told.names.get(id(by)) is not None:
        return is_same(one, by, told.names) and told.names.get(id(one)) is not None
    return told.source(one).lower() == told.source(by).lower() and not is_pronoun(told.source(by))


def is_called(told: Told, one: Found, owner: str) -> bool:
    """Tell whether the source of an attribution is named by a word: "Kerrin", "ministry"."""
    words = f"{told.source(one)} {told.names.get(id(one), '')}".lower()
    return owner in {singular(word) for word in words.split()}


def _may_be(text: str, pointer: Pointer, one: Found) -> bool:
    """Tell whether what somebody said may be called a demand, a figure, a warning."""
    kind = pointer.noun.kind
    if kind == AMOUNT:
        return any(_AMOUNT.search(text, start, end) for start, end in one.claim)
    if kind == DEMAND:
        return one.group == "demands"
    if kind == BLAME:
        return one.group == "criticises" or one.lemma in pointer.noun.verbs
    if (
        one.pattern in ("words", "preposition")
        and one.group in _SIDES
        and one.lemma not in pointer.noun.verbs
    ):
        # "criticised the plan" claims nothing that could be called a claim.
        return False
    return one.group not in ("demands", "asks") or pointer.head in _OF_DEMANDS


def _is_of_kind(text: str, pointer: Pointer, one: Found) -> bool:
    """Tell whether a claim tells an amount, or what will be, as the noun says."""
    if pointer.noun.kind == TO_COME:
        said = {word for start, end in one.claim for word in text[start:end].lower().split()}
        return one.group in ("warns", "commits") or not said.isdisjoint(grammar()["looking ahead"])
    return pointer.noun.kind in (AMOUNT, DEMAND, BLAME)
