"""Backups beside the project: made when something changed, checked, thinned by a fixed calendar."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import Connection

from annotator.store import sqlite

EVERY = datetime.timedelta(minutes=30)
RECENT, DAYS, WEEKS, MONTHS = 4, 12, 10, 9
ROOM = 3
"""How many times the project's size must be free for a backup that nobody asked for."""
_NAME = re.compile(r"(\d{8}T\d{6}Z)-(\d+)\.annot")
_FORMAT = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """One backup: when it was made, and the clock of the log that it holds."""

    when: datetime.datetime
    clock: int
    path: Path


def folder_of(path: Path) -> Path:
    """Return the folder that holds a project's backups."""
    return path.with_name(path.name + ".backups")


def backups_of(path: Path) -> list[Backup]:
    """Return a project's backups, oldest first; other files in the folder are left alone."""
    folder = folder_of(path)
    names = sorted(folder.iterdir()) if folder.is_dir() else []
    found = [(match, one) for one in names if (match := _NAME.fullmatch(one.name))]
    return sorted(
        Backup(datetime.datetime.strptime(match[1], _FORMAT).replace(tzinfo=datetime.UTC), int(match[2]), one)
        for match, one in found
    )


def is_due(path: Path, clock: int, begun: datetime.datetime, now: datetime.datetime) -> bool:
    """Tell whether something changed since the last backup and that one is old enough.

    `begun` is when the project was made, or where it counts later, opened.
    """
    found = backups_of(path)
    if not found:
        return clock > 1 and not _is_young(begun, now)
    # One of a time to come was made before the clock was set back: it must not stop all others until then.
    last = max([one for one in found if one.when <= now] or found)
    return last.clock != clock and not (_is_young(last.when, now) or _is_young(begun, now))


def _is_young(when: datetime.datetime, now: datetime.datetime) -> bool:
    return abs(now - when) < EVERY


def leaves_room(path: Path) -> bool:
    """Tell whether the disk has room for a backup and for all that is yet to be saved."""
    try:
        size, disk = path.stat().st_size, shutil.disk_usage(path.parent)
    except OSError:
        return True  # what is wrong there, writing tells
    return not disk.total or disk.free >= ROOM * size  # some network drives do not say


def back_up(connection: Connection, path: Path, clock: int, now: datetime.datetime) -> Path:
    """Make a backup, check it, and only then thin the older ones."""
    folder = folder_of(path)
    folder.mkdir(exist_ok=True)
    made = folder / f"{now.astimezone(datetime.UTC).strftime(_FORMAT)}-{clock}.annot"
    aside = made.with_suffix(".part")
    aside.unlink(missing_ok=True)
    sqlite.copy(connection, aside)
    aside.replace(made)
    sqlite.sync_folder(folder)
    kept = to_keep(backups_of(path))
    for backup in backups_of(path):
        if backup not in kept:
            backup.path.unlink(missing_ok=True)
    return made


def to_keep(found: Iterable[Backup]) -> set[Backup]:
    """Return the newest 4, and the newest of each of the last 12 days, 10 weeks, 9 months that have one."""
    newest_first = sorted(found, reverse=True)
    kept = set(newest_first[:RECENT])
    for form, most in (("%Y-%m-%d", DAYS), ("%G-%V", WEEKS), ("%Y-%m", MONTHS)):
        periods: dict[str, Backup] = {}
        for backup in newest_first:
            periods.setdefault(backup.when.strftime(form), backup)
        kept.update(list(periods.values())[:most])
    return kept
