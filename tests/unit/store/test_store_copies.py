"""Copies of a project: made while saving, over old files, and going on apart."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from annotator.model.changes import Add
from annotator.model.errors import UserError
from annotator.model.job import run
from annotator.model.scheme import Label, Scheme
from annotator.store import sqlite
from annotator.store.opening import copy_in_use
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


def test_copies_made_while_saving_hold_everything_acknowledged(
    store: Store, make: Any, tmp_path: Path
) -> None:
    """T-21: by "Save a copy", and by copying the file at rest."""
    article = make.article()
    store.write("Import", [Add(article)])
    for number in range(10):
        spans = [make.span(article) for _ in range(2)]
        store.write("Add claim", map(Add, spans))
        run(store.copy_to(tmp_path / "copy.annot"))
        # Another program copies the file: not this one, whose lock would be gone.
        subprocess.run(["cp", str(store.path), str(tmp_path / "raw.annot")], check=True)
        for name in ("copy.annot", "raw.annot") if number in (0, 9) else ():
            with_everything = Store.open(tmp_path / name, "test")
            assert len(with_everything.content(article.id).spans) == 2 * (number + 1)
            assert run(with_everything.check()) == ()
            with_everything.close()


def test_a_copy_that_has_no_room_leaves_nothing_behind(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> None:
        path.with_name(path.name + "-journal").write_bytes(b"what SQLite could not end on a full disk")
        raise OSError(errno.ENOSPC, "full")

    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(sqlite, "sync", full)
    with pytest.raises(UserError, match="the disk is full"):
        run(store.copy_to(tmp_path / "copy.annot"))
    assert sorted(tmp_path.iterdir()) == before


def test_a_copy_over_old_side_files_keeps_them_apart(store: Store, make: Any, tmp_path: Path) -> None:
    """T-22 for a copy: what another program left lying beside the old file must not be replayed."""
    target = tmp_path / "target.annot"
    target.write_bytes(b"old")
    for side in sqlite.SIDE_FILES:
        target.with_name(target.name + side).write_bytes(b"junk of another file")
    store.write("Import", [Add(make.article())])
    run(store.copy_to(target))
    made = Store.open(target, "test")
    assert made.counts().articles == 1
    assert made.project_id == store.project_id
    made.close()
    assert target.with_name(target.name + "-wal.old").read_bytes() == b"junk of another file"


def test_a_copy_onto_itself_or_where_nothing_can_be_written_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="another name"):
        run(store.copy_to(store.path))
    with pytest.raises(UserError, match="could not be written"):
        run(store.copy_to(tmp_path / "missing" / "x.annot"))
    store.write("Still here", [])


def test_two_copies_go_on_under_origins_of_their_own(closed: Path, make: Any, tmp_path: Path) -> None:
    """T-44: no clash of origin and number."""
    other = tmp_path / "other.annot"
    shutil.copyfile(closed, other)
    seen: list[tuple[bytes, int]] = []
    for path in (closed, other):
        store = Store.open(path, "test")
        for _ in range(3):
            store.write("Add", [Add(make.article())])
        query = "SELECT o.id, p.seq FROM operations p JOIN origins o ON o.key = p.origin WHERE p.key > 2"
        seen += [tuple(row) for row in store._connection.exec_driver_sql(query)]
        store.close()
    assert len(seen) == len(set(seen)) == 6


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EROFS, "nothing can be written on that disk. The project itself is unchanged. Choose another"),
        (errno.ENOSPC, "the disk is full. The project itself is unchanged. Make room"),
    ],
)
def test_a_disk_that_takes_no_copy_is_told_in_words_and_nothing_is_left(
    closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    target = tmp_path / "there" / "copy.annot"
    target.parent.mkdir()
    store = Store.open(closed, "test")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    monkeypatch.setattr(shutil, "copyfile", refuse)
    with pytest.raises(UserError, match=words) as refused:
        run(store.copy_to(target))
    store.close()
    with pytest.raises(UserError, match=words) as in_use:
        copy_in_use(closed, target)
    assert str(refused.value) == str(in_use.value)
    assert str(target) in str(refused.value)
    assert list(target.parent.iterdir()) == []


def test_a_copy_over_a_folder_leaves_nothing_beside_it(store: Store, tmp_path: Path) -> None:
    (tmp_path / "taken.annot").mkdir()
    before = sorted(tmp_path.iterdir())
    with pytest.raises(UserError, match="a folder has that name"):
        run(store.copy_to(tmp_path / "taken.annot"))
    assert sorted(tmp_path.iterdir()) == before


def test_a_project_that_cannot_be_read_is_no_fault_of_its_copy(closed: Path, tmp_path: Path) -> None:
    closed.unlink()
    with pytest.raises(UserError, match="cannot be read: it does not exist"):
        copy_in_use(closed, tmp_path / "copy.annot")
