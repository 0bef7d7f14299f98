"""Finds the gaps of an event loop: how long, how much of it was the loop's own work, and what was at work."""

from __future__ import annotations

import faulthandler
import re
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer

_TICK = 5
"""Milliseconds between two ticks."""
_LATE = 0.025
"""Seconds after the last tick from which on the threads are looked at."""
_LOOK = 0.002
_SCHEDULE = Path("/proc/thread-self/schedstat")
_DEPTH, _DEPTH_OTHERS = 8, 3


@dataclass(frozen=True, slots=True)
class Gap:
    """The time between two ticks, in milliseconds."""

    wall: float
    own: float
    """What the window's thread itself computed in it."""
    queue: float
    """How long it waited for a core that other programs had; not known everywhere, then 0."""

    @property
    def ours(self) -> float:
        """What this program is to answer for: its own work, and waiting for the interpreter or the disk."""
        return self.wall - self.queue


class Clock:
    """Ticks on the window's thread and keeps, per phase, how far apart the ticks were."""

    def __init__(self) -> None:
        self.gaps: dict[str, list[Gap]] = {}
        self.phase = "start"
        self.last = time.perf_counter()
        self._own = time.thread_time()
        self._queue = _queued()
        self._timer = QTimer(interval=_TICK)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def begin(self, phase: str) -> None:
        """Count what follows to another phase."""
        self._on_timeout()
        self.phase = phase

    def _on_timeout(self) -> None:
        now, own, queue = time.perf_counter(), time.thread_time(), _queued()
        gap = Gap((now - self.last) * 1000, (own - self._own) * 1000, (queue - self._queue) * 1000)
        self.gaps.setdefault(self.phase, []).append(gap)
        self.last, self._own, self._queue = now, own, queue


def _queued() -> float:
    """Return for how many seconds this thread was ready to run and had no core, where Linux tells."""
    try:
        return int(_SCHEDULE.read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


class Watch(QObject):
    """Looks at the threads whenever a tick is late, and counts what it finds there."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._event = ""
        self._window = threading.get_ident()
        self._found: dict[str, Counter[str]] = {}
        self._ends = threading.Event()
        threading.Thread(target=self._look, name="watch", daemon=True).start()
        application = QCoreApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep which event is under way: most of Qt's own work is seen in no stack."""
        self._event = f"{event.type().name} of {type(watched).__name__}"
        return False

    def stop(self) -> None:
        """Look no more."""
        self._ends.set()

    def print(self, most: int = 6) -> None:
        """Print, per phase, where the threads were found most often."""
        for phase, places in self._found.items():
            print(f"\n{phase}: found late {sum(places.values())} times")
            for place, count in places.most_common(most):
                print(f"  {count:4} x {place}")

    def _look(self) -> None:
        with tempfile.TemporaryFile("w+") as file:
            while not self._ends.wait(_LOOK):
                if time.perf_counter() - self._clock.last > _LATE:
                    self._count(_stacks(file))

    def _count(self, stacks: Mapping[int, list[str]]) -> None:
        stack = [one for one in stacks.get(self._window, []) if not one.startswith("gap_clock.eventFilter")]
        lines = [f"window: [{self._event}] " + " < ".join(stack[:_DEPTH])]
        for one in threading.enumerate():
            stack = stacks.get(one.ident or 0, [])
            if one.name in ("store", "jobs", "exports") and not stack[0].startswith("worker._serve"):
                lines.append(f"{one.name}: " + " < ".join(stack[:_DEPTH_OTHERS]))
        self._found.setdefault(self._clock.phase, Counter())["\n         ".join(lines)] += 1


def _stacks(file: IO[str]) -> dict[int, list[str]]:
    """Return what each thread is in, the innermost first.

    Through the fault handler, because frames held by Python here would keep painters of another thread alive.
    """
    file.seek(0)
    file.truncate()
    faulthandler.dump_traceback(file, all_threads=True)
    file.seek(0)
    found: dict[int, list[str]] = {}
    stack: list[str] = []
    for line in file:
        if head := re.match(r"(?:Thread|Current thread) 0x([0-9a-f]+)", line):
            stack = found.setdefault(int(head[1], 16), [])
        elif place := re.match(r'  File ".*?([^/]+)\.py", line (\d+) in (.+)', line):
            stack.append(f"{place[1]}.{place[3]}:{place[2]}")
    return found


def wait(seconds: float) -> None:
    """Let the event loop run, as it does in the program."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
