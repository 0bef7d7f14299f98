"""Checks the change log: its sums and numbers, and that the rows are what the log adds up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.engine import Connection, Row

from annotator.model.ids import Id
from annotator.store import fields, rows, schema
from annotator.store.findings import Finding
from annotator.store.journal import Entry, content_digest, entry_sum, operation_sum
from annotator.store.keys import Names
from annotator.store.kinds import BY_TABLE, KINDS, Kind, Values, role_rows

_BATCH = 500


@dataclass(slots=True)
class _State:
    """What the log says about one record: `first` before it was first touched, `now` since."""

    whole: bool
    live: bool
    at: int
    first: fields.Fields = field(default_factory=dict)
    now: fields.Fields = field(default_factory=dict)


@dataclass(slots=True)
class _Run:
    """What the log says about a run of records."""

    runs: list[tuple[int, int]]
    content: str
    live: bool
    at: int

    def __contains__(self, key: int) -> bool:
        return any(first <= key <= last for first, last in self.runs)


def findings(connection: Connection, names: Names) -> Iterator[Finding]:
    """Yield what is wrong with the log, and where the rows are not what it adds up to."""
    log = _Log(connection, names)
    yield from log.read()
    for kind in KINDS.values():
        yield from log.compare(kind)


def _one(kind: Kind) -> str:
    return f"{'an' if kind.title[0] in 'aeiou' else 'a'} {kind.title}"


def _error(text: str, article: Id | None = None, record: Id | None = None) -> Finding:
    return Finding("error", article, record, text)


class _Log:
    def __init__(self, connection: Connection, names: Names) -> None:
        self._connection = connection
        self._names = names
        self._states: dict[Kind, dict[int, _State]] = {kind: {} for kind in KINDS.values()}
        self._runs: dict[Kind, list[_Run]] = {kind: [] for kind in KINDS.values()}
        self._at = 0

    # -- reading ----------------------------------------------------------------------------------

    def read(self) -> Iterator[Finding]:
        """Go through the log from its beginning, fold it, and yield what is wrong with itself."""
        origins = {
            key: Id(record_id)
            for key, record_id in self._connection.execute(select(schema.origins.c.key, schema.origins.c.id))
        }
        following: Counter[int] = Counter()
        table = schema.operations
        for row in self._connection.execute(select(table).order_by(table.c.key)).all():
            origin = origins.get(row.origin)
            if origin is None:
                yield _error(f"The operation “{row.name}” has no origin.")
                continue
            if row.sum != operation_sum(row, origin, self._names.id_or_none(row.annotator)):
                yield _error(f"The log of the operation “{row.name}” was altered or damaged.")
            if row.seq != (following[row.origin] or 1):
                yield _error(f"The log has a gap before the operation “{row.name}”.")
            following[row.origin] = row.seq + row.rows
            yield from self._operation(row, origin)
        yield from self._strays()

    def _operation(self, operation: Row[Any], origin: Id) -> Iterator[Finding]:
        table = schema.changes
        query = select(table).where(table.c.operation == operation.key).order_by(table.c.place)
        found = self._connection.execute(query).all()
        if [row.place for row in found] != list(range(operation.rows)):
            yield _error(f"The log of the operation “{operation.name}” is not whole.")
        for row in found:
            entry = Entry(BY_TABLE[self._names.word[row.kind]], row.record, row.op, row.before, row.after)
            record = self._names.id_or_none(row.record)
            if row.sum != entry_sum(origin, operation.seq + row.place, record, entry):
                yield _error(f"A row in the log of “{operation.name}” was altered or damaged.", None, record)
                continue
            self._at += 1
            if entry.record is None:
                self._fold_run(entry)
            else:
                self._fold(entry, entry.record)

    def _strays(self) -> Iterator[Finding]:
        known = select(schema.operations.c.key)
        stray = select(schema.changes.c.operation).where(schema.changes.c.operation.not_in(known))
        if self._connection.execute(stray.limit(1)).first() is not None:
            yield _error("The log has rows that belong to no operation.")

    def _fold(self, entry: Entry, key: int) -> None:
        states = self._states[entry.kind]
        before, after = fields.from_json(entry.before), fields.from_json(entry.after)
        state = states.get(key)
        if state is None:
            state = states[key] = _State(entry.op == "add", entry.op != "remove", self._at)
        state.live, state.at = entry.op != "remove", self._at
        state.first = {**before, **state.first}
        state.now.update(after)

    def _fold_run(self, entry: Entry) -> None:
        facts = fields.from_json(entry.after)
        runs = [(first, last) for first, last in facts["keys"]]
        if entry.op == "add_many":
            self._runs[entry.kind].append(_Run(runs, facts["content"], True, self._at))
            return
        for run in self._runs[entry.kind]:
            if run.runs == runs:
                run.live, run.at = entry.op == "restore_many", self._at

    # -- comparing --------------------------------------------------------------------------------

    def compare(self, kind: Kind) -> Iterator[Finding]:
        """Yield where the rows of a kind are not what the log says."""
        covered: set[int] = set()
        for run in self._runs[kind]:
            yield from self._compare_run(kind, run, covered)
        whole = {key: state for key, state in self._states[kind].items() if state.whole}
        yield from self._compare_states(kind, whole)
        table = kind.table
        for key in self._connection.execute(select(table.c.key)).scalars().all():
            if key not in whole and key not in covered:
                yield self._differs(kind, key, "is there and not in the log")

    def _compare_run(self, kind: Kind, run: _Run, covered: set[int]) -> Iterator[Finding]:
        states = self._states[kind]
        values: list[Values] = []
        roles: list[Values] = []
        for first, last in run.runs:
            for row in self._stored(kind, first, last):
                key = row[0]
                covered.add(key)
                state = states.get(key)
                live = state.live if state is not None and state.at > run.at else run.live
                if bool(row[-1]) == live:
                    yield self._differs(kind, key, "is removed" if live else "is there")
                values.append(tuple(row[:-1]))
            roles += self._stored_roles(kind, first, last)
        touched = [key for key in (row[0] for row in values) if key in states]
        if touched:
            yield from self._current(kind, touched)
            values, roles = self._as_added(kind, touched, values, roles)
        if content_digest(values, roles) != run.content:
            yield _error(
                f"One of the {kind.title}s added in bulk (keys {run.runs[0][0]} on) was altered or damaged."
            )

    def _stored(self, kind: Kind, first: int, last: int) -> Sequence[Sequence[Any]]:
        table = kind.table
        columns = [table.c[name] for name in kind.columns]
        query = (
            select(*columns, table.c.deleted).where(table.c.key.between(first, last)).order_by(table.c.key)
        )
        return self._connection.execute(query).all()

    def _stored_roles(self, kind: Kind, first: int, last: int) -> list[Values]:
        if not kind.has_roles:
            return []
        roles, owner = schema.roles, kind.table
        query = (
            select(roles).join(owner, owner.c.key == roles.c.frame).where(owner.c.key.between(first, last))
        )
        found = self._connection.execute(query.order_by(roles.c.frame, roles.c.place)).all()
        return [tuple(row) for row in found]

    def _as_added(
        self, kind: Kind, touched: list[int], values: list[Values], roles: list[Values]
    ) -> tuple[list[Values], list[Values]]:
        """Return rows and roles as they were when they were added, walked back through the log."""
        records = rows.load_many(self._connection, self._names, kind, touched, removed=True)
        back: dict[int, Values] = {}
        for key, record in records.items():
            first = self._states[kind][key].first
            added = fields.record_from(
                kind.type, record.id, {**fields.fields_of(record), **first}, getattr(record, "text", "")
            )
            back[key] = kind.to_row(added, key, self._names)
            if "roles" in first:
                roles = [row for row in roles if row[0] != key]
                roles += role_rows(key, cast(Any, added).roles, self._names)
        place = kind.columns.index("place") if "place" in kind.columns else None
        return [_placed(back.get(row[0], row), row, place) for row in values], sorted(roles)

    def _current(self, kind: Kind, touched: list[int]) -> Iterator[Finding]:
        records = rows.load_many(self._connection, self._names, kind, touched, removed=True)
        for key, record in records.items():
            current, now = fields.fields_of(record), self._states[kind][key].now
            if any(current[name] != value for name, value in now.items()):
                yield self._differs(kind, key, "has other values")

    def _compare_states(self, kind: Kind, states: dict[int, _State]) -> Iterator[Finding]:
        table, keys = kind.table, list(states)
        for at in range(0, len(keys), _BATCH):
            part = keys[at : at + _BATCH]
            query = select(table.c.key, table.c.deleted).where(table.c.key.in_(part))
            deleted = {key: bool(mark) for key, mark in self._connection.execute(query)}
            records = rows.load_many(self._connection, self._names, kind, part, removed=True)
            for key in part:
                record = records.get(key)
                if record is None:
                    yield self._differs(kind, key, "is missing")
                elif fields.filled(fields.fields_of(record)) != fields.filled(states[key].now):
                    yield self._differs(kind, key, "has other values")
                elif deleted[key] == states[key].live:
                    yield self._differs(kind, key, "is removed" if deleted[key] else "is there")

    def _differs(self, kind: Kind, key: int, how: str) -> Finding:
        try:
            record = self._names.id[key]
        except KeyError:
            record = None
        article: Id | None = None
        if "article" in kind.columns:
            query = select(kind.table.c.article).where(kind.table.c.key == key)
            found = self._connection.execute(query).scalar()
            article = self._names.id_or_none(found)
        elif kind.table is schema.articles:
            article = record
        return _error(f"The rows and the log do not agree: {_one(kind)} {how}.", article, record)


def _placed(row: Values, stored: Values, place: int | None) -> Values:
    return row if place is None else (*row[:place], stored[place], *row[place + 1 :])
