"""The spool keeps byte strings on the disk, in order, and leaves nothing behind."""

from __future__ import annotations

import errno
import os

import pytest

from annotator.model.errors import UserError
from annotator.services.spool import Spool


def test_what_is_put_comes_back_in_order(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    spool = Spool()
    parts = [b"", b"one", b"x" * 3_000_000, b"", b"last"]
    for part in parts:
        spool.put(part)
    assert len(spool) == len(parts)
    assert list(spool) == parts
    assert [spool[at] for at in range(len(parts))] == parts
    for at in range(3):
        spool.put(b"more")
        assert spool[1] == b"one"
        assert list(spool) == [*parts, *[b"more"] * (at + 1)]
    spool.close()
    with pytest.raises(OSError, match="Bad file"):
        list(spool)


@pytest.mark.skipif(os.name != "posix", reason="there a file without a name cannot be had")
def test_its_file_has_no_name_so_that_a_kill_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    spool = Spool()
    spool.put(b"x" * 3_000_000)
    assert list(tmp_path.iterdir()) == []
    spool.close()


def test_it_goes_with_its_object(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    spool = Spool()
    spool.put(b"x")
    closed = spool._close
    del spool
    assert not closed.alive
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said(monkeypatch):
    spool = Spool()

    def full(*_given):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(UserError, match="room for temporary files"):
        spool.put(b"x" * (1 << 20))
    spool.close()
