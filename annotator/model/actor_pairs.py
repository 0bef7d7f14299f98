"""Pairs of actors above the articles who may be one and the same, with the reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from annotator.model.actor_names import keys_of, same_actor
from annotator.model.actor_phrases import named_as
from annotator.model.ids import Id, id_from_text, id_text
from annotator.model.records import Actor
from annotator.model.said import say

_APART = "actors apart"
_MOST = 60
"""Actors that share a word, beyond which the word says nothing."""


@dataclass(frozen=True, slots=True)
class ActorPair:
    """Two actors who may be the same: the one that would stay, the one that would go, and why."""

    kept: Actor
    other: Actor
    reason: str

    @property
    def key(self) -> frozenset[Id]:
        """Whom it is about, whichever would stay."""
        return frozenset((self.kept.id, self.other.id))


def actor_pairs(actors: Iterable[Actor], apart: Collection[frozenset[Id]] = ()) -> tuple[ActorPair, ...]:
    """Return who may be the same, surnames alone at last; never the pairs that a person keeps apart."""
    shared: dict[str, list[Actor]] = defaultdict(list)
    for one in actors:
        if one.kind != "author":
            for word in keys_of(one):
                shared[word].append(one)
    seen: set[frozenset[Id]] = set(apart)
    found: list[ActorPair] = []
    for group in shared.values():
        for at, one in enumerate(group if len(group) <= _MOST else ()):
            for other in group[:at]:
                key = frozenset((one.id, other.id))
                if key in seen:
                    continue
                seen.add(key)
                kept, gone = _fuller_first(one, other)
                if reason := same_actor(kept, gone):
                    found.append(ActorPair(kept, gone, reason))
    sure: list[ActorPair] = []
    lone: list[ActorPair] = []
    for pair in found:
        (lone if _is_lone(pair) else sure).append(pair)
    return (*sorted(sure, key=_place), *sorted(_alone(lone), key=_place))


def _alone(pairs: list[ActorPair]) -> Iterator[ActorPair]:
    """Yield pairs of a surname alone, with how many others it may stand for too."""
    counts = Counter(pair.other.id for pair in pairs)
    for pair in pairs:
        others = counts[pair.other.id] - 1
        why = say("{reason}, as of {n} other(s)", others, reason=pair.reason) if others else pair.reason
        yield replace(pair, reason=why)


def _is_lone(pair: ActorPair) -> bool:
    found = named_as(pair.other.name, pair.other.kind)
    return found is not None and found.is_person and not found.given


def _place(pair: ActorPair) -> tuple[str, str]:
    return pair.kept.name.casefold(), pair.other.name.casefold()


def _fuller_first(one: Actor, other: Actor) -> tuple[Actor, Actor]:
    """Return the actor with the fuller name first, of two as full the older one."""
    first, second = sorted((one, other), key=lambda actor: (-_fullness(actor), actor.id))
    return first, second


def _fullness(actor: Actor) -> int:
    """Return how many words an actor's name has; of a person's, titles and offices are none."""
    found = named_as(actor.name, actor.kind)
    if found is not None and found.is_person:
        return len(found.given) + 1
    return len(actor.name.split())


def merged_actor(kept: Actor, other: Actor) -> Actor:
    """Return an actor who also goes by the other's names; facts that it lacks come from the other."""
    names = dict.fromkeys((*kept.aliases, other.name, *other.aliases))
    return replace(
        kept,
        kind=other.kind if kept.kind == "unspecified" else kept.kind,
        aliases=tuple(name for name in names if name != kept.name),
        affiliation=kept.affiliation or other.affiliation,
        role=kept.role or other.role,
        note="\n".join(note for note in dict.fromkeys((kept.note, other.note)) if note),
    )


def apart_setting(one: Id, other: Id) -> str:
    """Return the name of the setting that says that two actors are not the same."""
    first, second = sorted((one, other))
    return f"{_APART} {id_text(first)} {id_text(second)}"


def apart_of(setting: str) -> frozenset[Id] | None:
    """Return the two actors that a setting of this name keeps apart; None for any other setting."""
    if not setting.startswith(f"{_APART} "):
        return None
    return frozenset(id_from_text(one) for one in setting.removeprefix(f"{_APART} ").split())
