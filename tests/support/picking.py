"""Chooses in a list of choices, as a person does."""

from __future__ import annotations

from typing import Any


def pick(combo: Any, value: str) -> None:
    """Choose a value, and tell who listens."""
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())
