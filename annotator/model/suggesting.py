"""What a suggester is to the program: texts in, plain proposals out, in a process of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from annotator.model.records import ArticleContent, Attributes

ACTOR = "actor"
"""The attribute of a proposed span that names who is meant."""
_ROLE = f"{ACTOR}:"
"""Begins the attributes in which a stored suggestion of a frame keeps the names of actors, by role."""


@dataclass(frozen=True, slots=True)
class ProposedSpan:
    """A span that a suggester proposes; offsets are code points of the text it was given.

    The attribute `actor` names who is meant; accepting the span links it to the actor of that name.
    """

    label: str
    fragments: tuple[tuple[int, int], ...]
    score: float
    reason: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProposedFrame:
    """A frame that a suggester proposes.

    `roles` pairs a role with a number of `Proposals.spans`, `links` one with a number of
    `Proposals.frames`, `actors` one with the name of an actor; "" is the author of the article.
    """

    label: str
    roles: tuple[tuple[str, int], ...]
    score: float
    reason: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    links: tuple[tuple[str, int], ...] = ()
    actors: tuple[tuple[str, str], ...] = ()


def with_actors(frame: ProposedFrame) -> Attributes:
    """Return the attributes of a proposed frame as they are stored: with the names of its actors.

    An actor of that name may not exist yet, so that no role can point to it; it is found or made when the
    suggestion is accepted.
    """
    return {**frame.attributes, **{f"{_ROLE}{role}": name for role, name in frame.actors}}


def named_actors(attributes: Attributes) -> Iterator[tuple[str, str]]:
    """Yield the roles of a suggested frame that an actor is to fill, and its name ("": the author)."""
    for name, value in attributes.items():
        if name.startswith(_ROLE):
            yield name.removeprefix(_ROLE), value


def is_actor_name(attribute: str) -> bool:
    """Tell whether an attribute of a suggestion names an actor, instead of describing a label."""
    return attribute == ACTOR or attribute.startswith(_ROLE)


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that a suggester proposes for one text."""

    spans: tuple[ProposedSpan, ...] = ()
    frames: tuple[ProposedFrame, ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict)
    """What it took, by name (tokens, seconds), where that costs something."""


@dataclass(frozen=True, slots=True)
class SuggestInput:
    """One text to look at: its language, and facts a suggester may use (`published`, …)."""

    text: str
    language: str = "en"
    meta: Mapping[str, str] = field(default_factory=dict)
    blocks: tuple[tuple[int, int, str], ...] = ()
    """(start, end, kind) per block, code points."""
    cues: tuple[str, ...] = ()
    """Verbs that show attribution in this project, as lines of `annotator.model.own_cues`."""


def suggest_input(content: ArticleContent, cues: tuple[str, ...] = ()) -> SuggestInput:
    """Return what a suggester may know of an article in a project with cues of its own."""
    article = content.article
    blocks = tuple((one.start, one.end, one.kind) for one in content.blocks)
    return SuggestInput(article.text, article.language, dict(article.meta), blocks, cues)


class Suggester(Protocol):
    """Proposes annotations; made by `SuggesterPlugin.load` inside the suggesting process."""

    def suggest(self, texts: Iterable[SuggestInput]) -> Iterator[Proposals]:
        """Yield the proposals of each text, in order."""


class SuggesterPlugin(Protocol):
    """What an entry point of `annotator.suggesters` names; must be importable cheaply (no spaCy)."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def version(self) -> str:
        """Which of its versions this is."""

    @property
    def layers(self) -> tuple[str, ...]:
        """Of `entities`, `attributions`, `stances`: what it proposes."""

    def load(self, choice: str) -> Suggester:
        """Load it; `choice` is e.g. the name of an installed pipeline, empty for the default.

        Raises UserError with a sentence when it cannot be loaded.
        """
