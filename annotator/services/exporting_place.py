"""Where exports go: places that may be written, files and folders written aside, and the swap at the end."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from io import BufferedWriter
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, Self
from zlib import crc32

from annotator.exchange.files import ASIDE, BUFFER, EXPORTED, beside, read_start
from annotator.model.disk import remedy, unwritten
from annotator.model.errors import UserError
from annotator.services import leftovers
from annotator.store.sqlite import sync_folder

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

MADE = b"made by annotator"
"""Stands at the beginning of every file that is written beside an export, so that it may take its place."""
_PIECE = 1 << 20
_MAY_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_SIDE_FILES = ("", "-journal", "-wal", "-shm", ".lock")


def safe_place(out: Path, project: Path, *, is_folder: bool = False) -> Path:
    """Return where to write; raises UserError for a place that must not or cannot be written."""
    try:
        target = Path(os.path.realpath(out))
        # Of `out`: what a pipe's real path says (`/dev/stdout`) is not there.
        # Of the target where a folder before `..` is not there, which nothing needs.
        there = next((one for one in (out, target) if one.exists()), None)
        mode = stat.S_IFREG if there is None else there.stat().st_mode
        has_folder = target.parent.is_dir()
    except (OSError, ValueError) as error:
        raise UserError(
            "{out} is no place for a file: {error}. Choose another name.", out=out, error=error
        ) from error
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise UserError(
            "{out} is not a plain file but a pipe or a device, and what is written is read again and "
            "compared. Name a file.",
            out=out,
        )
    if not has_folder:
        raise UserError(
            "The folder {parent} does not exist. Make it first, or choose another.", parent=target.parent
        )
    if is_folder:
        _refuse_other_folder(target)
    elif stat.S_ISDIR(mode):
        raise UserError("{target} is a folder. Give the export a file name in it.", target=target)
    elif target.exists() and not (mode & _MAY_WRITE and os.access(target, os.W_OK)):
        raise UserError("{target} is protected from being written. Choose another name.", target=target)
    own = os.path.realpath(project)
    if str(target) in {own + side for side in _SIDE_FILES} or _is_same(target, project):
        raise UserError("{target} belongs to the open project. Choose another name for it.", target=target)
    return target


def _is_same(target: Path, project: Path) -> bool:
    return target.exists() and project.exists() and target.samefile(project)


def _refuse_other_folder(target: Path) -> None:
    """Only a folder that an export made is replaced, or an empty one: nothing else in it is ever lost."""
    if not target.exists():
        return
    if not target.is_dir():
        raise UserError(
            "{target} is a file, and this format is a folder of files. Choose another name.", target=target
        )
    if any(target.iterdir()) and not (target / EXPORTED).is_file():
        raise UserError(
            "The folder {target} holds files that no export of this program made. Choose another name.",
            target=target,
        )


def swap(aside: Path, target: Path, format_name: str) -> bool:
    """Put what was written aside in its place, whole; tells whether more than an empty folder was there."""
    was_there = target.exists()
    is_replaced = was_there and (not target.is_dir() or any(target.iterdir()))
    if not aside.is_dir():
        places = {side: target.with_name(target.stem + _ending(side, aside)) for side in _sides(aside)}
        for place in places.values():
            _refuse_other_file(place)
        for one, place in {**places, aside: target}.items():
            if place.exists():
                one.chmod(stat.S_IMODE(place.stat().st_mode))
            one.replace(place)
        sync_folder(target.parent)
        return is_replaced
    (aside / EXPORTED).write_text(f"{format_name}\n", encoding="utf-8")
    old = target.with_name(leftovers.name())
    if was_there:
        target.rename(old)
    try:
        aside.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    sync_folder(target.parent)
    remove(old)
    return is_replaced


def _refuse_other_file(place: Path) -> None:
    if not place.exists():
        return
    if not place.is_file() or MADE not in read_start(place, 200):
        raise UserError(
            "{place} would be written too, but no export of this program made what is there. "
            "Move it away, or choose another name.",
            place=place,
        )


def _sides(path: Path) -> list[Path]:
    """Return the files that were written beside one that has no name of its own yet."""
    return sorted(path.parent.glob(f"{path.stem}.*{ASIDE}"))


def _ending(side: Path, path: Path) -> str:
    return side.name.removeprefix(path.stem).removesuffix(ASIDE)


def remove(path: Path) -> None:
    """Remove a file (with what was written beside it) or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
        return
    for side in _sides(path) if path.suffix == ASIDE else ():
        side.unlink(missing_ok=True)
    path.unlink(missing_ok=True)


