"""Plans an import: reads, settles, hashes and checks everything first, so that one write stores it all."""

from __future__ import annotations

import marshal
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import time_ns
from typing import Any

from annotator.exchange.files import shown
from annotator.model.blocks import find_blocks, find_facts, find_title
from annotator.model.changes import Add, AddMany, BulkEdit
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
from annotator.model.ids import Id, new_ids
from annotator.model.job import Job, Progress
from annotator.model.language import find_language
from annotator.model.oddities import find_oddities
from annotator.model.records import Article, Block
from annotator.model.scheme import Scheme
from annotator.model.text import TEXT_LIMIT, settle, sha256_of
from annotator.plugins import door
from annotator.services.importing_files import Source, find_sources
from annotator.services.importing_wholes import Shared, whole_edits
from annotator.services.spool import Spool

_STEP = 50


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import brings: articles, texts that were there already, problems, and what was odd."""

    articles: int
    copies: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything an import will store, read and checked; nothing is stored yet."""

    operation: str
    summary: ImportSummary
    entries: tuple[_Entry, ...]
    spool: Spool
    shared: Shared

    def edits(self, annotator: Id) -> Iterator[BulkEdit]:
        """Yield what is to be stored, article by article, in the order of the files."""
        shared = self.shared.fresh()
        now = time_ns() // 1000
        for entry, data in zip(self.entries, self.spool, strict=True):
            if entry.packed is None and entry.whole is None:
                yield from _draft_edits(marshal.loads(data), now)  # noqa: S302 - our own temporary file
            else:
                yield from whole_edits(entry.packed, entry.whole, data, shared, annotator)

    def close(self) -> None:
        """Let go of the temporary file."""
        self.spool.close()


@dataclass(frozen=True, slots=True)
class _Entry:
    packed: Packed | None = None
    whole: Whole | None = None


@dataclass(slots=True)
class _Gathering:
    """What an import has found so far."""

    known: Mapping[str, Id]
    shared: Shared
    spool: Spool = field(default_factory=Spool)
    entries: list[_Entry] = field(default_factory=list)
    here: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By hash: name and key of the first article with that text in this import."""
    ids: dict[Id, str] = field(default_factory=dict)
    stored: frozenset[Id] = frozenset()
    copies: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def formats_in() -> Mapping[str, Format]:
    """Return the formats that can be imported, by name."""
    return {name: one for name, one in door.formats().items() if one.importer is not None}


def plugin_faults() -> tuple[str, ...]:
    """Return a sentence for each format and suggester of other people's that is left out."""
    return tuple(map(str, door.faults()))


def preview(path: Path, options: ImportOptions, format_name: str = "") -> Preview:
    """Return what a file would give; raises UserError when it cannot be read."""
    found = find_sources([path], formats_in(), format_name)
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
) -> Job[ImportPlan]:
    """Read and check files and folders; `shared` are ids of actors and claim cards already in the project."""
    found = find_sources(paths, formats_in(), format_name)
    gathered = _Gathering(known, Shared(dict(annotators), set(shared)), stored=frozenset(known.values()))
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
    return _plan(gathered)


def _plan(gathered: _Gathering) -> ImportPlan:
    count = len(gathered.entries)
    summary = ImportSummary(
        count, tuple(gathered.copies), tuple(gathered.problems), tuple(dict.fromkeys(gathered.notes))
    )
    operation = f"Import {count:,} article{'' if count == 1 else 's'}"
    return ImportPlan(operation, summary, tuple(gathered.entries), gathered.spool, gathered.shared)


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


def _gather(item: Item, source: Source, gathered: _Gathering) -> int:
    match item:
        case Draft():
            return _gather_draft(item, source, gathered)
        case Packed():
            facts = (item.article, item.sha256, item.name)
            if _is_new_whole(facts, item.line, source, gathered):
                gathered.entries.append(_Entry(packed=replace(item, data=b"")))
                gathered.spool.put(item.data)
            return len(item.data)
        case Whole():
            article = item.content.article
            facts = (article.id, article.sha256, article.name)
            if _is_new_whole(facts, item.line, source, gathered):
                gathered.entries.append(_Entry(whole=item))
                gathered.spool.put(b"")
            return len(article.text)
        case Note():
            gathered.notes.append(str(item))
        case Problem():
            gathered.problems.append(item)
    return 0


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
        if gathered.here.get(sha256, ("", ""))[1] == article.hex():
            gathered.copies.append(f"{place} stands twice")
        else:
            gathered.problems.append(Problem(shown(source.name), reason, line, "id"))
        return False
    first = gathered.here.setdefault(sha256, (place, article.hex()))
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
    sha256 = sha256_of(settled.text)
    if not _is_copy(sha256, draft.key, place, gathered):
        notes = (*draft.notes, *settled.notes, *find_oddities(settled.text))
        gathered.notes += [f"{place}: {note}" for note in notes]
        gathered.entries.append(_Entry())
        gathered.spool.put(marshal.dumps(_settled_draft(draft, name, settled.text, sha256, notes)))
    return len(draft.text)


def _is_copy(sha256: str, key: str, place: str, gathered: _Gathering) -> bool:
    """An exact copy is left out and said; articles with keys of their own are kept, and said."""
    if sha256 in gathered.known:
        gathered.copies.append(f"{place} is already in the project")
        return True
    if sha256 not in gathered.here:
        gathered.here[sha256] = (place, key)
        return False
    first, first_key = gathered.here[sha256]
    if key and first_key and key != first_key:
        gathered.copies.append(f"{place} has the same text as {first}; both are kept, each with its own id")
        return False
    gathered.copies.append(f"{place} has the same text as {first}")
    return True


def _settled_draft(
    draft: Draft, name: str, text: str, sha256: str, notes: tuple[str, ...]
) -> tuple[Any, ...]:
    blocks = find_blocks(text, draft.title)
    title = draft.title or find_title(text, name, blocks)
    meta = find_facts(text, blocks) | dict(draft.meta)
    return name, title, text, sha256, draft.language or find_language(text), meta, notes, blocks


def _draft_edits(data: tuple[Any, ...], now: int) -> Iterator[BulkEdit]:
    *facts, blocks = data
    name, title, text, sha256, language, meta, notes = facts
    ids = new_ids(len(blocks) + 1)
    yield Add(Article(ids[0], name, title, text, sha256, language, meta, tuple(notes), now))
    yield AddMany(
        [
            Block(one, ids[0], start, end, kind)
            for one, (start, end, kind) in zip(ids[1:], blocks, strict=True)
        ]
    )


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
