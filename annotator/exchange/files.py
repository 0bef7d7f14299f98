"""Opens files that come from outside: plain ones, up to a size, with names that a person can read."""

from __future__ import annotations

import stat
import unicodedata
from hashlib import blake2b
from pathlib import Path

from annotator.model.disk import unread
from annotator.model.errors import UserError
from annotator.model.text import TEXT_LIMIT

TEXT_FILE_LIMIT = 4 * TEXT_LIMIT + 8
"""Bytes of a file that holds one article: its characters in the widest encoding, and a mark."""
TABLE_LIMIT = 4_000_000_000
"""Bytes of a file that holds many articles; it is read in pieces."""
BUFFER = 1 << 18
"""Bytes read or written at once: a line that lies in them whole is found several times faster."""
EXPORTED = ".annotator-export"
"""A file in every folder that an export made, so that the next one may take its place."""
ASIDE = ".part"
"""How what an export writes aside is called until it is proved, at the end of its name."""
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""What documents, workbooks and mails of old office programs begin with."""
_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"})


def shown(name: str) -> str:
    """Return a name with every character that would not show as itself written as a stand-in."""
    if name.isprintable() and name.isascii():
        return name
    return "".join(f"<{ord(one):04X}>" if unicodedata.category(one) in _INVISIBLE else one for one in name)


def storable(name: str) -> str:
    """Return a file's name as it can be stored: bytes that are no text become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def is_there(path: Path) -> bool:
    """Tell whether there is such a file; there is none whose name is longer than names can be."""
    try:
        return path.is_file()
    except OSError:
        return False


def beside(path: Path, ending: str) -> Path:
    """Return where the file lies that an export writes beside one, also while both are aside."""
    return path.with_name(path.stem + ending + (path.suffix if path.suffix == ASIDE else ""))


def stamp_of(path: Path) -> tuple[int, ...]:
    """Return what is another one once a file was written anew; empty where there is none."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino


def digest_of(path: Path, limit: int) -> bytes:
    """Return what is another one once a file holds something else; raises UserError as `read_bytes` does.

    Two versions of it that are written one after the other may have the same size and time.
    """
    return blake2b(read_bytes(path, limit), digest_size=16).digest()


def file_size(path: Path, limit: int) -> int:
    """Return the size of a plain file; raises UserError for anything else, and above `limit` bytes."""
    try:
        found = path.stat()
    except OSError as error:
        raise cannot_read(error) from error
    except ValueError as error:
        raise UserError("no name of a file may hold a NUL") from error
    if stat.S_ISDIR(found.st_mode):
        raise UserError("it is a folder, not a file")
    if not stat.S_ISREG(found.st_mode):
        raise UserError("it is not a plain file but a pipe, a socket or a device")
    if found.st_size > limit:
        raise UserError(
            "it is too large: {size:,} bytes, and {limit:,} is the limit; split it",
            size=found.st_size,
            limit=limit,
        )
    return found.st_size


def read_bytes(path: Path, limit: int) -> bytes:
    """Return what a plain file holds; raises UserError when it is none, too large or unreadable."""
    size = file_size(path, limit)
    try:
        with path.open("rb") as file:
            data = file.read(size + 1)
            if len(data) > size:  # it has grown meanwhile, or does not say how large it is
                data += file.read(limit - size)
    except OSError as error:
        raise cannot_read(error) from error
    if len(data) > limit:
        raise UserError(
            "it is too large: more than {limit:,} bytes; split it into smaller files", limit=limit
        )
    return data


def read_start(path: Path, count: int = 4096) -> bytes:
    """Return the first bytes of a plain file, or none at all when it is no such file."""
    try:
        file_size(path, TABLE_LIMIT)
        with path.open("rb") as file:
            return file.read(count)
    except (OSError, UserError):
        return b""


def cannot_read(error: OSError) -> UserError:
    """Return the sentence for a file that cannot be opened or read."""
    return UserError("it cannot be read: {reason}", reason=unread(error))
