"""Suggestions for articles: drives the separate process, and gives back a plan to be written."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from annotator.model.changes import Add, Edit
from annotator.model.errors import UserError
from annotator.model.ids import Id, id_time, new_ids
from annotator.model.job import Job, Progress
from annotator.model.records import Fragment, RoleEnd, SuggestedFrame, SuggestedSpan
from annotator.model.said import say
from annotator.model.suggesting import Proposals, SuggestInput, with_actors
from annotator.nlp.process import Message, proposals_from_wire, text_to_wire
from annotator.services.pipelines import allowed_choice

SUGGESTERS = "annotator.suggesters"
About = tuple[str, str, tuple[str, ...]]
"""Name, version and layers of a suggester."""
BATCH_TEXTS = 32
BATCH_LENGTH = 200_000
"""Texts and characters that go to the process at a time."""
TIME_LIMIT = 60.0
LOAD_LIMIT = 180.0
"""Seconds without an answer, for a text and for loading, after which the process is given up."""
_MOST_BROKEN = 3
"""Breakdowns in a row after which a pipeline is given up: each costs the time of loading it anew."""
_LOOK = 0.1
_PACKAGE_ROOT = Path(__file__).resolve().parent.parent.parent
_START = "import sys; sys.path.append(sys.argv[1]); from annotator.nlp.process import main; main(sys.argv)"


@dataclass(frozen=True, slots=True)
class Failure:
    """A text for which nothing could be proposed, and why."""

    article: Id
    reason: str
    figures: Mapping[str, float] = field(default_factory=dict)
    """What it took all the same, as proposals tell it."""


class Failed(NamedTuple):
    """Why the process proposed nothing for a text, and what that took."""

    reason: str
    figures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class SuggestionSummary:
    """What a plan holds."""

    articles: int
    spans: int
    frames: int
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class SuggestionPlan:
    """Suggestions for some articles, ready to be written in one operation."""

    suggester: str
    """Name and version of what proposed them."""
    layers: tuple[str, ...]
    proposals: tuple[tuple[Id, Proposals], ...]
    failures: tuple[Failure, ...] = ()
    operation: str = field(default="Suggest entities", kw_only=True)
    instead_of: frozenset[str] = field(default=frozenset(), kw_only=True)
    """Names of other suggesters (without versions) whose open suggestions it takes the place of."""
    comes_first: bool = field(default=False, kw_only=True)
    left: tuple[Id, ...] = field(default=(), kw_only=True)
    """Articles that were not looked at, because something more urgent came."""

    @property
    def articles(self) -> tuple[Id, ...]:
        """The articles that were looked at without a failure, also those without a suggestion."""
        return tuple(article for article, _ in self.proposals)

    @property
    def summary(self) -> SuggestionSummary:
        """How much there is."""
        return SuggestionSummary(
            len(self.proposals),
            sum(len(proposals.spans) for _, proposals in self.proposals),
            sum(len(proposals.frames) for _, proposals in self.proposals),
            self.failures,
        )

    def edits(self, annotator: Id) -> Iterator[Edit]:  # noqa: ARG002 - suggestions belong to their suggester
        """Yield one Add per suggestion, spans before the frames that point to them."""
        for article, proposals in self.proposals:
            ids = new_ids(len(proposals.spans) + len(proposals.frames))
            spans, frames = ids[: len(proposals.spans)], ids[len(proposals.spans) :]
            for span_id, span in zip(spans, proposals.spans, strict=True):
                fragments = tuple(Fragment(*fragment) for fragment in span.fragments)
                yield Add(
                    SuggestedSpan(
                        span_id, article, span.label, fragments, span.score, self.suggester, span.reason,
                        id_time(span_id), span.attributes,
                    )
                )  # fmt: skip
            for frame_id, frame in zip(frames, proposals.frames, strict=True):
                roles = (
                    *(RoleEnd(role, "span", spans[number]) for role, number in frame.roles),
                    *(RoleEnd(role, "frame", frames[number]) for role, number in frame.links),
                )
                yield Add(
                    SuggestedFrame(
                        frame_id, article, frame.label, roles, frame.score, self.suggester, frame.reason,
                        id_time(frame_id), with_actors(frame),
                    )
                )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Haste:
    """How soon something is wanted."""

    is_urgent: bool = False
    """Whether somebody waits for it; all else steps back behind other work."""
    gives_way: Callable[[], bool] = field(default=lambda: False)
    """Tells, whenever it is asked, whether to stop after the text under way."""


_PATIENT = Haste()


class SuggestProcess:
    """The separate process; starts when first needed, again after a crash, and ends with its owner."""

    def __init__(self, *, time_limit: float = TIME_LIMIT, load_limit: float = LOAD_LIMIT) -> None:
        self._time_limit = time_limit
        self._load_limit = load_limit
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._loaded: dict[tuple[str, str], About] = {}

    def __enter__(self) -> SuggestProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def process_id(self) -> int | None:
        """The id of the running process, if one runs."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def close(self) -> None:
        """End the process at once, whatever it does."""
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._connection = self._process = None
        self._loaded.clear()

    def load(
        self, entry_point: str, choice: str, haste: Haste = _PATIENT
    ) -> Generator[Progress, None, About]:
        """Load a suggester and return its name, version and layers; raises UserError when it cannot be."""
        key = (entry_point, choice)
        connection = self._start()
        if key in self._loaded:
            return self._loaded[key]
        connection.send(("load", entry_point, choice, haste.is_urgent))
        answer = yield from self._answer(self._load_limit, Progress(0, 0, say("loading")))
        if answer is None:
            self.close()
            limit = f"{self._load_limit:.0f} seconds"
            raise UserError(
                "The suggester broke down at its start, or did not start within {limit}.", limit=limit
            )
        if answer[0] == "refused":
            raise UserError(str(answer[1]))
        self._loaded[key] = (answer[1], answer[2], tuple(answer[3]))
        return self._loaded[key]

    def suggest(
        self,
        entry_point: str,
        choice: str,
        texts: Sequence[SuggestInput],
        progress: Progress,
        haste: Haste = _PATIENT,
    ) -> Generator[Progress, None, list[Proposals | Failed]]:
        """Return what a suggester proposes per text, or why there is nothing; fewer where it gives way.

        Raises UserError where what was chosen, a pipeline, breaks the process again and again.
        """
        found: dict[int, Proposals | Failed] = {}
        at_once, broken = len(texts), 0
        while len(found) < len(texts) and not haste.gives_way():
            yield from self.load(entry_point, choice, haste)
            rest = [number for number in range(len(texts)) if number not in found][:at_once]
            before = len(found)
            sent = [text_to_wire(texts[number]) for number in rest]
            message = ("suggest", entry_point, choice, haste.is_urgent, sent)
            whole = yield from self._batch(message, rest, found, progress, haste)
            if not whole and len(found) == before and len(rest) == 1:
                limit = f"{self._time_limit:.0f} seconds"
                found[rest[0]] = Failed(f"It took longer than {limit}, or broke the process.", {})
                broken += 1
            elif len(found) > before:
                broken = 0
            if choice and broken == _MOST_BROKEN:
                raise UserError("{choice} broke down at {n} articles in a row.", choice=choice, n=broken)
            # After a breakdown one text at a time, so that only the one at fault is left out.
            at_once = len(texts) if whole else 1
        return [found[number] for number in sorted(found)]

    def _batch(
        self,
        message: Message,
        numbers: Sequence[int],
        found: dict[int, Proposals | Failed],
        progress: Progress,
        haste: Haste,
    ) -> Generator[Progress, None, bool]:
        """Fill `found`; return False when the process had to be given up before the end."""
        try:
            self._start().send(message)
        except OSError:
            self.close()
            return False
        while True:
            answer = yield from self._answer(self._time_limit, progress, haste)
            if answer is None:
                self.close()
                return False
            if answer[0] == "done":
                return True
            read = proposals_from_wire if answer[0] == "proposals" else Failed
            found[numbers[answer[1]]] = read(*answer[2:])

    def _answer(
        self, limit: float, progress: Progress, haste: Haste = _PATIENT
    ) -> Generator[Progress, None, Message | None]:
        """Wait for a message; None when the process died or said nothing for so many seconds."""
        assert self._connection is not None
        end = time.monotonic() + limit
        while time.monotonic() < end:
            try:
                if haste.gives_way():
                    self._connection.send(("stop",))
                if self._connection.poll(_LOOK):
                    message: Message = self._connection.recv()
                    return message
            except (EOFError, OSError):
                return None
            yield progress
        return None

    def _start(self) -> Connection:
        if self.process_id is not None and self._connection is not None:
            return self._connection
        self.close()
        near, far = Pipe()
        with far:
            self._process = spawn(far.fileno())
        self._connection = near
        return near


