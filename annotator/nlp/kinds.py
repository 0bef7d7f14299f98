"""What the nouns beside a name say it is: the band X, X is a town in, X, a lobbying firm."""

from __future__ import annotations

from typing import NamedTuple

from annotator.nlp.page import Page

_IS = frozenset(("is", "was", "are", "were"))
_ARTICLES = frozenset(("a", "an", "the"))
_CALLED = frozenset(("called", "named", "titled", "entitled", "dubbed"))
_OF = ("GPE", "LOC")
"""Kinds of things that "of" stands behind: the town of Eastfield."""
_ALONE = frozenset(("state", "country", "nation", "capital", "region", "party", "show", "series", "hit"))
"""Nouns that often stand before names of something else: the state Senate, the capital Monday."""
_LED = frozenset(("council", "committee", "commission", "union", "church", "club", "association", "ministry"))
"""Nouns that often stand before whoever leads them: leader of the council Martin Frayne."""
_WHO_TOO = frozenset(
    ("developer", "publisher", "contractor", "broker", "supplier", "maker", "distributor", "insurer")
)
"""Nouns of companies that persons are too: Theodore Lasch, a developer."""
_MARKS = frozenset("\",“”'‘’:")
_MARKED_STOP = ("'s", "’s")
_FARTHEST = 9
"""Words between a name and the noun that says what it is."""


class Kind(NamedTuple):
    """A label, and the word that tells it."""

    label: str
    word: str


def kind_before(page: Page, first: int) -> Kind | None:
    """Return what the noun right before a name says it is."""
    at = first - 1
    while at > 0 and first - at <= 3 and page.tokens.words[at] in _MARKS and not page.layout.breaks[at + 1]:
        at -= 1
    if at > 0 and page.tokens.words[at] in _CALLED:
        at -= 1
    if at < 1 or any(page.layout.breaks[at + 1 : first + 1]) or page.is_loud(first):
        return None
    word = page.tokens.words[at]
    if word == "of" and page.lexicon.kinds.get(page.tokens.words[at - 1]) in _OF:
        word = page.tokens.words[at - 1]
    elif word in _ALONE or _is_person(page, first) or (word in _LED and _is_someone(page, first)):
        return None
    label = page.lexicon.kinds.get(word, "")
    return Kind(label, word) if label else None


def kind_after(page: Page, end: int) -> Kind | None:
    """Return what the description right behind a name says it is."""
    words = page.tokens.words
    at = end
    if at < len(words) and words[at] == "(":
        at = _after_bracket(page, at)
    if at + 1 >= len(words) or page.layout.breaks[at]:
        return None
    if (words[at] not in _IS and words[at] != ",") or words[at + 1] not in _ARTICLES:
        return None
    at += 1
    head = ""
    for place in range(at + 1, min(at + _FARTHEST, len(words))):
        word = words[place]
        if word in _MARKED_STOP:
            return None
        if page.is_cue("AFTER KIND", word) or not word[0].isalpha() or page.layout.breaks[place]:
            break
        head = word
    label = page.lexicon.kinds.get(head, "")
    if head in _WHO_TOO and page.word(end - 2) in page.lexicon.first_names:
        return None
    return Kind(label, head) if label else None


def _is_person(page: Page, first: int) -> bool:
    """Tell whether a first name and a surname stand here, whatever is before them: its rival Ann Doyle."""
    lexicon = page.lexicon
    return page.word(first) in lexicon.first_names and page.word(first + 1) in lexicon.last_names


def _is_someone(page: Page, first: int) -> bool:
    """Tell whether a first name that is no other word stands here, with one more capital."""
    word = page.word(first)
    is_pair = first + 2 < len(page.capital) and page.capital[first + 1] and not page.capital[first + 2]
    return is_pair and word in page.lexicon.first_names and not page.lexicon.is_common(word)


def _after_bracket(page: Page, at: int) -> int:
    for place in range(at, min(at + 2 * _FARTHEST, len(page.tokens.words))):
        if page.tokens.words[place] == ")":
            return place + 1
    return at
