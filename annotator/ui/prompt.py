"""The second key of a two-step key: shows what may be pressed, and hears it before anybody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

Answer = tuple[str, Callable[[], None]]
"""What a key means (nothing: not worth saying), and what it does."""
Answers = Mapping[str, Answer]
NEXT, BACK, TAKE = "\t", "\v", "\r"
"""Tab, Shift+Tab and Enter, as keys of answers; Space is a space."""
_NAMES = {NEXT: "Tab", BACK: "Shift+Tab", TAKE: "Enter", " ": "Space"}
_SPECIAL = {
    Qt.Key.Key_Tab: NEXT,
    Qt.Key.Key_Backtab: BACK,
    Qt.Key.Key_Return: TAKE,
    Qt.Key.Key_Enter: TAKE,
}
_BARE = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class Prompt(QObject):
    """Waits for one key on a widget; Escape or any other key ends the waiting."""

    shown = Signal(str)
    """What the next key does; empty when it does what it always does."""
    missed = Signal(str)
    """A sentence: the key pressed means nothing here."""
    offered = Signal(object)
    """Pairs of a key and what it means, for who answers by mouse."""
    ended = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._answers: Answers = {}
        self._widget = widget
        widget.installEventFilter(self)

    @property
    def is_waiting(self) -> bool:
        """Tell whether the next key is heard here."""
        return bool(self._answers)

    @property
    def answers(self) -> Sequence[str]:
        """The keys that may be pressed."""
        return tuple(self._answers)

    @property
    def said(self) -> Sequence[tuple[str, str]]:
        """The keys that may be pressed and what they mean, those alone whose meaning is listed."""
        return tuple((key, text) for key, (text, _) in self._answers.items() if text)

    def ask(self, question: str, answers: Answers) -> None:
        """Wait for one of these keys (one character each) and call what belongs to it.

        Answers that say nothing stand elsewhere: they are heard, and not listed.
        """
        self.stop()
        self._answers = answers
        self.offered.emit(self.said)
        listed = "   ".join(f"{name_of(key)} {text}" for key, text in self.said)
        self.shown.emit("   ".join(one for one in (question, listed, "Esc") if one))
        self._widget.setFocus()

    def press(self, key: str) -> None:
        """Answer as if the key had been pressed; other ways to answer use it too."""
        answers = self._answers
        self.stop()
        if key in answers:
            answers[key][1]()
        elif key:
            self.missed.emit(self.tr("“{0}” means nothing here.").format(name_of(key)))

    def point(self, hint: str) -> None:
        """Answer a press of the mouse on a letter in the text; one elsewhere ends the waiting.

        What stands on the mark of the proposed one is taken, where Enter would take it.
        """
        if hint in self._answers:
            self.press(hint)
        elif hint and TAKE in self._answers:
            self.press(TAKE)
        elif not hint:
            self.stop()

    def stop(self) -> None:
        """Wait no longer."""
        if self._answers:
            self._answers = {}
            self.shown.emit("")
            self.ended.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the key before shortcuts and the widget do."""
        if not self._answers:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.stop()
            elif event.key() not in _BARE:
                self.press(_SPECIAL.get(Qt.Key(event.key()), event.text().lower() or "?"))
            return True
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.MouseButtonPress):
            self.stop()
        return super().eventFilter(watched, event)


def name_of(key: str) -> str:
    """Return the key of an answer as a person reads it."""
    return _NAMES.get(key, key)
