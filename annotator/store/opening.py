"""Opens a project file, in the one right order, or says in a sentence why not."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import Connection

from annotator.model.disk import meant_beside, remedy, unread, unwritten
from annotator.model.errors import NotSaved, ProjectDamaged, ProjectInUse, UserError
from annotator.model.project_file import APPLICATION_ID
from annotator.model.said import joined, say
from annotator.store import locking, migrations, places, schema, sqlite

_TRIES, _PAUSE = 4, 0.3
LONGEST_NAME = 247
"""Bytes; the side files need room for a longer name."""


@dataclass(slots=True)
class Opened:
    """A connection to a project file and what was found on the way."""

    path: Path
    connection: Connection
    read_only: bool
    unclean: bool
    version: int
    notices: list[str]
    folder: int | None = None
    """A handle on its folder, held to find its lock file there."""


def create_file(path: Path, facts: Mapping[str, str]) -> Opened:
    """Make a new project file that holds these facts; refuses an existing file and too long a name."""
    _refuse_nul(path)
    path = path.parent.resolve() / path.name
    if len(os.fsencode(path.name)) > LONGEST_NAME:
        raise UserError(
            "The name {name}… is too long. Choose one of at most 200 characters.", name=path.name[:40]
        )
    if os.path.lexists(path):
        raise UserError("{path} exists already. Choose another name, or open it.", path=path)
    try:
        path.touch(exist_ok=False)
    except OSError as error:
        raise UserError(
            "{path} cannot be made: {reason}. {remedy}",
            path=path,
            reason=unwritten(error),
            remedy=remedy(error),
        ) from error
    try:
        connection = _connect(path, read_only=False)
        with _closing_on_error(path, connection):
            with sqlite.transaction(connection):
                sqlite.create_schema(connection)
                values = [{"name": name, "value": value} for name, value in facts.items()]
                connection.execute(schema.meta.insert(), values)
            sqlite.sync_folder(path.parent)
    except BaseException:
        for side in ("", *sqlite.SIDE_FILES):
            path.with_name(path.name + side).unlink(missing_ok=True)
        locking.remove_lock(path)
        raise
    folder = locking.hold_folder(path)
    return Opened(path, connection, False, False, schema.VERSION, places.notices(path), folder)


def open_file(path: Path, *, read_only: bool) -> Opened:
    """Open a project file; raises ProjectInUse, ProjectDamaged or UserError with a sentence."""
    path = _resolved(path)
    # Before the header is read: had this very process the project open, closing it would drop the lock.
    stale = _ask_lock(path, read_only=read_only)
    header = _header(path)
    notices: list[str] = []
    if header.version > schema.VERSION and not read_only:
        read_only = True
        notices.append(
            f"{path.name} was written by a newer version of the program; it is open for reading only."
        )
    if not read_only and not _may_write(path):
        read_only = True
        notices.append(f"{path.name} or its folder may not be written; it is open for reading only.")
    unclean = any(_size(path.with_name(path.name + side)) for side in sqlite.SIDE_FILES)
    if not read_only:
        unclean = stale or unclean
        notices += places.notices(path)
    try:
        connection = _connect(path, read_only=read_only)
    except NotSaved as error:
        read_only = True
        notices.append(f"{error} {path.name} is open for reading only.")
        connection = _connect(path, read_only=True)
    with _closing_on_error(path, connection, lock=not read_only):
        try:
            _compare_schema(path, connection, header)
        except ProjectInUse as error:
            raise locking.in_use(path, locking.read_lock(path)) from error
    folder = None if read_only else locking.hold_folder(path)
    return Opened(path, connection, read_only, unclean, header.version, notices, folder)


def _refuse_nul(path: Path) -> None:
    if "\0" in str(path):
        raise UserError(
            "{path} holds a NUL, which no name of a file may have. Choose another name.",
            path=str(path).replace("\0", "�"),
        )


def _resolved(path: Path) -> Path:
    _refuse_nul(path)
    try:
        found = path.resolve(strict=True)
        mode = found.stat().st_mode
    except FileNotFoundError:
        missing = say("There is no file {path}.", path=path)
        near = meant_beside(path) or say("Was it moved or renamed?")
        raise UserError(joined(missing, near)) from None
    except (OSError, RuntimeError) as error:
        reason = unread(error) if isinstance(error, OSError) else error
        raise UserError("{path} cannot be opened: {reason}.", path=path, reason=reason) from error
    if not stat.S_ISREG(mode):
        raise UserError("{path} is not a file. Choose a project file (its name ends in .annot).", path=path)
    return found


def _header(path: Path) -> sqlite.Header:
    size = path.stat().st_size
    if size == 0:
        raise ProjectDamaged(
            "{name} is empty. If it lies in a synced folder, wait until it has arrived whole;"
            " else put back a backup from the folder “{name}.backups”.",
            name=path.name,
        )
    try:
        header = sqlite.read_header(path)
    except OSError as error:
        raise UserError("{path} cannot be read: {reason}.", path=path, reason=unread(error)) from error
    if not header.is_sqlite:
        raise ProjectDamaged("{name} is not a project file.", name=path.name)
    if header.application != APPLICATION_ID:
        raise ProjectDamaged("{name} is not a project file; it belongs to another program.", name=path.name)
    if header.min_reader > schema.VERSION:
        name = sqlite.read_meta(path, "min_reader_name") or "a newer version of the program"
        raise UserError("{name} needs {program} or newer. It was not changed.", name=path.name, program=name)
    return header


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK | os.X_OK)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _ask_lock(path: Path, *, read_only: bool) -> bool:
    """Refuse when a lock file names a holder that may be alive; tells whether a stale one lies there.

    To read it is enough that nobody on this machine has it open: the lock of SQLite says the rest.
    """
    holder = locking.read_lock(path)
    if holder is not None and not locking.is_stale(holder) and (locking.is_here(holder) or not read_only):
        raise locking.in_use(path, holder)
    return locking.lock_path(path).exists()


def _connect(path: Path, *, read_only: bool) -> Connection:
    try:
        connection = sqlite.connect(path, read_only=read_only)
    except ProjectInUse as error:
        raise locking.in_use(path, locking.read_lock(path)) from error
    if read_only:
        return connection
    with _closing_on_error(path, connection, lock=False):
        try:
            sqlite.take_lock(connection)
        except ProjectInUse as error:
            raise locking.in_use(path, locking.read_lock(path)) from error
        locking.write_lock(path)
    return connection


@contextmanager
def _closing_on_error(path: Path, connection: Connection, *, lock: bool = True) -> Iterator[None]:
    try:
        yield
    except BaseException:
        sqlite.disconnect(connection)
        if lock:
            locking.remove_lock(path)
        raise


def _compare_schema(path: Path, connection: Connection, header: sqlite.Header) -> None:
    if header.version > schema.VERSION or migrations.due(header.version):
        return  # nothing is written to a newer one, and migrating ends with the same comparison
    faults = sqlite.schema_faults(connection)
    if faults:
        raise ProjectDamaged(
            "{name} was changed by another program: {faults}. It was not opened. Put back a"
            " backup from the folder “{name}.backups”.",
            name=path.name,
            faults=faults[0],
        )


def copy_in_use(path: Path, to: Path) -> None:
    """Copy a project that another program has open, as it lies; raises UserError when it was mid-save.

    Between two saves the one file holds everything.  Never for a project this program has open itself.
    """
    aside = to.with_name(to.name + ".part")
    try:
        for left in range(_TRIES, 0, -1):
            shutil.copyfile(path, aside)
            if not _size(path.with_name(path.name + "-journal")) and sqlite.is_whole(aside):
                sqlite.sync(aside)
                swap_in(aside, to)
                return
            if left > 1:
                time.sleep(_PAUSE)
    except OSError as error:
        if error.filename == str(path):
            raise UserError("{path} cannot be read: {reason}.", path=path, reason=unread(error)) from error
        raise copy_not_written(to, error) from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
    raise UserError("{name} was being saved just now. Try again in a moment.", name=path.name)


def copy_open(connection: Connection, path: Path, to: Path) -> None:
    """Write a whole copy of an open project, checked and synced, then put it in place of what is there."""
    if to.exists() and to.resolve() == path:
        raise UserError("A copy needs another name or folder than the project itself.")
    holder = locking.read_lock(to)
    if holder is not None and not locking.is_stale(holder):
        raise locking.in_use(to, holder)
    aside = to.with_name(to.name + ".part")
    try:
        if to.is_dir():
            raise IsADirectoryError(errno.EISDIR, "")
        aside.write_bytes(b"")  # says why nothing can be written there, which SQLite does not
        sqlite.copy(connection, aside)
        swap_in(aside, to)
    except OSError as error:
        raise copy_not_written(to, error) from error


def copy_not_written(path: Path, error: OSError) -> UserError:
    """Return the sentence for a copy of a project that could not be written."""
    return UserError(
        "The copy {path} could not be written: {reason}. The project itself is unchanged. {remedy}",
        path=path,
        reason=unwritten(error),
        remedy=remedy(error),
    )


def swap_in(aside: Path, to: Path) -> None:
    """Put a whole, synced file in the place of another; side files of the old one are kept apart."""
    for side in sqlite.SIDE_FILES:
        left = to.with_name(to.name + side)
        if left.exists():
            left.replace(to.with_name(to.name + side + ".old"))
    aside.replace(to)
    sqlite.sync_folder(to.parent)
