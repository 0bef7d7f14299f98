"""Measures the longest gaps of the window's event loop while it opens, suggests, walks and labels.

QT_QPA_PLATFORM=offscreen python -m benchmarks.gaps FOLDER_OF_TEXTS
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from annotator.app.__main__ import main as annotator
from annotator.app.collector import Collector
from annotator.app.window import application
from annotator.ui.main_window import MainWindow
from annotator.ui.session import Session
from annotator.ui.settings import Settings

GOAL = 50.0


class Clock:
    """Ticks every five milliseconds and keeps, per phase, how late each tick was."""

    def __init__(self) -> None:
        self.gaps: dict[str, list[float]] = {}
        self.phase = "start"
        self._last = time.perf_counter()
        self._timer = QTimer(interval=5)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def _on_timeout(self) -> None:
        now = time.perf_counter()
        self.gaps.setdefault(self.phase, []).append((now - self._last) * 1000)
        self._last = now


def wait(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        application().processEvents()
        time.sleep(0.0005)


def play(window: MainWindow, project: Path, clock: Clock) -> None:
    session, view = window.session, window.view
    clock.phase = "open"
    session.open_project(project)
    wait(3)
    clock.phase = "suggest"
    wait(12)
    clock.phase = "next"
    for _ in range(12):
        session.next_article()
        wait(0.5)
    clock.phase = "label"
    for _ in range(20):
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Tab, Qt.Key.Key_Return):
            QTest.keyClick(view, key)
            wait(0.1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", type=Path)
    texts = parser.parse_args().texts
    folder = Path(tempfile.mkdtemp(prefix="annotator-gaps-"))
    project = folder / "gaps.annot"
    annotator(["new", str(project), "--annotator", "A"])
    annotator(["import", str(project), str(texts)])
    application()
    window = MainWindow(Session(), Settings(folder / "settings.ini"))
    window.resize(1280, 800)
    window.show()
    collector = Collector(window)
    wait(1)
    clock = Clock()
    play(window, project, clock)
    for phase, gaps in clock.gaps.items():
        gaps.sort()
        verdict = "reached" if gaps[-1] <= GOAL else "MISSED"
        print(f"{phase:10} p99 {gaps[int(len(gaps) * 0.99)]:7.1f} ms  longest {gaps[-1]:7.1f} ms  {verdict}")
    collector.close()
    window.session.stop()
    os._exit(0)  # what Qt still holds need not be taken down in order


if __name__ == "__main__":
    main()
