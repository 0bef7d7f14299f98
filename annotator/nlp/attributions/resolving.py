"""Whom the words of a source name: names as the article gives them, pronouns and offices as a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from annotator.model.actor_names import Mention, link_actors
from annotator.model.actor_words import seat_of
from annotator.model.cue_words import lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.compounds import members
from annotator.nlp.attributions.found import Found
from annotator.nlp.attributions.full_names import full_names
from annotator.nlp.attributions.genders import fits, gender, of_name
from annotator.nlp.attributions.offices import behind_office, lower_alike
from annotator.nlp.attributions.person_words import ONE_PERSON, is_surname, names_person
from annotator.nlp.attributions.subjects import Subjects, titled_surnames
from annotator.nlp.lexicons import lexicon as lists_of_names

_NEAR = 3
"""Paragraphs back in which the one meant by a pronoun may stand."""
_SINGLE = frozenset(("he", "she", "his", "her"))
_SELF = frozenset(("i", "we", "my", "our"))
_RELATIVE = frozenset(("who", "which", "that", "whom"))
_TITLES = re.compile(r"\b(Mr|Mrs|Ms|Miss|Sir)\.?\s+(?:[^\W\d_][\w.'’-]*\s+){0,2}$")
_HEAD = re.compile(r"(?<![^\W\d_])[^\W\d_]+$")
_WORD = re.compile(r"\S+")
SHORT_TITLES = {
    "senator": "sen",
    "governor": "gov",
    "congressman": "rep",
    "congresswoman": "rep",
    "representative": "rep",
    "professor": "prof",
    "general": "gen",
    "doctor": "dr",
    "colonel": "col",
    "councillor": "cllr",
}
"""How titles are shortened before a name: the governor is Gov. Harlan Quill."""
_MANY_HOLD = frozenset(("minister", "secretary", "officer"))
"""Offices of many kinds: the energy minister is not the prime minister."""
_IN_TITLES = frozenset(("of", "the", "for", "and"))
_FIRST_LINE = re.compile(r"\s*\S[^\n]*\n\s*")
_UNNAMED = re.compile(
    r"(?:a|an|another|one|his|her|their|its)\b[\w’' -]*?\b([\w-]+)"
    r"(?= (?:who|for|of|in|at|from|with|on|close|familiar)\b|,|$)"
)
_POSSESSOR = re.compile(r"^(?:his|her)\s+", re.IGNORECASE)
"""Says of somebody else whether it is a man: her ex-husband."""
_REACH = 80
_MOST = 100
"""Attributions back that are looked at, in paragraphs of any length."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is meant: the name, whether that is a guess, and what it is read from."""

    name: str
    is_guess: bool = False
    why: str = ""
    is_by_name: bool = False
    """Whether it is read from a name of its own: "Moscow" for Russia."""
    kind: str = ""
    """Of which kind one is who is named: person, organisation ..."""
    members: tuple[str, ...] = ()
    """The actors of whom a source names several."""

    @property
    def each(self) -> tuple[str, ...]:
        """Return the names of all who are meant."""
        return self.members or (self.name,)


def resolve(text: str, found: Sequence[Found], ends: Sequence[int] = ()) -> dict[int, Actor]:
    """Return who each source means, by number, where that can be told; paragraphs end at `ends`."""
    numbers = [number for number, one in enumerate(found) if one.source is not None]
    naming = [number for number in numbers if not is_pronoun(_words(text, found[number]))]
    named, kinds = _named(text, found, naming)
    guesses = _Guesses(text, found, named, kinds, ends)
    for number in numbers:
        if number not in named:
            guess = guesses.of(number)
            if guess is not None:
                named[number] = guess
    return named


def _named(
    text: str, found: Sequence[Found], naming: Sequence[int]
) -> tuple[dict[int, Actor], dict[str, str]]:
    """Return who is meant by the sources that hold a name, and of which kind each one is."""
    mentions: list[Mention] = []
    of: list[int] = []
    for number in naming:
        words, start = _words(text, found[number]), _start(found[number])
        parts = members(words) or ((words, 0),)
        mentions += (Mention(one, start + at) for one, at in parts)
        of += [number] * len(parts)
    fuller = {
        one for mention in dict.fromkeys(one.text for one in mentions) for one in full_names(text, mention)
    }
    clusters = link_actors([*mentions, *sorted(fuller, key=lambda one: one.start)])
    kinds = {one.name: one.kind for one in clusters}
    names: dict[int, list[str]] = {}
    for at, name in sorted((at, one.name) for one in clusters for at in one.mentions if at < len(of)):
        names.setdefault(of[at], []).append(name)
    return {number: _actor(each, kinds) for number, each in names.items()}, kinds


