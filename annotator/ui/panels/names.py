"""Looks up what an id means in the open article and says it in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.model import rules
from annotator.model.ids import Id
from annotator.model.records import (
    Actor,
    AnySpan,
    ArticleContent,
    ClaimCard,
    Fragment,
    Frame,
    RoleEnd,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.model.scheme import Scheme
from annotator.model.suggesting import named_actors
from annotator.ui.article_view.marks import Kept, difference
from annotator.ui.panels.words import brief, excerpt, label_title, tr

AnyFrame = Frame | SuggestedFrame
Chosen = AnySpan | AnyFrame
Place = tuple[int, rules.Standing, int]

SOURCE_ROLES = ("source", "implicit_source", "holder", "holder_mention")
CORE_ROLES = ("claim", "target")
FIRST_ROLES = ("source", "implicit_source", "cue", "claim", "holder", "holder_mention", "value", "target")


@dataclass(frozen=True, slots=True)
class Names:
    """Everything of one article by id."""

    content: ArticleContent
    scheme: Scheme
    spans: Mapping[Id, AnySpan]
    frames: Mapping[Id, AnyFrame]
    actors: Mapping[Id, Actor]
    cards: Mapping[Id, ClaimCard]
    others: Mapping[Id, str] = field(default_factory=dict)
    """The names of annotators, without the one at work."""

    @property
    def text(self) -> str:
        """The article's text."""
        return self.content.article.text

    def record(self, record_id: Id | None) -> Chosen | None:
        """Return the span, frame or suggestion of that id, if it is in this article."""
        if record_id is None:
            return None
        return self.spans.get(record_id) or self.frames.get(record_id)

    def words(self, span: AnySpan, limit: int = 160) -> str:
        """Return the words of a span."""
        return excerpt(self.text, span.fragments, limit)

    def actor_name(self, actor: Id) -> str:
        """Return the name of an actor."""
        found = self.actors.get(actor)
        if found is None:
            return tr("an actor that is gone")
        return tr("the author") if found.kind == "author" else brief(found.name)

    def end(self, end: RoleEnd, limit: int = 160) -> str:
        """Return what fills a role, in a few words."""
        if end.kind == "span":
            span = self.spans.get(end.end)
            return self.words(span, limit) if span else tr("a span in another article")
        if end.kind == "frame":
            frame = self.frames.get(end.end)
            return self.frame(frame, limit) if frame else tr("a frame in another article")
        if end.kind == "actor":
            return self.actor_name(end.end)
        if end.kind == "claim_card":
            card = self.cards.get(end.end)
            return brief(card.wording, limit) if card else tr("a claim card that is gone")
        return tr("this article") if end.end == self.content.article.id else tr("another article")

    def frame(self, frame: AnyFrame, limit: int = 160) -> str:
        """Return a frame in a few words: who, and what."""
        who = self.source(frame)
        what = next((self.end(end, limit) for end in _of(frame, CORE_ROLES) if end.kind != "frame"), "")
        title = label_title(self.scheme, frame.label)
        parts = [part for part in (who, what) if part] or self._spans_of(frame, limit)
        return f"{title}: " + brief(" → ".join(parts) or tr("empty"), limit)

    def _spans_of(self, frame: AnyFrame, limit: int) -> list[str]:
        """Return the words of the first two ends of a frame that has none of the usual roles."""
        return [self.end(end, limit) for end in frame.roles if end.kind == "span"][:2]

    def source(self, frame: AnyFrame) -> str:
        """Return who a frame says it is from: the actor where there is one, else the words."""
        for end in _of(frame, SOURCE_ROLES):
            span = self.spans.get(end.end)
            if isinstance(span, Span) and span.actor is not None and span.actor in self.actors:
                return self.actor_name(span.actor)
            return self.end(end, 48)
        return next((name for role, name in self.named(frame) if role in SOURCE_ROLES), "")

    def named(self, frame: AnyFrame) -> list[tuple[str, str]]:
        """Return the roles that a suggestion gives to actors by name, and who that is."""
        if not isinstance(frame, SuggestedFrame):
            return []
        return [(role, name or tr("the author")) for role, name in named_actors(frame.attributes)]

    def chain(self, frame: AnyFrame) -> tuple[str, ...]:
        """Return who passes a nested attribution on, from the author inwards; empty when not nested."""
        steps = [self.source(one) or tr("not said") for one in rules.outwards(frame, self.frames)]
        return (tr("the author"), *reversed(steps)) if len(steps) > 1 else ()

    def stretch(self, one: Chosen) -> tuple[int, int]:
        """Return from where to where the words of a span or frame go, gaps included."""
        if isinstance(one, Span | SuggestedSpan):
            pieces = list(one.fragments)
        else:
            spans = (self.spans.get(end.end) for end in one.roles)
            pieces = [piece for span in spans if span is not None for piece in span.fragments]
        return min((one.start for one in pieces), default=0), max((one.end for one in pieces), default=0)

    def place(self, frame: AnyFrame) -> Place:
        """Return where a frame stands in the text: by its first span; those without one come last.

        Those that begin at one place stand by kind and by their further words, so that none moves when a
        suggestion among them is accepted.
        """
        parts = [(end.role, span.start) for end in frame.roles if (span := self.spans.get(end.end))]
        first = min(rules.starts(parts), default=len(self.text))
        return first, rules.standing(frame.label, parts, self.scheme), frame.created


def names_of(
    content: ArticleContent,
    scheme: Scheme,
    actors: Iterable[Actor] = (),
    cards: Iterable[ClaimCard] = (),
    before: Names | None = None,
) -> Names:
    """Return the lookup of an article; `actors` and `cards` are those above the articles.

    Of the same article as it was `before`, only what changed is looked at: with many spans that is quicker.
    """
    old = before.content if before is not None and before.content.article.id == content.article.id else None
    spans: dict[Id, AnySpan] = dict(before.spans) if old is not None and before is not None else {}
    frames: dict[Id, AnyFrame] = dict(before.frames) if old is not None and before is not None else {}
    _renew(spans, old.suggested_spans if old else (), content.suggested_spans)
    _renew(spans, old.spans if old else (), content.spans)
    _renew(frames, old.suggested_frames if old else (), content.suggested_frames)
    _renew(frames, old.frames if old else (), content.frames)
    return Names(
        content=content,
        scheme=scheme,
        spans=spans,
        frames=frames,
        actors={one.id: one for one in (*content.actors, *actors)},
        cards={one.id: one for one in (*content.claim_cards, *cards)},
    )


def _renew(found: dict[Id, Kept], old: Sequence[Kept], new: Sequence[Kept]) -> None:
    gone, added = difference(old, new)
    for one in gone:
        found.pop(one.id, None)
    found.update((one.id, one) for one in added)


def in_order(roles: Iterable[RoleEnd]) -> list[RoleEnd]:
    """Return a frame's ends as a person reads them: who, how, what, then the rest."""
    return sorted(roles, key=lambda end: reading_rank(end.role))


def reading_rank(role: str) -> int:
    """Return where a role stands among those of its frame, wherever a person reads them."""
    return FIRST_ROLES.index(role) if role in FIRST_ROLES else len(FIRST_ROLES)


def whole(fragments: Iterable[Fragment]) -> str:
    """Return the offsets of a span as a person checks them."""
    return ", ".join(f"{one.start}–{one.end}" for one in fragments)


def _of(frame: AnyFrame, roles: tuple[str, ...]) -> list[RoleEnd]:
    return [end for role in roles for end in frame.roles if end.role == role]
