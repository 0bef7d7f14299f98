"""Waits for what a long job brings, and lets go when the work ends without it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from annotator.ui.session import Session


class ResultOf(QObject):
    """Hears the next result of one kind of job; one that was cancelled or failed brings none."""

    arrived = Signal(object)
    """What the signal carried, as a tuple."""

    def __init__(self, session: Session, signal: SignalInstance) -> None:
        super().__init__(session)
        self._session = session
        self._has_begun = False
        self._is_over = False
        signal.connect(self._on_arrived)
        session.progress.connect(self._on_progress)

    def _on_arrived(self, *found: object) -> None:
        if not self._is_over:
            self._end()
            self.arrived.emit(found)

    def _on_progress(self, state: object) -> None:
        if state is not None:
            self._has_begun = True
        elif self._has_begun:
            # Between reading and writing nothing is under way for a moment.
            QTimer.singleShot(0, self, self._let_go_when_idle)

    def _let_go_when_idle(self) -> None:
        if not self._session.long_work.is_busy:
            self._end()

    def _end(self) -> None:
        self._is_over = True
        self.deleteLater()
