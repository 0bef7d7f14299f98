"""Joins labels of files to articles that are in the project already, and leaves what is there alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from annotator.exchange.record_faults import short
from annotator.model.changes import Add, AddMany, BulkEdit
from annotator.model.ids import Id, new_id
from annotator.model.near_copies import is_partly, prints_in_steps
from annotator.model.realigning import Respaced, realigned, words_of
from annotator.model.records import (
    Actor,
    Annotator,
    Article,
    ArticleContent,
    ArticleLabel,
    ArticleReading,
    Block,
    ClaimCard,
    Fragment,
    Frame,
    NothingHere,
    Record,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.services.importing_alike import NOBODY, Alike, says_more
from annotator.services.importing_entries import Entry
from annotator.services.importing_relations import RING, inner_first
from annotator.services.importing_revised import Newer, Revising, Revision
from annotator.services.importing_there import FRAMES, PACE, There, key_of

COUNTED = (Span, Frame, ArticleLabel, SuggestedSpan, SuggestedFrame)
_Find = Callable[[Sequence[Fragment]], tuple[Fragment, ...] | None]
_LONG = 50_000
"""Characters of a text from which on it is taken up in steps."""


@dataclass(slots=True)
class Joined:
    """What of an entry is new to its article, and what became of the rest."""

    edits: list[BulkEdit]
    counts: Counter[type] = field(default_factory=Counter)
    """New records by their kind."""
    already: int = 0
    differing: int = 0
    """Of those that are there already: how many say something else of the same words."""
    lost: list[str] = field(default_factory=list)
    """What could not be found in another version of the text, in words."""
    twins: int = 0
    """Of the new records: how many get another id, as a record of another article has theirs."""
    revised: Mapping[Id, Revision] = field(default_factory=dict)
    """By annotator, what the file has otherwise than it is here, and what it lacks."""
    taken: Revision = field(default_factory=Revision)
    """What of this took the place of what was here."""
    is_own: bool = False
    """That the text is too different to be a version: it comes in as an article of its own."""

    @property
    def new(self) -> int:
        """How many labels, also of frames and suggestions, are new."""
        return sum(self.counts[kind] for kind in COUNTED)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is new."""
        return all(isinstance(one, Add) and isinstance(one.record, Annotator) for one in self.edits)


class Joiner:
    """Joins the entries of one import, one after another; what has no annotator is `annotator`'s."""

    def __init__(
        self,
        read: Callable[[Id], ArticleContent],
        elsewhere: Callable[[Sequence[Id]], Collection[Id]],
        targets: Iterable[Id],
        annotator: Id,
        newer: Newer,
    ) -> None:
        self._read = read
        self._elsewhere = elsewhere
        self._annotator = annotator
        self._newer = newer
        met = Counter(targets)
        self._repeated = {target for target, count in met.items() if count > 1}
        self._kept: dict[Id, There] = {}

    def keep(self, edits: Iterable[BulkEdit]) -> Sequence[BulkEdit]:
        """Take in, and return, what is stored of a new article for which more is to come."""
        given = [*edits]
        records = [one for edit in given for one in _records(edit)]
        (article,) = [one for one in records if isinstance(one, Article)]
        there = self._kept[article.id] = There(article)
        for one in records:
            if not isinstance(one, Article | Annotator | Block):
                there.add(one)
        return given

    def join(self, edits: Iterable[BulkEdit], entry: Entry) -> Generator[None, None, Joined]:
        """Return what of these edits is new to the stored article that is the entry's target.

        Where it has very many labels, or a long text, it pauses now and then.
        """
        target = entry.target
        assert target is not None
        there = self._kept.get(target) or (yield from There.of(self._read(target)))
        if target in self._repeated:
            self._kept[target] = there
        given: list[BulkEdit] = []
        for edit in edits:
            given.append(edit)
            if len(_records(edit)) > PACE:
                yield
        alike = None
        if not entry.is_whole:
            alike = yield from there.alike(self._annotator, is_unbroken=entry.is_unbroken)
        if not entry.is_version:
            joined = yield from _Joining(
                there,
                self._annotator,
                self._elsewhere,
                alike,
                revising=self._newer.revising(entry, (one.id for edit in given for one in _records(edit))),
            ).join(given)
            joined.edits += self._newer.edits(joined.taken)
            return joined
        (article,) = [one for edit in given for one in _records(edit) if isinstance(one, Article)]
        find = yield from _finder(article.text, there.text)
        if find is not None:
            version = (article.text, find)
            return (yield from _Joining(there, self._annotator, self._elsewhere, alike, version).join(given))
        if article.id == target:
            return Joined([], lost=["the project has an article with this id, but with quite another text"])
        made = [_by_somebody(edit, self._annotator) for edit in given]
        return Joined(made, Counter(type(one) for edit in given for one in _records(edit)), is_own=True)


