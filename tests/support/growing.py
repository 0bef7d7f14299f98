"""Tells how the time of work grows with its size, both measured in one run: the machine's speed falls out."""

from __future__ import annotations

import time
from collections.abc import Callable


def growth(work: Callable[[int], object], few: int, many: int) -> float:
    """Return how many times the CPU seconds of `few` those of `many` are, the least of three runs of each."""
    pairs = [(_seconds(work, few), _seconds(work, many)) for _ in range(3)]
    least, most = map(min, zip(*pairs, strict=True))
    return most / least


def _seconds(work: Callable[[int], object], size: int) -> float:
    began = time.process_time()
    work(size)
    return time.process_time() - began
