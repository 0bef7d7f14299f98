"""Reads the name in the words that name somebody: titles, descriptions and possessives dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from annotator.model.actor_words import ActorWords, actor_words, fold, plain_key, words_of
from annotator.model.records import ACTOR_KINDS

_KINDS = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "government",
    "NORP": "group_named",
    "FAC": "organisation",
    "LOC": "government",
}
PHRASES = ("", "SOURCE")
"""Labels of mentions that are phrases with a name in them rather than names."""
_PARTS = re.compile(r"\s*(?:[,;:()\[\]–—―“”\"]|\bwho\b|\bwhich\b|\bvia\b)\s*")
_TOKEN = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*\.?(?:['’]s?(?![^\W_]))?")
_INITIAL = re.compile(r"[A-ZÀ-Þ]\.?")
_OWNED = re.compile(r"['’]s?$")
_LEAD = re.compile(r"^(?:the|The)\s+")
_HIMSELF = re.compile(r"\s(?:himself|herself|itself)$")
_JOINING = frozenset(("of", "for", "and", "&", "the", "on"))
_TOWARDS = frozenset(("to", "for", "of", "with", "from", "by", "in", "at", "near", "behind", "against"))
_LEAST_FULL = 2
"""Words of a full name."""
_MEMBERS = frozenset(("Democrat", "Republican", "Independent"))
"""Who is described by state and party, not named: the Ohio Democrat."""
_AT = frozenset(("at", "from", "of"))
_LONGEST_PERSON = 5


class Named(NamedTuple):
    """A name and what kind of actor it may be; for a person also the words of the name."""

    name: str
    kind: str
    given: tuple[str, ...] = ()
    surname: str = ""
    suffix: str = ""
    """What tells a son from his father."""

    @property
    def is_person(self) -> bool:
        """Tell whether it names a person."""
        return self.kind == "person"


@lru_cache(maxsize=4096)
def named(text: str, label: str) -> Named | None:
    """Return the name that a mention holds; None for pronouns, descriptions, and labels of no actors."""
    if label in PHRASES:
        return next(_in_phrase(text), None)
    kind = _KINDS.get(label)
    bare = _bare(text)
    if kind is None or not bare:
        return None
    return _person(bare) if kind == "person" else _body(bare, kind)


def named_as(name: str, kind: str) -> Named | None:
    """Return an actor's name or alias as it is compared with others'."""
    assert kind in ACTOR_KINDS, kind
    if kind == "person":
        return _person(_bare(name))
    return next(_in_phrase(name), None) if kind == "unspecified" else _body(_bare(name), kind)


def _in_phrase(text: str) -> Iterator[Named]:
    for part in _PARTS.split(_HIMSELF.sub("", " ".join(text.split()))):
        found = _in_part(part)
        if found is not None:
            yield found


def _in_part(part: str) -> Named | None:
    """Return the name that ends a part of a phrase, as in: US Secretary of State John Kerry."""
    words = actor_words()
    if plain_key(part) in words.same:
        return _body(_bare(part), "organisation")
    tokens = _TOKEN.findall(part)
    first = _run_start(tokens, words)
    run, before = tokens[first:], tokens[:first]
    if not run:
        return _of_small_noun(part, tokens, words)
    titled = max(_title_end(run, words), _member_end(run, words))
    # "Backers of Rep. Pruitt" are others than he.
    is_of_others = titled > 2 and run[1] == "of" and run[0].endswith("s")
    is_of_others = is_of_others or (len(run) > 1 and run[-1] in _MEMBERS)
    if titled == len(run) or is_of_others:
        return None
    before_name = next((fold(word) for word in reversed(before) if word != "the"), "")
    if before_name in _TOWARDS or words.personal.intersection(_singulars(run[-1])):
        return _person_before(part, before) if before_name in _AT else None
    is_called = bool(titled) or before_name in words.personal
    name = _bare(" ".join(_without_office(run[titled:]) if is_called else _without_body(run, words)))
    return _judged(name, words, is_called=is_called)


def _member_end(run: Sequence[str], words: ActorWords) -> int:
    """Return how many words say of which party somebody is before the name: Ohio Democrat Marian Oakes."""
    end = next((at for at, word in enumerate(run[:-1], 1) if word in _MEMBERS), 0)
    named = words_of(" ".join(run[end:])) if end else ()
    is_body = not (words.organisation.isdisjoint(named) and words.government.isdisjoint(named))
    return 0 if is_body else end


def _without_body(run: Sequence[str], words: ActorWords) -> Sequence[str]:
    """Return a person's name without the body that "of" joins to it: Ines Vogt of the Caspar Institute."""
    at = run.index("of") if "of" in run else 0
    if at < _LEAST_FULL or not words.bodies.isdisjoint(words_of(" ".join(run[:at]))):
        return run
    is_body = run[at + 1 : at + 2] == ["the"] or fold(run[-1]) in words.bodies
    return run[:at] if is_body else run


