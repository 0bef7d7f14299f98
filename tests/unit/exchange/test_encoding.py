"""Bytes become text only in an encoding that is sure or chosen; what cannot be read says what it is."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.exchange.encoding import (
    choose_encoding,
    decode,
    decoded_pieces,
    encoding_title,
    likely_encodings,
)
from annotator.exchange.files import read_bytes, read_start, shown, storable
from annotator.model.errors import EncodingRefused, UserError

TEXT = "Müller said “no” – 5 €, 😀.\nשלום\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\0\0", "utf-32-le"),
        (b"\0\0\xfe\xff", "utf-32-be"),
    ],
)
def test_marks_are_believed_the_longer_one_first(mark, encoding):
    found = decode(mark + TEXT.encode(encoding))
    assert found.encoding == encoding
    assert found.text.removeprefix("\ufeff") == TEXT
    assert bool(found.notes) == (encoding != "utf-8")


def test_a_wrong_byte_is_named_with_line_and_likely_encodings():
    with pytest.raises(EncodingRefused) as caught:
        decode(b"fine\n" * 70_000 + b"caf\xe9 noir\n")
    assert caught.value.byte == 350_003
    assert caught.value.line == 70_001
    assert "cp1252" in caught.value.likely
    assert "byte 350003 (0xE9), line 70001" in str(caught.value)
    assert "Windows-1252" in str(caught.value)


def test_every_likely_encoding_fits():
    data = "Řeka Łódź, żółć i jaźń\n".encode("iso8859-2")
    likely = likely_encodings(data)
    assert "iso8859-2" in likely
    for one in likely:
        data.decode(one)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Zoë’s café – “naïve”, said señor Muñoz, crème brûlée for €5.", "cp1252"),
        ("Der Bürgermeister möchte größere Straßen.", "cp1252"),
        ("caf\xe9", "cp1252"),
        ("Café noir, señor Muñoz: à la carte, naïve.", "cp437"),
        ("“Zoë’s café” – señor Muñoz, naïve", "mac-roman"),
        ("Dziękuję, Wałęsa powiedział, że książka leży na półce.", "cp1250"),
        ("Dziękuję, Wałęsa powiedział, że książka leży na półce.", "iso8859-2"),
    ],
)
def test_the_likeliest_encoding_leaves_no_signs_inside_words(text, encoding):
    likely = likely_encodings(text.encode(encoding))
    assert likely[0] == encoding
    assert encoding == "cp437" or not {"cp437", "cp775", "cp850"}.intersection(likely)


def test_a_chosen_encoding_is_used_and_noted():
    found = decode("café\n".encode("cp1252"), "windows-1252")
    assert found.text == "café\n"
    assert "Windows-1252" in found.notes[0]
    with pytest.raises(EncodingRefused):
        decode(b"\x81", "windows-1252")


@pytest.mark.parametrize("name", ["klingon", "rot13", "hex", ""])
def test_an_unknown_encoding_is_refused(name):
    if name:
        with pytest.raises(UserError, match="no encoding"):
            decode(b"abc", name)
    else:
        assert decode(b"abc", name).encoding == "utf-8"


def test_a_cut_character_says_that_the_file_is_cut():
    with pytest.raises(EncodingRefused, match="the file seems cut off"):
        decode("5 €".encode()[:-1])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_recognised_and_offered(encoding):
    with pytest.raises(EncodingRefused, match="UTF-16 without a mark") as caught:
        decode("plain words\n".encode(encoding))
    assert caught.value.likely == (encoding,)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\0" * 5000, "only NUL"),
        (gzip.compress(b"x", mtime=0), "gzip"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"%PDF-1.7\n", "PDF"),
        (b"SQLite format 3\0", "database"),
        (b"PK\x03\x04", "zip"),
        (b"{\\rtf1 x}", "RTF"),
        (b"\x80\x05\x95abc", "pickle"),
    ],
)
def test_other_kinds_of_file_are_called_by_their_name(data, words):
    with pytest.raises(UserError, match=words):
        decode(data)


def test_reading_in_pieces_finds_the_same_place(tmp_path):
    path = tmp_path / "long.txt"
    lines = ("é" * 700 + "\n") * 2000
    path.write_bytes(lines.encode() + b"x\xff")
    with pytest.raises(EncodingRefused) as caught:
        list(decoded_pieces(path, "utf-8"))
    assert (caught.value.byte, caught.value.line) == (len(lines.encode()) + 1, 2001)
    path.write_bytes(lines.encode())
    assert "".join(decoded_pieces(path, "utf-8")) == lines


@given(st.text(), st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_whatever_is_written_with_a_mark_is_read(text, encoding):
    try:
        data = ("x" + text).encode(encoding)
    except UnicodeEncodeError:
        return
    assert decode(data).text.removeprefix("\ufeff") == "x" + text


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data):
    try:
        found = decode(data)
    except UserError:
        return
    assert found.text.encode(found.encoding) in (data, data[2:], data[4:])


def test_choosing_looks_at_the_start_alone():
    assert choose_encoding(b"\xff\xfe\0\0", None)[0] == "utf-32-le"
    assert encoding_title("gb18030") == "GB18030"
    assert encoding_title("koi8-r") == "KOI8-R"


def test_files_are_opened_only_when_plain_and_small(tmp_path):
    (tmp_path / "big.txt").write_bytes(b"x" * 11)
    with pytest.raises(UserError, match="too large: 11 bytes"):
        read_bytes(tmp_path / "big.txt", 10)
    with pytest.raises(UserError, match="folder"):
        read_bytes(tmp_path, 10)
    with pytest.raises(UserError, match="does not exist"):
        read_bytes(tmp_path / "absent", 10)
    assert read_bytes(tmp_path / "big.txt", 11) == b"x" * 11
    assert read_start(tmp_path / "big.txt", 3) == b"xxx"
    assert read_start(tmp_path) == b""


def test_names_are_shown_letter_by_letter():
    assert shown("plain.txt") == "plain.txt"
    assert shown("日本 é.txt") == "日本 é.txt"
    assert shown("a\nb\u202e\x1b") == "a<000A>b<202E><001B>"
    assert storable("bad\udcff.txt") == "bad\ufffd.txt"


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="the system has no such files")
def test_files_that_do_not_say_how_large_they_are_are_read_whole():
    path = Path("/proc/self/status")
    assert path.stat().st_size == 0
    assert read_bytes(path, 100_000).startswith(b"Name:")
    assert b"\nVmPeak:" in read_bytes(path, 100_000)
    with pytest.raises(UserError, match="too large"):
        read_bytes(path, 10)


def test_bytes_that_fit_no_encoding_are_no_text() -> None:
    with pytest.raises(UserError, match="its bytes fit no encoding") as refused:
        decode(bytes(range(128, 256)) + bytes(range(1, 9)) * 9)
    assert not isinstance(refused.value, EncodingRefused)
