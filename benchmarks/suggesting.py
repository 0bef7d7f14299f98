"""Measures how soon suggestions are on the screen, and the gaps of the event loop while they are made.

    QT_QPA_PLATFORM=offscreen python -m benchmarks.suggesting FOLDER_OF_TEXTS [--opened 12] [--why] [--json]

Cold: a project is opened right after the window was made; the clock runs from the first article on the
screen to its first suggestions on the screen, and to those of its last suggester.  Warm: another article
that nobody looked at is opened while nothing else is under way.  All: the whole project is suggested for at
once, while somebody walks through an article; the longest gap of the event loop is taken.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest

from annotator.app.collector import Collector
from annotator.app.window import application
from annotator.ui.main_window import MainWindow
from annotator.ui.session import Session
from annotator.ui.settings import Settings
from benchmarks.gap_clock import Clock, wait
from benchmarks.gap_clock import Watch as Watcher
from benchmarks.gaps import make_projects

GOALS = {"cold": 2000.0, "warm": 100.0, "gap": 50.0}
_LONGEST = 60.0


class Watch(QObject):
    """Notes when an article was shown, and when its first and last suggestions were painted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.opened = self.first = self.last = 0.0
        self.article: bytes | None = None
        self._suggesters: set[str] = set()
        window.session.content_changed.connect(self._on_content)

    def _on_content(self, content: object) -> None:
        if content is None:
            return
        now, article = time.perf_counter(), content.article.id  # type: ignore[attr-defined]
        if article != self.article:
            self.article, self.opened, self.first, self.last = article, now, 0.0, 0.0
            self._suggesters = set()
        found = {
            one.suggester
            for one in (*content.suggested_spans, *content.suggested_frames)  # type: ignore[attr-defined]
        }
        if found - self._suggesters:
            self._suggesters |= found
            QTimer.singleShot(0, self, self._on_painted)  # after the painting that is asked for now

    def _on_painted(self) -> None:
        self.last = time.perf_counter()
        self.first = self.first or self.last

    def until(self, is_so: Callable[[], bool]) -> None:
        """Let the window work until something holds; raises TimeoutError when it never does."""
        end = time.monotonic() + _LONGEST
        while not is_so():
            if time.monotonic() > end:
                raise TimeoutError("no suggestions came")
            wait(0.005)

    @property
    def is_complete(self) -> bool:
        """Tell whether both suggesters have answered for the article in view."""
        return len(self._suggesters) > 1


def measure(folder: Path, opened: int, why: bool) -> dict[str, float]:
    """Play all of it in one window and return milliseconds."""
    window = MainWindow(Session(), Settings(folder / "settings.ini"))
    window.resize(1280, 800)
    window.show()
    collector = Collector(window, lambda: window.session.proposer.is_awaited)
    window.session.project_changed.connect(collector.settle)
    watch, session = Watch(window), window.session
    session.open_project(folder / "gaps.annot")
    watch.until(lambda: watch.is_complete)
    found = {
        "cold, first": (watch.first - watch.opened) * 1000,
        "cold, all": (watch.last - watch.opened) * 1000,
    }
    seen = session.proposer.looked_at | {session.order[0]}
    session.proposer.cancel()
    wait(1.0)
    warm: list[tuple[float, float]] = []
    fresh = [one for one in session.order if one not in seen][: opened + 1]
    for article in fresh:
        session.open_article(article)
        watch.until(lambda article=article: watch.article == article and watch.first > 0)  # type: ignore[misc]
        wait(1.0)  # the other suggester may have nothing to say
        warm.append(((watch.first - watch.opened) * 1000, (watch.last - watch.opened) * 1000))
    del warm[0]  # what was under way has been stopped, and the process with it: this one started another
    for name, times in zip(("warm, first", "warm, all"), zip(*warm, strict=True), strict=True):
        found[name] = statistics.median(times)
        found[f"{name}, longest"] = max(times)
    return found | suggest_all(window, why)


def suggest_all(window: MainWindow, why: bool) -> dict[str, float]:
    """Suggest for all articles while somebody walks through one, and return the longest gap."""
    clock = Clock()
    watch = Watcher(clock) if why else None
    clock.begin("all")
    began = time.perf_counter()
    window.session.suggest()
    wait(0.2)
    while window.session.long_work.is_busy or window.session.is_saving:
        QTest.keyClick(window.view, Qt.Key.Key_Tab)
        wait(0.1)
    took = time.perf_counter() - began
    wait(0.5)
    clock.begin("end")
    gaps = clock.gaps["all"]
    if watch is not None:
        watch.stop()
        watch.print()
    return {
        "all articles": took * 1000,
        "all, longest gap": max(one.wall for one in gaps),
        "all, longest gap of our own": max(one.ours for one in gaps),
        "all, most own work in a gap": max(one.own for one in gaps),
    }


def main() -> None:
    """Make the project, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("--opened", type=int, default=12, help="articles opened while all is warm")
    parser.add_argument("--why", action="store_true", help="name what was under way in long gaps")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="annotator-suggesting-"))
    make_projects(folder, given.texts, 0)
    application()
    found = measure(folder, given.opened, given.why)
    if given.json:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            goal = GOALS["gap"] if "gap" in name else GOALS.get(name.partition(",")[0], 0.0)
            verdict = ("reached" if value <= goal else "MISSED") if goal else ""
            print(f"{name:30}{value:9.1f} ms  {f'{goal:6.0f}  {verdict}' if verdict else ''}")
    sys.stdout.flush()
    os._exit(0)  # what Qt still holds need not be taken down in order


if __name__ == "__main__":
    main()
