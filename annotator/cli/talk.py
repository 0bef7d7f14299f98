"""What a command says: answers on standard output, refusals and progress on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any, TextIO, TypeVar

from tqdm import tqdm

from annotator.model.disk import unwritten
from annotator.model.job import Job, Progress, run

T = TypeVar("T")


class AnswerLost(Exception):
    """Standard output did not take the answer (a full disk); what was done before it is done."""


class Talk:
    """Speaks for one command, and remembers what was refused."""

    def __init__(self, as_json: bool, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.refused: list[str] = []
        self.notices: list[str] = []
        self._as_json = as_json
        self._out = out or sys.stdout
        self._err = err or sys.stderr

    def refuse(self, sentence: str) -> None:
        """Name something that was refused, on one line of standard error; the command then returns 1."""
        self.refused.append(sentence)
        self.note(sentence)

    def tell(self, notices: Iterable[str]) -> None:
        """Say what a project has to say about itself (not closed properly, for reading only, …)."""
        for notice in notices:
            self.notices.append(notice)
            self.note(notice)

    def note(self, sentence: str) -> None:
        """Say something worth knowing on one line of standard error."""
        print(" ".join(sentence.splitlines()), file=self._err, flush=True)

    def answer(self, data: Mapping[str, Any], lines: Iterable[str]) -> None:
        """Give the answer: as one JSON object, with what was refused and told, or as lines for a person."""
        if self._as_json:
            whole = {"ok": not self.refused, "refused": self.refused, "notices": self.notices, **data}
            lines = (json.dumps(whole, ensure_ascii=False),)
        try:
            for line in lines:
                print(line, file=self._out)
            self._out.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise AnswerLost(f"The answer could not be written: {unwritten(error)}.") from error

    def work(self, name: str, job: Job[T]) -> T:
        """Run a job to its end, with a bar on a terminal; stopped half-way, the job leaves no trace."""
        with closing(job), self._bar(name) as tell:
            return run(job, tell)

    @contextmanager
    def _bar(self, name: str) -> Iterator[Callable[[Progress], None]]:
        # disable=None: tqdm shows nothing where standard error is no terminal.
        with tqdm(desc=name, file=self._err, disable=None, leave=False, unit="") as bar:

            def _tell(progress: Progress) -> None:
                bar.total = progress.total or None
                bar.update(progress.done - bar.n)

            yield _tell
