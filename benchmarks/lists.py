"""Measures the list of articles with 100,000 of them, off the screen: load, sort, filter, search, scroll.

    python -m benchmarks.lists [--articles 100000] [--folder DIR] [--runs 3] [--json]

On the real widget with a real session.  "cpu" is what all threads of the program computed until the first
rows were painted anew, in milliseconds; "gap" the longest gap of the event loop meanwhile, "ours" the longest
without the waiting for a core that other programs had; "floor" the same question asked of the same file by
Python's own sqlite3, its keys made a list.  Each run is a process of its own, and the smallest of the runs
counts: what is above it is other work of the machine.  Gaps are looked for in other runs than CPU: on a busy
machine the looking alone would be a third of what is counted.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import orjson
from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from annotator.app.collector import Collector
from annotator.model.article_filter import ArticleFilter
from annotator.model.formats import ImportOptions
from annotator.model.ids import id_text, new_ids
from annotator.model.job import run
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.text import sha256_of
from annotator.services.importing import plan_import
from annotator.services.importing_known import Known
from annotator.services.project import Project
from annotator.ui.article_list import ArticleList
from annotator.ui.article_model import ROW
from annotator.ui.session import Session
from annotator.ui.style import apply, theme
from benchmarks.gap_clock import Clock, wait
from benchmarks.processes import Figures, measured

SIZE = (340, 700)
PATIENCE = 60.0
"""Seconds to wait for an answer."""
MADE = {"annotator": "A", "origin": "person", "created": "2026-01-01T00:00:00.000000Z"}
TOWNS = ("Aldra", "Bern", "Corvo", "Dunmore", "Elm", "Farrow", "Gant", "Hollis", "Iver", "Jura")
GOALS = {
    "load, cpu": 60.0,
    "sort by title, cpu": 150.0,
    "sort by date, cpu": 150.0,
    "filter by label, cpu": 50.0,
    "filter by progress, cpu": 50.0,
    "wheel, cpu": 8.0,
    "far jump, cpu": 16.0,
}
MOST_GAP = 50.0
ASKED = "SELECT key FROM articles WHERE deleted = 0"
FLOORS = {
    "load": f"{ASKED} ORDER BY place",
    "sort by title": f"{ASKED} ORDER BY title COLLATE NOCASE, place",
    "sort by date": f"{ASKED} ORDER BY published, place",
    "filter by label": f"{ASKED} AND key IN (SELECT article FROM spans WHERE deleted = 0 AND label = "
    "(SELECT key FROM words WHERE word = 'CLAIM')) ORDER BY place",
}


def make_project(folder: Path, articles: int) -> Path:
    """Make a project of that many short articles once, a third of them with a claim; return its file."""
    target = folder / f"list-{articles}.annot"
    if target.exists():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    jsonl = folder / "list.jsonl"
    with jsonl.open("wb") as file:
        for record in _records(articles):
            file.write(orjson.dumps(record) + b"\n")
    with_scheme = read_scheme(resource("schemes/default.toml"))
    project = Project.create(target, with_scheme, "Anna")
    plan = run(plan_import([jsonl], ImportOptions(), Known(with_scheme)))
    project.write_import(plan)
    plan.close()
    for at, article in enumerate(project.article_ids()[:600]):
        project.set_reading(article, "done" if at % 2 else "begun")
    project.close()
    return target


def _records(articles: int) -> Iterator[dict[str, Any]]:
    """Yield articles as annotator JSONL holds them, each with another text, always the same ones."""
    chance = random.Random(7)
    for at in range(articles):
        town, number = chance.choice(TOWNS), chance.randrange(10**6)
        title = f"{town} council votes on budget {number}"
        text = f"{title}\n\nThe mayor of {town} said on Monday that motion {at} had failed by {number} votes."
        ids = [id_text(one) for one in new_ids(2)]
        start = text.index("that motion")
        claim = {"label": "CLAIM", "fragments": [[start, len(text)]], "text": [text[start:]]}
        span: dict[str, Any] = {"id": ids[1], **claim, "attributes": {}, "actor": None, "note": "", **MADE}
        day = f"20{chance.randrange(10, 27)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        yield {
            "format": "annotator/1",
            "id": ids[0],
            "name": f"{at}.txt",
            "title": title,
            "text": text,
            "sha256": sha256_of(text),
            "language": "en",
            "meta": {"outlet": f"{town} Post", "published": day},
            "blocks": [],
            "spans": [] if at % 3 else [span],
            "frames": [],
            "article_labels": [],
            "nothing_here": [],
            "actors": [],
            "claim_cards": [],
        }


class Bench:
    """A session with the list of articles, and what is done with it."""

    def __init__(self, app: QApplication, project: Path, *, gaps: bool) -> None:
        self.app, self.session, self.gaps = app, Session(), gaps
        opened: list[bool] = []
        self.session.project_changed.connect(lambda: opened.append(True))
        self.session.open_project(project)
        self._until(lambda: bool(opened))
        self.list = ArticleList(self.session, lambda: self.session.scheme)
        self.list.resize(*SIZE)
        self.list.show()
        self.collector = Collector(self.list)
        self.found: Figures = {}
        self.app.processEvents()

    def run(self) -> Figures:
        """Do everything once; return milliseconds."""
        articles, view = self.list, self.list.view
        filters = {articles.filter.itemText(at): at for at in range(articles.filter.count())}
        claims = next(at for text, at in filters.items() if text.startswith("With ") and "laim" in text)
        self._measure("load", articles.model.reload)
        wait(2)  # for what an opened project begins on its own
        for name, order in (("by title", 2), ("by date", 1), ("as given", 0)):
            self._measure(f"sort {name}", partial(articles.sort.setCurrentIndex, order))
        for name, at in (("label", claims), ("progress", filters["Done"])):
            self._measure(f"filter by {name}", partial(articles.filter.setCurrentIndex, at))
            self._measure("filter off", lambda: articles.filter.setCurrentIndex(0))
        assert self.session.annotator is not None
        whose = ArticleFilter(whose=self.session.annotator.id)
        for name in ("labelled by", "labelled by, again"):
            self._measure(name, partial(articles.model.show_only, whose))
            self._measure("filter off", partial(articles.model.show_only, ArticleFilter()))
        for words in ("budget 77", "motion", ""):
            self._measure(f"search for “{words}”", partial(self._search, words))
        self._measure("filter off", articles.model.reload, same=True)
        bar = view.verticalScrollBar()
        self._scroll("wheel", 60, lambda _: self._wheel())
        chance = random.Random(1)
        self._scroll("far jump", 40, lambda _: bar.setValue(chance.randrange(bar.maximum())))
        self.found["memory MB"] = _resident()
        self.collector.close()
        self.session.stop()
        return self.found

    def _search(self, words: str) -> None:
        self.list.search.setText(words)
        self.list.search.returnPressed.emit()

    def _measure(self, name: str, begin: Callable[[], object], *, same: bool = False) -> None:
        """Do something until other ids have come and their first rows are painted."""
        loop, over = QEventLoop(), QTimer(singleShot=True, interval=round(PATIENCE * 1000))
        over.timeout.connect(lambda: loop.exit(1))
        heard = self.list.model.loaded.connect(loop.quit)
        clock = Clock() if self.gaps else None
        before, start = time.process_time(), time.perf_counter()
        begin()
        over.start()
        assert loop.exec() == 0, "no answer"
        self._until(self._is_painted)
        cpu, wall = time.process_time() - before, time.perf_counter() - start
        self.list.model.loaded.disconnect(heard)
        if not same:
            self._keep(name, cpu * 1000, clock)
            self._most(f"{name}, wall", wall * 1000)

    def _scroll(self, name: str, times: int, step: Callable[[int], object]) -> None:
        """Scroll so often; keep what 95 of 100 steps stay below, to painted with their rows."""
        costs = []
        clock = Clock() if self.gaps else None
        for at in range(times):
            before = time.process_time()
            step(at)
            self._until(self._is_painted)
            costs.append((time.process_time() - before) * 1000)
        self._keep(name, sorted(costs)[times * 95 // 100], clock)

    def _keep(self, name: str, cpu: float, clock: Clock | None) -> None:
        if clock is None:
            self._most(f"{name}, cpu", cpu)
        else:
            clock.begin("over")
            gaps = clock.gaps["start"]
            self._most(f"{name}, gap", max(one.wall for one in gaps))
            self._most(f"{name}, ours", max(one.ours for one in gaps))

    def _most(self, what: str, value: float) -> None:
        self.found[what] = max(self.found.get(what, 0.0), value)

    def _is_painted(self) -> bool:
        """Tell whether the rows in sight have come, and paint them."""
        self.app.processEvents()
        view, model = self.list.view, self.list.model
        seen = (view.rowAt(1), view.rowAt(view.viewport().height() - 1))
        rows = [row for row in seen if row >= 0]
        return all(model.data(model.index(row, 0), ROW) is not None for row in rows)

    def _wheel(self) -> None:
        """Turn the mouse wheel one notch."""
        at, none = QPointF(100, 300), QPoint(0, 0)
        buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        turn = QWheelEvent(at, at, none, QPoint(0, -120), buttons, keys, Qt.ScrollPhase.NoScrollPhase, False)
        QApplication.sendEvent(self.list.view.viewport(), turn)

    def _until(self, is_over: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not is_over():
            assert time.monotonic() < end, "no answer"
            wait(0.004)  # asleep in between: looking all the time would be counted, and hold up the others


def _resident() -> float:
    """Return the memory of this process in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def floors(project: Path) -> Figures:
    """Return the milliseconds that Python's own sqlite3 takes for the same questions, the least of three."""
    with sqlite3.connect(f"file:{project}?mode=ro", uri=True) as connection:
        found = {}
        for name, query in FLOORS.items():
            costs = []
            for _ in range(3):
                before = time.process_time()
                list(connection.execute(query))
                costs.append((time.process_time() - before) * 1000)
            found[f"{name}, floor"] = min(costs)
    return found


