"""The open project as the window knows it; the only caller of services in the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.model.changes import Changes
from annotator.model.errors import NotAllowed, NotSaved, Stopped
from annotator.model.formats import ImportOptions
from annotator.model.ids import Id
from annotator.model.records import Annotator, Article, ArticleContent
from annotator.model.scheme import Scheme
from annotator.model.settled import settled
from annotator.ui import looking, problems
from annotator.ui.keeper import (
    Done,
    Facts,
    Keeper,
    Operation,
    copying,
    creating,
    free_copy_name,
    opening,
    sampling,
)
from annotator.ui.long_work import LongWork
from annotator.ui.proposing import Proposer
from annotator.ui.receivers import are_there
from annotator.ui.saying import operation_words, translated
from annotator.ui.turning import Turning
from annotator.ui.worker import Failed, Worker, share_fairly

if TYPE_CHECKING:
    from annotator.services.exporting_choice import ExportChoice
    from annotator.services.project import Project

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unsaved:
    """An operation on its way to the disk, kept so that it can be tried again."""

    operation: Operation
    then: Callable[[Changes], None] | None = None
    nothing: str = ""
    """What to say when there was nothing to do."""


class Session(QObject):
    """Current project, article, annotator and choice; asks and operates on the store's thread."""

    changed = Signal(object)
    """Changes, after every operation."""
    content_changed = Signal(object)
    """ArticleContent | None: another article, or the open one read anew after a change."""
    chosen_changed = Signal(object)
    """Id | None: the chosen span, frame or suggestion."""
    leaving = Signal()
    """The project is about to be let go: what is still being typed is handed in now."""
    project_changed = Signal()
    """A project was opened or closed."""
    scheme_changed = Signal()
    annotator_changed = Signal()
    """Somebody else is at work."""
    saved = Signal(float)
    """Time of the last commit, seconds since 1970; only after it returned."""
    saving = Signal(bool)
    """Operations are on their way to the disk; False when all have arrived."""
    not_saved = Signal(str)
    """A sentence; the operation is kept for `retry`."""
    progress = Signal(object)
    """JobState | None when idle."""
    revealed = Signal(int)
    """An offset of the open article that the view should show."""
    travelled = Signal(object)
    """Changes that an undo or a redo made, once the views have them."""
    held = Signal(str, bool)
    """What is on its way, so that keys wait for it; False once it is there, of nothing: it never comes."""
    warned = Signal(str)
    """A sentence for the status bar: why something was not done, what to do."""
    noticed = Signal(str)
    """What there is to know about a project that was opened: it is to stay until it was read."""
    imported = Signal(object)
    """ImportSummary of an import that was written."""
    exported = Signal(object, object)
    """Path and Written of an export that was verified."""
    opening_failed = Signal(object, object)
    """Path and exception: the project could not be opened."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.scheme: Scheme | None = None
        self.annotator: Annotator | None = None
        self.content: ArticleContent | None = None
        self.chosen: Id | None = None
        self.path: Path | None = None
        self.read_only = False
        self.order: Sequence[Id] = ()
        """The articles as the list shows them; next and previous follow it."""
        self.unsaved: list[Unsaved] = []
        self._pending = 0
        self._entering = 0
        share_fairly()
        self._store = Worker("store", self)
        self._keeper = Keeper(self._store)
        self._turning = Turning(self, self._keeper)
        self._jobs = Worker("jobs", self)
        self._era = 0
        """Counts projects opened and closed; answers from an earlier one are dropped."""
        self._closings = 0
        """Counts closings; a project that was on its way to be opened then is not shown any more."""
        self.long_work = LongWork(self, self._keeper, self._store, self._jobs)
        self.proposer = Proposer(self, self._keeper, self._jobs, self.long_work)

    # --- project -----------------------------------------------------------------------------

    def open_project(self, path: Path, *, read_only: bool = False, annotator: str = "") -> None:
        """Open a project; `project_changed` or `opening_failed` tells how it went."""
        if path.resolve() == self.path and read_only == self.read_only:
            self.warned.emit(self.tr("{0} is open here already.").format(path.name))
        else:
            self._enter(path, opening(path, annotator, read_only))

    def create_project(
        self, path: Path, scheme: Scheme, annotator: str, then: Callable[[], None] = lambda: None
    ) -> None:
        """Make a new project and open it."""
        self._enter(path, creating(path, scheme, annotator), then)

    def open_sample(self, path: Path) -> None:
        """Open the sample project, made at `path` when it is not there yet."""
        if path.resolve() != self.path:
            self._enter(path, sampling(path))

    def open_copy(self, path: Path) -> None:
        """Open a copy of a project that another program has open; it is put beside the project."""
        copy = free_copy_name(path)
        self._enter(copy, copying(path, copy))

    def close_project(self) -> None:
        """Let go of the project; returns at once, the file is closed on the store's thread."""
        self.leaving.emit()
        self.cancel()
        self._closings += 1
        self._keeper.leave(self.tell)
        self._forget()
        self.project_changed.emit()

    def stop(self) -> bool:
        """End the threads after what was asked so far; tell if they ended in time."""
        self.cancel()
        self.proposer.stop()
        self._keeper.leave(lambda _: None)
        return all([self._jobs.stop(), self.long_work.stop(), self._store.stop()])

    # --- asking and operating ------------------------------------------------------------------

    def ask(
        self, query: Callable[[Project], T], then: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        """Run a query on the store's thread and `then` on the window's; what fails is told, or `failed`."""
        if self.path is not None:
            self._keeper.ask(query, self.if_same(then), self.if_same(failed or self.tell))

    def do(
        self, operation: Operation, then: Callable[[Changes], None] | None = None, nothing: str = ""
    ) -> None:
        """Run one operation; views hear of it after its commit returned.

        While an earlier one is not saved, this one waits behind it, so that nothing is done out of order.
        """
        if self.path is None:
            return
        one = Unsaved(operation, self.if_same(then) if then is not None else None, nothing)
        if self.unsaved:
            self.unsaved.append(one)
            self.retry()
        else:
            self._send(one)

    def retry(self) -> None:
        """Try again to save what could not be saved, in its order."""
        waiting, self.unsaved = self.unsaved, []
        self._keeper.unstick(self.tell)
        for one in waiting:
            self._send(one)

    def undo(self) -> None:
        """Take back the last operation."""
        words = self.tr("Undoing"), self.tr("Undone: {0}."), self.tr("There is nothing to undo.")
        self._travel(lambda project: project.undo(), *words)

    def redo(self) -> None:
        """Do again what was taken back last."""
        words = self.tr("Redoing"), self.tr("Done again: {0}."), self.tr("There is nothing to redo.")
        self._travel(lambda project: project.redo(), *words)

    # --- article and choice ----------------------------------------------------------------------

    def choose(self, record: Id | None) -> None:
        """Choose a span, frame or suggestion; all views follow."""
        if record != self.chosen:
            self.chosen = record
            self.chosen_changed.emit(record)

    def open_article(self, article: Id, at: int | None = None) -> None:
        """Show an article, and in it the place `at`."""
        self._turning.open(article, at)

    @property
    def at(self) -> Id | None:
        """The article on its way to be shown, else the one that is."""
        return self._turning.at

    def next_article(self) -> None:
        """Show the article after this one in the list."""
        self._turning.step(1)

    def previous_article(self) -> None:
        """Show the article before this one in the list."""
        self._turning.step(-1)

    def show(self, content: ArticleContent) -> None:
        """Show an article that was read."""
        self.choose(None)
        self.content = settled(content)
        self.content_changed.emit(self.content)

    def reveal(self, at: int | None) -> None:
        """Show a place of the open article."""
        if at is not None:
            self.revealed.emit(at)

    # --- long work (see `long_work`) -------------------------------------------------------------

    def import_paths(
        self, paths: Sequence[Path], options: ImportOptions | None = None, format_name: str = ""
    ) -> None:
        """Read files in the background, then write them in one step."""
        self.long_work.import_paths(paths, options or ImportOptions(), format_name)

    def export_to(self, out: Path, choice: ExportChoice) -> None:
        """Export in the background, while labelling goes on."""
        self.long_work.export_to(out, choice)

    def suggest(self) -> None:
        """Suggest for all articles, as one operation that can be undone."""
        self.proposer.suggest_all()

    def cancel(self) -> None:
        """Stop the jobs that run; they leave no trace."""
        self.long_work.cancel()

    @property
    def is_opening(self) -> bool:
        """Tell whether a project is on its way to be opened."""
        return self._entering > 0

    # --- behind the scenes -----------------------------------------------------------------------

    @property
    def is_saving(self) -> bool:
        """Tell whether operations are still on their way to the disk."""
        return self._pending > 0

    def _enter(
        self, path: Path, make: Callable[[], Project], then: Callable[[], None] = lambda: None
    ) -> None:
        self.leaving.emit()
        self.cancel()
        closings = self._closings

        self._entering += 1

        def _opened(facts: Facts) -> None:
            self._entering -= 1
            if closings != self._closings:
                return
            self._forget()
            self.path, self.scheme, self.annotator = facts.path, facts.scheme, facts.annotator
            self.read_only = facts.read_only
            self.project_changed.emit()
            if facts.notices:
                self.noticed.emit("\n".join(facts.notices))
            then()

        def _failed(error: Exception) -> None:
            self._entering -= 1
            self.opening_failed.emit(path, error)

        self._keeper.enter(path, make, _opened, _failed)

    def _forget(self) -> None:
        self._era += 1
        self._turning.forget()
        self.path = self.scheme = self.annotator = self.content = None
        self.read_only, self.order, self.unsaved = False, (), []
        self.choose(None)
        self.content_changed.emit(None)

    def if_same(self, then: Callable[[T], None]) -> Callable[[T], None]:
        """Return `then`, made deaf once another project is open, or whom it is for is gone."""
        era = self._era
        return lambda value: then(value) if era == self._era and are_there(then) else None

    def _send(self, one: Unsaved) -> None:
        shown = self.content.article.id if self.content is not None else None
        self._count(1)
        self._keeper.operate(
            one.operation,
            shown,
            lambda done: self._on_done(one, done),
            lambda error: self._on_refused(one, error),
        )

    def _on_done(self, one: Unsaved, done: Done) -> None:
        self._count(-1)
        if done.changes is None:
            if one.nothing:
                self.warned.emit(one.nothing)
            return
        before, self.scheme = self.scheme, done.scheme
        if done.scheme != before:
            self.scheme_changed.emit()
        at_work, self.annotator = self.annotator, done.annotator
        if at_work is None or done.annotator.id != at_work.id:
            self.annotator_changed.emit()
        if done.content is not None and self._shows(done.content.article.id):
            self._show_again(done.content)
        elif self.content is not None and done.asked == self.content.article.id and done.is_gone:
            self.content = None
            self.choose(None)
            self.content_changed.emit(None)
        elif self.content is not None and done.asked != self.content.article.id:
            self._read_again(done.changes)
        self.changed.emit(done.changes)
        self.saved.emit(done.when)
        if one.then is not None:
            one.then(done.changes)

    def _on_refused(self, one: Unsaved, error: Exception) -> None:
        self._count(-1)
        if isinstance(error, NotSaved):
            self.unsaved.append(one)
            self.not_saved.emit(translated(error))
        else:
            self.held.emit("", False)
            self.tell(error)

    def _read_again(self, changes: Changes) -> None:
        """Read the article that came into view while an operation that touches it was under way."""
        assert self.content is not None
        article = self.content.article.id
        if changes.touches(article):
            self.ask(
                lambda project: project.find_content(article),
                lambda content: self._show_again(content) if content and self._shows(article) else None,
            )

    def _show_again(self, content: ArticleContent) -> None:
        before, self.content = self.content, settled(content)
        if before is not None and self.chosen is not None and not looking.can_choose(content, self.chosen):
            self.choose(looking.made_anew(before, content, self.chosen))
        self.content_changed.emit(self.content)

    def _shows(self, article: Id) -> bool:
        return self.content is not None and self.content.article.id == article

    def _count(self, step: int) -> None:
        self._pending += step
        if self._pending == max(step, 0):
            self.saving.emit(self._pending > 0)

    def _travel(self, operation: Operation, name: str, done: str, nothing: str) -> None:
        def _say(changes: Changes) -> None:
            whose = self.tr(" The labels are not yours.") if changes.is_of_others(self.annotator) else ""
            self.warned.emit(done.format(operation_words(changes.operation)) + whose)
            gone = {change.record.id for change in changes.of(Article) if change.after is None}
            elsewhere = [one for one in changes.articles if one not in gone and not self._shows(one)]
            if len(changes.articles) == 1 and elsewhere:
                self.open_article(elsewhere[0])
            self.travelled.emit(changes)

        self.long_work.write(name, operation, _say, nothing=nothing)

    def tell(self, error: Exception) -> None:
        """Say what went wrong: refused operations in the status bar, everything else in a dialog."""
        window = self.parent()
        if isinstance(error, NotAllowed | Stopped):
            self.warned.emit(translated(error))
        else:
            problems.show(window if isinstance(window, QWidget) else None, error)
