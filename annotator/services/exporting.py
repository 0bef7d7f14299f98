"""Exports a project: written aside, re-read and compared with the stored texts, then swapped in."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from annotator.exchange.files import cannot_read
from annotator.model.collecting import no_collecting
from annotator.model.errors import UserError
from annotator.model.formats import Exporter, ExportSource, Format, Written
from annotator.model.ids import Id
from annotator.model.job import Job, Progress
from annotator.model.records import ArticleContent
from annotator.plugins import door
from annotator.services import leftovers
from annotator.services.project import Project
from annotator.services.spool import Spool
from annotator.store.sqlite import sync_folder

_STEP = 20
_TIMES = 3
"""How often an export begins, when the project changes under it."""
_SIDE_FILES = ("", "-journal", "-wal", "-shm", ".lock")


def formats_out() -> Mapping[str, Format]:
    """Return the formats that can be exported, by name."""
    return {name: one for name, one in door.formats().items() if one.exporter is not None}


def export_job(
    project: Project,
    out: Path,
    *,
    format_name: str = "jsonl",
    with_suggestions: bool = False,
    annotator: Id | None = None,
) -> Job[Written]:
    """Write the project (or one annotator's work) to a file, on the project's own thread, in short slices.

    The old file stays whole until the new one is written, proved and safe on the disk.
    Raises UserError when the place or the disk does not allow it, or a covered text differs.
    """
    exporter = _exporter(format_name)
    target = safe_place(out, project.path)
    leftovers.clear(target.parent)
    aside = target.with_name(leftovers.name())
    written = _Source(project, annotator)
    try:
        with no_collecting():
            total = max(1, (yield from _writing(exporter, written, aside, with_suggestions)))
            for count in exporter.verify(aside, written):
                if count % _STEP == 0:
                    yield Progress(total + count, 2 * total, "comparing")
        _swap(aside, target)
    except OSError as error:
        raise _not_written(error, target) from error
    finally:
        with contextlib.suppress(OSError):  # a medium that is read-only or gone says so above
            aside.unlink(missing_ok=True)
        written.close()
    yield Progress(2 * total, 2 * total, "done")
    return written.counts()


def _writing(exporter: Exporter, written: _Source, aside: Path, with_suggestions: bool) -> Job[int]:
    """Write the project as it is at one moment; returns how many articles it has.

    What is written meanwhile makes it begin anew; the last time it goes through without a pause.
    """
    with aside.open("xb") as file:
        for number in range(1, _TIMES + 1):
            file.seek(0)
            file.truncate()
            if (yield from _write_once(exporter, written, file, with_suggestions, number < _TIMES)):
                break
        file.flush()
        os.fsync(file.fileno())
    return len(written)


def _write_once(
    exporter: Exporter, written: _Source, file: BinaryIO, with_suggestions: bool, pausing: bool
) -> Job[bool]:
    """Return whether everything was written; not so when the project changed in a pause."""
    project = written.begin()
    began, total = project.clock(), max(1, len(project.article_ids()))
    annotators = {one.id: one for one in project.annotators()}
    source = ExportSource(project.scheme, annotators, written.contents(), with_suggestions)
    for count in exporter.write(source, file):
        if pausing and count % _STEP == 0:
            yield Progress(count, 2 * total, "writing")
            if project.clock() != began:
                return False
    return True


class _Source(Mapping[Id, str]):
    """The contents, once; afterwards the texts that were given out, by article."""

    def __init__(self, project: Project, annotator: Id | None) -> None:
        self._project = project
        self._annotator = annotator
        self.begin()

    def begin(self) -> Project:
        """Forget what was given out, and return the project to read from."""
        self._texts = Spool()
        self._numbers: dict[Id, int] = {}
        self._spans = self._frames = 0
        self._above: set[Id] = set()
        self._left_out: dict[str, int] = {}
        return self._project

    def contents(self) -> Iterator[ArticleContent]:
        """Yield every article's content, noting its text and counting its records."""
        for content in self._project.contents(self._annotator):
            self._numbers[content.article.id] = len(self._texts)
            self._texts.put(content.article.text.encode())
            self._spans += len(content.spans)
            self._frames += len(content.frames)
            self._above.update(one.id for one in content.actors)
            self._above.update(one.id for one in content.claim_cards)
            yield content
        if self._annotator is None:
            self._left_out = self._unused()

    def counts(self) -> Written:
        """Return how much was given out."""
        return Written(len(self._numbers), self._spans, self._frames, self._left_out)

    def _unused(self) -> dict[str, int]:
        """Count what no article refers to, and so stands in no article's record."""
        actors = sum(one.id not in self._above for one in self._project.actors())
        cards = sum(one.id not in self._above for one in self._project.claim_cards())
        counts = {"unused actors": actors, "unused claim cards": cards}
        return {what: count for what, count in counts.items() if count}

    def close(self) -> None:
        """Remove the texts from the disk."""
        self._texts.close()

    def __getitem__(self, article: Id) -> str:
        return self._texts[self._numbers[article]].decode()

    def __iter__(self) -> Iterator[Id]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def _exporter(format_name: str) -> Exporter:
    known = formats_out()
    found = known.get(format_name)
    if found is None or found.exporter is None:
        raise UserError(f"There is no format {format_name!r} to export; there are: {', '.join(known)}.")
    return found.exporter


def safe_place(out: Path, project: Path) -> Path:
    """Return where to write; raises UserError for a place that must not or cannot be written."""
    try:
        target = Path(os.path.realpath(out))
        mode = target.stat().st_mode if target.exists() else stat.S_IFREG
        has_folder = target.parent.is_dir()
    except (OSError, ValueError) as error:
        raise UserError(f"{out} is no place for a file: {error}. Choose another name.") from error
    if not has_folder:
        raise UserError(f"The folder {target.parent} does not exist. Make it first, or choose another.")
    if stat.S_ISDIR(mode):
        raise UserError(f"{target} is a folder. Give the export a file name in it.")
    if not stat.S_ISREG(mode):
        raise UserError(f"{target} is not a plain file but a pipe or a device. Choose another name.")
    own = os.path.realpath(project)
    if str(target) in {own + side for side in _SIDE_FILES} or _is_same(target, project):
        raise UserError(f"{target} belongs to the open project. Choose another name for it.")
    return target


def _is_same(target: Path, project: Path) -> bool:
    return target.exists() and project.exists() and target.samefile(project)


def _swap(aside: Path, target: Path) -> None:
    if target.exists():
        aside.chmod(stat.S_IMODE(target.stat().st_mode))
    aside.replace(target)
    sync_folder(target.parent)


def _not_written(error: OSError, target: Path) -> UserError:
    reason = str(cannot_read(error)).removeprefix("it cannot be read: ")
    if error.errno in (errno.EACCES, errno.EPERM):
        reason = "you have no right to write there"
    return UserError(
        f"The export to {target} was not written: {reason}. "
        "What was there before is unchanged; make room or choose another place and try again."
    )
