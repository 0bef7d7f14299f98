"""Writes edits: the rows, their log, the full-text index and the tallies, in one transaction.

Nothing else in the program writes records.  Whoever calls opens the transaction and ends it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.engine import Connection

from annotator.model.changes import Add, AddMany, BulkEdit, Change, Replace
from annotator.model.columns import Columns
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id, id_text
from annotator.model.records import (
    Actor,
    Article,
    ClaimCard,
    Frame,
    Record,
    Setting,
    SuggestedFrame,
)
from annotator.store import columns, fields, rows, schema, sqlite, statements
from annotator.store.gathering import Run, Tallies, Updates, unbroken
from annotator.store.journal import Entry, Journal, content_digest
from annotator.store.keys import Names
from annotator.store.kinds import KINDS, Kind, Values, role_rows

MANY = 2000
"""More edits than this are not listed one by one."""
_BULK = 48
"""From this many new records of a kind on the log names them as a run."""
_CHUNK = 1024
_TEXTS = 4_000_000
_MET = 256
_FIXED = "The text of “{name}” is fixed and cannot be changed."
_TAKEN = "“{name}”, which was taken out, had this id with another text; give this one an id of its own."
_ROLES = tuple(column.name for column in schema.roles.columns)


@dataclass(slots=True)
class _Pending:
    """New records of one kind, not in the file yet."""

    kind: Kind
    to_row: Callable[[Any, int, Names], Values]
    more: bool
    """Whether there is more to write than the row."""
    rows: list[Values] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    roles: list[Values] = field(default_factory=list)


class Writer:
    """Writes the edits of one operation."""

    def __init__(self, connection: Connection, names: Names, journal: Journal) -> None:
        self._connection = connection
        self._names = names
        self._journal = journal
        self._claim = names.keys.claim
        self._pending: dict[type[Record], _Pending] = {}
        self._newest = dict.fromkeys(KINDS, names.keys.newest)
        """By kind: no row in the file has a higher key."""
        self._met: dict[int, Record] = {}
        """Records that are going to be replaced, by key, each good for once."""
        self._texts: list[tuple[int, str]] = []
        self._text_size = 0
        self._tallies = Tallies(connection, names)
        self._updates = Updates(connection)
        self.changes: list[Change] = []
        self.count = 0

    # -- edits ------------------------------------------------------------------------------------

    def write(self, edits: Iterable[BulkEdit]) -> None:
        """Write edits one after another; what is going to be replaced is read for many of them at once."""
        waiting: list[Replace] = []
        for edit in edits:
            if waiting and not (isinstance(edit, Replace) and type(edit.record) is type(waiting[0].record)):
                self._replace_all(waiting)
            if isinstance(edit, AddMany):
                self.add_many(edit.records)
            elif isinstance(edit, Add):
                self.add(edit.record)
            elif isinstance(edit, Replace):
                waiting.append(edit)
                if len(waiting) == _MET:
                    self._replace_all(waiting)
            else:
                self.remove(edit.record)
        self._replace_all(waiting)

    def _replace_all(self, edits: list[Replace]) -> None:
        """Write edits of one kind, and forget them."""
        if len(edits) > 1:
            self._meet([one.record for one in edits])
        for one in edits:
            self.replace(one.record)
        self._met.clear()
        edits.clear()

    def _meet(self, records: Sequence[Record]) -> None:
        kind = KINDS[type(records[0])]
        self._flush(kind)
        keys = {key for one in records if (key := self._names.keys.find(one.id)) is not None}
        self._met = rows.load_many(self._connection, self._names, kind, keys)

    def add(self, record: Record) -> None:
        """Store a new record, or bring back a removed one with these values."""
        pending = self._pending.get(type(record)) or self._new_pending(type(record))
        key, fresh = self._claim(record.id)
        if not fresh and self._bring_back(pending.kind, key, record):
            return
        rows_ = pending.rows
        rows_.append(pending.to_row(record, key, self._names))
        if pending.more:
            self._more(pending, key, record)
        if self.count < MANY:
            self.changes.append(Change(None, record))
        self.count += 1
        count = len(rows_)
        if count <= _BULK:
            pending.records.append(record)
        elif count >= _CHUNK or self._text_size >= _TEXTS:
            self._flush(pending.kind)

    def add_many(self, records: Sequence[Record]) -> None:
        """Store new records of one kind."""
        ids = records.ids if isinstance(records, Columns) else [one.id for one in records]
        keys = self._names.keys.claim_run(ids) if len(ids) > 1 else None
        if keys is None:
            for record in records:
                self.add(record)
            return
        type_ = records.kind if isinstance(records, Columns) else type(records[0])
        pending = self._pending.get(type_) or self._new_pending(type_)
        if isinstance(records, Columns):
            pending.rows += columns.rows_of(records, keys, self._names)
            if pending.kind.has_roles:
                pending.roles += columns.role_rows_of(records, keys, self._names)
        else:
            self._prepare(pending, records, keys)
        if self.count < MANY:
            self.changes += [Change(None, one) for one in records[: MANY - self.count]]
        self.count += len(records)
        if len(pending.rows) <= _BULK:
            pending.records += records
        elif len(pending.rows) >= _CHUNK or self._text_size >= _TEXTS:
            self._flush(pending.kind)

    def _prepare(self, pending: _Pending, records: Sequence[Record], keys: range) -> None:
        pending.rows += map(pending.to_row, records, keys, repeat(self._names))
        if pending.more:
            for key, record in zip(keys, records, strict=True):
                self._more(pending, key, record)

    def _more(self, pending: _Pending, key: int, record: Record) -> None:
        if isinstance(record, Article):
            self._texts.append((key, record.text))
            self._text_size += len(record.text)
        elif isinstance(record, Frame | SuggestedFrame):
            pending.roles += role_rows(key, record.roles, self._names)

    def _new_pending(self, type_: type[Record]) -> _Pending:
        kind = KINDS[type_]
        made = self._pending[type_] = _Pending(kind, kind.to_row, kind.has_roles or type_ is Article)
        return made

    def _bring_back(self, kind: Kind, key: int, record: Record) -> bool:
        if any(row[0] == key for row in self._pending[kind.type].rows):
            raise NotAllowed("The {title} {id} is there twice.", title=kind.title, id=id_text(record.id))
        found = self.load(kind, key)
        if found is None:
            return False
        before, is_live = found
        if is_live:
            known = id_text(record.id)
            raise NotAllowed("The {title} {id} is in this project already.", title=kind.title, id=known)
        self.put(kind, key, before, record, "restore", live=(False, True))
        if isinstance(record, Article):  # alone was removed: what was in it comes back only by undo
            for part in rows.parts(self._connection, self._names, key):
                self.remove(part)
        return True

    def replace(self, record: Record) -> None:
        """Store these values in place of the record with the same id."""
        kind = KINDS[type(record)]
        key, before = self._present(kind, record)
        if before != record:
            self.put(kind, key, before, record, "change", live=(True, True))

    def remove(self, record: Record) -> None:
        """Mark a record as removed."""
        kind = KINDS[type(record)]
        key, before = self._present(kind, record)
        self.put(kind, key, before, before, "remove", live=(True, False))

    def _present(self, kind: Kind, record: Record) -> tuple[int, Record]:
        key = self._names.keys.find(record.id)
        met = self._met.pop(key, None) if key is not None else None
        if key is not None and met is not None:
            return key, met
        self._flush(kind)
        found = rows.load(self._connection, self._names, kind, key) if key is not None else None
        if key is None or found is None or not found[1]:
            text = "The {title} is no longer in the project. Nothing was changed."
            raise NotAllowed(text, title=kind.title)
        return key, found[0]

    # -- one record -------------------------------------------------------------------------------

    def load(self, kind: Kind, key: int) -> tuple[Record, bool] | None:
        """Return a record as it is by now, and whether it is there."""
        self.catch_up()
        return rows.load(self._connection, self._names, kind, key)

    def catch_up(self) -> None:
        """Write the updates that wait, before a query that may ask for them."""
        self._updates.flush()

    def put(
        self, kind: Kind, key: int, before: Record, after: Record, op: str, *, live: tuple[bool, bool]
    ) -> None:
        """Write a record that has a row already, and note what changed; `live`: was there, is there."""
        if isinstance(before, Article) and isinstance(after, Article) and before.sha256 != after.sha256:
            raise NotAllowed(_FIXED if live[0] else _TAKEN, name=before.name)
        old = kind.to_row(before, key, self._names)
        new = kind.to_row(after, key, self._names)
        values: dict[str, Any] = {
            name: now
            for name, was, now in zip(kind.columns, old, new, strict=True)
            if was != now and name != "place"
        }
        if live[0] != live[1]:
            values["deleted"] = int(not live[1])
        if values:
            self._updates.add(kind, key, values)
        self._put_roles(key, before, after)
        if kind.tallied:
            if live[0]:
                self._tallies.count(kind, old, -1)
            if live[1]:
                self._tallies.count(kind, new, 1)
        was, now = fields.difference(before, after)
        self._journal.note(Entry(kind, key, op, fields.to_json(was), fields.to_json(now)))
        self._changed(before if live[0] else None, after if live[1] else None)

    def _put_roles(self, key: int, before: Record, after: Record) -> None:
        if not isinstance(after, Frame | SuggestedFrame) or after.roles == before.roles:  # type: ignore[union-attr]
            return
        table = schema.roles
        self._connection.execute(delete(table).where(table.c.frame == key))
        self._insert_roles(role_rows(key, after.roles, self._names))

    def _insert_roles(self, values: Sequence[Values]) -> None:
        statements.insert_rows(self._connection, schema.roles, _ROLES, values)

    # -- runs of records --------------------------------------------------------------------------

    def mark(self, kind: Kind, runs: Sequence[Run], op: str) -> None:
        """Mark whole runs of records as removed, or as there again."""
        self.catch_up()
        removes = op == "remove_many"
        count, table = 0, kind.table
        for first, last in runs:
            within = table.c.key.between(first, last)
            found = self._connection.execute(
                update(table).where(within, table.c.deleted == int(not removes)).values(deleted=int(removes))
            )
            count += found.rowcount
            if kind.tallied:
                statements.tally_run(
                    self._connection, self._names.words, kind, (first, last), -1 if removes else 1
                )
        self._journal.note(Entry(kind, None, op, "", fields.to_json({"keys": [list(run) for run in runs]})))
        self._list(kind, runs, count, removes=removes)

    def _list(self, kind: Kind, runs: Sequence[Run], count: int, *, removes: bool) -> None:
        if self.count + count > MANY:
            self.count += count
            return
        for first, last in runs:
            within = kind.table.c.key.between(first, last)
            query = rows.selected(kind).where(within)
            found = self._connection.execute(query.order_by(kind.table.c.key)).all()
            for record in rows.complete(self._connection, self._names, kind, found):
                self._changed(record if removes else None, None if removes else record)

    # -- what an operation adds up to -------------------------------------------------------------

    def _changed(self, before: Record | None, after: Record | None) -> None:
        self.count += 1
        if self.count <= MANY or isinstance(after or before, Setting):
            self.changes.append(Change(before, after))

    def articles(self) -> frozenset[Id]:
        """Return the articles that the operation touched, also through a changed actor or card."""
        found: set[Id] = set()
        for change in self.changes:
            record = change.record
            if isinstance(record, Article):
                found.add(record.id)
            elif isinstance(record, Actor | ClaimCard) and change.before is not None:
                found |= self._referring(record)
            article = getattr(record, "article", None)
            if article is not None:
                found.add(article)
        return frozenset(found)

    def _referring(self, record: Actor | ClaimCard) -> set[Id]:
        key, spans, frames, roles = self._names.key[record.id], schema.spans, schema.frames, schema.roles
        column = spans.c.actor if isinstance(record, Actor) else spans.c.claim_card
        queries = (
            select(spans.c.article).where(column == key),
            select(frames.c.article).join(roles, roles.c.frame == frames.c.key).where(roles.c.ending == key),
        )
        return {
            self._names.id[article]
            for query in queries
            for article in self._connection.execute(query.distinct()).scalars()
        }

    # -- the end ----------------------------------------------------------------------------------

    def flush(self) -> None:
        """Write the records that are still waiting; after this the operation's log can be closed."""
        for kind in KINDS.values():
            self._flush(kind)
        self._tallies.flush()

    def save_names(self) -> None:
        """Write the ids and words that got their numbers; the last thing in the transaction."""
        runs, words = self._names.keys.unsaved(), self._names.words.unsaved()
        statements.insert_rows(self._connection, schema.ids, ("key", "first", "count"), runs)
        statements.insert_rows(self._connection, schema.words, ("key", "word"), words)

    def _flush(self, kind: Kind) -> None:
        self._updates.flush()
        pending = self._pending.pop(kind.type, None)
        if pending is None or not pending.rows:
            return
        if len(pending.rows) > _BULK:
            pending.rows.sort()
            pending.roles.sort()
        self._insert(kind, pending.rows)
        self._insert_roles(pending.roles)
        if kind.type is Article:
            self._flush_texts()
        if kind.tallied:
            self._tallies.count_rows(kind, pending.rows)
        if len(pending.rows) > _BULK:
            self._note_run(kind, pending)
        else:
            self._note_each(kind, pending)
        self._newest[kind.type] = max(self._newest[kind.type], max(pending.rows)[0])

    def _note_each(self, kind: Kind, pending: _Pending) -> None:
        for row, record in zip(pending.rows, pending.records, strict=True):
            after = fields.to_json(fields.filled(fields.fields_of(record)))
            self._journal.note(Entry(kind, row[0], "add", "", after))

    def _insert(self, kind: Kind, values: list[Values]) -> None:
        """Write rows; what they end with is left to the table where it need not be written."""
        short, full = kind.short, list[Values]()
        if {*map(len, values)} != {short}:
            full = [row for row in values if row[short:] not in ((), kind.defaults)]
            values = [row[:short] for row in values if row[short:] in ((), kind.defaults)]
        statements.insert_rows(self._connection, kind.table, kind.columns[:short], values)
        statements.insert_rows(self._connection, kind.table, kind.columns, full)

    def _flush_texts(self) -> None:
        statements.insert_rows(self._connection, schema.texts, ("article", "text"), self._texts)
        sqlite.index_texts(self._connection, self._texts)
        self._texts, self._text_size = [], 0

    def _note_run(self, kind: Kind, pending: _Pending) -> None:
        runs = self._runs(kind, pending.rows)
        rows, short, ending = pending.rows, kind.short, kind.defaults
        if ending and {*map(len, rows)} != {short}:
            rows, ending = [row if row[short:] else row + ending for row in rows], ()
        content = content_digest(rows, pending.roles, ending)
        after = {"keys": runs, "content": content}
        self._journal.note(Entry(kind, None, "add_many", "", fields.to_json(after)))

    def _runs(self, kind: Kind, values: list[Values]) -> list[Run]:
        """Return the keys of ascending rows as one run when no other row of the kind lies between."""
        first, last = values[0][0], values[-1][0]
        if first > self._newest[kind.type]:
            return [(first, last)]
        within = kind.table.c.key.between(first, last)
        count = self._connection.execute(select(func.count()).select_from(kind.table).where(within))
        return [(first, last)] if count.scalar_one() == len(values) else unbroken(row[0] for row in values)
