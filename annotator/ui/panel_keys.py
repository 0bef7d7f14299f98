"""Going from the text into the panels beside it and on from one to the next, by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

ORDER = ("inspector", "checks", "history", "list", "find")
"""The panels as they are gone through, from the text on."""


def go(window: MainWindow, step: int) -> None:
    """Give the keys to the next of what is in sight, or to the one before; text and panels make a round."""
    panels = window.panels
    shown = [name for name in ORDER if panels.is_in_sight(name)] or [ORDER[0]]
    focus = QApplication.focusWidget()
    inside = (at for at, name in enumerate(shown, 1) if focus and panels.docks[name].isAncestorOf(focus))
    to = (next(inside, 0) + step) % (len(shown) + 1)
    if to == 0:
        window.view.setFocus()
        return
    panels.show(shown[to - 1])
    if shown[to - 1] == "inspector":
        window.inspector.enter()
    else:
        _first(window, shown[to - 1]).setFocus()


def _first(window: MainWindow, name: str) -> QWidget:
    """Return what is worked with most in a panel."""
    panels: dict[str, QWidget] = {
        "checks": window.checks.questions.list,
        "history": window.history.list,
        "list": window.articles.view,
        "find": window.find_all.edit,
    }
    return panels[name]
