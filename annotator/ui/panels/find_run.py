"""One search at a time in the background: batch after batch on the store's thread, hits as they come."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.model.errors import UserError
from annotator.model.ids import Id
from annotator.model.matching import Wanted
from annotator.ui.long_work import JobState
from annotator.ui.saying import translated
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.pattern_process import PatternProcess
    from annotator.services.project import Project
    from annotator.services.project_finding import Found, Text

T = TypeVar("T")
MOST = 50_000
"""Hits at which a search ends."""
_TOGETHER = 100
"""Milliseconds in which what arrives is handed on together, but for the first hits."""
_LOOK = 5
"""Milliseconds between two looks for an answer of the process that matches patterns."""


class FindRun(QObject):
    """Runs a search; a new one takes the place of the one before."""

    arrived = Signal(object)
    """Sequence of Found: the hits of some more articles."""
    ended = Signal(str)
    """The search is over; a sentence where it did not get to its end."""

    def __init__(self, session: Session, most: int = MOST, *, quiet: bool = False) -> None:
        super().__init__(session)
        self.is_running = False
        self.most = most
        self._quiet = quiet
        """Says nothing in the status bar."""
        self._session = session
        self._wanted = Wanted("")
        self._round = 0
        """Counts searches; answers to an earlier one are dropped."""
        self._waiting: deque[tuple[Id, ...]] = deque()
        self._articles = self._looked = self._found = 0
        self._texts: Sequence[Text] = ()
        self._process: PatternProcess | None = None
        self._number: int | None = None
        self._arrived: list[Found] = []
        self._soon = QTimer(self, singleShot=True, interval=_TOGETHER)
        self._soon.timeout.connect(self._hand_on)
        self._look = QTimer(self, interval=_LOOK)
        self._look.timeout.connect(self._on_look)
        session.project_changed.connect(self.stop)

    def start(self, wanted: Wanted) -> None:
        """Search anew."""
        self.stop()
        self.is_running, self._wanted = True, wanted
        self._looked = self._found = self._articles = 0
        if wanted.manner == "pattern":
            self._show()
        self._ask(lambda project: project.finder.batches(wanted), self._on_batches)

    def stop(self) -> None:
        """End the search where it is; nothing more arrives."""
        was_running, self.is_running = self.is_running, False
        self._round += 1
        self._waiting.clear()
        self._look.stop()
        self._soon.stop()
        self._arrived = []
        if self._process is not None:
            self._process.close()
            self._process = None
        if self._number is not None:
            number, self._number = self._number, None
            self._session.long_work.finish(number)
        if was_running:
            self.ended.emit(self.tr("Stopped: these are the places found until then."))

    def _ask(self, query: Callable[[Project], T], then: Callable[[T], None]) -> None:
        """Run a query; whatever is said against the search ends it."""
        round_ = self._round

        def _take(answer: T) -> None:
            if round_ == self._round:
                then(answer)

        def _failed(error: Exception) -> None:
            if round_ != self._round:
                return
            is_known = isinstance(error, UserError)
            self._end(translated(error) if is_known else self.tr("The search broke off; not all is found."))
            if not is_known:
                self._session.tell(error)

        self._session.ask(query, _take, _failed)

    def _on_batches(self, batches: Sequence[tuple[Id, ...]]) -> None:
        self._waiting.extend(batches)
        self._articles = sum(map(len, batches))
        if self._wanted.manner == "pattern" and batches:
            self._start_process()
        else:
            self._next()

    def _next(self) -> None:
        if not self._waiting:
            self._end("")
            return
        batch, wanted, limit = self._waiting.popleft(), self._wanted, self.most - self._found
        self._looked += len(batch)
        if wanted.manner == "pattern":
            self._ask(lambda project: self._send(project, batch, limit), self._on_sent)
        else:
            self._ask(lambda project: project.finder.look(wanted, batch, limit), self._on_found)

    def _on_found(self, found: Sequence[Found]) -> None:
        # The batches keep to a limit each text by itself.
        self._found += sum(len(one.hits) for one in found)
        self._arrived += found
        if found and self._found == sum(len(one.hits) for one in self._arrived):
            self._hand_on()
        elif not self._soon.isActive():
            self._soon.start()
        if self._found >= self.most:
            self._end(
                self.tr("These are the first {0:,} places: look for something rarer.").format(self._found)
            )
        else:
            self._next()

    def _hand_on(self) -> None:
        """Tell what has arrived, and how far the search is."""
        self._show()
        arrived, self._arrived = self._arrived, []
        if arrived:
            self.arrived.emit(arrived)

    def _end(self, sentence: str) -> None:
        self._hand_on()
        self.is_running = False
        self.stop()
        self.ended.emit(sentence)

    def _show(self) -> None:
        if self._quiet:
            return
        state = JobState(self.tr("Searching"), self._looked, self._articles)
        self._number = self._session.long_work.show(state, self._number, cancel=self.stop)

    # --- patterns ------------------------------------------------------------------------------

    def _start_process(self) -> None:
        from annotator.services.pattern_process import PatternProcess  # noqa: PLC0415 - late: loads services

        process = self._process = PatternProcess()
        self._texts = ()
        self._ask(lambda _: process.start(), self._on_sent)

    def _send(self, project: Project, batch: Sequence[Id], limit: int) -> Sequence[Text]:
        """Hand a batch to the process, on the store's thread; it is idle, so that it takes it at once."""
        process, texts = self._process, project.finder.texts(batch)
        if process is not None:
            process.send(self._wanted, [one.text for one in texts], limit)
        return texts

    def _on_sent(self, texts: Sequence[Text] | None) -> None:
        self._texts = texts or ()
        self._look.start()

    def _on_look(self) -> None:
        process, texts = self._process, self._texts
        if process is not None and process.is_ready():
            self._look.stop()
            self._ask(lambda project: project.finder.found(texts, process.receive()), self._on_found)
