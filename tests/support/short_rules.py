"""Rules that stop too early and know one word too few, and labelled articles to learn better from."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator

from annotator.model.learning import Decision, Lesson
from annotator.model.suggesting import Proposals, ProposedFrame, ProposedSpan, SuggestInput

PEOPLE = ("Ada Holm", "Ben Ruiz", "Cleo Park", "Dan Vogt", "Eva Lind")
VERBS = ("said", "warned", "added", "argued")
THINGS = ("the bridge", "the old tunnel", "a new school", "the harbour", "every ferry in town")
ENDS = ("is closed", "must be paid for", "will open in May", "costs too much", "is safe again")
_SENTENCE = re.compile(r"(?P<source>[A-Z]\w+ [A-Z]\w+) (?P<cue>\w+ed|said) that (?P<claim>[^.]+)\.")
POINT = "short_rules:PLUGIN"
LABELS = ("CLAIM", "SOURCE", "CUE")
FRAMES = {"ATTRIBUTION": {"CUE": "cue", "CLAIM": "claim", "SOURCE": "source"}}


class Rules:
    """Finds who says that what, but not who argues it, and leaves out the last word of the claim."""

    def suggest(self, texts: Iterable[SuggestInput]) -> Iterator[Proposals]:
        """Yield the proposals of each text."""
        for one in texts:
            spans: list[ProposedSpan] = []
            frames: list[ProposedFrame] = []
            for found in _SENTENCE.finditer(one.text):
                if found["cue"] == "argued":
                    continue
                start, end = found.span("claim")
                cut = one.text.rindex(" ", start, end)
                pieces = {"CLAIM": (start, cut), "SOURCE": found.span("source"), "CUE": found.span("cue")}
                at = len(spans)
                spans += (ProposedSpan(label, (piece,), 0.6, "by rule") for label, piece in pieces.items())
                roles = (("claim", at), ("source", at + 1), ("cue", at + 2))
                frames.append(ProposedFrame("ATTRIBUTION", roles, 0.6, "by rule"))
            yield Proposals(tuple(spans), tuple(frames))


class Plugin:
    """The entry point of these rules."""

    name, version, layers = "short rules", "1", ("attributions",)

    def load(self, choice: str) -> Rules:
        """Return the rules."""
        return Rules()


PLUGIN = Plugin()


def text(seed: int, sentences: int = 8) -> str:
    """Return an article: paragraphs of one sentence each, two thirds of them attributions."""
    pick = random.Random(seed)
    lines = []
    for number in range(sentences):
        thing, end = pick.choice(THINGS), pick.choice(ENDS)
        said = f"{pick.choice(PEOPLE)} {pick.choice(VERBS)} that {thing} {end}."
        lines.append(f"Nobody knows {thing} of {number}." if number % 3 == 2 else said)
    return "\n".join(lines)


def marked(article: str) -> Iterator[tuple[str, tuple[tuple[int, int], ...]]]:
    """Yield what a person marks: the claim from "that" to its last word."""
    for found in _SENTENCE.finditer(article):
        start, end = found.span("claim")
        yield "CLAIM", ((start - len("that "), end),)
        yield "SOURCE", (found.span("source"),)
        yield "CUE", (found.span("cue"),)


def lesson(seed: int, decisions: tuple[Decision, ...] = ()) -> Lesson:
    """Return an article as it is learned from."""
    article = text(seed)
    whole = ((0, len(article)),)
    return Lesson(f"article {seed}", SuggestInput(article), tuple(marked(article)), whole, decisions)
