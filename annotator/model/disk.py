"""Why a file could not be read or written, and what helps, in words of our own."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from annotator.model.listed import meant
from annotator.model.said import Said, say

_READING = {
    errno.ENOENT: "it does not exist",
    errno.EACCES: "you have no right to read it",
    errno.EPERM: "you have no right to read it",
    errno.ELOOP: "its links go round in a circle",
    errno.ENAMETOOLONG: "its name is too long",
}
_WRITING = {
    errno.ENOENT: "there is no such folder",
    errno.ENOTDIR: "there is no such folder",
    errno.EISDIR: "a folder has that name",
    errno.EACCES: "you have no right to write there",
    errno.EPERM: "you have no right to write there",
    errno.EROFS: "nothing can be written on that disk",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk is full",
    errno.ELOOP: "its links go round in a circle",
    errno.ENAMETOOLONG: "its name is too long",
}
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def unread(error: OSError) -> Said:
    """Return why something could not be read, as the end of a sentence without its mark."""
    return say(_READING.get(error.errno or 0) or _of_the_system(error))


def meant_beside(path: Path) -> Said:
    """Return the question whether another file or folder beside a missing one was meant; empty for none."""
    try:
        return meant(path.name, (one.name for one in path.parent.iterdir()))
    except OSError:
        return say("")


def unwritten(error: OSError) -> Said:
    """Return why something could not be written, as the end of a sentence without its mark."""
    return say(_WRITING.get(error.errno or 0) or _of_the_system(error))


def remedy(error: OSError) -> Said:
    """Return what a person can do about what could not be written, as a sentence."""
    if error.errno in _FULL:
        return say("Make room, or choose another place.")
    return say("Choose another place.")


def _of_the_system(error: OSError) -> str:
    words = os.strerror(error.errno).lower() if error.errno else error.strerror or str(error)
    return words.rstrip(".").replace("{", "{{").replace("}", "}}")
