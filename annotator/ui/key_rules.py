"""Which keys can be set, and which actions would fight over one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from annotator.ui.action_set import ActionSet
from annotator.ui.actions import Row, Scope

_ALONE = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_unknown,
)
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def key_of(event: QKeyEvent) -> str:
    """Return a pressed key as the settings hold it, empty for Shift, Ctrl and their like alone."""
    if Qt.Key(event.key()) in _ALONE:
        return ""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key.Key_Tab if event.key() == Qt.Key.Key_Backtab else Qt.Key(event.key())
    text = event.text()
    # Shift only tells something where the sign could be typed without it too.
    if text and text.isprintable() and not text.isalnum() and not text.isspace():
        modifiers &= ~_SHIFT
    return QKeySequence(int(modifiers.value) | int(key)).toString(QKeySequence.SequenceFormat.PortableText)


def shown_key(key: str) -> str:
    """Return a key as it is written on this system."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def rivals(actions: ActionSet, row: Row, key: str) -> list[Row]:
    """Return the other actions that a key would mean in a place where this action is heard too."""
    wanted = QKeySequence(key)
    return [
        other
        for other in actions.rows.values()
        if other.id != row.id and meet(row.scope, other.scope) and wanted in actions[other.id].shortcuts()
    ]


def meet(one: Scope, other: Scope) -> bool:
    """Tell whether there is a place where the keys of both are heard."""
    return one == other or "window" in (one, other)


def place_words(scope: Scope) -> str:
    """Return where a key is heard, in words."""
    words = {"window": "everywhere", "article": "in the text", "list": "in the list of articles"}
    return QCoreApplication.translate("keys", words[scope])
