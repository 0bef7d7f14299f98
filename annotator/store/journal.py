"""The change log: who did what, when, in which order, with before and after of what was touched.

An operation is what a person did in one step.  It belongs to an origin (one run of the program
that wrote), has a clock (a counter, so that wrong clocks of machines reorder nothing) and rows,
numbered through within the origin.  A row says what happened to one record:

    add, change, remove, restore            `before` and `after` are JSON of the touched fields

or to a run of records made in bulk:

    add_many, remove_many, restore_many     `after` names the runs; for add_many also a digest

Every row and every operation carries a check sum.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Literal

import orjson
from sqlalchemy import func, select
from sqlalchemy.engine import Connection, Row

from annotator.model.ids import Id, new_id
from annotator.store import schema, sqlite, statements
from annotator.store.keys import Names
from annotator.store.kinds import BY_TABLE, Kind

INVERSE = {
    "add": "remove",
    "restore": "remove",
    "remove": "restore",
    "change": "change",
    "add_many": "remove_many",
    "restore_many": "remove_many",
    "remove_many": "restore_many",
}
Mode = Literal["do", "auto", "undo", "redo"]
_FLUSH = 2048
_WALK = 100
_PART = 1000


@dataclass(frozen=True, slots=True)
class Operation:
    """One entry of the history, as it is shown."""

    id: Id
    name: str
    when: int
    who: Id | None
    undone: bool
    records: int


@dataclass(frozen=True, slots=True)
class Step:
    """One operation as undo and redo see it; `undoes` is the key of the one it takes back."""

    key: int
    name: str
    mode: Mode
    undoes: int | None = None
    records: int = 0
    """How many records it touched."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the log."""

    kind: Kind
    record: int | None
    op: str
    before: str
    after: str


def digest(*parts: object) -> int:
    """Return a check sum of some values, as a signed number of eight bytes."""
    joined = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(blake2b(joined.encode(), digest_size=8).digest(), "big", signed=True)


def content_digest(
    rows: Sequence[Sequence[Any]], roles: Sequence[Sequence[Any]], ending: Sequence[Any] = ()
) -> str:
    """Return a digest of rows as the tables hold them; `ending` is what all of them have besides."""
    found = blake2b(_ended(rows, ending) if ending else orjson.dumps(rows), digest_size=12)
    found.update(orjson.dumps(roles))
    return found.hexdigest()


def _ended(rows: Sequence[Sequence[Any]], ending: Sequence[Any]) -> bytes:
    """Return rows as JSON, each with the same ending: that is put where a row ends, not into each row."""
    written = orjson.dumps(rows)
    if b'"' in written:  # brackets may stand within texts
        return orjson.dumps([(*row, *ending) for row in rows])
    return written[:-1].replace(b"]", b"," + orjson.dumps(ending)[1:]) + b"]"


def entry_sum(origin: Id, seq: int, record: Id | None, entry: Entry) -> int:
    """Return the check sum that a row of the log must carry."""
    name = record.hex() if record is not None else ""
    return digest(origin.hex(), seq, entry.kind.table.name, name, entry.op, entry.before, entry.after)


def operation_sum(row: Row[Any], origin: Id, annotator: Id | None) -> int:
    """Return the check sum that an operation must carry; `row` has all columns of `operations`."""
    who = annotator.hex() if annotator is not None else ""
    undoes = row.undoes if row.undoes is not None else ""
    facts = (row.seq, row.rows, row.clock, row.at, row.name, who, row.mode, undoes, row.records)
    return digest(origin.hex(), *facts)


