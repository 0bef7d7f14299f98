"""The separate process in which suggesters run: `python -m annotator.nlp.process`.

The two ends speak in plain tuples.  To the process: `("load", entry point, choice, is urgent)` and
`("suggest", entry point, choice, is urgent, texts)`; a text is `(text, language, meta, blocks)`.  From it:
`("loaded", name, version, layers)` or `("refused", sentence)`; then per text `("proposals", number, spans,
frames, figures)` or `("failed", number, sentence, figures)`, and `("done",)`, which comes after the text
under way once `("stop",)` was sent.  What was loaded stays.

What is urgent is done at once; all else steps back behind the window and other programs, in a thread whose
priority is lower where the system has priorities of threads (Linux), else with the whole process.
"""

from __future__ import annotations

import importlib
import logging
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from multiprocessing.connection import Connection
from operator import index
from typing import Any, cast

from annotator.model.errors import CostlyFailure, UserError
from annotator.model.suggesting import (
    Proposals,
    ProposedFrame,
    ProposedSpan,
    Suggester,
    SuggesterPlugin,
    SuggestInput,
)

Message = tuple[Any, ...]
WireText = tuple[str, str, dict[str, str], tuple[tuple[int, int, str], ...], tuple[str, ...]]

_NICE = 10
_FEW = 1000
"""Proposals that a text may have beside one for each of its characters: more would stop every view of it."""
_log = logging.getLogger(__name__)


def text_to_wire(text: SuggestInput) -> WireText:
    """Return a text as it goes through the pipe."""
    return text.text, text.language, dict(text.meta), tuple(text.blocks), tuple(text.cues)


def proposals_from_wire(
    spans: Sequence[tuple[Any, ...]], frames: Sequence[tuple[Any, ...]], figures: Mapping[str, float]
) -> Proposals:
    """Return the proposals that came through the pipe."""
    return Proposals(
        tuple(ProposedSpan(*span) for span in spans),
        tuple(ProposedFrame(*frame) for frame in frames),
        figures,
    )


def _to_wire(proposals: Proposals, length: int) -> Message:
    """Return proposals as plain tuples; raises ValueError or TypeError for what no project could hold."""
    count = len(proposals.spans) + len(proposals.frames)
    if count > length + _FEW:
        raise ValueError(f"{count:,} proposals for a text of {length:,} characters")
    spans = [_span_to_wire(span, length) for span in proposals.spans]
    frames = [_frame_to_wire(frame, len(spans), len(proposals.frames)) for frame in proposals.frames]
    return spans, frames, dict(proposals.figures)


def _span_to_wire(span: ProposedSpan, length: int) -> Message:
    fragments = tuple((index(start), index(end)) for start, end in span.fragments)
    if not fragments or not all(0 <= start < end <= length for start, end in fragments):
        raise ValueError(f"{span.label} at {span.fragments} lies outside the text")
    if any(end > start for (_, end), (start, _) in pairwise(fragments)):
        raise ValueError(f"the pieces of {span.label} at {span.fragments} overlap, or are out of order")
    return _text(span.label), fragments, _score(span.score), _text(span.reason), _texts(span.attributes)


def _frame_to_wire(frame: ProposedFrame, spans: int, frames: int) -> Message:
    for what, ends, count in (("spans", frame.roles, spans), ("frames", frame.links, frames)):
        if not all(type(number) is int and 0 <= number < count for _, number in ends):
            raise ValueError(f"{frame.label} points to {what} that were not proposed: {ends}")
    return (
        _text(frame.label),
        tuple((_text(role), number) for role, number in frame.roles),
        _score(frame.score),
        _text(frame.reason),
        _texts(frame.attributes),
        tuple((_text(role), number) for role, number in frame.links),
        tuple((_text(role), _text(name)) for role, name in frame.actors),
    )


def _text(text: str) -> str:
    if not isinstance(text, str):
        raise TypeError(f"{text!r} is no text")
    text.encode()  # half a character cannot be stored
    return text


def _texts(attributes: Mapping[str, str]) -> dict[str, str]:
    return {_text(name): _text(value) for name, value in attributes.items()}


def _score(score: float) -> float:
    found = float(score)
    if not 0 <= found <= 1:
        raise ValueError(f"the score {found} does not lie between 0 and 1")
    return found


def main(arguments: Sequence[str]) -> None:
    """Serve the pipe whose handle is the last argument, until its other end is closed."""
    connection = connection_to(int(arguments[-1]))
    inbox = Inbox()
    # A thread of its own, so that the end of the parent is seen in the middle of work.
    threading.Thread(target=listen, args=(connection, inbox), daemon=True).start()
    serve(connection, inbox)


