"""Opening, and every way in which it can fail: each row of the table of surroundings that fail."""

from __future__ import annotations

import json
import os
import random
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Connection

from annotator.model import project_file
from annotator.model.changes import Add
from annotator.model.errors import NotAllowed, NotSaved, ProjectDamaged, ProjectInUse, UserError
from annotator.model.job import run
from annotator.model.scheme import Label, Scheme
from annotator.store import locking, migrations, opening, places, schema, sqlite, upkeep
from annotator.store.migrations import Migration
from annotator.store.store import Store

SCHEME = Scheme("s", "S", (Label("CLAIM", "span"),))
HERE = Path(__file__).parent
CHILD = "import sys; from pathlib import Path; from annotator.store.store import Store\n"


@pytest.fixture
def closed(path: Path, make: Any) -> Path:
    """A project with two articles, closed."""
    store = Store.create(path, SCHEME, "test")
    store.write("Import", [Add(make.who), Add(make.article("a")), Add(make.article("b"))])
    store.close()
    return path


def refused(path: Path, error: type[UserError], words: str, **more: Any) -> None:
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(error, match=words):
        Store.open(path, "test", **more)
    assert not locking.lock_path(path).exists()
    assert (path.read_bytes() if path.is_file() else b"") == before


# -- settings -----------------------------------------------------------------------------------


def test_the_connection_is_set_up_as_decided(store: Store) -> None:
    """T-02."""
    wanted = {
        "journal_mode": "truncate",
        "synchronous": 2,
        "locking_mode": "exclusive",
        "foreign_keys": 1,
        "trusted_schema": 0,
        "mmap_size": 0,
        "cell_size_check": 1,
        "busy_timeout": 0,
        "application_id": project_file.APPLICATION_ID,
        "user_version": schema.MIN_READER << 16 | schema.VERSION,
    }
    connection = store._connection
    found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    assert {name: value for name, value in found.items() if value is not None or wanted[name] != 0} == {
        name: value for name, value in wanted.items() if found[name] is not None or value != 0
    }
    assert not sqlite.driver(connection).in_transaction
    assert sqlite.driver(connection).isolation_level is None


def test_all_tables_are_strict_and_the_schema_is_the_golden_one(store: Store) -> None:
    """T-05."""
    rows = store._connection.exec_driver_sql("PRAGMA table_list").all()
    own = [
        row for row in rows if row.type == "table" and not row.name.startswith(("sqlite_", "article_words"))
    ]
    assert len(own) == len(schema.metadata.tables)
    assert all(row.strict for row in own)
    golden = (HERE / "schema_1.sql").read_text(encoding="utf-8")
    assert ";\n".join(sqlite.expected_schema().values()) + ";\n" == golden


def test_the_tables_compile_for_the_other_engine_too() -> None:
    from sqlalchemy.dialects.postgresql.base import PGDialect
    from sqlalchemy.schema import CreateIndex, CreateTable

    dialect = PGDialect()
    made = [str(CreateTable(table).compile(dialect=dialect)) for table in schema.metadata.sorted_tables]
    made += [
        str(CreateIndex(index).compile(dialect=dialect))
        for table in schema.metadata.sorted_tables
        for index in table.indexes
    ]
    assert not any("STRICT" in one or "ROWID" in one for one in made)
    assert any("BIGINT" in one for one in made)


def test_nothing_else_opens_the_project_while_it_is_open(closed: Path, make: Any) -> None:
    """T-03: the first stray open-and-close of our own would drop the lock."""
    code = CHILD + (
        "seen = []\n"
        "sys.addaudithook(lambda name, args: seen.append(str(args[0])) if name == 'open' else None)\n"
        "store = Store.open(Path(sys.argv[1]), 'x')\n"
        "seen.clear()\n"
        "from annotator.model.job import run\n"
        "store.undo(); store.redo(); list(store.contents()); run(store.check()); store.search('the')\n"
        "run(store.copy_to(Path(sys.argv[1] + '.copy')))\n"
        "store.back_up()\n"
        "assert sys.argv[1] not in seen, seen\n"
        "store.close(); print('fine')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(closed)], capture_output=True, text=True, check=False
    )
    assert done.stdout == "fine\n", done.stderr


