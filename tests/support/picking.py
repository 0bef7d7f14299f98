"""Chooses in a list of choices, as a person does, and goes from field to field."""

from __future__ import annotations

from typing import Any


def followers(widget: Any) -> list[Any]:
    """Return a widget, and those that Tab comes to from it."""
    found = [widget]
    while (after := found[-1].nextInFocusChain()) is not widget:
        found.append(after)
    return found


def pick(combo: Any, value: str) -> None:
    """Choose a value, and tell who listens."""
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())
