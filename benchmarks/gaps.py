"""Measures the longest gaps of the window's event loop while a person works in it.

QT_QPA_PLATFORM=offscreen python -m benchmarks.gaps FOLDER_OF_TEXTS [--articles 10000] [--phases a,b] [--why]

Beside the longest gap of a phase stands the longest without the waiting for a core that other programs
had, and the most that the window's thread itself computed between two ticks.  `--why` names what was
under way whenever the loop was late.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtTest import QTest

from annotator.app.collector import Collector
from annotator.app.window import application
from annotator.model.changes import Changes
from annotator.model.records import Fragment
from annotator.model.units import paragraph_bounds
from annotator.services.exporting_choice import ExportChoice
from annotator.services.project import Project
from annotator.ui.main_window import MainWindow
from annotator.ui.session import Session
from annotator.ui.settings import Settings
from benchmarks import corpus
from benchmarks.gap_clock import Clock, Gap, Watch, wait

GOAL = 50.0
_COPIES = 10
"""How often each text comes, a little changed, in the import while labelling."""
_LONGEST = 120.0
"""Seconds that one piece of background work may take."""


class Play:
    """The window and what a person does in it, phase by phase."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self.window, self.folder = window, folder
        self.session, self.view = window.session, window.view

    @property
    def phases(self) -> Mapping[str, Callable[[], None]]:
        """The phases in their order."""
        return {
            "open": self.open,
            "suggest": self.suggest,
            "learn": self.learn,
            "next": self.next_articles,
            "label": self.label,
            "frames": self.make_frames,
            "choose": self.choose,
            "pages": self.pages,
            "click": self.click_articles,
            "search": self.search,
            "import": self.import_more,
            "undo import": self.undo,
            "export": self.export,
            "many: open": self.open_many,
            "many: list": self.use_list,
            "many: label": self.label,
            "many: choose": self.choose,
        }

    def open(self) -> None:
        self.session.open_project(self.folder / "gaps.annot")
        wait(3)

    def suggest(self) -> None:
        self._until_idle()

    def learn(self) -> None:
        """Mark every paragraph of some articles, then learn from that until it is over."""
        self.session.do(_mark_paragraphs)
        self._until_idle()
        self.window.actions_["learn"].trigger()
        self._until_idle()

    def next_articles(self) -> None:
        for _ in range(12):
            self.session.next_article()
            wait(0.5)

    def label(self) -> None:
        for _ in range(20):
            self._key(Qt.Key.Key_Right, Qt.Key.Key_Tab, Qt.Key.Key_Return)
        for _ in range(10):
            self._key(Qt.Key.Key_Tab, Qt.Key.Key_Backspace)
        for _ in range(10):
            self._key(Qt.Key.Key_Down)
            QTest.keyClick(self.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
            self._key(Qt.Key.Key_2)

    def make_frames(self) -> None:
        self.window.walking.accept_all()
        wait(0.5)
        content = self.session.content
        assert content is not None
        article = content.article.id
        for start in range(0, 2000, 100):
            claim, source = [(start + 20, start + 80)], [(start, start + 10)]
            self.session.do(partial(Project.add_attribution, article=article, claim=claim, source=source))
            wait(0.15)

    def choose(self) -> None:
        content = self.session.content
        assert content is not None
        self.window.inspector.show_selected()
        records = [*(one.id for one in content.spans[:30]), *(one.id for one in content.frames[:20])]
        for one in sorted(records, key=lambda one: one[-4:]):
            self.session.choose(one)
            wait(0.1)

    def pages(self) -> None:
        inspector, panels = self.window.inspector, self.window.panels
        for _ in range(4):
            for show in (
                inspector.show_article,
                inspector.show_selected,
                inspector.show_above,
                inspector.show_questions,
            ):
                show()
                wait(0.2)
        for name in ("checks", "history", "find"):
            for _ in range(3):
                panels.toggle(name)
                wait(0.2)
            panels.docks[name].hide()
        inspector.show_article()
        wait(0.2)

    def click_articles(self) -> None:
        table = self.window.articles.view
        for row in range(10):
            index = table.model().index(row, 0)
            table.scrollTo(index)
            wait(0.1)
            QTest.mouseClick(
                table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center()
            )
            wait(0.4)

    def search(self) -> None:
        line = self.window.articles.search
        for words in ("president", "the vote", "campaign"):
            for letter in words:
                QTest.keyClicks(line, letter)
                wait(0.08)
            wait(0.6)
            line.clear()
            wait(0.6)

    def import_more(self) -> None:
        self._work_until(self.session.imported, lambda: self.session.import_paths([self.folder / "more"]))

    def undo(self) -> None:
        """Take back all that was labelled during the import, and then the import."""
        self.session.proposer.cancel()
        self._until_idle()
        count = len(self.session.order)
        while len(self.session.order) == count:
            self.session.undo()
            wait(0.3)
            self._until_idle()

    def export(self) -> None:
        out = self.folder / "out.jsonl"
        self._work_until(
            self.session.exported, lambda: self.session.export_to(out, ExportChoice(suggestions=True))
        )

    def open_many(self) -> None:
        self.session.open_project(self.folder / "many.annot")
        wait(4)

    def use_list(self) -> None:
        articles = self.window.articles
        bar = articles.view.verticalScrollBar()
        for at in range(10):
            bar.setValue(bar.maximum() * (at * 7 % 10) // 10)
            wait(0.2)
        for box in (articles.sort, articles.filter):
            for at in (1, 2, 0):
                box.setCurrentIndex(at)
                wait(0.6)
        self.click_articles()
        self.search()

    def _work_until(self, arrived: SignalInstance, begin: Callable[[], None]) -> None:
        """Walk and label until what was begun in the background is over."""
        over: list[object] = []
        heard = arrived.connect(lambda *found: over.extend(found))
        begin()
        end = time.monotonic() + _LONGEST
        while not over and time.monotonic() < end:
            self._key(Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Right)
        arrived.disconnect(heard)

    def _until_idle(self) -> None:
        wait(0.5)
        end = time.monotonic() + _LONGEST
        while self._is_busy() and time.monotonic() < end:
            wait(0.2)

    def _is_busy(self) -> bool:
        return self.session.long_work.is_busy or self.session.is_saving

    def _key(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.view, key)
            wait(0.1)


def _mark_paragraphs(project: Project) -> Changes | None:
    """Add a claim per paragraph in twenty articles, each from its first blank on."""
    changes = None
    for article in project.article_ids()[:20]:
        text = project.content(article).article.text
        for start, end in paragraph_bounds(text)[:10]:
            blank = text.find(" ", start, end) + 1
            if blank and text[blank:end].strip():
                changes = project.add_span(article, "CLAIM", [Fragment(blank, end)])
    return changes


def annotator(*arguments: str) -> None:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "annotator.app", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def make_projects(folder: Path, texts: Path, articles: int) -> None:
    """Make the project of the texts, and one of many generated articles with labels."""
    project = folder / "gaps.annot"
    annotator("new", str(project), "--annotator", "A")
    annotator("import", str(project), str(texts))
    more = folder / "more"
    more.mkdir()
    for text in texts.glob("*.txt"):
        given = text.read_text(encoding="utf-8", errors="replace")
        for copy in range(_COPIES):
            (more / f"{copy}-{text.name}").write_text(f"{given}\n\nCopy {copy}.\n", encoding="utf-8")
    if articles:
        generated = corpus.generate(folder / "corpus", "--docs", str(articles))
        scheme = folder / "scheme.toml"
        scheme.write_text(corpus.scheme_text(), encoding="utf-8")
        many = folder / "many.annot"
        annotator("new", str(many), "--annotator", "A", "--scheme", str(scheme))
        annotator("import", str(many), str(corpus.write_jsonl(generated)))


def show(gaps: Mapping[str, list[Gap]]) -> None:
    """Print each phase with its longest gap, and its longest without the waiting for a core."""
    print(f"{'phase':12} {'ticks':>6} {'p99':>7} {'longest':>8} {'ours':>7} {'own work':>9}   ms")
    for phase, found in gaps.items():
        walls, ours = sorted(one.wall for one in found), sorted(one.ours for one in found)
        late, by_us = (sum(one > GOAL for one in times) for times in (walls, ours))
        own = max(one.own for one in found)
        verdict = f"MISSED {late} times, {by_us} by us" if late else "reached"
        p99 = walls[int(len(found) * 0.99)]
        print(f"{phase:12} {len(found):6} {p99:7.1f} {walls[-1]:8.1f} {ours[-1]:7.1f} {own:9.1f}   {verdict}")


def main() -> None:
    """Play the phases and print their gaps."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("--articles", type=int, default=10_000, help="articles of the large project")
    parser.add_argument("--phases", default="", help="only these, by name, separated by commas")
    parser.add_argument("--why", action="store_true", help="name what was under way in long gaps")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="annotator-gaps-"))
    make_projects(folder, given.texts, given.articles)
    application()
    window = MainWindow(Session(), Settings(folder / "settings.ini"))
    window.resize(1280, 800)
    window.show()
    collector = Collector(window, lambda: window.session.proposer.is_awaited)
    window.session.project_changed.connect(collector.settle)
    wait(1)
    clock = Clock()
    watch = Watch(clock) if given.why else None
    play = Play(window, folder)
    for name, phase in play.phases.items():
        wanted = not given.phases or name in given.phases.split(",")
        if wanted and (given.articles or not name.startswith("many")):
            clock.begin(name)
            phase()
    clock.begin("end")
    clock.gaps.pop("start", None)
    show(clock.gaps)
    if watch is not None:
        watch.stop()
        watch.print()
    collector.close()
    window.session.stop()
    os._exit(0)  # what Qt still holds need not be taken down in order


if __name__ == "__main__":
    main()
