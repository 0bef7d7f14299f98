"""What may be stored and what may fill a role: every refusal, as a sentence for the annotator."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from annotator.model.ids import Id
from annotator.model.records import (
    ACTOR_KINDS,
    BLOCK_KINDS,
    Actor,
    Article,
    ArticleContent,
    ArticleLabel,
    Attributes,
    Block,
    ClaimCard,
    EndKind,
    Fragment,
    Frame,
    NothingHere,
    RoleEnd,
    Span,
    SuggestedFrame,
)
from annotator.model.said import say
from annotator.model.scheme import Label, LabelKind, Role, Scheme
from annotator.model.text import words_at

AnyFrame = TypeVar("AnyFrame", bound=Frame | SuggestedFrame)
PARENT = "parent"
"""The role of a frame that the frame lies inside."""
End = Span | Frame | Actor | ClaimCard | Article
Look = Callable[[EndKind, Id], End | None]
"""Finds what an end of a frame points to; None when it is not there (any more)."""
LeadsBack = Callable[[Frame, str], bool]
"""Tells whether a role of a frame leads back to it, as `comes_back` does, and `Rings.hold` for many."""

_KINDS: Mapping[EndKind, type[End]] = {
    "span": Span,
    "frame": Frame,
    "actor": Actor,
    "claim_card": ClaimCard,
    "article": Article,
}
_IN_WORDS: Mapping[EndKind, str] = {
    "actor": "an actor",
    "claim_card": "a claim card",
    "article": "an article",
}
_USES = {"span": "stretches of text", "frame": "frames", "article": "whole articles"}


@dataclass(frozen=True, slots=True)
class Warning_:  # noqa: N801 - `Warning` is Python's own
    """Something that is allowed but worth a look: a kind, a sentence, and the records to look at."""

    kind: str
    text: str
    records: tuple[Id, ...]


TOLD_BY = ("holder_mention", "expression")
"""The roles of the words that tell a stance; the claim that it is on may stand far before them."""
Standing = tuple[int, tuple[int, ...]]
"""What sorts records that start at one place."""
_FIRST = ("ATTRIBUTION", "STANCE")
BEHIND: Standing = (len(_FIRST) + 1, ())
"""Where spans stand: behind every frame."""


def end_kind(record: End) -> EndKind:
    """Return how a role names this kind of record."""
    return next(kind for kind, held in _KINDS.items() if isinstance(record, held))


def end_type(kind: EndKind) -> type[End]:
    """Return the kind of record that a role's end of this kind is."""
    return _KINDS[kind]


def title_of(name: str, scheme: Scheme) -> str:
    """Return how a label is called to a person."""
    label = scheme.label(name)
    return (label.title or label.name) if label else name


def in_sentence(title: str) -> str:
    """Return a title as it stands inside a sentence: "source", but "NATO body"."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def open_roles(frame: Frame, scheme: Scheme) -> tuple[Role, ...]:
    """Return the roles of this frame that take one more end, in the scheme's order."""
    label = scheme.label(frame.label)
    if label is None:
        return ()
    return tuple(
        role
        for role in label.roles
        if not role.retired and (role.most is None or len(frame.ends(role.name)) < role.most)
    )


def starts(parts: Iterable[tuple[str, int]]) -> list[int]:
    """Return where a frame starts, of the starts of its roles: a stance where it is told, not its target.

    A claim without a cue stands where it is: it runs on from another one, where its source was named.
    """
    every = list(parts)
    told = [start for role, start in every if role in TOLD_BY]
    claims = [start for role, start in every if role == "claim"]
    has_cue = any(role == "cue" for role, _ in every)
    return told or (claims if claims and not has_cue else [start for _, start in every])


def standing(label: str, parts: Iterable[tuple[str, int]], scheme: Scheme) -> Standing:
    """Return where a frame stands among those that start with it: by kind, then what reaches furthest first.

    So an attribution stands before the stance of its source, and before those that are nested in its claim.
    """
    meaning = scheme.meaning(label)
    rank = _FIRST.index(meaning) if meaning in _FIRST else len(_FIRST)
    return rank, tuple(sorted(-start for _, start in parts))


def may_fill(label: Label, role: str, record: End) -> bool:
    """Tell whether the scheme lets this record fill that role of a frame with this label."""
    place = label.role(role)
    if place is None:
        return False
    return end_kind(record) in place.ends or (isinstance(record, Span | Frame) and record.label in place.ends)


def takes_card(span: Span, scheme: Scheme) -> bool:
    """Tell whether this span may be on a claim card: a claim, or any span of a scheme without claims."""
    claim = scheme.named("CLAIM")
    if claim:
        return span.label == claim
    label = scheme.label(span.label)
    return label is not None and label.group != "entity"


