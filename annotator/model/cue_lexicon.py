"""The lexicon of cues: verbs in all their forms and nouns, each with its group and what it may govern."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache

from annotator.model.grammar import grammar
from annotator.model.word_lists import read_lines

SURE, USUAL, WEAK = 2, 1, 0
"""How good a cue a verb is by itself."""
BASE, PRESENT, PAST, PARTICIPLE, GERUND = "base", "present", "past", "participle", "gerund"
_HEADING = re.compile(r"^\[(\w+)(?: =(\w+))?\]$")
_NOUN_TOO = "[noun too]"
_VOWELS = "aeiou"
_OWNERS = ("my", "our", "your", "his", "her", "its", "their")
_TURNED_BY_AGAINST = frozenset(("supports", "demands", "commits", "asserts", "insists"))
_DOUBLED = ((PAST, "ed"), (PARTICIPLE, "ed"), (GERUND, "ing"))
_FELT_ABOUT = frozenset(("that", "about", "by", "at", "with", "over"))


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of the lexicon; `group` is empty for an everyday verb that is no cue."""

    lemma: str
    particle: tuple[str, ...] = ()
    group: str = ""
    presents: str = "open"
    """How the writer presents what is said: true, open or doubtful."""
    governs: frozenset[str] = frozenset()
    """Of s q w n i o a g p e j, as the file explains them."""
    prepositions: frozenset[str] = frozenset()
    strength: int = USUAL
    is_noun_too: bool = False
    sides: tuple[tuple[str, str], ...] = ()
    """Prepositions, and signs of what it governs, with which it belongs to another group, with that group."""

    def group_with(self, behind: str) -> str:
        """Return the group of the verb with a preposition or sign: "voted against" is not "voted for"."""
        if behind == "against" and self.group in _TURNED_BY_AGAINST:
            return "criticises"
        return dict(self.sides).get(behind, self.group)


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that shows attribution."""

    lemma: str
    group: str
    presents: str
    links: frozenset[str]
    """The words that lead from the noun to what is said: that, to, of, about ..."""


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """All forms in small letters."""

    verbs: Mapping[str, tuple[tuple[str, Verb], ...]]
    """Form -> (which form it is, verb), for one form may be several; the longest particle first."""
    nouns: Mapping[str, Noun]
    adjectives: Mapping[str, Noun]
    """As nouns, behind "is", "feels", "remains"."""


_IN_USE: ContextVar[CueLexicon | None] = ContextVar("cues in use", default=None)


def cue_lexicon() -> CueLexicon:
    """Return the lexicon in use: the one that ships, unless cues of a project are added to it."""
    return _IN_USE.get() or _shipped()


@contextmanager
def with_verbs(added: Sequence[Verb]) -> Iterator[None]:
    """Let cues of a project be a part of the lexicon."""
    token = _IN_USE.set(_extended(tuple(added)) if added else _shipped())
    try:
        yield
    finally:
        _IN_USE.reset(token)


@lru_cache(maxsize=4)
def _extended(added: tuple[Verb, ...]) -> CueLexicon:
    shipped, verbs = _shipped(), dict(_shipped().verbs)
    for verb in added:
        for kind, form in known_forms().get(verb.lemma) or forms_of(verb.lemma):
            verbs[form] = _ranked([*verbs.get(form, ()), (kind, verb)])
    return replace(shipped, verbs=verbs)


@lru_cache(maxsize=1)
def known_forms() -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return the forms of the verbs that ship, each with its kind, irregular ones too."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for form, verbs in _shipped().verbs.items():
        for kind, verb in verbs:
            found.setdefault(verb.lemma, {})[kind, form] = None
    return {lemma: tuple(forms) for lemma, forms in found.items()}


@lru_cache(maxsize=1)
def _shipped() -> CueLexicon:
    """Return the lexicon that ships; the first call reads it."""
    verbs: dict[str, list[tuple[str, Verb]]] = {}
    for verb, parts in (*_everyday(read_lines("verbs")), *_verbs(read_lines("cue_verbs"))):
        for kind, form in forms_of(verb.lemma, *parts):
            verbs.setdefault(form, []).append((kind, verb))
    ranked = {form: _ranked(found) for form, found in verbs.items()}
    return CueLexicon(ranked, dict(_nouns(read_lines("cue_nouns"))), {**_feelings(ranked), **_adjectives()})


def forms_of(lemma: str, past: str = "", participle: str = "") -> Iterator[tuple[str, str]]:
    """Yield the forms of a verb, each with its kind; irregular ones are given."""
    yield BASE, lemma
    yield PRESENT, {"be": "is", "have": "has"}.get(lemma) or _with_s(lemma)
    yield PAST, past or _with_ed(lemma)
    yield PARTICIPLE, participle or past or _with_ed(lemma)
    yield GERUND, _with_ing(lemma)
    if lemma in grammar()["doubling or not"]:
        yield from ((kind, lemma + lemma[-1] + end) for kind, end in _DOUBLED)


def _with_s(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    is_hissing = word.endswith(("s", "sh", "ch", "x", "z")) or (word.endswith("o") and word[-2:] != "oo")
    return word + ("es" if is_hissing else "s")


def _with_ed(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ied"
    return word + _link(word) + "ed"


def _with_ing(word: str) -> str:
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")) and word != "be":
        return word[:-1] + "ing"
    return word + _link(word) + "ing"


def _link(word: str) -> str:
    """Return what stands between a verb and its ending: "pegged", "panicked"."""
    if word.endswith("ic"):
        return "k"
    return word[-1] if word in grammar()["doubling"] else ""


def plural_of(noun: str) -> str:
    """Return the plural of a noun."""
    return _with_s(noun) if noun != "news" else noun


def _verbs(lines: Iterable[str]) -> Iterator[tuple[Verb, tuple[str, ...]]]:
    group = presents = ""
    for line in lines:
        heading = _HEADING.match(line)
        if heading:
            group, presents = heading.group(1), heading.group(2) or "open"
            continue
        words, _, marks = line.partition(" : ")
        lemma, parts, particle = _parts(words.split())
        signs = marks.split()
        whole = Verb(
            lemma,
            particle,
            group,
            next((one[1:] for one in signs if one[0] == "="), presents),
            frozenset(one.rstrip("?") for one in signs if one[0].islower()),
            frozenset(one[1:] for one in signs if one[0] == "+"),
            SURE if "!" in signs else WEAK if "?" in signs else USUAL,
            "N" in signs,
        )
        yield from ((one, parts) for one in _with_owners(whole))


def _with_owners(verb: Verb) -> Iterator[Verb]:
    """Yield "throw his weight", "throw her weight" and the like for "throw their weight"."""
    if "their" not in verb.particle:
        yield verb
        return
    for owner in _OWNERS:
        particle = tuple(owner if word == "their" else word for word in verb.particle)
        yield replace(verb, particle=particle)


def _parts(words: list[str]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Tell lemma, irregular forms and particle apart by how many words there are."""
    if len(words) <= 2:
        return words[0], (), tuple(words[1:])
    return words[0], tuple(words[1:3]), tuple(words[3:])


