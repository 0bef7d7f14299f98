"""Says which SQLite keeps projects: a report of a fault has to name it."""

from __future__ import annotations

from annotator.store import sqlite


def sqlite_version() -> str:
    """Return the version of the SQLite that is in use."""
    return sqlite.VERSION
