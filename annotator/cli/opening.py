"""`annotator open`: the arguments of the window; kept light, because the window waits for them."""

from __future__ import annotations

import argparse
from pathlib import Path

NAME = "open"
SUMMARY = "open the window (also without any command)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `open`."""
    parser.add_argument("project", metavar="PROJECT", type=Path, nargs="?", help="the project file (*.annot)")
    parser.add_argument("--platform", metavar="P", default="", help="where the window appears, e.g. vnc")
