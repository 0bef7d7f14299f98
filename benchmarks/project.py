"""Measures the project file at many articles: every operation beside its floor, in one run.

    python -m benchmarks.project [--articles 10000] [--folder DIR] [--json]

Each measurement runs in a process of its own and counts CPU seconds and memory.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotator.model.article_filter import ArticleFilter
from annotator.model.formats import ImportOptions
from annotator.model.ids import Id
from annotator.model.job import run
from annotator.model.records import Fragment
from annotator.model.scheme import read_scheme
from annotator.services.exporting import export_job
from annotator.services.importing import plan_import
from annotator.services.importing_known import Known
from annotator.services.project import Project
from benchmarks import corpus, floor
from benchmarks.processes import Figures, measured, most_memory

PHRASE = "was signed before"
ROUNDS = 300


class Files:
    """Where one run keeps its files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.jsonl = folder / "corpus.jsonl"
        self.scheme = folder / "scheme.toml"
        self.project = folder / "bench.annot"
        self.floor = folder / "floor.db"
        self.out = folder / "export.jsonl"
        self.floor_out = folder / "floor.jsonl"


def cpu(work: Callable[[], Any]) -> float:
    """Return the CPU seconds of a call."""
    before = time.process_time()
    work()
    return time.process_time() - before


def per_call(work: Callable[[int], Any], rounds: int = ROUNDS) -> float:
    """Return the CPU milliseconds of one call, on average."""
    return cpu(lambda: [work(one) for one in range(rounds)]) * 1000 / rounds


# --- the floor ------------------------------------------------------------------------------


def floor_import(files: Files) -> Figures:
    """Fill the floor's file."""
    seconds = cpu(lambda: floor.fill(floor.create(files.floor), floor.read(files.jsonl)))
    return {"import s": seconds, "file MB": files.floor.stat().st_size / 1e6}


def floor_use(files: Files) -> Figures:
    """Open, save, search, filter, list and export with the floor."""
    connection = floor.connect(files.floor)
    count = connection.execute("SELECT count(*) FROM article").fetchone()[0]
    rng = random.Random(1)
    return {
        "open ms": per_call(lambda _: floor.open_article(connection, rng.randint(1, count))),
        "search ms": per_call(lambda _: floor.search(connection, PHRASE), 50),
        "filter ms": per_call(lambda _: floor.with_label(connection, 3), 20),
        "list ms": per_call(lambda _: floor.first_screen(connection), 50),
        "export s": cpu(lambda: floor.export(connection, files.floor_out)),
        "save ms": per_call(lambda _: floor.save(connection, rng.randint(1, count))),
    }


# --- the product ----------------------------------------------------------------------------


def import_all(files: Files) -> Figures:
    """Import the corpus into a new project."""
    files.project.unlink(missing_ok=True)
    project = Project.create(files.project, read_scheme(files.scheme), "A")

    def _import() -> None:
        names = {one.name: one.id for one in project.annotators()}
        job = plan_import([files.jsonl], ImportOptions(), Known(project.scheme, annotators=names))
        project.write_import(run(job))

    seconds = cpu(_import)
    project.close()
    return {"import s": seconds, "file MB": files.project.stat().st_size / 1e6}


def undo_import(files: Files) -> Figures:
    """Take the whole import back and do it again."""
    project = Project.open(files.project)
    undo, redo = cpu(project.undo), cpu(project.redo)
    project.close()
    return {"undo import s": undo, "redo import s": redo}


def save(project: Project, article: Id, start: int) -> None:
    """Save one span; the first one in an article also notes that the article is begun."""
    project.add_span(article, "CUE", (Fragment(start, 20),))


def use(files: Files) -> Figures:
    """Open, search, filter, list and save in the project."""
    project = Project.open(files.project)
    ids = project.article_ids()
    rng = random.Random(1)
    some = rng.sample(ids, min(ROUNDS, len(ids)))
    claim = ArticleFilter(label="CUE")
    figures = {
        "open ms": per_call(lambda _: project.content(rng.choice(ids))),
        "search ms": per_call(lambda _: project.search(PHRASE), 50),
        "filter ms": per_call(lambda _: project.article_ids(where=claim), 20),
        "list ms": per_call(lambda _: project.article_rows(project.article_ids()[:50]), 20),
        "first save ms": per_call(lambda at: save(project, some[at], 10), len(some)),
        "save ms": per_call(lambda at: save(project, some[at], 11), len(some)),
        "undo ms": per_call(lambda _: project.undo(), 50),
    }
    project.close()
    return figures


def export_all(files: Files) -> Figures:
    """Export everything, verified."""
    project = Project.open(files.project)
    seconds = cpu(lambda: run(export_job(project, files.out)))
    project.close()
    return {"export s": seconds}


STEPS: dict[str, Callable[[Files], Figures]] = {
    "floor-import": floor_import,
    "floor-use": floor_use,
    "import": import_all,
    "undo": undo_import,
    "use": use,
    "export": export_all,
}

GOALS = {
    "import s": ("x floor", 2.0),
    "export s": ("x floor", 4.0),
    "open ms": ("at most", 2.0),
    "save ms": ("at most", 1.0),
    "search ms": ("at most", 5.0),
    "filter ms": ("at most", 20.0),
    "list ms": ("at most", 10.0),
    "file MB": ("at most", 90.0),
    "import MB": ("at most", 150.0),
    "export MB": ("at most", 80.0),
}
"""Per figure: a ratio to the floor or a limit, for 10,000 articles (export: writing 2, verifying 2)."""


def child(step: str, folder: Path) -> None:
    """Run one step and print its figures, with the most memory it held."""
    figures = STEPS[step](Files(folder))
    figures[f"{step} MB"] = most_memory()
    print(json.dumps(figures))


def measure(step: str, folder: Path) -> Figures:
    """Run one step in a process of its own."""
    return measured("benchmarks.project", ["--step", step, "--folder", str(folder)], folder)


def table(floors: Figures, product: Figures) -> str:
    """Return the figures as lines: floor, product, ratio, goal."""
    lines = [f"{'':16}{'floor':>10}{'annotator':>12}{'ratio':>8}  goal"]
    for name, value in product.items():
        base = floors.get(name)
        ratio = f"{value / base:8.1f}" if base else " " * 8
        kind, limit = GOALS.get(name, ("", 0.0))
        held = value / base if base and kind == "x floor" else value
        goal = f"  {kind} {limit:g}: {'reached' if held <= limit else 'MISSED'}" if kind else ""
        lines.append(f"{name:16}{base or 0:10.2f}{value:12.2f}{ratio}{goal}")
    return "\n".join(lines)


def main() -> None:
    """Make the corpus, measure every step, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--step", choices=sorted(STEPS))
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    if chosen.step:
        child(chosen.step, chosen.folder)
        return
    folder = corpus.prepare(chosen.folder, chosen.articles)
    floors = {**measure("floor-import", folder), **measure("floor-use", folder)}
    product: Figures = {}
    for step in ("import", "undo", "use", "export"):
        product |= measure(step, folder)
    print(json.dumps({"floor": floors, "annotator": product}) if chosen.json else table(floors, product))


if __name__ == "__main__":
    main()
