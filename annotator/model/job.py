"""Long work as a generator: it yields how far it is and returns its result."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

Result = TypeVar("Result")
Step = TypeVar("Step")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is; `total` is 0 while it is not known."""

    done: int
    total: int
    what: str = ""


Job = Generator[Progress, None, Result]
"""Work that computes and returns a value; closing the generator cancels it and leaves no trace."""


def paused(work: Generator[object, None, Result], step: Step) -> Generator[Step, None, Result]:
    """Do work as a part of other work that yields something else: this step, wherever it pauses."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: Result = end.value
            return result
        yield step


def run(job: Generator[Step, None, Result], tell: Callable[[Step], None] = lambda _: None) -> Result:
    """Run a job, or what else yields steps, to its end on this thread and return its result."""
    while True:
        try:
            tell(next(job))
        except StopIteration as end:
            result: Result = end.value
            return result
