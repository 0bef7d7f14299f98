"""Suggesting for all articles: read, proposed in a process of its own, written in one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.model.changes import Changes
from annotator.model.job import Job
from annotator.model.records import Setting
from annotator.ui.keeper import Keeper
from annotator.ui.long_work import LongWork
from annotator.ui.saying import several, translated
from annotator.ui.suggest_tasks import Asked, asked_of_all, holds
from annotator.ui.worker import Running

if TYPE_CHECKING:
    from annotator.services.suggesters import SuggestionRound
    from annotator.services.suggesting import Failure
    from annotator.ui.session import Session


@dataclass(eq=False, slots=True)
class _Round:
    """Looking at all articles once."""

    is_wanted: bool
    """Whether a person asked for it: else nothing is said where nobody suggests any more."""
    running: Running | None = None
    asked: Asked | None = None

    @property
    def is_stopped(self) -> bool:
        return self.running is not None and self.running.is_cancelled


class SuggestAll(QObject):
    """Looks at all articles; begins again when what suggests, or its cues, become others meanwhile."""

    def __init__(
        self,
        session: Session,
        keeper: Keeper,
        long_work: LongWork,
        say_failures: Callable[[Sequence[Failure]], None],
    ) -> None:
        super().__init__(session)
        self._session, self._keeper, self._long_work = session, keeper, long_work
        self._say_failures = say_failures
        self._round: _Round | None = None
        """The one under way."""
        session.changed.connect(self._on_changed)
        session.travelled.connect(self._on_travelled)
        session.project_changed.connect(self._forget)

    def begin(self, *, is_wanted: bool = True) -> None:
        """Look at all articles; a round under way gives way to this one."""
        self._forget()
        round_ = self._round = _Round(is_wanted)
        round_.running = self._long_work.run(
            self.tr("Reading"),
            lambda: asked_of_all(self._keeper.project()),
            lambda asked: self._propose(round_, asked),
            where="store",
            failed=lambda error: self._fail(round_, error),
        )

    def look_again(self) -> None:
        """Begin again when that is under way and others suggest by now: more may have been learned."""
        round_ = self._round
        if round_ is not None and round_.asked is not None:
            self._if_held(round_, round_.asked, lambda: None)

    def _if_held(self, round_: _Round, asked: Asked, then: Callable[[], None]) -> None:
        """Go on where the project would still ask in that way, else begin again."""

        def _go_on(is_held: bool) -> None:
            if self._round is round_:
                then() if is_held else self._renew()

        self._session.ask(lambda project: holds(project, asked), _go_on)

    def _renew(self) -> None:
        if self._is_under_way:
            text = self.tr("What suggests was changed: all articles are looked at from the beginning.")
            self._session.warned.emit(text)
            self.begin(is_wanted=False)

    def _propose(self, round_: _Round, asked: Asked) -> None:
        if self._round is round_ and not asked.who and not round_.is_wanted:
            self._end(round_)
        elif self._round is round_:
            round_.asked = asked
            round_.running = self._long_work.run(
                self.tr("Suggesting"),
                lambda: _proposed(asked),
                lambda found: self._if_held(round_, asked, lambda: self._write(round_, asked, found)),
                failed=lambda error: self._fail(round_, error),
            )

    def _write(self, round_: _Round, asked: Asked, found: SuggestionRound) -> None:
        """Write what was found, unless it was asked for in another way than it would be by now."""
        self._say_failures(found.failures)
        looked = several("Suggested anew for {n} article(s).", found.summary.articles)
        looked = " ".join([*map(translated, found.notices), looked])
        self._long_work.write(
            self.tr("Suggesting"),
            lambda project: (
                project.write_suggestions(*found.plans, undoable=True) if holds(project, asked) else None
            ),
            lambda _: self._session.warned.emit(looked) if not found.failures else None,
        )
        self._session.ask(lambda _: None, lambda _: self._end(round_))

    def _on_changed(self, changes: Changes) -> None:
        if _is_asked_otherwise(changes):
            self._renew()

    @property
    def _is_under_way(self) -> bool:
        return self._round is not None and not self._round.is_stopped

    def _on_travelled(self, changes: Changes) -> None:
        """Look at all articles when a redo changed what suggests, unless another would bring it back.

        After an undo there is always something to do again.
        """
        if not self._is_under_way and _is_asked_otherwise(changes):
            self._session.ask(lambda project: project.redo_name(), self._on_redone)

    def _on_redone(self, left: str | None) -> None:
        if left is None and not self._is_under_way:
            self.begin(is_wanted=False)

    def _forget(self) -> None:
        if self._round is not None and self._round.running is not None:
            self._round.running.cancel()
        self._round = None

    def _fail(self, round_: _Round, error: Exception) -> None:
        self._end(round_)
        self._session.tell(error)

    def _end(self, round_: _Round) -> None:
        if self._round is round_:
            self._round = None


def _is_asked_otherwise(changes: Changes) -> bool:
    """Tell whether other suggesters, or the same with other cues, are to be asked."""
    settings = {change.record.name for change in changes.of(Setting) if isinstance(change.record, Setting)}
    if not settings:
        return False
    from annotator.services.suggesters import ASKED_OF  # noqa: PLC0415 - late: loaded by who suggests

    return not settings.isdisjoint(ASKED_OF)


def _proposed(asked: Asked) -> Job[SuggestionRound]:
    """Run all suggesters in a process of their own: the kept one goes on serving the article in view."""
    from annotator.services.suggesters import plan_round  # noqa: PLC0415 - late: loads the store

    return plan_round(asked.inputs, asked.who, asked.scheme)
