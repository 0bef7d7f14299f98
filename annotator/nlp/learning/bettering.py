"""The proposals of the rules, bettered: frames dropped, edges moved, frames added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from annotator.model.suggesting import Proposals
from annotator.nlp.learning.choosing import Weights
from annotator.nlp.learning.edges import Edges, moved
from annotator.nlp.learning.improving import Frames, Seen, added
from annotator.nlp.learning.judging import Told, kept, outermost
from annotator.nlp.learning.ranking import Ranking, ranked
from annotator.nlp.learning.words import Line


@dataclass(frozen=True, slots=True)
class Use:
    """What of a model is used: it drops frames, or inner ones, moves the edges of labels, adds frames."""

    least: float = 0.0
    moves: tuple[str, ...] = ()
    adds: bool = False
    judge: int = 0
    """Which of the weights tell what frames are worth."""
    outermost: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What a model has to say of one text, beside what the rules propose for it."""

    text: str
    lines: Sequence[Line]
    rules: Proposals
    seen: Sequence[Seen]
    edges: Edges
    judging: Sequence[Weights]
    frames: Frames
    ranking: Ranking = field(default_factory=dict)
    """Weights by which frames are scored anew; none where their scores do not count."""
    told: Told = field(default_factory=dict)
    """Of the frames of the rules."""


def bettered(known: Known, use: Use) -> Proposals:
    """Return the proposals of the rules, bettered by what of the model is used."""
    found = known.rules
    if use.least:
        judging = known.judging[use.judge]
        found = kept(known.text, found, judging, use.least, known.frames, told=known.told)
    if use.outermost:
        found = outermost(found, known.frames)
    if known.ranking:
        found = ranked(known.text, found, known.ranking, known.frames)
    if use.moves:
        found = moved(known.lines, found, known.edges, use.moves)
    return added(found, known.rules, known.seen, known.frames) if use.adds else found
