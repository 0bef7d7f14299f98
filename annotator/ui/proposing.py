"""Suggestions in the background: the article in view first, then the others in batches."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.model.changes import Changes
from annotator.model.cue_words import lexicon
from annotator.model.errors import UserError
from annotator.model.ids import Id
from annotator.model.job import Job
from annotator.model.records import ArticleContent, Setting
from annotator.model.said import ended
from annotator.ui.keeper import Keeper
from annotator.ui.long_work import JobState, LongWork
from annotator.ui.saying import several, translated
from annotator.ui.suggest_all import SuggestAll
from annotator.ui.suggest_tasks import Inputs, Task, chosen_in, inputs_of
from annotator.ui.worker import Running, Worker

if TYPE_CHECKING:
    from annotator.services.suggesters import Chosen
    from annotator.services.suggesting import Failure, SuggestionPlan, SuggestProcess
    from annotator.ui.session import Session

T = TypeVar("T")

_BATCH = 10
"""Articles at a time: a label that is put meanwhile waits until they are written."""
_AFTER_PAINT = 400
"""Milliseconds after a project was opened: the process takes a core for a second when it starts."""
_AFTER_START = 600
"""The same for words that the window needs: it is painted by then, and the process not there yet."""
_PAUSE, _LONGEST_PAUSE = 30, 480
"""Seconds until it is tried again after a failure, twice as many each time."""


class Proposer(QObject):
    """Keeps the suggesting process, feeds it, and writes what each suggester proposes at once."""

    rested = Signal()
    """No article waits any more."""

    def __init__(self, session: Session, keeper: Keeper, jobs: Worker, long_work: LongWork) -> None:
        super().__init__(session)
        self.is_automatic = True
        """Whether articles get suggestions without being asked for."""
        self._session, self._keeper, self._long_work = session, keeper, long_work
        self._jobs = jobs
        self._all = SuggestAll(session, keeper, long_work, self._say_failures)
        self._process: SuggestProcess | None = None  # touched on the job thread only
        self._who: tuple[Chosen, ...] | None = None
        """Who suggests in this project; None until it was asked."""
        self._first: Id | None = None
        self._urgent: deque[Task] = deque()
        self._tasks: deque[Task] = deque()
        self._held: deque[Task] = deque()
        """Tasks of suggesters that failed, until they are tried again."""
        self._waiting: deque[Id] = deque()
        self._aside: list[SuggestionPlan] = []
        """What was proposed when an article came into view: written after what is proposed for that one."""
        self._gives_way = Event()
        self.looked_at: set[Id] = set()
        """The articles that suggesters were asked about since the project was opened."""
        self._labelled: set[Id] = set()
        """Those of them that a suggester left alone, as they have labels of its kind already."""
        self._total = self._cancels = 0
        self._number: int | None = None
        self._running: Running | None = None
        self._under_way: Task | None = None
        self._is_busy, self._pause = False, _PAUSE
        self._round = 0
        """Counts projects; what comes late from an earlier one is dropped."""
        self._soon = self._timer(self._begin, _AFTER_PAINT)
        self._words = self._timer(self._read_words, _AFTER_START)
        self._later = self._timer(self._try_again)
        session.project_changed.connect(self._on_project)
        session.content_changed.connect(self._on_content)
        session.changed.connect(self._on_changed)
        session.imported.connect(self._on_imported)

    @property
    def is_awaited(self) -> bool:
        """Tell whether suggestions for the article in view are on their way."""
        is_urgent = self._under_way is not None and self._under_way.is_urgent
        return is_urgent or self._first is not None or bool(self._urgent)

    @property
    def is_at_work(self) -> bool:
        """Tell whether suggestions for any article are on their way, or about to be."""
        return self.is_awaited or self._is_busy or bool(self._waiting or self._tasks) or self._soon.isActive()

    def has_left_alone(self, content: ArticleContent) -> bool:
        """Tell whether an article is left alone because it has labels that nobody suggested here."""
        is_done = any(one.state == "done" for one in content.readings)
        has_any = bool(content.suggested_frames or content.suggested_spans)
        return content.article.id in self._labelled and not (has_any or is_done or self.is_awaited)

    def suggest_all(self) -> None:
        """Let all chosen suggesters look at all articles, in one operation that can be undone."""
        if self._session.path is None:
            return
        if self._session.read_only:
            self._session.warned.emit(self.tr("This project is open for reading only."))
            return
        self.cancel()
        self._labelled.clear()
        self._all.begin()

    def take(self, articles: Iterable[Id]) -> None:
        """Suggest for these articles too, after those that wait already."""
        there = self.looked_at.union(self._waiting)
        new = [one for one in articles if one not in there]
        self._waiting.extend(new)
        self._total += len(new)
        self._next()

    def renew(self) -> None:
        """Look again at all articles: who suggests has become another one."""
        self._who = None
        self.looked_at.clear()
        self._labelled.clear()
        self._all.look_again()
        if self.is_automatic and not self._session.read_only:
            self._begin()

    def start_over(self) -> None:
        """End the process with all that was loaded into it, and look again at all articles."""
        self.stop()
        self.renew()

    def cancel(self) -> None:
        """Let nothing wait any more, and stop what runs, or is about to begin."""
        self._cancels += 1
        self._soon.stop()
        self._later.stop()
        self._first = None
        for plan in self._aside:
            self.looked_at.difference_update(plan.articles)
        self._aside.clear()
        for tasks in (self._urgent, self._tasks, self._held):
            self.looked_at.difference_update(article for one in tasks for article in one.articles)
            tasks.clear()
        self._waiting.clear()
        if self._running is not None:
            self._running.cancel()
        self._finish()

    def stop(self) -> None:
        """End the process."""
        self.cancel()
        self._jobs.call(self._end_process, lambda _: None, lambda _: None)

    def _read_words(self) -> None:
        """Read them aside: the first key that looks for words of speaking would wait for them."""
        self._jobs.call(lexicon, lambda _: None, self._session.tell)

    def _timer(self, then: Callable[[], None], interval: int = 0) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=interval)
        timer.timeout.connect(then)
        return timer

    # --- what waits ----------------------------------------------------------------------------

    def _on_project(self) -> None:
        self.cancel()
        self._round += 1
        self._is_busy, self._running, self._pause, self._who = False, None, _PAUSE, None
        self.looked_at.clear()
        self._labelled.clear()
        if self._session.path is None:
            return
        self._words.start()
        if self.is_automatic and not self._session.read_only:
            self._soon.start()

    def _on_content(self, content: ArticleContent | None) -> None:
        if content is None or self._session.read_only or not self.is_automatic:
            return
        if content.article.id not in self.looked_at:
            self._first = content.article.id
            if self._under_way is None or not self._under_way.is_urgent:
                self._gives_way.set()
            if not self._soon.isActive():
                self._next()

    def _on_changed(self, changes: Changes) -> None:
        if changes.has(Setting):
            self._who = None

    def _on_imported(self, _: object) -> None:
        """Look at what came in too, after what waits already."""
        if self.is_automatic and not self._session.read_only and not self._soon.isActive():
            self._begin()

    def _begin(self) -> None:
        cancels = self._cancels
        self._session.ask(
            lambda project: list(project.article_ids()),
            lambda ids: self.take(self._from_here(ids)) if cancels == self._cancels else None,
        )

    def _from_here(self, articles: list[Id]) -> list[Id]:
        """Return the articles from the one in view on, then those before it."""
        here = self._session.at
        at = articles.index(here) if here in articles else 0
        return [*articles[at:], *articles[:at]]

    def _next(self) -> None:
        """Begin the next task, unless one is under way."""
        if self._is_busy or self._session.path is None:
            return
        if self._who is None and (self._first is not None or self._waiting):
            self._is_busy = True
            self._keeper.ask(chosen_in, self._now(self._on_chosen), self._now(self._try_later))
            return
        task = self._task()
        if self._aside and (task is None or not task.is_urgent):
            self._write(*self._aside)
            self._aside.clear()
        if task is None:
            self._finish()
            return
        self._is_busy, self._under_way = True, task
        self._keeper.ask(
            lambda project: inputs_of(project, task.articles, task.who),
            self._now(self._on_inputs),
            self._now(self._try_later),
        )

    def _on_chosen(self, who: tuple[Chosen, ...]) -> None:
        self._who, self._is_busy = who, False
        self._next()

    def _task(self) -> Task | None:
        """Return what to do next: the article in view goes before all others."""
        first, self._first = self._first, None
        self._gives_way.clear()
        if first is not None:
            self._urgent.extend(self._tasks_for((first,), is_urgent=True))
        if self._urgent:
            return self._urgent.popleft()
        failing = {one.who for one in self._held}
        while self._tasks or self._waiting:
            if not self._tasks:
                self._tasks.extend(self._tasks_for(self._batch()))
            while self._tasks:
                task = self._tasks.popleft()
                if task.who not in failing:
                    return task
                self._held.append(task)
        return None

    def _batch(self) -> list[Id]:
        """Return the articles that wait longest and were not opened meanwhile."""
        batch = [self._waiting.popleft() for _ in range(min(_BATCH, len(self._waiting)))]
        return [one for one in batch if one not in self.looked_at]

    def _tasks_for(self, articles: Iterable[Id], *, is_urgent: bool = False) -> list[Task]:
        wanted = tuple(articles)
        self.looked_at.update(wanted)
        return [Task(one, wanted, is_urgent) for one in self._who or () if wanted]

    # --- one task --------------------------------------------------------------------------------

    def _on_inputs(self, inputs: Inputs) -> None:
        task = self._under_way
        if task is not None:
            self._labelled |= set(task.articles) - {article for article, _ in inputs}
        if task is None or not inputs:
            self._is_busy, self._under_way = False, None
            self._next()
            return
        self._show(0)
        stopped = self._now(self._on_stopped)
        self._running = self._jobs.job(
            lambda: self._plan(task, inputs),
            self._now(self._on_plan),
            self._now(self._on_failed),
            tell=self._now(lambda progress: self._show(progress.done)),
            stopped=lambda: stopped(None),
        )

    def _plan(self, task: Task, inputs: Inputs) -> Job[SuggestionPlan]:
        """Run the process on the job thread, and keep it for the next time."""
        from annotator.services.suggesting import Haste, plan_suggestions  # noqa: PLC0415 - late

        haste = Haste(is_urgent=True) if task.is_urgent else Haste(gives_way=self._gives_way.is_set)
        who, process = task.who, self._kept()
        return plan_suggestions(inputs, suggester=who.name, choice=who.choice, process=process, haste=haste)

    def _kept(self) -> SuggestProcess:
        from annotator.services.suggesting import SuggestProcess  # noqa: PLC0415 - late

        if self._process is None:
            self._process = SuggestProcess()
        return self._process

    def _on_plan(self, plan: SuggestionPlan) -> None:
        task = self._under_way
        self._is_busy, self._running, self._under_way, self._pause = False, None, None, _PAUSE
        self.looked_at.difference_update(one.article for one in plan.failures)
        self._say_failures(plan.failures)
        if task is not None and plan.left:
            self._tasks.appendleft(replace(task, articles=plan.left))
        if self._first is None:
            self._write(plan)
        else:
            self._aside.append(plan)
        self._next()

    def _write(self, *plans: SuggestionPlan) -> None:
        self._session.do(lambda project: project.write_suggestions(*plans, undoable=False))

    def _on_failed(self, error: Exception) -> None:
        """Stay on the built-in component when a pipeline does not work; else try again later."""
        task = self._under_way
        if task is None or not isinstance(error, UserError) or task.who.name != "pipeline":
            self._try_later(error)
            return
        self._is_busy, self._running, self._under_way = False, None, None
        self._replace(task)
        text = self.tr("{0} The built-in component suggests instead.").format(translated(error))
        self._session.warned.emit(text)
        self._next()

    def _replace(self, failed: Task) -> None:
        """Let the built-in entities stand in for a pipeline until the project is opened again."""
        instead = replace(failed.who, name="entities", choice="")
        self._who = tuple(instead if one == failed.who else one for one in self._who or ())
        self._tasks.appendleft(failed)
        for tasks in (self._urgent, self._tasks, self._held):
            changed = [replace(one, who=instead) if one.who == failed.who else one for one in tasks]
            tasks.clear()
            tasks.extend(changed)

    def _try_later(self, error: Exception) -> None:
        """Say why there are no suggestions, and when it is tried again; other suggesters go on."""
        task, self._under_way = self._under_way, None
        self._is_busy, self._running = False, None
        if task is not None:
            self._held.append(task)
        if not isinstance(error, UserError) and self._pause == _PAUSE:
            self._session.tell(error)
        text = self.tr("No suggestions just now; tried again in {0} seconds. {1}")
        self._session.warned.emit(text.format(self._pause, translated(error)))
        self._later.start(self._pause * 1000)
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        if self._who is not None:
            self._next()

    def _try_again(self) -> None:
        self._tasks.extendleft(reversed(self._held))
        self._held.clear()
        self._next()

    def _now(self, then: Callable[[T], None]) -> Callable[[T], None]:
        """Return `then`, made deaf once another project is open."""
        round_ = self._round
        return lambda value: then(value) if round_ == self._round else None

    def _on_stopped(self, _: None) -> None:
        task, self._under_way = self._under_way, None
        self._is_busy, self._running = False, None
        self.looked_at.difference_update(task.articles if task is not None else ())
        self._next()

    def _say_failures(self, failures: Sequence[Failure]) -> None:
        if failures:
            missed = several("No suggestions for {n} article(s):", len({one.article for one in failures}))
            why = ended(translated(failures[0].reason))
            said = self.tr("{0} {1} Opening one tries again.").format(missed, why)
            self._session.warned.emit(said)

    def _show(self, here: int) -> None:
        """Show how many articles are done, `here` of those under way."""
        tasks = (*self._tasks, *((self._under_way,) if self._under_way is not None else ()))
        left = len(self._waiting) + len({article for one in tasks for article in one.articles})
        state = JobState(self.tr("Suggesting"), max(0, self._total - left + here), self._total)
        if self._is_busy and self._total > 1:
            self._number = self._long_work.show(state, self._number, cancel=self.cancel)

    def _finish(self) -> None:
        self.rested.emit()
        self._total = len(self._waiting)
        if self._number is not None:
            self._long_work.finish(self._number)
            self._number = None

    def _end_process(self) -> None:
        if self._process is not None:
            self._process.close()
            self._process = None
