"""Regular expressions in a process of their own: they cannot be interrupted, but a process can be ended.

The two ends speak in plain values.  To the process: `(pattern, case, limit, texts)`.  From it: a list of
places for each text, or a sentence why there are none; and once an empty list, when it has started.
"""

from __future__ import annotations

import contextlib
import faulthandler
import subprocess
import time
import warnings
from collections.abc import Sequence
from multiprocessing import Pipe
from multiprocessing.connection import Connection

from annotator.model.errors import UserError
from annotator.model.matching import Place, Wanted, places
from annotator.nlp.process import connection_to
from annotator.services.suggesting import spawn

TIME_LIMIT = 5.0
"""Seconds for one batch of texts; an ordinary pattern needs a hundredth of one."""
_START = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from annotator.services.pattern_process import main; main(float(sys.argv[2]), int(sys.argv[3]))"
)
Answer = list[list[Place]]


class PatternProcess:
    """The process as its owner sees it; ends by itself at its time limit.

    All but `is_ready` and `close` are called on one thread, those two on any.
    """

    def __init__(self, time_limit: float = TIME_LIMIT) -> None:
        self._time_limit = time_limit
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._is_closed = False
        self._sent = time.monotonic()

    def start(self) -> None:
        """Start it; the first answer, an empty one, says that it has started."""
        near, far = Pipe()
        with far:
            self._process = spawn(far.fileno(), _START, str(self._time_limit))
        self._connection = near
        if self._is_closed:
            self.close()

    def send(self, wanted: Wanted, texts: Sequence[str], limit: int) -> None:
        """Let a batch be looked through; the answer to the one before was received."""
        self._sent = time.monotonic()
        connection = self._connection
        if connection is not None:
            # What is not there any more is noticed when its answer is looked for.
            with contextlib.suppress(OSError):
                connection.send((wanted.text, wanted.case, limit, list(texts)))

    def is_ready(self) -> bool:
        """Tell whether there is an answer, be it that the process has ended."""
        connection = self._connection
        try:
            return connection is None or connection.poll(0)
        except OSError:
            return True

    def receive(self) -> Answer:
        """Return the places in each text; raises UserError for a bad pattern, and for one without an end."""
        connection = self._connection
        try:
            answer: Answer | str = connection.recv() if connection is not None else ""
        except (EOFError, OSError):
            raise self._broken() from None
        if isinstance(answer, str):
            raise UserError(answer)
        return answer

    def close(self) -> None:
        """End the process at once, whatever it does."""
        self._is_closed = True
        # The pipe is closed when nobody holds it any more: another thread may just be writing into it.
        process, self._connection = self._process, None
        if process is not None:
            process.kill()
            process.wait()

    def _broken(self) -> UserError:
        was_late = time.monotonic() - self._sent >= self._time_limit
        self.close()
        if was_late:
            return UserError(
                "Stopped: this pattern takes more than {time_limit:g} seconds for a few articles."
                " One repetition inside another, such as (a+)+, is the usual reason.",
                time_limit=self._time_limit,
            )
        return UserError("The search broke down. Try a simpler pattern.")


def main(time_limit: float, handle: int) -> None:
    """Serve the pipe until its other end is closed; a batch that takes too long ends the process."""
    warnings.simplefilter("ignore")
    connection = connection_to(handle)
    connection.send([])
    while True:
        try:
            pattern, case, limit, texts = connection.recv()
        except (EOFError, OSError):
            return
        # The watch is a thread that needs no interpreter, so that it can end a match that has no end.
        faulthandler.dump_traceback_later(time_limit, exit=True)
        answer = look(Wanted(pattern, "pattern", case=case), texts, limit)
        faulthandler.cancel_dump_traceback_later()
        connection.send(answer)


def look(wanted: Wanted, texts: Sequence[str], limit: int) -> Answer | str:
    """Return the places in each text, at most `limit` in all, or why the pattern is none."""
    found: Answer = []
    for text in texts:
        try:
            found.append(places(text, wanted, limit) if limit > 0 else [])
        except UserError as error:
            return str(error)
        except MemoryError:
            return "This pattern needs more memory than there is."
        limit -= len(found[-1])
    return found
