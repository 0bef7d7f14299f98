"""Archives of files come in like a folder; nothing in them leads out of it, or grows without bound."""

from __future__ import annotations

import bz2
import errno
import gzip
import lzma
import stat
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from made_projects import bring, project_in

from annotator.exchange import archives
from annotator.exchange.archives import unpack
from annotator.model.errors import UserError
from annotator.services.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path, "p") as found:
        yield found


def archive(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return path


def reasons(problems: Any) -> list[str]:
    return [str(one) for one in problems if one is not None]


def test_an_archive_is_read_as_the_folder_that_it_was(project, tmp_path, monkeypatch):
    own = tmp_path / "temporary"
    own.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(own))
    labels = {"text": "Ada said no.", "label": [[0, 3, "SOURCE"]]}
    made = archive(
        tmp_path / "export.zip",
        {
            "a.txt": b"The first one.",
            "sub/b.txt": b"The second one.",
            "sub/": b"",
            "all.jsonl": orjson.dumps(labels),
            "__MACOSX/._a.txt": b"odd",
            "notes.xyz": b"odd",
        },
    )
    summary = bring(project, made)
    assert (summary.articles, summary.spans, summary.problems) == (3, 1, ())
    assert dict(summary.formats) == {"text": 2, "doccano": 1}
    assert summary.notes == ("files of other kinds were left out: 1 × .xyz",)
    names = {content.article.name for content in project.contents()}
    assert {"a.txt", "sub/b.txt"} < names
    assert list(own.iterdir()) == []


def test_what_leads_out_of_an_archive_is_left_out_and_named(tmp_path):
    path = archive(
        tmp_path / "bad.zip",
        {"../out.txt": b"x", "/abs.txt": b"x", "a/../../b.txt": b"x", "C:/c.txt": b"x", "good.txt": b"x"},
    )
    with zipfile.ZipFile(path, "a") as packed:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(link, "/etc/passwd")
        packed.writestr("good.txt/more.txt", b"x")
    folder = tmp_path / "in" / "here"
    folder.mkdir(parents=True)
    said = reasons(unpack(path, folder))
    assert len(said) == 6
    assert sum("leads out of the archive" in one for one in said) == 4
    assert "bad.zip/link.txt: it is a link, not a file" in said
    assert "bad.zip/good.txt/more.txt: its name cannot stand on this disk beside the others" in said
    assert [one.name for one in (tmp_path / "in").rglob("*")] == ["here", "good.txt"]
    assert not (tmp_path / "out.txt").exists()


def test_a_name_that_stands_twice_is_taken_once(tmp_path):
    path = tmp_path / "twice.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.txt", b"first")
        with pytest.warns(UserWarning, match="Duplicate name"):
            packed.writestr("a.txt", b"second")
    folder = tmp_path / "in"
    folder.mkdir()
    (said,) = reasons(unpack(path, folder))
    assert "in the archive already" in said
    assert (folder / "a.txt").read_bytes() == b"first"


@pytest.mark.parametrize(
    ("limit", "value", "words"),
    [("MOST", 1, "it holds 2 files, and 1 is the limit"), ("LIMIT", 150, "unpacked it has 200 bytes")],
)
def test_an_archive_is_bounded(tmp_path, monkeypatch, limit, value, words):
    path = archive(tmp_path / "a.zip", {"a.txt": b"a" * 100, "b.txt": b"b" * 100})
    monkeypatch.setattr(archives, limit, value)
    if limit == "LIMIT":
        monkeypatch.setattr("annotator.exchange.zipped.file_size", lambda *_: 1)
    with pytest.raises(UserError, match=words):
        list(unpack(path, tmp_path))


def test_an_archive_that_lies_about_its_sizes_is_stopped(tmp_path, monkeypatch):
    path = archive(tmp_path / "a.zip", {"a.txt": b"a" * 300})
    monkeypatch.setattr(archives, "_refuse_huge", lambda _: None)
    monkeypatch.setattr(archives, "LIMIT", 200)
    with pytest.raises(UserError, match="more than 200 bytes, which is the limit"):
        list(unpack(path, tmp_path))


