"""Finds the places of a text that quoted words mean: "words", or "words#2" for the second place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.model.errors import UserError
from annotator.model.records import Fragment

_NUMBERED = re.compile(r"(.+)#(\d+)", re.DOTALL)


def places(text: str, words: str) -> list[Fragment]:
    """Return every place of the words, whole words only."""
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    found = re.finditer(before + re.escape(words) + after, text)
    return [Fragment(*match.span()) for match in found]


def place(text: str, words: str, near: Sequence[Fragment] = ()) -> Fragment:
    """Return the one place that is meant: the numbered one, the only one, or the nearest."""
    numbered = _NUMBERED.fullmatch(words)
    bare = numbered[1] if numbered else words
    found = places(text, bare)
    if numbered and 1 <= int(numbered[2]) <= len(found):
        return found[int(numbered[2]) - 1]
    if numbered or not found or (len(found) > 1 and not near):
        raise UserError(
            "The words “{words}” stand {times} times in the article: number them.",
            words=words,
            times=len(found),
        )
    return min(found, key=lambda one: _distance(one, near)) if near else found[0]


def _distance(one: Fragment, near: Sequence[Fragment]) -> int:
    return min(max(start - one.end, one.start - end, 0) for start, end in near)
