"""One name, one label in an article: what the text says once clearly is known in the rest of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from annotator.nlp.lexicons import SURE
from annotator.nlp.page import Name, Page

_CLEAR = 0.7
_SIDES = frozenset(("North", "South", "East", "West"))
_NAMED = frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC"))


def remember(page: Page, found: Iterable[Name]) -> dict[str, str]:
    """Return the names that the text makes clear, with surnames and bracketed acronyms of their own."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    # Short names of companies count where nobody else bears them.
    shorts: set[str] = set()
    for name in found:
        if name.score < _CLEAR or name.label not in _NAMED:
            continue
        text = page.text(name.first, name.end)
        votes[text][name.label] += name.score
        if name.label == "PERSON":
            for part in _parts(page, name):
                votes[part]["PERSON"] += name.score
        elif name.label == "ORG":
            short = _bracketed(page, name)
            if short:
                votes[short]["ORG"] += 1
            shorts.add(_without_form(page, name))
    for short in shorts - votes.keys() - {""}:
        votes[short]["ORG"] += 1
    for part in _twins(votes):
        votes[part]["GPE"] += 1
    return {text: max(labels, key=lambda label: labels[label]) for text, labels in votes.items()}


def _twins(found: Iterable[str]) -> set[str]:
    """Return by what two states of one name are called for short: the North and the South of two Koreas."""
    parts: dict[str, set[str]] = defaultdict(set)
    for part, _, place in (name.partition(" ") for name in found):
        if part in _SIDES and place:
            parts[place].add(part)
    return {part for sides in parts.values() if len(sides) > 1 for part in sides}


def _parts(page: Page, name: Name) -> list[str]:
    """Return the surname, with and without its particle, and a first name that is no other word."""
    lexicon = page.lexicon
    end = name.end
    while end > name.first + 1 and page.word(end - 1) in lexicon.suffixes:
        end -= 1
    first = end - 1
    while first - 1 > name.first and (
        page.tokens.words[first - 1] in ("-", "–")
        or page.is_cue("PARTICLES", page.tokens.words[first - 1].lower())
    ):
        first -= 1
    if first <= name.first:
        return []
    parts = [page.text(first, end)]
    last = page.word(end - 1)
    if first < end - 1 and page.is_cue("PARTICLES", page.tokens.words[first].lower()) and len(last) > 2:
        parts.append(last)
    given = page.word(name.first)
    is_name = given in lexicon.first_names or (
        given.isalpha() and given not in lexicon.names and len(given) > 2
    )
    is_word = lexicon.is_common(given) or given.lower() in page.layout.small
    if is_name and not is_word and not page.titled.get(name.first, 0):
        parts.append(given)
    listed = lexicon.names.get(last)
    if listed and listed[1] == SURE and listed[0] not in ("PERSON", "PRODUCT"):
        parts = [part for part in parts if part != last]
    return parts


def _without_form(page: Page, name: Name) -> str:
    """Return a company's name as the press shortens it: Lionbridge of Lionbridge Partners."""
    first, end = name.first, name.end
    while end > first + 1 and page.is_cue("CORPORATE", page.word(end - 1)):
        end -= 1
    word = page.word(end - 1)
    if end == name.end or end - first > 1 or word in page.lexicon.names or page.lexicon.is_common(word):
        return ""
    return "" if word in page.lexicon.first_names or word.lower() == "the" else page.text(first, end)


def _bracketed(page: Page, name: Name) -> str:
    """Return the acronym that stands in brackets after a name."""
    if page.after(name.end) == "(" and page.word(name.end + 2) == ")":
        word = page.word(name.end + 1)
        return word if 2 <= len(word) <= 8 and word.isupper() else ""
    return ""
