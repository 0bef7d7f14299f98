"""Says in the window's language what was said below the window, and how many there are of something."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from annotator.model.operation_names import said_again
from annotator.model.said import Said, filled, reason_said, say

_CONTEXT = "said"
_NO_COUNT = -1


def translated(text: object) -> str:
    """Return what was said, or what an error says, in the language of the window."""
    said = str(text)
    if not isinstance(said, Said):
        # The sentence of an error without values in it is its own pattern; other texts stay as they are.
        return QCoreApplication.translate(_CONTEXT, said) if isinstance(text, Exception) else said
    number = _NO_COUNT if said.number is None else said.number
    pattern = QCoreApplication.translate(_CONTEXT, said.pattern, "", number)
    return filled(pattern, said.number, {name: _value(one) for name, one in said.values.items()})


def _value(value: object) -> object:
    return translated(value) if isinstance(value, Said) else value


def operation_words(name: str) -> str:
    """Return what an operation is called, as the change log keeps it, in the language of the window."""
    return translated(said_again(name))


def because(reason: str) -> str:
    """Return why something is suggested, as the store keeps it, in the language of the window."""
    return translated(reason_said(reason)) if reason else ""


def several(pattern: str, count: int) -> str:
    """Return a count in words: "{n} article(s)" reads "1 article", "2 articles"."""
    return translated(say(pattern, count))


def amounts(articles: int, spans: int, frames: int) -> str:
    """Return how many articles, spans and frames there are, in words."""
    counts = ("{n} article(s)", articles), ("{n} span(s)", spans), ("{n} frame(s)", frames)
    return ", ".join(several(pattern, count) for pattern, count in counts)


def announce(widget: QWidget, message: str) -> None:
    """Let a screen reader, where one listens, say what was done or what is asked."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, message))
