"""Search in all articles, piece by piece, and labels for what was found, as one operation."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from annotator.model import rules
from annotator.model.changes import AddMany, BulkEdit, Changes, Replace
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id, new_ids
from annotator.model.job import Job, Progress, run
from annotator.model.matching import Place, Wanted, places
from annotator.model.records import Fragment, Hit, Span, SuggestedSpan
from annotator.model.rules import in_sentence, title_of
from annotator.services.project_ground import allow, fitting, now
from annotator.services.project_relabelling import Meant, Met, OneChange, meet, operation, relabel
from annotator.services.project_writing import Writer
from annotator.store.lookup import Taken, Text
from annotator.store.search import hit_at
from annotator.store.store import Store

__all__ = ["Finder", "Found", "LabelPlan", "Standing", "Text"]

_CHUNK = 64
_RUN = 1024
Places = Mapping[Id, Sequence[Place]]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is labelled already at a place."""

    same: frozenset[str] = frozenset()
    """The labels that the annotator at work has put on exactly these words."""
    overlaps: bool = False
    """Whether any span has words in common with it."""

    def __bool__(self) -> bool:
        """Tell whether there is anything."""
        return self.overlaps


@dataclass(frozen=True, slots=True)
class Found:
    """The hits in one article, and what is labelled there already."""

    article: Id
    title: str
    hits: tuple[Hit, ...]
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class LabelPlan:
    """Where a label is to be put; what has it already is left out, what is suggested so is accepted."""

    label: str
    places: Places
    """All that was asked for."""
    free: tuple[tuple[Id, Place], ...]
    waiting: tuple[SuggestedSpan, ...]
    clock: int
    """When the project was looked at."""

    @property
    def count(self) -> int:
        """How many spans it adds."""
        return len(self.free) + len(self.waiting)

    @property
    def articles(self) -> int:
        """In how many articles."""
        return len({article for article, _ in self.free} | {one.article for one in self.waiting})


