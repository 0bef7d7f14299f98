"""Pages that a browser saved with their parts in one file: whatever the shape, the page or a sentence."""

from __future__ import annotations

import base64
import gzip
import quopri
from pathlib import Path

import pytest

from annotator.exchange.articles import html_files
from annotator.model.errors import UserError
from annotator.model.formats import Draft, ImportOptions

TEXTS = ("Ferry to close", "The board voted on Tuesday.", "“Nobody asked us,” said Ada Quill, 62.")
PAGE = f"<!DOCTYPE html><html><h1 class=a>{TEXTS[0]}</h1><p id=b>{TEXTS[1]}</p><p>{TEXTS[2]}</p></html>"
DATA = PAGE.encode()
HEAD = "From: <Saved by a browser>\nSubject: Ferry\nMIME-Version: 1.0\n"
HTML = "Content-Type: text/html; charset=utf-8\n"
PLAIN = "Content-Transfer-Encoding: 8bit\n"
RELATED = 'Content-Type: multipart/related; boundary="B"\n\n'
PICTURE = ("Content-Type: image/png\nContent-Transfer-Encoding: base64\n", b"iVBORw==")
ADVERT = (f"{HTML}{PLAIN}Content-ID: <a>\nContent-Location: cid:frame\n", b"<p>Buy this!</p>")
MAIN = (f"{HTML}{PLAIN}Content-ID: <m>\nContent-Location: http://x.example/m\n", DATA)


def archive(*parts: tuple[str, bytes], head: str = HEAD + RELATED, has_end: bool = True) -> bytes:
    found = b"".join(f"--B\n{fields}\n".encode() + data + b"\n" for fields, data in parts)
    return head.encode() + found + (b"--B--\n" if has_end else b"")


def read(folder: Path, data: bytes, name: str = "a.mhtml") -> Draft:
    (folder / name).write_bytes(data)
    return html_files.read_html(folder / name, ImportOptions())[0]


def coded(way: str, data: bytes) -> tuple[str, bytes]:
    return f"{HTML}Content-Transfer-Encoding: {way}\n", data


@pytest.mark.parametrize(
    "data",
    [
        archive(coded("quoted-printable", quopri.encodestring(DATA)), PICTURE),
        archive(coded("base64", base64.encodebytes(DATA))),
        archive((HTML, quopri.encodestring(DATA))),
        archive(("Content-Type: text/html; charset=iso-8859-1\n" + PLAIN, DATA)),
        archive(("Content-Type: text/html; charset=nope-17\n" + PLAIN, DATA)),
        archive((f"Content-Type: application/xhtml+xml; charset=utf-8\n{PLAIN}", DATA)),
        archive(("Content-Type: text/css\n", b"p{}"), coded("base64", base64.encodebytes(DATA))),
        archive((f"{HTML}{PLAIN}Content-Disposition: attachment; filename=a.html\n", DATA)),
        archive(("Content-Type: application/octet-stream\n" + PLAIN, DATA)),
        archive((HTML + PLAIN, DATA), head=HEAD + RELATED.replace("related", "mixed")),
        b"\xef\xbb\xbf\r\n" + archive((HTML + PLAIN, DATA)).replace(b"\n", b"\r\n"),
        (HEAD + HTML + PLAIN + "\n").encode() + DATA,
        DATA,
    ],
)
def test_the_page_is_found_however_it_is_kept(tmp_path: Path, data: bytes) -> None:
    draft = read(tmp_path, data)
    assert draft.text.split("\n\n") == [*TEXTS]
    assert draft.notes == ()


@pytest.mark.parametrize(
    ("head", "parts"),
    [
        (HEAD + RELATED.replace("; b", '; start="<m>"; b'), (ADVERT, MAIN)),
        (f"{HEAD}Snapshot-Content-Location: http://x.example/m\n{RELATED}", (ADVERT, MAIN)),
        (HEAD + RELATED, (MAIN, ADVERT)),
    ],
)
def test_of_several_pages_the_one_is_read_that_the_file_is_of(
    tmp_path: Path, head: str, parts: tuple[tuple[str, bytes], ...]
) -> None:
    draft = read(tmp_path, archive(*parts, head=head))
    assert draft.text.split("\n\n") == [*TEXTS]
    assert draft.notes == ("other pages in it (frames, advertisements) were left out: 1",)


@pytest.mark.parametrize("way", ["quoted-printable", "base64"])
def test_a_page_that_is_cut_is_read_as_far_as_it_goes(tmp_path: Path, way: str) -> None:
    made = base64.encodebytes(DATA) if way == "base64" else quopri.encodestring(DATA)
    draft = read(tmp_path, archive(coded(way, made[: len(made) * 2 // 3]), has_end=False))
    assert draft.text.startswith("Ferry to close\n\nThe board voted on Tuesday.")
    assert "it has no end: the file is cut off, and words of the page may be missing" in draft.notes


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        ((HEAD + RELATED.strip()).encode(), "cut off or damaged before its page begins; save the page anew"),
        (archive(has_end=False), "cut off or damaged before its page begins"),
        (archive(coded("base64", b""), has_end=False), "it is cut off before its page begins"),
        (archive(MAIN, head=HEAD + RELATED.replace('"B"', '"Z"')), "cut off or damaged"),
        (archive(PICTURE), "there is no web page in it; save the page anew"),
        (archive(("Content-Type: text/plain\n", b"Words.")), "give it the ending .eml"),
        (gzip.compress(DATA), "it is a gzip file"),
        (b"bplist00\xd2\x01", "it is a page as Safari saves it"),
        (b"\0\1\2 words", "it begins neither with a head nor with a page"),
    ],
)
def test_what_holds_no_page_is_refused_for_what_it_is(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words):
        read(tmp_path, data)


def test_an_archive_that_is_named_like_a_page_is_read_as_what_it_is(tmp_path: Path) -> None:
    assert read(tmp_path, archive(MAIN, PICTURE), "a.html").text.split("\n\n") == [*TEXTS]
    with pytest.raises(UserError, match="it begins with bytes that are no text"):
        read(tmp_path, b"x\0\0\1" * 40, "b.html")
