"""The command palette: every action by name, with its keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from annotator.ui.action_set import ActionSet
from annotator.ui.actions import SECTIONS, Row
from annotator.ui.picker import Choice, Picker


def open_palette(window: QWidget, actions: ActionSet) -> Picker:
    """Pop up all actions that can be done now; the chosen one is done."""
    popup = Picker(window, window.tr("Command: type a few letters"), 520)
    popup.offer(choices(actions))
    corner = window.mapToGlobal(QPoint((window.width() - popup.width()) // 2, window.height() // 8))
    popup.open_at(corner)
    return popup


def choices(actions: ActionSet) -> list[Choice]:
    """Return a line for each action that can be done now."""
    return [
        Choice(row.shown, actions[name].trigger, keys_text(actions[name]), also=_also(name, row))
        for name, row in actions.rows.items()
        if actions[name].isEnabled() and name not in {"palette", "keys_here"} and row.scope != "list"
    ]


def _also(name: str, row: Row) -> str:
    """Return by what else an action is found: its menu, and what the program calls it."""
    return f"{SECTIONS.get(row.menu, '')} {name.replace('_', ' ')}"


def keys_text(action: QAction) -> str:
    """Return the keys of an action as they are written on this system; Return goes by the name of Enter."""
    keys = (one.toString(QKeySequence.SequenceFormat.NativeText) for one in action.shortcuts())
    return ", ".join(dict.fromkeys(key.replace("Return", "Enter") for key in keys))
