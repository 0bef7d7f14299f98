"""The little words of the language, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from annotator.model.word_lists import read_sections


@lru_cache(maxsize=1)
def grammar() -> Mapping[str, frozenset[str]]:
    """Return the sections of `grammar.txt`, each as a set of words."""
    sections = read_sections("grammar").items()
    return {name: frozenset(" ".join(lines).split()) for name, lines in sections}
