"""What dialogs have in common: they go away by themselves, and show texts that can be copied."""

from __future__ import annotations

from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent, QTextOption
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit

D = TypeVar("D", bound=QDialog)


class Answers(QDialogButtonBox):
    """The buttons of a dialog; Tab goes through them as they stand, in whatever order they were added."""

    def showEvent(self, event: QShowEvent) -> None:
        """See how they stand."""
        super().showEvent(event)
        for one, following in pairwise(sorted(self.buttons(), key=lambda button: button.x())):
            self.setTabOrder(one, following)


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