def _person_before(part: str, before: Sequence[str]) -> Named | None:
    """Return the person whom a body stands behind: Jonas Weill at Brook Capital."""
    at = len(before) - 1
    while at and before[at] not in _AT:
        at -= 1
    if not at or not _is_capital(before[at - 1]):
        return None
    found = _in_part(part[: part.rfind(f" {before[at]} ")])
    return found if found is not None and found.is_person and found.given else None


def _judged(name: str, words: ActorWords, *, is_called: bool) -> Named | None:
    """Return a person, or a body where the words of the name say so and no title does."""
    is_body = not words.bodies.isdisjoint(words_of(name)[-1:])
    is_body = is_body or plain_key(name) in words.same or any(word in _JOINING for word in name.split())
    if len(name.split()) > _LONGEST_PERSON or (not is_called and is_body):
        return _body(name, "organisation")
    return _person(name)


def _singulars(word: str) -> tuple[str, ...]:
    folded = fold(word)
    return (folded, folded.removesuffix("s"))


def _without_office(run: Sequence[str]) -> Sequence[str]:
    """Return a titled name without what the title is of: of the House Paul Ryan, Javad Zarif of Iran."""
    if run[:1] == ["of"]:
        at = 2 if run[1:2] == ["the"] else 1
        return run[at + 1 :]
    return run[: run.index("of")] if "of" in run else run


def _run_start(tokens: Sequence[str], words: ActorWords) -> int:
    """Return where the capitalised words begin that end the tokens."""
    at = len(tokens)
    while at and (_is_capital(tokens[at - 1]) or _is_inside(tokens, at - 1, words)):
        if _OWNED.search(tokens[at - 1]) and at < len(tokens):
            break
        at -= 1
    while at < len(tokens) and not _is_capital(tokens[at]) and fold(tokens[at]) not in words.particles:
        at += 1
    return at


def _is_inside(tokens: Sequence[str], at: int, words: ActorWords) -> bool:
    """Tell whether a small word stands inside a name."""
    word = tokens[at]
    is_small = word in _JOINING or word in words.particles
    return is_small and at + 1 < len(tokens)


def _is_capital(word: str) -> bool:
    return word[0].isupper() or ("-" in word and word.rpartition("-")[2][:1].isupper())


def _title_end(run: Sequence[str], words: ActorWords) -> int:
    """Return how many words go up to the last title, that no name follows two of."""
    folded = [" ".join(words_of(word)) for word in run]
    end = 0
    for at in range(len(run)):
        for length in range(min(5, len(run) - at), 0, -1):
            if tuple(" ".join(folded[at : at + length]).split()) in words.titles:
                end = max(end, at + length)
                break
    return end


def _of_small_noun(part: str, tokens: Sequence[str], words: ActorWords) -> Named | None:
    """Return a body called by a name and a noun in small letters, as the Harlow campaign."""
    if len(tokens) < 2 or fold(tokens[-1]) not in words.organisation or fold(tokens[0]) in ("a", "an"):
        return None
    rest = [word for word in tokens[:-1] if fold(word) != "the"]
    if not rest or not all(map(_is_capital, rest)):
        return None
    return _body(_bare(part), "organisation")


def _bare(text: str) -> str:
    """Return a name without the article before it and the possessive behind it."""
    return _OWNED.sub(
        "", _LEAD.sub("", " ".join(text.split())).strip(" ,.-" if text.endswith("..") else " ,-")
    )


def _person(name: str) -> Named | None:
    words = actor_words()
    tokens = _TOKEN.findall(name)
    titled = _title_end(tokens, words)
    if titled and titled < len(tokens):
        tokens = tokens[titled:]
        name = name[name.find(tokens[0]) :]
    parts = [word for token in tokens for word in words_of(token.replace("-", " "))]
    initials = {words_of(token)[0] for token in tokens if _INITIAL.fullmatch(token)}
    dropped = words.suffixes | (words.particles - initials)
    kept = [word for word in parts if word not in dropped]
    if not kept:
        return None
    suffix = next((word for word in parts if word in words.suffixes), "")
    return Named(name, "person", tuple(kept[:-1]), kept[-1], suffix)


def _body(name: str, kind: str) -> Named | None:
    """Return a body by its name, with the kind that its words tell."""
    words = actor_words()
    known = words.same.get(plain_key(name), name)
    if not plain_key(name):
        return None
    parts = set(words_of(known))
    if kind == "organisation":
        if parts & words.government:
            kind = "government"
        elif parts & words.media:
            kind = "media"
    return Named(known, kind)
