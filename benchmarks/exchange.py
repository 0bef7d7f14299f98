"""Measures import and export of every format that holds labels, beside annotator JSONL and its floor.

    python -m benchmarks.exchange [--articles 10000] [--only brat,conll] [--folder DIR] [--json]

Formats are found by their entry points, so a new one is measured without a word here: one with an exporter
writes the corpus, and where it has an importer too, that one reads it again into a new project.  Each
measurement runs in a process of its own and counts CPU seconds and memory.  The libraries that a format
stands on (everything that is neither ours nor Python's own, and zlib, which packs DocBins and workbooks)
are told apart by looking every few milliseconds who is at work.  That leaves much of their work to us, and
does not see libraries without a line of Python; so what a library alone takes to write and to read the same
records is measured too (`bare.py`), and stands below as `bare`, with the ratio of what is beyond it to what
JSONL takes beyond orjson.  Where a format stands on no library, no ratio is told.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sysconfig
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from annotator.model.formats import ImportOptions
from annotator.model.job import run
from annotator.model.scheme import read_scheme
from annotator.services.exporting import export_job, formats_out
from annotator.services.exporting_choice import ExportChoice
from annotator.services.importing import formats_in, plan_import
from annotator.services.importing_known import Known
from annotator.services.project import Project
from benchmarks import bare, corpus, floor
from benchmarks.processes import Figures, measured, most_memory
from benchmarks.project import Files, cpu, floor_import, import_all

OWN = "jsonl"
EVERY = 0.005
"""Seconds between two looks at who is at work."""
LIBRARIES = sysconfig.get_paths()["purelib"]
STORE = ("sqlalchemy",)
"""What our own store stands on, and no format."""


class Watch:
    """Tells apart how long libraries below the formats were at work."""

    def __init__(self) -> None:
        self.libraries = 0.0
        self._last = time.process_time()

    def look(self, _signal: int, frame: FrameType | None) -> None:
        """Note the time since the last look for whoever is at work now."""
        now = time.process_time()
        if _is_library(frame):
            self.libraries += now - self._last
        self._last = now


def _is_library(frame: FrameType | None) -> bool:
    while frame is not None:
        name = frame.f_code.co_filename
        if frame.f_code.co_name == zlib_at_work.__name__:
            return True
        if name.startswith(LIBRARIES):
            return not name.removeprefix(LIBRARIES).lstrip("/\\").startswith(STORE)
        if "annotator" in Path(name).parts:
            return False
        frame = frame.f_back
    return False


def zlib_at_work(function: Callable[..., Any], *values: Any, **named: Any) -> Any:
    """Call a function of zlib, which has no frame of its own that could be seen."""
    return function(*values, **named)


class Seen:
    """An object of zlib whose work can be seen."""

    def __init__(self, made: Any) -> None:
        self._made = made

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._made, name)
        return partial(zlib_at_work, found) if callable(found) else found


@contextmanager
def seen_zlib() -> Iterator[None]:
    """Let the work of zlib be seen inside."""
    plain = {name: getattr(zlib, name) for name in ("compress", "decompress")}
    making = {name: getattr(zlib, name) for name in ("compressobj", "decompressobj")}
    for name, function in plain.items():
        setattr(zlib, name, partial(zlib_at_work, function))
    for name, make in making.items():
        setattr(zlib, name, lambda *values, make=make, **named: Seen(make(*values, **named)))
    try:
        yield
    finally:
        for name, function in (plain | making).items():
            setattr(zlib, name, function)


@contextmanager
def watched() -> Iterator[Watch]:
    """Watch the work inside."""
    watch = Watch()
    signal.signal(signal.SIGPROF, watch.look)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        with seen_zlib():
            yield watch
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def written(files: Files, name: str) -> Path:
    """Return where a format's export of the corpus is."""
    exporter = formats_out()[name].exporter
    assert exporter is not None
    return files.folder / f"out-{name}{exporter.suffix}"


def export(files: Files, name: str) -> Figures:
    """Export everything; writing and comparing apart."""
    formats_out()
    project = Project.open(files.project)
    out = written(files, name)
    shutil.rmtree(out, ignore_errors=True)
    out.unlink(missing_ok=True)
    began = time.process_time()
    compared = 0.0
    with watched() as watch:
        job = export_job(project, out, ExportChoice(name))
        for progress in job:
            if progress.what == "comparing" and not compared:
                compared = time.process_time()
    ended = time.process_time()
    project.close()
    return {"write s": (compared or ended) - began, "verify s": ended - (compared or ended)} | {
        "libraries s": watch.libraries
    }


