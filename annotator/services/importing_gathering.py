"""Gathers what the files of an import hold: settled, hashed, checked, kept small until it is written."""

from __future__ import annotations

import marshal
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from annotator.exchange.files import shown
from annotator.model.errors import TextRefused
from annotator.model.formats import Draft, Item, Note, Packed, Problem, Whole
from annotator.model.ids import Id
from annotator.model.near_copies import NearCopies
from annotator.model.oddities import find_oddities
from annotator.model.realigning import words_of
from annotator.model.said import say
from annotator.model.text import TEXT_LIMIT, Settled, cut, settle, sha256_of
from annotator.services.importing_drafts import pack_article, pack_marks, text_of
from annotator.services.importing_entries import Counts, Entry
from annotator.services.importing_files import Source
from annotator.services.importing_ids import range_of
from annotator.services.importing_marks import MarkReader
from annotator.services.importing_namesakes import Stored
from annotator.services.importing_twins import Twins
from annotator.services.importing_wholes import Shared
from annotator.services.spool import Spool

Told = TypeVar("Told", Note, Problem)
MARKS_LIMIT = 1_000_000
"""Labels and frames that one text may get at once: they take some 2 GB of memory."""
_NAME_LIMIT = 300
"""Characters of a name that lists can show: an id of a file, which it may be made of, has any length."""


@dataclass(slots=True)
class Gathering:
    """What an import has found so far."""

    known: Mapping[str, Id]
    shared: Shared
    marks: MarkReader
    spool: Spool = field(default_factory=Spool)
    twins: Twins = field(init=False)
    entries: list[Entry] = field(default_factory=list)
    here: dict[str, tuple[str, int]] = field(default_factory=dict)
    """By hash: key and number of the first article with that text in this import."""
    apart: dict[tuple[str, str, int], int] = field(default_factory=dict)
    """Numbers of articles by hash and what tells those of one text apart (see `_apart`)."""
    ids: dict[Id, tuple[int, str]] = field(default_factory=dict)
    """Numbers and hashes of articles that bring their ids along."""
    stored: Stored = field(default_factory=lambda: Stored(()))
    copies: list[str] = field(default_factory=list)
    kept_copies: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: Counts = (0, 0, 0, 0)
    near: NearCopies = field(init=False)
    stored_ids: frozenset[Id] = field(init=False)
    words: dict[int, list[int]] = field(default_factory=dict)
    """New articles with labels, by a hash of their words: the project may have them with other blanks."""
    joined: int = 0
    """How many files or records brought labels for an article that was there already."""
    first_joined: tuple[str, str] | None = None
    """Where the first such stands that came from another file, and where its article does."""

    def __post_init__(self) -> None:
        self.near = NearCopies(self._text)
        self.twins = Twins(self.spool)
        self.stored_ids = frozenset((*self.stored.hashes, *self.known.values()))

    @property
    def told(self) -> int:
        """How much was found or said so far."""
        copies = len(self.copies) + len(self.kept_copies)
        return len(self.entries) + len(self.problems) + len(self.notes) + copies

    def add(self, entry: Entry, data: bytes, more: Counts) -> None:
        """Take in what one article or its labels will be stored from."""
        self.entries.append(entry)
        self.spool.put(data)
        if entry.target is None:
            self.counts = _sum(self.counts, more)
            entry.counts = more

    def take_words(self, file: str) -> None:
        """Take over what was wrong and what was odd with labels of a file."""
        self.problems += self.marks.problems
        self.notes += [str(Note(file, note, line)) for line, note in self.marks.notes]
        self.marks.problems.clear()
        self.marks.notes.clear()

    def compare(self, text: str, *, is_told: bool) -> None:
        """Note when the article taken in last is nearly like one before; `is_told` says that it is equal."""
        number = len(self.entries) - 1
        found = self.near.add(number, text)
        if found is not None and not is_told:
            other, share = found
            self.entries[number].near = near_words(self.entries[other].place, share)

    def _text(self, number: int) -> str:
        article, _marks = marshal.loads(self.spool[number])  # noqa: S302 - our own temporary file
        return text_of(article)


def near_words(other: str, share: float) -> str:
    """Return the words that say which other article one is nearly the same as."""
    return f"{other} ({share:.0%})"


def near_copies(
    entries: Iterable[Entry], stored: Mapping[int, str] = MappingProxyType({})
) -> tuple[str, ...]:
    """Return a sentence for each new article that is nearly the same as others, of the project too."""
    new = ((at, one) for at, one in enumerate(entries) if one.target is None and one.onto is None)
    found = ((one, (one.near, stored.get(at, ""))) for at, one in new)
    return tuple(
        f"{one.place} is nearly the same as {' and '.join(filter(None, others))}"
        for one, others in found
        if any(others)
    )


