"""Labels in the real window as fast as it goes and says what was shown as saved; never ends by itself."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

import annotator.nlp.attributions.engine
import annotator.nlp.entities
import annotator.nlp.installed
import annotator.nlp.language_model
import annotator.nlp.learning.suggester
import annotator.services.project  # noqa: F401 - what a window reads later, read before it is forked
from annotator.app.window import application
from annotator.model.ids import Id, id_text
from annotator.model.records import Span
from annotator.ui.main_window import MainWindow
from annotator.ui.session import Session
from annotator.ui.settings import Settings

KEYS = (Qt.Key.Key_C, Qt.Key.Key_S, Qt.Key.Key_U)
MOVES = (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left)


class Hand:
    """Presses keys; prints `saved ID` for what was new when the status bar was told of the save."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self._window = window
        self._random = random.Random(seed)
        self._fresh: list[Id] = []
        self._made = 0
        session = window.session
        session.changed.connect(self._on_changed)
        session.saved.connect(self._on_saved)
        self._timer = QTimer(window, interval=self._random.choice((5, 10, 20)))
        self._timer.timeout.connect(self._press)
        self._timer.start()

    def _press(self) -> None:
        session, view = self._window.session, self._window.view
        # Keys that wait would be pressed after what was printed for later ones.
        if session.content is None or session.is_saving or self._window.early_keys.is_holding:
            return
        for _ in range(self._random.randrange(1, 5)):
            QTest.keyClick(view, self._random.choice(MOVES))
        if self._made > 2 and self._random.random() < 0.1:  # never so far back that the import is undone
            self._made -= 2
            # Undo may be on the disk before it can be shown that what it took back is gone.
            print("undoing", flush=True)
            QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        else:
            QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
            QTest.keyClick(view, self._random.choice(KEYS))

    def _on_changed(self, changes: object) -> None:
        self._fresh = []
        for change in changes.of(Span):  # type: ignore[attr-defined]
            if change.before is None:
                self._made += 1
                self._fresh.append(change.record.id)
            elif change.after is None:
                print(f"gone {id_text(change.record.id)}", flush=True)

    def _on_saved(self, _: float) -> None:
        for one in self._fresh:
            print(f"saved {id_text(one)}", flush=True)


def main() -> int:
    """Open the project and label until killed."""
    project, folder, seed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    app = application()
    window = MainWindow(Session(), Settings(folder / "settings.ini"))
    window.show()
    hand = Hand(window, seed)
    window.session.open_project(project)
    code = app.exec()
    del hand
    return code


if __name__ == "__main__":
    sys.exit(main())
