"""Sources that are several actors at once: "The United States and France", "Anna Quill and Ivo Kerrin"."""

from __future__ import annotations

import re

from annotator.model.actor_phrases import named
from annotator.model.actor_words import actor_words, plain_key
from annotator.nlp.lexicons import lexicon

_BETWEEN = re.compile(r"\s*,\s+(?:and\s+)?|\s+and\s+")
_ARTICLE = re.compile(r"^(?:the|both)\s+", re.IGNORECASE)
_PLACE = "GPE"
_MOST = 200
"""Characters of what can be a list of names."""


def members(words: str) -> tuple[tuple[str, int], ...]:
    """Return the names that a source lists, and where each stands in it; none for one name.

    Countries and known bodies are told by the lists, people by having a first name: "Trinidad and
    Tobago", "Johnson and Johnson" and "the Farmers and Fishers Union" are one.
    """
    if " and " not in words or len(words) > _MOST or _is_known(words):
        return ()
    ends = [0, *(place for match in _BETWEEN.finditer(words) for place in match.span()), len(words)]
    parts = [(words[start:end], start) for start, end in zip(ends[::2], ends[1::2], strict=True)]
    # "Quill, a farmer, and Kerrin": what stands between commas need not be a name.
    are_names = all(one and (_is_known(one) or _is_person(one)) for one, _ in parts)
    return tuple(parts) if are_names and len({plain_key(one) for one, _ in parts}) == len(parts) else ()


def _is_known(words: str) -> bool:
    name = _ARTICLE.sub("", words)
    known = lexicon().names.get(name)
    return (known is not None and known[0] == _PLACE) or plain_key(name) in actor_words().same


def _is_person(words: str) -> bool:
    found = named(words, "SOURCE")
    return found is not None and found.is_person and bool(found.given) and words[:1].isupper()
