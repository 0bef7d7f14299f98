"""Measures the start of the real window, off the screen, with a project, until its articles are to be seen.

    python -m benchmarks.start [--project FILE] [--json]

Without a file it takes the project that `python -m benchmarks.project` left.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.processes import Figures, measured, most_memory, table

GOALS = {"wall s": 1.5, "memory MB": 250.0}
_PATIENCE = 60.0


def child(project: Path, began: float) -> Figures:
    """Start the window as the program does; end when the first articles are painted."""
    # Late: imports belong to the start.
    from annotator.app.window import application  # noqa: PLC0415
    from annotator.ui.article_view import accessibility  # noqa: PLC0415
    from annotator.ui.main_window import MainWindow  # noqa: PLC0415
    from annotator.ui.session import Session  # noqa: PLC0415
    from annotator.ui.settings import Settings  # noqa: PLC0415

    app = application()
    session = Session()
    access = accessibility.install()
    window = MainWindow(session, Settings(project.with_suffix(".ini")))
    window.show()
    app.processEvents()
    shown = time.time()
    session.open_project(project)
    rows = window.articles.model
    while not (rows.rowCount() and rows.data(rows.index(0, 0))):
        if time.time() - began > _PATIENCE:
            raise TimeoutError("no article was shown")
        app.processEvents()
        time.sleep(0.001)
    app.processEvents()
    figures = {
        "window shown s": shown - began,
        "wall s": time.time() - began,
        "CPU s": time.process_time(),
        "memory MB": most_memory(),
        "spaCy loaded": float("spacy" in sys.modules),
    }
    window.close()
    del access
    return figures


def main() -> None:
    """Start once to compile the modules, then five times; print the middle one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    left = Path(tempfile.gettempdir()) / "annotator-bench-10000" / "bench.annot"
    parser.add_argument("--project", type=Path, default=left)
    parser.add_argument("--began", type=float)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    if chosen.began is not None:
        print(json.dumps(child(chosen.project, chosen.began)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = Path(shutil.copy(chosen.project, folder / "start.annot"))
        runs = [_run(project, folder) for _ in range(6)][1:]
    figures = sorted(runs, key=lambda one: one["wall s"])[len(runs) // 2]
    print(json.dumps(figures) if chosen.json else table(figures, GOALS))


def _run(project: Path, folder: Path) -> Figures:
    arguments = ["--project", str(project), "--began", repr(time.time())]
    return measured("benchmarks.start", arguments, folder, QT_QPA_PLATFORM="offscreen")


if __name__ == "__main__":
    main()
