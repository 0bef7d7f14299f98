"""Carries labels to articles that say nearly the same: there they are suggested, whole, to be confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from annotator.model.alike import is_same, outline
from annotator.model.changes import Add, Edit
from annotator.model.ids import Id, id_time, new_ids
from annotator.model.job import Job, Progress
from annotator.model.realigning import Reprinted
from annotator.model.records import (
    Actor,
    Annotator,
    ArticleContent,
    ArticleLabel,
    Fragment,
    Frame,
    RoleEnd,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.model.rules import title_of
from annotator.model.said import Said, say
from annotator.model.scheme import Scheme
from annotator.model.steps import suggester_name
from annotator.model.suggesting import ACTOR, ProposedFrame, with_actors
from annotator.model.text import cut, words_at
from annotator.services.near_copies import Known
from annotator.services.project import Project

Labelled = TypeVar("Labelled", Span, Frame, ArticleLabel)
SUGGESTER = "carried labels 1"
_SCORE = 0.9
"""Shown as sure: somebody decided so on the same words."""
_STEP = 50
_LONGEST = 60
"""Characters of words, and of a title, that are repeated."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An article without labels, and the labelled one that it says nearly the same as."""

    copy: ArticleContent
    source: ArticleContent
    share: float
    """Of the longer one, what stands in both."""
    by: Annotator
    """Whose labels are carried: an adjudicator's, else of who made most."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What an article gets from the one that it is a near copy of."""

    article: Id
    name: str
    """Its own: near copies often have one title."""
    title: str
    source_name: str
    source: str
    """The title of the labelled one."""
    by: str
    share: float
    spans: tuple[SuggestedSpan, ...]
    frames: tuple[SuggestedFrame, ...]
    lost: tuple[Said, ...]
    """What is not carried, each with why."""

    @property
    def count(self) -> int:
        """How many labels are carried, of spans and frames."""
        return len(self.spans) + len(self.frames)


@dataclass(frozen=True, slots=True)
class Carrying:
    """Labels for near copies, ready to be written as suggestions in one step."""

    copies: tuple[Copy, ...]
    operation: str = "Carry labels to near copies"
    suggester: str = SUGGESTER
    layers: tuple[str, ...] = ()
    instead_of: frozenset[str] = frozenset()
    comes_first: bool = True

    @property
    def articles(self) -> tuple[Id, ...]:
        """The near copies."""
        return tuple(one.article for one in self.copies)

    def edits(self, annotator: Id) -> Iterator[Edit]:  # noqa: ARG002 - suggestions belong to their suggester
        """Yield one Add per suggestion, spans before the frames that point to them."""
        for one in self.copies:
            yield from map(Add, one.spans)
            yield from map(Add, one.frames)

    def only(self, articles: Collection[Id]) -> Carrying:
        """Return what it holds for some of the near copies."""
        return replace(self, copies=tuple(one for one in self.copies if one.article in articles))


def find_pairs(project: Project) -> Job[tuple[Pair, ...]]:
    """Return the articles without any label that are near copies of one with labels, in slices.

    Each text is a slice, as it may be long: what is labelled meanwhile is saved between two.  Articles and
    labels may go there, too, and are passed over.
    """
    labelled, others = yield from _parted(project)
    known = Known(project)
    for at in range(0, len(labelled), _STEP):
        for one in project.finder.texts(labelled[at : at + _STEP]):
            known.add(one.article, one.text)
            yield Progress(at, len(labelled) + len(others), "comparing texts")
    pairs: list[Pair] = []
    for at in range(0, len(others) if labelled else 0, _STEP):
        for one in project.finder.texts(others[at : at + _STEP]):
            if (found := known.find(one.text)) is not None:
                pairs += _pair(project, one.article, *found)
            yield Progress(len(labelled) + at, len(labelled) + len(others), "comparing texts")
    return tuple(pairs)


def _pair(project: Project, copy: Id, of: Id, share: float) -> Iterator[Pair]:
    """Yield an article with the one whose labels it gets, as long as that one has any."""
    source = project.find_content(of)
    if source is None or not (source.spans or source.frames):
        return
    made = Counter([*(one.annotator for one in source.frames), *(one.annotator for one in source.spans)])
    people = [one for one in project.annotators() if one.id in made]
    by = max(people, key=lambda one: (one.is_adjudicator, made[one.id], one.name))
    copied = project.find_content(copy)
    if copied is not None:
        yield Pair(copied, source, share, by)


