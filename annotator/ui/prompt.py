"""The second key of a two-step key: shows what may be pressed, and hears it before anybody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.model.records import Fragment

Answer = tuple[str, Callable[[], None]]
"""What a key means (nothing: not worth saying), and what it does."""
Answers = Mapping[str, Answer]
NEXT, BACK, TAKE, LEAVE, DROP = "\t", "\v", "\r", "\x1b", "\x7f"
"""Tab, Shift+Tab, Enter, Escape and Delete, as keys of answers; Space is a space."""
_NAMES = {NEXT: "Tab", BACK: "Shift+Tab", TAKE: "Enter", LEAVE: "Esc", DROP: "Delete", " ": "Space"}
_SPECIAL = {
    Qt.Key.Key_Tab: NEXT,
    Qt.Key.Key_Backtab: BACK,
    Qt.Key.Key_Return: TAKE,
    Qt.Key.Key_Enter: TAKE,
    Qt.Key.Key_Escape: LEAVE,
    Qt.Key.Key_Delete: DROP,
}
_PRESSES = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_SHIFT = Qt.KeyboardModifier.ShiftModifier
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
        self._passes = False
        self.about: Fragment | None = None
        """The words that are asked about, where they are not those at the caret."""
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

    def ask(
        self, question: str, answers: Answers, *, passes: bool = False, about: Fragment | None = None
    ) -> None:
        """Wait for one of these keys (one character each) and call what belongs to it.

        Answers that say nothing stand elsewhere: they are heard, and not listed. Where it `passes`, any other
        key ends the waiting and then means what it always does.
        """
        self.stop()
        self._answers, self._passes, self.about = answers, passes, about
        self.offered.emit(self.said)
        listed = "   ".join(f"{name_of(key)} {text}" for key, text in self.said)
        leave = "" if LEAVE in answers else name_of(LEAVE)
        self.shown.emit("   ".join(one for one in (question, listed, leave) if one))
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
        if isinstance(event, QKeyEvent) and event.type() in _PRESSES:
            key = _SPECIAL.get(Qt.Key(event.key()), event.text().lower() or "?")
            if event.key() in _BARE:
                event.accept()
                return True
            is_other = bool(event.modifiers() & (_COMMANDS | _SHIFT if key.isalpha() else _COMMANDS))
            if self._passes and (is_other or key not in (*self._answers, LEAVE)):
                self.stop()
                return super().eventFilter(watched, event)
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
            elif key == LEAVE and key not in self._answers:
                self.stop()
            else:
                self.press(key)
            return True
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.MouseButtonPress):
            self.stop()
        return super().eventFilter(watched, event)


def name_of(key: str) -> str:
    """Return the key of an answer as a person reads it."""
    return _NAMES.get(key, key)
