"""Names and actors of invented articles, marked by hand in `fresh_names.txt`, each proven by its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.polnear import Article, Bounds
from benchmarks.quality_fresh import GOLD, GOLD_2, GOLD_3, GOLD_5, GOLD_6, parts_of, read_marked

NAMES = Path(__file__).with_name("fresh_names.txt")
NAMES_2 = Path(__file__).with_name("fresh_names_2.txt")
"""Articles marked when the rules had been mended by the first."""
NAMES_3 = Path(__file__).with_name("fresh_names_3.txt")
"""Articles marked when the rules had been mended by both."""
ALL_NAMES = (NAMES, NAMES_2, NAMES_3)
_TEXTS = {NAMES: (GOLD_2, GOLD), NAMES_2: (GOLD_3,), NAMES_3: (GOLD_5, GOLD_6)}
ACTING = frozenset(("PERSON", "ORG"))
"""Labels whose names are those of actors; a place is one only where it speaks."""
_ACROSS, _OPEN = "across", "?"
_NUMBER = re.compile(r"\{[scq](\d+)")


@dataclass(frozen=True, slots=True)
class Name:
    """A marked stretch with the labels that are right for it; an open one counts neither way."""

    start: int
    end: int
    labels: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for an actor, the source of an attribution or a name, and which actor it is."""

    start: int
    end: int
    actor: str
    is_source: bool


@dataclass(frozen=True, slots=True)
class Named:
    """An article with its names and the mentions of its actors."""

    article: Article
    names: tuple[Name, ...]
    mentions: tuple[Mention, ...]


def read_names(path: Path = NAMES) -> Iterator[Named]:
    """Yield the articles whose names are marked."""
    marked = {name: part.strip() for gold in _TEXTS[path] for name, part in parts_of(gold)}
    for name, part in parts_of(path):
        if name != _ACROSS:
            yield read_named(read_marked(name, marked[name]), _numbers(marked[name]), part.split("\n"))


def read_across(path: Path = NAMES) -> dict[str, str]:
    """Return the names under which one actor goes in several articles, each with the first of them."""
    lines = (line[1:] for line in dict(parts_of(path))[_ACROSS].split("\n") if line.startswith("="))
    groups = [[name.strip() for name in line.split(",")] for line in lines]
    return {name: group[0] for group in groups for name in group}


def read_named(article: Article, numbers: Sequence[int], lines: Sequence[str]) -> Named:
    """Return an article with what lines mark in it; a ValueError says what is not there."""
    entries = [one for line in lines if line and line[0] != "*" for one in line.split(" | ")]
    names = tuple(_places(article.text, entries))
    known = {article.text[one.start : one.end] for one in names}
    actors: dict[str, str] = {}
    of_source: dict[int, str] = {}
    for line in (line[1:] for line in lines if line.startswith("*")):
        called, _, sources = line.partition(":")
        forms = [form.strip() for form in called.split(",") if form.strip()]
        if not set(forms) <= known | {_OPEN}:
            raise ValueError(f"{article.name}: no names of the article: {sorted(set(forms) - known)}")
        actor = forms[0] if forms else f"of {sources.strip()}"
        actors |= dict.fromkeys(forms, actor)
        of_source |= {int(number): actor for number in sources.split()}
    frames = dict(zip(numbers, article.annotations[0], strict=True))
    spoken = {number: one.source for number, one in frames.items() if one.source}
    if not of_source.keys() <= spoken.keys():
        raise ValueError(f"{article.name}: no sources: {sorted(of_source.keys() - spoken.keys())}")
    by_place: dict[Bounds, str] = {}
    for number, (place, *_) in sorted(spoken.items(), key=lambda pair: pair[0] not in of_source):
        by_place.setdefault(place, of_source.get(number, f"source {number}"))
    return Named(article, names, tuple(_mentions(article.text, names, actors, by_place)))


def _places(text: str, entries: Sequence[str]) -> Iterator[Name]:
    at = 0
    for entry in entries:
        labels, _, words = entry.strip().partition(" ")
        found = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)").search(text, at)
        if found is None:
            raise ValueError(f"not behind “{text[max(0, at - 20) : at]}”: {entry}")
        at = found.end()
        yield Name(*found.span(), tuple(labels.lstrip(_OPEN).split("/")), labels.startswith(_OPEN))


def _mentions(
    text: str, names: Sequence[Name], actors: dict[str, str], sources: dict[Bounds, str]
) -> Iterator[Mention]:
    """Yield the sources, and the names that do not stand in a source of their own actor."""
    for (start, end), actor in sources.items():
        if actor != _OPEN:
            yield Mention(start, end, actor, is_source=True)
    for name in names:
        words = text[name.start : name.end]
        actor = actors.get(words, words)
        is_told = any(start <= name.start < end and other == actor for (start, end), other in sources.items())
        if not (is_told or name.is_open or ACTING.isdisjoint(name.labels)):
            yield Mention(name.start, name.end, actor, is_source=False)


def _numbers(part: str) -> list[int]:
    return sorted({int(number) for number in _NUMBER.findall(part)})
