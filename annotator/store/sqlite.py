"""All that only SQLite has: the connection and its settings, full text, online copy, its errors."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    Select,
    case,
    cast,
    create_engine,
    event,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateIndex, CreateTable

from annotator.model.errors import ProjectDamaged, UserError
from annotator.model.project_file import APPLICATION_ID, HEADER, application_of
from annotator.store import faults, schema

VERSION = sqlite3.sqlite_version
SIDE_FILES = ("-journal", "-wal", "-shm")
FULL_TEXT = "article_words"
_CREATE_FULL_TEXT = (
    f"CREATE VIRTUAL TABLE {FULL_TEXT} USING fts5"
    "(text, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2')"
)
_HOLD_WORDS = f"INSERT INTO {FULL_TEXT} ({FULL_TEXT}, rank) VALUES ('hashsize', 4194304)"  # noqa: S608
_SHADOWS = frozenset(f"{FULL_TEXT}_{part}" for part in ("data", "idx", "config", "docsize", "content"))


@dataclass(frozen=True, slots=True)
class Header:
    """What the first hundred bytes of a file say."""

    is_sqlite: bool
    application: int
    version: int
    min_reader: int


def read_header(path: Path) -> Header:
    """Read a file's header; only ever called while SQLite does not have the file open."""
    with path.open("rb") as file:
        head = file.read(HEADER)
    application = application_of(head)
    if application is None:
        return Header(False, 0, 0, 0)
    number = int.from_bytes(head[60:64], "big")
    return Header(True, application, number & 0xFFFF, number >> 16)


def connect(path: Path, *, read_only: bool = False) -> Connection:
    """Connect to a project file: one connection, no waiting, transactions only where we begin them.

    TRUNCATE and FULL: after a power cut nothing acknowledged is missing, and between two saves the
    one file holds everything.  EXCLUSIVE: a second program is told at once.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": 0, "isolation_level": None, "cached_statements": 256},
        poolclass=StaticPool,
        hide_parameters=True,  # they are people's texts, and errors end up in reports
    )
    event.listen(engine, "connect", _set_up_reader if read_only else _set_up_writer)
    event.listen(engine, "handle_error", faults.in_words_of)
    try:
        with faults.told(path):
            return engine.connect()
    except BaseException:
        engine.dispose()
        raise


def drop_journal(connection: Connection) -> None:
    """Let SQLite take its empty journal away while it still has the lock: nothing stays beside the file.

    Where that cannot be (a full disk, a damaged file), the journal stays and is harmless.
    """
    with contextlib.suppress(DBAPIError, UserError):
        connection.exec_driver_sql("PRAGMA locking_mode = NORMAL")
        connection.exec_driver_sql("PRAGMA journal_mode = DELETE")


def disconnect(connection: Connection) -> None:
    """Close the connection and let go of the file."""
    connection.close()
    connection.engine.dispose()


def _set_up_writer(driver: sqlite3.Connection, _: object) -> None:
    _set_up(driver, "locking_mode = EXCLUSIVE", "journal_mode = TRUNCATE", "synchronous = FULL")


def _set_up_reader(driver: sqlite3.Connection, _: object) -> None:
    _set_up(driver, "query_only = ON")


def _set_up(driver: sqlite3.Connection, *more: str) -> None:
    for pragma in (
        "trusted_schema = OFF",
        "foreign_keys = ON",
        "mmap_size = 0",
        "cell_size_check = ON",
        "cache_size = -8000",
        "temp_store = MEMORY",
        *more,
    ):
        driver.execute(f"PRAGMA {pragma}").close()
    driver.create_function("casefolded", 1, str.casefold, deterministic=True)


def take_lock(connection: Connection) -> None:
    """Lock out every other program until the connection closes (the lock stays with EXCLUSIVE)."""
    connection.exec_driver_sql("BEGIN EXCLUSIVE")
    connection.exec_driver_sql("COMMIT")


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Write inside: all of it is in the file when this returns, nothing of it when it raises."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        yield
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        driver(connection).rollback()
        raise


def driver(connection: Connection) -> sqlite3.Connection:
    """Return the sqlite3 connection underneath."""
    found = connection.connection.driver_connection
    assert isinstance(found, sqlite3.Connection)
    return found


def as_lists(query: Select[Any]) -> Select[Any]:
    """Return the query that gives each column of another one as one JSON list, in the order of its rows.

    A list of many small values takes a third of the time of a row for each.
    """
    return select(*map(func.json_group_array, query.subquery().c))


def fetch_keys(connection: Connection, query: Select[Any]) -> array[int]:
    """Return a query's only column, keys, as one value: there may be a hundred thousand of them."""
    return array("q", json.loads(connection.execute(as_lists(query)).scalar_one()))


def casefolded(column: ColumnElement[str]) -> ColumnElement[str]:
    """Return a text as `str.casefold` has it; Python is asked only where SQLite's own does not do."""
    is_ascii = func.length(column) == func.length(cast(column, LargeBinary))
    return case((is_ascii, func.lower(column)), else_=func.casefolded(column))


def field(column: ColumnElement[str], name: str) -> ColumnElement[Any]:
    """Return a field of a record that is kept as JSON; NULL where it has none, or the text is empty."""
    return func.json_extract(func.nullif(column, ""), f"$.{name}")


def empty_last(column: ColumnElement[str]) -> ColumnElement[Any]:
    """Return what sorts as a text, but behind all others when there is none: bytes come after letters."""
    return func.coalesce(func.nullif(column, ""), literal_column("x''"))


