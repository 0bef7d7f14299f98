"""The little words of the language, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from annotator.model.resources import resource


@lru_cache(maxsize=1)
def grammar() -> Mapping[str, frozenset[str]]:
    """Return the sections of `grammar.txt`, each as a set of words."""
    found: dict[str, set[str]] = {}
    words: set[str] = set()
    for line in resource("lexicons/grammar.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            words = found.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            words.update(line.split())
    return {name: frozenset(words) for name, words in found.items()}
