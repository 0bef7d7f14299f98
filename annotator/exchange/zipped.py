"""Reads files out of a zip archive that comes from outside: up to a size, and none that leads out of it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from annotator.exchange.files import file_size, read_start
from annotator.model.errors import UserError

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


def members(path: Path, endings: tuple[str, ...]) -> list[str]:
    """Return the names of the files in an archive with one of these endings; nothing for a damaged one."""
    try:
        with zipfile.ZipFile(path) as packed:
            return [one for one in packed.namelist()[:_MEMBERS] if one.lower().endswith(endings)]
    except (zipfile.BadZipFile, OSError, ValueError):
        return []


def unpacked(path: Path, endings: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield names and bytes of the files with one of these endings; raises UserError for a bad archive."""
    file_size(path, _LIMIT)
    try:
        with zipfile.ZipFile(path) as packed:
            infos = packed.infolist()
            if len(infos) > _MEMBERS:
                raise UserError(f"it has too many files: {len(infos):,}, and {_MEMBERS:,} is the limit")
            for one in infos:
                if one.filename.lower().endswith(endings):
                    _refuse_large(one)
                    yield one.filename, packed.read(one)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise UserError("the archive is damaged, cut, or locked by a password; fetch it again") from error


def named_by(member: str) -> tuple[str, str]:
    """Return what a file is of, and by whom: projects of INCEpTION have FOLDER/TEXT/ANNOTATOR in them."""
    parts = member.split("/")
    name = article_name(parts[-1])
    if len(parts) == 3 and parts[0] in _OF_PROJECTS:
        by = PurePosixPath(parts[2]).stem
        return parts[1], "" if by == _NOBODY else by
    return name, ""


def article_name(file: str) -> str:
    """Return what the article of a file is called: of `a.txt.xmi`, that is `a.txt`."""
    stem = PurePosixPath(file).stem
    return stem if PurePosixPath(stem).suffix else file


def _refuse_large(one: zipfile.ZipInfo) -> None:
    is_bomb = one.file_size > _SMALL and one.file_size > _RATIO * max(1, one.compress_size)
    if one.file_size > MEMBER_LIMIT or is_bomb:
        raise UserError(
            f"its file {one.filename!r} unpacks to {one.file_size:,} bytes; too much for one article"
        )
