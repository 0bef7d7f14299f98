"""Which entity label the name of an addressee gets, by lists and shape."""

from __future__ import annotations

import re

from annotator.nlp.lexicons import lexicon


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
    before = re.findall(rf"(\w+) {re.escape(name)}\b", text)
    return any(one in lexicon().first_names for one in before)
