"""`annotator open`: the arguments of the window; kept light, because the window waits for them."""

from __future__ import annotations

import argparse
from pathlib import Path

NAME = "open"
SUMMARY = "open the window (also without any command)"


def is_path(word: str) -> bool:
    """Tell whether the first argument is a file or folder, not a command: by an ending or a separator."""
    return not word.startswith("-") and (bool(Path(word).suffix) or Path(word).name != word)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `open`."""
    parser.add_argument(
        "paths", metavar="PATH", type=Path, nargs="*", help="the project file, or files and folders to import"
    )
    parser.add_argument("--platform", metavar="P", default="", help="where the window appears, e.g. vnc")