class _Joining:
    """The records of one entry on their way to one article.

    Where their text is another version, `version` is that text, and what finds its stretches in the article.
    """

    def __init__(
        self,
        there: There,
        annotator: Id,
        elsewhere: Callable[[Sequence[Id]], Collection[Id]],
        alike: Alike | None,
        version: tuple[str | None, _Find] = (None, tuple),
        *,
        revising: Revising | None = None,
    ) -> None:
        self._there = there
        self._annotator = annotator
        self._elsewhere = elsewhere
        self._alike = alike
        self._text, self._find = version
        self._revising = revising or Revising()
        self._ids: dict[Id, Id] = {}
        """What stands for an id here, where it is another one."""
        self._gone: set[Id] = set()
        self._fresh: set[Id] = set()
        self._joined = Joined([])

    def join(self, edits: Iterable[BulkEdit]) -> Generator[None, None, Joined]:
        for edit in edits:
            new: list[Record] = []
            for at, one in enumerate(self._new(_records(edit))):
                new += [] if one is None else [one]
                if at % PACE == PACE - 1:
                    yield
            if isinstance(edit, AddMany) and new:
                self._joined.edits.append(AddMany(new))
            else:
                self._joined.edits += map(Add, new)
        self._joined.revised, self._joined.taken = self._revising.found(self._there.records, self._fresh)
        return self._joined

    def _new(self, records: Sequence[Record]) -> Iterator[Record | None]:
        """Yield for each record what is new of it, if anything."""
        in_order, in_rings = _in_order(records)
        for one in in_order:
            if isinstance(one, Article):
                self._ids[one.id] = self._there.article
            elif isinstance(one, Annotator):
                yield one
            elif not isinstance(one, Block):
                yield self._one(one)
        if self._foresee(in_rings):
            yield from map(self._one, in_rings)

    def _foresee(self, ring: Sequence[Frame]) -> bool:
        """Look for frames that point to each other all at once; tells whether they can be looked for."""
        if self._alike is None:
            return True
        if len(ring) > RING:
            self._lose(
                f"{len(ring):,} frames point to each other in a ring; more than {RING} such are not looked"
                " for among those of the article, and were left out"
            )
            return False
        self._ids |= self._alike.foresee(ring)
        return True

    def _one(self, given: Record) -> Record | None:
        record = self._moved(given)
        if record is None:
            self._gone.add(given.id)
            return None
        twin = self._twin(given, record)
        if twin is not None and self._revising.is_another(record, twin):
            twin = self._there.own(record)
        if twin is None:
            made: Record = self._with_own_id(_made_by(record, self._annotator))
            self._there.add(made)
            self._fresh.add(made.id)
            self._joined.counts[type(made)] += 1
            return made
        self._ids[given.id] = twin.id
        is_taken = self._revising.meet(record, twin)
        if isinstance(record, COUNTED):
            self._joined.already += 1
            self._joined.differing += not is_taken and self._differs(record, twin)
        return None

    def _with_own_id(self, record: Any) -> Record:
        """Return a new record with an id that no other article has."""
        if isinstance(record, Actor | ClaimCard) or not self._elsewhere((record.id,)):
            return cast(Record, record)
        made: Record = replace(record, id=new_id())
        self._ids[record.id] = made.id
        self._joined.twins += 1
        return made

    def _twin(self, given: Record, record: Record) -> Record | None:
        """Return what is there already of a record; ends are looked for as they are `given`."""
        if self._alike is None or not isinstance(record, COUNTED):
            return self._there.twin(_made_by(record, self._annotator), self._fresh)
        found: Record | None = self._alike.twin(given if isinstance(given, FRAMES) else record, self._fresh)
        return found

    def _differs(self, record: Record, twin: Record) -> bool:
        if self._alike is None and (type(record) is not type(twin) or key_of(record) != key_of(twin)):
            return True
        return says_more(record, twin)

    def _moved(self, given: Record) -> Record | None:
        """Return a record as it is in this article; None where its words, or what it points to, are lost."""
        record: Any = given
        if hasattr(record, "article") and record.article is not None:
            record = replace(record, article=self._there.article)
        if isinstance(record, Span) and (record.actor in self._ids or record.claim_card in self._ids):
            record = replace(record, actor=self._here(record.actor), claim_card=self._here(record.claim_card))
        if isinstance(record, FRAMES):
            return self._linked(record)
        return cast(Record, record) if self._text is None else self._realigned(record)

    def _here(self, one: Id | None) -> Id | None:
        return None if one is None else self._ids.get(one, one)

    def _linked(self, frame: Frame | SuggestedFrame) -> Frame | SuggestedFrame | None:
        if any(end.end in self._gone for end in frame.roles):
            self._lose(f"{frame.label}: the words of one of its ends are not found")
            return None
        if not any(end.end in self._ids for end in frame.roles):
            return frame
        roles = tuple(end._replace(end=self._ids.get(end.end, end.end)) for end in frame.roles)
        return replace(frame, roles=tuple(dict.fromkeys(roles)))

    def _realigned(self, record: Any) -> Record | None:
        """Return a record of another version of the text with its words where they stand here."""
        assert self._text is not None
        if isinstance(record, ArticleReading):
            return None  # it was read as it was there, not as it is here
        if isinstance(record, NothingHere):
            if record.stretch is None:
                return None
            found = self._find([record.stretch])
            return None if found is None else replace(record, stretch=found[0])
        if not isinstance(record, Span | SuggestedSpan):
            return cast(Record, record)
        found = self._find(record.fragments)
        if found is None:
            words = " … ".join(self._text[start:end] for start, end in record.fragments)
            self._lose(f"{record.label} {short(words)}: it is not told where these words stand here")
            return None
        return replace(record, fragments=found)

    def _lose(self, words: str) -> None:
        self._joined.lost.append(words)