class Finder:
    """Finds and labels in an open project, on the thread of its store."""

    def __init__(self, store: Store, writer: Writer) -> None:
        self._store = store
        self._writer = writer

    def batches(self, wanted: Wanted) -> tuple[tuple[Id, ...], ...]:
        """Return the articles that may hold what is wanted, as many together as `look` takes."""
        return self._store.lookup.batches(wanted)

    def there(self, ids: Sequence[Id]) -> frozenset[Id]:
        """Return which ids are those of records in articles of the project."""
        return self._store.lookup.there(ids)

    def has_between(self, first: Id, last: Id) -> bool:
        """Tell whether the project ever met an id that lies from one to another."""
        return self._store.lookup.has_between(first, last)

    def texts(self, articles: Sequence[Id]) -> tuple[Text, ...]:
        """Return the texts of a batch, for who looks through them elsewhere."""
        return self._store.lookup.texts(articles)

    def look(self, wanted: Wanted, articles: Sequence[Id], limit: int) -> tuple[Found, ...]:
        """Return what stands in a batch of articles, `limit` hits at most; patterns: `pattern_process`."""
        texts = self.texts(articles)
        found: list[list[Place]] = []
        for text in texts:
            found.append(places(text.text, wanted, limit) if limit > 0 else [])
            limit -= len(found[-1])
        return self.found(texts, found)

    def found(self, texts: Sequence[Text], found: Sequence[Sequence[Place]]) -> tuple[Found, ...]:
        """Return places as hits in their context, for each text that has any."""
        both = [(text, those) for text, those in zip(texts, found, strict=True) if those]
        standings = self.standings({text.article: those for text, those in both})
        return tuple(
            Found(
                text.article,
                text.title,
                tuple(hit_at(text.article, text.text, start, end) for start, end in those),
                standings[text.article],
            )
            for text, those in both
        )

    def standings(self, found: Places) -> dict[Id, tuple[Standing, ...]]:
        """Return, place by place, what is labelled there already."""
        mine, articles = self._writer.annotator.id, list(found)
        taken: dict[Id, list[Taken]] = {}
        for at in range(0, len(articles), _CHUNK):
            taken |= self._store.lookup.taken(articles[at : at + _CHUNK])
        return {article: _standings(those, taken.get(article, ()), mine) for article, those in found.items()}

    def plan(self, label: str, wanted: Places) -> Job[LabelPlan]:
        """Return what putting a label on these places would write; raises NotAllowed where it may not be."""
        self._allow(label)
        articles, clock = list(wanted), self._store.clock()
        free: list[tuple[Id, Place]] = []
        waiting: list[SuggestedSpan] = []
        for at in range(0, len(articles), _CHUNK):
            yield Progress(at, len(articles))
            chunk = articles[at : at + _CHUNK]
            self._plan_some(label, {one: wanted[one] for one in chunk}, free, waiting)
        return LabelPlan(label, wanted, tuple(free), tuple(waiting), clock)

    def write(self, plan: LabelPlan) -> Changes:
        """Write a plan in one step; raises NotAllowed when there is nothing (left) to write."""
        if plan.clock != self._store.clock():
            plan = run(self.plan(plan.label, plan.places))
        title = title_of(plan.label, self._writer.scheme)
        if not plan.count:
            raise NotAllowed("Nothing to do: all these places have the label {title} already.", title=title)
        called = in_sentence(title)
        name = f"Add {called}" if plan.count == 1 else f"Label {plan.count:,} places as {called}"
        return self._writer.large(name, self._edits(plan))

    def labels(self, meant: Meant, change: OneChange) -> Job[tuple[Met, ...]]:
        """Return the labels that are meant and would change, each with why it cannot where that is so."""
        return meet(self._writer.ground, meant, change)

    def change_labels(self, ids: Sequence[Id], change: OneChange) -> Changes:
        """Change labels in one step; raises NotAllowed when none of them can be changed (any more)."""
        edits = relabel(self._writer.ground, ids, change)
        if not edits:
            raise NotAllowed("Nothing to do: none of these labels can be changed so.")
        return self._writer.large(operation(change, len(ids), self._writer.scheme), edits)

    def _allow(self, label: str) -> None:
        found = self._writer.scheme.label(label)
        if found is not None and not found.is_offered:
            raise NotAllowed(
                "The label {label} is not offered for new spans.",
                label=title_of(label, self._writer.scheme),
            )
        sample = Span(Id(bytes(16)), Id(bytes(16)), label, (Fragment(0, 1),), Id(bytes(16)), 0)
        allow(rules.span_errors(sample, 1, self._writer.scheme))

    def _plan_some(
        self,
        label: str,
        wanted: Places,
        free: list[tuple[Id, Place]],
        waiting: list[SuggestedSpan],
    ) -> None:
        lengths = self._store.lookup.lengths(list(wanted))
        standings = self.standings(wanted)
        open_ = {(one.article, (one.start, one.end)): one for one in self._waiting(label, wanted)}
        for article, length in lengths.items():
            for place, standing in dict(zip(wanted[article], standings[article], strict=True)).items():
                if label in standing.same or not 0 <= place[0] < place[1] <= length:
                    continue
                suggestion = open_.get((article, place))
                if suggestion is None:
                    free.append((article, place))
                else:
                    waiting.append(suggestion)

    def _waiting(self, label: str, wanted: Places) -> list[SuggestedSpan]:
        return self._store.lookup.waiting(list(wanted), label)

    def _edits(self, plan: LabelPlan) -> Iterator[BulkEdit]:
        mine, created = self._writer.annotator.id, now()
        for at in range(0, len(plan.free), _RUN):
            some = plan.free[at : at + _RUN]
            ids = new_ids(len(some))
            yield AddMany(
                [
                    Span(new, article, plan.label, (Fragment(*place),), mine, created)
                    for new, (article, place) in zip(ids, some, strict=True)
                ]
            )
        label = self._writer.scheme.label(plan.label)
        ids = new_ids(len(plan.waiting))
        spans = [
            Span(
                new, one.article, one.label, one.fragments, mine, created,
                fitting(one.attributes, label), origin="suggestion",
            )
            for new, one in zip(ids, plan.waiting, strict=True)
        ]  # fmt: skip
        if spans:
            yield AddMany(spans)
        for span, one in zip(spans, plan.waiting, strict=True):
            yield Replace(replace(one, state="accepted", became=span.id))


_NOTHING = Standing()


def _standings(found: Sequence[Place], taken: Sequence[Taken], mine: Id) -> tuple[Standing, ...]:
    """Return what stands at each place; `taken` comes in the order of its starts."""
    if not taken:
        return (_NOTHING,) * len(found)
    starts = [one.start for one in taken]
    furthest = list(accumulate((one.end for one in taken), max))
    same: dict[Place, set[str]] = {}
    for one in taken:
        if one.is_whole and one.annotator == mine:
            same.setdefault((one.start, one.end), set()).add(one.label)
    standings = []
    for start, end in found:
        before = bisect_left(starts, end)
        overlaps = before > 0 and furthest[before - 1] > start
        standings.append(Standing(frozenset(same.get((start, end), ())), overlaps))
    return tuple(standings)
