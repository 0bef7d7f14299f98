"""What spaCy's formats share: tokens that make up the whole text, and what they cannot hold."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from annotator.exchange import flat as flats
from annotator.model.formats import ExportSource, Option
from annotator.model.records import ArticleContent
from annotator.model.tokens import Bounds

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
_INSIDE = "spans that begin or end inside a word or with a blank, left out"
_MOVED = "spans that began or ended inside a word or with a blank, moved to whole words"
_NO_WORD = "spans that hold no whole word, left out"


def spacy_losses(content: ArticleContent, source: ExportSource) -> Counter[str]:
    """Count what spaCy has no place for."""
    twins = len(content.labels) - len({one.label for one in content.labels})
    return source.once(spacy_flat, content).left_out + Counter({flats.SAME_LABELS: twins})


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


def spacy_tokens(text: str, stretches: Sequence[flats.Stretch]) -> tuple[list[Bounds], list[bool]]:
    """Return tokens that make up the whole text: a blank after a token is told by it, other ones are tokens.

    A blank in which a span begins or ends is a token of its own, so that every span has its place.
    """
    begins, stops = {one.start for one in stretches}, {one.end for one in stretches}
    cuts = sorted(begins | stops)
    tokens: list[Bounds] = []
    spaces: list[bool] = []
    at = 0
    for start, end in [*flats.tokens_of(text, stretches), (len(text), len(text))]:
        if start > at and tokens and text[at] == " " and at not in begins and at + 1 not in stops:
            spaces[-1] = True
            at += 1
        while at < start:
            stop = min([*cuts[bisect_right(cuts, at) :][:1], start])
            tokens.append((at, stop))
            spaces.append(False)
            at = stop
        if end > start:
            tokens.append((start, end))
            spaces.append(False)
            at = end
    return tokens, spaces
