"""Takes an operation back: the inverse of each of its log rows, newest first, or a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from annotator.model.changes import Hear
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id
from annotator.model.records import Annotator, Record, SuggestedFrame, SuggestedSpan
from annotator.model.steps import suggester_name
from annotator.store import fields, rows, schema
from annotator.store.gathering import Run, unbroken
from annotator.store.journal import INVERSE, Entry, Journal, Mode, Step
from annotator.store.keys import Names
from annotator.store.kinds import KINDS, Kind
from annotator.store.writing import Writer

Suggested = SuggestedSpan | SuggestedFrame
_MADE = (schema.spans, schema.frames, schema.article_labels, schema.nothing_here, schema.readings)
"""Tables that say who made a record."""


def _nobody(_done: int, _total: int) -> None:
    """Hears nothing."""


class Reversal:
    """Takes back one operation, or refuses because something it touched has changed since.

    Suggesters look at articles anew by themselves: a suggestion that they replaced since stays away, and so
    do those that it had replaced itself.  Annotators whom an import brought stay where they are at work by
    now, or have made something since.
    """

    def __init__(
        self, connection: Connection, names: Names, journal: Journal, writer: Writer, by: Id | None
    ) -> None:
        self._by = by
        self._connection = connection
        self._names = names
        self._journal = journal
        self._writer = writer
        self._overtaken: set[tuple[Id, str]] = set()
        """Articles and suggesters whose suggestions were replaced since."""

    def run(self, step: Step, hear: Hear | None = None) -> None:
        """Write the inverse of the operation; raises NotAllowed, before the transaction ends."""
        tell = hear or _nobody
        people: list[Entry] = []
        for entry in self._journal.entries(step.key, newest_first=True):
            tell(self._writer.count, step.records)
            if entry.kind.type is Annotator:
                people.append(entry)
            else:
                self._entry(step, entry)
        # Last: what they made in this operation is gone by then.
        busy = self._busy() if people else set()
        for entry in people:
            if not INVERSE[entry.op].startswith("remove") or busy.isdisjoint(_keys(entry)):
                self._entry(step, entry)
        if not self._writer.count:
            # All of it stays away: without a row in the log the next undo would come to the same step again.
            self._writer.mark(KINDS[SuggestedSpan], [], "remove_many")
        tell(self._writer.count, step.records)

    def _entry(self, step: Step, entry: Entry) -> None:
        if entry.record is None:
            self._many(step, entry)
        else:
            self._one(step, entry, entry.record)

    def _busy(self) -> set[int | None]:
        """Return who is at work, and of whom anything is there."""
        self._writer.catch_up()
        found = {self._names.keys.find(self._by) if self._by is not None else None}
        for table in _MADE:
            made = select(table.c.annotator).where(table.c.deleted == 0).distinct()
            found.update(self._connection.execute(made).scalars())
        return found

    def _one(self, step: Step, entry: Entry, key: int) -> None:
        found = self._writer.load(entry.kind, key)
        assert found is not None, "rows are never removed"
        record, live = found
        if isinstance(record, Suggested) and self._stays_away(record, entry.op, live=live):
            return
        current, after = fields.fields_of(record), fields.from_json(entry.after)
        if entry.op == "add":
            same = live and fields.filled(current) == after
        else:
            same = live == (entry.op != "remove") and all(current[name] == after[name] for name in after)
        if not same:
            self._refuse(step, record, key)
        before = fields.from_json(entry.before)
        restored = record if entry.op == "add" or not before else _with(record, {**current, **before})
        op = INVERSE[entry.op]
        self._writer.put(entry.kind, key, record, restored, op, live=(live, op != "remove"))

    def _stays_away(self, record: Suggested, op: str, *, live: bool) -> bool:
        """Tell whether a suggestion is gone already, or would come back beside those that replaced it."""
        which = record.article, suggester_name(record.suggester)
        if op != "remove" and not live:
            self._overtaken.add(which)
            return True
        return op == "remove" and record.state == "open" and which in self._overtaken

    def _many(self, step: Step, entry: Entry) -> None:
        runs: list[Run] = [(first, last) for first, last in fields.from_json(entry.after)["keys"]]
        op = INVERSE[entry.op]
        self._writer.catch_up()
        if issubclass(entry.kind.type, Suggested):
            runs = self._without_away(entry, runs)
        for run in runs:
            if op == "remove_many":
                self._unchanged(step, entry.kind, run)
            self._all(step, entry.kind, run, live=op == "remove_many")
        self._writer.mark(entry.kind, runs, op)

    def _without_away(self, entry: Entry, runs: list[Run]) -> list[Run]:
        """Return runs of suggestions without those that stay away."""
        op, table = entry.op.removesuffix("_many"), entry.kind.table
        if op == "remove" and not self._overtaken:
            return runs
        away: set[int] = set()
        for run in runs:
            query = select(table.c.key).where(table.c.key.between(*run), table.c.deleted == 1)
            gone = self._connection.execute(query).scalars().all()
            found = rows.load_many(self._connection, self._names, entry.kind, gone, removed=True)
            away |= {
                key
                for key, one in found.items()
                if isinstance(one, Suggested) and self._stays_away(one, op, live=False)
            }
        if not away:
            return runs
        return unbroken(key for first, last in runs for key in range(first, last + 1) if key not in away)

    def _all(self, step: Step, kind: Kind, run: Run, *, live: bool) -> None:
        table = kind.table
        within = table.c.key.between(*run), table.c.deleted == int(live)
        key = self._connection.execute(select(func.min(table.c.key)).where(*within)).scalar()
        if key is not None:
            found = self._writer.load(kind, key)
            assert found is not None
            self._refuse(step, found[0], key)

    def _unchanged(self, step: Step, kind: Kind, run: Run) -> None:
        for key, before in self._since(step, kind, run):
            found = self._writer.load(kind, key)
            assert found is not None
            current = fields.fields_of(found[0])
            if any(current[name] != value for name, value in before.items()):
                self._refuse(step, found[0], key)

    def _since(self, step: Step, kind: Kind, run: Run) -> Iterator[tuple[int, fields.Fields]]:
        """Yield the records of a run that were touched since, with the fields as they were before."""
        table = schema.changes
        query = select(table.c.record, table.c.before).where(
            table.c.operation > step.key,
            table.c.record.between(*run),
            table.c.kind == self._names.word_key[kind.table.name],
        )
        first: dict[int, fields.Fields] = {}
        for key, before in self._connection.execute(query.order_by(table.c.operation, table.c.place)):
            first[key] = {**fields.from_json(before), **first.get(key, {})}
        return iter(first.items())

    def _refuse(self, step: Step, record: Record, key: int) -> None:
        kind, verb = KINDS[type(record)], "done again" if step.mode == "undo" else "undone"
        label = getattr(record, "label", "") or getattr(record, "name", "")
        what = f"the {kind.title} {label}".rstrip()
        raise NotAllowed(
            "“{name}” cannot be {verb}: {what} has been changed since{by_whom}. Change it by hand instead.",
            name=step.name,
            verb=verb,
            what=what,
            by_whom=self._by_whom(step, key),
        )

    def _by_whom(self, step: Step, key: int) -> str:
        table, log = schema.operations, schema.changes
        query = (
            select(table.c.name, table.c.annotator)
            .join(log, log.c.operation == table.c.key)
            .where(table.c.key > step.key, log.c.record == key)
            .order_by(table.c.key.desc())
            .limit(1)
        )
        found = self._connection.execute(query).first()
        if found is None:
            return ""
        who = found.annotator
        person = rows.load(self._connection, self._names, KINDS[Annotator], who) if who is not None else None
        name = f" by {person[0].name}" if person is not None and isinstance(person[0], Annotator) else ""
        return f"{name} (“{found.name}”)"


def _keys(entry: Entry) -> Iterator[int]:
    """Yield the keys of the records that an entry of the log is about."""
    runs = (
        [(entry.record, entry.record)] if entry.record is not None else fields.from_json(entry.after)["keys"]
    )
    return chain.from_iterable(range(first, last + 1) for first, last in runs)


def _with(record: Record, values: fields.Fields) -> Record:
    return fields.record_from(type(record), record.id, values, getattr(record, "text", ""))


def mode_of(step: Step) -> Mode:
    """Return what taking back this operation is: an undo, or of an undo a redo."""
    return "redo" if step.mode == "undo" else "undo"
