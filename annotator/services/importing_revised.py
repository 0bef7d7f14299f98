"""A newer file: what it has otherwise than the project, what it lacks, and taking that over."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from annotator.exchange.files import shown
from annotator.model.changes import BulkEdit, Edit, Replace
from annotator.model.errors import UserError
from annotator.model.ids import Id
from annotator.model.records import (
    ArticleLabel,
    ArticleReading,
    Frame,
    NothingHere,
    Record,
    RoleEnd,
    Span,
)
from annotator.services.importing_entries import Entry

Made = Span | Frame | ArticleLabel | NothingHere
Remove = Callable[[Collection[Id], Collection[Id]], Sequence[Edit]]
"""Removes records, and lets go of them what is not among those that the same step stores anew."""


@dataclass(slots=True)
class Revision:
    """What a file says of an annotator's records of one article."""

    changed: list[Record] = field(default_factory=list)
    """As the file has them; that an article is done is among them, and no label."""
    removed: list[Id] = field(default_factory=list)
    """Those that it lacks."""

    @property
    def counts(self) -> Counter[str]:
        """How many labels are changed, and how many removed."""
        labels = sum(not isinstance(one, ArticleReading) for one in self.changed)
        return Counter(changed=labels, removed=len(self.removed))


class Newer:
    """Whose labels an import takes as its files have them, if anybody's; goes from article to article."""

    def __init__(
        self, entries: Iterable[Entry], annotators: Mapping[str, Id], name: str, remove: Remove
    ) -> None:
        """`annotators` are those of the project by name; raises UserError where two files are of `name`."""
        self._by = annotators.get(name)
        self._remove = remove
        self._named: defaultdict[str, set[Id]] = defaultdict(set)
        self._seen: set[tuple[Id, Id]] = set()
        for entry in entries:
            known = (annotators.get(one.name) for one in entry.annotators)
            self._named[entry.file].update(one for one in known if one is not None)
        files = [file for file, named in self._named.items() if self._by in named]
        if self._by is not None and len(files) > 1:
            raise UserError(
                "{files} have labels of {name}: import the newer one alone.",
                files=" and ".join(shown(one) for one in files[:2]),
                name=name,
            )

    def revising(self, entry: Entry, own: Iterable[Id]) -> Revising:
        """Return what notes how an entry, with records of these ids, has what is stored."""
        if not entry.is_whole or entry.target is None:
            return Revising()
        named = {by for by in self._named[entry.file] if (entry.target, by) not in self._seen}
        self._seen |= {(entry.target, by) for by in named}
        return Revising(frozenset(named), self._by, frozenset(own))

    def edits(self, taken: Revision) -> list[BulkEdit]:
        """Return the edits that let the newer state hold."""
        anew = {one.id for one in taken.changed}
        removed = self._remove(taken.removed, anew) if taken.removed else ()
        return [*removed, *map(Replace, taken.changed)]


class Revising:
    """Notes, for one entry, which of the records that are there it has, and how."""

    def __init__(
        self, named: frozenset[Id] = frozenset(), by: Id | None = None, own: frozenset[Id] = frozenset()
    ) -> None:
        """Note it of the annotators `named`; those of `by` are taken over.  `own` are the entry's ids."""
        self._named, self._by, self._own = named, by, own
        self._met: set[Id] = set()
        self._revised: defaultdict[Id, Revision] = defaultdict(Revision)
        self._done: list[Record] = []

    def is_another(self, record: Any, twin: Any) -> bool:
        """Tell whether a record says what another one said that the entry has otherwise."""
        is_taken = self._by is not None and getattr(record, "annotator", None) == self._by
        return is_taken and twin.id != record.id and twin.id in self._own

    def meet(self, record: Any, twin: Any) -> bool:
        """Note that a record of the entry is the `twin` that is stored; tells whether it takes its place."""
        if not isinstance(record, Made | ArticleReading) or type(record) is not type(twin):
            return False
        if twin.annotator not in self._named or record.annotator != twin.annotator:
            return False
        self._met.add(twin.id)
        anew = _as_in_file(record, twin)
        if anew != twin and isinstance(anew, ArticleReading) and anew.state == "done":
            self._done.append(anew)
        elif anew != twin:
            self._revised[twin.annotator].changed.append(anew)
        return bool(twin.annotator == self._by)

    def found(self, there: Iterable[Record], fresh: Collection[Id]) -> tuple[dict[Id, Revision], Revision]:
        """Return what is otherwise or gone, by annotator, and what of it is to be taken over.

        `there` is all that is stored now, `fresh` what the entry brought.  That somebody has read an article
        to its end is taken over of everybody.
        """
        for one in there if self._named else ():
            if not isinstance(one, Made) or one.annotator not in self._named:
                continue
            if one.id not in self._met and one.id not in fresh:
                self._revised[one.annotator].removed.append(one.id)
        taken = (self._by and self._revised.get(self._by)) or Revision()
        return dict(self._revised), Revision([*taken.changed, *self._done], taken.removed)


def _as_in_file(record: Any, twin: Any) -> Record:
    """Return a stored record as a file has it; the actor and the claim card that it has stay."""
    if isinstance(record, ArticleReading):
        same = record.state == twin.state
        return cast(Record, twin if same else replace(twin, state=record.state, changed=record.changed))
    kept = {"id": twin.id, "created": twin.created}
    if not isinstance(record, NothingHere):
        kept["origin"] = twin.origin
    if isinstance(record, Span):
        kept |= {"actor": twin.actor or record.actor, "claim_card": twin.claim_card or record.claim_card}
    if isinstance(record, Frame) and _by_role(record.roles) == _by_role(twin.roles):
        kept["roles"] = twin.roles
    return cast(Record, replace(record, **kept))


def _by_role(roles: Iterable[RoleEnd]) -> list[RoleEnd]:
    """Return the ends role by role: files do not keep in which order those of several roles were given."""
    return sorted(roles, key=lambda one: one.role)
