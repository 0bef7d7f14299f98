"""What a person chooses of a project for an export: whose work, which labels, which articles, which view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from annotator.model.columns import different
from annotator.model.errors import UserError
from annotator.model.ids import Id
from annotator.model.inner import inner_fragments
from annotator.model.records import (
    ArticleContent,
    ArticleLabel,
    Frame,
    RoleEnd,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.model.scheme import Scheme
from annotator.model.settled import settled
from annotator.services.project import Project

NO_ADJUDICATOR = (
    "Nobody's labels are the adjudicated ones yet. Say whose they are: with `annotator annotators PROJECT"
    " --adjudicator NAME`, or in the window under Project, Annotators."
)
NOT_ADJUDICATED = "articles left out, as no adjudicator labelled them or marked them as done"
DECIDED_TWICE = "articles with the labels of several adjudicators"
LABELLED_TWICE = "articles with the labels of several annotators, which all go in"
SUGGESTED = "suggestions that were written too, as chosen"
Labelled = TypeVar("Labelled", Span, Frame, ArticleLabel, SuggestedSpan, SuggestedFrame)


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What is exported, and how; as it stands, everything that people made."""

    format_name: str = "jsonl"
    annotator: Id | None = None
    """Whose work; everybody's when None."""
    each: bool = False
    """A file (or folder) for each annotator, whose name is added to the file's."""
    adjudicated: bool = False
    """The adjudicators' work, of articles on which they decided."""
    labels: frozenset[str] = frozenset()
    """Which labels; all when empty."""
    articles: frozenset[Id] | None = None
    """Which articles; all when None."""
    touched: bool = False
    """Only articles in which something was made."""
    finished: bool = False
    """Only articles that are marked as done: by the annotator, where one is chosen."""
    suggestions: bool = False
    """Open suggestions too."""
    rejected: bool = False
    """Rejected suggestions too."""
    inner: bool = False
    """Spans without the quotation marks around them, and without "that" or "whether" before."""
    chosen: Mapping[str, str] = field(default_factory=dict)
    """What was chosen of the format's own options."""

    @property
    def is_whole(self) -> bool:
        """Whether everything that people made is exported, whatever was chosen of the format's options."""
        return self == ExportChoice(self.format_name, chosen=self.chosen)


def whose(project: Project, choice: ExportChoice) -> Collection[Id] | None:
    """Return the annotators whose work is chosen, None for everybody; raises UserError for no adjudicator."""
    if not choice.adjudicated:
        return None if choice.annotator is None else {choice.annotator}
    found = project.people.adjudicators()
    if not found:
        raise UserError(NO_ADJUDICATOR)
    return found


def chosen_content(
    content: ArticleContent,
    choice: ExportChoice,
    scheme: Scheme,
    left_out: Counter[str],
    remarks: Counter[str],
) -> ArticleContent | None:
    """Return what is exported of an article with the chosen annotators' work, None for nothing.

    What goes with something else is counted in `left_out`; in `remarks`, what adjudication leaves open, and
    suggestions.
    """
    if choice.articles is not None and content.article.id not in choice.articles:
        return None
    if choice.adjudicated:
        deciders = _deciders(content)
        remarks.update(_remarks(len(deciders)))
        if not deciders:
            return None
    if choice.finished and not _is_finished(content, choice.annotator):
        return None
    if choice.touched and not _is_touched(content):
        return None
    content = _with_suggestions(content, choice)
    if choice.labels:
        content = _with_labels(content, choice.labels, left_out)
    if suggested := len(content.suggested_spans) + len(content.suggested_frames):
        remarks[SUGGESTED] += suggested
    if choice.inner:
        outer = {one.name for one in scheme.of("span", "entity")}
        content = replace(content, spans=tuple(_inner(one, content, outer) for one in content.spans))
    return content


def _is_finished(content: ArticleContent, annotator: Id | None) -> bool:
    return any(
        one.state == "done" and (annotator is None or one.annotator == annotator) for one in content.readings
    )


def _deciders(content: ArticleContent) -> set[Id]:
    """Return who labelled an article, or said that it is done."""
    made = (content.spans, content.frames, content.labels, content.nothing_here)
    return {one for records in made for one in different(records, "annotator")} | {
        one.annotator for one in content.readings if one.state == "done"
    }


def _remarks(deciders: int) -> Iterator[str]:
    if deciders == 0:
        yield NOT_ADJUDICATED
    elif deciders > 1:
        yield DECIDED_TWICE


def _is_touched(content: ArticleContent) -> bool:
    made = (content.spans, content.frames, content.labels, content.nothing_here, content.readings)
    return any(map(len, made))


def _with_suggestions(content: ArticleContent, choice: ExportChoice) -> ArticleContent:
    states = {"open"} if choice.suggestions else set()
    states |= {"rejected"} if choice.rejected else set()
    if not (content.suggested_spans or content.suggested_frames):
        return content
    if states:
        content = settled(content)
    return replace(
        content,
        suggested_spans=tuple(one for one in content.suggested_spans if one.state in states),
        suggested_frames=tuple(one for one in content.suggested_frames if one.state in states),
    )


def _with_labels(content: ArticleContent, labels: frozenset[str], left_out: Counter[str]) -> ArticleContent:
    """Leave out other labels, and the ends of frames that pointed to what carried them."""
    gone = {
        one.id
        for records in (content.spans, content.frames, content.suggested_spans, content.suggested_frames)
        for one in records
        if one.label not in labels
    }
    frames = [replace(one, roles=_kept(one.roles, gone)) for one in _of(content.frames, labels)]
    proposed = [replace(one, roles=_kept(one.roles, gone)) for one in _of(content.suggested_frames, labels)]
    cut = sum(len(one.roles) for one in _of(content.frames, labels)) - sum(len(one.roles) for one in frames)
    if cut:
        left_out["ends of frames that have another label"] += cut
    return replace(
        content,
        spans=_of(content.spans, labels),
        frames=tuple(frames),
        labels=tuple(_of(content.labels, labels)),
        suggested_spans=tuple(_of(content.suggested_spans, labels)),
        suggested_frames=tuple(proposed),
    )


def _of(records: Sequence[Labelled], labels: frozenset[str]) -> list[Labelled]:
    return [one for one in records if one.label in labels]


def _kept(roles: Iterable[RoleEnd], gone: set[Id]) -> tuple[RoleEnd, ...]:
    return tuple(one for one in roles if one.end not in gone)


def _inner(span: Span, content: ArticleContent, outer: set[str]) -> Span:
    if span.label in outer:
        return span
    fragments = inner_fragments(content.article.text, span.fragments)
    return span if fragments == span.fragments else replace(span, fragments=fragments)
