"""One text as the finder of names sees it: tokens, layout, lists, and what is already known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from annotator.nlp.layout import Layout
from annotator.nlp.lexicons import LIKELY, SURE, WEAK, Lexicon, name_starts
from annotator.nlp.tokens import Tokens

_CALL_SIGN = re.compile("[0-9](?!AM|PM|GB|MB|TB|KM|MM|KG|CM)[A-Z]{2,3}")
_NOT = frozenset(("n't", "n’t"))
LONGEST_TITLE = 5
LEAST_SHOUTED = 4
"""Letters of a name that is believed in capitals too, where shorter ones may be acronyms."""
LONGEST_NAME = 9
"""Tokens of the longest listed name that is looked for."""


class Listed(NamedTuple):
    """A listed or remembered name that starts at a token: where it ends, its label, how sure."""

    end: int
    label: str
    sure: int


class Name(NamedTuple):
    """A name found: its tokens, end exclusive."""

    first: int
    end: int
    label: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that a rule may ask."""

    tokens: Tokens
    usual: list[str]
    """The tokens, in their usual capitals where the text shouts."""
    layout: Layout
    lexicon: Lexicon
    taken: list[bool]
    """Tokens of dates, sums and the like, which are no part of a name."""
    listed: Mapping[int, Listed]
    """First token of a listed name -> the longest name that starts there."""
    capital: list[bool]
    """Tokens whose capital may be that of a name."""
    titled: Mapping[int, int]
    """First token of a title -> how many tokens it has."""
    candidates: list[int]
    """Tokens a name may start at."""
    bodies: frozenset[str] = frozenset()
    """Head nouns of the bodies that the text makes known, by which alone it may call them."""

    def word(self, at: int) -> str:
        """Return a token, in its usual capitals where the text shouts; empty outside the text."""
        return self.usual[at] if 0 <= at < len(self.usual) else ""

    def before(self, at: int) -> str:
        """Return the word before a token on the same line, in small letters."""
        return self.word(at - 1).lower() if at > 0 and not self.layout.breaks[at] else ""

    def after(self, end: int) -> str:
        """Return the word from `end` on the same line."""
        return self.word(end) if end < len(self.tokens.words) and not self.layout.breaks[end] else ""

    def is_cue(self, kind: str, word: str) -> bool:
        """Tell whether a word is one of a section of the cues."""
        return word in self.lexicon.cues[kind]

    def is_tight(self, at: int) -> bool:
        """Tell whether nothing stands between a token and the one before."""
        return 0 < at < len(self.tokens.words) and self.tokens.ends[at - 1] == self.tokens.starts[at]

    def is_loud(self, at: int) -> bool:
        """Tell whether capitals say nothing here: headlines and shouting."""
        return self.layout.headline[at] or self.layout.shouted[at]

    def text(self, first: int, end: int) -> str:
        """Return the text of some tokens."""
        return self.tokens.text[self.tokens.starts[first] : self.tokens.ends[end - 1]]


def usual(word: str, shouted: bool) -> str:
    """Return a word in its usual capitals."""
    return word.capitalize() if shouted else word


def make_page(tokens: Tokens, layout: Layout, lexicon: Lexicon, taken: list[bool]) -> Page:
    """Look up all listed names and titles of a text."""
    listed: dict[int, Listed] = {}
    titled: dict[int, int] = {}
    capital = [False] * len(tokens.words)
    starts, particles = lexicon.starts, lexicon.cues["PARTICLES"]
    candidates: list[int] = []
    words = tokens.words
    for at, word in enumerate(words):
        upper = word[0].isupper() or (word[0].isdigit() and _CALL_SIGN.fullmatch(word) is not None)
        if taken[at] or not (upper or word in starts or word in particles):
            continue
        candidates.append(at)
        longest = starts.get(word, 0)
        if longest:
            found = _lookup(at, longest, tokens, layout, lexicon, known={})
            if found is not None:
                listed[at] = found
        if upper:
            length = _title_length(at, words, layout, lexicon)
            if length:
                titled[at] = length
            is_not = at + 1 < len(words) and words[at + 1] in _NOT
            capital[at] = not is_not and _may_name(word, at, layout, lexicon)
    shouted = layout.shouted
    written = [usual(word, True) if shouted[at] else word for at, word in enumerate(words)]
    return Page(tokens, written, layout, lexicon, taken, listed, capital, titled, candidates)


