"""An open project file: one connection, on the thread that made it; the one way to write."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.engine import Connection

from annotator.model.article_filter import ArticleFilter, Order
from annotator.model.changes import Add, BulkEdit, Changes, Hear
from annotator.model.collecting import no_collecting
from annotator.model.errors import NotAllowed, ProjectDamaged
from annotator.model.ids import Id, id_from_text, id_text, new_id
from annotator.model.job import Job, Progress
from annotator.model.records import (
    ArticleContent,
    ArticleReading,
    ArticleRow,
    Frame,
    Hit,
    SchemeVersion,
    Setting,
    Span,
    SuggestedFrame,
)
from annotator.model.scheme import Scheme, scheme_to_text
from annotator.store import faults, locking, opening, schema, sqlite, upkeep
from annotator.store.check import check
from annotator.store.contents import Contents
from annotator.store.findings import Finding
from annotator.store.journal import Journal, Mode, Operation, Step
from annotator.store.keys import Keys, Names, Words
from annotator.store.listing import Listing
from annotator.store.lookup import Lookup
from annotator.store.opening import Opened
from annotator.store.presence import Presence
from annotator.store.queries import Counts, Queries
from annotator.store.reversing import Reversal, mode_of
from annotator.store.search import search
from annotator.store.writing import MANY, Writer

R = TypeVar("R")


class Store:
    """One open project file, used only on the thread that made it."""

    def __init__(self, opened: Opened, tool: str) -> None:
        self._opened = opened
        self._failed = self._is_open = False
        self._since = datetime.datetime.now(datetime.UTC)
        self.path = opened.path
        self.read_only = opened.read_only
        self.notices: tuple[str, ...] = tuple(opened.notices)
        self._connection: Connection = opened.connection
        self._names = self._read_names()
        self._journal = Journal(self._connection, self._names, tool)
        self.last_decisions = self._journal.last_decisions
        self._refresh()
        self.project_id = self._own_id()
        self._presence = Presence(self.path, self.project_id, self._journal.clock)
        if not self.read_only:  # else whoever has it open may write
            faults.watch(self._connection, lambda is_open: self._presence.refusal(is_writing=is_open))

    # -- opening and closing ----------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path, scheme: Scheme, tool: str) -> Store:
        """Make a new project file with this scheme and open it; refuses an existing file."""
        now = time.time_ns() // 1000
        facts = {
            "project": id_text(new_id()),
            "schema": str(schema.VERSION),
            "min_reader": str(schema.MIN_READER),
            "min_reader_name": schema.MIN_READER_NAME,
            "created": str(now),
            "checked": str(now),
        }
        opened = opening.create_file(path, facts)
        try:
            store = cls(opened, tool)
            version = SchemeVersion(new_id(), 1, scheme_to_text(scheme), now)
            store.write("Create project", (Add(version),), undoable=False)
        except BaseException:
            _let_go(opened)
            opened.path.unlink(missing_ok=True)
            raise
        return store

    @classmethod
    def open(cls, path: Path, tool: str, *, read_only: bool = False) -> Store:
        """Open a project file; raises ProjectInUse, ProjectDamaged or UserError."""
        opened = opening.open_file(path, read_only=read_only)
        try:
            upkeep.bring_up_to_date(opened)
            store = cls(opened, tool)
            if not store.read_only:
                care = upkeep.look_after(opened, store._names, store._journal.clock, store.undo_name)
                store.notices += tuple(care)
                store._presence.keep(store._journal.clock)
        except BaseException:
            _let_go(opened)
            raise
        return store

    def close(self) -> None:
        """Let go of the file; everything written is in it already."""
        if not self.read_only and not self._presence.is_overwritten():
            upkeep.back_up_at_end(self._opened, self._journal.clock, self._since)
        _let_go(self._opened)

    def is_at(self, path: Path) -> bool:
        """Tell whether this very file lies at a path, also where it was moved to while it is open."""
        return self._presence.is_at(path)

    @property
    def articles(self) -> Contents:
        """What reads whole articles."""
        self._mend()
        return self._contents

    def _own_id(self) -> Id:
        query = select(schema.meta.c.value).where(schema.meta.c.name == "project")
        try:
            return id_from_text(self._connection.scalar(query) or "")
        except ValueError:
            raise ProjectDamaged(
                "{name} is damaged: it does not say which project it is. Put back a backup from the"
                " folder “{name}.backups”.",
                name=self.path.name,
            ) from None

    def _read_names(self) -> Names:
        runs = self._connection.execute(select(schema.ids).order_by(schema.ids.c.key)).all()
        words = self._connection.execute(select(schema.words)).all()
        try:
            keys = Keys((key, first, count) for key, first, count in runs)
            return Names(keys, Words((key, word) for key, word in words))
        except (TypeError, ValueError, OverflowError):
            raise faults.unreadable(self.path) from None

    def _refresh(self) -> None:
        self._queries = Queries(self._connection, self._names)
        self.listing = Listing(self._connection, self._names)
        self._contents = Contents(self._connection, self._names)
        self.lookup = Lookup(self._connection, self._names)

    def clock(self) -> int:
        """Return the number of the newest operation; while it is the same, nothing is written."""
        return self._journal.clock

    # -- writing ----------------------------------------------------------------------------------

    def write(
        self, operation: str, edits: Iterable[BulkEdit], *, by: Id | None = None, undoable: bool = True
    ) -> Changes:
        """Write the edits in one transaction, as one step of undo; nothing of it if one fails."""

        def run(writer: Writer) -> None:
            writer.write(edits)

        return self._operate(operation, run, by, "do" if undoable else "auto", None)

    def undo(self, by: Id | None = None, hear: Hear | None = None) -> Changes | None:
        """Take back the newest operation; None when there is none, NotAllowed when it was overtaken."""
        self._mend()
        return self._reverse(self._journal.undoable(), by, hear)

    def redo(self, by: Id | None = None, hear: Hear | None = None) -> Changes | None:
        """Do again what undo took back; None when there is nothing, NotAllowed when it was overtaken."""
        self._mend()
        return self._reverse(self._journal.redoable(), by, hear)

    def _reverse(self, step: Step | None, by: Id | None, hear: Hear | None) -> Changes | None:
        if step is None:
            return None

        def run(writer: Writer) -> None:
            Reversal(self._connection, self._names, self._journal, writer, by).run(step, hear)

        return self._operate(step.name, run, by, mode_of(step), step.key)

    def _operate(
        self, name: str, run: Callable[[Writer], None], by: Id | None, mode: Mode, undoes: int | None
    ) -> Changes:
        if self.read_only:
            raise NotAllowed(
                "{name} is open for reading only. Save a copy to change it.", name=self.path.name
            )
        self._mend()
        writer = Writer(self._connection, self._names, self._journal)
        with self.together(), no_collecting():
            run(writer)
            writer.flush()
            articles = writer.articles()
            if self._journal.finish(name, by, mode, undoes, writer.count):
                self._journal.written(name, mode, writer.count)
            writer.save_names()
        many = writer.count > MANY
        listed = (one for one in writer.changes if not many or isinstance(one.record, Setting))
        told = Changes(name, tuple(listed), articles, many, self.undo_name(), self.redo_name())
        self._contents.follow(told)
        self.listing.follow(told)
        return told

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write several operations in one transaction: all of them are in the file, or none."""
        if self._is_open:
            yield
            return
        self._mend()
        self._is_open = True
        try:
            with sqlite.transaction(self._connection):
                self._presence.refuse_overwritten()
                yield
                self._presence.refuse_gone()
                self._presence.refuse_mixed()
            self._presence.keep(self._journal.clock)
        except BaseException:
            self._failed = True
            raise
        finally:
            self._is_open = False

    def _mend(self) -> None:
        # What another program put into the file says nothing of this project.
        if self._failed and not self._is_open and not self._presence.is_overwritten():
            self._catch_up()

    def _catch_up(self) -> None:
        """Read again what the file holds: a transaction failed and took numbers and words with it."""
        self._names = self._read_names()
        self._journal.reload(self._names)
        self._refresh()
        self._failed = False

    def undo_name(self) -> str | None:
        """Return the name of the operation that undo would take back."""
        self._mend()
        step = self._journal.undoable()
        return step.name if step is not None else None

    def redo_name(self) -> str | None:
        """Return the name of the operation that redo would do again."""
        self._mend()
        step = self._journal.redoable()
        return step.name if step is not None else None

    def history(self, limit: int = 60) -> tuple[Operation, ...]:
        """Return the newest operations, newest first."""
        return self._journal.history(limit)

    # -- queries ----------------------------------------------------------------------------------

    def get(self, kind: type[R], record_id: Id) -> R | None:
        """Return one record, None when it is not there."""
        return self._queries.get(kind, record_id)

    def get_many(self, kind: type[R], ids: Iterable[Id]) -> tuple[R, ...]:
        """Return the records with these ids that are there, in the order asked for."""
        return self._queries.get_many(kind, ids)

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """Return all records of a (small) kind, in the order they were added."""
        return self._queries.all(kind)

    def scheme(self) -> Scheme:
        """Return the project's scheme."""
        return self._queries.scheme()

    def scheme_number(self, record: Id | None = None) -> int | None:
        """Return the version of the scheme that holds, or under which a record came into the project."""
        return self._queries.scheme_number(record)

    def labelled(self, kind: type[R], labels: Iterable[str]) -> Iterator[tuple[R, ...]]:
        """Yield the records of a kind with these labels, part by part, also those of removed articles."""
        return self._queries.labelled(kind, labels)

    def labels_of(self, kind: type[R]) -> set[str]:
        """Return the labels that any record of a kind carries, also those of removed articles."""
        return self._queries.labels_of(kind)

    def article_ids(
        self, order: Order = "given", where: ArticleFilter | None = None, by: Id | None = None
    ) -> Sequence[Id]:
        """Return the ids of the articles that pass the filter, in order."""
        self._mend()
        return self.listing.article_ids(order, where or ArticleFilter(), by)

    def article_rows(
        self,
        ids: Sequence[Id],
        by: Id | None = None,
        hidden: Collection[str] = (),
        passed: Collection[str] = (),
    ) -> tuple[ArticleRow, ...]:
        """Return what the list shows of articles, in the same order; `hidden` labels wait for nobody."""
        return self._queries.article_rows(ids, by, hidden, passed)

    def content(self, article: Id) -> ArticleContent:
        """Return an article with everything that belongs to it; KeyError when it is not there."""
        return self.articles.one(article)

    def length(self, article: Id) -> int | None:
        """Return how many code points the text of an article has, None when it is not there."""
        return self._queries.length(article)

    def reading(self, article: Id, annotator: Id) -> ArticleReading | None:
        """Return how far an annotator is with an article, None where nothing was noted."""
        return self._queries.reading(article, annotator)

    def contents(
        self, by: Collection[Id] | None = None, articles: Collection[Id] | None = None
    ) -> Iterator[ArticleContent]:
        """Yield all articles, or these, in given order, of the work of all annotators or of these."""
        return self._contents.all(by, articles)

    def find_article(self, name: str) -> Id | None:
        """Return the article with this id, this exact name or else this exact title."""
        return self._queries.find_article(name)

    def known_texts(self) -> dict[str, Id]:
        """Return the hash of every article's text, and the article."""
        return self._queries.known_texts()

    def stored_articles(self) -> tuple[tuple[Id, str, str], ...]:
        """Return id, hash of the text and name of every article, in the order given."""
        return self._queries.stored_articles()

    def frames_with_end(self, ids: Iterable[Id]) -> tuple[Frame, ...]:
        """Return the frames, of any article, with a role that points to one of these."""
        return self._queries.frames_with_end(Frame, ids)

    def suggested_with_end(self, ids: Iterable[Id]) -> tuple[SuggestedFrame, ...]:
        """Return the suggested frames, of any article, with a role that points to one of these."""
        return self._queries.frames_with_end(SuggestedFrame, ids)

    def spans_with(self, *, actor: Id | None = None, claim_card: Id | None = None) -> tuple[Span, ...]:
        """Return the spans, of any article, that carry this actor or this claim card."""
        return self._queries.spans_with(actor, claim_card)

    def decided(self, kind: type[R]) -> tuple[R, ...]:
        """Return the suggestions of a kind, of any article, that were accepted or rejected."""
        return self._queries.decided(kind)

    def rejected_frames(self) -> int:
        """Return how many suggested frames were rejected."""
        return self._queries.number_in_state(SuggestedFrame, "rejected")

    def search(self, text: str, limit: int = 200) -> tuple[Hit, ...]:
        """Return where words and "phrases", taken literally, stand in the articles that hold them all."""
        return search(self._connection, self._names, text, limit)

    def counts(self, by: Id | None = None) -> Counts:
        """Return how much the project holds; what is done is done `by` that annotator, else by anybody."""
        return self._queries.counts(by)

    # -- the file ---------------------------------------------------------------------------------

    def check(self) -> Job[tuple[Finding, ...]]:
        """Look for everything that can be wrong with the project; changes nothing.

        Raises NotAllowed for a project of a newer version, of which this one knows too little.
        """
        if self._opened.version > schema.VERSION:
            raise NotAllowed(
                "{name} was written by a newer version of the program, and only that one can check"
                " it. It can be read and exported here.",
                name=self.path.name,
            )
        return check(self._connection, self._names, read_only=self.read_only)

    def copy_to(self, path: Path) -> Job[None]:
        """Write a whole copy, checked and synced, then put in place; an older file there is replaced."""
        yield Progress(0, 1, "copy")
        self._presence.refuse_overwritten()
        opening.copy_open(self._connection, self.path, path)
        yield Progress(1, 1, "copy")

    def back_up(self) -> Path:
        """Make a checked backup now, beside the project, and thin the older ones."""
        self._presence.refuse_overwritten()
        return upkeep.back_up(self._opened, self._journal.clock)


def _let_go(opened: Opened) -> None:
    if not opened.read_only:
        sqlite.drop_journal(opened.connection)
    sqlite.disconnect(opened.connection)
    if not opened.read_only:
        locking.remove_lock(opened.path, opened.folder)