# -- schema ---------------------------------------------------------------------------------------


@cache
def expected_schema() -> Mapping[str, str]:
    """Return the name of every table and index and the SQL that makes it, in order of making."""
    dialect = SQLiteDialect_pysqlite()
    found: dict[str, str] = {}
    for table in schema.metadata.sorted_tables:
        found[table.name] = str(CreateTable(table).compile(dialect=dialect)).strip()
        for index in sorted(table.indexes, key=lambda one: str(one.name)):
            found[str(index.name)] = str(CreateIndex(index).compile(dialect=dialect)).strip()
    return {**found, FULL_TEXT: _CREATE_FULL_TEXT}


def create_schema(connection: Connection) -> None:
    """Make all tables and mark the file as ours; full text gathers 4 MB of words before it writes them."""
    for statement in (*expected_schema().values(), _HOLD_WORDS):
        connection.exec_driver_sql(statement)
    mark(connection, schema.VERSION, schema.MIN_READER)


def mark(connection: Connection, version_: int, min_reader: int) -> None:
    """Write the application id and the versions into the file's header."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {min_reader << 16 | version_}")


def schema_faults(connection: Connection) -> tuple[str, ...]:
    """Name everything in the file's schema that this program did not put there, or that is missing."""
    expected = expected_schema()
    found = {
        name: (kind, sql)
        for kind, name, sql in connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_schema")
    }
    faults = [f"{name} is missing" for name in expected if name not in found]
    for name, (kind, sql) in found.items():
        if name in expected:
            if sql != expected[name]:
                faults.append(f"{kind} {name} is not as this program makes it")
        elif not _is_own(kind, name, sql):
            faults.append(f"{kind} {name} does not belong to a project")
    return tuple(faults)


def _is_own(kind: str, name: str, sql: str | None) -> bool:
    return (kind == "table" and name in _SHADOWS) or (kind == "index" and sql is None)


# S608: every name in the statements below is one of our own tables or columns, never from outside.

# -- full text ------------------------------------------------------------------------------------


def index_texts(connection: Connection, texts: Sequence[tuple[int, str]]) -> None:
    """Put article texts into the full-text index, under their keys."""
    statement = f"INSERT INTO {FULL_TEXT} (rowid, text) VALUES (?, ?)"  # noqa: S608
    connection.exec_driver_sql(statement, list(texts))


def matching(connection: Connection, phrases: Iterable[str]) -> Iterator[int]:
    """Yield the keys of articles whose text holds every phrase, word for word, in order of key."""
    query = " ".join('"' + phrase.replace('"', '""') + '"' for phrase in phrases)
    statement = f"SELECT rowid FROM {FULL_TEXT} WHERE {FULL_TEXT} MATCH ? ORDER BY rowid"  # noqa: S608
    found = connection.exec_driver_sql(statement, (query,))
    try:
        for row in found:
            yield row[0]
    finally:
        found.close()


def full_text_fault(connection: Connection) -> str | None:
    """Return what is wrong inside the full-text index, None when nothing is."""
    statement = f"INSERT INTO {FULL_TEXT} ({FULL_TEXT}) VALUES ('integrity-check')"  # noqa: S608
    connection.exec_driver_sql("BEGIN")
    try:
        connection.exec_driver_sql(statement)
    except (DBAPIError, ProjectDamaged) as error:
        return str(error.__cause__ or error)
    finally:
        driver(connection).rollback()
    return None


# -- the file as a whole --------------------------------------------------------------------------


def integrity_faults(connection: Connection, *, quick: bool) -> tuple[str, ...]:
    """Run SQLite's own check and return what it finds, at most a hundred lines."""
    pragma = "quick_check" if quick else "integrity_check"
    found = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA {pragma}")]
    return () if found == ["ok"] else tuple(found)


def copy(connection: Connection, path: Path) -> None:
    """Copy the whole project into a new file, consistent even while it is open, and synced.

    The copy is checked before it counts; nothing is left behind when it fails.
    """
    try:
        named = path.with_name(path.name.removesuffix(".part"))  # as it is to be called
        with faults.told(named), contextlib.closing(_plain(path)) as target:
            target.execute("PRAGMA synchronous = OFF").close()
            driver(connection).backup(target)
            found = target.execute("PRAGMA quick_check").fetchone()[0]
        if found != "ok":
            raise ProjectDamaged(
                "The copy {name} is not whole. The project is unchanged; check it, and the disk.",
                name=path.name,
            )
        sync(path)
    except BaseException:
        # On a full disk SQLite leaves a journal behind, which it could not end.
        for left in (path, *(path.with_name(path.name + side) for side in SIDE_FILES)):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)
        raise


def is_whole(path: Path) -> bool:
    """Tell whether a file that nobody has open is a whole database."""
    try:
        with contextlib.closing(_plain(path)) as target:
            return bool(target.execute("PRAGMA quick_check").fetchone()[0] == "ok")
    except sqlite3.Error:
        return False


def _plain(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, timeout=0)


def sync(path: Path) -> None:
    """Make sure that a file's content is on the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(path: Path) -> None:
    """Make sure that a folder's list of files is on the disk (where the system can do that)."""
    if os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_meta(path: Path, name: str) -> str | None:
    """Read one fact of a project that this program cannot open, without changing a byte of it."""
    uri = f"file:{quote(str(path))}?mode=ro&immutable=1"
    try:
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=0)) as connection:
            row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    except sqlite3.Error:
        return None
    return str(row[0]) if row else None