def _everyday(lines: Iterable[str]) -> Iterator[tuple[Verb, tuple[str, ...]]]:
    is_noun_too = False
    for line in lines:
        words = line.split()
        if line == _NOUN_TOO:
            is_noun_too = True
        elif len(words) == 3 and not is_noun_too:
            yield Verb(words[0]), tuple(words[1:])
        else:
            yield from ((Verb(word, is_noun_too=is_noun_too), ()) for word in words)


def _ranked(found: list[tuple[str, Verb]]) -> tuple[tuple[str, Verb], ...]:
    """Put cues before everyday verbs and long particles first; join what says the same verb twice."""
    joined: dict[tuple[str, str, tuple[str, ...]], Verb] = {}
    for kind, verb in found:
        key = (kind, verb.lemma, verb.particle)
        known = joined.get(key)
        joined[key] = _joined(known, verb) if known is not None else verb
    ranked = sorted(joined.items(), key=lambda one: (not one[1].group, -len(one[1].particle)))
    return tuple((kind, verb) for (kind, *_), verb in ranked)


def _joined(one: Verb, other: Verb) -> Verb:
    if not one.group or not other.group:
        return replace(one if one.group else other, is_noun_too=one.is_noun_too or other.is_noun_too)
    added = (*sorted(other.prepositions - one.prepositions), *sorted(other.governs - one.governs))
    return Verb(
        one.lemma, one.particle, one.group, one.presents, one.governs | other.governs,
        one.prepositions | other.prepositions, max(one.strength, other.strength),
        one.is_noun_too or other.is_noun_too,
        (*one.sides, *((word, other.group) for word in added)),
    )  # fmt: skip


def _feelings(verbs: Mapping[str, tuple[tuple[str, Verb], ...]]) -> dict[str, Noun]:
    """Return the participles of verbs of feeling as adjectives: "angered by the delay"."""
    return {
        form: Noun(form, verb.group, verb.presents, _FELT_ABOUT)
        for form, found in verbs.items()
        for kind, verb in found
        if kind == PARTICIPLE and "e" in verb.governs
    }


def _adjectives() -> dict[str, Noun]:
    return {word: noun for word, noun in _nouns(read_lines("cue_adjectives")) if word == noun.lemma}


def _nouns(lines: Iterable[str]) -> Iterator[tuple[str, Noun]]:
    group = presents = ""
    for line in lines:
        heading = _HEADING.match(line)
        if heading:
            group, presents = heading.group(1), heading.group(2) or "open"
            continue
        words, _, links = line.partition(" + ")
        for word in words.split():
            noun = Noun(word, group, presents, frozenset(links.split()))
            yield word, noun
            yield plural_of(word), noun
