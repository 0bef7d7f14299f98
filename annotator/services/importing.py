"""Plans an import: reads, settles, hashes and checks everything first, so that one write stores it all."""

from __future__ import annotations

import marshal
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import time_ns
from typing import TypeVar

from annotator.exchange.files import shown
from annotator.model.changes import BulkEdit
from annotator.model.collecting import no_collecting
from annotator.model.errors import TextRefused, UserError
from annotator.model.formats import (
    Draft,
    Format,
    ImportOptions,
    Item,
    Note,
    Packed,
    Preview,
    Problem,
    Whole,
)
from annotator.model.ids import Id, new_id
from annotator.model.job import Job, Progress
from annotator.model.near_copies import NearCopies
from annotator.model.oddities import find_oddities
from annotator.model.scheme import Scheme
from annotator.model.text import TEXT_LIMIT, Settled, settle, sha256_of
from annotator.plugins import door
from annotator.services.importing_drafts import article_edits, pack_article, pack_marks
from annotator.services.importing_files import Source, find_sources
from annotator.services.importing_labels import LabelFound
from annotator.services.importing_marks import MarkReader
from annotator.services.importing_wholes import Shared, whole_edits
from annotator.services.spool import Spool

_STEP = 50
Told = TypeVar("Told", Note, Problem)
Counts = tuple[int, int, int, int]
"""Spans, frames, labels of articles, suggestions."""


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import brings: articles, texts that were there already, problems, and what was odd."""

    articles: int
    copies: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    spans: int = 0
    frames: int = 0
    article_labels: int = 0
    suggestions: int = 0
    labels: tuple[LabelFound, ...] = ()
    """Labels of files that have their own, and what they are in the scheme."""
    near_copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything an import will store, read and checked; nothing is stored yet."""

    operation: str
    summary: ImportSummary
    entries: tuple[_Entry, ...]
    spool: Spool
    shared: Shared
    schemes: tuple[Scheme, Scheme] | None = None
    """The scheme that it was read against, and with the labels that it adds; None when it adds none."""

    def edits(self, annotator: Id) -> Iterator[BulkEdit]:
        """Yield what is to be stored, article by article, in the order of the files."""
        shared = self.shared.fresh()
        now = time_ns() // 1000
        made: dict[int, Id] = {}
        for number, (entry, data) in enumerate(zip(self.entries, self.spool, strict=True)):
            if entry.packed is None and entry.whole is None:
                own = made[entry.onto] if entry.onto is not None else new_id()
                if entry.is_joined:
                    made[number] = own
                yield from article_edits(data, own, shared, annotator, now)
            else:
                yield from whole_edits(entry.packed, entry.whole, data, shared, annotator)

    def close(self) -> None:
        """Let go of the temporary file."""
        self.spool.close()


@dataclass(slots=True)
class _Entry:
    packed: Packed | None = None
    whole: Whole | None = None
    onto: int | None = None
    """The number of the entry whose article gets these labels."""
    is_joined: bool = False
    """Whether later entries bring labels for this article."""


@dataclass(slots=True)
class _Gathering:
    """What an import has found so far."""

    known: Mapping[str, Id]
    shared: Shared
    marks: MarkReader
    spool: Spool = field(default_factory=Spool)
    entries: list[_Entry] = field(default_factory=list)
    here: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    """By hash: place, key and number of the first article with that text in this import."""
    ids: dict[Id, str] = field(default_factory=dict)
    stored: frozenset[Id] = frozenset()
    copies: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: Counts = (0, 0, 0, 0)
    near: NearCopies = field(default_factory=NearCopies)
    near_copies: list[str] = field(default_factory=list)
    joined: int = 0
    """How many files or records brought labels for an article that was there already."""
    places: list[str] = field(default_factory=list)
    """Of the articles that were compared, in order."""

    def add(self, entry: _Entry, data: bytes, more: Counts) -> None:
        """Take in what one article or its labels will be stored from."""
        self.entries.append(entry)
        self.spool.put(data)
        self.counts = _sum(self.counts, more)

    def take_words(self, file: str) -> None:
        """Take over what was wrong and what was odd with labels of a file."""
        self.problems += self.marks.problems
        self.notes += [str(Note(file, note, line)) for line, note in self.marks.notes]
        self.marks.problems.clear()
        self.marks.notes.clear()

    def compare(self, text: str, place: str) -> None:
        """Note when an article is nearly like one before."""
        found = self.near.add(text)
        if found is not None:
            other, share = found
            self.near_copies.append(f"{place} is nearly the same as {self.places[other]} ({share:.0%})")
        self.places.append(place)


