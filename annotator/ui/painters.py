"""Painters that end with their block: one that a mistake leaves active can end the whole program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QPaintDevice, QPainter


@contextmanager
def painting(device: QPaintDevice) -> Iterator[QPainter]:
    """Return a painter on a widget or picture; it ends whatever happens."""
    painter = QPainter(device)
    try:
        yield painter
    finally:
        painter.end()
