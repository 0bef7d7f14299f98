"""Asks before a project is left while something in it is not saved."""

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
        session.saving.connect(self._on_saving)

    def is_ready(self, again: Callable[[], object]) -> bool:
        """Tell whether all is saved, or given up; else `again` is called once saving has ended."""
        session = self._session
        session.leaving.emit()
        if session.unsaved and not session.is_saving and not self._is_given_up():
            return False
        if session.is_saving:
            self._again = again
        return not session.is_saving

    def _is_given_up(self) -> bool:
        """Ask what to do with what is not saved; after another try it is being saved."""
        count = len(self._session.unsaved)
        text = self.tr("{0} changes are not saved yet. Try again before closing?").format(count)
        answers = [self.tr("Try again"), self.tr("Close without them"), self.tr("Stay")]
        answer = problems.ask(self._window, text, answers)
        if answer == 0:
            self._session.retry()
        return answer in (0, 1)

    def _on_saving(self, is_saving: bool) -> None:
        if not is_saving and self._again is not None:
            again, self._again = self._again, None
            QTimer.singleShot(0, self, again)
