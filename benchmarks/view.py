"""Measures the article view, off the screen: a very long article and an ordinary one.

    python -m benchmarks.view [--folder DIR] [--json]

Every figure is CPU milliseconds of the window's thread, to painted; p95 of many where there are many.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from annotator.model.ids import new_id, new_ids
from annotator.model.records import Article, ArticleContent, Fragment, Frame, RoleEnd, Span
from annotator.model.scheme import Scheme, read_scheme
from annotator.model.text import sha256_of
from annotator.ui.article_view.view import ArticleView
from benchmarks import corpus
from benchmarks.processes import Figures, most_memory, table

LONG = ("--long", "1000000", "--long-spans", "10000")
ORDINARY = 3_500
"""Characters of the ordinary article."""
GOALS = {
    "long, open": 250.0,
    "long, scroll": 8.0,
    "long, far jump": 16.0,
    "long, add span": 8.0,
    "ordinary, open": 50.0,
    "ordinary, add span": 16.0,
}


def content(folder: Path, characters: int) -> ArticleContent:
    """Return the beginning of the generated article with its labels."""
    given, labels = next(corpus.pairs(folder))
    text = given["text"][:characters]
    spans = [one for one in labels["spans"] if one["end"] <= len(text)]
    own, me = new_id(), new_id()
    ids = {one["id"]: found for one, found in zip(spans, new_ids(len(spans)), strict=True)}
    frames = [
        Frame(new_id(), own, one["label"], _ends(ids[one["head"]], ids[one["child"]]), me, 0)
        for one in labels["relations"]
        if one["head"] in ids and one["child"] in ids
    ]
    return ArticleContent(
        Article(own, "long.txt", "Long", text, sha256_of(text)),
        spans=tuple(_span(one, ids[one["id"]], own, me) for one in spans),
        frames=tuple(frames),
    )


def _ends(head: Any, child: Any) -> tuple[RoleEnd, ...]:
    return RoleEnd("head", "span", head), RoleEnd("child", "span", child)


def _span(one: dict[str, Any], own: Any, article: Any, annotator: Any) -> Span:
    return Span(own, article, one["label"], (Fragment(one["start"], one["end"]),), annotator, 0)


class Bench:
    """One view and what is done with it."""

    def __init__(self, app: QApplication, scheme: Scheme) -> None:
        self.app, self.scheme = app, scheme
        self.random = random.Random(1)
        self.view = ArticleView()
        self.view.resize(1000, 600)
        self.view.show()
        app.processEvents()

    def cost(self, work: Callable[[], Any]) -> float:
        """Return the CPU milliseconds of something and of painting it."""
        before = time.thread_time()
        work()
        self.app.processEvents()
        return (time.thread_time() - before) * 1000

    def run(self, name: str, held: ArticleContent) -> Figures:
        """Do everything with one article."""
        view, bar = self.view, self.view.verticalScrollBar()
        found = {"open": [self.cost(lambda: view.set_content(held, self.scheme))]}
        found["scroll"] = [self.cost(self.wheel) for _ in range(60)]
        found["far jump"] = [
            self.cost(lambda: bar.setValue(self.random.randrange(max(1, bar.maximum())))) for _ in range(40)
        ]
        view.caret = self.random.randrange(len(held.article.text) - 100)
        self.app.processEvents()
        found["move caret"] = [self.cost(lambda: view.move_caret("token", 1)) for _ in range(40)]
        found["add span"] = [self.cost(self.add_span) for _ in range(20)]
        found["resize"] = [self.cost(lambda w=w: view.resize(w, 600)) for w in (700, 980, 640, 1000)]
        return {f"{name}, {what}": p95(costs) for what, costs in found.items()}

    def wheel(self) -> None:
        """Turn the mouse wheel one notch."""
        at, none = QPointF(400, 300), QPoint(0, 0)
        buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        turn = QWheelEvent(at, at, none, QPoint(0, -120), buttons, keys, Qt.ScrollPhase.NoScrollPhase, False)
        QApplication.sendEvent(self.view.viewport(), turn)

    def add_span(self) -> None:
        """Add a span at the caret, as the window does after a save."""
        held, at = self.view.content, self.view.caret
        assert held is not None
        stretch = Fragment(at, min(len(held.article.text), at + 40))
        new = Span(new_id(), held.article.id, "CLAIM", (stretch,), new_id(), 0)
        self.view.update_content(replace(held, spans=(*held.spans, new)))
        self.view.choose(new.id)


def p95(costs: Sequence[float]) -> float:
    """Return what 95 of 100 stay below; of a few, the most."""
    return sorted(costs)[max(0, -(-len(costs) * 95 // 100) - 1)]


def main() -> None:
    """Make the article, measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "annotator-bench-long")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder = corpus.generate(chosen.folder, *LONG)
    (folder / "scheme.toml").write_text(corpus.scheme_text(), encoding="utf-8")
    scheme = read_scheme(folder / "scheme.toml")
    app = QApplication([])
    app.setStyle("Fusion")
    ordinary = content(folder, ORDINARY)
    Bench(app, scheme).run("warm", ordinary)
    gc.collect()
    gc.freeze()
    figures = Bench(app, scheme).run("ordinary", ordinary)
    figures |= Bench(app, scheme).run("long", content(folder, 1_000_000))
    figures["memory MB"] = most_memory()
    print(json.dumps(figures) if chosen.json else table(figures, GOALS))


if __name__ == "__main__":
    main()
