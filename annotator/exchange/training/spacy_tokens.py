"""What spaCy's formats share: tokens that make up the whole text, and what they cannot hold."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import compress
from operator import itemgetter, sub

from annotator.exchange import flat as flats
from annotator.model import left_out as gone
from annotator.model.formats import ExportSource, Option
from annotator.model.records import ArticleContent
from annotator.model.tokens import ends_of

GROUP = "sc"
"""The group of spans that spaCy's span categorizer looks for."""
_CUT, _STRICT, _CONTRACT, _EXPAND = "cut", "strict", "contract", "expand"
ALIGNMENT = Option(
    "alignment",
    "Spans inside words",
    (_CUT, _STRICT, _CONTRACT, _EXPAND),
    (
        "words are cut there, no span is moved",
        "such spans are left out (strict)",
        "such spans shrink to whole words (contract)",
        "such spans grow to whole words (expand)",
    ),
)
_INSIDE = gone.INSIDE
_MOVED = "spans that began or ended inside a word or with a blank, moved to whole words"
_IS_BLANK = bytes(at == ord(" ") for at in range(256))
_NO_WORD = gone.NO_WORD


def spacy_losses(content: ArticleContent, source: ExportSource) -> Counter[str]:
    """Count what spaCy has no place for."""
    return source.once(spacy_flat, content).left_out


def spacy_flat(content: ArticleContent, source: ExportSource) -> flats.Flat:
    """Return an article as spans alone."""
    found = flats.flat(content, source.scheme, (flats.ARTICLE_LABELS,), links=False)
    alignment = source.chosen.get(ALIGNMENT.name, _CUT)
    return found if alignment == _CUT else _aligned(found, content.article.text, alignment)


def _aligned(found: flats.Flat, text: str, alignment: str) -> flats.Flat:
    """Return spans from word to word, as `Doc.char_span` of spaCy aligns them; what is done is counted."""
    tokens = flats.tokens_of(text, ())
    starts, ends = [start for start, _ in tokens], [end for _, end in tokens]
    kept: dict[tuple[str, int, int], flats.Stretch] = {}
    for one in found.stretches:
        # Where it grows, a word that is begun belongs to it; where it shrinks, it does not.
        first = bisect_right(ends, one.start) if alignment == _EXPAND else bisect_left(starts, one.start)
        after = bisect_left(starts, one.end) if alignment == _EXPAND else bisect_right(ends, one.end)
        if first >= after:
            found.left_out[_INSIDE if alignment == _STRICT else _NO_WORD] += 1
            continue
        place = (starts[first], ends[after - 1])
        if place == (one.start, one.end) or alignment != _STRICT:
            found.left_out[_MOVED] += place != (one.start, one.end)
            found.left_out[flats.SAME] += (one.label, *place) in kept
            kept.setdefault((one.label, *place), replace(one, start=place[0], end=place[1]))
        else:
            found.left_out[_INSIDE] += 1
    found.stretches = list(kept.values())
    found.left_out = +found.left_out
    return found


def spacy_tokens(text: str, stretches: Sequence[flats.Stretch]) -> tuple[list[str], list[int], bytearray]:
    """Return tokens that make up the whole text, where they start, and of each whether a blank is behind it.

    Other white space is tokens. A blank in which a span begins or ends is a token of its own, so that every
    span has its place.
    """
    words, starts = flats.words_of(text, stretches)
    closed = f"{text}\n"  # so that every token has a character after it
    ends = ends_of(words, starts)
    # Two more, so that it gives a tuple in any case.
    behind = "".join(itemgetter(0, 0, *ends)(closed)[2:])
    spaces = bytearray(behind.encode("latin-1", "replace").translate(_IS_BLANK))
    for edge in {one.start for one in stretches} | {one.end - 1 for one in stretches}:
        if closed[edge] == " " and (at := bisect_left(ends, edge)) < len(ends):
            spaces[at] &= ends[at] != edge
    afters = [*starts, len(text)]
    # How many characters between this token and the next are none of it yet.
    left = [*map(sub, map(sub, afters[1:], ends), spaces)]
    if -1 in left:  # a blank that a joiner follows begins the next token
        spaces = bytearray(space and rest >= 0 for space, rest in zip(spaces, left, strict=True))
        left = [max(0, rest) for rest in left]
    left.insert(0, afters[0])
    cuts = sorted({one.start for one in stretches} | {one.end for one in stretches})
    for at in [*compress(range(len(left)), left)][::-1]:
        before, after = afters[at] - left[at], afters[at]
        begins = [before, *cuts[bisect_right(cuts, before) : bisect_left(cuts, after)]]
        words[at:at] = map(text.__getitem__, map(slice, begins, [*begins[1:], after]))
        starts[at:at] = begins
        spaces[at:at] = bytes(len(begins))
    return words, starts, spaces
