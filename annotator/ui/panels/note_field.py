"""A note of several lines that saves itself and is never lost."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QPlainTextEdit

PAUSE = 1000
"""Milliseconds without a key after which a note is saved."""


class NoteField(QPlainTextEdit):
    """Saves when it is left, hidden, shown for something else, or after a pause in typing."""

    edited = Signal(object, str)
    """What the note is on, and the new text."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self._about: object = None
        self._saved = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.commit)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * 4 + 12)
        self.textChanged.connect(self._timer.start)

    def show_note(self, about: object, text: str) -> None:
        """Show the note on something; what was typed on something else is saved first."""
        if about != self._about:
            self.commit()
        elif self._dirty() or text == self._saved:
            return
        self._about, self._saved = about, text
        self.blockSignals(True)
        self.setPlainText(text)
        self._typed_over = self.toPlainText()
        self.blockSignals(False)

    def commit(self) -> None:
        """Save what was typed, if anything was."""
        self._timer.stop()
        if self._dirty():
            self._saved = self._typed_over = self.toPlainText()
            self.edited.emit(self._about, self._saved)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save when it is left."""
        super().focusOutEvent(event)
        self.commit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Save when it goes out of sight."""
        super().hideEvent(event)
        self.commit()

    _typed_over = ""
    """The shown note as the field gives it back, which may differ from the stored one unedited."""

    def _dirty(self) -> bool:
        return self._about is not None and self.toPlainText() != self._typed_over
