"""Runs every check, the tests last, so that pytest's closing line is the last word when all is in order."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINT = "from importlinter.cli import lint_imports_command as run; run()"


def main(rest: list[str]) -> int:
    """Run the checks and return 0 when all passed; `rest` goes to pytest."""
    workers = ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "worksteal"] if not rest else []
    checks = {
        "form (ruff format)": ["-m", "ruff", "format", "--check", "."],
        "style (ruff check)": ["-m", "ruff", "check", "."],
        "types (mypy)": ["-m", "mypy", "annotator", "benchmarks", "start.py"],
        "floors (import-linter)": ["-c", LINT],
        "tests (pytest)": ["-m", "pytest", *workers, *rest],
    }
    failed = [name for name, arguments in checks.items() if not passes(name, arguments)]
    if failed:
        print("Not in order: " + ", ".join(failed), file=sys.stderr)
    return 1 if failed else 0


def passes(name: str, arguments: list[str]) -> bool:
    """Run one check in this environment and tell if it passed."""
    print(f"--- {name}", flush=True)
    # What is compiled is kept whatever the person chose: the tests start the program a hundred times.
    ours = {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": ""}
    environment = {"QT_QPA_PLATFORM": "offscreen"} | os.environ | ours
    return subprocess.call([sys.executable, *arguments], cwd=ROOT, env=environment) == 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
