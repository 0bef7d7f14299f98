"""Runs a job of `nlp` in a separate process; closing it ends the process at once."""

from __future__ import annotations

from multiprocessing import Pipe
from typing import Any

from annotator.model.errors import UserError
from annotator.model.job import Job, Progress
from annotator.services.suggesting import spawn

_START = (
    "import sys; sys.path.append(sys.argv[1]); from annotator.nlp.apart import main; main(int(sys.argv[2]))"
)
_LOOK = 0.1


def run_apart(function: str, *arguments: object) -> Job[Any]:
    """Return what a function `module:name`, which makes a job, comes to; all values have to be plain ones."""
    near, far = Pipe()
    with far:
        process = spawn(far.fileno(), _START)
    progress = Progress(0, 0)
    try:
        near.send((function, arguments))
        while True:
            yield progress
            if not near.poll(_LOOK):
                continue
            kind, *rest = near.recv()
            if kind == "done":
                return rest[0]
            if kind == "refused":
                raise UserError(rest[0])
            progress = Progress(*rest)
    except (EOFError, OSError) as error:
        raise UserError("The process that did this broke down; there may not be enough memory.") from error
    finally:
        near.close()
        process.kill()
        process.wait()
