"""Copies a project that another program has open, for the window and for the command line."""

from __future__ import annotations

from pathlib import Path

from annotator.store import opening


def copy_in_use(path: Path, to: Path) -> None:
    """Copy a project as it lies; never one that this program has open itself.

    Raises UserError when it was being saved at every one of a few looks, or the copy cannot be written.
    """
    opening.copy_in_use(path, to)
