"""Keeps on disk what long work will need again, so that memory stays small."""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Iterator

from annotator.model.disk import unwritten
from annotator.model.errors import UserError

_BUFFER = 1 << 20


class Spool:
    """A temporary file of byte strings, gone with the object; read back in the order they were put, or one.

    Where the system can have a file without a name it has none, so that even a kill leaves nothing.
    """

    def __init__(self) -> None:
        file = tempfile.TemporaryFile(prefix="annotator-", buffering=0)  # noqa: SIM115 - lives as long as this
        self._file = file.fileno()
        self._ends: list[int] = []
        self._buffer = bytearray()
        self._close = weakref.finalize(self, file.close)

    def __len__(self) -> int:
        return len(self._ends)

    def put(self, data: bytes) -> None:
        """Keep one byte string; raises UserError when the disk for temporary files is full."""
        self._ends.append((self._ends[-1] if self._ends else 0) + len(data))
        self._buffer += data
        if len(self._buffer) >= _BUFFER:
            self._flush()

    def __iter__(self) -> Iterator[bytes]:
        self._flush()
        os.lseek(self._file, 0, os.SEEK_SET)
        start = 0
        with os.fdopen(os.dup(self._file), "rb", _BUFFER) as file:
            for end in self._ends:
                yield file.read(end - start)
                start = end

    def __getitem__(self, number: int) -> bytes:
        self._flush()
        start = self._ends[number - 1] if number else 0
        os.lseek(self._file, start, os.SEEK_SET)
        return os.read(self._file, self._ends[number] - start)

    def close(self) -> None:
        """Let go of the file now."""
        self._close()

    def _flush(self) -> None:
        try:
            if self._buffer:
                os.lseek(self._file, 0, os.SEEK_END)  # something may have been read in between
            while self._buffer:
                del self._buffer[: os.write(self._file, self._buffer)]
        except OSError as error:
            place = tempfile.gettempdir()
            raise UserError(
                "There is no room for temporary files in {place}: {reason}. Make room there and"
                " try again; nothing was changed.",
                place=place,
                reason=unwritten(error),
            ) from error