class Journal:
    """The log of one open project: numbers what is written and knows what undo would take back."""

    def __init__(self, connection: Connection, names: Names, tool: str) -> None:
        self._connection = connection
        self._names = names
        self._tool = tool
        self._origin: tuple[int, Id] | None = None
        self.reload(names)

    def reload(self, names: Names) -> None:
        """Read again where the log stands, after opening and after a transaction that failed."""
        self._names = names
        table = schema.operations
        newest = self._connection.execute(select(func.max(table.c.key), func.max(table.c.clock))).one()
        self._operation: int = newest[0] or 0
        self.clock: int = newest[1] or 0
        self._seq = self._find_origin()
        self._entries: list[tuple[Any, ...]] = []
        self._rows = 0
        self._tops: tuple[Step | None, Step | None] | None = None

    def _find_origin(self) -> int:
        if self._origin is None:
            return 1
        found = self._connection.execute(
            select(schema.origins.c.key).where(schema.origins.c.key == self._origin[0])
        ).first()
        if found is None:
            self._origin = None
            return 1
        table = schema.operations
        highest = select(func.max(table.c.seq + table.c.rows)).where(table.c.origin == self._origin[0])
        return self._connection.execute(highest).scalar() or 1

    # -- writing, inside a transaction ------------------------------------------------------------

    def note(self, entry: Entry) -> None:
        """Add one row to the operation that is being written."""
        origin = self._open_origin()
        record = None if entry.record is None else self._names.id[entry.record]
        sum_ = entry_sum(origin[1], self._seq + self._rows, record, entry)
        kind = self._names.word_key[entry.kind.table.name]
        place, operation = self._rows, self._operation + 1
        values = (operation, place, kind, entry.record, entry.op, entry.before, entry.after, sum_)
        self._entries.append(values)
        self._rows += 1
        if len(self._entries) >= _FLUSH:
            self._flush()

    def finish(self, name: str, by: Id | None, mode: Mode, undoes: int | None, records: int) -> bool:
        """Write the operation itself; tells whether there was anything to write."""
        if not self._rows:
            return False
        self._flush()
        table, origin = schema.operations, self._open_origin()
        values = {
            "key": self._operation + 1,
            "origin": origin[0],
            "seq": self._seq,
            "rows": self._rows,
            "clock": self.clock + 1,
            "at": time.time_ns() // 1000,
            "name": name,
            "annotator": self._names.key_or_none(by),
            "mode": mode,
            "undoes": undoes,
            "records": records,
        }
        facts = [values[key] for key in ("seq", "rows", "clock", "at", "name")]
        who, back = by.hex() if by is not None else "", undoes if undoes is not None else ""
        values["sum"] = digest(origin[1].hex(), *facts, who, mode, back, records)
        statements.insert_rows(self._connection, table, tuple(values), [tuple(values.values())])
        return True

    def written(self, name: str, mode: Mode, records: int) -> None:
        """Count the operation in; `reload` follows when its transaction fails after all."""
        self._operation += 1
        self.clock += 1
        self._seq += self._rows
        self._rows = 0
        if mode == "do":
            self._tops = (Step(self._operation, name, "do", None, records), None)
        elif mode != "auto":
            self._tops = None

    def _flush(self) -> None:
        columns = [column.name for column in schema.changes.columns]
        statements.insert_rows(self._connection, schema.changes, columns, self._entries)
        self._entries = []

    def _open_origin(self) -> tuple[int, Id]:
        if self._origin is None:
            table, origin = schema.origins, new_id()
            key: int = (self._connection.execute(select(func.max(table.c.key))).scalar() or 0) + 1
            values = {
                "key": key,
                "id": origin,
                "started": time.time_ns() // 1000,
                "tool": self._tool,
                "who": "",
            }
            self._connection.execute(table.insert(), values)
            self._origin = (key, origin)
        return self._origin

    # -- reading ----------------------------------------------------------------------------------

    def entries(self, operation: int, *, newest_first: bool = False) -> Iterator[Entry]:
        """Yield the rows of one operation."""
        table = schema.changes
        order = table.c.place.desc() if newest_first else table.c.place
        rows = self._connection.execute(select(table).where(table.c.operation == operation).order_by(order))
        return (self.entry(row) for row in rows.all())

    def entry(self, row: Row[Any]) -> Entry:
        """Return a row of `changes` as an entry."""
        kind = BY_TABLE[self._names.word[row.kind]]
        return Entry(kind, row.record, row.op, row.before, row.after)

    def undoable(self) -> Step | None:
        """Return the operation that undo would take back."""
        return self._top()[0]

    def redoable(self) -> Step | None:
        """Return the undo that redo would take back."""
        return self._top()[1]

    def _top(self) -> tuple[Step | None, Step | None]:
        if self._tops is None:
            self._tops = _tops(self._steps())
        return self._tops

    def _steps(self) -> Iterator[Step]:
        table, below = schema.operations, self._operation + 1
        while True:
            query = select(table.c.key, table.c.name, table.c.mode, table.c.undoes, table.c.records)
            rows = self._connection.execute(
                query.where(table.c.key < below).order_by(table.c.key.desc()).limit(_WALK)
            ).all()
            yield from (Step(*row) for row in rows)
            if len(rows) < _WALK:
                return
            below = rows[-1][0]

    def history(self, limit: int) -> tuple[Operation, ...]:
        """Return the newest operations, newest first; undos and redos show as marks on their target."""
        table = schema.operations
        marks, shown = _Marks(), list[Operation]()
        query = select(table, schema.origins.c.id.label("origin_id")).join(
            schema.origins, schema.origins.c.key == table.c.origin
        )
        for row in self._connection.execute(query.order_by(table.c.key.desc())):
            if marks.reads(Step(row.key, row.name, row.mode, row.undoes)):
                continue
            record_id = Id(row.origin_id[:8] + row.seq.to_bytes(8, "big"))
            who = self._names.id_or_none(row.annotator)
            undone = row.key in marks.undone
            shown.append(Operation(record_id, row.name, row.at, who, undone, row.records))
            if len(shown) >= limit:
                break
        return tuple(shown)

    def last_decisions(self, ids: Iterable[Id]) -> dict[Id, int]:
        """Return the key of the operation that last decided each suggestion; none for what came with many."""
        table = schema.changes
        keys = {key: one for one in ids if (key := self._names.keys.find(one)) is not None}
        found: dict[Id, int] = {}
        for at in range(0, len(keys), _PART):
            part = table.c.record.in_([*keys][at : at + _PART])
            # An operation names the fields it touches: labels are changed without a decision.
            is_decision = sqlite.field(table.c.after, "state").is_not(None)
            query = select(table.c.record, func.max(table.c.operation)).where(part, is_decision)
            rows = self._connection.execute(query.group_by(table.c.record))
            found |= {keys[record]: operation for record, operation in rows}
        return found


class _Marks:
    """What undos and redos say about older operations, read from the newest back.

    A redo cancels an undo; an undo that is not cancelled marks its target as undone.
    """

    def __init__(self) -> None:
        self.undone: set[int] = set()
        self.cancelled: set[int] = set()

    def reads(self, step: Step) -> bool:
        """Take note of an undo or a redo; tells whether it was one."""
        if step.undoes is None:
            return False
        if step.mode == "redo":
            self.cancelled.add(step.undoes)
        elif step.key not in self.cancelled:
            self.undone.add(step.undoes)
        return True


def _tops(steps: Iterator[Step]) -> tuple[Step | None, Step | None]:
    """Walk back from the newest operation to what undo and what redo would take back."""
    marks = _Marks()
    redo: Step | None = None
    for step in steps:
        if marks.reads(step):
            if redo is None and step.mode == "undo" and step.key not in marks.cancelled:
                redo = step
        elif step.mode == "do" and step.key not in marks.undone:
            return step, redo
    return None, redo