def with_known(page: Page, known: Mapping[str, str]) -> Page:
    """Return the page with the names that the text itself made known (name -> label) listed too."""
    starts = name_starts(known)
    listed = dict(page.listed)
    for at in page.candidates:
        longest = starts.get(page.tokens.words[at], 0)
        if longest:
            found = _lookup(at, longest, page.tokens, page.layout, page.lexicon, known=known)
            if found is not None:
                listed[at] = found
    bodies = {word for name, label in known.items() if label == "ORG" for word in name.split()[1:]}
    return replace(page, listed=listed, bodies=frozenset(bodies & page.lexicon.heads.keys()))


def _title_length(at: int, words: list[str], layout: Layout, lexicon: Lexicon) -> int:
    """Return how many tokens the longest title from `at` has; 0 for none."""
    titles = lexicon.titles
    is_short = at + 1 < len(words) and words[at + 1] == "." and words[at].isupper()
    title = usual(words[at], layout.shouted[at] or is_short)
    if title not in titles:
        return 0
    best = titles[title]
    for length in range(2, LONGEST_TITLE + 1):
        place = at + length - 1
        if place >= len(words) or layout.breaks[place]:
            break
        title += " " + usual(words[place], layout.shouted[place])
        best = max(best, titles.get(title, 0))
    return best


def _lookup(
    at: int, longest: int, tokens: Tokens, layout: Layout, lexicon: Lexicon, *, known: Mapping[str, str]
) -> Listed | None:
    start, breaks = tokens.starts[at], layout.breaks
    last = at + 1
    while last < len(tokens.words) and last < at + longest and not breaks[last]:
        last += 1
    for end in range(last, at, -1):
        name = tokens.text[start : tokens.ends[end - 1]].replace("’", "'")
        found = _entry(name, layout.shouted[at], lexicon, known)
        if found is not None and _stands(name, found, at, layout, lexicon):
            return Listed(end, *found)
    return None


def _entry(name: str, shouted: bool, lexicon: Lexicon, known: Mapping[str, str]) -> tuple[str, int] | None:
    found = None if shouted else lexicon.names.get(name)
    if found is None and len(name) >= LEAST_SHOUTED and name.isupper():
        usual_name = name.title() if name.title() in known else name if name in known else ""
        name = lexicon.shouted.get(name, usual_name)
        found = lexicon.names.get(name)
    if name in known and (found is None or found[1] < SURE or found[0] == "PRODUCT"):
        return known[name], SURE
    return found


def _stands(name: str, found: tuple[str, int], at: int, layout: Layout, lexicon: Lexicon) -> bool:
    """Tell whether a listed name that is also an everyday word may be meant here."""
    label, sure = found
    if sure == SURE or " " in name:
        return True
    loud = layout.opening[at] or layout.headline[at] or layout.shouted[at]
    lower = name.lower()
    everyday = lexicon.is_common(name) or lower in layout.small
    if sure == LIKELY:
        return not (loud and everyday)
    return sure == WEAK and label == "GPE" and not everyday


def _may_name(word: str, at: int, layout: Layout, lexicon: Lexicon) -> bool:
    lower = word.lower()
    loud = layout.headline[at] or layout.shouted[at]
    written = usual(word, layout.shouted[at])
    is_person = written in lexicon.first_names or written in lexicon.last_names
    if lower in lexicon.honorary:
        return False
    if lower in lexicon.function_words:
        return is_person and not layout.opening[at] and not loud and lower in lexicon.maybe_words
    if loud or layout.opening[at]:
        everyday = lower in lexicon.common_words or lower in layout.small or lower in lexicon.maybe_words
        return not everyday or is_person or written in lexicon.titles or written in lexicon.heads or not loud
    return True
