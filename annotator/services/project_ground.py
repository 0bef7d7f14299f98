"""What every operation of a project stands on: the stored records, the scheme, and who is at work."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from annotator import __version__
from annotator.model import rules
from annotator.model.changes import BulkEdit, Edit
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id
from annotator.model.records import (
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
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.model.said import joined
from annotator.model.scheme import Label, Scheme
from annotator.store.store import Store

TOOL = f"annotator {__version__}"
Labelled = TypeVar("Labelled", Span, Frame, ArticleLabel)
Kind = TypeVar(
    "Kind",
    Actor,
    Article,
    ArticleLabel,
    Block,
    ClaimCard,
    Frame,
    NothingHere,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
New = Iterable[rules.End] | Callable[[Id], rules.End | None]
"""Records that are not stored yet, or what finds one of them: many are not gone through for each frame."""
_CALLED: Mapping[type[object], str] = {
    Actor: "actor",
    Article: "article",
    ArticleLabel: "article label",
    Block: "paragraph",
    ClaimCard: "claim card",
    Frame: "frame",
    NothingHere: "“nothing here”",
    Span: "span",
    SuggestedFrame: "suggestion",
    SuggestedSpan: "suggestion",
}


class Plan(Protocol):
    """What a job computed: a named list of edits, written in one step."""

    @property
    def operation(self) -> str:
        """Return the name of the operation, for the list of what can be undone."""

    def edits(self, annotator: Id) -> Iterable[BulkEdit]:
        """Return the edits, made by that annotator."""


class SuggestionPlan(Plan, Protocol):
    """What suggesters proposed: by whom, and for which articles, also those without a proposal."""

    @property
    def suggester(self) -> str:
        """Return name and version of the suggester."""

    @property
    def layers(self) -> Sequence[str]:
        """Return the layers that were proposed; none stands for all."""

    @property
    def articles(self) -> Sequence[Id]:
        """Return the articles that were looked at."""

    @property
    def instead_of(self) -> Collection[str]:
        """Return the names of other suggesters whose open suggestions it takes the place of."""

    @property
    def comes_first(self) -> bool:
        """Tell whether it takes the place of whatever others suggest of the same, too."""

    def edits(self, annotator: Id) -> Iterator[Edit]:
        """Yield the edits, made by that annotator."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The store, the scheme that holds now, and the annotator at work."""

    store: Store
    scheme: Scheme
    annotator: Id

    def need(self, kind: type[Kind], record_id: Id) -> Kind:
        """Return the record; raises NotAllowed when it is not there (any more)."""
        found = self.store.get(kind, record_id)
        if found is None:
            raise _missing(kind)
        return found

    def content(self, article: Id) -> ArticleContent:
        """Return an article with everything that belongs to it; raises NotAllowed when there is none."""
        try:
            return self.store.content(article)
        except KeyError:
            raise _missing(Article) from None

    def length(self, article: Id) -> int:
        """Return how many code points the text of an article has."""
        found = self.store.length(article)
        if found is None:
            raise _missing(Article)
        return found

    def look(self, new: New = ()) -> rules.Look:
        """Return a way to look up ends of frames that also knows records not stored yet."""
        made = _finding(new)

        def find(kind: EndKind, end: Id) -> rules.End | None:
            held = rules.end_type(kind)
            found = made(end)
            return found if isinstance(found, held) else self.store.get(held, end)

        return find

    def allow_frame(self, frame: Frame, new: New = (), was: Frame | None = None) -> None:
        """Refuse a frame that the scheme does not allow; faults that `was` had already may stay."""
        made = _finding(new)
        look = self.look(lambda one: frame if one == frame.id else made(one))
        faults = rules.frame_errors(frame, self.scheme, look)
        known = rules.frame_errors(was, self.scheme, self.look()) if was else ()
        allow((*retired(self.scheme, frame, was), *(fault for fault in faults if fault not in known)))

    def allow_span(self, span: Span, was: Span | None = None) -> None:
        """Refuse a span that the scheme or its text does not allow; faults it had already may stay."""
        length = self.length(span.article)
        known = rules.span_errors(was, length, self.scheme) if was else ()
        faults = (fault for fault in rules.span_errors(span, length, self.scheme) if fault not in known)
        allow((*retired(self.scheme, span, was), *faults))


def retired(
    scheme: Scheme, record: Span | Frame | ArticleLabel, was: Span | Frame | ArticleLabel | None
) -> tuple[str, ...]:
    """Return why a record may not get its label, where that is one that is given no more."""
    label = scheme.label(record.label)
    if label is None or not label.retired or (was is not None and was.label == record.label):
        return ()
    return (f"{label.title or label.name} is retired in this scheme: it is given to nothing new.",)


def _finding(new: New) -> Callable[[Id], rules.End | None]:
    return new if callable(new) else {record.id: record for record in new}.get


def _missing(kind: type[object]) -> NotAllowed:
    return NotAllowed("This {what} is not in the project (any more).", what=_CALLED[kind])


def allow(faults: Iterable[str]) -> None:
    """Raise NotAllowed with all faults, when there are any."""
    found = tuple(faults)
    if found:
        raise NotAllowed(joined(*found))


def now() -> int:
    """Return the time as records keep it: microseconds since 1970, UTC."""
    return time.time_ns() // 1000


def in_order(fragments: Sequence[tuple[int, int]]) -> tuple[Fragment, ...]:
    """Return the fragments in text order, those that touch made one."""
    found: list[Fragment] = []
    for start, end in sorted(fragments):
        if found and found[-1].start < found[-1].end == start < end:
            found[-1] = Fragment(found[-1].start, end)
        else:
            found.append(Fragment(start, end))
    return tuple(found)


def merged(before: Attributes, given: Attributes | None) -> Attributes:
    """Return the attributes with the given ones set; an empty value takes one away."""
    if given is None:
        return before
    return {name: value for name, value in {**before, **given}.items() if value}


def described_anew(
    scheme: Scheme, before: Labelled, label: str | None, attributes: Attributes | None, note: str | None
) -> Labelled:
    """Return a record with what is given changed; attributes that do not fit a new label are dropped."""
    values = before.attributes
    if label is not None and label != before.label:
        values = fitting(values, scheme.label(label))
    return replace(
        before,
        label=before.label if label is None else label,
        attributes=merged(values, attributes),
        note=before.note if note is None else note,
    )


def fitting(attributes: Attributes, label: Label | None) -> Attributes:
    """Return those attributes that a label has, with values that it has there."""
    if label is None:
        return attributes
    there = ((label.attribute(name), name, value) for name, value in attributes.items())
    return {
        name: value
        for own, name, value in there
        if own is not None and (own.kind != "choice" or value in own.values)
    }
