"""Reads files out of a zip archive that comes from outside: up to a size, and none that leads out of it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from annotator.exchange.files import file_size, read_bytes, read_start, shown, storable
from annotator.model.errors import UserError
from annotator.model.formats import Item, Problem

MEMBER_LIMIT = 100_000_000
"""Bytes of one file unpacked."""
_LIMIT = 1_000_000_000
_MEMBERS = 100_000
_RATIO = 200
"""How many times larger than packed a file may be; real ones stay below 40."""
_SMALL = 1_000_000
_OF_PROJECTS = ("annotation", "curation")
_NOBODY = "INITIAL_CAS"
"""What INCEpTION calls the annotator of texts that nobody has opened yet."""


def is_zip(path: Path) -> bool:
    """Tell by the first bytes."""
    return path.suffix.lower() == ".zip" and read_start(path, 4) == b"PK\x03\x04"


@contextmanager
def opened(path: Path, limit: int) -> Iterator[zipfile.ZipFile]:
    """Open an archive of at most `limit` bytes; raises UserError for one that is larger or cannot be read."""
    file_size(path, limit)
    try:
        with zipfile.ZipFile(path) as packed:
            yield packed
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
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

    @property
    def key(self) -> str:
        """What tells its article from others of the same text: a name that is not that of the file alone.

        Files that are named otherwise may be one text's, of several annotators.
        """
        return "" if self.place.endswith(self.name) else self.name


def _parts_of(path: Path, endings: tuple[str, ...], limit: int) -> Iterator[Part]:
    """Yield the file itself, or those with one of these endings in an archive."""
    if not is_zip(path):
        name, by = _named_by(storable(path.absolute().as_posix()))
        yield Part(name, by, shown(path.name), read_bytes(path, limit))
        return
    own = _of_project(storable(path.absolute().as_posix()))
    for member, data in unpacked(path, endings):
        yield Part(*(own or _named_by(storable(member))), f"{shown(path.name)}: {shown(member)}", data)


def read_parts(
    path: Path, endings: tuple[str, ...], limit: int, read: Callable[[Part], Iterator[Item]]
) -> Iterator[Item]:
    """Yield what is read of each file; one in an archive that is refused costs no more than itself."""
    for part in _parts_of(path, endings, limit):
        try:
            yield from read(part)
        except UserError as error:
            if not is_zip(path):
                raise
            yield Problem(part.place, str(error))


def _named_by(file: str) -> tuple[str, str]:
    """Return what a file is of, and by whom: projects of INCEpTION have FOLDER/TEXT/ANNOTATOR in them."""
    return _of_project(file) or (_article_name(file.rpartition("/")[2]), "")


def _of_project(file: str) -> tuple[str, str] | None:
    """Return text and annotator of a file that lies where projects of INCEpTION have it; else None."""
    parts = file.split("/")[-3:]
    if len(parts) < 3 or parts[0] not in _OF_PROJECTS:
        return None
    by = PurePosixPath(parts[2]).stem
    return parts[1], "" if by == _NOBODY else by


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
