"""Actors by name, as suggestions give them: found above the articles, else made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

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
    """Finds actors by name, and makes those that are not there yet."""

    ground: Ground
    new: list[Actor] = field(default_factory=list)

    def named(self, name: str, content: ArticleContent, words: Iterable[Fragment] = ()) -> Id:
        """Return the actor of a name or alias, empty for the author of the article; `words` mention it."""
        found = self._known(name, content)
        if found is None and not name:
            found = project_above.author_made(self.ground, content.article.id)
            self.new.append(found)
        elif found is None:
            found = Actor(
                new_id(), name, PLACEHOLDERS.get(name) or kind_of(content, self.ground.scheme, words, name)
            )
            self.new.append(found)
        return found.id

    def _known(self, name: str, content: ArticleContent) -> Actor | None:
        actors = (*self.ground.store.all(Actor), *self.new)
        return find_actor(actors, name) if name else project_above.author_of(actors, content.article.id)


def find_actor(actors: Iterable[Actor], name: str) -> Actor | None:
    """Return the actor of that name or alias, whatever the case; authors of articles aside."""
    wanted = name.casefold()
    return next(
        (
            one
            for one in actors
            if one.article is None and wanted in {one.name.casefold(), *(a.casefold() for a in one.aliases)}
        ),
        None,
    )


def kind_of(content: ArticleContent, scheme: Scheme, words: Iterable[Fragment], name: str = "") -> str:
    """Return the kind of an actor, as far as an entity of its name, its noun, or its mention tells it."""
    pieces, text = tuple(words), content.article.text
    kinds = {scheme.named(label): kind for label, kind in _OF_ENTITY.items()}
    entities: tuple[Span | SuggestedSpan, ...] = (*content.spans, *content.suggested_spans)
    found = [
        (text[one.start : one.end].casefold(), one.end, kinds[one.label], _is_in(one, pieces))
        for one in entities
        if one.label in kinds
    ]
    wanted = name.casefold()
    same = next((kind for entity, _, kind, _ in found if entity == wanted), "")
    inside = [(_last(entity) == _last(wanted), end, kind) for entity, end, kind, is_in in found if is_in]
    # "NATO Secretary-General Jens Stoltenberg": who is named, else what is named last.
    return same or _of_noun(wanted) or (max(inside)[2] if inside else "unspecified")


def _is_in(one: Span | SuggestedSpan, pieces: Iterable[Fragment]) -> bool:
    return any(piece.start <= one.start and one.end <= piece.end for piece in pieces)


def _last(words: str) -> str:
    return words.rpartition(" ")[2]


def _of_noun(name: str) -> str:
    """Return the kind of people who are not named: "US officials", "the Russian minister"."""
    noun = _last(name)
    if noun in grammar()["bare people"]:
        return "group_unnamed"
    return "person_unnamed" if " " in name and noun in lexicon().titles else ""