def _actor(names: Sequence[str], kinds: Mapping[str, str]) -> Actor:
    if len(names) > 1:
        return Actor(" and ".join(names), members=tuple(names))
    (name,) = names
    country = seat_of(name) if kinds[name] != "person" else ""
    if not country:
        return Actor(name, kind=kinds[name])
    return Actor(country, True, f"“{name}” for the government of {country}", is_by_name=True)


def is_pronoun(words: str) -> bool:
    """Tell whether the words are one of "he", "who", "their"."""
    return words.lower() in _pronouns()


@lru_cache(maxsize=1)
def _pronouns() -> frozenset[str]:
    known = grammar()
    sections = (known[one] for one in ("subject", "object", "possessive", "relative"))
    return frozenset(("that", "both")).union(*sections)


def _words(text: str, one: Found) -> str:
    return text[one.source[0] : one.source[1]] if one.source is not None else ""


def _start(one: Found) -> int:
    return one.source[0] if one.source is not None else one.start


def _end_of_headline(text: str) -> int:
    """Return where the first words behind the first line stand."""
    line = _FIRST_LINE.match(text)
    return line.end() if line is not None else len(text)


class _Guesses:
    def __init__(
        self, text: str, found: Sequence[Found], named: dict[int, Actor], kinds: dict[str, str],
        ends: Sequence[int],
    ) -> None:  # fmt: skip
        self._text, self._found, self._named, self._kinds = text, found, named, kinds
        self._numbers = {id(one): number for number, one in enumerate(found)}
        titled = titled_surnames(text)
        self._surnames = {
            name.rpartition(" ")[2]: name
            for name, kind in kinds.items()
            if kind == "person" or (kind == "unspecified" and name in titled)
        }
        self._by_end: dict[str, str] = {}
        """The last words of a name -> the first full name that ends with them."""
        for name in kinds:
            words = name.split(" ")
            for at in range(len(words)):
                self._by_end.setdefault(" ".join(words[at:]), name)
        inner = sorted(one.source for one in found if one.parent is not None and one.source is not None)
        # In "Quill said Lee left", only others tell of Lee.
        self._subjects = Subjects(text, self._surnames, inner, ends)
        self._headline_end = _end_of_headline(text)
        self._told: dict[str, str] = {}
        """Name -> what the words of a source with it tell: her husband Ivo Kerrin."""
        for number, actor in named.items():
            told = gender(_POSSESSOR.sub("", _words(text, found[number])))
            if told:
                self._told.setdefault(actor.name, told)
        self._low = lower_alike(text)
        self._held: dict[str, list[tuple[int, str]]] = {}
        self._unnamed: dict[tuple[int, str], bool] = {}

    def of(self, number: int) -> Actor | None:
        """Return who is meant by a pronoun or an office."""
        one = self._found[number]
        words = _words(self._text, one)
        word = words.lower()
        if word in _SELF:
            return self._speaker(one, word)
        if word in _SINGLE:
            return next(self._persons_before(number, word), None)
        if word in ("it", "its"):
            return self._body_before(number, word)
        if word in ("they", "their"):
            return self._group_before(number, word)
        if word in _RELATIVE:
            return self._antecedent(one)
        return self._by_title(words) or self._by_office(number, word)

    def _speaker(self, one: Found, word: str) -> Actor | None:
        """Return who speaks the words that "I" stands in."""
        around = one.parent
        while around is not None:
            outer = self._named.get(self._numbers[id(around)])
            if outer is not None and (word not in ("i", "my") or self._is_person(outer)):
                return Actor(outer.name, True, f"“{word}” in the words of {outer.name}")
            around = around.parent
        return None

    def _is_person(self, actor: Actor) -> bool:
        lists = lists_of_names()
        is_first = actor.name in lists.first_names and actor.name not in lists.names
        is_known = self._kinds.get(actor.name) == "person" or is_first or is_surname(actor.name)
        return is_known or actor.name in self._surnames

    def _before(self, number: int) -> Iterator[tuple[int, Found]]:
        """Yield the attributions before one with their numbers, the nearest first."""
        for earlier in range(number - 1, max(-1, number - 1 - _MOST), -1):
            yield earlier, self._found[earlier]

    def _body_before(self, number: int, word: str) -> Actor | None:
        """Return the body that speaks before "it", where nothing else without a name may be meant."""
        one = self._found[number]
        is_first = self._text.endswith(("\n", "\u2029"), 0, _start(one))
        for earlier, other in self._before(number):
            if one.paragraph - other.paragraph > is_first:
                return None
            if other.depth > one.depth or other.source is None or _start(other) >= _start(one):
                continue
            actor = self._named.get(earlier)
            if actor is None and not self._speaks_as_person(other):
                return None
            if actor is not None and not self._is_person(actor):
                return Actor(actor.name, True, f"“{word}”: {actor.name} speaks before")
        return None

    def _speaks_as_person(self, other: Found) -> bool:
        head = _HEAD.search(_words(self._text, other).lower())
        word = head.group() if head is not None else ""
        return is_pronoun(word) or word in lexicon().titles or names_person(word)

    def _persons_before(self, number: int, word: str) -> Iterator[Actor]:
        """Yield the persons that speak before a pronoun, the nearest first."""
        one = self._found[number]
        subject = self._subject_before(one, word)
        if subject is None and not self._named:
            return
        speaking = self._speaking(one)
        for earlier, other in self._before(number):
            if subject is not None and other.depth <= one.depth and _start(other) <= subject[0]:
                yield Actor(subject[1], True, f"“{word}”: {subject[1]} acts before")
                return
            if one.paragraph - other.paragraph > _NEAR:
                return
            actor = self._named.get(earlier)
            is_open = other.depth <= one.depth and not (actor is not None and actor.is_guess and other.depth)
            # In "Quill denied that Kerrin lied. He said", the one who spoke last is Quill.
            is_told = other.parent is not None and one.parent is None and other.depth == one.depth
            if is_told and self._is_someone(other.parent, word):
                continue
            is_asking = self._text.endswith(" by ", 0, _start(other))
            if actor is None and other.depth <= one.depth and not is_asking and self._is_unnamed(other, word):
                return
            if actor is None or actor.name in speaking:
                continue
            if is_open and self._may_be(actor, other, word):
                yield Actor(actor.name, True, f"“{word}”: {actor.name} speaks before")
        if subject is not None:
            yield Actor(subject[1], True, f"“{word}”: {subject[1]} acts before")

    def _speaking(self, one: Found) -> set[str]:
        """Return who speaks the quotations that words stand in: of oneself nobody says "she"."""
        names: set[str] = set()
        around = one.parent
        while around is not None:
            outer = self._named.get(self._numbers[id(around)])
            if outer is not None and around.depth < one.depth:
                names.add(outer.name)
            around = around.parent
        return names

    def _subject_before(self, one: Found, word: str) -> tuple[int, str] | None:
        """Return who acts last before a pronoun in its paragraph, speaking or not, and where."""
        if one.depth:
            return None
        acting = self._subjects.before(_start(one))
        if acting is None:
            return None
        name = self._surnames[acting[1]]
        return (acting[0], name) if fits(word, self._told.get(name) or of_name(name)) else None

    def _group_before(self, number: int, word: str) -> Actor | None:
        """Return the several who last speak before "they" in the same paragraph: "Quill and her allies"."""
        one = self._found[number]
        for earlier, other in self._before(number):
            if one.paragraph != other.paragraph:
                return None
            words = _words(self._text, other)
            is_open = other.depth <= one.depth and other.parent is None and _start(other) < _start(one)
            if is_open and " and " in words:
                actor = self._named.get(earlier, Actor(words))
                return replace(actor, is_guess=True, why=f"“{word}”: {words} speak before")
        return None

    def _is_unnamed(self, other: Found, word: str) -> bool:
        """Tell whether somebody without a name speaks, who may be meant: "a former aide"."""
        known = self._unnamed.get((id(other), word))
        if known is None:
            words = _words(self._text, other).lower()
            head = _UNNAMED.match(words)
            is_one = head is not None and (head[1] in lexicon().titles or names_person(head[1]))
            known = self._unnamed[id(other), word] = is_one and fits(word, gender(words))
        return known

    def _is_someone(self, outer: Found | None, word: str) -> bool:
        """Tell whether one who may be meant, named or not, is told to say what others say."""
        while outer is not None and outer.parent is not None:
            outer = outer.parent
        if outer is None or outer.source is None:
            return False
        actor = self._named.get(self._numbers[id(outer)])
        if actor is not None:
            return self._may_be(actor, outer, word)
        head = _HEAD.search(_words(self._text, outer).lower())
        return head is not None and (head.group() in lexicon().titles or head.group() in ONE_PERSON)

    def _may_be(self, actor: Actor, other: Found, word: str) -> bool:
        if not self._is_person(actor):
            return False
        title = _TITLES.search(self._text, max(0, _start(other) - 40), _start(other) + 4)
        words = _words(self._text, other)
        told = gender(title.group(1) if title else "") or gender(_POSSESSOR.sub("", words))
        return fits(word, told or self._told.get(actor.name) or of_name(actor.name))

    def _antecedent(self, one: Found) -> Actor | None:
        """Return who "who" belongs to: the name right before."""
        start = _start(one)
        before = self._text[max(0, start - _REACH) : start].rstrip(" ,–—-")
        *further, words = re.split(r"[.;:?!\n“”\"]|,\s", before)
        # "Lorna Tibbs, a retired bus driver, who said": what is between commas only describes.
        if further and words.startswith(("a ", "an ", "the ")):
            words = further[-1]
        clusters = link_actors([Mention(words, 0)])
        name = clusters[0].name if clusters else ""
        known = self._by_end.get(name, name)
        return Actor(known, True, f"stands behind {name}") if known else None

    def _by_title(self, words: str) -> Actor | None:
        """Return the one person whom the article gives a whole title: "Orlan Mayor" of a headline."""
        head = words.rpartition(" ")[2].lower()
        if not words[:1].isupper() or head == words.lower() or head not in lexicon().titles:
            return None
        held = self._holders(words.lower())
        return Actor(held[0][1], True, f"{held[0][1]} is called {words}") if len(held) == 1 else None

    def _by_office(self, number: int, words: str) -> Actor | None:
        """Return who holds an office that the article names once: "the minister"."""
        start = _start(self._found[number])
        words = words.removesuffix("'s").removesuffix("’s")
        head = _HEAD.search(words)
        # A headline names nobody yet: "Mayor vows to stay".
        is_headline = start <= self._headline_end and " of " not in words
        if head is None or not (words.startswith("the ") or is_headline):
            return None
        if head.group() not in lexicon().titles and head.group() not in ONE_PERSON:
            return None
        # A whole office tells whom it means before that person is named: "the transport minister".
        whole = words.removeprefix("the ")
        held = [name for _, name in self._holders(whole)] if " " in whole else []
        # "The Russian minister" may be any of theirs, "the energy minister" is one of many.
        kind = _words(self._text, self._found[number]).rpartition(" ")[0].rpartition(" ")[2]
        is_one_of_many = " " in whole and kind.islower() and head.group() in _MANY_HOLD
        if len(held) != 1 and not is_one_of_many:
            held = [name for at, name in self._holders(head.group()) if at < start or is_headline]
        if len(held) != 1:
            return None
        return Actor(held[0], True, f"“{words}”: {held[0]} is called {head.group()}")

    def _holders(self, office: str) -> list[tuple[int, str]]:
        """Return the first two who are called by an office, each with where that is first done."""
        if office not in self._held:
            self._held[office] = self._find_holders(office)
        return self._held[office]

    def _find_holders(self, office: str) -> list[tuple[int, str]]:
        first: dict[str, int] = {}
        for match in behind_office(self._text, self._low, office, SHORT_TITLES.get(office, "")):
            for word in _WORD.finditer(self._text, *match.span(2)):
                if not word.group()[0].isupper() and word.group() not in _IN_TITLES:
                    break
                name = self._surnames.get(word.group())
                # "He told the minister, Quill said" gives nobody an office.
                if name is not None and (not match[1] or self._text[word.end() : word.end() + 1] == ","):
                    first.setdefault(name, word.start())
            if len(first) > 1:
                break
        return [(at, name) for name, at in first.items()]
