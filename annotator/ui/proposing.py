"""Entity suggestions in the background: the article in view first, then the others in batches."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence, Set
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer

from annotator.model.errors import UserError
from annotator.model.ids import Id
from annotator.model.job import Job, Progress
from annotator.model.records import ArticleContent, Span, SuggestedSpan
from annotator.model.suggesting import SuggestInput, suggest_input
from annotator.ui.keeper import Keeper, content_if_there
from annotator.ui.long_work import JobState, LongWork
from annotator.ui.worker import Running, Worker

if TYPE_CHECKING:
    from annotator.services.project import Project
    from annotator.services.suggesting import SuggestionPlan, SuggestProcess
    from annotator.ui.session import Session

T = TypeVar("T")
Inputs = list[tuple[Id, SuggestInput]]
_BATCH = 10
"""Articles at a time: a label that is put meanwhile waits until they are written."""
_AFTER_PAINT = 400
"""Milliseconds after a project was opened: the process takes a core for a second when it starts."""
_SETTING = "pipeline"
_PAUSE, _LONGEST_PAUSE = 30, 480
"""Seconds until it is tried again after a failure, twice as many each time."""


class Proposer(QObject):
    """Keeps the suggesting process, feeds it, and writes what it proposes."""

    def __init__(
        self, session: Session, keeper: Keeper, store: Worker, jobs: Worker, long_work: LongWork
    ) -> None:
        super().__init__(session)
        self.is_automatic = True
        """Whether articles get suggestions without being asked for."""
        self._session = session
        self._keeper = keeper
        self._store = store
        self._jobs = jobs
        self._long_work = long_work
        self._process: SuggestProcess | None = None  # touched on the job thread only
        self._waiting: deque[Id] = deque()
        self._first: Id | None = None
        self._looked_at: set[Id] = set()
        self._total = 0
        self._number: int | None = None
        self._running: Running | None = None
        self._under_way: list[Id] = []
        self._is_busy = False
        self._pause = _PAUSE
        self._round = 0
        """Counts projects; what comes late from an earlier one is dropped."""
        self._choice = ""
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_PAINT)
        self._soon.timeout.connect(self._begin)
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._next)
        session.project_changed.connect(self._on_project)
        session.content_changed.connect(self._on_content)

    def suggest_all(self) -> None:
        """Suggest for all articles in one operation that can be undone."""
        if self._session.path is None:
            return
        if self._session.read_only:
            self._session.warned.emit(self.tr("This project is open for reading only."))
            return
        self.cancel()

        def _planned(inputs: Inputs) -> None:
            self._long_work.run(self.tr("Suggesting"), lambda: self._plan(inputs), _write)

        def _write(plan: SuggestionPlan) -> None:
            self._say_failures(plan)
            self._session.do(lambda project: project.write_suggestions(plan, undoable=True))

        self._session.ask(lambda project: project.setting(_SETTING), self._choose)
        self._long_work.run(
            self.tr("Reading"), lambda: _all_inputs(self._keeper.project()), _planned, on_store=True
        )

    def take(self, articles: Iterable[Id]) -> None:
        """Suggest for these articles too, after those that wait already."""
        new = [one for one in articles if one not in self._looked_at]
        self._waiting.extend(new)
        self._total += len(new)
        self._next()

    def cancel(self) -> None:
        """Let nothing wait any more, and stop what runs."""
        self._waiting.clear()
        self._later.stop()
        self._first = None
        if self._running is not None:
            self._running.cancel()
        self._finish()

    def stop(self) -> None:
        """End the process, for good."""
        self.cancel()
        self._jobs.call(self._end_process, lambda _: None, lambda _: None)

    # --- what waits ----------------------------------------------------------------------------

    def _on_project(self) -> None:
        self.cancel()
        self._round += 1
        self._is_busy, self._running, self._pause = False, None, _PAUSE
        self._looked_at.clear()
        if self._session.path is not None and self.is_automatic and not self._session.read_only:
            self._soon.start()

    def _on_content(self, content: ArticleContent | None) -> None:
        if content is None or self._session.read_only or not self.is_automatic:
            return
        if content.article.id not in self._looked_at:
            self._first = content.article.id
            if not self._soon.isActive():
                self._next()

    def _begin(self) -> None:
        self._session.ask(lambda project: project.setting(_SETTING), self._choose)
        self._session.ask(lambda project: project.article_ids(), self.take)

    def _choose(self, pipeline: str) -> None:
        self._choice = pipeline

    def _next(self) -> None:
        """Read the next batch, unless one is under way."""
        if self._is_busy or self._session.path is None:
            return
        batch = self._batch()
        if not batch:
            self._finish()
            return
        self._is_busy, self._under_way = True, batch
        self._keeper.ask(
            lambda project: _inputs(project, batch), self._now(self._on_inputs), self._now(self._try_later)
        )

    def _batch(self) -> list[Id]:
        first, self._first = self._first, None
        if first is not None:
            self._looked_at.add(first)
            return [first]
        count = 0 if self._later.isActive() else min(_BATCH, len(self._waiting))
        batch = [self._waiting.popleft() for _ in range(count)]
        self._looked_at.update(batch)
        return batch

    # --- one batch -------------------------------------------------------------------------------

    def _on_inputs(self, inputs: Inputs) -> None:
        if not inputs:
            self._is_busy = False
            self._next()
            return
        before = self._total - len(self._waiting) - len(inputs)
        self._show(before)
        stopped = self._now(self._on_stopped)
        self._running = self._jobs.job(
            lambda: self._plan(inputs),
            self._now(self._on_plan),
            self._now(self._on_failed),
            tell=self._now(lambda progress: self._show(before + progress.done)),
            stopped=lambda: stopped(None),
        )

    def _plan(self, inputs: Sequence[tuple[Id, SuggestInput]]) -> Job[SuggestionPlan]:
        """Run the process on the job thread, and keep it for the next time."""
        from annotator.services.suggesting import SuggestProcess, plan_suggestions  # noqa: PLC0415 - late

        if self._process is None:
            self._process = SuggestProcess()
        suggester = "pipeline" if self._choice else "entities"
        return plan_suggestions(inputs, suggester=suggester, choice=self._choice, process=self._process)

    def _on_plan(self, plan: SuggestionPlan) -> None:
        self._is_busy, self._running, self._pause = False, None, _PAUSE
        self._later.stop()
        self._looked_at.difference_update(one.article for one in plan.failures)
        self._say_failures(plan)
        self._session.do(lambda project: project.write_suggestions(plan, undoable=False))
        self._next()

    def _on_failed(self, error: Exception) -> None:
        """Stay on the built-in component when a pipeline does not work; else try again later."""
        if not isinstance(error, UserError) or not self._choice:
            self._try_later(error)
            return
        self._choice = ""
        self._put_back()
        text = self.tr("{0} The built-in component suggests instead.").format(error)
        self._session.warned.emit(text)
        self._next()

    def _try_later(self, error: Exception) -> None:
        """Say why there are no suggestions, and when it is tried again."""
        self._put_back()
        if not isinstance(error, UserError) and self._pause == _PAUSE:
            self._session.tell(error)
        text = self.tr("No suggestions just now; tried again in {0} seconds. {1}")
        self._session.warned.emit(text.format(self._pause, error))
        self._later.start(self._pause * 1000)
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        self._finish()

    def _put_back(self) -> None:
        """Let the batch under way wait again."""
        self._is_busy, self._running = False, None
        self._looked_at.difference_update(self._under_way)
        self._waiting.extendleft(reversed(self._under_way))

    def _now(self, then: Callable[[T], None]) -> Callable[[T], None]:
        """Return `then`, made deaf once another project is open."""
        round_ = self._round
        return lambda value: then(value) if round_ == self._round else None

    def _on_stopped(self, _: None) -> None:
        self._is_busy, self._running = False, None
        self._looked_at.difference_update(self._under_way)
        self._next()

    def _say_failures(self, plan: SuggestionPlan) -> None:
        if plan.failures:
            count, reason = len(plan.failures), plan.failures[0].reason
            text = self.tr("No suggestions for {0} articles: {1} Opening one tries again.")
            self._session.warned.emit(text.format(count, reason))

    def _show(self, done: int) -> None:
        state = JobState(self.tr("Suggesting entities"), max(0, done), self._total)
        if self._is_busy and self._total > 1:
            self._number = self._long_work.show(state, self._number, cancel=self.cancel)

    def _finish(self) -> None:
        self._total = len(self._waiting)
        if self._number is not None:
            self._long_work.finish(self._number)
            self._number = None

    def _end_process(self) -> None:
        if self._process is not None:
            self._process.close()
            self._process = None


def _inputs(project: Project, articles: Iterable[Id]) -> Inputs:
    """Return the texts of those articles in which no entity was ever proposed or marked."""
    entities = {label.name for label in project.scheme.of("span", "entity")}
    contents = (content_if_there(project, one) for one in articles)
    return [
        (one.article.id, suggest_input(one))
        for one in contents
        if one is not None and not _has_any(one, entities)
    ]


def _has_any(content: ArticleContent, labels: Set[str]) -> bool:
    spans: list[SuggestedSpan | Span] = [*content.suggested_spans, *content.spans]
    return any(one.label in labels for one in spans)


def _all_inputs(project: Project) -> Job[Inputs]:
    """Return the texts of all articles, read in slices."""
    ids = project.article_ids()
    found: Inputs = []
    for count, one in enumerate(ids, 1):
        content = content_if_there(project, one)
        if content is not None:
            found.append((one, suggest_input(content)))
        if count % 20 == 0:
            yield Progress(count, len(ids))
    return found
