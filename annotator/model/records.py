"""The nouns: what a project holds, as frozen records.

All offsets are Unicode code points of the article's stored text, end exclusive.  Times are
microseconds since 1970, UTC.  Ids are UUIDv7 (`model.ids`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from annotator.model.ids import Id

Attributes = Mapping[str, str]
Origin = Literal["person", "suggestion", "import"]
EndKind = Literal["span", "frame", "actor", "claim_card", "article"]
ABOVE_KINDS: tuple[EndKind, ...] = ("actor", "claim_card")
"""Kinds of what belongs to no article."""
State = Literal["open", "accepted", "rejected"]
Layer = Literal["all", "entities", "attributions", "stances"]
Reading = Literal["begun", "done"]
AnnotatorKind = Literal["person", "adjudicator", "program"]

BLOCK_KINDS = (
    "headline",
    "byline",
    "date",
    "dateline",
    "caption",
    "subhead",
    "navigation",
    "transcript_turn",
    "question",
    "body",
)
ACTOR_KINDS = (
    "person",
    "government",
    "organisation",
    "group_named",
    "group_unnamed",
    "person_unnamed",
    "document",
    "media",
    "author",
    "unspecified",
)


class Fragment(NamedTuple):
    """One unbroken stretch of a span, in code points, end exclusive."""

    start: int
    end: int


class RoleEnd(NamedTuple):
    """One end of a frame: what fills a role."""

    role: str
    kind: EndKind
    end: Id


@dataclass(frozen=True, slots=True)
class Article:
    """One imported text, fixed for good."""

    id: Id
    name: str
    title: str
    text: str
    sha256: str
    language: str = "en"
    meta: Attributes = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    created: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or other block of an article and what it is (one of `BLOCK_KINDS`)."""

    id: Id
    article: Id
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled stretch: one or more fragments, in text order, that do not overlap."""

    id: Id
    article: Id
    label: str
    fragments: tuple[Fragment, ...]
    annotator: Id
    created: int
    attributes: Attributes = field(default_factory=dict)
    actor: Id | None = None
    claim_card: Id | None = None
    note: str = ""
    origin: Origin = "person"

    @property
    def start(self) -> int:
        """Where its first fragment starts."""
        return self.fragments[0].start

    @property
    def end(self) -> int:
        """Where its last fragment ends."""
        return self.fragments[-1].end


@dataclass(frozen=True, slots=True)
class Frame:
    """A labelled record whose named roles point to spans, frames, actors, claim cards, articles."""

    id: Id
    article: Id
    label: str
    roles: tuple[RoleEnd, ...]
    annotator: Id
    created: int
    attributes: Attributes = field(default_factory=dict)
    note: str = ""
    origin: Origin = "person"

    def ends(self, role: str) -> tuple[Id, ...]:
        """Return what fills `role`, in order."""
        return tuple(end.end for end in self.roles if end.role == role)


@dataclass(frozen=True, slots=True)
class ArticleLabel:
    """A label on an article as a whole."""

    id: Id
    article: Id
    label: str
    annotator: Id
    created: int
    attributes: Attributes = field(default_factory=dict)
    note: str = ""
    origin: Origin = "person"


@dataclass(frozen=True, slots=True)
class NothingHere:
    """Recorded emptiness: this stretch (or, without one, the article) was read and holds nothing."""

    id: Id
    article: Id
    layer: Layer
    annotator: Id
    created: int
    stretch: Fragment | None = None


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """How far an annotator is with an article."""

    id: Id
    article: Id
    annotator: Id
    state: Reading
    changed: int


@dataclass(frozen=True, slots=True)
class Actor:
    """Who speaks or holds a view, above the articles; an author belongs to one `article`."""

    id: Id
    name: str
    kind: str = "unspecified"
    aliases: tuple[str, ...] = ()
    affiliation: str = ""
    role: str = ""
    note: str = ""
    article: Id | None = None


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """One proposition above the articles; spans point to it by `Span.claim_card`."""

    id: Id
    wording: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Annotator:
    """A person, or a named program, who made something; an adjudicator decides between the others."""

    id: Id
    name: str
    kind: AnnotatorKind = "person"

    @property
    def is_adjudicator(self) -> bool:
        """Tell whether they decide between the others."""
        return self.kind == "adjudicator"


@dataclass(frozen=True, slots=True)
class SuggestedSpan:
    """A proposed span with score (0 to 1), origin and a reason that a person can read."""

    id: Id
    article: Id
    label: str
    fragments: tuple[Fragment, ...]
    score: float
    suggester: str
    reason: str
    created: int
    attributes: Attributes = field(default_factory=dict)
    state: State = "open"
    became: Id | None = None

    @property
    def start(self) -> int:
        """Where its first fragment starts."""
        return self.fragments[0].start

    @property
    def end(self) -> int:
        """Where its last fragment ends."""
        return self.fragments[-1].end


@dataclass(frozen=True, slots=True)
class SuggestedFrame:
    """A proposed frame; its roles point to suggested spans, suggested frames or anything stored."""

    id: Id
    article: Id
    label: str
    roles: tuple[RoleEnd, ...]
    score: float
    suggester: str
    reason: str
    created: int
    attributes: Attributes = field(default_factory=dict)
    state: State = "open"
    became: Id | None = None


@dataclass(frozen=True, slots=True)
class SchemeVersion:
    """One version of the project's scheme (as `model.scheme` writes it); the newest one holds."""

    id: Id
    number: int
    data: str
    created: int


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the project, e.g. which pipeline suggests entities."""

    id: Id
    name: str
    value: str


AnySpan = Span | SuggestedSpan
Shown = Span | Frame | ArticleLabel | SuggestedSpan | SuggestedFrame
Record = (
    Article
    | Block
    | Span
    | Frame
    | ArticleLabel
    | NothingHere
    | ArticleReading
    | Actor
    | ClaimCard
    | Annotator
    | SuggestedSpan
    | SuggestedFrame
    | SchemeVersion
    | Setting
)


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """What the list of articles shows of one article."""

    id: Id
    name: str
    title: str
    outlet: str
    published: str
    length: int
    reading: Literal["new", "begun", "done"]
    spans: int
    frames: int
    suggestions: int
    passed: int
    """Those of the suggestions that are passed over in going through them."""

    @property
    def stops(self) -> int:
        """How many of the suggestions are gone to."""
        return self.suggestions - self.passed


@dataclass(frozen=True, slots=True)
class ArticleContent:
    """One article with everything that belongs to it, as read in one go."""

    article: Article
    blocks: Sequence[Block] = ()
    spans: Sequence[Span] = ()
    frames: Sequence[Frame] = ()
    labels: tuple[ArticleLabel, ...] = ()
    nothing_here: tuple[NothingHere, ...] = ()
    readings: tuple[ArticleReading, ...] = ()
    suggested_spans: tuple[SuggestedSpan, ...] = ()
    suggested_frames: tuple[SuggestedFrame, ...] = ()
    actors: tuple[Actor, ...] = ()
    claim_cards: tuple[ClaimCard, ...] = ()
    _by_id: dict[Id, Shown] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What `record` finds, once it was asked for one."""

    @property
    def every_span(self) -> tuple[AnySpan, ...]:
        """The spans that are suggested and those that were made."""
        return (*self.suggested_spans, *self.spans)

    def record(self, wanted: Id | None) -> Shown | None:
        """Return the span, frame, label or suggestion with that id."""
        if not self._by_id:
            kinds = (self.suggested_frames, self.suggested_spans, self.labels, self.frames, self.spans)
            self._by_id.update({one.id: one for records in kinds for one in records})
        return self._by_id.get(wanted) if wanted is not None else None

    def changed(self, parts: Mapping[str, Any], now: Mapping[Id, Record | None]) -> ArticleContent:
        """Return it with these parts, in which some records are new or other ones `now`, or gone."""
        found = replace(self, **parts)
        found._by_id.update(self._by_id)
        for name, one in now.items() if self._by_id else ():
            if isinstance(one, Shown):
                found._by_id[name] = one
            else:
                found._by_id.pop(name, None)
        return found


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a search found something: code points of the article's text."""

    article: Id
    start: int
    end: int
    before: str
    text: str
    after: str
