"""What SQLite's errors mean, in sentences of our own that say what to do and what was kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection, Engine, ExceptionContext

from annotator.model.errors import NotSaved, ProjectDamaged, ProjectInUse, UserError
from annotator.model.said import say
from annotator.store import places

_BLOCKED = ("SQLITE_BUSY", "SQLITE_LOCKED")
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_SAYS_ENOUGH = (*_BLOCKED, "SQLITE_FULL", "SQLITE_READONLY", "SQLITE_INTERRUPT")
"""Errors that do not come of what is in the file."""
_REFUSAL = "refusal"
_DAMAGE_SAID = ("Could not decode to UTF-8", "vtable constructor failed")
"""What damage is called that has no number of its own: a stored text is none; words cannot be looked up."""
_UNDONE = {
    "SQLITE_IOERR": (
        "{name} could not be read or written: its disk did not answer as it should. Nothing of this step was"
        " kept; what was saved before is. Check the disk, then try again."
    ),
    "SQLITE_CANTOPEN": (
        "{name} could not be written: it, or a file beside it, cannot be opened. Nothing of this step was"
        " kept; what was saved before is. Check its folder and its disk, then try again."
    ),
    "SQLITE_NOMEM": (
        "There is not enough memory to go on with {name}. Nothing of this step was kept; what was saved"
        " before is. Close other programs, then try again."
    ),
}


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn errors of the driver into sentences where SQLAlchemy is not in between."""
    try:
        yield
    except sqlite3.Error as error:
        found = in_words(error, path)
        if found is None:
            raise
        raise found from error
    except UnicodeDecodeError as error:  # what SQLite says of a damaged schema quotes it
        raise unreadable(path) from error


def watch(connection: Connection, refusal: Callable[[bool], UserError | None]) -> None:
    """Let errors of a connection ask first what another program may have put into its file meanwhile.

    What is asked is told whether a transaction is open.
    """
    connection.info[_REFUSAL] = refusal


def in_words_of(context: ExceptionContext) -> BaseException | None:
    """Return the sentence for an error that SQLAlchemy met; None when it is a mistake of ours."""
    if context.connection is not None:
        return error_of(context.connection, context.original_exception)
    return in_words(context.original_exception, _path(context.engine))


def error_of(connection: Connection, error: BaseException | None) -> UserError | None:
    """Return the sentence for an error on a connection, None when it is a mistake of ours.

    A file that was overwritten in the middle of a step gives errors of every kind, also such as only
    mistakes of ours would give else.
    """
    refusal = connection.info.get(_REFUSAL)
    name = getattr(error, "sqlite_errorname", None) or ""
    if refusal is not None and isinstance(error, sqlite3.Error) and not name.startswith(_SAYS_ENOUGH):
        driver: Any = connection.connection.driver_connection
        found: UserError | None = refusal(driver.in_transaction)
        if found is not None:
            return found
    return in_words(error, _path(connection.engine))


def _path(engine: Engine | None) -> Path:
    return Path((engine.url.database if engine is not None else "") or "")


def in_words(error: BaseException | None, path: Path) -> UserError | None:
    """Return the sentence for an error of SQLite, None when it is a mistake of ours."""
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith(_BLOCKED):
        return ProjectInUse(
            say("{name} is open in another program. Close it there first.", name=path.name), "", ""
        )
    if name.startswith(_DAMAGED) or str(error).startswith(_DAMAGE_SAID):
        return unreadable(path)
    if name == "SQLITE_FULL":
        return NotSaved("The disk that holds {name} is full. Make room, then try again.", name=path.name)
    if name.startswith("SQLITE_READONLY"):
        return places.gone(path) if name.endswith("DBMOVED") else _refused(path)
    sentence = next((one for code, one in _UNDONE.items() if name.startswith(code)), None)
    return None if sentence is None else NotSaved(sentence, name=path.name)


def unreadable(path: Path) -> ProjectDamaged:
    """Return the sentence for a file that cannot be read as a project."""
    return ProjectDamaged(
        "{name} is damaged: it cannot be read as a project any more. Put back a backup from the folder"
        " “{name}.backups”; each holds what was saved until then.",
        name=path.name,
    )


def _refused(path: Path) -> NotSaved:
    return NotSaved("{name} may not be written. Allow writing or save a copy elsewhere.", name=path.name)
