"""What is to be made: the annotations of a project as plain values, and whether another project has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from annotator.model.ids import Id
from annotator.model.records import ArticleContent, Fragment, Frame, Span
from annotator.model.scheme import Scheme
from annotator.services.project import Project

Pieces = tuple[Fragment, ...]
Words = tuple[Pieces, ...]
HEARD = ("addressee", "medium")
_PLACEHOLDERS = ("unnamed", "not said")


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled stretch."""

    label: str
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Attribution:
    """An attribution as the words in each role; other attributions stand for themselves."""

    claim: Words
    source: Words
    cue: Words
    implicit: str
    """author, unnamed, not said; other actors are chosen in the inspector and not asked for."""
    heard: Mapping[str, Words] = field(hash=False)
    outer: Mapping[str, tuple[Words, Words]] = field(hash=False)
    """By `parent` and `continues`: claim and cue of the other one."""

    @property
    def name(self) -> tuple[Words, Words]:
        """What tells it from the others of its article."""
        return self.claim, self.cue

    @property
    def start(self) -> int:
        """Where its first word stands."""
        parts = (*self.claim, *self.source, *self.cue)
        return min((one.start for words in parts for one in words), default=0)

    @property
    def end(self) -> int:
        """Where its claim ends."""
        return max((one.end for words in self.claim for one in words), default=0)


@dataclass(frozen=True, slots=True)
class Stance:
    """A stance: by words of the article, else by an actor of that name, on a span or on what a name says."""

    mention: Pieces
    holder: str
    """Only where no words are there."""
    label: str
    target: Pieces
    kind: str
    """What the list of targets calls it."""
    named: str
    """The name of the actor or the wording of the claim card that it is on."""
    value: str
    expression: Words


@dataclass(frozen=True, slots=True)
class Gold:
    """What one article holds."""

    entities: tuple[Mark, ...]
    attributions: tuple[Attribution, ...]
    stances: tuple[Stance, ...]


def read(path: Path) -> dict[str, Gold]:
    """Return what each article of a project holds, by its name."""
    project = Project.open(path, read_only=True)
    try:
        return {one.article.name: gold_of(one, project.scheme) for one in project.contents()}
    finally:
        project.close()


def gold_of(content: ArticleContent, scheme: Scheme) -> Gold:
    """Return what an article holds."""
    look = _Look(content)
    entities = {one.name for one in scheme.of("span", "entity")}
    marks = (Mark(one.label, one.fragments) for one in content.spans if one.label in entities)
    return Gold(
        tuple(sorted(marks, key=lambda one: (one.pieces, one.label))),
        tuple(look.attribution(one) for one in content.frames if one.label == "ATTRIBUTION"),
        tuple(look.stance(one) for one in content.frames if one.label == "STANCE"),
    )


def gold_stance(content: ArticleContent, frame: Frame) -> Stance:
    """Return a stance of an article as plain values."""
    return _Look(content).stance(frame)


class _Look:
    def __init__(self, content: ArticleContent) -> None:
        self._spans: dict[Id, Span] = {one.id: one for one in content.spans}
        self._frames: dict[Id, Frame] = {one.id: one for one in content.frames}
        self._actors = {one.id: one for one in content.actors}
        self._names = {one.id: one.name for one in content.actors}
        self._names |= {one.id: one.wording for one in content.claim_cards}

    def words(self, frame: Frame, role: str) -> Words:
        return tuple(sorted(self._spans[end].fragments for end in frame.ends(role) if end in self._spans))

    def attribution(self, frame: Frame) -> Attribution:
        others = {role: [self._frames[end] for end in frame.ends(role)] for role in ("parent", "continues")}
        return Attribution(
            self.words(frame, "claim"),
            self.words(frame, "source"),
            self.words(frame, "cue"),
            next((self._placeholder(end) for end in frame.ends("implicit_source")), ""),
            {role: self.words(frame, role) for role in HEARD if self.words(frame, role)},
            {
                role: (self.words(one, "claim"), self.words(one, "cue"))
                for role, found in others.items()
                for one in found
            },
        )

    def _placeholder(self, actor: Id) -> str:
        found = self._actors.get(actor)
        if found is None:
            return ""
        return "author" if found.kind == "author" else found.name if found.name in _PLACEHOLDERS else ""

    def stance(self, frame: Frame) -> Stance:
        target, kind = next((one.end, one.kind) for one in frame.roles if one.role == "target")
        span, mention = self._spans.get(target), self.words(frame, "holder_mention")
        return Stance(
            mention[0] if mention else (),
            "" if mention else self._names[frame.ends("holder")[0]],
            span.label if span is not None else "",
            span.fragments if span is not None else (),
            span.label.lower() if span is not None else kind.replace("_", " "),
            self._names.get(target, ""),
            frame.attributes.get("value", ""),
            self.words(frame, "expression"),
        )


def differences(wanted: Mapping[str, Gold], made: Mapping[str, Gold]) -> list[str]:
    """Return in words how two projects differ; nothing when they hold the same."""
    return [
        f"{name}: {line}"
        for name, gold in wanted.items()
        for line in _of_article(gold, made.get(name, Gold((), (), ())))
    ]


def _of_article(gold: Gold, made: Gold) -> Iterator[str]:
    yield from _of_kind("entity", gold.entities, made.entities)
    yield from _of_kind("attribution", map(_plain, gold.attributions), map(_plain, made.attributions))
    yield from _of_kind("stance", gold.stances, made.stances)


def _plain(one: Attribution) -> object:
    heard, outer = tuple(sorted(one.heard.items())), tuple(sorted(one.outer.items()))
    return (one.claim, one.source, one.cue, one.implicit, heard, outer)


def _of_kind(kind: str, wanted: Iterable[object], made: Iterable[object]) -> Iterator[str]:
    """Yield what of a kind is missing and what is too much; the same twice counts twice."""
    first, second = Counter(wanted), Counter(made)
    yield from (f"missing {kind}: {one}" for one in (first - second).elements())
    yield from (f"unwanted {kind}: {one}" for one in (second - first).elements())
