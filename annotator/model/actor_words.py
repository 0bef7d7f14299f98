"""Words of names for linking actors: titles, particles, other names of one actor, diminutives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from annotator.model.word_lists import read_sections

_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*\.?")
_OWNED = re.compile(r"['’]s?$")
_SPELLINGS = (("isation", "ization"), ("organis", "organiz"), ("defence", "defense"), ("labour", "labor"))
_SOUNDS = (
    ("ei", "i"),
    ("ey", "i"),
    ("iy", "i"),
    ("ou", "u"),
    ("y", "i"),
    ("ph", "f"),
    ("kh", "h"),
    ("j", "i"),
)
_MARKED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_LEAST_SOUNDS = 3
_LONG = 6


@dataclass(frozen=True, slots=True)
class ActorWords:
    """The lists, in small letters without accents."""

    same: Mapping[str, str]
    """Folded name -> the name the actor goes by."""
    seats: Mapping[str, str]
    """Folded name of a capital -> the country whose government goes by it."""
    given: Mapping[str, frozenset[int]]
    """Folded given name -> the groups of diminutives it is in."""
    titles: frozenset[tuple[str, ...]]
    particles: frozenset[str]
    suffixes: frozenset[str]
    personal: frozenset[str]
    government: frozenset[str]
    media: frozenset[str]
    organisation: frozenset[str]
    bodies: frozenset[str]
    """What those of the last three are called."""
    whole: frozenset[str]
    """Words that are whole names by themselves: Congress."""


@lru_cache(maxsize=1)
def actor_words() -> ActorWords:
    """Return the lists; the first call reads them."""
    own, titles, cues = (read_sections(name) for name in ("actors", "titles", "cues"))
    given: dict[str, set[int]] = {}
    for number, line in enumerate(own["DIMINUTIVE"]):
        for name in line.split():
            given.setdefault(fold(name), set()).add(number)
    bodies = {name: _folded(own[name]) for name in ("GOVERNMENT", "MEDIA", "ORGANISATION")}
    lines, seats = ([line.split(" | ") for line in own[name]] for name in ("SAME", "SEAT"))
    return ActorWords(
        same={plain_key(name): names[0] for names in lines for name in names},
        seats={plain_key(city): country for country, *cities in seats for city in cities},
        given={name: frozenset(groups) for name, groups in given.items()},
        titles=frozenset(map(words_of, titles["TITLE"])),
        particles=_folded(cues["PARTICLES"]),
        suffixes=_folded(titles["AFTER"]),
        bodies=frozenset().union(*bodies.values()),
        **{name.lower(): words for name, words in bodies.items()},
        **{name.lower(): _folded(own[name]) for name in ("PERSONAL", "WHOLE")},
    )


def seat_of(name: str) -> str:
    """Return the country whose government goes by the name of a capital; empty for other names."""
    return actor_words().seats.get(plain_key(name), "")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return a text in small letters without accents."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text.lower()).translate(_MARKED)
    return "".join(char for char in bare if not unicodedata.combining(char))


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a name, folded, without full stops and possessives."""
    return tuple([_OWNED.sub("", word).replace(".", "") for word in _WORD.findall(fold(text))])


@lru_cache(maxsize=4096)
def plain_key(name: str) -> str:
    """Return what two spellings of one organisation's or place's name have in common."""
    key = " ".join(word for word in words_of(name.replace("&", " and ")) if word not in ("the", "al"))
    for one, other in _SPELLINGS:
        key = key.replace(one, other)
    return key


def is_same_given(one: str, other: str) -> bool:
    """Tell whether two folded given names may be of one person: initials, diminutives, transcriptions."""
    if one == other:
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    given = actor_words().given
    if given.get(one, frozenset()) & given.get(other, frozenset()):
        return True
    return sounds(one) == sounds(other) and len(sounds(one)) >= _LEAST_SOUNDS


@lru_cache(maxsize=4096)
def given_keys(name: str) -> tuple[str | int, ...]:
    """Return what another given name of the same person may be found by, that is not written alike."""
    initial = (f"{name[0]}.",) if len(name) == 1 else ()
    return (f"{name[0]}*", *initial, *_kin(name))


@lru_cache(maxsize=4096)
def asked_keys(name: str) -> tuple[str | int, ...]:
    """Return the `given_keys` one of which every other spelling of the given name has."""
    return (f"{name[0]}*" if len(name) == 1 else f"{name[0]}.", *_kin(name))


def _kin(name: str) -> tuple[str | int, ...]:
    heard = (f"~{sounds(name)}",) if len(sounds(name)) >= _LEAST_SOUNDS else ()
    return (*actor_words().given.get(name, ()), *heard)


@lru_cache(maxsize=4096)
def sounds(name: str) -> str:
    """Return a folded name as it sounds in every transcription: Sergei as Sergey, Muhammad as Mohammed."""
    for one, other in _SOUNDS:
        name = name.replace(one, other)
    name = re.sub(r"(.)\1", r"\1", name)
    if len(name) < _LONG:
        return name
    # Vowels inside differ most between transcriptions; in short names they alone tell Jean from Joan.
    return name[:1] + re.sub("[aeo]", "u", name[1:-1]).replace("h", "") + name[-1:]


def _folded(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word).replace(".", "") for line in lines for word in line.split())