def carried(pairs: Sequence[Pair], scheme: Scheme) -> Job[Carrying]:
    """Return what of the labels fits into the near copies; this reads no project."""
    copies: list[Copy] = []
    for number, pair in enumerate(pairs):
        yield Progress(number, len(pairs), "looking for the labelled words")
        copies.append(_Reprint(pair, scheme).copy())
    return Carrying(tuple(copies))


def left_behind(project: Project, found: Carrying) -> Job[tuple[str, ...]]:
    """Return the names of articles whose carried labels stay, though none would be carried there by now."""
    names: list[str] = []
    ids = [one for one in project.article_ids() if one not in set(found.articles)]
    for at in range(0, len(ids), _STEP):
        for row in project.article_rows(ids[at : at + _STEP]):
            if row.suggestions and not (row.spans or row.frames):
                content = project.find_content(row.id)
                if content is not None and any(map(is_carried, _suggested(content))):
                    names.append(row.name)
        yield Progress(at, len(ids), "looking for carried labels")
    return tuple(names)


def is_carried(one: SuggestedSpan | SuggestedFrame) -> bool:
    """Tell whether a suggestion was carried to its article, and is still open."""
    return one.state == "open" and suggester_name(one.suggester) == suggester_name(SUGGESTER)


def _suggested(content: ArticleContent) -> tuple[SuggestedSpan | SuggestedFrame, ...]:
    return (*content.suggested_spans, *content.suggested_frames)


def _parted(project: Project) -> Job[tuple[list[Id], list[Id]]]:
    """Return the articles in which anybody labelled something, and the others."""
    ids = project.article_ids()
    labelled: list[Id] = []
    others: list[Id] = []
    for at in range(0, len(ids), _STEP):
        for one in project.article_rows(ids[at : at + _STEP]):
            (labelled if one.spans or one.frames else others).append(one.id)
        yield Progress(at, len(ids), "looking for labels")
    return labelled, others


