"""The full name that the article has for a short one: Nina Saar for Saar, the Harbour Board for the Board."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.model.actor_names import Mention
from annotator.model.actor_phrases import named
from annotator.model.actor_words import actor_words, fold
from annotator.nlp.lexicons import lexicon

_BEFORE = re.compile(r"(?:[^\W\d_][^\W\d_.'’-]*\.? ){1,2}$")
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
    is_body = fold(usual) in actor_words().organisation | actor_words().media | actor_words().government
    for place, match in enumerate(re.finditer(rf"(?<![\w-]){re.escape(usual)}(?![\w-])", text)):
        before = _BEFORE.search(text, max(0, match.start() - _REACH), match.start())
        first = before.group().split()[-1] if before else ""
        if place > _MOST or not first or first in seen or not _may_begin(text, match.start(), first, is_body):
            continue
        seen.add(first)
        label = "ORG" if is_body else "PERSON"
        yield Mention(f"{first} {usual}", match.start() - len(first) - 1, label)


def _may_begin(text: str, start: int, first: str, is_body: bool) -> bool:
    """Tell whether a word before a short name is part of the name."""
    lists = lexicon()
    if not first[0].isupper() or first.endswith(".") or first in lists.titles:
        return False
    at = start - len(first) - 1
    is_opening = not at or text[max(0, at - 2) : at].rstrip(' \n“"') in ("", ".", "!", "?")
    if is_body:
        return not is_opening
    is_plain = not (lists.is_common(first) or is_opening or first in lists.names)
    return first in lists.first_names or is_plain
