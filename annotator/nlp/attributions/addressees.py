"""Which entity label the name of an addressee gets, by lists and shape."""

from __future__ import annotations

import re

from annotator.nlp.lexicons import lexicon

_LAST_WORD = re.compile(r"\w+$")
_LONGEST = 30
"""Characters of a first name that are looked at."""


def label_of(words: str, text: str) -> str:
    """Return PERSON, ORG, GPE or NORP for a name in a text, and nothing for other words."""
    name = words.removeprefix("the ").strip()
    parts = name.split()
    if not parts or not parts[-1][0].isupper():
        return ""
    lists = lexicon()
    if name in lists.names:
        return lists.names[name][0]
    if parts[-1] in lists.heads:
        return lists.heads[parts[-1]]
    if parts[0] in lists.first_names or parts[0].rstrip(".").lower() in (
        "mr",
        "mrs",
        "ms",
        "dr",
        "sen",
        "rep",
    ):
        return "PERSON"
    if len(parts) == 1 and _has_first_name(name, text):
        return "PERSON"
    return "ORG" if name.isupper() or words != name or len(parts) == 1 else "PERSON"


def _has_first_name(name: str, text: str) -> bool:
    """Tell whether a first name stands before a name anywhere in a text."""
    first_names = lexicon().first_names
    at = text.find(f" {name}")
    while at >= 0:
        end = at + 1 + len(name)
        before = _LAST_WORD.search(text, max(0, at - _LONGEST), at)
        if before and before.group() in first_names and not text[end : end + 1].isalnum():
            return True
        at = text.find(f" {name}", end)
    return False
