"""The word lists of the built-in suggester, read once from the files in `resources/lexicons`."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from annotator.model.resources import resource
from annotator.model.word_lists import read_sections, sections_of

SURE, LIKELY, WEAK = 3, 2, 1
"""How well a listed name stands by itself: always, in running text, only with more evidence."""

_FIRST_WORD = re.compile(r"[^\s\-–&/]+")
_MARK = re.compile("[ '.]")
_HYPHEN = re.compile("[-&/]")
_OWN_LISTS = ("places", "events", "peoples", "organisations", "persons")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lists, ready to be asked."""

    names: Mapping[str, tuple[str, int]]
    """Listed name -> its label and how well it stands by itself."""
    shouted: Mapping[str, str]
    """Listed name in capitals -> the listed name."""
    starts: Mapping[str, int]
    """First word of listed names, also in capitals -> tokens of the longest."""
    first_names: frozenset[str]
    last_names: frozenset[str]
    women: frozenset[str]
    """First names of women alone."""
    men: frozenset[str]
    titles: Mapping[str, int]
    """Title -> how many words; also every first word of a longer title -> 0."""
    suffixes: frozenset[str]
    heads: Mapping[str, str]
    """Head noun -> the label of a name that ends with it."""
    leads: Mapping[str, str]
    """Noun -> the label of a name that begins with it, as Operation or Fort."""
    kinds: Mapping[str, str]
    """Everyday noun -> the label of a name that it stands beside, as band or town."""
    function_words: frozenset[str]
    common_words: frozenset[str]
    maybe_words: frozenset[str]
    honorary: frozenset[str]
    cues: Mapping[str, frozenset[str]]
    """Words around and inside names, by what they tell (the sections of `cues.txt`)."""

    def is_common(self, word: str) -> bool:
        """Tell whether the word, in lower case, is an everyday word."""
        lower = word.lower()
        return lower in self.common_words or lower in self.function_words or lower in self.maybe_words


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the lists; the first call reads them."""
    packed = resource("lexicons/names.txt.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").split("\n")
    derived = sections_of(line for line in lines if line and not line.startswith("#"))
    titles = read_sections("titles")
    words = read_sections("words")
    first, last = frozenset(_split_first(derived["first"], "")), frozenset(derived["last"])
    common = frozenset(_split(words["COMMON"])) | {word for word in derived["word"] if word.islower()}
    function, maybe = frozenset(_split(words["FUNCTION"])), frozenset(_split(words["MAYBE"]))
    everyday = common | function | maybe
    names = _names(derived, first | last, everyday)
    return Lexicon(
        names=names,
        shouted={name.upper(): name for name, (_, sure) in names.items() if sure == SURE},
        starts=name_starts(names),
        first_names=first - {word.capitalize() for word in function},
        last_names=last - {word.capitalize() for word in function},
        women=frozenset(_split_first(derived["first"], "w")),
        men=frozenset(_split_first(derived["first"], "m")),
        titles=_titles(titles["TITLE"]),
        suffixes=frozenset(titles["AFTER"]),
        heads=_labelled(read_sections("heads")),
        leads=_labelled(read_sections("leads")),
        kinds={word: label for label, lines in read_sections("kinds").items() for word in _split(lines)},
        function_words=function,
        common_words=common,
        maybe_words=maybe,
        honorary=frozenset(_split(words["HONORARY"])),
        cues={cue: frozenset(_split(lines)) for cue, lines in read_sections("cues").items()},
    )


def _names(
    derived: Mapping[str, list[str]], persons: frozenset[str], everyday: frozenset[str]
) -> dict[str, tuple[str, int]]:
    names: dict[str, tuple[str, int]] = {}
    for section, sure in (("city", LIKELY), ("metropolis", SURE), ("country", SURE), ("demonym", SURE)):
        label = "NORP" if section == "demonym" else "GPE"
        for name in derived[section]:
            is_word = name.lower() in everyday
            doubtful = is_word or (name in persons and section == "city")
            names[name] = (
                label,
                min(sure, LIKELY if is_word and section != "city" else WEAK) if doubtful else sure,
            )
    for own in _OWN_LISTS:
        for label, found in read_sections(own).items():
            for name in found:
                names[name] = (label, LIKELY if name.lower() in everyday else SURE)
    for name, (label, sure) in list(names.items()):
        if label == "NORP":
            names.setdefault(_plural(name), (label, sure))
    return names


def _split_first(lines: Iterable[str], mark: str) -> Iterator[str]:
    """Yield the first names that have a mark behind them, or all of them."""
    for name, _, kind in (line.partition(" ") for line in lines):
        if not mark or kind == mark:
            yield name


def _plural(name: str) -> str:
    if name.endswith(("s", "sh", "ch", "se", "men")):
        return name
    return name[:-1] + "ies" if name.endswith("y") and name[-2] not in "aeiou" else name + "s"


def name_starts(names: Iterable[str]) -> dict[str, int]:
    """Return how many tokens the longest name has that begins with a word, also in capitals."""
    found: dict[str, int] = {}
    for name in names:
        word = _FIRST_WORD.match(name)
        if word:
            # Each blank, mark and apostrophe may begin one more token, and a hyphen two.
            length = 1 if name.isalpha() else 1 + len(_MARK.findall(name)) + 2 * len(_HYPHEN.findall(name))
            whole = name.split(" ", 1)[0]
            for form in (word[0], word[0].upper(), whole, whole.upper(), word[0].rstrip(".")):
                if found.get(form, 0) < length:
                    found[form] = length
    return found


def _labelled(sections: Mapping[str, list[str]]) -> dict[str, str]:
    return {entry: label for label, entries in sections.items() for entry in entries}


def _titles(titles: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for title in titles:
        # A full stop after an abbreviation may be a token of its own.
        for form in {title, title.replace(".", " .")}:
            words = re.findall(r"[^\s\-]+|-", form)
            found.setdefault(words[0], 0)
            found[" ".join(words)] = len(words)
    return found


def _split(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield from line.split()
