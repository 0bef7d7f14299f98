"""How a project file is known from outside: its usual ending, and the first bytes of every one."""

from __future__ import annotations

from pathlib import Path

SUFFIX = ".annot"
MAGIC = b"SQLite format 3\0"
APPLICATION_ID = 0x414E4E54
"""The four letters ANNT, in the header of every project file."""
HEADER = 100
"""Bytes of a header."""


def application_of(head: bytes) -> int | None:
    """Return which program's database a header is of; none where it is no database."""
    if len(head) < HEADER or not head.startswith(MAGIC):
        return None
    return int.from_bytes(head[68:72], "big")


def is_project(path: Path, opened: Path | None = None) -> bool:
    """Tell whether a file is a project, by its name or first bytes; the `opened` one is not looked into."""
    if path.suffix.lower() == SUFFIX:
        return True
    try:
        # Whoever opens and closes a file that SQLite has open takes its lock away.
        if opened is not None and path.samefile(opened):
            return True
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return application_of(file.read(HEADER)) == APPLICATION_ID
    except OSError:
        return False