def gather(item: Item, source: Source, gathered: Gathering) -> Generator[None, None, int]:
    """Take in one thing that an importer read; return about how much of its file that was.

    Where that has very many labels, it yields now and then.
    """
    match item:
        case Draft():
            return (yield from _gather_draft(item, source, gathered))
        case Packed():
            entry = Entry(item.unpack, item.annotators, ids=item.ids)
            if _takes_whole(entry, (item.article, item.sha256, item.name), item.line, source, gathered):
                gathered.add(entry, item.data, item.counts)
            return len(item.data)
        case Whole():
            article = item.content.article
            entry = Entry(annotators=item.annotators, whole=item, ids=range_of(item.content))
            if _takes_whole(entry, (article.id, article.sha256, article.name), item.line, source, gathered):
                gathered.add(entry, b"", _counts(item))
            return len(article.text)
        case Note():
            gathered.notes.append(str(_in_folder(item, source)))
        case Problem():
            gathered.problems.append(_in_folder(item, source))
    return 0


def _in_folder(item: Told, source: Source) -> Told:
    """Importers know a file's name alone; here it is told with the folders it was found in."""
    return replace(item, file=_below(item.file, shown(source.path.name), shown(source.name), source))


def _below(name: str, alone: str, found: str, source: Source) -> str:
    """Return a name with the folders of its file, which is the one that is read, or one beside it.

    It may go on behind the name of the file: with a line, or what stands in an archive.
    """
    folders = found.removesuffix(alone)
    if not folders or name.startswith(folders):
        return name
    is_own = name == alone or name.startswith(f"{alone}:")
    return folders + name if is_own or _is_beside(name.partition(":")[0], source.path) else name


def _is_beside(name: str, path: Path) -> bool:
    try:
        return "/" not in name and (path.parent / name).is_file()
    except (OSError, ValueError):  # it is no name of a file at all
        return False


def _takes_whole(
    entry: Entry, facts: tuple[Id, str, str], line: int | None, source: Source, gathered: Gathering
) -> bool:
    """Tell whether an article with records of its own is taken in, as a new one or as labels for another.

    Ids in the file are kept; an id that stands for another text is refused.
    """
    article, sha256, name = facts
    entry.file, entry.name, entry.line = shown(source.name), name, line
    stored = gathered.stored.hashes
    if stored.get(article) == sha256:
        entry.target = article
    elif sha256 in gathered.known:
        entry.target = gathered.known[sha256]
    elif article in stored and gathered.marks.finds_words:
        entry.target, entry.is_version = article, True
    return entry.target is not None or _is_new(article, sha256, entry, gathered)


def _is_new(article: Id, sha256: str, entry: Entry, gathered: Gathering) -> bool:
    number = len(gathered.entries)
    is_stored = article in gathered.stored_ids
    if is_stored or article in gathered.ids:
        first, text = gathered.ids.get(article, (0, ""))
        if text == sha256:
            entry.target, entry.onto, gathered.entries[first].is_joined = article, first, True
            return True
        gathered.problems.append(_id_taken(article, entry, gathered, is_stored=is_stored))
        return False
    _key, first = gathered.here.setdefault(sha256, (article.hex(), number))
    if first != number and (place := gathered.entries[first].place) != entry.place:
        gathered.kept_copies.append(
            f"{entry.place} has the same text as {place}; both are kept, each with its own id"
        )
    gathered.ids[article] = (number, sha256)
    return True


def _id_taken(article: Id, entry: Entry, gathered: Gathering, *, is_stored: bool) -> Problem:
    if is_stored:
        other = "the project has an article"
    else:
        other = f"{gathered.entries[gathered.ids[article][0]].place} is an article"
    reason = f"{other} with this id, but with another text; give this one an id of its own"
    if is_stored:
        reason += ", or let its words be looked for in that article"
    return Problem(entry.file, reason, entry.line, "id")


def _refuse_large(length: int, draft: Draft) -> None:
    """Raise TextRefused for a text that is too long, or has too many labels at once."""
    marks = draft.marks
    count = len(marks.spans) + len(marks.frames) + len(marks.labels) if marks is not None else 0
    if length > TEXT_LIMIT:
        found, limit = say("the text has {length:,} characters", length=length), TEXT_LIMIT
    elif count > MARKS_LIMIT:
        found, limit = say("the text has {count:,} labels", count=count), MARKS_LIMIT
    else:
        return
    raise TextRefused(
        say("{found}, and {limit:,} is the limit; split it into several articles", found=found, limit=limit),
        limit,
    )


def _gather_draft(draft: Draft, source: Source, gathered: Gathering) -> Generator[None, None, int]:
    name = cut(_below(draft.name, source.path.name, source.name, source), _NAME_LIMIT)
    try:
        settled = settle(draft.text)
        _refuse_large(len(settled.text), draft)
    except TextRefused as error:
        gathered.problems.append(Problem(shown(source.name), str(error), draft.line))
        return len(draft.text)
    entry = Entry(file=shown(source.name), turn=draft.turn)
    if draft.line:
        entry.name, entry.line = name, draft.line
    named = draft if name == draft.name else replace(draft, name=name)
    yield from _take(named, settled, entry, gathered)
    return len(draft.text)