def fragment_errors(fragments: Sequence[Fragment], length: int) -> tuple[str, ...]:
    """Return what is wrong with the fragments of one span of a text that is `length` long."""
    if not fragments:
        return ("A span needs at least one stretch of text: select some words first.",)
    found: list[str] = []
    for start, end in fragments:
        if start < 0 or end > length:
            found.append(
                f"The stretch from {start} to {end} lies outside the text, which has {length} characters."
            )
        elif start >= end:
            found.append(f"The stretch at {start} is empty: select at least one character.")
    for (start, end), (after, _) in pairwise(fragments):
        if after < end:
            found.append(f"The fragments at {start} and {after} overlap or are not in the order of the text.")
    return tuple(found)


def span_errors(span: Span, length: int, scheme: Scheme) -> tuple[str, ...]:
    """Return why this span of a text that is `length` long may not be stored; empty when it may."""
    label = scheme.label(span.label)
    found = [*fragment_errors(span.fragments, length), *_label_errors(span.label, "span", scheme)]
    if label is not None and not label.discontinuous and len(span.fragments) > 1:
        found.append(f"{title_of(span.label, scheme)} is one unbroken stretch; it takes no further fragment.")
    return (*found, *_attribute_errors(label, span.attributes))


def frame_errors(
    frame: Frame, scheme: Scheme, look: Look, leads_back: LeadsBack | None = None
) -> tuple[str, ...]:
    """Return why this frame may not be stored; empty when it may."""
    found = list(_label_errors(frame.label, "frame", scheme))
    label = scheme.label(frame.label)
    if label is None or label.kind != "frame":
        return tuple(found)
    found += _attribute_errors(label, frame.attributes)
    found += (text for end in frame.roles if (text := _end_error(frame, label, end, look)))
    found += _crowded(frame, label)
    leads_back = leads_back or (lambda one, role: comes_back(one, role, look))
    found += _circles(frame, label, leads_back)
    return tuple(found)


def article_label_errors(label: ArticleLabel, scheme: Scheme) -> tuple[str, ...]:
    """Return why this label of a whole article may not be stored; empty when it may."""
    found = _label_errors(label.label, "article", scheme)
    return (*found, *_attribute_errors(scheme.label(label.label), label.attributes))


def block_errors(block: Block, length: int) -> tuple[str, ...]:
    """Return why this block of a text that is `length` long may not be stored; empty when it may."""
    found = list(fragment_errors((Fragment(block.start, block.end),), length))
    if block.kind not in BLOCK_KINDS:
        found.append(f"“{block.kind}” is not a kind of paragraph; the kinds are {', '.join(BLOCK_KINDS)}.")
    return tuple(found)


def nothing_errors(nothing: NothingHere, length: int) -> tuple[str, ...]:
    """Return why this recorded emptiness may not be stored; empty when it may."""
    return fragment_errors((nothing.stretch,), length) if nothing.stretch else ()


def actor_errors(actor: Actor) -> tuple[str, ...]:
    """Return why this actor may not be stored; empty when it may."""
    found = []
    if not actor.name.strip():
        found.append("An actor needs a name.")
    if actor.kind not in ACTOR_KINDS:
        found.append(f"“{actor.kind}” is not a kind of actor; the kinds are {', '.join(ACTOR_KINDS)}.")
    if actor.kind == "author" and actor.article is None:
        found.append("An author belongs to an article: name the article.")
    return tuple(found)


def card_errors(card: ClaimCard) -> tuple[str, ...]:
    """Return why this claim card may not be stored; empty when it may."""
    return () if card.wording.strip() else ("A claim card needs a wording.",)


def outwards(frame: AnyFrame, frames: Mapping[Id, AnyFrame]) -> Iterator[AnyFrame]:
    """Yield an attribution and then those that it lies inside, from the innermost outwards, each once."""
    seen: set[Id] = set()
    at: AnyFrame | None = frame
    while at is not None and at.id not in seen:
        seen.add(at.id)
        yield at
        at = next((frames[end.end] for end in at.roles if end.role == PARENT and end.end in frames), None)


def chain(frame: Frame, content: ArticleContent) -> tuple[str, ...]:
    """Return the breadcrumb of an attribution, outermost first: author, agency, official, minister."""
    frames = {one.id: one for one in content.frames}
    found = [speaker(one, content) for one in outwards(frame, frames)]
    return (author_name(content), *reversed(found))


def author_name(content: ArticleContent) -> str:
    """Return how the author of the article is called in a breadcrumb."""
    author = next((one for one in content.actors if one.article == content.article.id), None)
    return author.name if author else "the author"


