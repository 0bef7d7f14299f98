"""Changes the scheme of a project: first says what an edit touches, then does it as one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from annotator.model.changes import Add, BulkEdit, Changes, Edit, Portions, Replace
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id, new_id
from annotator.model.job import Job, Progress, run
from annotator.model.records import (
    Annotator,
    ArticleLabel,
    Frame,
    SchemeVersion,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.model.scheme import Scheme, scheme_from_text, scheme_to_text
from annotator.model.scheme_carry import fitted, to_check
from annotator.model.scheme_editing import Edited, edited
from annotator.model.scheme_edits import Place, RemoveItem, ReplaceScheme, SchemeEdit, operation_name
from annotator.services.project_ground import Ground, Plan, now
from annotator.services.project_scheme_faults import Faults
from annotator.services.project_writing import Writer
from annotator.store.store import Store

Made = Span | Frame | ArticleLabel
Suggested = SuggestedSpan | SuggestedFrame
_MOST = 5
_SLICE = 500
"""So many annotations are looked at between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Touched:
    """How many records of an annotator an edit changes, and how much in them."""

    spans: int = 0
    frames: int = 0
    article_labels: int = 0
    attributes: int = 0
    """Values that are written, renamed or merged."""
    roles: int = 0
    """Ends of frames that change their role."""


@dataclass(frozen=True, slots=True)
class Preview:
    """Exactly what an edit would touch; with `refused`, why it cannot be done."""

    scheme: Scheme
    """The scheme as it would be."""
    number: int
    by: Mapping[str, Touched] = field(default_factory=dict)
    """By the annotator's name."""
    suggestions: int = 0
    articles: int = 0
    refused: tuple[str, ...] = ()

    @property
    def annotations(self) -> int:
        """How many spans, frames and labels of articles would change."""
        return sum(one.spans + one.frames + one.article_labels for one in self.by.values())


@dataclass(frozen=True, slots=True)
class SchemePlan:
    """An edit with all that it changes, ready to be written."""

    edit: SchemeEdit
    name: str
    edits: tuple[Edit, ...]
    clock: int
    """The newest operation when it was computed."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the scheme that the project has or had."""

    number: int
    created: int
    scheme: Scheme