def _take(draft: Draft, settled: Settled, entry: Entry, gathered: Gathering) -> Generator[None, None, None]:
    """Take in a draft as an article of its own, or its labels for one that is there, or neither."""
    sha256 = sha256_of(settled.text)
    entry.target, entry.is_version = _stored_as(sha256, draft, gathered)
    if entry.target is None:
        entry.onto = _joined(sha256, draft, gathered)
        _note_joined(entry, gathered)
    is_new = entry.target is None and entry.onto is None
    if is_new and _is_copy(sha256, draft, entry, gathered):
        return
    article = marks = None
    if is_new or entry.is_version:
        notes = (*draft.notes, *settled.notes, *find_oddities(settled.text))
        gathered.notes += [f"{entry.place}: {note}" for note in notes]
        article = pack_article(draft, settled.text, sha256, notes)
    if is_new and draft.marks and gathered.known:
        gathered.words.setdefault(hash(words_of(settled.text)), []).append(len(gathered.entries))
        entry.namesake = gathered.stored.named.get(draft.name)
        if entry.namesake is not None:
            gathered.notes.append(version_note(entry))
    counts: Counts = (0, 0, 0, 0)
    if draft.marks:
        read = yield from gathered.marks.read(draft, draft.marks, settled, entry.file)
        gathered.take_words(entry.file)
        marks, counts = pack_marks(read), read.counts
        if entry.onto is not None and not draft.marks.has_twins:
            marks, counts = gathered.twins.without(entry.onto, marks)
        entry.is_unbroken = draft.marks.is_unbroken
    gathered.add(entry, marshal.dumps((article, marks)), counts)
    if is_new:
        first = gathered.entries[gathered.here[sha256][1]]
        gathered.compare(settled.text, is_told=first is not entry and first.place != entry.place)


def _stored_as(sha256: str, draft: Draft, gathered: Gathering) -> tuple[Id | None, bool]:
    """Return the article of the project that a draft's labels are for, and whether its text is another."""
    is_same = draft.marks is not None and sha256 in gathered.stored.same
    meant = gathered.stored.meant(sha256, draft) if is_same else None  # without labels, too: it has its turn
    if is_same or not draft.marks:
        return meant if draft.marks else None, False
    if sha256 in gathered.known:
        return gathered.known[sha256], False
    named = gathered.stored.named.get(draft.name)
    return (named, True) if named is not None and gathered.marks.finds_words else (None, False)


def version_note(entry: Entry) -> str:
    """Return that the project has an article of this name with other words."""
    return (
        f"{entry.place}: the project has an article of this name with another text; "
        "these labels can be joined to it by looking for their words"
    )


def _joined(sha256: str, draft: Draft, gathered: Gathering) -> int | None:
    """Return the number of the entry of the same text that a draft's labels are for, if there is one."""
    is_there = sha256 in gathered.known and not draft.turn
    if draft.marks is None or is_there or sha256 not in gathered.here:
        return None
    number = gathered.apart.get(_apart(sha256, draft))
    if number is None and not draft.turn:
        number = _of_another_file(sha256, draft, gathered)
    if number is None or gathered.entries[number].is_whole:
        return None
    gathered.entries[number].is_joined = True
    gathered.joined += 1
    return number


def _note_joined(entry: Entry, gathered: Gathering) -> None:
    """Keep the first two files whose labels meet on one article, to name them."""
    if entry.onto is not None and gathered.first_joined is None:
        there = gathered.entries[entry.onto]
        gathered.first_joined = None if there.file == entry.file else (entry.place, there.place)


def _of_another_file(sha256: str, draft: Draft, gathered: Gathering) -> int | None:
    """Return the first article of a text where only one of it and the draft is told apart from others.

    Labels of a file without ids are its; and it is what the first id stands for, as long as it has none.
    """
    key, first = gathered.here[sha256]
    entry = gathered.entries[first]
    if key and not draft.key:
        return first
    if key or entry.is_joined or any(entry.counts):
        return None
    gathered.here[sha256] = draft.key, first
    gathered.apart[_apart(sha256, draft)] = first
    return first


def _apart(sha256: str, draft: Draft) -> tuple[str, str, int]:
    return sha256, draft.key, draft.turn or 0


def _is_copy(sha256: str, draft: Draft, entry: Entry, gathered: Gathering) -> bool:
    """An exact copy is left out and said; articles with keys or places of their own are kept, and said."""
    if sha256 in gathered.known and not (draft.marks and draft.turn):
        gathered.copies.append(f"{entry.place} is already in the project")
        return True
    number = len(gathered.entries)
    is_apart = gathered.apart.setdefault(_apart(sha256, draft), number) == number
    if sha256 not in gathered.here:
        gathered.here[sha256] = (draft.key, number)
        return False
    key, first = gathered.here[sha256]
    same = f"{entry.place} has the same text as {gathered.entries[first].place}"
    if is_apart and (draft.turn or (draft.key and (key or draft.marks))):
        gathered.kept_copies.append(f"{same}; both are kept, each with its own id")
        return False
    gathered.copies.append(same)
    return True


def _sum(one: Counts, other: Counts) -> Counts:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3]


def _counts(whole: Whole) -> Counts:
    content = whole.content
    proposed = len(content.suggested_spans) + len(content.suggested_frames)
    return len(content.spans), len(content.frames), len(content.labels), proposed
