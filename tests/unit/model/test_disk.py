"""Why a file could not be read or written is said in words of our own, with what helps."""

from __future__ import annotations

import errno
import os

import pytest

from annotator.model.disk import remedy, unread, unwritten


@pytest.mark.parametrize(
    ("number", "reason", "helps"),
    [
        (errno.EROFS, "nothing can be written on that disk", "Choose another place."),
        (errno.EACCES, "you have no right to write there", "Choose another place."),
        (errno.EPERM, "you have no right to write there", "Choose another place."),
        (errno.ENOSPC, "the disk is full", "Make room, or choose another place."),
        (errno.EDQUOT, "the disk is full", "Make room, or choose another place."),
        (errno.ENOENT, "there is no such folder", "Choose another place."),
        (errno.EISDIR, "a folder has that name", "Choose another place."),
    ],
)
def test_what_could_not_be_written_is_said_with_what_helps(number: int, reason: str, helps: str) -> None:
    error = OSError(number, os.strerror(number))
    assert unwritten(error) == reason
    assert remedy(error) == helps


def test_what_could_not_be_read_is_said() -> None:
    assert unread(FileNotFoundError(errno.ENOENT, "x")) == "it does not exist"
    assert unread(PermissionError(errno.EACCES, "x")) == "you have no right to read it"


def test_what_is_rare_is_said_by_the_system() -> None:
    assert unwritten(OSError(errno.EIO, "x")) == os.strerror(errno.EIO).lower()
    assert unread(OSError("the {tape} is torn.")) == "the {tape} is torn"