def read(files: Files, name: str) -> Figures:
    """Import what the format's exporter wrote into a new project."""
    formats_in()
    path = files.folder / f"read-{name}.annot"
    path.unlink(missing_ok=True)
    project = Project.create(path, read_scheme(files.scheme), "A")
    spans = 0

    def _import() -> None:
        nonlocal spans
        names = {one.name: one.id for one in project.annotators()}
        options = ImportOptions(new_labels="add")
        job = plan_import([written(files, name)], options, Known(project.scheme, annotators=names), name)
        plan = run(job)
        spans = plan.summary.spans
        project.write_import(plan)
        plan.close()

    with watched() as watch:
        seconds = cpu(_import)
    project.close()
    path.unlink()
    return {"import s": seconds, "libraries s": watch.libraries, "spans": spans}


def floor_export(files: Files) -> Figures:
    """Write JSONL with the floor."""
    connection = floor.connect(files.floor)
    return {"write s": cpu(lambda: floor.export(connection, files.floor_out))}


def alone(files: Files, name: str) -> Figures:
    """Write what the export wrote and read it again, with the format's library alone."""
    return bare.bare(written(files, name), files.folder / f"bare-{name}")


def steps(only: set[str]) -> Iterator[str]:
    """Yield what is measured, in an order in which each finds what it needs."""
    yield from ("floor-import", "prepare", "floor-export")
    for name in sorted(formats_out(), key=lambda one: (one != OWN, one)):
        if name == OWN or not only or name in only:
            yield f"export:{name}"
            found = formats_in().get(name)
            if found is not None and found.importer is not None:
                yield f"import:{name}"
            yield f"bare:{name}"


def child(step: str, folder: Path) -> None:
    """Run one step and print its figures, with the most memory it held."""
    files = Files(folder)
    what, _, name = step.partition(":")
    if name:
        figures = {"export": export, "import": read, "bare": alone}[what](files, name)
    else:
        figures = {"floor-import": floor_import, "prepare": import_all, "floor-export": floor_export}[what](
            files
        )
    print(json.dumps({**figures, "MB": most_memory()}))


def lines(found: dict[str, Figures]) -> Iterator[str]:
    """Yield the table: seconds without libraries, theirs, memory, ratio to JSONL (JSONL: to the floor)."""
    yield f"{'':28}{'CPU s':>8}{'verify':>8}{'libraries':>10}{'MB':>7}{'ratio':>7}  goal"
    for step, figures in found.items():
        what, _, name = step.partition(":")
        row = f"{step:28}{_all(figures):8.2f}{figures.get('verify s', 0):8.2f}"
        row += f"{figures.get('libraries s', 0):10.2f}{figures['MB']:7.0f}"
        if what == "bare":
            row += beyond(found, name)
        elif name:
            base = found[f"floor-{what}" if name == OWN else f"{what}:{OWN}"]
            row += goal(what, name, _own(figures) / _own(base), figures["MB"])
        yield row


def beyond(found: dict[str, Figures], name: str) -> str:
    """Return the ratios of what an export and an import take beyond the bare library."""
    if name == OWN or not found[f"bare:{name}"]["is a library"]:
        return ""
    ratios = {
        what: _beyond(found, f"{what}:{name}") / _beyond(found, f"{what}:{OWN}")
        for what in ("export", "import")
        if f"{what}:{name}" in found
    }
    told = ", ".join(f"{ratio:.1f} {what}" for what, ratio in ratios.items())
    return f"  {told} beyond it  3: {'reached' if max(ratios.values()) <= 3 else 'MISSED'}"


def _beyond(found: dict[str, Figures], step: str) -> float:
    """Return what a step takes beyond the bare library: an export writes and reads, an import reads."""
    what, _, name = step.partition(":")
    alone = found[f"bare:{name}"]
    return max(0, _all(found[step]) - (_all(alone) if what == "export" else alone["verify s"]))


def goal(what: str, name: str, ratio: float, memory: float) -> str:
    """Return the ratio of a format, and whether it is what it has to be."""
    if name != OWN:
        return f"{ratio:7.1f}  3: {'reached' if ratio <= 3 else 'MISSED'}"
    most, least = (80, 4) if what == "export" else (150, 2)
    is_held = ratio <= least and memory <= most
    return f"{ratio:7.1f}  {least}, {most} MB: {'reached' if is_held else 'MISSED'}"


def _own(figures: Figures) -> float:
    return _all(figures) - figures.get("libraries s", 0.0)


def _all(figures: Figures) -> float:
    return sum(figures.get(name, 0.0) for name in ("write s", "verify s", "import s"))


def main() -> None:
    """Make the corpus, measure every step, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--only", default="", help="formats, separated by commas; JSONL always")
    parser.add_argument("--step")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    if chosen.step:
        child(chosen.step, chosen.folder)
        return
    folder = corpus.prepare(chosen.folder, chosen.articles)
    found: dict[str, Figures] = {}
    for step in steps({one for one in chosen.only.split(",") if one}):
        found[step] = measured("benchmarks.exchange", ["--step", step, "--folder", str(folder)], folder)
    print(json.dumps(found) if chosen.json else "\n".join(lines(found)))


if __name__ == "__main__":
    main()