def test_the_store_starts_without_the_parts_it_does_not_need() -> None:
    code = (
        "import sys, annotator.store.store; print([n for n in sys.modules if n.startswith('sqlalchemy.orm')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


# -- what is no project -------------------------------------------------------------------------


def test_what_is_no_project_is_refused_by_name(tmp_path: Path) -> None:
    """T-20: missing, folder, pipe, link loop, empty, one byte, text, zip, random, header and junk."""
    refused(tmp_path / "missing.annot", UserError, "There is no file")
    refused(tmp_path, UserError, "not a file")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    refused(pipe, UserError, "not a file")
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    refused(loop, UserError, "cannot be opened|no file")
    junk = random.Random(1).randbytes(5000)
    for name, content, words in (
        ("empty", b"", "is empty"),
        ("one", b"x", "not a project"),
        ("text", b"hello world" * 100, "not a project"),
        ("zip", b"PK\x03\x04" + junk, "not a project"),
        ("random", junk, "not a project"),
        ("junk", project_file.MAGIC + junk, "belongs to another program"),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        refused(path, ProjectDamaged, words)


def test_a_name_with_a_nul_is_refused(tmp_path: Path) -> None:
    odd = tmp_path / "a\0b.annot"
    with pytest.raises(UserError, match=r"a�b\.annot holds a NUL, which no name of a file may have"):
        Store.open(odd, "test")
    with pytest.raises(UserError, match="holds a NUL"):
        Store.create(odd, SCHEME, "test")
    assert [*tmp_path.iterdir()] == []


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE t (x)")
    other.close()
    refused(path, ProjectDamaged, "another program")


@pytest.mark.parametrize("part", [0.003, 0.1, 0.3, 0.5])
def test_a_file_cut_short_is_damaged(closed: Path, part: float) -> None:
    content = closed.read_bytes()
    closed.write_bytes(content[: max(100, int(len(content) * part))])
    with pytest.raises(ProjectDamaged, match=r"damaged|changed by another"):
        _read_all(closed)


def _read_all(path: Path) -> None:
    store = Store.open(path, "test")
    try:
        list(store.contents())
        store.search("mayor")
        assert run(store.check()) == ()
    finally:
        store.close()


def test_a_mangled_schema_is_damaged(closed: Path) -> None:
    content = closed.read_bytes()
    closed.write_bytes(content.replace(b"CREATE TABLE spans", b"CREATE FABLE spans"))
    with pytest.raises(ProjectDamaged):
        Store.open(closed, "test")
    assert not locking.lock_path(closed).exists()


def test_a_missing_last_byte_is_harmless_or_named(closed: Path) -> None:
    closed.write_bytes(closed.read_bytes()[:-1])
    try:
        store = Store.open(closed, "test")
    except ProjectDamaged:
        return
    assert store.counts().articles == 2
    store.close()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON spans BEGIN UPDATE articles SET title = 'taken'; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TABLE extra (x)",
        "CREATE VIRTUAL TABLE more USING fts5(x)",
        "CREATE INDEX more ON spans (label)",
        "ALTER TABLE settings ADD COLUMN more TEXT",
        "DROP INDEX roles_by_ending",
        "DROP TABLE settings",
    ],
)
def test_a_changed_schema_is_refused_before_the_first_write(closed: Path, statement: str) -> None:
    """T-27."""
    other = sqlite3.connect(closed)
    other.execute(statement)
    other.close()
    refused(closed, ProjectDamaged, "changed by another program")


@pytest.mark.parametrize("number", [0, 1 << 16])
def test_a_version_that_never_was_hides_no_changed_schema(closed: Path, number: int) -> None:
    other = sqlite3.connect(closed)
    other.execute("CREATE TRIGGER t AFTER INSERT ON spans BEGIN UPDATE articles SET title = 'taken'; END")
    other.execute(f"PRAGMA user_version = {number}")
    other.close()
    refused(closed, ProjectDamaged, "trigger t does not belong")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM meta", "does not say which project"),
        ("UPDATE meta SET value = 'x' WHERE name = 'project'", "does not say which project"),
        ("UPDATE words SET word = CAST(x'41ff' AS TEXT) WHERE key = 3", "damaged"),
    ],
)
def test_facts_that_are_gone_or_unreadable_are_damage(closed: Path, statement: str, words: str) -> None:
    other = sqlite3.connect(closed)
    other.execute(statement)
    other.commit()
    other.close()
    refused(closed, ProjectDamaged, words)


