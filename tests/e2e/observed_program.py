"""Runs the real program with real arguments and answers questions about it; for the stories, not for people.

Each line on standard input is a Python expression about `window` and `session`; its value goes back as a
line of JSON.  The program itself knows nothing of this: keys and clicks come from the screen.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QMenuBar, QWidget

from annotator.app import __main__ as program
from annotator.app import window as app_window
from annotator.model.ids import Id, id_text
from annotator.model.records import Fragment, Span
from annotator.ui.main_window import MainWindow
from annotator.ui.panels.card_list import CardList
from annotator.ui.session import Session


class Ear(QObject):
    """Hears questions on a thread, answers them on the window's."""

    asked = Signal(str)

    def __init__(self, names: dict[str, Any]) -> None:
        super().__init__()
        self._names = names
        self.asked.connect(self._answer)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self.asked.emit(line)

    def _answer(self, line: str) -> None:
        try:
            value = eval(line, self._names)
        except Exception as error:  # noqa: BLE001 (the story is told what went wrong)
            value = {"error": f"{type(error).__name__}: {error}"}
        print("answer " + json.dumps(value, default=str), flush=True)


def place(widget: QWidget) -> list[int]:
    """Return the middle of a widget, in pixels of the screen."""
    middle = widget.mapToGlobal(widget.rect().center())
    return [middle.x(), middle.y()]


def button(parent: QWidget, words: str) -> list[int]:
    """Return the middle of a button that can be clicked, found by the start of what it says."""
    for one in parent.findChildren(QAbstractButton):
        said = (one.accessibleName(), one.text(), one.toolTip())
        if (
            one.isVisible()
            and one.isEnabled()
            and any(text.replace("&", "").startswith(words) for text in said)
        ):
            return place(one)
    raise LookupError(words)


def entry(menu: QMenu | QMenuBar, words: str) -> list[int]:
    """Return the middle of an entry of an open menu, or of the menu bar."""
    for one in menu.actions():
        if one.text().replace("&", "").startswith(words):
            return on_screen(menu, menu.actionGeometry(one).center())
    raise LookupError(words)


def card(window: MainWindow, words: str) -> list[int]:
    """Return the middle of the card of a frame, found by what it says."""
    for cards in window.inspector.findChildren(CardList):
        for row, one in enumerate(cards.cards):
            if cards.isVisible() and words in one.spoken:
                return on_screen(cards.viewport(), cards.visualRect(cards.model().index(row, 0)).center())
    raise LookupError(words)


def stretch(window: MainWindow, words: str) -> list[list[int]]:
    """Return where words of the article begin and end on the screen, in the middle of their lines."""
    content = window.session.content
    assert content is not None
    start = content.article.text.index(words)
    rects = window.view.page.rects(Fragment(start, start + len(words)))
    first, last = rects[0].toRect(), rects[-1].toRect()
    ends = (QPoint(first.left() + 2, first.center().y()), QPoint(last.right() - 2, last.center().y()))
    return [on_screen(window.view.viewport(), end) for end in ends]


def on_screen(widget: QWidget, point: QPoint) -> list[int]:
    """Return a point of a widget, in pixels of the screen."""
    found = widget.mapToGlobal(point)
    return [found.x(), found.y()]


def shown_spans(session: Session) -> list[dict[str, Any]]:
    """Return the spans of the open article, as plain values."""
    content = session.content
    if content is None:
        return []
    return [
        {
            "id": id_text(one.id),
            "label": one.label,
            "text": [content.article.text[start:end] for start, end in one.fragments],
        }
        for one in content.spans
    ]


class Observed(MainWindow):
    """The real window, with an ear; none of its own methods takes the place of one of the window's."""

    def __init__(self, session: Session, *args: Any, **named: Any) -> None:
        super().__init__(session, *args, **named)
        self._fresh: list[Id] = []
        session.changed.connect(self._note_changed)
        session.saved.connect(self._note_saved)
        self.ear = Ear(
            {
                "window": self, "session": session, "place": place, "on_screen": on_screen, "Path": Path,
                "app": QApplication.instance(), "spans": lambda: shown_spans(session),
                "id_text": id_text, "button": button, "entry": entry,
                "card": lambda words: card(self, words), "stretch": lambda words: stretch(self, words),
            }
        )  # fmt: skip

    def _note_changed(self, changes: Any) -> None:
        self._fresh = [change.record.id for change in changes.of(Span) if change.before is None]

    def _note_saved(self, _: float) -> None:
        for one in self._fresh:
            print(f"saved {id_text(one)}", flush=True)
        self._fresh = []


if __name__ == "__main__":
    app_window.MainWindow = Observed  # type: ignore[misc]
    sys.exit(program.main(sys.argv[1:]))
