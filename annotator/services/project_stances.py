"""Adding stances: of whoever is there already, or of the source of an attribution that is suggested."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotator.model import rules
from annotator.model.changes import Add, Edit, Replace
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id, new_id
from annotator.model.records import Actor, Frame, RoleEnd, Span
from annotator.services.project_ground import Ground, now
from annotator.services.project_people import People
from annotator.services.project_suggestions import accept


def add(
    ground: Ground, article: Id, *, holder: Id | None, mention: Id | None, target: RoleEnd, value: str
) -> list[Edit]:
    """Add a stance; without a holder, it is the actor of the mention, made from its words if need be."""
    words = ground.need(Span, mention) if mention is not None else None
    people = People(ground)
    holder = holder or _actor_of(people, words)
    stance = _stance(ground, article, target, value)
    return [*map(Add, people.new.values()), *_added(ground, holder, words, stance, people.new.values())]


def add_of_suggested(ground: Ground, attribution: Id, target: RoleEnd, value: str) -> list[Edit]:
    """Accept a suggested attribution with the target as its claim, and add a stance of its source on it."""
    claim = ground.need(Span, target.end)
    _, edits = accept(ground, [attribution], (claim.label, claim.fragments))
    made = [one.record for one in edits if isinstance(one.record, Actor | Span | Frame)]
    frame = next((one for one in made if isinstance(one, Frame) and claim.id in one.ends("claim")), None)
    if frame is None:
        raise NotAllowed("This attribution is not suggested any more: add the source first.")
    source = next(iter(frame.ends("source")), None)
    words = next((one for one in made if isinstance(one, Span) and one.id == source), None)
    if words is None and source is not None:
        words = ground.need(Span, source)
    people = People(ground)
    named = frame.ends("implicit_source") if words is None else ()
    holder = named[0] if named else _actor_of(people, words)
    stance = _stance(ground, claim.article, target, value)
    new = people.new.values()
    return [*edits, *map(Add, new), *_added(ground, holder, words, stance, (*made, *new))]


def _added(
    ground: Ground, holder: Id, words: Span | None, stance: Frame, made: Iterable[rules.End]
) -> list[Edit]:
    """Return the stance with its holder and the words that name it, which say then whom they name."""
    edits: list[Edit] = []
    roles = [RoleEnd("holder", "actor", holder), *stance.roles]
    if words is not None:
        named = replace(words, actor=words.actor or holder)
        edits += [Replace(named)] if named != words else []
        made = [*made, named]
        roles.insert(1, RoleEnd("holder_mention", "span", words.id))
    frame = replace(stance, roles=tuple(roles))
    ground.allow_frame(frame, made)
    return [*edits, Add(frame)]


def _stance(ground: Ground, article: Id, target: RoleEnd, value: str) -> Frame:
    name = ground.scheme.named("STANCE") or "STANCE"
    roles = (target._replace(role="target"),)
    return Frame(new_id(), article, name, roles, ground.annotator, now(), {"value": value})


def _actor_of(people: People, mention: Span | None) -> Id:
    if mention is None:
        raise NotAllowed("A stance needs a holder: choose an actor, or the words that name one.")
    if mention.actor is not None:
        return mention.actor
    content = people.ground.content(mention.article)
    name = rules.span_text(mention, content.article.text)
    if not name.strip():
        raise NotAllowed("The source holds no words that name anybody: choose an actor as the holder.")
    return people.named(name, content, mention.fragments)
