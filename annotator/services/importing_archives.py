"""Unpacks the archives among the files of an import into a temporary folder, as if that had been given."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path

from annotator.exchange.archives import ENDING, PACKED, unpack, unpack_one
from annotator.exchange.files import shown
from annotator.model.errors import UserError
from annotator.model.formats import Format, Problem
from annotator.model.job import Job, Progress


class Unpacked:
    """Files and folders to look into; what was unpacked is gone with this object, or when it is closed."""

    def __init__(self) -> None:
        self.paths: list[Path] = []
        self.problems: list[Problem] = []
        self._folders: list[str] = []
        self.close = weakref.finalize(self, _remove, self._folders)

    def new_folder(self, name: str = "") -> Path:
        """Return a new folder to unpack into, which messages call by this name."""
        self._folders.append(tempfile.mkdtemp(prefix="annotator-"))
        found = Path(self._folders[-1], name)
        found.mkdir(exist_ok=True)
        return found


def _remove(folders: list[str]) -> None:
    for one in folders:
        shutil.rmtree(one, ignore_errors=True)


def unpack_job(paths: Sequence[Path], formats: Mapping[str, Format]) -> Job[Unpacked]:
    """Unpack archives that no format reads as they are, and packed files."""
    found = Unpacked()
    try:
        for path in paths:
            if path.suffix.lower() in PACKED and path.is_file():
                _unpack_one(path, found)
                yield Progress(1, 0, path.name)
                continue
            if not _is_archive(path, formats):
                found.paths.append(path)
                continue
            folder, told = found.new_folder(path.name), len(found.problems)
            try:
                for count, problem in enumerate(unpack(path, folder)):
                    found.problems += [problem] if problem is not None else []
                    yield Progress(count, 0, path.name)
                if len(found.problems) == told or any(folder.iterdir()):
                    found.paths.append(folder)
            except UserError as error:
                found.problems.append(Problem(shown(path.name), str(error)))
    except BaseException:
        found.close()
        raise
    return found


def _unpack_one(path: Path, found: Unpacked) -> None:
    try:
        found.paths.append(unpack_one(path, found.new_folder()))
    except UserError as error:
        found.problems.append(Problem(shown(path.name), str(error)))


def _is_archive(path: Path, formats: Mapping[str, Format]) -> bool:
    if path.suffix.lower() != ENDING or not path.is_file():
        return False
    importers = (one.importer for one in formats.values() if one.importer is not None)
    return not any(one.recognises(path) for one in importers)