def spawn(handle: int, start: str = _START, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a process with one end of a pipe, whose handle is the last of the arguments of `start`."""
    # Not by `multiprocessing`, which would run our main module anew, and with it the window's libraries.
    command = [sys.executable, "-P", "-c", start, str(_PACKAGE_ROOT), *arguments, str(handle)]
    options: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    if sys.platform == "win32":
        os.set_handle_inheritable(handle, True)
        options["startupinfo"] = subprocess.STARTUPINFO(lpAttributeList={"handle_list": [handle]})
        options["creationflags"] = subprocess.CREATE_NO_WINDOW
    else:
        options["pass_fds"] = (handle,)
    return subprocess.Popen(command, **options)


def plan_suggestions(
    inputs: Sequence[tuple[Id, SuggestInput]],
    *,
    suggester: str = "entities",
    choice: str = "",
    process: SuggestProcess | None = None,
    haste: Haste = _PATIENT,
) -> Job[SuggestionPlan]:
    """Return suggestions for texts; `suggester` names an entry point, or is one ("module:attribute").

    A `process` that is given stays open for the next call; closing the job ends the work in it.
    """
    runner = process if process is not None else SuggestProcess()
    finished = False
    try:
        point, choice = entry_point(suggester), allowed_choice(choice)
        name, version, layers = yield from runner.load(point, choice, haste)
        with_whom = say("with {name}", name=name)
        proposals: list[tuple[Id, Proposals]] = []
        failures: list[Failure] = []
        left: list[Id] = []
        for batch in batches(inputs):
            progress = Progress(len(proposals) + len(failures), len(inputs), with_whom)
            found = yield from runner.suggest(point, choice, [text for _, text in batch], progress, haste)
            left += [article for article, _ in batch[len(found) :]]
            for (article, _), one in zip(batch, found, strict=False):
                if isinstance(one, Proposals):
                    proposals.append((article, one))
                else:
                    failures.append(Failure(article, *one))
            yield Progress(len(proposals) + len(failures), len(inputs), with_whom)
        finished = True
    finally:
        if process is None or not finished:
            runner.close()
    operation = f"Suggest {' and '.join(layers)}"
    return SuggestionPlan(
        f"{name} {version}", layers, tuple(proposals), tuple(failures), operation=operation, left=tuple(left)
    )


def batches(inputs: Iterable[tuple[Id, SuggestInput]]) -> Iterator[list[tuple[Id, SuggestInput]]]:
    """Yield texts in portions that go to the process at a time."""
    batch: list[tuple[Id, SuggestInput]] = []
    length = 0
    for one in inputs:
        if batch and (len(batch) >= BATCH_TEXTS or length + len(one[1].text) > BATCH_LENGTH):
            yield batch
            batch, length = [], 0
        batch.append(one)
        length += len(one[1].text)
    if batch:
        yield batch


@lru_cache
def entry_point(suggester: str) -> str:
    """Return where a suggester is (`module:attribute`), by its name; raises UserError where there is none."""
    if ":" in suggester:
        return suggester
    for point in importlib.metadata.entry_points(group=SUGGESTERS):
        if point.name == suggester:
            return point.value
    raise UserError("There is no suggester named {suggester}.", suggester=suggester)
