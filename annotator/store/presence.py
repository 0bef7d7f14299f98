"""Whether a project's file still lies at its place, and still holds what was written into it last."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from urllib.parse import quote

from annotator.model.errors import NotSaved
from annotator.model.ids import Id, id_text
from annotator.store import places

_UNREAD = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR)
"""What SQLite says where it cannot look into a file, which says nothing of what is in it."""
_UNTOLD = (*_UNREAD, sqlite3.SQLITE_CORRUPT)
_NEWEST = "SELECT value, (SELECT max(clock) FROM operations) FROM meta WHERE name = 'project'"


class Presence:
    """Knows which file a project is, and how long and how new it was after the last step."""

    def __init__(self, path: Path, project: Id, clock: int) -> None:
        self._path, self._project = path, project
        self._file = places.file_at(path)
        self._left, self._clock = _left_at(path), clock

    def is_at(self, path: Path) -> bool:
        """Tell whether the project's own file lies at a path: also where it was moved to."""
        return self._file is not None and places.file_at(path) == self._file

    def refuse_gone(self) -> None:
        """Raise NotSaved where another file, or none, is at the place.

        SQLite goes on writing into a file that was deleted, and nobody would ever find it.
        """
        if not self.is_at(self._path):
            raise places.gone(self._path)

    def refuse_overwritten(self) -> None:
        """Raise NotSaved where somebody else wrote into the file since, or may have."""
        refusal = self.refusal()
        if refusal is not None:
            raise refusal

    def refuse_mixed(self) -> None:
        """Raise NotSaved where somebody else wrote into the file while a step of our own was under way.

        SQLite puts parts of a large step into the file before its end: where it is torn just then, nothing
        is known.
        """
        if _left_at(self._path) == self._left:
            return
        try:
            self._held()
        except sqlite3.Error as error:
            if error.sqlite_errorcode & 0xFF in _UNTOLD:
                return
        refusal = self.refusal(is_writing=True)
        if refusal is not None:
            raise refusal

    def is_overwritten(self) -> bool:
        """Tell whether somebody else may have written into it; to touch it, or put it back, is no harm."""
        return self.refusal() is not None

    def keep(self, clock: int) -> None:
        """Note how the file is left after a step of our own, and the clock of that step.

        Not asked for later: a transaction that failed may have counted steps that are not in the file.
        """
        self._left, self._clock = _left_at(self._path), clock

    def refusal(self, *, is_writing: bool = False) -> NotSaved | None:
        """Return why nothing may be written into the file as it is now.

        While a step of our own is written, parts of it may be in the file: what is newer may be our own.
        """
        left = _left_at(self._path)
        if left == self._left or not self.is_at(self._path):
            return None
        try:
            project, clock = self._held()
        except sqlite3.Error as error:
            if error.sqlite_errorcode & 0xFF in _UNREAD:
                return places.unread(self._path)
            return places.overwritten(self._path)
        is_last = clock >= self._clock if is_writing else clock == self._clock
        if project != id_text(self._project) or not is_last:
            return places.overwritten(self._path)
        if not is_writing:
            self._left = left
        return None

    def _held(self) -> tuple[str, int]:
        """Return which project the file, read anew, holds, and the clock of its last step.

        SQLite itself opens it a second time: it closes such a handle only together with the first one, so
        that its lock is not lost.
        """
        uri = f"file:{quote(str(self._path))}?mode=ro&immutable=1"
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=0)) as again:
            found = again.execute(_NEWEST).fetchone()
        return ("", 0) if found is None else (str(found[0]), int(found[1] or 0))


def _left_at(path: Path) -> tuple[int, int] | None:
    """Return how long a file is and when it was written last."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
