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
        refusal = self._refusal()
        if refusal is not None:
            raise refusal

    def is_overwritten(self) -> bool:
        """Tell whether somebody else may have written into it; to touch it, or put it back, is no harm."""
        return self._refusal() is not None

    def keep(self, clock: int) -> None:
        """Note how the file is left after a step of our own, and the clock of that step.

        Not asked for later: a transaction that failed may have counted steps that are not in the file.
        """
        self._left, self._clock = _left_at(self._path), clock

    def _refusal(self) -> NotSaved | None:
        """Return why nothing may be written into the file as it is now."""
        left = _left_at(self._path)
        if left == self._left or not self.is_at(self._path):
            return None
        try:
            if self._holds():
                self._left = left
                return None
        except sqlite3.Error as error:
            if error.sqlite_errorcode & 0xFF in _UNREAD:
                return places.unread(self._path)
        return places.overwritten(self._path)

    def _holds(self) -> bool:
        """Tell whether the file, read anew, is this project with our last step as its last.

        SQLite itself opens it a second time: it closes such a handle only together with the first one, so
        that its lock is not lost.
        """
        uri = f"file:{quote(str(self._path))}?mode=ro&immutable=1"
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=0)) as again:
            found = again.execute(_NEWEST).fetchone()
        if found is None:
            return False
        return (str(found[0]), int(found[1] or 0)) == (id_text(self._project), self._clock)


def _left_at(path: Path) -> tuple[int, int] | None:
    """Return how long a file is and when it was written last."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
