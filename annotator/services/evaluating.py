"""Evaluating suggesters: what they propose for articles anew is compared with an annotator's work.

Nothing is written.  Stored suggestions would not do: what an annotator marked is not proposed again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from annotator.model.alike import VALUE
from annotator.model.errors import UserError, WrongChoice
from annotator.model.ids import Id
from annotator.model.job import Job, Progress
from annotator.model.layers import LAYERS, layer_of, only
from annotator.model.listed import listed, not_there
from annotator.model.records import ArticleContent, Fragment
from annotator.model.said import Said, ended, joined, say
from annotator.model.scheme import Scheme
from annotator.model.scoring import Mark, Score, Scores, Whole, Words, frame_scores, span_scores, whole
from annotator.model.steps import SURE, has_learned
from annotator.model.suggesting import Proposals, SuggestInput, suggest_input
from annotator.services.cues import own
from annotator.services.pipelines import told_of
from annotator.services.project import Project
from annotator.services.suggesters import PIPELINE, Chosen
from annotator.services.suggesting import SuggestionPlan, SuggestProcess, plan_suggestions

T = TypeVar("T", Mark, Whole)


@dataclass(frozen=True, slots=True)
class Marked:
    """One article as a suggester is given it, and what an annotator marked in it."""

    article: Id
    input: SuggestInput
    spans: Mapping[str, frozenset[Mark]]
    frames: Mapping[str, frozenset[Whole]]
    is_done: bool = False
    """Whether the annotator said so; what is not marked in others may be right all the same."""


@dataclass(frozen=True, slots=True)
class Result:
    """How one suggester did: by label, spans before frames, and what of it was shown as sure."""

    suggester: str
    articles: int
    failed: int
    scores: Mapping[str, Scores]
    sure: Mapping[str, Score] = field(default_factory=dict)
    """Of the sure proposals alone, by overlap."""
    why: str = ""
    """What the first article failed for, where one did."""


def caution(results: Sequence[Result], articles: Sequence[Marked] = ()) -> Said:
    """Return what keeps the figures from telling how good suggestions will be; empty where nothing does."""
    is_learned = any(has_learned(one.suggester) for one in results)
    learned = say("What was learned comes from these articles too: in others it may do less well.")
    begun = sum(not one.is_done for one in articles)
    unfinished = say("In {n} article(s) not marked as done, what is not labelled yet counts as wrong.", begun)
    failed = (
        say("{name} failed in {n} article(s): {why}", one.failed, name=one.suggester, why=ended(one.why))
        for one in results
        if one.failed
    )
    return joined(*failed, learned if is_learned else "", unfinished if begun else "")


def annotator_id(project: Project, name: str) -> Id:
    """Return the annotator of that name; raises UserError when nobody here has it."""
    known = project.annotators()
    found = next((one.id for one in known if one.name == name), None)
    if found is None:
        names = [one.name for one in known]
        nobody = "Nobody named {name} annotated in this project (there are: {names})."
        raise WrongChoice(not_there(nobody, name, names, names=listed(names)))
    return found


def marked(project: Project, annotator: Id) -> Job[list[Marked]]:
    """Return the articles in which an annotator marked something, or said that they are done."""
    total, cues = len(project.article_ids()), own(project)
    found: list[Marked] = []
    for count, content in enumerate(project.contents({annotator}), 1):
        is_done = any((one.annotator, one.state) == (annotator, "done") for one in content.readings)
        if content.spans or content.frames or is_done:
            found.append(_marked(content, cues, is_done=is_done))
        if count % 20 == 0:
            yield Progress(count, total)
    return found


def evaluate(
    articles: Sequence[Marked],
    who: Sequence[Chosen],
    scheme: Scheme,
    *,
    layers: Collection[str] = LAYERS,
    process: SuggestProcess | None = None,
) -> Job[tuple[Result, ...]]:
    """Let each suggester look at the articles and return how well it agrees with what is marked in them."""
    if not articles:
        raise UserError(
            "There is nothing to compare with: this annotator marked nothing, and finished no article."
        )
    if not who:
        raise UserError("No suggester is chosen for this: choose what suggests in this project first.")
    results: list[Result] = []
    inputs = [(one.article, one.input) for one in articles]
    for one in who:
        job = plan_suggestions(inputs, suggester=one.name, choice=one.choice, process=process)
        try:
            plan = yield from job
        except UserError as error:
            if one.name != PIPELINE or len(who) == 1:
                raise
            # The figures of the others are of use all the same.
            results.append(Result(told_of(one.choice).name, 0, len(articles), {}, why=str(error)))
        else:
            results.append(_result(plan, articles, layers, scheme))
    return tuple(results)


def _result(
    plan: SuggestionPlan, articles: Sequence[Marked], layers: Collection[str], scheme: Scheme
) -> Result:
    kept = [layer for layer in plan.layers if layer in layers]
    proposed = {article: only(found, kept, scheme) for article, found in plan.proposals}
    pairs = [(each, proposed[each.article]) for each in articles if each.article in proposed]
    sure = _compared(pairs, kept, scheme, SURE)
    return Result(
        plan.suggester, len(pairs), len(plan.failures), _compared(pairs, kept, scheme),
        {label: found.overlap for label, found in sure.items()},
        plan.failures[0].reason if plan.failures else "",
    )  # fmt: skip


def _compared(
    pairs: Sequence[tuple[Marked, Proposals]], layers: Collection[str], scheme: Scheme, least: float = 0.0
) -> dict[str, Scores]:
    """Return the scores by label, in the order of the scheme, for labels that are proposed or wanted.

    Proposals with a score below the `least` are left out.
    """
    found: defaultdict[str, Scores] = defaultdict(Scores)
    for article, proposals in pairs:
        words = Words(article.input.text)
        spans = _by_label(_marks(proposals, scheme, least))
        frames = _by_label(_wholes(proposals, scheme, least))
        for label in {*spans, *article.spans}:
            found[label] += span_scores(spans.get(label, ()), article.spans.get(label, ()), words)
        for label in {*frames, *article.frames}:
            found[label] += frame_scores(frames.get(label, ()), article.frames.get(label, ()), words)
    labels = (one.name for one in scheme.labels if layer_of(one.name, scheme) in layers)
    return {label: found[label] for label in labels if label in found}


def spans_of(content: ArticleContent) -> dict[str, frozenset[Mark]]:
    """Return the spans of an article as they are compared, by label."""
    return _by_label(Mark(one.label, one.fragments) for one in content.spans)


def frames_of(content: ArticleContent) -> dict[str, frozenset[Whole]]:
    """Return the frames of an article as they are compared, by label."""
    places = {one.id: one.fragments for one in content.spans}
    return _by_label(
        whole(
            one.label,
            one.attributes.get(VALUE, ""),
            [(end.role, places[end.end]) for end in one.roles if end.end in places],
        )
        for one in content.frames
    )


def _marked(content: ArticleContent, cues: tuple[str, ...], *, is_done: bool) -> Marked:
    given = suggest_input(content, cues)
    return Marked(content.article.id, given, spans_of(content), frames_of(content), is_done)


def _marks(proposals: Proposals, scheme: Scheme, least: float) -> Iterator[Mark]:
    """Yield the proposed spans under the names that the scheme has for them."""
    for one in proposals.spans:
        if one.score >= least:
            yield Mark(scheme.named(one.label) or one.label, _pieces(one.fragments))


def _wholes(proposals: Proposals, scheme: Scheme, least: float) -> Iterator[Whole]:
    for one in (frame for frame in proposals.frames if frame.score >= least):
        roles = [(role, _pieces(proposals.spans[number].fragments)) for role, number in one.roles]
        yield whole(scheme.named(one.label) or one.label, one.attributes.get(VALUE, ""), roles)


def _pieces(fragments: Iterable[tuple[int, int]]) -> tuple[Fragment, ...]:
    return tuple(Fragment(*one) for one in fragments)


def _by_label(records: Iterable[T]) -> dict[str, frozenset[T]]:
    found: defaultdict[str, set[T]] = defaultdict(set)
    for one in records:
        found[one.label].add(one)
    return {label: frozenset(marks) for label, marks in found.items()}
