"""The full name that the article has for a short one: Nina Saar for Saar, the Harbour Board for the Board."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.actor_names import Mention
from annotator.model.actor_phrases import named
from annotator.model.actor_words import actor_words, fold
from annotator.nlp.lexicons import lexicon

_REACH = 40
"""Characters before a short name in which the rest of it stands."""
_MOST = 20
"""Places of a short name that are looked at."""


def full_names(text: str, words: str) -> Iterator[Mention]:
    """Yield the places where the article has more of a name than a source of one word does."""
    who = named(words, "SOURCE")
    if who is None or " " in who.name or who.given:
        return
    usual = who.name.capitalize() if who.name.isupper() else who.name
    seen: set[str] = set()
    is_body = fold(usual) in actor_words().bodies
    for start in _places(text, usual):
        before = text[max(0, start - _REACH) : start]
        first = before.split()[-1] if before.endswith(" ") and before.strip() else ""
        if first and first not in seen and _may_begin(text, start, first, is_body):
            yield Mention(f"{first} {usual}", start - len(first) - 1, "ORG" if is_body else "PERSON")
        seen.add(first)


def _places(text: str, name: str) -> Iterator[int]:
    """Yield where a name stands as a word, at most so often."""
    at = text.find(name)
    for _ in range(_MOST):
        if at < 0:
            return
        around = text[max(0, at - 1) : at] + text[at + len(name) : at + len(name) + 1]
        if not any(char.isalnum() or char == "-" for char in around):
            yield at
        at = text.find(name, at + len(name))


def _may_begin(text: str, start: int, first: str, is_body: bool) -> bool:
    """Tell whether a word before a short name is part of the name."""
    lists = lexicon()
    if (
        not first[0].isupper()
        or not first.replace("-", "").replace("’", "").isalpha()
        or first in lists.titles
    ):
        return False
    at = start - len(first) - 1
    is_opening = not at or text[max(0, at - 2) : at].rstrip(' \n“"') in ("", ".", "!", "?")
    if is_body:
        return not is_opening
    is_plain = not (lists.is_common(first) or is_opening or first in lists.names)
    return first in lists.first_names or is_plain
