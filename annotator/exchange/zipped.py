"""Reads files out of a zip archive that comes from outside: up to a size, and none that leads out of it."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from annotator.exchange.files import EXPORTED, file_size, read_bytes, read_start, shown, storable
from annotator.exchange.other_kinds import refuse_other_kinds
from annotator.model.errors import UserError
from annotator.model.formats import ImportOptions, Item, Option, Problem

MEMBER_LIMIT = 100_000_000
"""Bytes of one file unpacked."""
_LIMIT = 1_000_000_000
_DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError),
    ValueError,  # of a part that would begin before its archive does
)
_MEMBERS = 100_000
_RATIO = 200
"""How many times larger than packed a file may be; real ones stay below 40."""
_SMALL = 1_000_000
JOIN, APART = "join", "apart"
SAME_TEXT = Option(
    "same_text",
    "Files of the same text",
    ("by_name", JOIN, APART),
    ("told apart by their names", "one article", "an article each"),
)
_OF_TEXT = re.compile(
    r"\.(txt|text|x?html?|xml|tei|tcf|naf|sgm|pdf|docx?|docm|odt|rtf|eml|md|markdown"
    r"|jsonl?|csv|tsv|xmi|conllu?|ann|srt)",
    re.IGNORECASE,
)
"""How names of texts end, where they stand before the ending of a file that labels them."""
_OF_PROJECTS = ("annotation", "curation")
_UNPACKED = re.compile(r"webanno\d+export")
"""The folder that WebAnno has in the archive of each annotator of a text, where they were unpacked."""
_NOBODY = "INITIAL_CAS"
"""What INCEpTION calls the annotator of texts that nobody has opened yet."""
_AT_RANDOM = re.compile(r"_{0,2}\d{15,20}\Z")
"""What some versions of INCEpTION put behind the name of an annotator, to have a file of that name once."""


def is_zip(path: Path) -> bool:
    """Tell by the first bytes."""
    return path.suffix.lower() == ".zip" and read_start(path, 4) == b"PK\x03\x04"


@contextmanager
def opened(path: Path, limit: int) -> Iterator[zipfile.ZipFile]:
    """Open an archive of at most `limit` bytes; raises UserError for one that is larger or cannot be read."""
    if not file_size(path, limit):
        refuse_other_kinds(b"")
    try:
        with zipfile.ZipFile(path) as packed:
            yield packed
    except _DAMAGES as error:
        raise UserError("the archive is damaged, cut, or locked by a password; fetch it again") from error


def members(path: Path, endings: tuple[str, ...]) -> list[str]:
    """Return the names of the files in an archive with one of these endings; nothing for a damaged one."""
    try:
        with zipfile.ZipFile(path) as packed:
            return [one for one in packed.namelist()[:_MEMBERS] if one.lower().endswith(endings)]
    except (zipfile.BadZipFile, OSError, ValueError):
        return []


def unpacked(path: Path, endings: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield names and bytes of the files with one of these endings; raises UserError for a bad archive."""
    with opened(path, _LIMIT) as packed:
        infos = packed.infolist()
        if len(infos) > _MEMBERS:
            raise UserError(
                "it has too many files: {count:,}, and {limit:,} is the limit",
                count=len(infos),
                limit=_MEMBERS,
            )
        for one in infos:
            if one.filename.lower().endswith(endings):
                _refuse_large(one)
                yield one.filename, packed.read(one)


class Part(NamedTuple):
    """One file, plain or in an archive: what its article is called, by whom, where it is, what it holds."""

    name: str
    by: str
    place: str
    data: bytes
    key: str
    """What tells its article from others of the same text; empty where nothing does."""


def _parts_of(path: Path, endings: tuple[str, ...], limit: int, same_text: str) -> Iterator[Part]:
    """Yield the file itself, or those with one of these endings in an archive."""
    if not is_zip(path):
        is_ours = path.with_name(EXPORTED).is_file()
        named = _named_by(storable(path.absolute().as_posix()), same_text, is_ours=is_ours)
        yield Part(*named[:2], shown(path.name), read_bytes(path, limit), named[2])
        return
    own = _of_project(storable(path.absolute().as_posix()))
    ours = {PurePosixPath(one).parent for one in members(path, (EXPORTED,))}
    for member, data in unpacked(path, endings):
        is_ours = PurePosixPath(member).parent in ours
        name, by, key = own or _named_by(storable(member), same_text, is_ours=is_ours)
        yield Part(name, by, f"{shown(path.name)}: {shown(member)}", data, key)


def read_parts(
    path: Path,
    endings: tuple[str, ...],
    limit: int,
    options: ImportOptions,
    read: Callable[[Part], Iterator[Item]],
) -> Iterator[Item]:
    """Yield what is read of each file; one in an archive that is refused costs no more than itself."""
    for part in _parts_of(path, endings, limit, options.chosen.get(SAME_TEXT.name, "")):
        try:
            yield from read(part)
        except UserError as error:
            if not is_zip(path):
                raise
            yield Problem(part.place, str(error))


def _named_by(file: str, same_text: str, *, is_ours: bool) -> tuple[str, str, str]:
    """Return what a file is of, by whom, and its key: projects of INCEpTION have FOLDER/TEXT/ANNOTATOR."""
    plain = file.rpartition("/")[2]
    return _of_project(file) or (_article_name(plain), "", _key(plain, same_text, is_ours=is_ours))


def _key(file: str, same_text: str, *, is_ours: bool) -> str:
    """Return what tells the article of a file from others of the same text, by the name of the file.

    Where this program exported it, each file is an article. Others may be one text's, of several
    annotators, unless they are named after their texts: `a.ada.tsv` and `a.ben.tsv`, not `a.txt.tsv`.
    """
    stem = PurePosixPath(PurePosixPath(file).stem)
    if same_text == JOIN:
        return ""
    if same_text == APART or is_ours or _OF_TEXT.fullmatch(stem.suffix):
        return stem.name
    return stem.stem if stem.suffix else ""


def _of_project(file: str) -> tuple[str, str, str] | None:
    """Return text, annotator and key of a file that lies where projects of INCEpTION have it; else None."""
    *_, first, second, last = ("", "", *file.split("/"))
    by = annotator_of(PurePosixPath(last).stem)
    if first and _UNPACKED.fullmatch(second):
        text = first
    elif first in _OF_PROJECTS:
        text = second
    else:
        return None
    return text, "" if by == _NOBODY else by, text


def annotator_of(stem: str) -> str:
    """Return the annotator whose name a file of an exported project of INCEpTION has."""
    return _AT_RANDOM.sub("", stem) or stem


def _article_name(file: str) -> str:
    """Return what the article of a file is called: of `a.txt.xmi`, that is `a.txt`."""
    stem = PurePosixPath(file).stem
    return stem if PurePosixPath(stem).suffix else file


def _refuse_large(one: zipfile.ZipInfo) -> None:
    is_bomb = one.file_size > _SMALL and one.file_size > _RATIO * max(1, one.compress_size)
    if one.file_size > MEMBER_LIMIT or is_bomb:
        raise UserError(
            "its file {file!r} unpacks to {size:,} bytes; too much for one article",
            file=one.filename,
            size=one.file_size,
        )
