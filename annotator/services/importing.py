"""Plans an import: reads, settles, hashes and checks everything first, so that one write stores it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import time_ns

from annotator.exchange.files import shown
from annotator.exchange.unread import Fields, told
from annotator.exchange.whose import how_apart
from annotator.exchange.zipped import APART, SAME_TEXT
from annotator.model.changes import BulkEdit, Portions
from annotator.model.collecting import no_collecting
from annotator.model.errors import UserError
from annotator.model.formats import Format, ImportOptions, Item, Note, Preview, Problem, Step
from annotator.model.ids import Id, new_id
from annotator.model.job import Job, Progress, paused, run
from annotator.model.near_copies import NearCopies
from annotator.model.records import Actor, ArticleContent
from annotator.model.scheme import Scheme
from annotator.plugins import door
from annotator.services.importing_alike import NOBODY
from annotator.services.importing_archives import unpack_job
from annotator.services.importing_drafts import article_edits
from annotator.services.importing_entries import Entry
from annotator.services.importing_files import EMPTY, Found, Source, find_sources
from annotator.services.importing_gathering import Gathering, gather, near_copies
from annotator.services.importing_ids import find_twins
from annotator.services.importing_joining import Joiner
from annotator.services.importing_known import Known
from annotator.services.importing_labels import LabelFound
from annotator.services.importing_marks import MarkReader
from annotator.services.importing_namesakes import Stored
from annotator.services.importing_revised import Newer, Remove
from annotator.services.importing_wholes import Shared, whole_edits
from annotator.services.spool import Spool

_STEP = 50
_NOTHING = "there is nothing in it that could be imported: no text and no label"


@dataclass(frozen=True, slots=True)
class Revised:
    """How many labels of an annotator the files have otherwise than they are here, and how many they lack."""

    annotator: str
    changed: int
    removed: int
    is_taken: bool = False
    """Whether they are taken as the files have them."""


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
    kept_copies: tuple[str, ...] = ()
    """Articles that came in though another one has the same text."""
    near_copies: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    """Where labels come to articles that are in the project already: which, and how many are new."""
    labelled: int = 0
    """How many such articles get labels."""
    formats: tuple[tuple[str, int], ...] = ()
    """What the files were read as, and how many of each."""
    already: int = 0
    """Labels, also of frames and suggestions, that those articles have already."""
    revised: tuple[Revised, ...] = ()
    """Of the annotators whom the files name, those some of whose labels are otherwise there."""


def _not_read(_: Id) -> ArticleContent:
    raise AssertionError("labels come to articles of the project: join_job has to run first")


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything an import will store, read and checked; nothing is stored yet."""

    operation: str
    summary: ImportSummary
    entries: tuple[Entry, ...]
    spool: Spool
    shared: Shared
    schemes: tuple[Scheme, Scheme] | None = None
    """The scheme that it was read against, and with the labels that it adds; None when it adds none."""

    fresh: NearCopies | None = None
    """New articles by the numbers of their entries, as long as they are to be compared with the project's."""
    words: Mapping[int, Sequence[int]] = field(default_factory=dict)
    """Of them those with labels, by a hash of their words."""
    read: Callable[[Id], ArticleContent] = _not_read
    """Reads an article of the project, on the project's own thread; given by `join_job`."""
    there: Callable[[Sequence[Id]], Collection[Id]] = frozenset
    """Tells which ids the records of the project have; given with it."""
    actors: Callable[[], Iterable[Actor]] = tuple
    """Reads the project's actors; given with it."""
    remove: Remove = lambda *_: ()
    """Removes labels of the project; given with it."""
    was_met: Callable[[Id, Id], bool] = lambda *_: False
    """Tells whether the project ever met an id from one to another; given with it."""
    newer: str = ""
    """Whose labels are taken as the files have them."""
    writing: list[Entry] = field(default_factory=list)
    """The entry that is being stored."""

    @property
    def targets(self) -> tuple[Id, ...]:
        """The articles of the project that get labels; where there are any, `join_job` has to run."""
        return tuple(one.target for one in self.entries if one.target is not None)

    @property
    def needs_project(self) -> bool:
        """Whether `join_job` has anything to look up."""
        return bool(self.targets) or self.fresh is not None or any(one.ids for one in self.entries)

    @property
    def size(self) -> int:
        """How many articles, and labels of articles, are to be written."""
        return sum(not one.is_done for one in self.entries)

    def edits(self, annotator: Id) -> Portions:
        """Return what is to be stored, article by article, in the order of the files."""
        return Portions(self._portions(annotator), self.size)

    def _portions(self, annotator: Id) -> Iterator[Iterable[BulkEdit]]:
        joiner = self.joiner(annotator)
        for _, entry, edits in self.each(annotator):
            self.writing[:] = [entry]
            if entry.target is None:
                yield joiner.keep(edits) if entry.is_joined and entry.is_whole else edits
            else:
                yield run(joiner.join(edits, entry)).edits

    def joiner(self, annotator: Id) -> Joiner:
        """Return what joins the entries; raises UserError where two files are of the one who is `newer`."""
        newer = Newer(self.entries, self.shared.annotators, self.newer, self.remove)
        return Joiner(self.read, self.there, self.targets, annotator, newer)

    def each(self, annotator: Id) -> Iterator[tuple[int, Entry, Iterator[BulkEdit]]]:
        """Yield number, entry and what it brings, before that is joined to anything."""
        shared = self.shared.fresh(self.actors(), self.was_met)
        now = time_ns() // 1000
        made: dict[int, Id] = {}
        for number, (entry, data) in enumerate(zip(self.entries, self.spool, strict=True)):
            if entry.is_done:
                continue
            # What is there already may be anybody's, where the file does not say whose it is.
            whose = annotator if entry.target is None else NOBODY
            if not entry.is_whole:
                own = made[entry.onto] if entry.onto is not None else _article_of(entry)
                if entry.is_joined:
                    made[number] = own
                yield number, entry, article_edits(data, own, shared, whose, now)
            else:
                yield number, entry, whole_edits(entry, data, shared, whose)

    def close(self) -> None:
        """Let go of the temporary file."""
        self.spool.close()


