from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from annotator.model.changes import Add
from annotator.model.errors import ProjectDamaged, UserError
from annotator.model.job import run
from annotator.model.scheme import Label, Scheme
from annotator.store import backups, sqlite, upkeep
from annotator.store.backups import Backup
from annotator.store.store import Store

START = datetime.datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """A clock that is set forward by hand."""
    now = [upkeep._now()]
    monkeypatch.setattr(upkeep, "_now", lambda: now[0])

    def forward(by: timedelta) -> None:
        now[0] += by // timedelta(microseconds=1)

    return forward


class Disk(NamedTuple):
    total: int
    used: int
    free: int


def names(path: Path) -> list[str]:
    return [one.path.name for one in backups.backups_of(path)]


def test_a_backup_is_made_when_something_changed_and_the_last_one_is_old(
    reopened: Callable[[], Store], make: Any, path: Path, clock: Callable[[timedelta], None]
) -> None:
    """T-35."""
    store = reopened()
    assert names(path) == []
    store.write("Add", [Add(make.article())])
    store = reopened()
    assert names(path) == []
    clock(timedelta(minutes=31))
    store = reopened()
    assert len(names(path)) == 1
    clock(timedelta(minutes=31))
    store = reopened()
    assert len(names(path)) == 1, "nothing changed"
    store.write("Add", [Add(make.article())])
    store = reopened()
    assert len(names(path)) == 2
    store.write("Add", [Add(make.article())])
    store = reopened()
    assert len(names(path)) == 2, "the last one is young"
    clock(timedelta(minutes=31))
    store = reopened()
    assert len(names(path)) == 3
    newest = backups.backups_of(path)[-1].path
    held = Store.open(newest, "test")
    assert held.counts() == store.counts()
    assert run(held.check()) == ()
    held.close()


def test_a_clock_that_was_ahead_stops_no_backups(
    reopened: Callable[[], Store], make: Any, path: Path, clock: Callable[[timedelta], None]
) -> None:
    store = reopened()
    store.write("Add", [Add(make.article())])
    clock(timedelta(days=400))
    store = reopened()
    clock(timedelta(days=-399))
    assert len(names(path)) == 1
    store.write("Add", [Add(make.article())])
    store = reopened()
    assert len(names(path)) == 2
    clock(timedelta(minutes=31))
    store = reopened()
    assert len(names(path)) == 2, "nothing changed"


def test_a_backup_during_work_holds_what_was_saved(store: Store, make: Any) -> None:
    """T-37."""
    article = make.article()
    store.write("Add", [Add(article)])
    made = store.back_up()
    store.write("Add claim", [Add(make.span(article))])
    held = Store.open(made, "test")
    assert held.content(article.id).spans == ()
    assert held.project_id == store.project_id
    held.close()
    assert made.parent == backups.folder_of(store.path)


def test_a_backup_that_fails_keeps_the_old_ones_and_leaves_nothing(
    store: Store, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T-36, T-37."""
    store.write("Add", [Add(make.article())])
    store.back_up()
    folder = backups.folder_of(store.path)
    before = sorted(folder.iterdir())
    store.write("Add", [Add(make.article())])

    def no_room(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sqlite, "sync", no_room)
    with pytest.raises(UserError, match="the disk is full"):
        store.back_up()
    assert sorted(folder.iterdir()) == before


def test_a_backup_that_fails_keeps_nobody_from_opening_and_closing(
    reopened: Callable[[], Store], make: Any, path: Path, clock: Callable[[timedelta], None]
) -> None:
    store = reopened()
    store.write("Add", [Add(make.article())])
    backups.folder_of(path).write_text("a file where the folder should be")
    clock(timedelta(hours=1))
    store = reopened()
    assert "No backup could be made" in store.notices[0]
    clock(timedelta(hours=1))
    store = reopened()
    assert store.counts().articles == 1


def test_a_backup_that_nobody_asked_for_leaves_room_for_labels(
    reopened: Callable[[], Store],
    make: Any,
    path: Path,
    clock: Callable[[timedelta], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = reopened()
    store.write("Add", [Add(make.article())])
    free = [3 * path.stat().st_size - 1]
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(10**9, 10**9 - free[0], free[0]))
    clock(timedelta(hours=1))
    store = reopened()
    assert names(path) == []
    said = (
        "No backup could be made: the disk that holds project.annot is nearly full, and what is left is kept"
    )
    assert any(said in one for one in store.notices)
    clock(timedelta(hours=1))
    reopened()
    assert names(path) == [], "neither when it was closed"
    free[0] += 1
    assert not reopened().notices
    assert len(names(path)) == 1


def test_a_disk_that_does_not_say_how_full_it_is_gets_backups(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(b"12")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(0, 0, 0))
    assert backups.leaves_room(path)


def test_damage_names_the_newest_backup(make: Any, path: Path, clock: Callable[[timedelta], None]) -> None:
    store = Store.create(path, Scheme("s", "S", (Label("CLAIM", "span"), Label("STANCE", "frame"))), "test")
    store.write("Import", make.bulk(30, 30))
    kept = store.back_up()
    index = "SELECT rootpage FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'spans'"
    number = store._connection.exec_driver_sql(index).scalar()
    store.close()
    content = bytearray(path.read_bytes())
    page = (number - 1) * 4096
    content[page : page + 4096] = bytes(range(256)) * 16
    path.write_bytes(content)
    clock(timedelta(days=8))
    with pytest.raises(ProjectDamaged, match=r"is damaged") as told:
        Store.open(path, "test")
    assert str(told.value).endswith(f"Put back the newest backup, {kept}.")


def every(hours: float, count: int) -> list[Backup]:
    return [Backup(START + timedelta(hours=hours * at), at, Path(str(at))) for at in range(count)]


def test_backups_are_thinned_by_a_fixed_calendar() -> None:
    """T-36: the newest four, and of 12 days, 10 weeks and 9 months that have one."""
    year = every(2, 12 * 400)
    kept = sorted(backups.to_keep(year))
    assert kept[-4:] == year[-4:]
    days = {one.when.date() for one in kept}
    newest = year[-1].when.date()
    assert {newest - timedelta(days=back) for back in range(12)} <= days
    assert len({one.when.isocalendar()[:2] for one in kept}) >= 10
    assert len({(one.when.year, one.when.month) for one in kept}) == 9
    assert len(kept) <= 4 + 12 + 10 + 9


def test_thinning_twice_is_thinning_once() -> None:
    kept = backups.to_keep(every(7, 900))
    assert backups.to_keep(kept) == kept


def test_few_backups_are_all_kept() -> None:
    few = every(24, 12)
    assert backups.to_keep(few) == set(few)


def test_of_a_day_the_newest_four_are_kept() -> None:
    assert backups.to_keep(every(1, 9)) == set(every(1, 9)[-4:])


def test_other_files_in_the_folder_are_left_alone(store: Store) -> None:
    folder = backups.folder_of(store.path)
    folder.mkdir()
    (folder / "note.txt").write_text("mine")
    (folder / "20260101T000000Z-1.annot.txt").write_text("mine too")
    store.back_up()
    assert {one.name for one in folder.iterdir()} > {"note.txt", "20260101T000000Z-1.annot.txt"}
