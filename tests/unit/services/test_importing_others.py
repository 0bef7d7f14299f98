"""Files of kinds that no format reads: what they are and what to do with them, under any ending."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from made_projects import bring, project_in


def packed(*files: tuple[str, str]) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        for name, data in files:
            archive.writestr(name, data)
    return found.getvalue()


RTF = rb"{\rtf1\ansi The board voted \'93no\'94.\par}"
OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ODT = packed(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<x>Words</x>"))
EPUB = packed(("mimetype", "application/epub+zip"), ("c1.xhtml", "<p>Words</p>"))
PAGES = packed(("Index/Document.iwa", "x"), ("preview.jpg", "x"))
ELF = b"\x7fELF" + b"\0" * 40
TYPES = ("[Content_Types].xml", "<Types/>")
WORD = packed(TYPES, ("word/document.xml", "<p>Words</p>"))
EXCEL = packed(TYPES, ("xl/workbook.xml", "<p>Words</p>"))
SLIDES = packed(TYPES, ("ppt/presentation.xml", "<p>Words</p>"))
BOOK = packed(
    ("META-INF/container.xml", "<x/>"), ("mimetype", "application/epub+zip"), ("c.xhtml", "<p>W</p>")
)
PARQUET = b"PAR1" + b"\0" * 40 + b"PAR1"
OTHERS = {
    ".rtf": (RTF, "save it as .docx"),
    ".msg": (OUTLOOK, "save it as .eml"),
    ".odt": (ODT, "save it as .docx"),
    ".epub": (EPUB, "save the chapters as web pages or plain text"),
    ".pages": (PAGES, "open it there and export it for Word"),
    ".parquet": (PARQUET, "save it as CSV or JSONL"),
    ".7z": (b"7z\xbc\xaf\x27\x1c", "unpack it first"),
    ".jpg": (b"\xff\xd8\xff\xe0", "have its text recognised"),
    ".data": (RTF, "save it as .docx"),
    ".wav": (b"RIFF\x24\0\0\0WAVEfmt ", "have its words written down"),
    ".qdpx": (packed(("project.qde", "<Project/>")), "export its codings as a table"),
    ".qde": (b"<Project/>", "a project of qualitative analysis (REFI-QDA)"),
    ".sav": (b"$FL2@(#) SPSS", "save it as CSV"),
    ".bin": (b"MZ\x90\0\x03\0", "no text but made for a program"),
}
READ = (".txt", ".md", ".html", ".mht", ".eml", ".docx", ".pdf", ".csv", ".json", ".conll", ".xlsx", ".xml")


def problem(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    with project_in(folder, "p") as project:
        summary = bring(project, folder / name)
    assert summary.articles == 0
    (found,) = map(str, summary.problems)
    return found


@pytest.mark.parametrize("ending", OTHERS)
def test_what_no_format_reads_is_told_with_what_to_do(tmp_path: Path, ending: str) -> None:
    data, words = OTHERS[ending]
    found = problem(tmp_path, f"a{ending}", data)
    assert words in found
    assert "rename it (" not in found


@pytest.mark.parametrize("ending", READ)
def test_nothing_of_another_kind_becomes_text_under_a_known_ending(tmp_path: Path, ending: str) -> None:
    for at, data in enumerate((RTF, OUTLOOK, ODT, EPUB, PAGES, ELF, PARQUET)):
        (tmp_path / str(at)).mkdir()
        found = problem(tmp_path / str(at), f"a{ending}", data)
        assert len(found) < 300
        assert "\0" not in found


def test_an_ending_that_nobody_knows_is_told_with_those_known(tmp_path: Path) -> None:
    found = problem(tmp_path, "a.zzz", b"Words.")
    assert "no format has its ending .zzz: rename it (to .txt for a text, .csv" in found
    assert len(found) < 200


@pytest.mark.parametrize(
    ("data", "words"),
    [(packed(), "there is no file in it"), (b"", "the file is empty")],
)
def test_an_empty_archive_is_told_by_its_name(tmp_path: Path, data: bytes, words: str) -> None:
    assert problem(tmp_path, "a.zip", data).startswith(f"a.zip: {words}")


def test_an_archive_in_an_archive_is_left_out_with_what_to_do(tmp_path: Path) -> None:
    inner = packed(("a.txt", "Words one."))
    (tmp_path / "a.zip").write_bytes(packed(("inner.zip", inner.decode("latin-1")), ("b.txt", "Words two.")))
    with project_in(tmp_path, "p") as project:
        summary = bring(project, tmp_path / "a.zip")
    assert summary.articles == 1
    assert summary.notes == (
        "files of other kinds were left out: 1 × .zip; unpack what is packed inside to have it read",
    )


def test_an_archive_locked_by_a_password_is_not_called_empty(tmp_path: Path) -> None:
    data = bytearray(packed(("a.txt", "Words.")))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    with project_in(tmp_path, "p") as project:
        summary = bring(project, tmp_path / "a.zip")
    (found,) = map(str, summary.problems)
    assert "locked by a password; unpack the archive with it first" in found
    assert summary.notes == ()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (ODT, "LibreOffice"),
        (EPUB, "a book (EPUB)"),
        (BOOK, "a book (EPUB)"),
        (PAGES, "a file of Pages"),
        (WORD, "give it the ending .docx"),
        (EXCEL, "give it the ending .xlsx"),
        (SLIDES, "a file of slides"),
    ],
)
def test_a_document_that_is_called_an_archive_is_not_unpacked(
    tmp_path: Path, data: bytes, words: str
) -> None:
    found = problem(tmp_path, "a.zip", data)
    assert found.startswith("a.zip: ")
    assert words in found


def test_an_archive_with_folders_called_so_is_unpacked(tmp_path: Path) -> None:
    texts = (("Index/a.txt", "Words one."), ("word/b.txt", "Words two."))
    (tmp_path / "a.zip").write_bytes(packed(*texts))
    with project_in(tmp_path, "p") as project:
        assert bring(project, tmp_path / "a.zip").articles == 2


def test_an_archive_that_cannot_be_unpacked_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 torn")
    with project_in(tmp_path, "p") as project:
        summary = bring(project, tmp_path / "a.zip")
    assert (len(summary.problems), summary.notes) == (1, ())


@pytest.mark.parametrize(
    ("name", "data", "read_as"),
    [
        ("a.conllulex", "# text = Ada came\n1\tAda\tAda\tPROPN\n2\tcame\tcome\tVERB\n", "conll"),
        ("a.tags", "Ada B-PER\ncame O\nto O\nRye B-LOC\n", "conll"),
        ("a.records", '[{"text": "Ada came to Rye."}]', "article_jsonl"),
        ("pile", "<DOC>\n<TEXT>Ada came to Rye.</TEXT></DOC>\n", "xml"),
        ("82757", "From: ada@rye.example\nSubject: Ferry\nLines: 1\n\nAda came to Rye.\n", "eml"),
    ],
)
def test_a_file_with_an_odd_ending_is_read_as_it_begins(
    tmp_path: Path, name: str, data: str, read_as: str
) -> None:
    (tmp_path / name).write_text(data, encoding="utf-8")
    with project_in(tmp_path, "p") as project:
        summary = bring(project, tmp_path / name, new_labels="add")
    assert summary.articles == 1
    assert summary.formats == ((read_as, 1),)
    assert (
        read_as == "xml"
        or f"{name}: its ending is of no format; read as {read_as}, as it begins" in summary.notes
    )
