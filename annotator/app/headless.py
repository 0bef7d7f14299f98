"""The main job without a display: the sample articles in, suggestions, a picture of the window, JSONL out."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from annotator.app.display import NO_DISPLAY
from annotator.model.resources import seeds

Command = Callable[[Sequence[str]], int]
"""Runs one command line and returns its exit code."""


def main_job(out: Path, why: str, command: Command) -> int:
    """Do the main job with the program's own commands, saying each; return the first exit code but 0."""
    project, picture, export = (out / name for name in ("seeds.annot", "window.png", "seeds.jsonl"))
    articles = sorted(seeds().glob("*.txt"))
    out.mkdir(parents=True, exist_ok=True)
    print(f"No display ({why}), so the main job is done without a window.\n", flush=True)
    for step in steps(project, articles, picture, export):
        print(f"$ annotator {shlex.join(step)}", flush=True)
        code = command(step)
        if code != 0:
            print(
                f"This step failed; the others were not tried. What there is lies in {out}.", file=sys.stderr
            )
            return code
    print(
        f"\nThe project       {project}\n"
        f"The window        {picture}\n"
        f"The JSONL export  {export}\n\n" + NO_DISPLAY.format(why="")
    )
    return 0


def steps(project: Path, articles: Sequence[Path], picture: Path, export: Path) -> list[list[str]]:
    """Return the command lines of the main job; a project that is there already is used, never replaced."""
    made = [] if project.exists() else [["new", str(project)]]
    return [
        *made,
        ["import", str(project), *map(str, articles)],
        ["suggest", str(project)],
        ["render", str(project), "--article", articles[0].name, "--out", str(picture)],
        ["export", str(project), "--with-suggestions", "--out", str(export)],
    ]
