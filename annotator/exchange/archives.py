"""Unpacks archives of files, as other tools export them, into a folder: bounded, and never outside it."""

from __future__ import annotations

import errno
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from annotator.exchange.files import shown
from annotator.exchange.zipped import opened
from annotator.model.errors import UserError
from annotator.model.formats import Problem

ENDING = ".zip"
MOST = 50_000
"""Files of one archive."""
LIMIT = 2_000_000_000
"""Bytes of one archive, and of all its files together when they are unpacked."""
_PIECE = 1 << 20
_NOT_MEANT = frozenset({"__MACOSX", ".DS_Store"})
_LOCKED = 0x1


def unpack(archive: Path, folder: Path) -> Iterator[Problem | None]:
    """Unpack an archive file by file, yielding a problem for each that is left out; raises UserError."""
    name = shown(archive.name)
    with opened(archive, LIMIT) as packed:
        infos = [one for one in packed.infolist() if not one.is_dir()]
        _refuse_huge(infos)
        room = LIMIT
        for one in infos:
            parts = PurePosixPath(one.filename).parts
            if not _NOT_MEANT.isdisjoint(parts):
                continue
            reason = _fault(one, parts)
            if not reason:
                room, reason = _unpacked(packed, one, folder.joinpath(*parts), room)
            yield Problem(f"{name}/{shown(one.filename)}", reason) if reason else None


def _refuse_huge(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST:
        raise UserError(
            "it holds {count:,} files, and {limit:,} is the limit; split it", count=len(infos), limit=MOST
        )
    size = sum(one.file_size for one in infos)
    if size > LIMIT:
        raise UserError(
            "unpacked it has {size:,} bytes, and {limit:,} is the limit; split it", size=size, limit=LIMIT
        )


def _fault(one: zipfile.ZipInfo, parts: tuple[str, ...]) -> str:
    """Return why a file is left out, or nothing."""
    if not parts or ".." in parts or parts[0] == "/" or "\\" in one.filename or ":" in parts[0]:
        return "its path leads out of the archive"
    if stat.S_ISLNK(one.external_attr >> 16):
        return "it is a link, not a file"
    if one.flag_bits & _LOCKED:
        return "it is locked by a password"
    return ""


def _unpacked(packed: zipfile.ZipFile, one: zipfile.ZipInfo, target: Path, room: int) -> tuple[int, str]:
    """Write one file; returns how much room is left, and what is wrong."""
    if target.exists():
        return room, "a file of this name is in the archive already"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with packed.open(one) as source, target.open("xb") as file:
            return _copied(source, file, room), ""
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise UserError("there is no room to unpack it; make room for temporary files") from error
        return room, "its name cannot stand on this disk beside the others"


def _copied(source: IO[bytes], file: IO[bytes], room: int) -> int:
    while piece := source.read(_PIECE):
        room -= len(piece)
        if room < 0:  # what the archive says of its sizes may be wrong
            raise UserError(
                "unpacked it has more than {limit:,} bytes, which is the limit; split it", limit=LIMIT
            )
        file.write(piece)
    return room
