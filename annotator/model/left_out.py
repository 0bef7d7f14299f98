"""Which of the words for what a format cannot hold say that a span or frame is not in its files at all."""

from __future__ import annotations

from collections.abc import Mapping

SPANS = "spans"
NO_CLAIMS = "spans that are no claims"
OVERLAPS = "spans that overlap a longer one"
TOUCHING = "spans that touch one of the same label, written as one"
UNLINKED = "spans that no link joins"
INSIDE = "spans that begin or end inside a word or with a blank, left out"
NO_WORD = "spans that hold no whole word, left out"
WORDLESS = "spans without a word"
SAME = "spans that are the same as another one, written once"
BREAKS_ALONE = "spans of line breaks alone"
FRAMES = "frames"
NO_LINKS = "frames that do not link two spans"
NO_STANCES = "frames that are no stances"
UNSHOWN = "frames that no words of the article show"
STANCES_ELSEWHERE = "stances on what stands in another article"
STANCES_NOT_CHOSEN = "stances that were not asked for"
STANCES_UNSHOWN = "stances that no words of the article show"

_SPANS = (SPANS, NO_CLAIMS, OVERLAPS, TOUCHING, UNLINKED, INSIDE, NO_WORD, WORDLESS, SAME, BREAKS_ALONE)
_STANCES = (STANCES_ELSEWHERE, STANCES_NOT_CHOSEN, STANCES_UNSHOWN)
_FRAMES = (FRAMES, NO_LINKS, NO_STANCES, UNSHOWN, *_STANCES)


def spans_gone(left_out: Mapping[str, int]) -> int:
    """Return how many spans are not in the files; one that is written in another way is there."""
    return sum(left_out.get(one, 0) for one in _SPANS)


def frames_gone(left_out: Mapping[str, int]) -> int:
    """Return how many frames are not in the files."""
    return sum(left_out.get(one, 0) for one in _FRAMES)