def formats_in() -> Mapping[str, Format]:
    """Return the formats that can be imported, by name."""
    return door.importers()


def plugin_faults() -> tuple[str, ...]:
    """Return a sentence for each format and suggester of other people's that is left out."""
    return tuple(map(str, door.faults()))


def preview(path: Path, options: ImportOptions, format_name: str = "") -> Preview:
    """Return what a file would give; raises UserError when it cannot be read."""
    found = find_sources([path], formats_in(), format_name, options)
    if not found.sources:
        raise UserError(
            str(found.problems[0]) if found.problems else f"{shown(path.name)}: nothing to import"
        )
    try:
        return found.sources[0].importer.preview(path, options)
    except UserError as error:
        raise _placed(error, path.name) from error


def plan_import(
    paths: Sequence[Path],
    options: ImportOptions,
    *,
    format_name: str = "",
    known: Mapping[str, Id],
    scheme: Scheme,
    annotators: Mapping[str, Id],
    shared: Collection[Id] = frozenset(),
    actors: Mapping[str, Id] | None = None,
) -> Job[ImportPlan]:
    """Read and check files and folders; `shared` are ids of actors and claim cards already in the project.

    `actors` are those of the project by name.
    """
    found = find_sources(paths, formats_in(), format_name, options)
    above = Shared(dict(annotators), set(shared), dict(actors or {}))
    marks = MarkReader(scheme, options)
    gathered = _Gathering(known, above, marks, stored=frozenset(known.values()))
    gathered.problems += found.problems
    gathered.notes += found.notes
    if not found.sources and not found.problems:
        name = shown(paths[0].name) if paths else "(nothing)"
        gathered.problems.append(Problem(name, "the folder holds no file that can be imported"))
    if options.scheme is None:
        options = replace(options, scheme=scheme)
    total, done = sum(one.size for one in found.sources), 0
    try:
        with no_collecting():
            for source in found.sources:
                for read in _read(source, options, gathered):
                    yield Progress(done + min(read, source.size), total, source.name)
                done += source.size
                yield Progress(done, total, source.name)
    except BaseException:
        gathered.spool.close()
        raise
    return _plan(gathered, scheme)


def _plan(gathered: _Gathering, scheme: Scheme) -> ImportPlan:
    if gathered.joined:
        times = "once" if gathered.joined == 1 else f"{gathered.joined:,} times"
        gathered.notes.append(f"labels for a text that had some already were joined on one article {times}")
    count = sum(one.onto is None for one in gathered.entries)
    labels = gathered.marks.labels
    summary = ImportSummary(
        count,
        tuple(gathered.copies),
        tuple(gathered.problems),
        tuple(dict.fromkeys(gathered.notes)),
        *gathered.counts,
        labels=labels.found(),
        near_copies=tuple(gathered.near_copies),
    )
    operation = f"Import {count:,} article{'' if count == 1 else 's'}"
    schemes = None if labels.scheme == scheme else (scheme, labels.scheme)
    entries = tuple(gathered.entries)
    return ImportPlan(operation, summary, entries, gathered.spool, gathered.shared, schemes)


def _read(source: Source, options: ImportOptions, gathered: _Gathering) -> Iterator[int]:
    """Gather one file, yielding now and then about how many bytes of it are read."""
    read = 0
    try:
        for count, item in enumerate(source.importer.read(source.path, options), 1):
            read += _gather(item, source, gathered)
            if count % _STEP == 0:
                yield read
    except UserError as error:
        gathered.problems.append(Problem(shown(source.name), str(error)))
    gathered.marks.tell_missing(shown(source.name))
    gathered.take_words(shown(source.name))


def _gather(item: Item, source: Source, gathered: _Gathering) -> int:
    match item:
        case Draft():
            return _gather_draft(item, source, gathered)
        case Packed():
            facts = (item.article, item.sha256, item.name)
            if _is_new_whole(facts, item.line, source, gathered):
                gathered.add(_Entry(packed=replace(item, data=b"")), item.data, item.counts)
            return len(item.data)
        case Whole():
            article = item.content.article
            facts = (article.id, article.sha256, article.name)
            if _is_new_whole(facts, item.line, source, gathered):
                gathered.add(_Entry(whole=item), b"", _counts(item))
            return len(article.text)
        case Note():
            gathered.notes.append(str(_in_folder(item, source)))
        case Problem():
            gathered.problems.append(_in_folder(item, source))
    return 0


def _in_folder(item: Told, source: Source) -> Told:
    """Importers know a file's name alone; here it is told with the folders it was found in."""
    return replace(item, file=shown(source.name)) if item.file == shown(source.path.name) else item


