"""Text on widgets: always plain, so that nothing in an article can pass for markup."""

from __future__ import annotations

import html

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QLabel, QWidget

_LONGEST = 60
"""Characters of a text on a button or in a menu."""


def plain_label(text: str = "", parent: QWidget | None = None, *, wraps: bool = False) -> QLabel:
    """Return a label that shows its text as it is."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    label.setText(text)
    return label


def tip_words(text: str) -> str:
    """Return a text as a tool tip that shows it as it is: escaped where Qt would take it for markup."""
    return html.escape(text) if Qt.mightBeRichText(text) else text


def button_words(text: str) -> str:
    """Return a text as a button or a menu shows it: on one line, not too long, no letter underlined."""
    return " ".join(text.split())[:_LONGEST].replace("&", "&&")
