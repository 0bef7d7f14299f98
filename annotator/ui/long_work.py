"""Import and export for the session, and the list of jobs under way: progress, time left, cancel."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from PySide6.QtCore import QObject, Signal

from annotator.model.changes import Changes
from annotator.model.formats import ImportOptions, Written
from annotator.model.job import Job, Progress
from annotator.model.scheme import Scheme
from annotator.services.importing_known import Known, known_of, planned
from annotator.ui.afar import Afar
from annotator.ui.import_plans import joined, tried, written
from annotator.ui.keeper import Keeper, Operation
from annotator.ui.large_write import LargeWrite
from annotator.ui.worker import Running, Worker

if TYPE_CHECKING:
    from annotator.services.datasets import Dataset
    from annotator.services.datasets_choice import DatasetChoice
    from annotator.services.datasets_survey import DatasetSurvey, Seen
    from annotator.services.exporting_choice import ExportChoice
    from annotator.services.exporting_survey import Survey
    from annotator.services.importing import ImportPlan, ImportSummary
    from annotator.services.project import Project
    from annotator.ui.session import Session

T = TypeVar("T")
Where = Literal["store", "jobs", "exports"]
"""The thread that a job runs on."""


@dataclass(frozen=True, slots=True)
class JobState:
    """A long job as the status bar shows it; `total` is 0 while it is not known."""

    name: str
    done: int = 0
    total: int = 0
    what: str = ""
    remaining: float | None = None
    """Seconds that it will still take, as far as one can tell."""


class LongWork(QObject):
    """Runs long jobs on the right thread and says how far they are."""

    dataset_made = Signal(object, object)
    """Path and Dataset of a dataset that was written and verified."""
    failed = Signal()
    """A job has ended with an error, of which the person is told."""

    def __init__(self, session: Session, keeper: Keeper, store: Worker, jobs: Worker) -> None:
        super().__init__(session)
        self._session = session
        self._keeper = keeper
        self._store = store
        self._exports = Worker("exports", session)
        self._workers: Mapping[Where, Worker] = {"store": store, "jobs": jobs, "exports": self._exports}
        self._under_way: dict[int, tuple[Callable[[], None], JobState]] = {}
        self._next = 0
        self.last_format = "jsonl"
        """What the next export begins with: the format of the last one."""
        self._trial: Running | None = None
        self._trials = 0
        self._missed: set[int] = set()
        """The numbers of jobs that a person asked for and would miss."""
        self._writes: set[int] = set()
        session.project_changed.connect(self._on_project)

    def stop(self) -> bool:
        """End the thread of exports; tell if it did in time."""
        return self._exports.stop()

    def import_paths(self, paths: Sequence[Path], options: ImportOptions, format_name: str) -> None:
        """Read files on the job thread, then write them in one operation."""
        if self._session.path is None:
            return
        name, who = self.tr("Importing"), self._session.annotator
        # Labels without a name are of who began it, whoever is at work when they are written.
        by = who.id if who is not None else None
        beginning = self.show(JobState(name))
        self._missed.add(beginning)

        def _read(known: Known) -> None:
            self.run(name, lambda: planned(paths, options, format_name, known), _join, is_missed=True)
            self.finish(beginning)

        def _join(plan: ImportPlan) -> None:
            if plan.needs_project:
                self.run_on_project(name, lambda project: joined([plan], project), lambda one: _write(*one))
            else:
                _write(plan)

        def _write(plan: ImportPlan) -> None:
            self.write(
                name,
                lambda project: written(project, plan, by),
                lambda _: self._session.imported.emit(plan.summary),
                total=plan.size,
                is_large=True,
            )

        def _unread(error: Exception) -> None:
            self.failed.emit()
            self.finish(beginning)
            self._session.tell(error)

        self._keeper.ask(known_of, self._session.if_same(_read), self._session.if_same(_unread))

    def try_import(
        self,
        groups: Sequence[tuple[Sequence[Path], ImportOptions, str]],
        then: Callable[[tuple[list[ImportSummary], Scheme]], None],
    ) -> None:
        """Read files on the job thread and tell what would come in; nothing is written.

        A trial that is under way is stopped: what it would tell does not hold any more.
        """
        self.stop_trial()
        self._trials += 1
        number = self._trials
        name = self.tr("Trying the import out")

        def _read(known: Known) -> None:
            if number == self._trials:
                self._trial = self.run(name, lambda: tried(groups, known), lambda plans: _join(plans, known))

        def _join(plans: list[ImportPlan], known: Known) -> None:
            def _then(joined: list[ImportPlan]) -> None:
                for plan in joined:
                    plan.close()
                then(([plan.summary for plan in joined], known.scheme))

            if number == self._trials and any(plan.needs_project for plan in plans):
                self._trial = self.run_on_project(name, lambda project: joined(plans, project), _then)
            elif number == self._trials:
                _then(plans)

        self._keeper.ask(known_of, self._session.if_same(_read), self._session.if_same(self._session.tell))

    def stop_trial(self) -> None:
        """Stop the trial of an import that is under way, or is about to be."""
        self._trials += 1
        if self._trial is not None:
            self._trial.cancel()
            self._trial = None

    def export_to(self, out: Path, choice: ExportChoice) -> None:
        """Export on a thread of its own, which reads the project between the operations of a person."""
        self.last_format = choice.format_name

        def _make() -> Job[Written]:
            from annotator.services.exporting import exported  # noqa: PLC0415 - late: loads formats

            return exported(Afar(self._keeper, self._store), out, choice)

        self.run(
            self.tr("Exporting"),
            _make,
            lambda written: self._session.exported.emit(out, written),
            where="exports",
            is_missed=True,
        )

    def survey(self, name: str, choice: ExportChoice, then: Callable[[Survey], None]) -> Running:
        """Look at what an export would write, on the thread of exports; not `then` after a cancel."""

        def _make() -> Job[Survey]:
            from annotator.services.exporting_survey import surveyed  # noqa: PLC0415 - late: loads formats

            return surveyed(Afar(self._keeper, self._store), choice)

        return self._look(name, _make, then, "exports")

    def survey_dataset(
        self, choice: DatasetChoice, seen: Seen | None, then: Callable[[DatasetSurvey], None]
    ) -> Running:
        """Look at how a dataset would be split, on the thread of exports; not `then` after a cancel."""

        def _make() -> Job[DatasetSurvey]:
            from annotator.services.datasets_survey import surveyed_split  # noqa: PLC0415 - late: loads formats

            return surveyed_split(Afar(self._keeper, self._store), choice, seen)

        return self._look(self.tr("Looking at what the dataset would hold"), _make, then, "exports")

    def make_dataset(self, out: Path, choice: DatasetChoice, refused: Callable[[Exception], None]) -> Running:
        """Write a dataset on the store's thread, in slices between the operations of a person."""

        def _make() -> Job[Dataset]:
            from annotator.services.datasets import dataset_job  # noqa: PLC0415 - late: loads formats

            return dataset_job(self._keeper.project(), out, choice)

        return self.run(
            self.tr("Making a dataset"),
            _make,
            lambda made: self.dataset_made.emit(out, made),
            where="store",
            is_missed=True,
            failed=refused,
        )

    def copy_to(self, path: Path) -> None:
        """Save a copy of the project while it stays open."""
        self.run(
            self.tr("Saving a copy"),
            lambda: self._keeper.project().copy_to(path),
            lambda _: self._session.warned.emit(self.tr("A copy was saved as {0}.").format(path.name)),
            where="store",
            is_missed=True,
        )

    def run(
        self,
        name: str,
        make: Callable[[], Job[T]],
        then: Callable[[T], None],
        *,
        where: Where = "jobs",
        is_missed: bool = False,
        failed: Callable[[Exception], None] | None = None,
    ) -> Running:
        """Run a job in the background under a name; `then` hears its result unless it is cancelled in time.

        `is_missed` tells that a person asked for what comes of it: before leaving, one is asked.
        """
        started = time.monotonic()
        number = self.show(JobState(name))
        if is_missed:
            self._missed.add(number)
        take, ended = self._session.if_same(then), partial(self.finish, number)

        def _then(result: T) -> None:
            ended()
            take(result)

        def _failed(error: Exception) -> None:
            self.failed.emit()
            ended()
            (failed or self._session.tell)(error)

        def _tell(progress: Progress) -> None:
            if number in self._under_way:
                self.show(_state(name, progress, started), number)

        running = self._workers[where].job(make, _then, _failed, tell=_tell, stopped=ended)
        self.show(JobState(name), number, cancel=running.cancel)
        return running

    def run_on_project(
        self,
        name: str,
        make: Callable[[Project], Job[T]],
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        is_missed: bool = True,
    ) -> Running:
        """Run a job that reads the project, on the store's thread, in slices between the operations."""
        return self._look(
            name, lambda: make(self._keeper.project()), then, "store", failed=failed, is_missed=is_missed
        )

    def _look(
        self,
        name: str,
        make: Callable[[], Job[T]],
        then: Callable[[T], None],
        where: Where,
        *,
        failed: Callable[[Exception], None] | None = None,
        is_missed: bool = False,
    ) -> Running:
        """Run a job that writes nothing, so that a cancel holds to the last: no `then` after it."""

        def _then(result: T) -> None:
            running.give(result, then)

        running = self.run(name, make, _then, where=where, is_missed=is_missed, failed=failed)
        return running

    def write(
        self,
        name: str,
        operation: Operation,
        then: Callable[[Changes], None] | None = None,
        *,
        total: int = 0,
        is_large: bool = False,
        nothing: str = "",
    ) -> None:
        """Do an operation that may take seconds, in one step; stopped before its end, it leaves nothing.

        How far it is shows once it takes long; where it surely `is_large`, at once.  `total` tells how much
        it writes, where the operation itself does not know; `nothing` is said where it found nothing to do.
        """
        number, started = self._new_number(), time.monotonic()

        def _show(progress: Progress) -> None:
            if not work.is_stopped:
                self._missed.add(number)
            self._writes.add(number)
            whole = replace(progress, total=progress.total or total, what=self.tr("writing"))
            self.show(_state(name, whole, started), number, cancel=work.stop)

        show = self._session.if_same(_show)

        def _ended() -> None:
            # On the store's thread, behind its own answer: it may be tried again long after it was asked for.
            self._store.call(lambda: None, lambda _: self.finish(number), self._session.tell)

        work = LargeWrite(operation, lambda progress: self._store.answer(lambda: show(progress)), _ended)
        if is_large:
            _show(Progress(0, total))
        self._session.do(work, then, nothing)
        self._session.ask(lambda _: None, lambda _: self.finish(number))

    def cancel(self) -> None:
        """Stop all jobs under way."""
        for cancel, _ in tuple(self._under_way.values()):
            cancel()

    def show(
        self, state: JobState, number: int | None = None, *, cancel: Callable[[], None] | None = None
    ) -> int:
        """Show how far a job is; return its number, a new one when none is given."""
        if number is None:
            number = self._new_number()
        known = self._under_way.get(number, (_nothing, state))[0]
        self._under_way[number] = (cancel or known, state)
        self._emit()
        return number

    def _new_number(self) -> int:
        self._next += 1
        return self._next

    def finish(self, number: int) -> None:
        """Show a job no longer."""
        self._under_way.pop(number, None)
        self._missed.discard(number)
        self._writes.discard(number)
        self._emit()

    def _on_project(self) -> None:
        """Forget the writes of the project before: nobody hears any more when they end."""
        for number, (cancel, _) in tuple(self._under_way.items()):
            if cancel is _nothing or number in self._writes:
                self.finish(number)

    @property
    def is_busy(self) -> bool:
        """Tell whether any job is under way."""
        return bool(self._under_way)

    @property
    def missed(self) -> str:
        """The name of a job under way that a person asked for; empty when there is none."""
        return next((self._under_way[one][1].name for one in self._missed if one in self._under_way), "")

    def stop_shown(self) -> bool:
        """Stop the job that is shown, and none of those beside it; tell if there is one."""
        if (shown := self._shown) is not None:
            cancel, state = self._under_way[shown]
            self._missed.discard(shown)  # who leaves now is not asked again what becomes of it
            self._session.warned.emit(self.tr("{0}: stopped.").format(state.name))
            cancel()
        return shown is not None

    @property
    def _shown(self) -> int | None:
        """The number of the job that is shown: what a person asked for goes first."""
        first = next(iter(self._under_way), None)
        return next((one for one in self._under_way if one in self._missed), first)

    def _emit(self) -> None:
        shown = self._shown
        self._session.progress.emit(self._under_way[shown][1] if shown is not None else None)


def _nothing() -> None:
    """Cancel what cannot be cancelled: a write, which is over soon."""


def _state(name: str, progress: Progress, started: float) -> JobState:
    """Return how far a job is, with the time left once that can be told."""
    elapsed = time.monotonic() - started
    is_told = progress.done and progress.total and elapsed > 2
    remaining = elapsed / progress.done * (progress.total - progress.done) if is_told else None
    return JobState(name, progress.done, progress.total, progress.what, remaining)
