"""Operations on what lies above the articles: actors, claim cards, settings, annotators."""

from __future__ import annotations

import getpass
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace

from annotator.model import rules
from annotator.model.changes import Add, Changes, Edit, Replace
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id, new_id
from annotator.model.records import Actor, Annotator, Article, ClaimCard, Setting, Span
from annotator.services.project_ground import Ground, allow
from annotator.services.project_spans import on_card
from annotator.store.store import Store

SETTING_STEPS: Mapping[str, str] = {
    "cues": "Change cues",
    "pipeline": "Choose a spaCy pipeline",
    "suggesters": "Choose what suggests",
}
"""What the operation is called that changes a setting, where people see it as more than that."""
_AT_WORK = "annotator"
_CHOOSING = "Choose the annotator"
_NOT_IN_NAMES = ("Cc", "Cs", "Zl", "Zp")


def add_actor(ground: Ground, actor: Actor, span: Id | None) -> list[Edit]:
    """Add an actor, and say that a span names it; an article has one author."""
    _allow_actor(ground, actor)
    named = [] if span is None else [Replace(replace(ground.need(Span, span), actor=actor.id))]
    return [Add(actor), *named]


def change_actor(ground: Ground, actor: Actor) -> list[Edit]:
    """Store an actor as it is given, in place of the one with its id."""
    before = ground.need(Actor, actor.id)
    _allow_actor(ground, actor)
    return [] if actor == before else [Replace(actor)]


def _allow_actor(ground: Ground, actor: Actor) -> None:
    allow(rules.actor_errors(actor))
    if actor.article is None:
        return
    ground.need(Article, actor.article)
    other = author(ground.store, actor.article)
    if actor.kind == "author" and other is not None and other.id != actor.id:
        raise NotAllowed(
            "The article has an author already: {name}. Change that one instead.", name=other.name
        )


def author(store: Store, article: Id) -> Actor | None:
    """Return the author of an article as an actor, if there is one yet."""
    return author_of(store.all(Actor), article)


def author_of(actors: Iterable[Actor], article: Id) -> Actor | None:
    """Return the author of an article among some actors."""
    return next((one for one in actors if one.article == article and one.kind == "author"), None)


def make_author(ground: Ground, article: Id) -> list[Edit]:
    """Add the author of an article, unless there is one."""
    return [] if author(ground.store, article) is not None else [Add(author_made(ground, article))]


def author_made(ground: Ground, article: Id) -> Actor:
    """Return a new actor for the author of an article, named by its byline."""
    facts = ground.need(Article, article).meta
    name = facts.get("byline") or facts.get("author") or "the author"
    return Actor(new_id(), name, "author", article=article)


def add_card(ground: Ground, wording: str, members: Iterable[Id], *, moves: bool) -> list[Edit]:
    """Add a claim card with its member claims."""
    card = ClaimCard(new_id(), wording.strip())
    allow(rules.card_errors(card))
    spans = [ground.need(Span, member) for member in dict.fromkeys(members)]
    return [Add(card), *(Replace(on_card(ground, span, card.id, moves=moves)) for span in spans)]


def change_card(ground: Ground, card: ClaimCard) -> list[Edit]:
    """Store a claim card as it is given, in place of the one with its id."""
    before = ground.need(ClaimCard, card.id)
    allow(rules.card_errors(card))
    return [] if card == before else [Replace(card)]


def setting(store: Store, name: str) -> Setting | None:
    """Return the setting of that name, if it was ever set."""
    return next((one for one in store.all(Setting) if one.name == name), None)


def set_setting(store: Store, name: str, value: str) -> list[Edit]:
    """Set a setting of the project."""
    before = setting(store, name)
    if before is None:
        return [Add(Setting(new_id(), name, value))] if value else []
    return [] if before.value == value else [Replace(replace(before, value=value))]


def setting_step(store: Store, name: str, value: str) -> tuple[str, list[Edit]]:
    """Return what the operation is called that sets a setting, and its edits."""
    return SETTING_STEPS.get(name, "Change a setting"), set_setting(store, name, value)


def choose_annotator(store: Store, name: str) -> tuple[Annotator, Changes]:
    """Return who is at work: by that name, else the last one, else by the login name; and keep it."""
    allow_name(name)
    last = setting(store, _AT_WORK)
    wanted = name.strip() or (last.value if last else "") or _login_name()
    found = next((one for one in store.all(Annotator) if one.name == wanted), None)
    annotator = found if found is not None else Annotator(new_id(), wanted)
    edits: list[Edit] = [] if found is not None else [Add(annotator)]
    edits += set_setting(store, _AT_WORK, wanted)
    if edits and not store.read_only:
        return annotator, store.write(_CHOOSING, edits, by=annotator.id, undoable=False)
    return annotator, Changes(_CHOOSING, undo=store.undo_name(), redo=store.redo_name())


def allow_name(name: str) -> None:
    """Refuse a name of an annotator that does not fit on a line: NotAllowed."""
    odd = next((char for char in name.strip() if unicodedata.category(char) in _NOT_IN_NAMES), None)
    if odd is not None:
        raise NotAllowed(
            "The name of an annotator is one line of visible characters; {name!r} holds"
            " U+{code:04X}. Choose another name.",
            name=name.strip(),
            code=ord(odd),
        )


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "annotator"
