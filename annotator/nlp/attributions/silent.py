"""Sides that are taken without saying on what: "Quill agreed.", "Others were not so sure."."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.grammar import grammar
from annotator.nlp.attributions.before import subject_before
from annotator.nlp.attributions.cues import is_negation
from annotator.nlp.attributions.found import Found
from annotator.nlp.attributions.sentences import Sentence

SILENT = "silent"
"""The pattern of what is no attribution, since nothing is said, but may be a stance."""
_AGREEING = {
    "agreed": "supports", "agrees": "supports", "concurred": "supports", "concurs": "supports",
    "disagreed": "denies", "disagrees": "denies", "disagree": "denies", "agree": "supports",
    "dissented": "denies",
}  # fmt: skip
_DOUBTING = frozenset(("sceptical", "skeptical", "unconvinced", "unpersuaded", "dubious", "doubtful"))
_SURE = frozenset(("sure", "convinced", "persuaded"))
"""Who is not so doubts it."""
_ENDS = frozenset((".", "^", ",", ";", ":", "-"))
_HELPING = frozenset(("AUX", "RB", "NO"))
_TOGETHER = frozenset(
    ("sides", "parties", "countries", "governments", "both", "they", "we", "leaders", "members", "couple")
)
"""Who agree with one another."""
WORDS = frozenset(_AGREEING) | _DOUBTING | _SURE | {"differ"}
_SCORE = 0.5


def by_silence(s: Sentence) -> Iterator[Found]:
    """Yield who agrees, disagrees or doubts in a sentence without a word on what."""
    for at in range(s.first + 1, s.end):
        word = s.line.words[at]
        if word in WORDS:
            found = _silent(s, at, word) if s.tag(at + 1) in _ENDS else None
            if found is not None:
                yield found


def _silent(s: Sentence, at: int, word: str) -> Found | None:
    first = at
    if word == "differ":
        if s.word(at - 1) != "to" or s.word(at - 2) not in ("begged", "beg", "begs"):
            return None
        first = at - 2
    while (
        s.tag(first - 1) in _HELPING or s.word(first - 1) in grammar()["linking"] or s.word(first - 1) == "so"
    ):
        first -= 1
    helpers = s.line.words[first:at]
    is_not = any(is_negation(one) for one in helpers)
    is_being = any(one in grammar()["being"] or one in grammar()["linking"] for one in helpers)
    group = "denies" if word == "differ" else _AGREEING.get(word, "doubts")
    if group == "doubts" and (not is_being or is_not != (word in _SURE)):
        return None
    source = subject_before(s, first)
    if (
        source is None
        or s.word(source[1] - 1) in _TOGETHER
        or s.word(source[0]) in ("it", "that", "there", "i")
    ):
        return None
    start, end = s.bounds((first, at + 1))
    words = s.line.text[start:end]
    return Found(
        SILENT, group, (start, end), s.bounds(source), ((end, end),), _SCORE,
        f"“{words}”, without what it is about",
        paragraph=s.line.paragraph, depth=s.line.depth, lemma=word, kind="stance", how="before",
        is_negated=is_not and group != "doubts",
    )  # fmt: skip
