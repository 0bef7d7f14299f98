"""Which mentions name the same actor: within one article joined, between articles only proposed.

`link_actors` joins the mentions of one article; give it entity spans, sources, or both:

    mentions = [Mention("Sergei Lavrov", 10, "PERSON"), Mention("Mr. Lavrov", 90, "SOURCE")]
    link_actors(mentions)[0].name    # "Sergei Lavrov"

A lone surname joins a full name of the article when it is the only one it can be; pronouns and
descriptions without a name are in no cluster.  `same_actor` compares two actors of different articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from annotator.model.actor_phrases import Named, named, named_as
from annotator.model.actor_words import (
    actor_words,
    asked_keys,
    fold,
    given_keys,
    is_same_given,
    plain_key,
    seat_of,
    sounds,
)
from annotator.model.records import Actor
from annotator.model.said import say

_NAME = say("the same name")
_LEAST_ACRONYM = 2
_LONGEST_ACRONYM = 8
_LONG_SURNAME = 6
_ALIKE = 4
"""Letters that two surnames begin with which one letter tells apart."""
_SMALL = frozenset(("of", "for", "and", "the", "on", "in", "to"))


class Mention(NamedTuple):
    """Words that may name an actor: the text, where it starts, and its label.

    The label is an entity label (PERSON, ORG, GPE, NORP, …), or SOURCE for a phrase with a name in it.
    """

    text: str
    start: int
    label: str = "SOURCE"


@dataclass(frozen=True, slots=True)
class Cluster:
    """One actor of an article: its fullest name, its kind (of `ACTOR_KINDS`), and who names it."""

    name: str
    kind: str
    mentions: tuple[int, ...]
    """Numbers of the mentions, as they were given."""
    aliases: tuple[str, ...] = ()
    """The other names it goes by in the article."""


@dataclass(slots=True)
class _Group:
    named: Named
    numbers: list[int] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    place: int = -1
    """Among the persons; -1 for a body."""

    def add(self, number: int, one: Named, text: str) -> None:
        self.numbers.append(number)
        self.names[text] += 1
        if len(one.given) > len(self.named.given):
            self.named = one


class _Persons:
    """The persons so far, found by their names: an article may be a list of thousands of one surname."""

    def __init__(self) -> None:
        self.groups: list[_Group] = []
        self._by_name: dict[str, set[int]] = {}
        self._by_given: dict[tuple[str, str | int], set[int]] = {}

    def like(self, name: str) -> list[_Group]:
        """Return those with a name that is written or sounds like one, in the order of the article."""
        near = self._by_name.get(name, set()) | self._by_name.get(sounds(name), set())
        return [self.groups[number] for number in sorted(near)]

    def same(self, who: Named) -> _Group | None:
        """Return the first one who may be the person of a full name."""
        heard = sounds(who.surname)
        if heard not in self._by_name:
            return None
        near: set[int] = set()
        for key in (*who.given, *asked_keys(who.given[0])):
            near |= self._by_given.get((heard, key), set())
        found = (self.groups[number] for number in sorted(near))
        return next((group for group in found if _is_same_person(group.named, who)), None)

    def put(self, group: _Group) -> None:
        """Add a person, or note under which names the person goes by now."""
        if group.place < 0:
            group.place = len(self.groups)
            self.groups.append(group)
        who, heard = group.named, sounds(group.named.surname)
        for name in (who.surname, heard, *who.given[:1]):
            self._by_name.setdefault(name, set()).add(group.place)
        if who.given:
            for key in (*who.given, *given_keys(who.given[0])):
                self._by_given.setdefault((heard, key), set()).add(group.place)


def link_actors(mentions: Sequence[Mention]) -> tuple[Cluster, ...]:
    """Return the actors that the mentions of one article name, in the order of the first mention."""
    found = [(number, one, named(one.text, one.label)) for number, one in enumerate(mentions)]
    kept = [(number, one, who) for number, one, who in found if who is not None]
    acronyms = _bracketed([(one, who) for _, one, who in kept])
    persons = _Persons()
    bodies: dict[str, _Group] = {}
    lone: list[tuple[int, Named]] = []
    for number, one, who in kept:
        key = plain_key(who.name)
        if key in acronyms or not who.is_person:
            body = acronyms.get(key, who)
            bodies.setdefault(plain_key(body.name), _Group(body)).add(number, body, _shown(one, who))
        elif who.given:
            _join_full(persons, number, who)
        else:
            lone.append((number, who))
    meant: dict[tuple[str, str], _Group] = {}
    for number, who in lone:
        alike = (who.surname, plain_key(who.name))
        if alike not in meant:
            meant[alike] = _meant_by(persons, bodies, who)
        meant[alike].add(number, who, who.name)
    _join_short(bodies)
    groups = sorted([*persons.groups, *bodies.values()], key=lambda group: mentions[min(group.numbers)].start)
    return tuple(_cluster(group, mentions) for group in groups)


def actor_names(mentions: Sequence[Mention]) -> dict[int, str]:
    """Return the name of the actor for the number of each mention that names one."""
    return {number: one.name for one in link_actors(mentions) for number in one.mentions}


def same_actor(one: Actor, other: Actor) -> str:
    """Return why two actors may be the same, in words for a person; empty when nothing speaks for it."""
    if "author" in (one.kind, other.kind) or not _kinds_fit(one.kind, other.kind):
        return ""
    names, other_names = _names(one), _names(other)
    if _are_two_persons(names, other_names):
        names, other_names = ([each for each in some if each[0].given] for some in (names, other_names))
    for first, name in names:
        for second, other_name in other_names:
            reason = _why(first, second)
            if reason == _NAME and plain_key(name) != plain_key(other_name):
                return say("both are names of {name}", name=first.name)
            if reason:
                return reason
    return ""


def _are_two_persons(names: Sequence[tuple[Named, str]], others: Sequence[tuple[Named, str]]) -> bool:
    """Tell whether both have full names of which none agree: a surname alone then says nothing."""
    full, other_full = ([one for one, _ in some if one.is_person and one.given] for some in (names, others))
    return bool(full and other_full) and not any(_is_same_person(a, b) for a in full for b in other_full)


def keys_of(actor: Actor) -> frozenset[str]:
    """Return words of which two actors who may be the same share one: not all pairs need comparing."""
    found: set[str] = set()
    for one, _ in _names(actor):
        found |= {plain_key(one.name), plain_key(seat_of(one.name))}
        found |= {sounds(one.surname)} if one.is_person else {_initials(one.name)}
        if one.given:
            found.add(f"{one.given[0]} {one.surname[:_ALIKE]}")
    return frozenset(found - {""})


def _shown(one: Mention, who: Named) -> str:
    return who.name if who.name in one.text else " ".join(one.text.split()).removeprefix("the ")


def _bracketed(kept: Sequence[tuple[Mention, Named]]) -> dict[str, Named]:
    """Return what acronyms in brackets right behind a name stand for, by the acronym's key."""
    ordered = sorted(kept, key=lambda pair: pair[0].start)
    found: dict[str, Named] = {}
    for (one, who), (after, short) in pairwise(ordered):
        is_behind = after.start - (one.start + len(one.text)) == len(" (")
        if is_behind and not who.is_person and is_acronym_of(after.text, who.name):
            found[plain_key(short.name)] = who
    return found


