"""Statements that are asked so often that SQLAlchemy writes them once; then they go straight to the driver.

What SQLAlchemy does around each statement costs ten times what SQLite needs to find one row.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, Table
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Connection

from annotator.store import faults, schema, sqlite
from annotator.store.keys import Words
from annotator.store.kinds import Kind

_DIALECT = SQLiteDialect_pysqlite(paramstyle="qmark")
_GROUP = 64


@dataclass(frozen=True, slots=True)
class _Slot:
    """Stands for a value of a query, or for one of its keys, while the statement is written."""

    name: str
    at: int | None = None


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement, the values that it always has, and how all of them are put in place at once."""

    sql: str
    fixed: tuple[Any, ...]
    names: tuple[str, ...]
    placed: Callable[[Sequence[Any]], tuple[Any, ...]]
    """Takes the fixed values, then those with names, then the keys."""

    def filled(self, values: Mapping[str, Any], keys: Iterable[int]) -> tuple[Any, ...]:
        return self.placed((*self.fixed, *map(values.__getitem__, self.names), *keys))


class Statement:
    """A query that was written down; the values of its column types need no conversion."""

    def __init__(self, query: Select[Any]) -> None:
        self._query = query
        self._written: dict[int, _Written] = {}

    def all(self, connection: Connection, **values: Any) -> list[tuple[Any, ...]]:
        """Return all rows; `keys`, where the query takes them, are one or more."""
        keys, size = values.pop("keys", None), 0
        if keys:
            # Few sizes, so that few statements are written: a key that stands twice finds nothing more.
            size = 1 << (len(keys) - 1).bit_length()
            keys = [*keys, *[keys[-1]] * (size - len(keys))]
        written = self._written.get(size) or self._write(values, keys)
        found = execute(connection, written.sql, written.filled(values, keys or ()))
        try:
            return found.fetchall()
        except sqlite3.Error as error:
            raise _in_words(connection, error) from error

    def _write(self, values: Mapping[str, Any], keys: Sequence[int] | None) -> _Written:
        named: dict[str, Any] = {name: _Slot(name) for name in values}
        each = [_Slot("keys", at) for at in range(len(keys or ()))]
        slots = named if keys is None else {**named, "keys": each}
        state = self._query.compile(dialect=_DIALECT).construct_expanded_state(slots)
        wanted = list(state.positional_parameters)
        fixed = [one for one in wanted if not isinstance(one, _Slot)]
        places = {one: len(fixed) + at for at, one in enumerate((*named.values(), *each))}
        fixed_at = iter(range(len(fixed)))
        placed = _picking([places[one] if isinstance(one, _Slot) else next(fixed_at) for one in wanted])
        found = self._written[len(each)] = _Written(state.statement, tuple(fixed), tuple(values), placed)
        return found


def _picking(places: Sequence[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """Return what picks the values at these places, always as a tuple."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda values: tuple(values[at] for at in places)


def execute(connection: Connection, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
    """Run one statement; errors come as sentences."""
    try:
        return sqlite.driver(connection).execute(sql, values)
    except sqlite3.Error as error:
        raise _in_words(connection, error) from error


def execute_many(connection: Connection, sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run one statement for many rows; errors come as sentences."""
    try:
        sqlite.driver(connection).executemany(sql, rows)
    except sqlite3.Error as error:
        raise _in_words(connection, error) from error


def _in_words(connection: Connection, error: sqlite3.Error) -> Exception:
    return faults.error_of(connection, error) or error


# S608: every name in the statements below is one of our own tables or columns, never from outside.


def insert_rows(
    connection: Connection,
    table: Table,
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    clause: str = "",
) -> None:
    """Insert many rows; many to a statement, which halves the time (bound as they are)."""
    whole = len(rows) - len(rows) % _GROUP
    if whole:
        flat = [tuple(chain.from_iterable(rows[at : at + _GROUP])) for at in range(0, whole, _GROUP)]
        execute_many(connection, _insert(table.name, tuple(columns), _GROUP) + clause, flat)
    if whole < len(rows):
        execute_many(connection, _insert(table.name, tuple(columns), 1) + clause, rows[whole:])


@lru_cache(128)
def _insert(table: str, columns: tuple[str, ...], count: int) -> str:
    one = f"({', '.join('?' * len(columns))})"
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table} ({names}) VALUES {', '.join([one] * count)}"  # noqa: S608


_ADD_UP = " ON CONFLICT (kind, label, article) DO UPDATE SET count = count + excluded.count"


def add_tallies(connection: Connection, counts: Sequence[tuple[int, int, int, int]]) -> None:
    """Add to the tallies; each comes as kind, label, article and count."""
    insert_rows(connection, schema.tallies, ("kind", "label", "article", "count"), counts, _ADD_UP)


def update_rows(
    connection: Connection, table: str, columns: tuple[str, ...], rows: Sequence[Sequence[Any]]
) -> None:
    """Write some columns of rows; each comes as their values and then the key."""
    execute_many(connection, _update(table, columns), rows)


@lru_cache(128)
def _update(table: str, columns: tuple[str, ...]) -> str:
    values = ", ".join(f'"{name}" = ?' for name in columns)
    return f"UPDATE {table} SET {values} WHERE key = ?"  # noqa: S608


def tally_run(connection: Connection, words: Words, kind: Kind, run: tuple[int, int], sign: int) -> None:
    """Add a whole run of records to the tallies, or take it away."""
    condition = ""
    if "state" in kind.columns:
        condition = f"AND state = {words.key_of['open']}"
    statement = (
        "INSERT INTO tallies (kind, label, article, count) "  # noqa: S608
        f"SELECT ?, label, article, ? * count(*) FROM {kind.table.name} "
        f"WHERE key BETWEEN ? AND ? {condition} GROUP BY label, article {_ADD_UP}"
    )
    execute(connection, statement, (words.key_of[kind.table.name], sign, *run))
