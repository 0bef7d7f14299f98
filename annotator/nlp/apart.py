"""A job in a process of its own: `main` runs one generator of Progress, and says how it goes.

To the process: `(function, arguments)`, the function as `module:name`.  From it: `("progress", done, total,
what)` as it goes on, then `("done", result)` or `("refused", sentence)`; all of it plain values.
"""

from __future__ import annotations

import importlib
import logging
import queue
import threading
from multiprocessing.connection import Connection

from annotator.model.errors import UserError
from annotator.model.job import Progress, run
from annotator.nlp.process import Message, connection_to, listen, lower_priority

_log = logging.getLogger(__name__)


def main(handle: int) -> None:
    """Run the job that the other end of the pipe asks for; ends at once when that is closed."""
    lower_priority()
    connection = connection_to(handle)
    inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
    threading.Thread(target=listen, args=(connection, inbox), daemon=True).start()
    function, arguments = inbox.get()
    connection.send(answer(connection, function, arguments))
    inbox.get()  # nothing more comes: the process ends when the answer was read and the pipe closed


def answer(connection: Connection, function: str, arguments: tuple[object, ...]) -> Message:
    """Return what the job comes to; how far it is goes through the pipe meanwhile."""

    def _tell(progress: Progress) -> None:
        connection.send(("progress", progress.done, progress.total, progress.what))

    module, _, name = function.partition(":")
    try:
        return "done", run(getattr(importlib.import_module(module), name)(*arguments), _tell)
    except UserError as error:
        return "refused", str(error)
    except Exception as error:  # noqa: BLE001 - whoever waits has to hear of everything
        _log.exception("running %s", function)
        said = " ".join(str(error).split())
        return "refused", f"This did not work ({type(error).__name__}: {said[:300]})."