@dataclass(slots=True)
class _Reprint:
    """The labels of one article on their way to another."""

    pair: Pair
    scheme: Scheme
    lost: list[Said] = field(default_factory=list)

    def copy(self) -> Copy:
        """Return what fits, frames whole and spans that belong to none of them by themselves."""
        source, article = self.pair.source, self.pair.copy.article
        find = Reprinted(source.article.text, article.text).find
        places = {one.id: find(one.fragments) for one in source.spans}
        frames = [one for one in self._mine(source.frames) if self._fits(one, places)]
        parts = {end.end for one in frames for end in one.roles}
        of_frames = {end.end for one in self._mine(source.frames) for end in one.roles}
        spans = [one for one in source.spans if one.id in parts]
        spans += [
            one for one in self._mine(source.spans) if one.id not in of_frames and self._stands(one, places)
        ]
        self._say_what_has_no_place(spans, frames)
        self._say_what_goes(spans, frames, places)
        old = [*(one.id for one in spans), *(one.id for one in frames)]
        now = dict(zip(old, new_ids(len(old)), strict=True))
        now[source.article.id] = article.id
        title = cut(source.article.title or source.article.name, _LONGEST)
        reason = say("as {annotator} labelled it in “{title}”", annotator=self.pair.by.name, title=title)
        return Copy(
            article.id,
            article.name,
            article.title or article.name,
            source.article.name,
            source.article.title or source.article.name,
            self.pair.by.name,
            self.pair.share,
            tuple(self._span(one, places[one.id] or (), now, reason) for one in spans),
            tuple(self._frame(one, now, reason) for one in frames),
            tuple(self.lost),
        )

    def _mine(self, records: Iterable[Labelled]) -> list[Labelled]:
        return [one for one in records if one.annotator == self.pair.by.id]

    def _fits(self, frame: Frame, places: Mapping[Id, Sequence[Fragment] | None]) -> bool:
        """Tell whether all words of a frame stand in the copy, else note what does not."""
        here = {*places, self.pair.source.article.id}
        label = title_of(frame.label, self.scheme)
        for end in frame.roles:
            if end.kind in ("span", "article") and end.end not in here:
                self.lost.append(say("{label}: {role} is in another article", label=label, role=end.role))
                return False
        parts = ((end.role, end.end) for end in frame.roles if end.end in places)
        gone = [(role, part) for role, part in parts if places[part] is None]
        for role, part in gone[:1]:
            words = self._words(part)
            self.lost.append(
                say("{label}: {role} “{words}” reads otherwise there", label=label, role=role, words=words)
            )
        return not gone

    def _stands(self, span: Span, places: Mapping[Id, Sequence[Fragment] | None]) -> bool:
        if places[span.id] is None:
            words = self._words(span.id)
            self.lost.append(
                say(
                    "{label}: “{words}” reads otherwise there",
                    label=title_of(span.label, self.scheme),
                    words=words,
                )
            )
        return places[span.id] is not None

    def _words(self, span: Id) -> str:
        source = self.pair.source
        (pieces,) = [one.fragments for one in source.spans if one.id == span]
        return cut(words_at(pieces, source.article.text), _LONGEST)

    def _say_what_has_no_place(self, spans: Iterable[Span], frames: Iterable[Frame]) -> None:
        """Note what a suggestion cannot hold."""
        counts = {
            "labels of the whole article: {n}": len(self._mine(self.pair.source.labels)),
            "claims on cards, which come without the card: {n}": sum(
                one.claim_card is not None for one in spans
            ),
            "notes: {n}": len([one for one in spans if one.note]) + len([one for one in frames if one.note]),
        }
        self.lost += [say(words, n=count) for words, count in counts.items() if count]

    def _say_what_goes(
        self,
        spans: Iterable[Span],
        frames: Iterable[Frame],
        places: Mapping[Id, Sequence[Fragment] | None],
    ) -> None:
        """Note how much was carried before, and is taken back, as it is no longer so in the labelled one."""
        copy = self.pair.copy
        here = {own: found for own, found in places.items() if found is not None}
        before = {one.id: one.fragments for one in copy.every_span}
        now = {(one.label, tuple(here[one.id])) for one in spans}
        shapes = [outline(one.label, one.attributes, one.roles, here) for one in frames]
        gone = sum((one.label, one.fragments) not in now for one in copy.suggested_spans if is_carried(one))
        for one in filter(is_carried, copy.suggested_frames):
            shape = outline(one.label, one.attributes, one.roles, before)
            gone += not any(is_same(shape, other) for other in shapes)
        if gone:
            self.lost.append(say("suggested before, and taken back as it is no longer so here: {n}", n=gone))

    def _span(
        self, span: Span, places: Sequence[Fragment], now: Mapping[Id, Id], reason: str
    ) -> SuggestedSpan:
        made, article, actor = now[span.id], self.pair.copy.article.id, self._actor(span.actor)
        named = {ACTOR: _name(actor)} if actor is not None else {}
        return SuggestedSpan(
            made, article, span.label, tuple(places), _SCORE, SUGGESTER, reason, id_time(made),
            {**span.attributes, **named},
        )  # fmt: skip

    def _frame(self, frame: Frame, now: Mapping[Id, Id], reason: str) -> SuggestedFrame:
        """Return a frame with its ends in the copy; an end in what is not carried is left out."""
        made, article = now[frame.id], self.pair.copy.article.id
        roles: list[RoleEnd] = []
        actors: list[tuple[str, str]] = []
        for end in frame.roles:
            actor = self._actor(end.end) if end.kind == "actor" else None
            if actor is not None and actor.article is not None:
                actors.append((end.role, _name(actor)))
            elif end.kind in ("actor", "claim_card"):
                roles.append(end)
            elif end.end in now:
                roles.append(end._replace(end=now[end.end]))
        whom = ProposedFrame(frame.label, (), _SCORE, reason, frame.attributes, (), tuple(actors))
        return SuggestedFrame(
            made, article, frame.label, tuple(roles), _SCORE, SUGGESTER, reason, id_time(made),
            with_actors(whom),
        )  # fmt: skip

    def _actor(self, actor: Id | None) -> Actor | None:
        return next((one for one in self.pair.source.actors if one.id == actor), None)


def _name(actor: Actor) -> str:
    """Return what a suggestion calls an actor; the author of an article has no name there."""
    return "" if actor.kind == "author" else actor.name