def _is_new_whole(facts: tuple[Id, str, str], line: int | None, source: Source, gathered: _Gathering) -> bool:
    """Ids in the file are kept; an id that stands for another text is refused."""
    article, sha256, name = facts
    place = str(Note(shown(source.name), shown(name), line))
    if sha256 in gathered.known:
        gathered.copies.append(f"{place} is already in the project")
        return False
    other = "the project has an article" if article in gathered.stored else gathered.ids.get(article)
    if other is not None:
        reason = f"{other} with this id, but with another text; give this one an id of its own"
        if gathered.here.get(sha256, ("", "", 0))[1] == article.hex():
            gathered.copies.append(f"{place} stands twice")
        else:
            gathered.problems.append(Problem(shown(source.name), reason, line, "id"))
        return False
    first = gathered.here.setdefault(sha256, (place, article.hex(), len(gathered.entries)))
    if first[0] != place:
        gathered.copies.append(
            f"{place} has the same text as {first[0]}; both are kept, each with its own id"
        )
    gathered.ids[article] = f"{place} is an article"
    return True


def _gather_draft(draft: Draft, source: Source, gathered: _Gathering) -> int:
    name = source.name if draft.name == source.path.name else draft.name
    place = str(Note(shown(source.name), shown(name), draft.line)) if draft.line else shown(source.name)
    try:
        settled = settle(draft.text)
        if len(settled.text) > TEXT_LIMIT:
            raise TextRefused(
                f"the text has {len(settled.text):,} characters, and {TEXT_LIMIT:,} is the limit; "
                "split it into several articles",
                TEXT_LIMIT,
            )
    except TextRefused as error:
        gathered.problems.append(Problem(shown(source.name), str(error), draft.line))
        return len(draft.text)
    _take(replace(draft, name=name), settled, place, shown(source.name), gathered)
    return len(draft.text)


def _take(draft: Draft, settled: Settled, place: str, file: str, gathered: _Gathering) -> None:
    """Take in a draft as an article of its own, or its labels for one that came before, or neither."""
    sha256 = sha256_of(settled.text)
    onto = _joined(sha256, draft, gathered)
    if onto is None and _is_copy(sha256, draft.key, place, gathered):
        return
    article = marks = None
    if onto is None:
        notes = (*draft.notes, *settled.notes, *find_oddities(settled.text))
        gathered.notes += [f"{place}: {note}" for note in notes]
        article = pack_article(draft, settled.text, sha256, notes)
        gathered.compare(settled.text, place)
    counts: Counts = (0, 0, 0, 0)
    if draft.marks:
        read = gathered.marks.read(draft, draft.marks, settled, file)
        gathered.take_words(file)
        marks, counts = pack_marks(read), read.counts
    gathered.add(_Entry(onto=onto), marshal.dumps((article, marks)), counts)


def _joined(sha256: str, draft: Draft, gathered: _Gathering) -> int | None:
    """Return the number of the entry of the same text that a draft's labels are for, if there is one."""
    if draft.marks is None or sha256 in gathered.known or sha256 not in gathered.here:
        return None
    _first, key, number = gathered.here[sha256]
    entry = gathered.entries[number]
    if draft.key != key or entry.packed is not None or entry.whole is not None:
        return None
    entry.is_joined = True
    gathered.joined += 1
    return number


def _is_copy(sha256: str, key: str, place: str, gathered: _Gathering) -> bool:
    """An exact copy is left out and said; articles with keys of their own are kept, and said."""
    if sha256 in gathered.known:
        gathered.copies.append(f"{place} is already in the project")
        return True
    if sha256 not in gathered.here:
        gathered.here[sha256] = (place, key, len(gathered.entries))
        return False
    first, first_key, _number = gathered.here[sha256]
    if key and first_key and key != first_key:
        gathered.copies.append(f"{place} has the same text as {first}; both are kept, each with its own id")
        return False
    gathered.copies.append(f"{place} has the same text as {first}")
    return True


def _sum(one: Counts, other: Counts) -> Counts:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3]


def _counts(whole: Whole) -> Counts:
    content = whole.content
    proposed = len(content.suggested_spans) + len(content.suggested_frames)
    return len(content.spans), len(content.frames), len(content.labels), proposed


def _placed(error: UserError, name: str) -> UserError:
    """The same error, its sentence opening with the file's name."""
    error.args = (f"{shown(name)}: {error}", *error.args[1:])
    return error


__all__ = [
    "ImportOptions",
    "ImportPlan",
    "ImportSummary",
    "formats_in",
    "plan_import",
    "plugin_faults",
    "preview",
]
