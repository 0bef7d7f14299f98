"""What dialogs have in common: they go away by themselves, and show texts that can be copied."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QDialog, QPlainTextEdit

D = TypeVar("D", bound=QDialog)


def opened(dialog: D) -> D:
    """Show a dialog over its window; it is gone once it is closed."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def text_shown(name: str, *, breaks_words: bool = False) -> QPlainTextEdit:
    """Return a field that shows a text of several lines, which can be copied; Tab leaves it."""
    field = QPlainTextEdit()
    field.setReadOnly(True)
    field.setTabChangesFocus(True)
    field.setAccessibleName(name)
    if breaks_words:
        field.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return field
