"""The project on the store's thread: opened, asked, operated on and closed there, in order."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from annotator.model.changes import Changes
from annotator.model.errors import NotSaved, UserError
from annotator.model.ids import Id
from annotator.model.records import Actor, Annotator, ArticleContent, ClaimCard, SchemeVersion
from annotator.model.scheme import Scheme
from annotator.ui.worker import Failed, Worker

if TYPE_CHECKING:
    from annotator.services.project import Project

T = TypeVar("T")
Operation = Callable[["Project"], Changes | None]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the store's thread says of a project that was just opened."""

    path: Path
    scheme: Scheme
    annotator: Annotator
    read_only: bool
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an operation, with all that views need at once."""

    changes: Changes | None
    content: ArticleContent | None
    """The shown article read anew, where it was touched."""
    scheme: Scheme
    annotator: Annotator
    when: float
    asked: Id | None = None
    """The article that was shown when the operation was sent."""
    is_gone: bool = False
    """That article is not in the project any more."""


def opening(path: Path, annotator: str, read_only: bool) -> Callable[[], Project]:
    """Return what opens a project."""

    def _open() -> Project:
        # Late: SQLAlchemy takes a good part of a second, and the window is to be seen first.
        from annotator.services.project import Project  # noqa: PLC0415

        return Project.open(path, annotator, read_only=read_only)

    return _open


def creating(path: Path, scheme: Scheme, annotator: str) -> Callable[[], Project]:
    """Return what makes a new project."""

    def _create() -> Project:
        from annotator.services.project import Project  # noqa: PLC0415 - late as above

        return Project.create(path, scheme, annotator)

    return _create


def sampling(path: Path) -> Callable[[], Project]:
    """Return what opens the sample project, and makes it where it is not there yet."""

    def _sample() -> Project:
        from annotator.services.project import Project  # noqa: PLC0415 - late as above
        from annotator.services.sample import build_sample  # noqa: PLC0415 - late as above

        if not path.exists():
            build_sample(path)
        return Project.open(path)

    return _sample


def copying(path: Path, copy: Path) -> Callable[[], Project]:
    """Return what opens a copy of a project that another program has open."""

    def _copy() -> Project:
        from annotator.services.copying import copy_in_use  # noqa: PLC0415 - late as above

        copy_in_use(path, copy)
        return opening(copy, "", read_only=False)()

    return _copy


def free_copy_name(path: Path) -> Path:
    """Return a name beside a project under which no file is yet."""
    names = (path.with_name(f"{path.stem} copy{number}{path.suffix}") for number in ("", *range(2, 1000)))
    return next(name for name in names if not name.exists())


class Keeper:
    """Sends work to the store's thread; every method with a leading underscore runs there."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._project: Project | None = None
        self._stuck = ""

    def enter(
        self, path: Path, make: Callable[[], Project], opened: Callable[[Facts], None], failed: Failed
    ) -> None:
        """Enter another project, and close the one before; that one stays where the other fails."""
        self._worker.call(lambda: self._enter(path, make), opened, failed)

    def leave(self, failed: Failed) -> None:
        """Close the project after everything asked before."""
        self._worker.call(self._close, lambda _: None, failed)

    def ask(self, query: Callable[[Project], T], then: Callable[[T], None], failed: Failed) -> None:
        """Run a query."""
        self._worker.call(lambda: query(self.project()), then, failed)

    def operate(
        self, operation: Operation, shown: Id | None, then: Callable[[Done], None], failed: Failed
    ) -> None:
        """Run an operation, then read the article `shown` anew if it was touched.

        After one that could not be saved, the following ones are refused until `unstick`, so that nothing
        is done out of order.
        """
        self._worker.call(lambda: self._operate(operation, shown), then, failed)

    def unstick(self, failed: Failed) -> None:
        """Let operations try again."""
        self._worker.call(self._unstick, lambda _: None, failed)

    def project(self) -> Project:
        """Return the open project; for the store's thread only."""
        assert self._project is not None, "asked after the project was closed"
        return self._project

    def has(self, project: Project) -> bool:
        """Tell whether that project is still open; for the store's thread only."""
        return self._project is project

    def _enter(self, path: Path, make: Callable[[], Project]) -> Facts:
        if self._project is not None and (self._project.path == path.resolve() or self._project.is_at(path)):
            self._close()
        project = make()
        self._close()
        self._project = project
        return Facts(project.path, project.scheme, project.annotator, project.read_only, project.notices)

    def _close(self) -> None:
        project, self._project = self._project, None
        self._stuck = ""
        if project is not None:
            project.close()

    def _unstick(self) -> None:
        self._stuck = ""

    def _operate(self, operation: Operation, shown: Id | None) -> Done:
        if self._stuck:
            raise NotSaved(self._stuck)
        project = self.project()
        try:
            changes = operation(project)
        except NotSaved as error:
            self._stuck = str(error)
            raise
        when = time.time()
        none = Done(changes, None, project.scheme, project.annotator, when, shown)
        if shown is None or changes is None or not _concerns(changes, shown):
            return none
        try:
            content = project.find_content(shown)
        except UserError:
            # The operation is in the file all the same: it must not be taken for one that failed.
            return none
        return replace(none, content=content, is_gone=content is None)


def _concerns(changes: Changes, article: Id) -> bool:
    """Tell whether a view of the article shows anything of these changes."""
    return changes.touches(article) or changes.has(Actor, ClaimCard, SchemeVersion, Annotator)
