"""The suggested attribution that the stance key accepts: for good with an answer, else it waits as before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.records import SuggestedFrame
from annotator.ui.prompt import Prompt
from annotator.ui.session import Session

_TAKEN = "taken for a stance"
"""What keys wait for: that a suggested attribution is accepted, and the question is asked."""


class StanceTaking(QObject):
    """Accepts an attribution for a question, and takes that back where the question ends unanswered."""

    def __init__(self, session: Session, prompt: Prompt, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._prompt = prompt
        self.is_taken = False
        """Whether the last thing done was to accept an attribution for the question."""
        self.is_listing = False
        """Whether a list stands before the question, which comes again behind it."""
        session.changed.connect(self._on_changed)
        prompt.ended.connect(lambda: QTimer.singleShot(0, self, self._on_ended))

    def take(self, wanted: Id, ask: Callable[[Id], None]) -> None:
        """Accept a suggested attribution, then ask about what it became."""

        def _then(changes: Changes) -> None:
            # A new frame, or an own one that had nothing but the claim yet.
            taken = (one.after for one in changes.of(SuggestedFrame))
            found = (one for one in taken if isinstance(one, SuggestedFrame) and one.id == wanted)
            became = next((one.became for one in found), None)
            if became is not None:
                self.is_taken = True
                ask(became)
            self._session.held.emit(_TAKEN, False)

        # The next key is the answer to the question, which is not asked yet.
        self._session.held.emit(_TAKEN, True)
        self._session.do(lambda project: project.accept([wanted]), _then)

    def keep(self) -> None:
        """Let what was accepted be so for good: the question is answered, or another one is asked."""
        self.is_taken = False

    def _on_changed(self, _: Changes) -> None:
        self.is_taken = False

    def _on_ended(self) -> None:
        is_left = not self._prompt.is_waiting and not self.is_listing
        if self.is_taken and is_left and not self._session.is_saving:
            self._session.undo()