def _article_of(entry: Entry) -> Id:
    """The id that marks are read for: a version of a text has one of its own until it is joined."""
    return new_id() if entry.target is None or entry.is_version else entry.target


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
    paths: Sequence[Path], options: ImportOptions, known: Known, format_name: str = ""
) -> Job[ImportPlan]:
    """Read and check files and folders for a project of which this is known."""
    unpacked = yield from unpack_job(paths, formats_in())
    found = find_sources(unpacked.paths, formats_in(), format_name, options)
    above = Shared(dict(known.annotators), set(known.shared), dict(known.actors), dict(known.cards))
    marks = MarkReader(known.scheme, options, known.former)
    gathered = Gathering(known.texts, above, marks, stored=Stored(known.stored), problems=unpacked.problems)
    _tell(found, paths, gathered)
    options = replace(options, scheme=options.scheme or known.scheme, gate=marks.labels)
    try:
        with no_collecting():
            yield from _read_all(found.sources, options, gathered)
    except BaseException:
        gathered.spool.close()
        raise
    finally:
        unpacked.close()
    return replace(_plan(gathered, known.scheme, _formats_of(found.sources)), newer=options.newer)


def _tell(found: Found, paths: Sequence[Path], gathered: Gathering) -> None:
    """Take over what was wrong and odd with files before any was read."""
    gathered.problems += found.problems
    is_nothing = not found.sources and not gathered.problems
    # That there is no file is told once, by the name of what holds none.
    gathered.notes += [one for one in found.notes if not (is_nothing and one.startswith(EMPTY))]
    if is_nothing:
        names = ", ".join(shown(one.name) for one in paths) or "(nothing)"
        where = "the folder" if paths and all(one.is_dir() for one in paths) else "it"
        why = f"no file in {where} can be imported" if gathered.notes else f"{EMPTY} {where}"
        gathered.problems.append(Problem(names, why))


def _formats_of(sources: Iterable[Source]) -> tuple[tuple[str, int], ...]:
    """Return the names of the formats that were read, and how many files of each."""
    names = {id(one.importer): name for name, one in formats_in().items()}
    return tuple(Counter(names[id(one.importer)] for one in sources).most_common())


