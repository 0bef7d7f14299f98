"""Measures the article view, off the screen: an ordinary article, a very long one, and that one as one line.

    python -m benchmarks.view [--folder DIR] [--runs 3] [--json]

Every figure is CPU milliseconds of the window's thread, to painted; p95 of many where there are many. Each
case runs in processes of its own, and the smallest of the runs counts: what is above it is other work of the
machine. Beside each figure stands how many times the floor it is: one screen of the same text laid out and
drawn by Qt without a mark on it.  "key, saved" is the view with a session; "key, window" the same in the
whole window, with its panels, and with its collector of garbage running.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import orjson
from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QTextLayout, QWheelEvent
from PySide6.QtWidgets import QApplication

from annotator.app.collector import Collector
from annotator.model.changes import Changes
from annotator.model.formats import ImportOptions
from annotator.model.job import run
from annotator.model.records import ArticleContent, Fragment
from annotator.model.scheme import read_scheme
from annotator.services.importing import plan_import
from annotator.services.importing_known import Known
from annotator.services.project import Project
from annotator.ui.article_view.view import ArticleView
from annotator.ui.main_window import MainWindow
from annotator.ui.session import Session
from annotator.ui.settings import Settings
from annotator.ui.style import apply, theme, view_theme
from benchmarks import corpus
from benchmarks.gap_clock import wait
from benchmarks.processes import Figures, measured

LONG = ("--long", "1000000", "--long-spans", "10000")
ORDINARY = 3_500
"""Characters of the ordinary article."""
CASES = ("ordinary", "long", "one line")
SIZE = (1000, 600)
LIMITS = {
    "open": 250.0,
    "scroll": 8.0,
    "far jump": 16.0,
    "key, saved": 8.0,
    "key, window": 16.0,
    "resize": 33.0,
    "text size": 33.0,
    "memory MB": 60.0,
}
GOALS = {f"{case}, {what}": most for case in CASES[1:] for what, most in LIMITS.items()} | {
    "ordinary, open": 50.0,
    "ordinary, key, saved": 16.0,
    "ordinary, key, window": 16.0,
}


def make_project(folder: Path, case: str) -> Path:
    """Make the project of a case once; return its file."""
    target = folder / f"{case.replace(' ', '_')}.annot"
    if target.exists():
        return target
    generated = corpus.generate(folder, *LONG)
    (folder / "scheme.toml").write_text(corpus.scheme_text(), encoding="utf-8")
    jsonl = folder / f"{target.stem}.jsonl"
    jsonl.write_bytes(b"".join(orjson.dumps(one) + b"\n" for one in _records(generated, case)))
    with_scheme = read_scheme(folder / "scheme.toml")
    project = Project.create(target, with_scheme, "Anna")
    plan = run(plan_import([jsonl], ImportOptions(), Known(with_scheme)))
    project.write_import(plan)
    plan.close()
    project.close()
    return target


def _records(generated: Path, case: str) -> Iterator[dict[str, Any]]:
    """Yield the generated article as the case wants it: cut short, or without a break."""
    for article, labels in corpus.pairs(generated):
        text: str = article["text"][:ORDINARY] if case == "ordinary" else article["text"]
        if case == "one line":
            text = text.replace("\n", " ")
        spans = [one for one in labels["spans"] if one["end"] <= len(text)]
        ids = {one["id"] for one in spans}
        joined = [one for one in labels["relations"] if one["head"] in ids and one["child"] in ids]
        yield corpus.record({**article, "text": text}, {"spans": spans, "relations": joined})


class Bench:
    """A session and a view on one project, and what is done with them."""

    def __init__(self, app: QApplication, project: Path) -> None:
        self.app, self.random = app, random.Random(1)
        self.session, self.view = Session(), ArticleView()
        self.view.resize(*SIZE)
        self.view.show()
        _until(self.session.project_changed, lambda: self.session.open_project(project))
        self.view.set_theme(view_theme(theme("light"), self.session.scheme))
        self.session.content_changed.connect(self._show)
        self.app.processEvents()
        self._opened = 0.0

    def run(self) -> Figures:
        """Do everything once; return milliseconds and megabytes."""
        session, view, bar = self.session, self.view, self.view.verticalScrollBar()
        before = _resident()
        _until(session.content_changed, self._open)
        found = {"open": [self._opened], "scroll": [self.cost(self.wheel) for _ in range(60)]}
        found["far jump"] = [
            self.cost(lambda: bar.setValue(self.random.randrange(max(1, bar.maximum())))) for _ in range(100)
        ]
        text = view.page.units.text
        view.caret = self.random.randrange(len(text) - 100)
        self.app.processEvents()
        found["move caret"] = [self.cost(lambda: view.move_caret("token", 1)) for _ in range(40)]
        found["key, saved"] = [self._cost_of_a_label() for _ in range(30)]
        widths, sizes = (700, 980, 640, 900) * 3, (14.0, 13.5, 14.5, 13.0) * 3
        found["resize"] = [self.cost(partial(view.resize, w, SIZE[1])) for w in widths]
        found["text size"] = [self.cost(partial(view.set_text_size, p)) for p in sizes]
        figures = {what: p95(costs) for what, costs in found.items()}
        figures["memory MB"] = _resident() - before - len(text) / 1e6
        figures["floor"] = self.floor(text)
        session.stop()
        return figures

    def _open(self) -> None:
        (article,) = self.session.order or self._ids()
        self.session.open_article(article)

    def _ids(self) -> Sequence[Any]:
        found: list[Any] = []
        self.session.ask(lambda project: project.article_ids(), found.extend)
        while not found:
            self.app.processEvents()
        return found

    def _show(self, content: ArticleContent) -> None:
        """Show what was read, as the window does; of an article that is new, keep what it cost."""
        shown = self.view.content
        if shown is not None and shown.article.id == content.article.id:
            self.view.update_content(content)
            return
        gc.collect()
        self._opened = self.cost(lambda: self.view.set_content(content, self.session.scheme))

    def cost(self, work: Callable[[], Any]) -> float:
        """Return the CPU milliseconds of something and of painting it."""
        before = time.thread_time()
        work()
        self.app.processEvents()
        return (time.thread_time() - before) * 1000

    def wheel(self) -> None:
        """Turn the mouse wheel one notch."""
        at, none = QPointF(400, 300), QPoint(0, 0)
        buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        turn = QWheelEvent(at, at, none, QPoint(0, -120), buttons, keys, Qt.ScrollPhase.NoScrollPhase, False)
        QApplication.sendEvent(self.view.viewport(), turn)

    def label(self) -> None:
        """Label some words at the caret, until it is on the disk."""
        session, view = self.session, self.view
        assert session.content is not None
        article, start = session.content.article.id, view.caret
        words = (Fragment(start, min(start + 40, len(view.page.units.text))),)

        def _choose(changes: Changes) -> None:
            view.choose(changes.changes[0].record.id)

        _until(
            session.saved,
            lambda: session.do(lambda project: project.add_span(article, "CLAIM", words), _choose),
        )

    def _cost_of_a_label(self) -> float:
        """Go on to other words, and label them."""
        _go_on(self.view)
        self.app.processEvents()
        return self.cost(self.label)

    def floor(self, text: str) -> float:
        """Return the milliseconds of one screen of this text in one colour, the least of many."""
        picture = QImage(*SIZE, QImage.Format.Format_RGB32)
        setting = self.view.page.column.setting
        block = setting.block("body")
        screen = text[: int(setting.column / block.letter * SIZE[1] / block.pitch)]

        def _draw() -> None:
            layout = QTextLayout(screen, block.font)
            layout.beginLayout()
            y = 0.0
            while (line := layout.createLine()).isValid():
                line.setLineWidth(setting.column)
                line.setPosition(QPointF(0, y))
                y += block.pitch
            layout.endLayout()
            painter = QPainter(picture)
            layout.draw(painter, QPointF(40, 0))
            painter.end()

        return min(self.cost(_draw) for _ in range(30))


def whole_window(app: QApplication, project: Path) -> float:
    """Return the milliseconds of a label in the whole window, its panels and collector at work; p95 of 30."""
    session = Session()
    session.proposer.is_automatic = False
    window = MainWindow(session, Settings(project.with_suffix(".ini")))
    window.resize(1280, 800)
    window.show()
    collector = Collector(window)
    session.project_changed.connect(collector.settle)
    _until(session.content_changed, lambda: session.open_project(project))
    wait(1.5)
    view, costs = window.view, list[float]()
    view.caret = random.Random(2).randrange(len(view.page.units.text) - 100)

    def _label() -> None:
        view.select(Fragment(view.caret, view.caret + 40))
        window.labelling.put("CLAIM")

    for _ in range(30):
        session.choose(None)
        _go_on(view)
        wait(0.1)
        before = time.thread_time()
        _until(session.saved, _label)
        app.processEvents()
        costs.append((time.thread_time() - before) * 1000)
    collector.close()
    session.stop()
    return p95(costs)


def _until(signal: Any, begin: Callable[[], None]) -> None:
    """Begin something and let the event loop run until it is told of."""
    loop = QEventLoop()
    signal.connect(loop.quit)
    begin()
    loop.exec()
    signal.disconnect(loop.quit)


def _go_on(view: ArticleView) -> None:
    """Move the caret to words that have no label yet; behind the last ones, to the first."""
    view.move_caret("token", 3)
    if view.caret > len(view.page.units.text) - 60:
        view.caret = 0


def p95(costs: Sequence[float]) -> float:
    """Return what 95 of 100 stay below; of a few, the most."""
    return sorted(costs)[max(0, -(-len(costs) * 95 // 100) - 1)]


def _resident() -> float:
    """Return the memory of this process in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def measure(folder: Path, case: str) -> Figures:
    """Measure one case in this process, on a view that has painted before."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply(app, theme("light"))
    with tempfile.TemporaryDirectory() as name:
        made = make_project(folder, case)

        def _copy(what: str) -> Path:
            # Each labels the same words, which can have a label once.
            return Path(shutil.copy(made, Path(name) / f"{what}.annot"))

        if case == "ordinary":
            Bench(app, _copy("first")).run()
        gc.collect()
        gc.freeze()
        found = Bench(app, _copy("again")).run()
        return found | {"key, window": whole_window(app, _copy("window"))}


def table(cases: Mapping[str, Figures]) -> Iterator[str]:
    """Yield a line for each figure."""
    for case, figures in cases.items():
        floor = figures["floor"]
        yield f"{case}: the floor is {floor:.2f} ms"
        for what, value in figures.items():
            most = GOALS.get(f"{case}, {what}")
            ratio = "" if what in ("floor", "memory MB") else f"{value / floor:6.1f} x"
            goal = "" if most is None else f"  at most {most:g}: {'reached' if value <= most else 'MISSED'}"
            if what != "floor":
                yield f"  {what:12}{value:8.2f}{ratio:9}{goal}"


def main() -> None:
    """Measure every case and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "annotator-bench-long")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--case", choices=CASES, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if chosen.case:
        print(json.dumps(measure(chosen.folder, chosen.case)))
        return
    found = {}
    for case in CASES:
        make_project(chosen.folder, case)
        arguments = ("--folder", str(chosen.folder), "--case", case)
        runs = [measured("benchmarks.view", arguments, chosen.folder) for _ in range(chosen.runs)]
        found[case] = {what: min(one[what] for one in runs) for what in runs[0]}
        print(*table({case: found[case]}), sep="\n", file=sys.stderr if chosen.json else sys.stdout)
    if chosen.json:
        print(json.dumps(found))


if __name__ == "__main__":
    main()