def test_a_project_without_a_scheme_is_damaged(closed: Path) -> None:
    other = sqlite3.connect(closed)
    other.execute("DELETE FROM schemes")
    other.commit()
    other.close()
    store = Store.open(closed, "test")
    with pytest.raises(ProjectDamaged, match="no scheme"):
        store.scheme()
    assert any("no scheme" in one.text for one in run(store.check()))
    store.close()


@pytest.mark.parametrize("column", ["articles.title", "texts.text"])
def test_a_stored_text_that_is_none_is_damage(closed: Path, column: str) -> None:
    table, name = column.split(".")
    other = sqlite3.connect(closed)
    other.execute(f"UPDATE {table} SET {name} = CAST(x'4142ff43' AS TEXT)")
    other.commit()
    other.close()
    store = Store.open(closed, "test")
    article = store.article_ids()[0]
    with pytest.raises(ProjectDamaged, match="damaged"):
        store.content(article)
    assert run(store.check())
    store.close()


# -- names and rights ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["a?b#c.annot", "with blank '\" .annot", "👍 é.annot", "-rf", "new\nline", "%41.annot", "e\u0301"]
)
def test_odd_names_are_just_names(tmp_path: Path, name: str, make: Any) -> None:
    path = tmp_path / name
    Store.create(path, SCHEME, "test").close()
    store = Store.open(path, "test")
    store.write("Add", [Add(make.who)])
    store.close()
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted([name, name + "-journal"]) or [
        one.name for one in tmp_path.iterdir()
    ] == [name]


def test_a_name_that_leaves_no_room_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="too long"):
        Store.create(tmp_path / ("x" * 248), SCHEME, "test")
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_never_written_over(closed: Path) -> None:
    before = closed.read_bytes()
    with pytest.raises(UserError, match="exists already"):
        Store.create(closed, SCHEME, "test")
    assert closed.read_bytes() == before
    with pytest.raises(UserError, match="cannot be made"):
        Store.create(closed / "below", SCHEME, "test")


