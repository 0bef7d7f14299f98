"""Tells whether the rows of a WebAnno TSV hold all words of its text: a lost line makes labels too short."""

from __future__ import annotations

import re

from annotator.exchange.inception.webanno_text import plain_text
from annotator.model.realigning import words_of

_WORD = re.compile(r"\n\d++-\d++\t\d++-\d++\t([^\t\n]++)")
"""A row's word; the end of the line before it, as a head always has, is what is looked for fastest."""


def missing(file: str, text: str, version: tuple[int, int]) -> int:
    """Return how many characters of a text, blanks aside, stand in no row of a file."""
    words, wanted = words_of("".join(_WORD.findall(file))), words_of(text)
    if words == wanted:
        return 0
    # Other programs do not escape words as they do texts.
    return max(0, len(wanted) - max(len(words), len(words_of(plain_text(words, version)))))