def test_a_damaged_archive_is_refused_by_name_and_the_rest_comes_in(project, tmp_path):
    good = archive(tmp_path / "good.zip", {"a.txt": b"Fine."})
    cut = tmp_path / "cut.zip"
    cut.write_bytes(good.read_bytes()[:40])
    none = archive(tmp_path / "none.zip", {})
    short = tmp_path / "short.zip"
    short.write_bytes(good.read_bytes()[:10] + good.read_bytes()[11:])
    summary = bring(project, good, cut, short, none)
    assert summary.articles == 1
    assert reasons(summary.problems) == [
        f"{name}.zip: the archive is damaged, cut, or locked by a password; fetch it again"
        for name in ("cut", "short")
    ]
    again = bring(project, none)
    assert again.articles == 0
    assert "there is no file in it" in reasons(again.problems)[0]


def test_columns_of_tags_in_a_text_file_are_no_article(project, tmp_path):
    rows = ["Ada B-PERSON", "said O", "no O", ". O", "", "Ben B-PERSON", "left O"]
    (tmp_path / "train.txt").write_text("\n".join(rows) + "\n", "utf-8")
    (tmp_path / "prose.txt").write_text("One word\nAnd two\nOf them\nA list\nIn all\n", "utf-8")
    summary = bring(project, tmp_path / "train.txt", tmp_path / "prose.txt")
    assert dict(summary.formats) == {"conll": 1, "text": 1}
    assert (summary.articles, summary.spans) == (2, 2)
    forced = bring(project, tmp_path / "train.txt", format_name="text")
    assert dict(forced.formats) == {"text": 1}


@pytest.mark.parametrize(
    ("ending", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)]
)
def test_a_packed_file_is_read_as_the_one_in_it(project, tmp_path, ending, pack):
    table = tmp_path / f"news.csv{ending}"
    table.write_bytes(pack(b"id,text\n1,Ada said no.\n2,Ben agreed.\n"))
    summary = bring(project, table)
    assert (summary.articles, summary.formats, summary.problems) == (2, (("csv", 1),), ())
    assert {one.article.name for one in project.contents()} == {"news.csv:1", "news.csv:2"}


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.txt.gz", gzip.compress(b"Ada said no." * 99, mtime=0)[:40], "it is damaged or cut"),
        ("a.txt.gz", b"Ada said no.", "it is damaged or cut"),
        ("a.txt.xz", b"Ada said no.", "it is damaged or cut"),
        ("a.txt.bz2", b"Ada said no.", "it is not what its ending says"),
        (
            "a.txt.gz.GZ",
            gzip.compress(gzip.compress(b"Ada said no.", mtime=0), mtime=0),
            "packed more than once",
        ),
        ("a.gz", gzip.compress(b"Ada said no.", mtime=0), "its name has no ending"),
    ],
)
def test_a_packed_file_that_cannot_be_unpacked_is_named(project, tmp_path, name, data, told):
    (tmp_path / name).write_bytes(data)
    (problem,) = bring(project, tmp_path / name).problems
    assert told in str(problem)


def test_a_packed_file_that_would_grow_too_large_or_is_an_archive_is_refused(project, tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "_SMALL", 1000)
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(bytes(2_000_000), mtime=0))
    with tarfile.open(tmp_path / "many.tar.gz", "w:gz") as packed:
        packed.add(tmp_path / "bomb.txt.gz")
    first, second = bring(project, tmp_path / "bomb.txt.gz", tmp_path / "many.tar.gz").problems
    assert "which is the limit; split it" in str(first)
    assert "many.tar.gz: it is an archive of the kind tar" in str(second)


def test_a_full_disk_is_said_when_a_packed_file_is_unpacked(project, tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"Ada said no.", mtime=0))
    monkeypatch.setattr(archives, "_copied", full)
    (problem,) = bring(project, tmp_path / "a.txt.gz").problems
    assert "there is no room to unpack it" in str(problem)
