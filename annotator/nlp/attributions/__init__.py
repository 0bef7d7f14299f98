"""Whole attributions and stances by rules: cues, quotations and the words around them, without a parser."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from annotator.model.cue_lexicon import cue_lexicon, with_verbs
from annotator.model.language import LATIN, find_script
from annotator.model.own_cues import left_out, verbs_of
from annotator.model.suggesting import Proposals, Suggester, SuggestInput
from annotator.model.tokens import Bounds
from annotator.model.units import read_bounds
from annotator.nlp.attributions.describing import claim_form
from annotator.nlp.attributions.engine import find_attributions
from annotator.nlp.attributions.found import Found
from annotator.nlp.attributions.proposals import proposals_of
from annotator.nlp.lexicons import lexicon
from annotator.nlp.parsed_sources import with_parser

_SKIPPED = frozenset(("byline", "dateline", "caption", "navigation"))
"""Kinds of paragraphs in which nobody says anything."""


class Attributions:
    """Proposes attributions and stances by English rules; a text in another script gets none."""

    def suggest(self, texts: Iterable[SuggestInput]) -> Iterator[Proposals]:
        """Yield the proposals of each text, in order."""
        for one in texts:
            if find_script(one.text) not in (LATIN, ""):
                yield Proposals()
                continue
            paragraphs = _spoken(one)
            with with_verbs(verbs_of(one.cues)):
                found, silent = find_attributions(one.text, paragraphs)
                if gone := left_out(one.cues):
                    found, silent = _without(found, gone), _without(silent, gone)
                _mark_headlines(one, found)
                proposals = proposals_of(one.text, found, paragraphs, silent)
            yield proposals


def _without(found: Iterable[Found], groups: Set[str]) -> list[Found]:
    """Leave out what cues of these groups show; what lies inside it is then inside what is around it."""
    kept = [one for one in found if one.group not in groups]
    for one in kept:
        while one.parent is not None and one.parent.group in groups:
            one.parent = one.parent.parent
        if one.continues is not None and one.continues.group in groups:
            one.continues = None
    return kept


def _mark_headlines(one: SuggestInput, found: Iterable[Found]) -> None:
    """Give what headlines tell in words of their own its form."""
    headlines = [(start, end) for start, end, kind in one.blocks if kind == "headline"]
    for each in found if headlines else ():
        is_inside = any(start <= each.start < end for start, end in headlines)
        if is_inside and claim_form(one.text, each) in ("indirect", "reported"):
            each.form = "headline"


def _spoken(one: SuggestInput) -> list[Bounds]:
    """Return the paragraphs without captions, bylines and the like."""
    skipped = [start for start, _, kind in one.blocks if kind in _SKIPPED]
    ends = {start: end for start, end, _ in one.blocks}
    paragraphs = read_bounds(one.text)
    if not skipped:
        return paragraphs
    starts = [start for start, _ in paragraphs]
    left_out = {
        at for start in skipped for at in range(bisect_left(starts, start), bisect_left(starts, ends[start]))
    }
    return [bounds for at, bounds in enumerate(paragraphs) if at not in left_out]


@dataclass(frozen=True, slots=True)
class AttributionsPlugin:
    """The entry point of the built-in suggester."""

    name: str = "built-in attributions"
    version: str = "1"
    layers: tuple[str, ...] = ("attributions", "stances")

    def load(self, choice: str) -> Suggester:
        """Read the lexicon, so that the first text is as fast as the next.

        `choice` may name a spaCy pipeline, whose parser then extends the sources.
        """
        cue_lexicon()
        lexicon()
        return with_parser(Attributions(), choice) if choice else Attributions()


SUGGESTER = AttributionsPlugin()
