"""Whether the word at a place names people."""

from __future__ import annotations

from annotator.nlp.attributions.person_words import names_person
from annotator.nlp.attributions.sentences import Sentence


def is_person(s: Sentence, at: int) -> bool:
    """Tell whether a common noun mostly names people, or a group of them."""
    return names_person(s.word(at))