def _finder(text: str, stored: str) -> Generator[None, None, _Find | None]:
    """Return what finds stretches of another version of a text in the stored one; None for another text."""
    words = words_of(text)
    if len(text) > _LONG:
        yield
    is_same = words == words_of(stored)
    if len(text) > _LONG:
        yield
    if is_same:
        return (yield from Respaced.of(text, stored)).find
    if is_partly((yield from prints_in_steps(text)), (yield from prints_in_steps(stored))):
        return lambda fragments: realigned(fragments, text, stored)
    return None


def _records(edit: BulkEdit) -> Sequence[Record]:
    return edit.records if isinstance(edit, AddMany) else (edit.record,)


def _in_order(records: Sequence[Record]) -> tuple[Sequence[Record], Sequence[Frame]]:
    """Return the records of one kind as they are, but frames after the frames that they point to.

    Those that cannot be so, as they point to each other, come apart.
    """
    if not records or not isinstance(records[0], FRAMES):
        return records, ()
    frames = cast("Sequence[Frame]", records)
    return inner_first(frames, lambda one: one.id, lambda one: (end.end for end in one.roles))


def _made_by(record: Any, annotator: Id) -> Any:
    """Return a record that says who made it."""
    is_nobodys = getattr(record, "annotator", None) == NOBODY
    return replace(record, annotator=annotator) if is_nobodys else record


def _by_somebody(edit: BulkEdit, annotator: Id) -> BulkEdit:
    if isinstance(edit, AddMany):
        return AddMany([_made_by(one, annotator) for one in edit.records])
    return Add(_made_by(edit.record, annotator)) if isinstance(edit, Add) else edit