def speaker(frame: Frame, content: ArticleContent) -> str:
    """Return who speaks in an attribution: its actors by name, else the words that name its source."""
    actors = {one.id: one.name for one in content.actors}
    spans = {one.id: one for one in content.spans}
    sources = [spans[end] for end in frame.ends("source") if end in spans]
    names = [
        actors[one.actor] if one.actor in actors else span_text(one, content.article.text) for one in sources
    ]
    names += [actors[end] for end in frame.ends("implicit_source") if end in actors]
    return ", ".join(names) or "not said"


def span_text(span: Span, text: str) -> str:
    """Return the words of a span on one line, its fragments joined by an ellipsis."""
    return words_at(span.fragments, text)


def _label_errors(name: str, kind: LabelKind, scheme: Scheme) -> tuple[str, ...]:
    label = scheme.label(name)
    if label is None:
        return (f"The scheme of this project has no label “{name}”.",)
    if label.kind != kind:
        return (f"{title_of(name, scheme)} is a label for {_USES[label.kind]}, not for {_USES[kind]}.",)
    return ()


def _attribute_errors(label: Label | None, attributes: Attributes) -> Iterable[str]:
    if label is None:
        return
    for name, value in attributes.items():
        attribute = label.attribute(name)
        if attribute is None:
            yield say("{title} has no attribute “{name}”.", title=label.title or label.name, name=name)
        elif attribute.kind == "choice" and value not in attribute.values:
            choices = ", ".join(attribute.values)
            yield say(
                "“{value}” is not a value of {name}; the values are {choices}.",
                value=value,
                name=name,
                choices=choices,
            )


def _end_error(frame: Frame, label: Label, end: RoleEnd, look: Look) -> str:
    title = label.title or label.name
    role = label.role(end.role)
    if role is None:
        return say("{title} has no role “{role}”.", title=title, role=end.role)
    if end.end == frame.id:
        return say(
            "{title}: a frame cannot fill its own role “{role}”.", title=title, role=in_words(end.role)
        )
    found = look(end.kind, end.end)
    if found is None:
        return say(
            "{title}: what fills the role “{role}” is not in the project (any more).",
            title=title,
            role=in_words(end.role),
        )
    if not may_fill(label, end.role, found):
        return say(
            "{title}: {called} cannot be the {role}; that role takes {takes}.",
            title=title,
            called=_called(found),
            role=in_words(end.role),
            takes=_takes(role),
        )
    if not role.other_articles and isinstance(found, Span | Frame) and found.article != frame.article:
        return say("{title}: the {role} has to be in the same article.", title=title, role=in_words(end.role))
    return ""


def in_words(role: str) -> str:
    """Return a role's name as it is written in a sentence."""
    return role.replace("_", " ")


def _called(record: End) -> str:
    if not isinstance(record, Span | Frame):
        return _IN_WORDS[end_kind(record)]
    article = "an" if record.label[:1].lower() in "aeiou" else "a"
    return say("{article} {label} {kind}", article=article, label=record.label, kind=end_kind(record))


def _takes(role: Role) -> str:
    return " or ".join(end if end.isupper() else in_words(end) for end in role.ends)


def _crowded(frame: Frame, label: Label) -> Iterable[str]:
    title = label.title or label.name
    for role in label.roles:
        ends = frame.ends(role.name)
        if len(set(ends)) < len(ends):
            yield say(
                "{title}: the same end fills the role “{role}” twice.", title=title, role=in_words(role.name)
            )
        elif role.most is not None and len(ends) > role.most:
            most = "one end" if role.most == 1 else f"{role.most} ends"
            yield say(
                "{title}: “{role}” takes {most}, not {count}; unlink the other first.",
                title=title,
                role=in_words(role.name),
                most=most,
                count=len(ends),
            )


def _circles(frame: Frame, label: Label, leads_back: LeadsBack) -> Iterable[str]:
    for role in label.roles:
        if leads_back(frame, role.name):
            title = label.title or label.name
            yield say(
                "{title}: the role “{role}” would lead back to this frame in a circle.",
                title=title,
                role=in_words(role.name),
            )


def comes_back(frame: Frame, role: str, look: Look) -> bool:
    """Tell whether a role of a frame leads back to it."""
    seen: set[Id] = {frame.id}
    waiting = _frame_ends(frame, role)
    waiting.discard(frame.id)
    while waiting:
        current = look("frame", waiting.pop())
        if not isinstance(current, Frame) or current.id in seen:
            continue
        seen.add(current.id)
        ends = _frame_ends(current, role)
        if frame.id in ends:
            return True
        waiting |= ends
    return False


def _frame_ends(frame: Frame, role: str) -> set[Id]:
    return {end.end for end in frame.roles if end.role == role and end.kind == "frame"}
