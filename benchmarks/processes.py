"""Runs each measurement in a process of its own, with compiled modules as an installed program has them."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

Figures = dict[str, float]


def measured(module: str, arguments: Sequence[str], folder: Path, **environ: str) -> Figures:
    """Run a module in a new process; return the figures that its last line says."""
    env = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "compiled"), **environ}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", module, *arguments]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=env)
    found: Figures = json.loads(answer.stdout.splitlines()[-1])
    return found


def most_memory() -> float:
    """Return the most memory that this process held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def table(figures: Mapping[str, float], goals: Mapping[str, float]) -> str:
    """Return figures and the most that each may be, as lines."""
    lines = []
    for name, value in figures.items():
        limit = goals.get(name)
        goal = "" if limit is None else f"  at most {limit:g}: {'reached' if value <= limit else 'MISSED'}"
        lines.append(f"{name:24}{value:10.2f}{goal}")
    return "\n".join(lines)
