"""Unpacks archives and packed files, as other tools export them, into a folder: bounded, never outside it."""

from __future__ import annotations

import bz2
import errno
import gzip
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO

from annotator.exchange.files import file_size, read_start, shown
from annotator.exchange.other_kinds import refuse_packed
from annotator.exchange.zipped import opened
from annotator.model.errors import UserError
from annotator.model.formats import Problem

ENDING = ".zip"
_Source = gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile | IO[bytes]
PACKED: Mapping[str, Callable[[Path], _Source]] = {
    ".gz": gzip.GzipFile,
    ".bz2": bz2.BZ2File,
    ".xz": lzma.LZMAFile,
}
"""How files that hold one other file are opened, by their ending."""
MOST = 50_000
"""Files of one archive."""
LIMIT = 2_000_000_000
"""Bytes of one archive, and of all its files together when they are unpacked."""
_RATIO, _SMALL = 200, 100_000_000
"""How many times larger than packed one file may be, and the bytes that it may always have."""
_PIECE = 1 << 20
_NOT_MEANT = frozenset({"__MACOSX", ".DS_Store"})
_LOCKED = 0x1


def unpack(archive: Path, folder: Path) -> Iterator[Problem | None]:
    """Unpack an archive file by file, yielding a problem for each that is left out; raises UserError."""
    name = shown(archive.name)
    with opened(archive, LIMIT) as packed:
        infos = [one for one in packed.infolist() if not one.is_dir()]
        refuse_packed(read_start(archive), {one.filename for one in infos})
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


def unpack_one(packed: Path, folder: Path) -> Path:
    """Unpack the one file that a packed one holds, and return it; raises UserError."""
    size = file_size(packed, LIMIT)
    target = folder / packed.stem
    if target.suffix.lower() in PACKED:
        raise UserError("it is packed more than once; unpack it, and import what comes out")
    room = min(LIMIT, max(_SMALL, size * _RATIO))
    try:
        with PACKED[packed.suffix.lower()](packed) as source, target.open("xb") as file:
            _copied(source, file, room)
    except (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile) as error:
        raise UserError("it is damaged or cut, and cannot be unpacked; fetch it again") from error
    except OSError as error:
        raise _no_room(error) or UserError("it cannot be unpacked: it is not what its ending says") from error
    if tarfile.is_tarfile(target):
        raise UserError("it is an archive of the kind tar; unpack it first")
    return target


def _no_room(error: OSError) -> UserError | None:
    is_full = error.errno == errno.ENOSPC
    return UserError("there is no room to unpack it; make room for temporary files") if is_full else None


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
        return "it is locked by a password; unpack the archive with it first"
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
        if isinstance(error, OSError) and error.errno == errno.EINVAL and error.filename is None:
            raise  # of a part that would begin before its archive does
        if isinstance(error, OSError) and (full := _no_room(error)):
            raise full from error
        return room, "its name cannot stand on this disk beside the others"


def _copied(source: _Source, file: IO[bytes], room: int) -> int:
    limit = room
    while piece := source.read(_PIECE):
        room -= len(piece)
        if room < 0:  # what the archive says of its sizes may be wrong
            raise UserError(
                "unpacked it has more than {limit:,} bytes, which is the limit; split it", limit=limit
            )
        file.write(piece)
    return room
