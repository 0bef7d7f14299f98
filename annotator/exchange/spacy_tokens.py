"""What spaCy's formats share: tokens that make up the whole text, and what they cannot hold."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from annotator.exchange import flat as flats
from annotator.model.formats import ExportSource
from annotator.model.records import ArticleContent
from annotator.model.tokens import Bounds

GROUP = "sc"
"""The group of spans that spaCy's span categorizer looks for."""


def spacy_losses(content: ArticleContent, source: ExportSource) -> Counter[str]:
    """Count what spaCy has no place for."""
    twins = len(content.labels) - len({one.label for one in content.labels})
    return source.once(spacy_flat, content).left_out + Counter({flats.SAME_LABELS: twins})


def spacy_flat(content: ArticleContent, source: ExportSource) -> flats.Flat:
    """Return an article as spans alone."""
    return flats.flat(content, source.scheme, (flats.ARTICLE_LABELS,), links=False)


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