def test_a_file_that_may_not_be_written_opens_for_reading(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = closed.read_bytes()
    monkeypatch.setattr(opening.os, "access", lambda *_: False)
    store = Store.open(closed, "test")
    assert store.read_only
    assert "reading only" in store.notices[0]
    assert store.counts().articles == 2
    assert run(store.check()) == ()
    with pytest.raises(NotAllowed, match="reading only"):
        store.undo()
    store.close()
    assert closed.read_bytes() == before
    assert not locking.lock_path(closed).exists()


def test_a_write_that_the_system_refuses_is_not_saved(store: Store, make: Any) -> None:
    store._connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(NotSaved, match="may not be written"):
        store.write("Add", [Add(make.article())])
    store._connection.exec_driver_sql("PRAGMA query_only = OFF")
    store.write("Add", [Add(make.article())])


# -- who has it open ----------------------------------------------------------------------------


def test_a_second_program_is_told_at_once_who_and_since_when(closed: Path) -> None:
    """T-24, T-23 (a live holder); it never ends where it waits for the other one."""
    code = (
        CHILD
        + "s = Store.open(Path(sys.argv[1]), 'x'); print('open', flush=True); sys.stdin.read(); s.close()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(closed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        for read_only in (False, True):
            with pytest.raises(ProjectInUse, match=r"open since 20\d\d-.* by .* on ") as told:
                Store.open(closed, "test", read_only=read_only)
            assert told.value.who
            assert told.value.since
        locking.lock_path(closed).unlink()
        with pytest.raises(ProjectInUse, match="open in another program"):
            Store.open(closed, "test")
        assert not locking.lock_path(closed).exists()
        copy = closed.with_name("copy.annot")
        opening.copy_in_use(closed, copy)
        child.communicate(b"")
    made = Store.open(copy, "test")
    assert made.counts().articles == 2
    made.close()


def test_the_same_program_cannot_open_it_twice(store: Store) -> None:
    with pytest.raises(ProjectInUse, match="open since"):
        Store.open(store.path, "test")
    assert locking.lock_path(store.path).exists()


def test_a_lock_left_by_a_dead_process_is_stale(closed: Path) -> None:
    _write_lock(closed, pid=2**22 + 1)
    store = Store.open(closed, "test")
    whole = "project.annot was not closed properly the last time. It was checked and is whole"
    assert store.notices == (f"{whole}; the last step kept in it is “{store.undo_name()}”.",)
    assert store.undo_name()
    assert locking.read_lock(closed).pid == os.getpid()  # type: ignore[union-attr]
    store.close()


def test_a_process_number_used_again_is_stale(closed: Path) -> None:
    _write_lock(closed, pid=os.getpid(), started=1)
    Store.open(closed, "test").close()


@pytest.mark.parametrize("ending", ["", f".{os.getpid()}"], ids=["the file", "the file aside"])
def test_without_a_lock_file_it_opens_for_reading(closed: Path, ending: str) -> None:
    lock = locking.lock_path(closed)
    taken = lock.with_name(lock.name + ending)
    taken.mkdir()
    store = Store.open(closed, "test")
    assert store.counts().articles == 2
    assert store.read_only
    assert "lock file of project.annot could not be written" in store.notices[0]
    store.close()
    assert [*closed.parent.glob("*.lock*")] == [taken]


def test_a_project_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "new.annot"
    taken = tmp_path / f"new.annot.lock.{os.getpid()}"
    taken.mkdir()
    with pytest.raises(NotSaved, match="lock file"):
        Store.create(path, SCHEME, "test")
    assert [*tmp_path.iterdir()] == [taken]


def test_a_lock_from_another_machine_is_never_stolen(closed: Path) -> None:
    _write_lock(closed, host="elsewhere", pid=2**22 + 1)
    with pytest.raises(ProjectInUse, match=r"on elsewhere.*delete the file project\.annot\.lock") as told:
        Store.open(closed, "test")
    assert told.value.who == "anna on elsewhere"
    assert locking.lock_path(closed).exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"user": 1}'])
def test_a_lock_file_that_says_nothing_is_stale(closed: Path, content: str) -> None:
    locking.lock_path(closed).write_text(content)
    store = Store.open(closed, "test")
    assert "not closed properly" in store.notices[0]
    store.close()


def test_faults_found_after_an_unclean_end_are_said_with_what_lists_them(closed: Path) -> None:
    other = sqlite3.connect(closed)
    other.execute("UPDATE articles SET sha256 = 'x'")
    other.commit()
    other.close()
    locking.lock_path(closed).write_text("")
    store = Store.open(closed, "test")
    assert "the check found 4 faults, the first: " in store.notices[0]
    assert store.notices[0].endswith("“annotator check project.annot” lists them all.")
    store.close()


def test_one_fault_is_said_whole(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(*_: Any, **__: Any) -> Iterator[None]:
        yield from ()
        return [SimpleNamespace(text="a: it is torn.")]

    monkeypatch.setattr(upkeep, "check", check)
    locking.lock_path(closed).write_text("")
    store = Store.open(closed, "test")
    assert store.notices[0].endswith("It can be used, but the check found one fault: a: it is torn.")
    store.close()


def _write_lock(path: Path, **facts: Any) -> None:
    values = {"user": "anna", "host": socket.gethostname(), "pid": 1, "started": 7, "since": 1, **facts}
    locking.lock_path(path).write_text(json.dumps(values))


def test_a_hot_journal_is_rolled_back_and_the_project_checked(closed: Path, make: Any) -> None:
    code = CHILD + (
        "import os; s = Store.open(Path(sys.argv[1]), 'x'); c = s._connection\n"
        "c.exec_driver_sql('PRAGMA cache_size = 1'); c.exec_driver_sql('BEGIN IMMEDIATE')\n"
        "c.exec_driver_sql('UPDATE texts SET text = hex(randomblob(400000))')\n"
        "c.exec_driver_sql('UPDATE articles SET title = hex(randomblob(400000))')\n"
        "os._exit(1)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(closed)], check=False)
    assert closed.with_name(closed.name + "-journal").stat().st_size > 0
    store = Store.open(closed, "test")
    assert "is whole" in store.notices[0]
    assert {one.text for one in (content.article for content in store.contents())} == {make.article().text}
    store.close()


# -- versions -----------------------------------------------------------------------------------


def _stamp(path: Path, version: int, min_reader: int, name: str = "annotator 9.1") -> None:
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA user_version = {min_reader << 16 | version}")
    other.execute("UPDATE meta SET value = ? WHERE name = 'min_reader_name'", (name,))
    other.commit()
    other.close()


def test_a_file_too_new_is_refused_with_the_name_of_what_it_needs(closed: Path) -> None:
    """T-25: newer by min_reader."""
    _stamp(closed, schema.VERSION + 1, schema.VERSION + 1)
    refused(closed, UserError, r"needs annotator 9\.1 or newer")


def test_a_newer_file_that_can_still_be_read_opens_for_reading(closed: Path) -> None:
    """T-25: newer by schema only."""
    _stamp(closed, schema.VERSION + 1, schema.VERSION)
    before = closed.read_bytes()
    store = Store.open(closed, "test")
    assert store.read_only
    assert "newer version" in store.notices[0]
    assert store.counts().articles == 2
    store.close()
    assert closed.read_bytes() == before


def _older(path: Path) -> None:
    """Make it a file of version 0: without the index of roles, and with another title of a column."""
    other = sqlite3.connect(path)
    other.execute("DROP INDEX roles_by_ending")
    other.execute("ALTER TABLE settings RENAME COLUMN value TO content")
    other.execute("PRAGMA user_version = 0")
    other.close()


def _steps() -> tuple[Migration, ...]:
    def rename(connection: Connection) -> None:
        connection.exec_driver_sql("DROP TABLE settings")
        connection.exec_driver_sql(sqlite.expected_schema()["settings"])

    def index(connection: Connection) -> None:
        connection.execute(text(sqlite.expected_schema()["roles_by_ending"]))

    return Migration(1, rename), Migration(1, index)


def test_an_older_file_is_backed_up_and_brought_up_to_date(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T-26."""
    _older(closed)
    monkeypatch.setattr(migrations, "MIGRATIONS", _steps())
    with pytest.raises(UserError, match="older version"):
        Store.open(closed, "test", read_only=True)
    store = Store.open(closed, "test")
    assert store.counts().articles == 2
    assert run(store.check()) == ()
    store.close()
    (backup,) = closed.with_name(closed.name + ".backups").iterdir()
    assert sqlite.read_header(backup).version == 0
    assert sqlite.read_header(closed).version == schema.VERSION


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_migration_that_fails_leaves_the_old_file(
    closed: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    def fail(_: Connection) -> None:
        raise RuntimeError("no")

    _older(closed)
    before = closed.read_bytes()
    steps = list(_steps())
    steps.insert(at, Migration(1, fail))
    monkeypatch.setattr(migrations, "MIGRATIONS", tuple(steps))
    with pytest.raises(RuntimeError):
        Store.open(closed, "test")
    assert closed.read_bytes() == before
    monkeypatch.setattr(migrations, "MIGRATIONS", _steps()[:1])
    with pytest.raises(ProjectDamaged, match="could not be brought up to date"):
        Store.open(closed, "test")
    assert closed.read_bytes() == before


def test_nothing_is_due_for_a_file_of_today() -> None:
    assert migrations.due(schema.VERSION) == ()
    steps = Migration(3, print), Migration(2, print), Migration(1, print)
    assert [step.version for step in migrations.due(1, steps)] == [2, 3]


# -- places -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "where", "words"),
    [
        ("nfs4", "/net/share/p.annot", "network drive (nfs4)"),
        ("cifs", "/net/share/deep/p.annot", "network drive (cifs)"),
        ("ext4", "/net/share/p.annot", ""),
        ("ext4", "/home/a/Dropbox/p.annot", "synced folder (Dropbox)"),
        ("ext4", "/home/a/OneDrive - Firm/p.annot", "synced folder (OneDrive - Firm)"),
        ("ext4", "/home/a/p.annot", ""),
    ],
)
def test_a_place_that_is_not_safe_is_named(tmp_path: Path, kind: str, where: str, words: str) -> None:
    """T-29."""
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"/dev/sda1 / ext4 rw 0 0\nserver:/x /net/share {kind} rw 0 0\nproc /proc proc rw 0 0\n"
    )
    found = places.notices(Path(where), mounts)
    assert [words in one for one in found] == ([True] if words else [])


# -- copies -------------------------------------------------------------------------------------
