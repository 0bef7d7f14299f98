"""A folder that is written aside: files may take turns, and beginning anew leaves nothing of before."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.services.exporting_place import AsideFolder


def test_a_file_goes_on_after_others_and_begins_anew_with_the_folder(tmp_path: Path) -> None:
    with AsideFolder(tmp_path / "out") as folder:
        folder.begin()
        for name, words in (("a", b"1"), ("b", b"2"), ("a", b"3")):
            folder.open(name).write(words)
        folder.sync()
        assert {one.name: one.read_bytes() for one in (tmp_path / "out").iterdir()} == {"a": b"13", "b": b"2"}
        folder.begin()
        folder.open("a").write(b"4")
    assert {one.name: one.read_bytes() for one in (tmp_path / "out").iterdir()} == {"a": b"4"}


def test_what_this_export_did_not_begin_is_not_written_over(tmp_path: Path) -> None:
    with AsideFolder(tmp_path / "out") as folder:
        folder.begin()
        (tmp_path / "out" / "a").write_bytes(b"1")
        with pytest.raises(FileExistsError):
            folder.open("a")
