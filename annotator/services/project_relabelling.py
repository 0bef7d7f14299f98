"""One change to many labels: which ones are meant, what it would do to each, and doing it in one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotator.model.changes import Edit
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id
from annotator.model.job import Job, Progress
from annotator.model.records import ArticleContent, Fragment, Frame, Span
from annotator.model.rules import in_sentence, title_of
from annotator.model.scheme import Scheme
from annotator.model.text import paragraphs_at, words_at
from annotator.services import project_frames, project_removing, project_spans
from annotator.services.project_ground import Ground

MOST = 1_000
"""Labels that are found at once."""
_SLICE, _MANY = 4, 20
"""Articles, and labels that are found, between two pauses."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Which spans or frames are meant: those of a label, with words, a value, by an annotator, or any."""

    label: str
    words: str = ""
    attribute: str = ""
    value: str = ""
    whose: Id | None = None


@dataclass(frozen=True, slots=True)
class OneChange:
    """What becomes of each of them: another label, or a value of an attribute; without either, it goes."""

    label: str = ""
    attribute: str = ""
    value: str = ""

    @property
    def removes(self) -> bool:
        """Whether labels are taken away."""
        return not (self.label or self.attribute)


@dataclass(frozen=True, slots=True)
class Met:
    """A span or frame that is meant and would change, with its words and where they stand."""

    record: Id
    article: Id
    title: str
    fragments: tuple[Fragment, ...]
    words: str
    around: str
    """The paragraphs of the words."""
    values: Mapping[str, str]
    refused: str
    """Why it cannot be changed; empty where it can."""


def meet(ground: Ground, meant: Meant, change: OneChange) -> Job[tuple[Met, ...]]:
    """Return the labels that are meant and would change, `MOST` at most, in the order of the articles."""
    found: list[Met] = []
    articles = ground.store.article_ids("given", None, by=ground.annotator)
    # With the work of all: frames may rest on words that somebody else marked.
    for number, content in enumerate(ground.store.contents(articles=articles), 1):
        for one in _in_article(ground, content, meant, change):
            found.append(one)
            if len(found) == MOST:
                return tuple(found)
            if len(found) % _MANY == 0:
                yield Progress(number, len(articles))
        if number % _SLICE == 0:
            yield Progress(number, len(articles))
    return tuple(found)


def relabel(ground: Ground, ids: Iterable[Id], change: OneChange) -> list[Edit]:
    """Change records; those that are gone, or cannot be changed any more, stay as they are."""
    there = [one for each in ids if (one := _stored(ground, each)) is not None]
    if change.removes:
        return project_removing.remove(ground, [one.id for one in there])
    return [edit for one in there for edit in _tried(ground, one, change)[0]]


def operation(change: OneChange, count: int, scheme: Scheme) -> str:
    """Return what the step is called among those that can be undone."""
    many = "1 label" if count == 1 else f"{count:,} labels"
    if change.removes:
        return f"Remove {many}"
    if change.label:
        return f"Make {many} {in_sentence(title_of(change.label, scheme))}"
    return f"Set {change.attribute} of {many}"


def _stored(ground: Ground, record: Id) -> Span | Frame | None:
    return ground.store.get(Span, record) or ground.store.get(Frame, record)


def _in_article(ground: Ground, content: ArticleContent, meant: Meant, change: OneChange) -> Iterable[Met]:
    label, text = ground.scheme.label(meant.label), content.article.text
    attribute = label.attribute(meant.attribute) if label is not None else None
    places = {one.id: one.fragments for one in content.spans}
    records: tuple[Span | Frame, ...] = (*content.spans, *content.frames)
    labelled = [(_pieces(one, places), one) for one in records if one.label == meant.label]
    for pieces, one in sorted(labelled, key=lambda each: each[0][0].start if each[0] else 0):
        words = words_at(pieces, text)
        value = one.attributes.get(meant.attribute, attribute.default if attribute is not None else "")
        is_other = bool(meant.attribute) and value != meant.value
        if is_other or meant.words.casefold() not in words.casefold():
            continue
        if meant.whose is not None and one.annotator != meant.whose:
            continue
        edits, refused = ([], "") if change.removes else _tried(ground, one, change)
        if edits or refused or change.removes:
            article = content.article
            title = article.title or article.name
            yield Met(
                one.id, article.id, title, pieces, words, _around(text, pieces), one.attributes, refused
            )


def _tried(ground: Ground, one: Span | Frame, change: OneChange) -> tuple[list[Edit], str]:
    """Return what a change writes, or why it may not be."""
    values = {change.attribute: change.value} if change.attribute else None
    label = change.label or None
    try:
        if isinstance(one, Span):
            return project_spans.change(ground, one.id, label, None, attributes=values, note=None), ""
        return project_frames.change(ground, one.id, label, values, None), ""
    except NotAllowed as error:
        return [], str(error)


def _pieces(one: Span | Frame, places: Mapping[Id, tuple[Fragment, ...]]) -> tuple[Fragment, ...]:
    if isinstance(one, Span):
        return one.fragments
    return tuple(sorted({piece for end in one.roles for piece in places.get(end.end, ())}))


def _around(text: str, pieces: tuple[Fragment, ...]) -> str:
    """Return the paragraphs that words stand in."""
    first, last = paragraphs_at(pieces[0].start, pieces[-1].end, text) if pieces else (0, 0)
    return text[first:last]
