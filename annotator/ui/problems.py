"""The only way to tell a person something in a dialog, or to ask; replaceable in tests."""

from __future__ import annotations

import platform
import traceback
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from annotator import __version__
from annotator.model.errors import UserError
from annotator.ui.saying import translated


def tell(parent: QWidget | None, text: str) -> None:
    """Tell a person one thing, as plain text."""
    telling(parent, text).exec()


def telling(parent: QWidget | None, text: str) -> QMessageBox:
    """Return the dialog that tells it; its answer is a word without a picture, as everywhere."""
    box = _box(parent, text)
    box.addButton(QMessageBox.StandardButton.Ok).setIcon(QIcon())
    return box


def ask(parent: QWidget | None, question: str, answers: Sequence[str], *, is_consent: bool = False) -> int:
    """Ask a person; return the number of the answer, that of the last one when the question is closed.

    Enter gives the first answer; of a consent the last, so that no key that is held gives it.
    """
    box = _box(parent, question)
    box.setIcon(QMessageBox.Icon.Question)
    buttons = [QPushButton(answer) for answer in answers]
    for at, button in enumerate(buttons):
        role = QMessageBox.ButtonRole.AcceptRole if at == 0 else QMessageBox.ButtonRole.RejectRole
        box.addButton(button, role)
    box.setDefaultButton(buttons[-1 if is_consent else 0])
    box.setEscapeButton(buttons[-1])
    box.exec()
    clicked = box.clickedButton()
    return next((at for at, button in enumerate(buttons) if button is clicked), len(buttons) - 1)


def show(parent: QWidget | None, error: Exception) -> None:
    """Say what went wrong: a sentence where there is one for it, else as a mistake of the program."""
    if isinstance(error, UserError):
        tell(parent, translated(error))
    else:
        report(parent, error)


def report(parent: QWidget | None, error: BaseException) -> None:
    """Say that the program made a mistake, and offer a report that can be copied."""
    sentence = QCoreApplication.translate(
        "problems", "The program made a mistake. What was saved before is safe; the last step was not done."
    )
    answers = [
        QCoreApplication.translate("problems", "Copy the report"),
        QCoreApplication.translate("problems", "Go on"),
    ]
    text = report_text(error)
    if ask(parent, f"{sentence}\n\n{type(error).__name__}: {error}", answers) == 0:
        QGuiApplication.clipboard().setText(text)


def report_text(error: BaseException) -> str:
    """Return what a developer needs to know of a mistake, without any text of an article."""
    lines = traceback.format_exception(error)
    where = f"annotator {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return f"{where}\n\n{''.join(lines)}"


def _box(parent: QWidget | None, text: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("annotator")
    box.setText(text)
    return box