def _plan(gathered: Gathering, scheme: Scheme, formats: tuple[tuple[str, int], ...]) -> ImportPlan:
    for one in gathered.marks.missing():
        if isinstance(one, Problem):
            gathered.problems.append(one)
        else:
            gathered.notes.append(str(one))
    if gathered.marks.linked.links:
        gathered.notes.append(gathered.marks.linked.told())
    if gathered.joined:
        gathered.notes.append(_joined_note(gathered, formats))
    if gathered.twins.dropped:
        gathered.notes.append(
            f"labels that a text got more than once, the same of the same annotator, came in once:"
            f" {gathered.twins.dropped:,} left out"
        )
    count = sum(one.onto is None and one.target is None for one in gathered.entries)
    new = {at: one for at, one in enumerate(gathered.entries) if one.target is None}
    gathered.notes += find_twins(new, gathered.spool.__getitem__)
    labels = gathered.marks.labels
    summary = ImportSummary(
        count,
        tuple(gathered.copies),
        tuple(gathered.problems),
        tuple(dict.fromkeys(gathered.notes)),
        *gathered.counts,
        labels=labels.found(),
        kept_copies=tuple(gathered.kept_copies),
        near_copies=near_copies(gathered.entries),
        formats=formats,
    )
    operation = operation_name(count, 0)
    schemes = None if labels.scheme == scheme else (scheme, labels.scheme)
    entries = tuple(gathered.entries)
    fresh = gathered.near if gathered.near and gathered.known else None
    return ImportPlan(
        operation, summary, entries, gathered.spool, gathered.shared, schemes, fresh, gathered.words
    )


def _joined_note(gathered: Gathering, formats: Iterable[tuple[str, int]]) -> str:
    """Say how often labels came to one article for its text alone, and how to keep such articles apart."""
    times = "once" if gathered.joined == 1 else f"{gathered.joined:,} times"
    note = f"labels of one article came from several files or records: joined {times}"
    if gathered.first_joined is None:
        return note
    options = [one for name, _ in formats for one in formats_in()[name].options_in]
    how = how_apart(options)
    if not how and SAME_TEXT in options:
        how = f" (option {SAME_TEXT.name}={APART} keeps an article for each file)"
    return "{}, such as those of {} with those of {}{}".format(note, *gathered.first_joined, how)


def operation_name(articles: int, labelled: int) -> str:
    """Return what an import is called among the steps that can be undone."""
    if labelled and not articles:
        return f"Import labels for {_articles(labelled)}"
    more = f", labels for {labelled:,} more" if labelled else ""
    return f"Import {_articles(articles)}{more}"


def _articles(count: int) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}"


def _read_all(sources: Sequence[Source], options: ImportOptions, gathered: Gathering) -> Job[None]:
    total, done = sum(one.size for one in sources), 0
    for some in _together(sources, options):
        size = sum(one.size for one in some)
        for read in _read(some, options, gathered):
            yield Progress(done + min(read, size), total, some[0].name)
        done += size
        yield Progress(done, total, some[-1].name)


def _together(sources: Iterable[Source], options: ImportOptions) -> Iterable[list[Source]]:
    """Return the files one by one, but those together, at the place of the first, that are read at once."""
    found: dict[object, list[Source]] = {}
    for place, one in enumerate(sources):
        together = getattr(one.importer, "together", None)
        key = together(one.path, options) if together is not None else None
        found.setdefault(place if key is None else (id(one.importer), key), []).append(one)
    return found.values()


def _read(some: Sequence[Source], options: ImportOptions, gathered: Gathering) -> Iterator[int]:
    """Gather one file, or some at once, yielding now and then about how many bytes are read."""
    read, source, before = 0, some[0], gathered.told
    try:
        for count, (place, item) in enumerate(_items(some, options), 1):
            if some[place] is not source:
                _end(source, gathered)
                source = some[place]
            if isinstance(item, Step):
                yield max(read, item.done)
                continue
            read += yield from paused(gather(item, source, gathered), read)
            if count % _STEP == 0:
                yield read
    except UserError as error:
        gathered.problems.append(Problem(shown(source.name), str(error)))
    _end(source, gathered)
    if len(some) == 1 and gathered.told == before:
        gathered.notes.append(str(Note(shown(source.name), _NOTHING)))


def _items(some: Sequence[Source], options: ImportOptions) -> Iterable[tuple[int, Item]]:
    importer = some[0].importer
    if len(some) == 1:
        items: Iterable[Item] = importer.read(some[0].path, options)
        fields: Fields | None = getattr(importer, "fields", None)
        return ((0, item) for item in (told(items, some[0].path, options, fields) if fields else items))
    found: Iterable[tuple[int, Item]] = getattr(importer, "read_together")(  # noqa: B009 - it may have it
        [one.path for one in some], options
    )
    return found


def _end(source: Source, gathered: Gathering) -> None:
    """Take over what was missing and odd in a file."""
    gathered.marks.keep_missing(shown(source.name))
    gathered.take_words(shown(source.name))


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