def is_acronym_of(short: str, name: str) -> bool:
    """Tell whether the letters of a short form are the initials of a name, in order."""
    letters = fold(short).replace(".", "")
    if not _LEAST_ACRONYM <= len(letters) <= _LONGEST_ACRONYM or not short.replace(".", "").isupper():
        return False
    words = [fold(word) for word in name.replace("-", " ").split()]
    every = "".join(word[0] for word in words)
    return letters in (every, _initials(name))


def _initials(name: str) -> str:
    words = [word for word in fold(name).replace("-", " ").split() if word not in _SMALL]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _join_full(persons: _Persons, number: int, who: Named) -> None:
    group = persons.same(who) or _Group(who)
    group.add(number, who, who.name)
    persons.put(group)


def _join_short(bodies: dict[str, _Group]) -> None:
    """Join a body called by its last word to the one of the article that has more words: the Board."""
    words = actor_words()
    short_names = (words.organisation | words.media | words.government) - words.whole
    for key in short_names.intersection(bodies):
        fuller = [group for other, group in bodies.items() if other.endswith(f" {key}")]
        if len(fuller) == 1:
            short = bodies.pop(key)
            fuller[0].numbers += short.numbers
            fuller[0].names += short.names


def _meant_by(persons: _Persons, bodies: dict[str, _Group], who: Named) -> _Group:
    """Return the one person whom a lone name can mean, else a body, else one who stands alone."""
    like = persons.like(who.surname)
    fitting = [group for group in like if group.named.given and _ends_with(group.named, who.surname)]
    if not fitting:
        fitting = [group for group in like if group.named.given[:1] == (who.surname,)]
    if not fitting and plain_key(who.name) in bodies:
        fitting = [bodies[plain_key(who.name)]]
    if len(fitting) > 1:
        fitting = [group for group in fitting if not group.named.suffix]
    if len(fitting) != 1:
        alone = (group for group in like if not group.named.given and group.named.surname == who.surname)
        fitting = [next(alone, None) or _Group(who)]
        persons.put(fitting[0])
    return fitting[0]


