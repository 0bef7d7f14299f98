"""Whole attributions and stances by rules: cues, quotations and the words around them, without a parser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.model.cue_lexicon import cue_lexicon
from annotator.model.language import LATIN, find_script
from annotator.model.suggesting import Proposals, SuggestInput
from annotator.model.units import paragraph_bounds
from annotator.nlp.attributions.engine import find_attributions
from annotator.nlp.attributions.proposals import proposals_of


class Attributions:
    """Proposes attributions and stances by English rules; a text in another script gets none."""

    def suggest(self, texts: Iterable[SuggestInput]) -> Iterator[Proposals]:
        """Yield the proposals of each text, in order."""
        for one in texts:
            if find_script(one.text) not in (LATIN, ""):
                yield Proposals()
                continue
            yield proposals_of(find_attributions(one.text, paragraph_bounds(one.text)))


@dataclass(frozen=True, slots=True)
class AttributionsPlugin:
    """The entry point of the built-in suggester."""

    name: str = "built-in attributions"
    version: str = "1"
    layers: tuple[str, ...] = ("attributions", "stances")

    def load(self, choice: str) -> Attributions:  # noqa: ARG002 - there is nothing to choose
        """Read the lexicon, so that the first text is as fast as the next."""
        cue_lexicon()
        return Attributions()


SUGGESTER = AttributionsPlugin()
