"""Tells files of other kinds, by how they begin or end: what they are, and what to do with them."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from annotator.exchange.files import OLD_OFFICE, read_start
from annotator.model.errors import UserError

_UNPACK = "unpack it first"
_TEXT = "articles are text"
_WORD = "open it in an office program and save it as .docx"
_RECOGNISE = "have its text recognised by another program first"
SGML = "convert it, with its labels, to brat standoff or CoNLL"
"""What to do with texts that have labels in them."""
_QDA = "a project of qualitative analysis (REFI-QDA)"
_HEARD = "have its words written down as text first"
_DATA = "open it there and save it as CSV"
_CODINGS = "export its codings as a table there"
_MIMETYPE = 30
"""Where the name of the first file of a zip archive begins."""
_KINDS = (
    (b"\x1f\x8b", "a gzip file", _UNPACK),
    (b"\x89PNG\r\n\x1a\n", "an image (PNG)", _TEXT),
    (b"\xff\xd8\xff", "an image (JPEG)", _TEXT),
    (b"GIF8", "an image (GIF)", _TEXT),
    (b"%PDF-", "a PDF", "give it the ending .pdf"),
    (b"%!PS-", "a file for printers (PostScript)", "save it as PDF or plain text"),
    (b"SQLite format 3\0", "a database (SQLite)", "if it is a project, open it instead of importing it"),
    (b"PK\x03\x04", "a zip archive (or a file of an office program)", "unpack it, or save it as plain text"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file", _UNPACK),
    (b"BZh", "a bzip2 file", _UNPACK),
    (b"\xfd7zXZ\0", "an xz file", _UNPACK),
    (b"{\\rtf", "a rich-text file (RTF)", _WORD),
    (OLD_OFFICE, "a file of an old office program, or a mail of Outlook", f"{_WORD}, a mail as .eml"),
    (
        b"bplist00",
        "a page as Safari saves it, or another property list",
        "save the page as a web page (HTML)",
    ),
    (
        b"version https://git-lfs",
        "a pointer of Git LFS, which stands for a file that was not fetched",
        "fetch it with `git lfs pull`",
    ),
    (b"PAR1", "a table in Parquet", "save it as CSV or JSONL"),
    (b"ARROW1", "a table in Arrow", "save it as CSV or JSONL"),
    (b"\x7fELF", "a program", _TEXT),
    (b"ID3", "a sound file", _HEARD),
    (b"\x80\x04\x95", "a pickle of Python", "it is never opened, because it could run a program"),
    (b"\x80\x05\x95", "a pickle of Python", "it is never opened, because it could run a program"),
)
_LIKE_WORDS = (b"ARROW1", b"BZh", b"GIF8", b"ID3", b"PAR1", b"Rar!", b"bplist00")
"""Those of them that a text may begin with as well."""
_FOR_PROGRAMS = re.compile(rb"[\1-\x08\x0e-\x1a]")
"""What no text in any encoding of bytes has in it; texts for terminals have an escape, UTF-16 has NUL."""
_WRITTEN = re.compile(rb"[^\0-\x08\x0b\x0e-\x1f\x7f]*")
_SHOWN = 64
_ZIPPED = (
    (b"mimetypeapplication/epub+zip", "a book (EPUB)", "save the chapters as web pages or plain text"),
    (
        b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
        "a workbook of LibreOffice or OpenOffice",
        "give it the ending .ods",
    ),
    (b"mimetypeapplication/vnd.oasis.opendocument", "a file of LibreOffice or OpenOffice", _WORD),
    (b"Index/", "a file of Pages, Numbers or Keynote", "open it there and export it for Word"),
)
"""How the first file in archives of programs begins, that tells whose they are."""
_INSIDE = (
    ("META-INF/container.xml", *_ZIPPED[0][1:]),
    ("META-INF/manifest.xml", *_ZIPPED[2][1:]),
    ("Index/Document.iwa", *_ZIPPED[3][1:]),
    ("word/document.xml", "a Word document", "give it the ending .docx"),
    ("xl/workbook.xml", "an Excel workbook", "give it the ending .xlsx"),
    ("ppt/presentation.xml", "a file of slides (PowerPoint)", "save their words as plain text"),
)
"""Files that archives of programs have in them."""
_TAG, _NUMBERED = r"(?:[BIESLU]-\S+|O)", r"1\t.{1,2000}\n2\t.{1,2000}\n"
"""What ends the lines of columns, and the first two of them where words are numbered."""
_BEGINNINGS = {
    "article_jsonl": re.compile(r"\s*+(?:\[\s*+)?\{\s*+\"[^\"\n]{1,200}+\"\s*+:"),
    "xml": re.compile(r"\s*+(?:<\?xml\s|<DOC[ >])"),
    "eml": re.compile(r"(?:[A-Z][A-Za-z-]{1,40}: .{1,900}\r?\n(?:[ \t].{0,900}\r?\n){0,20}){3}"),
    "conll": re.compile(rf"(?:# .{{0,2000}}\n)*(?:{_NUMBERED}|(?:\S.{{0,300}}[ \t]{_TAG}\n){{4}})"),
}
"""How files begin that may have any ending, by format."""
_ENDINGS = {
    ".msg": ("a mail as Outlook alone reads it", "open it there and save it as .eml"),
    ".pst": ("a store of mails of Outlook", "open it there and save each mail as .eml"),
    ".mbox": ("a file of many mails", "save each of them as .eml"),
    ".emlx": ("a mail as Apple Mail keeps it", "save it there as “Raw Message Source”, which is .eml"),
    ".rtf": ("a rich-text file", _WORD),
    ".doc": ("an old Word document", _WORD),
    ".odt": ("a document of LibreOffice or OpenOffice", _WORD),
    ".fodt": ("a document of LibreOffice or OpenOffice", _WORD),
    ".xls": ("an old Excel workbook", "open it in an office program and save it as .xlsx"),
    ".numbers": ("a table of Numbers", "open it there and export it for Excel or as CSV"),
    ".pages": ("a document of Pages", "open it there and export it for Word"),
    ".epub": ("a book", "save the chapters as web pages or plain text"),
    ".mobi": ("a book", "save the chapters as web pages or plain text"),
    ".tex": ("a text for LaTeX", "save its words as plain text, or its pages as PDF"),
    ".ps": ("a file for printers", "save it as PDF or plain text"),
    **dict.fromkeys(
        (".sgm", ".sgml"),
        ("SGML, as MUC and ACE have it", SGML),
    ),
    ".webarchive": ("a page as Safari saves it", "save it there as “Page Source”, which is .html"),
    ".parquet": ("a table in Parquet", "save it as CSV or JSONL"),
    ".arrow": ("a table in Arrow", "save it as CSV or JSONL"),
    ".pkl": ("a pickle of Python", "it is never opened, because it could run a program"),
    **dict.fromkeys((".7z", ".rar", ".tar", ".tgz", ".tbz2", ".txz", ".zst", ".z"), ("packed", _UNPACK)),
    **dict.fromkeys(
        (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".svg", ".webp", ".heic"),
        ("a picture", _RECOGNISE),
    ),
    **dict.fromkeys((".mp3", ".wav", ".m4a", ".ogg", ".flac"), ("a sound file", _HEARD)),
    **dict.fromkeys((".mp4", ".mov", ".avi", ".mkv", ".webm"), ("a film", _HEARD)),
    **dict.fromkeys((".srt", ".vtt"), ("a file of subtitles", "save their words as plain text")),
    **dict.fromkeys(
        (".ppt", ".pptx", ".odp", ".key"), ("a file of slides", "save their words as plain text")
    ),
    ".qdpx": (_QDA, f"{_CODINGS}, or rename it to .zip for its plain texts alone"),
    ".qde": (_QDA, _CODINGS),
    ".qdc": ("a code book of qualitative analysis (REFI-QDA)", "it holds no text"),
    **dict.fromkeys((".nvp", ".nvpx"), ("a project of NVivo", _CODINGS)),
    ".atlproj": ("a project of ATLAS.ti", _CODINGS),
    **dict.fromkeys((".mx20", ".mx22", ".mx24"), ("a project of MAXQDA", _CODINGS)),
    ".sav": ("a file of SPSS", _DATA),
    ".dta": ("a file of Stata", _DATA),
    **dict.fromkeys((".rds", ".rda", ".rdata"), ("a file of R", _DATA)),
    **dict.fromkeys((".mdb", ".accdb"), ("a database of Access", _DATA)),
    ".ipynb": ("a notebook of Jupyter", "save it there as Markdown"),
    **dict.fromkeys((".rss", ".atom"), ("a feed", "save the pages of its articles as web pages (HTML)")),
}
"""What files are that no format reads, by their ending."""


def likely_format(start: bytes) -> str:
    """Return the format that a file with an ending of none begins like; nothing where that is not plain."""
    text = start.decode("utf-8", "replace").removeprefix("\ufeff")
    return next((name for name, pattern in _BEGINNINGS.items() if pattern.match(text)), "")


def refuse_other_kinds(start: bytes) -> None:
    """Raise UserError, saying what it is, for bytes that are a well-known kind of other file."""
    if not start:
        raise UserError("the file is empty (0 bytes)")
    if start.startswith(b"PK\x03\x04"):
        _refuse(start[_MIMETYPE:], _ZIPPED)
    _refuse(start, _KINDS)
    if not start.strip(b"\0"):
        raise UserError("the file holds no text, only NUL bytes; fetch it again from where it came")


def _refuse(start: bytes, kinds: tuple[tuple[bytes, str, str], ...]) -> None:
    for magic, kind, advice in kinds:
        if start.startswith(magic) and not (magic in _LIKE_WORDS and _WRITTEN.fullmatch(start[:_SHOWN])):
            raise UserError("it is {kind}, whatever its name says; {advice}", kind=kind, advice=advice)


def refuse_packed(start: bytes, names: Collection[str]) -> None:
    """Raise UserError, saying what it is, for an archive that is one document of another program."""
    _refuse(start[_MIMETYPE:], _ZIPPED[:3])
    for name, kind, advice in _INSIDE:
        if name in names:
            raise UserError("it is {kind}, whatever its name says; {advice}", kind=kind, advice=advice)


def other_kind(path: Path) -> str:
    """Return what a file is that no format reads, and what to do with it; nothing where that is not known."""
    start = read_start(path)
    try:
        refuse_other_kinds(start or b" ")
    except UserError as error:
        found = str(error).replace(", whatever its name says", "")
    else:
        found = ""
        if _FOR_PROGRAMS.search(start):
            found = "it is no text but made for a program; save what it holds as text, a table or PDF there"
    kind, advice = _ENDINGS.get(path.suffix.lower(), ("", ""))
    return f"it is {kind} ({path.suffix}); {advice}" if kind else found
