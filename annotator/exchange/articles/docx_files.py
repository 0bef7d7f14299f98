"""Format `docx`: a Word document is one article."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from xml.parsers.expat import ExpatError

from annotator.exchange.articles.one_article import OneArticle
from annotator.exchange.files import OLD_OFFICE, read_bytes, storable
from annotator.exchange.other_kinds import refuse_other_kinds
from annotator.model.errors import UserError
from annotator.model.formats import Draft, Format, ImportOptions

SUFFIXES = (".docx", ".docm")
LIMIT = 100_000_000
"""Bytes of a file, and of all its text parts unpacked."""
_PART_LIMIT = 40_000_000
_MEMBERS = 5_000
_ELEMENTS = 200_000
"""Elements of all text parts together: some 300 pages; more of them cost many seconds."""
_RATIO = 200
"""How many times larger than packed a part may be; real documents stay below 30."""
_SMALL = 1_000_000
_BODY = "word/document.xml"
_TRACKED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo)[ >]")
_TABLES = re.compile(rb"<w:tbl[ >]")
_BOXES = re.compile(rb"<w:(?:drawing|pict|object)[ />]")
_NOTES = re.compile(rb"<w:(?:foot|end)noteReference[ />]")
_COMMENTS = re.compile(rb"<w:commentReference[ />]")
_PACKED_BY_OTHERS = re.compile(rb"PK\x03\x04.{26}(?:mimetype|Index/)", re.DOTALL)
"""How documents of LibreOffice and Pages begin, which are packed in the same way."""
_ANEW = "fetch it again, or save it anew in an office program"


def read_docx(path: Path, options: ImportOptions) -> tuple[Draft, str]:  # noqa: ARG001 - nothing to choose
    """Return the article of a document; raises UserError when it is none, damaged, or unpacks to too much.

    Paragraphs and cells of tables keep their order, each as a paragraph; inserted text of tracked changes is
    read and deleted text is not; pictures, macros and what is linked or embedded are never opened.
    """
    data = read_bytes(path, LIMIT)
    notes = _checked(data)
    text = _text(data)
    if not text:
        raise UserError("there is no text in the document")
    return Draft(storable(path.name), text, notes=notes), ""


def _text(data: bytes) -> str:
    import mammoth  # noqa: PLC0415 - loaded when the first document comes

    try:
        text: str = mammoth.extract_raw_text(BytesIO(data)).value
    except (ExpatError, ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
        raise UserError("a part of it is damaged; {anew}", anew=_ANEW) from error
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())


def _checked(data: bytes) -> tuple[str, ...]:
    """Return what to note of a document; refuses before anything large is unpacked."""
    if data.startswith(b"PK") and _PACKED_BY_OTHERS.match(data[:1024]):
        refuse_other_kinds(data[:1024])
    if data.startswith(OLD_OFFICE):
        raise UserError(
            "it is an old Word document, or one that a password protects; "
            "open it in an office program and save it as .docx without a password"
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            members = packed.infolist()
            _refuse_odd(members)
            _refuse_content(
                (one.filename, packed.read(one))
                for one in members
                if _is_read(one.filename) and not _is_link(one)
            )
            return tuple(_notes(members, packed))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        is_zip = data.startswith(b"PK")
        if not is_zip:
            refuse_other_kinds(data[:1024])
        reason = "it is damaged or cut" if is_zip else "it is no Word document, whatever its name says"
        raise UserError("{reason}; {anew}", reason=reason, anew=_ANEW) from error


def _refuse_odd(members: list[zipfile.ZipInfo]) -> None:
    names = Counter(one.filename for one in members)
    if len(members) > _MEMBERS:
        raise UserError(
            "it has too many parts: {count:,}, and {limit:,} is the limit",
            count=len(members),
            limit=_MEMBERS,
        )
    if _BODY not in names:
        kind = "a spreadsheet" if "xl/workbook.xml" in names else "a zip archive"
        raise UserError("it is {kind}, not a Word document, whatever its name says", kind=kind)
    twice = next((name for name, count in names.items() if count > 1), "")
    if twice:
        raise UserError(
            "it is damaged: the part {twice!r} is there twice, and nothing tells which one counts",
            twice=twice,
        )
    for one in members:
        is_bomb = one.file_size > _SMALL and one.file_size > _RATIO * max(1, one.compress_size)
        if _is_read(one.filename) and (one.file_size > _PART_LIMIT or is_bomb):
            raise UserError(
                "its part {part} unpacks to {size:,} bytes from {packed:,}: that is too much for a document",
                part=one.filename,
                size=one.file_size,
                packed=one.compress_size,
            )
    if sum(one.file_size for one in members if _is_read(one.filename)) > LIMIT:
        raise UserError("it unpacks to more than {limit:,} bytes, which is the limit", limit=LIMIT)


def _is_read(name: str) -> bool:
    """Tell the parts that are read from those that are never opened (pictures, macros, embedded files)."""
    return (
        name.endswith((".xml", ".rels"))
        and ".." not in name
        and not name.startswith(("/", "word/embeddings"))
    )


def _is_link(member: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(member.external_attr >> 16)


def _leads_out(member: zipfile.ZipInfo) -> bool:
    name = member.filename
    return ".." in name or ":" in name or name.startswith("/") or _is_link(member)


def _refuse_content(parts: Iterable[tuple[str, bytes]]) -> None:
    elements = 0
    for name, content in parts:
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise UserError(
                "its part {part} declares a document type, which no Word document does", part=name
            )
        elements += content.count(b"<") - content.count(b"</")
    if elements > _ELEMENTS:
        raise UserError(
            "it is made of {count:,} elements, and {limit:,} is the limit: cut it into several documents",
            count=elements,
            limit=_ELEMENTS,
        )


def _notes(members: list[zipfile.ZipInfo], packed: zipfile.ZipFile) -> Iterator[str]:
    names = [one.filename for one in members]
    body = packed.read(_BODY)
    if any(name.endswith("vbaProject.bin") for name in names):
        yield "macros in it were ignored"
    if any(name.startswith("word/embeddings") for name in names):
        yield "files embedded in it were not opened"
    if any(map(_leads_out, members)):
        yield "parts with names that lead out of the document were ignored"
    links = (name for name in names if name.endswith(".rels") and _is_read(name))
    if any(b'TargetMode="External"' in packed.read(name) for name in links):
        yield "what it links to was not fetched"
    if _TRACKED.search(body):
        yield "tracked changes: inserted text was read, deleted text was not"
    if _TABLES.search(body):
        yield "cells of tables were read as paragraphs"
    if _NOTES.search(body):
        yield "footnotes and endnotes were left out"
    if _COMMENTS.search(body):
        yield "comments were left out"
    if _BOXES.search(body) or any(name.startswith("word/media/") for name in names):
        yield "pictures and drawings were left out"


FORMAT = Format(
    "docx",
    "Word document, one article each",
    SUFFIXES,
    importer=OneArticle(SUFFIXES, read_docx, is_slow=True),
    about="Documents of Word: their text, without what was struck out.",
)