def measure(folder: Path, articles: int, *, gaps: bool) -> Figures:
    """Measure in this process."""
    project = make_project(folder, articles)
    found = floors(project)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply(app, theme("light"))
    return found | Bench(app, project, gaps=gaps).run()


def table(found: Mapping[str, float]) -> Iterator[str]:
    """Yield a line for each thing done."""
    yield f"{'':24}{'cpu':>8}{'gap':>8}{'ours':>8}{'wall':>8}{'floor':>8}   ms"
    for name in [one.removesuffix(", cpu") for one in found if one.endswith(", cpu")]:
        cpu, gap = found[f"{name}, cpu"], found[f"{name}, gap"]
        most = GOALS.get(f"{name}, cpu", float("inf"))
        verdict = "reached" if cpu <= most and gap <= MOST_GAP else "MISSED"
        rest = "".join(
            f"{found[one]:8.1f}" if one in found else " " * 8
            for one in (f"{name}, ours", f"{name}, wall", f"{name}, floor")
        )
        goal = f"at most {most:g}: " if f"{name}, cpu" in GOALS else ""
        yield f"{name:24}{cpu:8.1f}{gap:8.1f}{rest}   {goal}{verdict}"
    yield f"memory {found['memory MB']:.0f} MB"


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "annotator-bench-list")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--once", choices=("cpu", "gaps"), help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if chosen.once:
        print(json.dumps(measure(chosen.folder, chosen.articles, gaps=chosen.once == "gaps")))
        return
    make_project(chosen.folder, chosen.articles)
    arguments = ("--folder", str(chosen.folder), "--articles", str(chosen.articles), "--once")
    found: Figures = {}
    for what in ("cpu", "gaps") * chosen.runs:
        for name, value in measured("benchmarks.lists", (*arguments, what), chosen.folder).items():
            found[name] = min(value, found.get(name, value))
    print(*table(found), sep="\n", file=sys.stderr if chosen.json else sys.stdout)
    if chosen.json:
        print(json.dumps(found))


if __name__ == "__main__":
    main()
