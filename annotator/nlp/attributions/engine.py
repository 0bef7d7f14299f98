"""One text from its words to its attributions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.model.tokens import Bounds
from annotator.nlp.attributions.adjectives import by_adjectives
from annotator.nlp.attributions.choosing import choose, continued, settle, sides_in_sources
from annotator.nlp.attributions.datelines import behind_dateline
from annotator.nlp.attributions.found import Found
from annotator.nlp.attributions.led_on import led_on
from annotator.nlp.attributions.marks import by_marks
from annotator.nlp.attributions.nouns import by_nouns
from annotator.nlp.attributions.polls import by_polls
from annotator.nlp.attributions.quotes import find_quotes
from annotator.nlp.attributions.reading import Line, read_line
from annotator.nlp.attributions.sentences import Sentence, sentences
from annotator.nlp.attributions.silent import WORDS, by_silence
from annotator.nlp.attributions.standing import by_standing
from annotator.nlp.attributions.turns import turn
from annotator.nlp.attributions.verbs import by_verbs
from annotator.nlp.attributions.verdicts import added, by_verdict, on_nouns, told_falsely
from annotator.nlp.attributions.verdicts import words as verdict_words

_WRITERS = frozenset(("seems", "passive"))
"""Patterns by which, without a source, the writer himself says something."""


def find_attributions(text: str, paragraphs: list[Bounds]) -> tuple[list[Found], list[Found]]:
    """Return the attributions of a text, and those who take a side without saying on what."""
    lines = read(text, paragraphs)
    made = [list(candidates(line)) for line in lines]
    chosen = [choose(one) for one in made]
    kept = [one for of_line in chosen for one in of_line]
    beside = [one for pair in zip(made, chosen, strict=True) for one in sides_in_sources(*pair)]
    found = settle(continued(lines, [*kept, *led_on(lines, kept)]))
    cues = [one.cue for one in found if one.cue is not None]
    open_lines = (line for line in lines if not WORDS.isdisjoint(line.words))
    silent = (one for line in open_lines for sentence in sentences(line) for one in by_silence(sentence))
    kept = [one for one in silent if not any(_meets(one.cue, cue) for cue in cues)]
    return found, [*kept, *beside, *_verdicts(text, lines, found)]


def _verdicts(text: str, lines: Sequence[Line], found: Sequence[Found]) -> Iterator[Found]:
    """Yield the verdicts of the writer's that stand in nothing that anybody says."""
    open_lines = (line for line in lines if not verdict_words().isdisjoint(line.words))
    made = [one for line in open_lines for sentence in sentences(line) for one in by_verdict(sentence)]
    if made:
        said = [one.extent for one in found if one.source is not None or one.pattern not in _WRITERS]
        yield from (
            one for one in made if not any(start < one.end and one.start < end for start, end in said)
        )
    yield from on_nouns(text, found)
    yield from added(text, found)
    yield from told_falsely(text, found)


def _meets(one: Bounds | None, other: Bounds) -> bool:
    return one is not None and one[0] < other[1] and other[0] < one[1]


def read(text: str, paragraphs: list[Bounds]) -> list[Line]:
    """Return the paragraphs of a text as lines."""
    lines = []
    for number, ((start, end), quotes) in enumerate(
        zip(paragraphs, find_quotes(text, paragraphs), strict=True)
    ):
        line = read_line(text, behind_dateline(text, start, end, quotes), end, quotes)
        line.paragraph = number
        lines.append(line)
    return lines


def candidates(line: Line) -> Iterator[Found]:
    """Yield what every pattern finds in a line, and in the quotations inside it."""
    spoken = turn(line)
    if spoken is not None:
        yield spoken
    for sentence in sentences(line):
        yield from in_sentence(sentence)
    for inner in line.inner.values():
        inner.paragraph = line.paragraph
        yield from candidates(inner)


def in_sentence(s: Sentence) -> Iterator[Found]:
    """Yield what every pattern finds in a sentence."""
    yield from by_verbs(s)
    yield from by_nouns(s)
    yield from by_adjectives(s)
    yield from by_marks(s)
    yield from by_standing(s)
    yield from by_polls(s)