def _ends_with(full: Named, surname: str) -> bool:
    return full.surname == surname or (
        len(surname) >= _LONG_SURNAME and sounds(full.surname) == sounds(surname)
    )


def _is_spelt_alike(one: Named, other: Named) -> bool:
    """Tell whether two full names are one but for a letter of the surname: Markov, Markova."""
    first, second = one.surname, other.surname
    if not one.given or one.given[:1] != other.given[:1] or one.suffix != other.suffix:
        return False
    at = next((at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), -1)
    at = min(len(first), len(second)) if at < 0 else at
    rest, other_rest = first[at:], second[at:]
    is_apart = rest[1:] == other_rest[1:] or rest[1:] == other_rest or rest == other_rest[1:]
    return first != second and at >= _ALIKE and is_apart


def _is_same_person(one: Named, other: Named) -> bool:
    """Tell whether two full names may be of one person: the surname, and first names that agree."""
    if not one.given or not other.given or one.suffix != other.suffix:
        return False
    if (*one.given, one.surname)[-len(other.given) - 1 :] == (*other.given, other.surname):
        return True
    if (*other.given, other.surname)[-len(one.given) - 1 :] == (*one.given, one.surname):
        return True
    middle, other_middle = (who.given[1][:1] if len(who.given) > 1 else "" for who in (one, other))
    if middle and other_middle and middle != other_middle:
        return False
    return _ends_with(one, other.surname) and is_same_given(one.given[0], other.given[0])


def _cluster(group: _Group, mentions: Sequence[Mention]) -> Cluster:
    names, name, kind = group.names, group.named.name, group.named.kind
    if group.named.is_person:
        name = max(names, key=lambda one: (len(one.split()), names[one]))
        is_labelled = any(mentions[number].label == "PERSON" for number in group.numbers)
        kind = kind if group.named.given or is_labelled else "unspecified"
    aliases = tuple(sorted({one for one in names if one != name}))
    return Cluster(name, kind, tuple(sorted(group.numbers)), aliases)


def _names(actor: Actor) -> list[tuple[Named, str]]:
    """Return the name and the aliases of an actor, each as it is compared and as it is written."""
    found = ((named_as(name, actor.kind), name) for name in (actor.name, *actor.aliases))
    return [(one, name) for one, name in found if one is not None]


def _kinds_fit(one: str, other: str) -> bool:
    if "unspecified" in (one, other):
        return True
    persons = ("person", "person_unnamed")
    return (one in persons) == (other in persons)


def _why(one: Named, other: Named) -> str:
    if plain_key(one.name) == plain_key(other.name):
        return _NAME
    for city, country in ((one, other), (other, one)):
        if seat_of(city.name) and plain_key(seat_of(city.name)) == plain_key(country.name):
            return say(
                "{city} is the seat of the government of {country}", city=city.name, country=country.name
            )
    if one.is_person and other.is_person:
        if _is_same_person(one, other):
            return say(
                "the same surname, and first names that agree: {one}, {other}", one=one.name, other=other.name
            )
        if _is_spelt_alike(one, other):
            return say(
                "the same first name, and surnames that one letter tells apart: {one}, {other}",
                one=one.name,
                other=other.name,
            )
        is_lone = not (one.given and other.given) and one.surname == other.surname
        return say("the same surname: {name}", name=one.surname.capitalize()) if is_lone else ""
    short, long = sorted((one.name, other.name), key=len)
    return (
        say("{short} are the initials of {long}", short=short, long=long)
        if is_acronym_of(short, long)
        else ""
    )
