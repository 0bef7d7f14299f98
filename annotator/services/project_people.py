"""Actors by name, as suggestions give them: found above the articles, else made."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.model.actor_phrases import named_as
from annotator.model.cue_words import lexicon
from annotator.model.grammar import grammar
from annotator.model.ids import Id, new_id
from annotator.model.records import Actor, ArticleContent, Fragment, Span, SuggestedSpan
from annotator.model.scheme import Scheme
from annotator.services import project_above
from annotator.services.project_ground import Ground

PLACEHOLDERS: Mapping[str, str] = {"unnamed": "person_unnamed", "not said": "unspecified"}
"""Names of the actors that stand for sources which the text does not name, and their kinds."""
_OF_ENTITY = {"PERSON": "person", "ORG": "organisation", "GPE": "government", "NORP": "group_named"}


@dataclass(slots=True)
class People:
    """Finds actors by name, and makes those that are not there yet, for one operation."""

    ground: Ground
    new: dict[Id, Actor] = field(default_factory=dict)
    _by_name: dict[str, list[Actor]] = field(default_factory=dict)
    """Folded names and aliases -> who goes by them, in the order in which they were added."""
    _authors: dict[Id, Actor] = field(default_factory=dict)
    _is_read: bool = False
    _meant: dict[Id, set[Id]] = field(default_factory=dict)
    """Article -> the actors whom it mentions, stored or made here."""
    _entities: dict[Id, Entities] = field(default_factory=dict)

    def named(self, name: str, content: ArticleContent, words: Iterable[Fragment] = ()) -> Id:
        """Return the actor of a name or alias, empty for the author of the article; `words` mention it.

        A surname alone means an actor of the same article: in another one it may be somebody else's.
        """
        self._read()
        pieces = tuple(words)
        found = self._known(name, content, pieces) if name else self._authors.get(content.article.id)
        if found is None:
            author = None if name else project_above.author_made(self.ground, content.article.id)
            found = author or Actor(new_id(), name, self._kind(name, content, pieces))
            self.new[found.id] = found
            self._note(found)
        self._meant_in(content).add(found.id)
        return found.id

    def _read(self) -> None:
        if not self._is_read:
            self._is_read = True
            for one in self.ground.store.all(Actor):
                self._note(one)

    def _note(self, one: Actor) -> None:
        if one.article is None:
            for name in dict.fromkeys(map(str.casefold, (one.name, *one.aliases))):
                self._by_name.setdefault(name, []).append(one)
        elif one.kind == "author":
            self._authors.setdefault(one.article, one)

    def _known(self, name: str, content: ArticleContent, pieces: Sequence[Fragment]) -> Actor | None:
        found = self._by_name.get(name.casefold(), [])
        here = self._meant_in(content) if found else set()
        meant = next((one for one in found if one.id in here), None)
        if meant is not None or not found or not is_lone_surname(name):
            return meant or next(iter(found), None)
        is_person = self._kind(name, content, pieces) == "person"
        is_bound = {one.id: is_person or one.kind == "person" for one in found}
        return next((one for one in found if not (is_bound[one.id] and self._is_elsewhere(one.id))), None)

    def _kind(self, name: str, content: ArticleContent, pieces: Sequence[Fragment]) -> str:
        if content.article.id not in self._entities:
            self._entities[content.article.id] = Entities(content, self.ground.scheme)
        return PLACEHOLDERS.get(name) or self._entities[content.article.id].kind_of(name, pieces)

    def _meant_in(self, content: ArticleContent) -> set[Id]:
        article = content.article.id
        if article not in self._meant:
            roles = (end for frame in content.frames for end in frame.roles if end.kind == "actor")
            named = {one.actor for one in content.spans if one.actor is not None}
            self._meant[article] = named.union(end.end for end in roles)
        return self._meant[article]

    def _is_elsewhere(self, actor: Id) -> bool:
        """Tell whether an actor is mentioned in any article, which is another one than the one at hand."""
        store = self.ground.store
        is_made = any(actor in meant for meant in self._meant.values())
        return is_made or bool(store.spans_with(actor=actor) or store.frames_with_end([actor]))


def is_lone_surname(name: str) -> bool:
    """Tell whether a name, if it is a person's, is a surname without a first name."""
    found = named_as(name, "person")
    return found is not None and not found.given


class Entities:
    """The entities of an article, accepted or suggested, that tell of which kind an actor is."""

    def __init__(self, content: ArticleContent, scheme: Scheme) -> None:
        kinds = {scheme.named(label): kind for label, kind in _OF_ENTITY.items()}
        text = content.article.text
        entities: tuple[Span | SuggestedSpan, ...] = (*content.spans, *content.suggested_spans)
        found = [
            (one.start, one.end, kinds[one.label], text[one.start : one.end].casefold())
            for one in entities
            if one.label in kinds
        ]
        self._kinds = {words: kind for _, _, kind, words in reversed(found)}
        self._placed = sorted(found)

    def kind_of(self, name: str, mention: Iterable[Fragment] = ()) -> str:
        """Return the kind of an actor, as far as an entity of its name, its noun, or its mention tells it."""
        wanted = name.casefold()
        # "NATO Secretary-General Jens Stoltenberg": who is named, else what is named last.
        inside = [
            (_last(words) == _last(wanted), end, kind)
            for piece in mention
            for _, end, kind, words in self._from(piece)
            if end <= piece.end
        ]
        same = self._kinds.get(wanted, "")
        return same or _of_noun(wanted) or (max(inside)[2] if inside else "unspecified")

    def _from(self, piece: Fragment) -> Iterator[tuple[int, int, str, str]]:
        """Yield the entities that begin in a stretch of the text."""
        for at in range(bisect_left(self._placed, (piece.start,)), len(self._placed)):
            if self._placed[at][0] >= piece.end:
                break
            yield self._placed[at]


def _last(words: str) -> str:
    return words.rpartition(" ")[2]


def _of_noun(name: str) -> str:
    """Return the kind of people who are not named: "US officials", "the Russian minister"."""
    noun = _last(name)
    if noun in grammar()["bare people"]:
        return "group_unnamed"
    return "person_unnamed" if " " in name and noun in lexicon().titles else ""
