"""Titles of works in quotation marks: songs, books, shows; told by capitals and by a noun beside them."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.nlp.layout import Layout
from annotator.nlp.lexicons import Lexicon
from annotator.nlp.numbers import Found
from annotator.nlp.tokens import Tokens

LABEL = "WORK_OF_ART"
_PAIRS = {'"': '"', "“": "”", "''": "''", "‘": "’"}
_CALLED = frozenset(("called", "titled", "entitled", "named"))
_BETWEEN = frozenset((",", "and", "or", "/", ";", "&"))
SURE = 0.7
"""The least score of a title that is known in the rest of the text."""
_LONGEST = 9
"""Words of a title."""
_LONG = 4
"""Letters of words that have a capital in every title."""


def works(tokens: Tokens, place: Layout, lexicon: Lexicon) -> Iterator[Found]:
    """Yield the titles in quotation marks, without the marks."""
    words = tokens.words
    last = -1
    for at in [at for at, word in enumerate(words) if word in _PAIRS]:
        if at <= last:
            continue
        closing = _PAIRS[words[at]]
        end = _end(words, place, at + 1, closing)
        verdict = _judged(words, at, end, last, lexicon) if end else None
        verdict = None if verdict and verdict[0] < SURE and place.headline[at] else verdict
        if verdict is not None:
            yield Found(tokens.starts[at + 1], tokens.ends[end - 1], LABEL, *verdict)
            last = end if words[end] == closing else end + 1


def _end(words: list[str], place: Layout, first: int, closing: str) -> int:
    """Return where a quotation of a few words ends, without a comma that stands before its mark; else 0."""
    for end in range(first, min(first + _LONGEST + 2, len(words))):
        if place.breaks[end]:
            return 0
        if words[end] == closing:
            end -= words[end - 1] in (",", ".")
            return end if first < end <= first + _LONGEST else 0
    return 0


def _judged(words: list[str], mark: int, end: int, last: int, lexicon: Lexicon) -> tuple[float, str] | None:
    """Return score and reason of a title between two marks; `last` is where the title before it closed."""
    inside = words[mark + 1 : end]
    if not _is_title(inside) or " ".join(inside) in lexicon.names:
        return None
    before = words[mark - 1] if mark else ""
    if before in (",", ":") or before in _CALLED:
        before = words[mark - 2] if mark > 1 else ""
    if LABEL in (lexicon.kinds.get(before), lexicon.kinds.get(before.removesuffix("s"))):
        return 0.85, f"title after “{before}”"
    if last >= 0 and all(word in _BETWEEN for word in words[last + 1 : mark]):
        return 0.75, "title in a row of titles"
    if len(inside) > 1 and inside[-1] in lexicon.cues["TITLE ENDS"]:
        return 0.7, f"title that ends with {inside[-1]}"
    after = words[end + 1] if end + 1 < len(words) else ""
    if len(inside) > 1 and not _may_be_speech(words[mark - 1] if mark else "", after, lexicon):
        is_other = inside[-1] in lexicon.heads or any(_is_name(word, lexicon) for word in inside)
        return None if is_other else (0.55, "title in quotation marks")
    return None


def _may_be_speech(before: str, after: str, lexicon: Lexicon) -> bool:
    says = lexicon.cues["SAYS"]
    return before in says or after in says or before in (",", ":") or not before


def _is_name(word: str, lexicon: Lexicon) -> bool:
    return word in lexicon.names or word in lexicon.first_names or word in ",…" or word.isupper()


def _is_title(inside: list[str]) -> bool:
    """Tell whether all longer words, the first and the last have a capital."""
    letters = [word for word in inside if word[0].isalpha()]
    if not letters or not (inside[0][0].isupper() or inside[0][0].isdigit()):
        return False
    return all(word[0].isupper() for word in letters if len(word) >= _LONG) and letters[-1][0].isupper()