class Inbox(queue.SimpleQueue[Message]):
    """Messages in order, but for the one that stops what is under way, which is heard at once."""

    def __init__(self) -> None:
        super().__init__()
        self._stop = threading.Event()

    def put(self, item: Message, block: bool = True, timeout: float | None = None) -> None:
        """Take in a message, on the thread that listens."""
        if item[0] == "stop":
            self._stop.set()
        else:
            self._stop.clear()
            super().put(item, block, timeout)

    @property
    def is_stopped(self) -> bool:
        """Tell whether the message put last was to stop."""
        return self._stop.is_set()


def connection_to(handle: int) -> Connection:
    """Return the end of a pipe that this process was started with."""
    if sys.platform == "win32":
        from multiprocessing.connection import PipeConnection  # noqa: PLC0415 - of one system only

        return cast(Connection, PipeConnection(handle))
    return Connection(handle)


def listen(connection: Connection, inbox: queue.SimpleQueue[Message]) -> None:
    """Put all that comes into a queue; end the process when the other end of the pipe is closed."""
    try:
        while True:
            inbox.put(connection.recv())
    except (EOFError, OSError):
        os._exit(0)


def lower_priority() -> None:
    """Step back behind the window."""
    if hasattr(os, "nice"):
        os.nice(_NICE)


def serve(connection: Connection, inbox: Inbox) -> None:
    """Answer messages for ever; the listening thread ends the process."""
    loaded: dict[tuple[str, str], Suggester] = {}

    def _do(kind: str, entry_point: str, choice: str, texts: Sequence[WireText] = ()) -> None:
        if kind == "load":
            suggester, answer = _load(entry_point, choice)
            if suggester is not None:
                loaded[entry_point, choice] = suggester
            connection.send(answer)
        elif kind == "suggest" and (entry_point, choice) in loaded:
            given = [SuggestInput(*text) for text in texts]
            for message in _answers(loaded[entry_point, choice], given, lambda: inbox.is_stopped):
                connection.send(message)
            connection.send(("done",))

    with ThreadPoolExecutor(1, initializer=lower_priority) as behind:
        while True:
            kind, entry_point, choice, is_urgent, *rest = inbox.get()
            if is_urgent:
                _do(kind, entry_point, choice, *rest)
            else:
                behind.submit(_do, kind, entry_point, choice, *rest).result()


def _load(entry_point: str, choice: str) -> tuple[Suggester | None, Message]:
    module, _, attribute = entry_point.partition(":")
    try:
        plugin = cast(SuggesterPlugin, getattr(importlib.import_module(module), attribute))
        suggester = plugin.load(choice)
        # What runs a pipeline of somebody else's goes by that pipeline's name.
        name, version = (getattr(suggester, key, getattr(plugin, key)) for key in ("name", "version"))
        return suggester, ("loaded", str(name), str(version), tuple(plugin.layers))
    except UserError as error:
        return None, ("refused", str(error))
    except Exception as error:  # noqa: BLE001 - the door for other people's code
        _log.exception("loading %s", entry_point)
        return None, ("refused", f"The suggester {entry_point} could not be loaded: {_said(error)}")


def _answers(
    suggester: Suggester, texts: Sequence[SuggestInput], is_stopped: Callable[[], bool]
) -> Iterator[Message]:
    """Yield an answer per text until stopped; once the batch has failed, the rest goes one by one."""
    done = 0
    try:
        for number, proposals in enumerate(suggester.suggest(iter(texts))):
            yield ("proposals", number, *_to_wire(proposals, len(texts[number].text)))
            done = number + 1
            if is_stopped():
                return
    except Exception:  # noqa: BLE001 - the door for other people's code
        _log.exception("suggesting for a batch of %d", len(texts))
    for number in range(done, len(texts)):
        yield _answer(suggester, number, texts[number])
        if is_stopped():
            return


def _answer(suggester: Suggester, number: int, text: SuggestInput) -> Message:
    try:
        (proposals,) = suggester.suggest(iter([text]))
        return ("proposals", number, *_to_wire(proposals, len(text.text)))
    except Exception as error:  # noqa: BLE001 - the door for other people's code
        _log.exception("suggesting for one text")
        return (
            "failed",
            number,
            _said(error),
            dict(error.figures) if isinstance(error, CostlyFailure) else {},
        )


def _said(error: Exception) -> str:
    text = " ".join(str(error).split())
    return (text if isinstance(error, UserError) else f"{type(error).__name__}: {text}")[:300]


if __name__ == "__main__":
    main(sys.argv)
