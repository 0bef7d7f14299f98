"""A button that hears one key: pressed, it waits for the key that is to be set."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton

from annotator.ui.key_rules import key_of
from annotator.ui.panels.words import tr


class KeyField(QPushButton):
    """Waits for one key after it was pressed; Escape ends the waiting, whatever it means elsewhere."""

    pressed_key = Signal(str)
    """The key, as the settings hold it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._usual = text
        self.setAutoDefault(False)
        self.is_waiting = False
        self.clicked.connect(lambda: self._wait(is_waiting=True))
        self._wait(is_waiting=False)

    def event(self, event: QEvent) -> bool:
        """Hear every key while it waits, also those that move the focus or press buttons."""
        if self.is_waiting and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._on_key(event)
                return True
            if event.type() == QEvent.Type.KeyRelease:
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Wait no longer."""
        super().focusOutEvent(event)
        self._wait(is_waiting=False)

    def _on_key(self, event: QKeyEvent) -> None:
        key = key_of(event)
        if not key:
            return
        self._wait(is_waiting=False)
        if key != "Esc":
            self.pressed_key.emit(key)

    def _wait(self, *, is_waiting: bool) -> None:
        self.is_waiting = is_waiting
        self.setText(tr("Press the key (Escape: none)") if is_waiting else self._usual)
