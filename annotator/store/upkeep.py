"""What is done for a project at opening and closing: bring up to date, check, back up."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from sqlalchemy import select

from annotator.model.disk import unwritten
from annotator.model.errors import ProjectDamaged, UserError
from annotator.model.job import run
from annotator.store import backups, damage, migrations, schema, sqlite
from annotator.store.check import check
from annotator.store.keys import Names
from annotator.store.opening import Opened

_WEEK = 7 * 24 * 3600 * 1_000_000


def bring_up_to_date(opened: Opened) -> None:
    """Run the migrations that an older file needs, after a backup of it as it was."""
    if not migrations.due(opened.version):
        return
    if opened.read_only:
        raise UserError(
            "{name} is of an older version. Open it for writing once, then again.", name=opened.path.name
        )
    back_up(opened, 0)
    migrations.migrate(opened.connection, opened.version)


def look_after(opened: Opened, names: Names, clock: int, last: Callable[[], str | None]) -> Iterator[str]:
    """Check the file when that is called for, back it up when due; yields sentences to show once.

    `last` names the last operation in the file, once that was found whole.
    """
    if opened.unclean:
        yield _check_fully(opened, names, last)
    elif abs(_now() - int(_meta(opened, "checked"))) > _WEEK:
        _refuse_damage(opened, quick=True)
        _checked(opened)
    if backups.is_due(opened.path, clock, _time(int(_meta(opened, "created"))), _time(_now())):
        try:
            _back_up_unasked(opened, clock)
        except UserError as error:
            yield f"No backup could be made: {error}"


def back_up_at_end(opened: Opened, clock: int, since: datetime.datetime) -> None:
    """Back up at closing when that is due; a backup that fails keeps nobody from closing."""
    if backups.is_due(opened.path, clock, since, _time(_now())):
        with suppress(UserError):
            _back_up_unasked(opened, clock)


def _back_up_unasked(opened: Opened, clock: int) -> None:
    if not backups.leaves_room(opened.path):
        raise UserError(
            "the disk that holds {name} is nearly full, and what is left is kept for your labels. Make room"
            " there.",
            name=opened.path.name,
        )
    back_up(opened, clock)


def back_up(opened: Opened, clock: int) -> Path:
    """Make a checked backup beside the project; raises UserError, and keeps the old ones, if it fails."""
    try:
        return backups.back_up(opened.connection, opened.path, clock, _time(_now()))
    except OSError as error:
        folder = backups.folder_of(opened.path)
        raise UserError(
            "The backup in {folder} could not be written: {reason}.", folder=folder, reason=unwritten(error)
        ) from error


def _check_fully(opened: Opened, names: Names, last: Callable[[], str | None]) -> str:
    _refuse_damage(opened, quick=False)
    found = run(check(opened.connection, names, read_only=False))
    _checked(opened)
    if found:
        more = f" The command “annotator check {opened.path.name}” lists them all." if len(found) > 1 else ""
        count = f"{len(found):,} faults, the first" if more else "one fault"
        return (
            f"{opened.path.name} was not closed properly the last time. It can be used, but the check found "
            f"{count}: {found[0].text}{more}"
        )
    said = f"{opened.path.name} was not closed properly the last time. It was checked and is whole"
    kept = last()
    return f"{said}; the last step kept in it is “{kept}”." if kept else f"{said}."


def _refuse_damage(opened: Opened, *, quick: bool) -> None:
    faults = damage.sentences(sqlite.integrity_faults(opened.connection, quick=quick))
    if faults:
        kept = backups.backups_of(opened.path)
        advice = f"Put back the newest backup, {kept[-1].path}." if kept else "There is no backup yet."
        raise ProjectDamaged(
            "{name} is damaged: {faults} {advice}", name=opened.path.name, faults=faults[0], advice=advice
        )


def _meta(opened: Opened, name: str) -> str:
    query = select(schema.meta.c.value).where(schema.meta.c.name == name)
    return opened.connection.execute(query).scalar() or "0"


def _checked(opened: Opened) -> None:
    table = schema.meta
    with sqlite.transaction(opened.connection):
        opened.connection.execute(table.update().where(table.c.name == "checked").values(value=str(_now())))


def _now() -> int:
    return time.time_ns() // 1000


def _time(microseconds: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(microseconds / 1_000_000, datetime.UTC)
