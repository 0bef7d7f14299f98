"""Asks before a project is left while something in it is not saved, or work for a person is under way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from annotator.ui import problems
from annotator.ui.session import Session


class Leaving(QObject):
    """Tells whether the open project may be left now."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._again: Callable[[], object] | None = None
        session.saving.connect(lambda _: self._look())
        session.progress.connect(lambda _: self._look())
        session.long_work.failed.connect(self._stay)

    def is_ready(self, again: Callable[[], object]) -> bool:
        """Tell whether all is saved and done, or given up; else `again` is called once it has ended."""
        session = self._session
        session.leaving.emit()
        self._again = None
        if session.long_work.missed and not self._may_stop(again):
            return False
        if session.unsaved and not session.is_saving and not self._is_given_up():
            return False
        if session.is_saving:
            self._again = again
        return not session.is_saving

    def _may_stop(self, again: Callable[[], object]) -> bool:
        """Ask what becomes of an import, an export or a copy under way; tell if one may leave now."""
        name = self._session.long_work.missed
        text = self.tr(
            "{0} is not finished. Leave when it is, or stop it now? Stopped, nothing of it is kept."
        )
        answers = [self.tr("Leave when it is finished"), self.tr("Stop it and leave"), self.tr("Stay")]
        answer = problems.ask(self._window, text.format(name), answers)
        if answer == 1:
            self._session.cancel()
        if answer == 0 and self._session.long_work.missed:
            self._again = again
            self._session.warned.emit(self.tr("{0} goes on; then this is closed.").format(name))
        return answer == 1 or (answer == 0 and not self._session.long_work.missed)

    def _is_given_up(self) -> bool:
        """Ask what to do with what is not saved; after another try it is being saved."""
        count = len(self._session.unsaved)
        text = self.tr("Changes that are not saved yet: {0}. Try again before closing?").format(count)
        answers = [self.tr("Try again"), self.tr("Close without them"), self.tr("Stay")]
        answer = problems.ask(self._window, text, answers)
        if answer == 0:
            self._session.retry()
        return answer in (0, 1)

    def _look(self) -> None:
        """Leave when nothing is on its way any more; what was asked for last may just be beginning."""
        session = self._session
        if self._again is not None and not session.is_saving and not session.long_work.missed:
            QTimer.singleShot(0, self, self._leave)

    def _leave(self) -> None:
        session = self._session
        if self._again is not None and not session.is_saving and not session.long_work.missed:
            again, self._again = self._again, None
            again()

    def _stay(self) -> None:
        """Do not leave after work that failed: the person may want to try again."""
        self._again = None
