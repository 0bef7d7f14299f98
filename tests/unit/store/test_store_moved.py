"""A project file that is moved, deleted or replaced while it is open: nothing is said to be saved then."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from annotator.model.changes import Add
from annotator.model.errors import NotSaved, UserError
from annotator.model.job import run
from annotator.model.records import Article, Span
from annotator.store import faults, presence
from annotator.store.store import Store


def delete(path: Path) -> None:
    path.rename(path.with_name("bin"))


def replace(path: Path) -> None:
    other = path.with_name("other")
    shutil.copyfile(path, other)
    path.rename(path.with_name("bin"))
    other.rename(path)


def put_back(path: Path) -> None:
    path.with_name("bin").replace(path)


HOW = pytest.mark.parametrize("take_away", [delete, replace])


@HOW
def test_nothing_is_written_where_nobody_would_find_it(
    store: Store, make: Any, path: Path, take_away: Callable[[Path], None], may_open_project: None
) -> None:
    article = make.article()
    store.write("Import", [Add(article)])
    take_away(path)
    for _ in range(2):
        with pytest.raises(NotSaved, match="is not where it was: it was moved, renamed"):
            store.write("Add", [Add(make.span(article))])
        assert store.undo_name() == "Import"
    put_back(path)
    store.write("Add", [Add(make.span(article))])
    store.undo()
    store.redo()
    assert len(store.all(Span)) == 1


@HOW
def test_so_it_is_before_the_first_step(
    reopened: Callable[[], Store],
    make: Any,
    path: Path,
    take_away: Callable[[Path], None],
    may_open_project: None,
) -> None:
    store = reopened()
    take_away(path)
    with pytest.raises(NotSaved, match="is not where it was"):
        store.write("Import", [Add(make.article())])
    put_back(path)
    store.write("Import", [Add(make.article())])


def test_a_copy_holds_all_that_was_saved(store: Store, make: Any, path: Path) -> None:
    article = make.article()
    store.write("Import", [Add(article), Add(make.span(article))])
    delete(path)
    copy = path.with_name("copy.annot")
    run(store.copy_to(copy))
    put_back(path)
    again = Store.open(copy, "test")
    assert len(again.all(Span)) == 1
    again.close()


def test_a_project_whose_folder_is_gone_is_closed_all_the_same(
    store: Store, make: Any, tmp_path: Path
) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    inside = Store.create(inner / "p.annot", store.scheme(), "test")
    inside.write("Import", [Add(make.article())])
    inner.rename(tmp_path / "elsewhere")
    with pytest.raises(NotSaved):
        inside.write("Import", [Add(make.article("two.txt"))])
    inside.close()
    assert not inner.exists()


@pytest.fixture
def mine(store: Store, tmp_path: Path) -> Store:
    """Return a project whose file is not checked at the end."""
    return Store.create(tmp_path / "mine.annot", store.scheme(), "test")


def other_project(mine: Store, make: Any) -> Path:
    other = mine.path.with_name("other.annot")
    made = Store.create(other, mine.scheme(), "test")
    made.write("Import", [Add(make.article(f"{at}.txt")) for at in range(5)])
    made.close()
    return other


def overwrite(path: Path, source: Path) -> None:
    """Write into the file itself, as `cp` and some tools that sync do, in a program of its own."""
    code = "import shutil, sys; shutil.copyfile(*sys.argv[1:])"
    subprocess.run([sys.executable, "-c", code, source, path], check=True)


def test_a_file_that_is_overwritten_in_place_is_noticed_at_the_next_step(mine: Store, make: Any) -> None:
    mine.write("Import", [Add(make.article())])
    other = other_project(mine, make)
    overwrite(mine.path, other)
    for _ in range(2):
        with pytest.raises(NotSaved, match="was overwritten by another program"):
            mine.write("Import", [Add(make.article("two.txt"))])
    with pytest.raises(NotSaved, match="was overwritten"):
        run(mine.copy_to(mine.path.with_name("copy.annot")))
    with pytest.raises(NotSaved, match="was overwritten"):
        mine.back_up()
    assert not mine.path.with_name("copy.annot").exists()
    mine.close()
    assert mine.path.read_bytes() == other.read_bytes()


def test_so_is_an_older_state_of_the_same_project(mine: Store, make: Any) -> None:
    mine.write("Import", [Add(make.article())])
    older = mine.path.with_name("older.annot")
    run(mine.copy_to(older))
    mine.write("Import", [Add(make.article("two.txt"))])
    overwrite(mine.path, older)
    with pytest.raises(NotSaved, match="was overwritten"):
        mine.write("Import", [Add(make.article("three.txt"))])
    mine.close()


def test_what_is_no_project_any_more_is_noticed_too(mine: Store, make: Any) -> None:
    mine.write("Import", [Add(make.article())])
    torn = mine.path.with_name("torn.txt")
    torn.write_bytes(b"torn")
    overwrite(mine.path, torn)
    with pytest.raises(NotSaved, match="was overwritten"):
        mine.write("Import", [Add(make.article("two.txt"))])
    mine.close()
    assert mine.path.read_bytes() == b"torn"


def foreign(path: Path) -> None:
    code = (
        "import sqlite3, sys; found = sqlite3.connect(sys.argv[1]); found.execute('CREATE TABLE a (b)');"
        "found.executemany('INSERT INTO a VALUES (?)', [('x' * 500,)] * 2000); found.commit()"
    )
    subprocess.run([sys.executable, "-c", code, path], check=True)


def torn_in_the_middle(path: Path, whole: bytes) -> None:
    path.write_bytes(whole[:8192] + b"\x55" * (len(whole) - 8192))


ASKED: dict[str, Callable[[Store, Any], object]] = {
    "content": lambda store, make: [store.content(one) for one in store.article_ids()],
    "contents": lambda store, make: [*store.contents()],
    "search": lambda store, make: store.search("Ada"),
    "write": lambda store, make: store.write("Add", [Add(make.article("new.txt"))]),
    "undo": lambda store, make: store.undo(),
    "counts": lambda store, make: store.counts(),
}


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("by", ["other", "older", "foreign", "torn", "empty"])
def test_a_file_that_is_overwritten_within_a_step_is_told_in_plain_words(
    mine: Store, make: Any, by: str, asked: str
) -> None:
    mine.write("Import", [Add(make.article(f"{at}.txt")) for at in range(300)])
    source = mine.path.with_name("source")
    run(mine.copy_to(source))
    mine.write("Import", [Add(make.article("more.txt"))])
    if by == "other":
        source = other_project(mine, make)
    elif by == "foreign":
        source = source.with_name("foreign")
        foreign(source)
    elif by == "torn":
        torn_in_the_middle(source, source.read_bytes())
    elif by == "empty":
        source.write_bytes(b"")

    def within() -> None:
        with mine.together():
            overwrite(mine.path, source)
            mine._connection.exec_driver_sql("PRAGMA shrink_memory")
            for one in (ASKED[asked], *ASKED.values()):  # SQLite may still hold what the first one needs
                one(mine, make)

    with pytest.raises(NotSaved, match="was overwritten by another program while it was open"):
        within()
    mine.close()


def test_parts_of_a_step_that_are_in_the_file_before_its_end_are_not_called_overwritten(
    store: Store, make: Any, path: Path
) -> None:
    article = make.article()
    store.write("Import", [Add(article)])
    store._connection.exec_driver_sql("PRAGMA cache_size = 10")

    def step(*more: Add) -> None:
        before = path.stat().st_size
        with store.together():
            store.write("Import", make.bulk(100, 30))
            assert path.stat().st_size > before
            store.write("More", more)

    step()
    with pytest.raises((IntegrityError, UserError)) as told:
        step(Add(article))
    assert "overwritten" not in str(told.value)
    step(Add(make.span(article)))
    assert len(store.all(Article)) == 1 + 2 * 100
    assert run(store.check()) == ()


@pytest.mark.parametrize(
    "code", ["IOERR_READ", "CANTOPEN", "NOMEM", "CORRUPT_VTAB", "NOTADB", "FULL", "ERROR"]
)
def test_no_words_of_sqlite_reach_anybody(store: Store, code: str) -> None:
    error = sqlite3.OperationalError("vtable constructor failed: article_words")
    error.sqlite_errorname = f"SQLITE_{code}"
    found = faults.error_of(store._connection, error)
    assert found is not None
    assert "vtable" not in str(found)
    assert store.path.name in str(found)
    error = sqlite3.OperationalError("near SELECT: syntax error")
    error.sqlite_errorname = "SQLITE_ERROR"
    assert faults.error_of(store._connection, error) is None


def test_to_touch_the_file_does_no_harm_and_its_lock_stays(store: Store, make: Any, path: Path) -> None:
    article = make.article()
    store.write("Import", [Add(article)])
    for seconds in (1, 2):
        os.utime(path, (seconds, seconds))
        store.write("Add", [Add(make.span(article))])
    store.undo()
    assert len(store.all(Span)) == 1
    code = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('SELECT * FROM meta')"
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=False)
    assert "database is locked" in done.stderr


def test_a_file_that_is_touched_after_steps_failed_together_is_not_called_overwritten(
    store: Store, make: Any, path: Path
) -> None:
    article = make.article()
    store.write("Import", [Add(article)])

    def fail_together() -> None:
        with store.together():
            for _ in range(2):
                store.write("Add", [Add(make.span(article))])
            raise KeyError

    for at in range(2):
        with pytest.raises(KeyError):
            fail_together()
        os.utime(path, (at, at))
        assert store.back_up().exists()
        os.utime(path, (at + 2, at + 2))
        with store.together():
            store.write("Add", [Add(make.span(article))])
    assert len(store.all(Span)) == 2
    assert run(store.check()) == ()


def test_a_touched_file_that_cannot_be_read_again_just_now_is_not_called_overwritten(
    store: Store, make: Any, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make.article()
    store.write("Import", [Add(article)])
    os.utime(path, (1, 1))
    connect = sqlite3.connect
    missing = f"file:{path.with_name('missing')}?mode=ro"
    with monkeypatch.context() as patched:  # as where a process has no handle left, or a drive is away
        patched.setattr(presence.sqlite3, "connect", lambda place, **how: connect(missing, **how))
        with pytest.raises(NotSaved, match="cannot be read again just now"):
            store.write("Add", [Add(make.span(article))])
    store.write("Add", [Add(make.span(article))])
    assert len(store.all(Span)) == 1


def test_an_older_state_is_not_taken_for_the_newest_once_a_step_failed(mine: Store, make: Any) -> None:
    mine.write("Import", [Add(make.article(f"{at}.txt")) for at in range(300)])
    older = mine.path.with_name("older.annot")
    run(mine.copy_to(older))
    mine.write("Import", [Add(make.article("two.txt"))])
    overwrite(mine.path, older)
    mine._connection.exec_driver_sql("PRAGMA shrink_memory")  # as if SQLite had to read what it held
    for _ in range(3):
        with pytest.raises(NotSaved, match="was overwritten"):
            mine.write("Import", [Add(make.article("three.txt"))])
        assert mine.undo_name() == "Import"
    mine.close()
    assert mine.path.read_bytes() == older.read_bytes()


def test_a_folder_that_is_renamed_keeps_no_lock_when_the_project_is_closed(
    store: Store, make: Any, tmp_path: Path
) -> None:
    inner, elsewhere = tmp_path / "inner", tmp_path / "elsewhere"
    inner.mkdir()
    inside = Store.create(inner / "p.annot", store.scheme(), "test")
    inner.rename(elsewhere)
    inner.mkdir()
    (inner / "p.annot.lock").write_text("somebody else's", encoding="utf-8")
    assert inside.is_at(elsewhere / "p.annot")
    assert not inside.is_at(inner / "p.annot")
    inside.close()
    assert not (elsewhere / "p.annot.lock").exists()
    assert (inner / "p.annot.lock").exists()
    Store.open(elsewhere / "p.annot", "test").close()