class Schemes:
    """The scheme of an open project: looked at, changed, and its versions."""

    def __init__(self, store: Store, writer: Writer) -> None:
        self._store = store
        self._writer = writer

    def versions(self) -> tuple[Version, ...]:
        """Return the versions, newest first; the first one holds."""
        found = sorted(self._store.all(SchemeVersion), key=lambda one: -one.number)
        return tuple(Version(one.number, one.created, scheme_from_text(one.data)) for one in found)

    def number(self) -> int:
        """Return the number of the version that holds."""
        return self._store.scheme_number() or 0

    def made_under(self, record: Id) -> int | None:
        """Return the version under which an annotation came into the project; None for what is not there."""
        return self._store.scheme_number(record)

    def values_in_use(self, at: Place) -> tuple[str, ...]:
        """Return what annotations say in an attribute, the most frequent first."""
        said = Counter(one.attributes.get(at.name, "") for one in self._made([at.label]))
        return tuple(value for value, _ in said.most_common() if value)

    def preview(self, edit: SchemeEdit) -> Preview:
        """Return what an edit would touch, counted record by record; changes nothing."""
        try:
            after = self._edited(edit)
        except NotAllowed as error:
            return Preview(self._writer.scheme, self.number(), refused=(str(error),))
        faults = run(self._faults(edit, after))
        return Preview(after.scheme, self.number() + 1, *self._counted(after), _told(faults))

    def change(self, edit: SchemeEdit) -> Changes:
        """Do an edit, and let all annotations follow, in one step; raises NotAllowed where it would break."""
        return self.write(run(self.plan(edit)))

    def plan(self, edit: SchemeEdit) -> Job[SchemePlan]:
        """Compute what an edit changes, and write nothing; raises NotAllowed where it would break."""
        clock, after = self._store.clock(), self._edited(edit)
        name = operation_name(edit)
        if after.scheme == self._writer.scheme:
            return SchemePlan(edit, name, (), clock)
        refused = _told((yield from self._faults(edit, after)))
        if refused:
            raise NotAllowed(" ".join(refused))
        edits: list[Edit] = []
        for one in self._edits(after):
            edits.append(one)
            if len(edits) % _SLICE == 0:
                yield Progress(len(edits), 0, "annotations")
        return SchemePlan(edit, name, tuple(edits), clock)

    def write(self, plan: SchemePlan) -> Changes:
        """Write what was computed, in one step; computed anew where anything was written since."""
        if plan.clock != self._store.clock():
            plan = run(self.plan(plan.edit))
        if not plan.edits:
            return self._writer.small(plan.name, [])
        return self._writer.large(plan.name, plan.edits)

    def grown(self, plan: Plan, annotator: Id) -> Iterable[BulkEdit]:
        """Return a plan's edits, and before them what it adds to the scheme that it was made for.

        Raises NotAllowed when the scheme is another one by now.
        """
        edits = plan.edits(annotator)
        schemes: tuple[Scheme, Scheme] | None = getattr(plan, "schemes", None)
        if schemes is None:
            return edits
        before, after = schemes
        if self._writer.scheme != before:
            raise NotAllowed("The scheme was changed while the files were read: import them again.")
        version = self._next(after)
        if isinstance(edits, Portions):
            return replace(edits, opening=(version, *edits.opening))
        return chain((version,), edits)

    def _next(self, scheme: Scheme) -> Add:
        """Return the edit that lets a scheme hold; raises UserError for one that could not be read again."""
        text = scheme_to_text(scheme)
        scheme_from_text(text)  # with a scheme that nobody can read the whole project is lost
        return Add(SchemeVersion(new_id(), self.number() + 1, text, now()))

    def _edited(self, edit: SchemeEdit) -> Edited:
        used = self._used() if isinstance(edit, ReplaceScheme) else ()
        return edited(self._writer.scheme, edit, used)

    def _used(self) -> set[str]:
        """Return the labels that any annotation or suggestion carries, also of removed articles."""
        kinds = (Span, Frame, ArticleLabel, SuggestedSpan, SuggestedFrame)
        return set().union(*map(self._store.labels_of, kinds))

    # -- what is touched --------------------------------------------------------------------------

    def _faults(self, edit: SchemeEdit, after: Edited) -> Job[Counter[str]]:
        ground: Ground = self._writer.ground
        faults = Faults(ground, after)
        checked = self._made(to_check(ground.scheme, after.scheme, after.carry))
        for number, record in enumerate(checked, 1):
            faults.look_at(record)
            if number % _SLICE == 0:
                yield Progress(number, 0, "annotations checked")
        if isinstance(edit, RemoveItem) and edit.at.kind == "label":
            faults.found["It has been suggested."] += sum(1 for _ in self._suggested([edit.at.label]))
        return +faults.found

    def _counted(self, after: Edited) -> tuple[dict[str, Touched], int, int]:
        counts: dict[Id, Counter[str]] = {}
        articles: set[Id] = set()
        there = set(self._store.article_ids()) if after.carry.labels else set()
        for before, now_ in self._carried(after):
            if before.article not in there:
                continue
            articles.add(before.article)
            count = counts.setdefault(before.annotator, Counter())
            count[_PLURAL[type(before)]] += 1
            count["attributes"] += len(now_.attributes.items() - before.attributes.items())
            if isinstance(before, Frame) and isinstance(now_, Frame):
                count["roles"] += len(set(before.roles) - set(now_.roles))
        suggested = [one for one, _ in self._suggestions(after) if one.article in there]
        articles |= {one.article for one in suggested}
        names = {one.id: one.name for one in self._store.all(Annotator)}
        by = {names.get(who, "?"): Touched(**count) for who, count in counts.items()}
        return dict(sorted(by.items())), len(suggested), len(articles)

    def _carried(self, after: Edited) -> Iterator[tuple[Made, Made]]:
        """Yield the annotations that change, as they are and as they will be."""
        for record in self._made(after.carry.labels):
            now_ = after.carry.carried(record)
            if now_ is not record:
                yield record, now_

    def _suggestions(self, after: Edited) -> Iterator[tuple[Suggested, Suggested]]:
        touched = {*after.carry.labels, *to_check(self._writer.scheme, after.scheme, after.carry)}
        for one in self._suggested(touched):
            now_ = fitted(after.carry.carried(one), after.scheme)
            if now_ is not one:
                yield one, now_

    def _made(self, labels: Collection[str]) -> Iterator[Made]:
        if labels:
            yield from chain.from_iterable(self._store.labelled(Span, labels))
            yield from chain.from_iterable(self._store.labelled(Frame, labels))
            yield from chain.from_iterable(self._store.labelled(ArticleLabel, labels))

    def _suggested(self, labels: Collection[str]) -> Iterator[Suggested]:
        if labels:
            yield from chain.from_iterable(self._store.labelled(SuggestedSpan, labels))
            yield from chain.from_iterable(self._store.labelled(SuggestedFrame, labels))

    def _edits(self, after: Edited) -> Iterator[Edit]:
        yield self._next(after.scheme)
        for _, record in self._carried(after):
            yield Replace(record)
        for _, suggested in self._suggestions(after):
            yield Replace(suggested)


_PLURAL = {Span: "spans", Frame: "frames", ArticleLabel: "article_labels"}


def _told(faults: Counter[str]) -> tuple[str, ...]:
    found = [f"{count:,} × {text}" for text, count in faults.most_common(_MOST)]
    more = len(faults) - len(found)
    return (*found, *([f"And {more} more reasons."] if more else []))