class _Summed(BufferedWriter):
    """A file that keeps the sum of what it is given to write."""

    def __init__(self, path: Path, mode: Literal["xb", "ab"], sums: dict[str, int]) -> None:
        super().__init__(path.open(mode, buffering=0), BUFFER)
        self._own = str(path)
        self._sums = sums
        sums.setdefault(self._own, 0)

    def write(self, data: ReadableBuffer, /) -> int:
        self._sums[self._own] = crc32(data, self._sums[self._own])
        return super().write(data)

    def begin(self) -> Self:
        """Begin anew, with an empty file."""
        self.seek(0)
        self.truncate()
        self._sums[self._own] = 0
        return self


class _Aside:
    """What is written under a name of its own until it is proved."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sums: dict[str, int] = {}
        """The sum of the bytes that each file was given."""

    def check(self) -> Iterator[None]:
        """Read every byte again, in pieces; raises UserError where a file holds others than it was given."""
        for path, meant in self._sums.items():
            found = 0
            with Path(path).open("rb", buffering=0) as file:
                while piece := file.read(_PIECE):
                    found = crc32(piece, found)
                    yield
            if found != meant:
                raise UserError(
                    "The disk gives back other bytes than were written; nothing was put in place. "
                    "Check the disk, or choose another one."
                )


class AsideFile(_Aside):
    """One file, written under a name of its own until it is proved."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._file: _Summed | None = None
        self._sides: dict[str, _Summed] = {}

    def __enter__(self) -> AsideFile:
        self._file = _Summed(self._path, "xb", self._sums)
        return self

    def __exit__(self, *_: object) -> None:
        for one in (self._main(), *self._sides.values()):
            one.close()

    def begin(self) -> None:
        """Begin anew, with an empty file."""
        self._main().begin()

    def open(self, name: str = "") -> BinaryIO:
        """Return the file; by an ending, a file beside it, which is empty."""
        if not name:
            return self._main()
        if name not in self._sides:
            self._sides[name] = _Summed(beside(self._path, name), "xb", self._sums)
        return self._sides[name].begin()

    def sync(self) -> None:
        """Wait until it is safe on the disk."""
        for one in (self._main(), *self._sides.values()):
            one.flush()
            os.fsync(one.fileno())

    def _main(self) -> _Summed:
        assert self._file is not None
        return self._file


class AsideFolder(_Aside):
    """A folder of files, written under a name of its own until it is proved."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._file: BinaryIO | None = None

    def __enter__(self) -> AsideFolder:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def begin(self) -> None:
        """Begin anew, with an empty folder."""
        self._close()
        self._sums.clear()
        remove(self._path)
        self._path.mkdir()

    def open(self, name: str = "") -> BinaryIO:
        """Return a file of that name, folders in it made; the one before is closed, and may go on later."""
        self._close()
        *folders, own = name.split("/")
        if not all(Path(one).name == one and one not in ("", ".", "..") for one in (*folders, own)):
            raise ValueError(f"{name!r} is no name of a file in the folder")
        path = self._path / name
        if folders:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._file = _Summed(path, "ab" if str(path) in self._sums else "xb", self._sums)
        return self._file

    def sync(self) -> None:
        """Wait until all files are safe on the disk: at once, because one by one would take minutes."""
        self._close()
        if hasattr(os, "sync"):
            os.sync()

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()


def not_written(error: OSError, target: Path) -> UserError:
    """Return the sentence for an export that the disk did not take."""
    return UserError(
        "The export to {target} was not written: {reason}. What was there before is unchanged. {remedy}",
        target=target,
        reason=unwritten(error),
        remedy=remedy(error),
    )
