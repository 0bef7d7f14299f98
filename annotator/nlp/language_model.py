"""The suggester that asks a language model at an address, and only at the one that was consented to."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from annotator.model.errors import CostlyFailure, UserError
from annotator.model.scheme import Scheme, scheme_from_text
from annotator.model.suggesting import Proposals, ProposedFrame, ProposedSpan, SuggestInput
from annotator.nlp.chat import TIMEOUT, Answer, ask, target
from annotator.nlp.cutting import pieces
from annotator.nlp.instructing import Reading, instruction, read

PIECE = 8_000
"""Characters that are sent at a time: the answer to a longer text is often cut off."""


class LanguageModel:
    """Sends each text with the scheme, and takes from the answer what stands in the text."""

    def __init__(self, address: str, model: str, scheme: Scheme, timeout: float) -> None:
        self._address = address
        self._model = model
        self._scheme = scheme
        self._timeout = timeout
        self._instruction = instruction(scheme)
        self._refused: tuple[str, UserError] | None = None

    def suggest(self, texts: Iterable[SuggestInput]) -> Iterator[Proposals]:
        """Yield the proposals of each text, in order, with what they took."""
        for one in texts:
            if self._refused is not None and self._refused[0] == one.text:
                raise self._refused[1]  # asked again after a failure: not sent and paid for twice
            try:
                yield self._of(one.text)
            except UserError as error:
                self._refused = one.text, error
                raise

    def _of(self, text: str) -> Proposals:
        began = time.monotonic()
        took, lost = Counter(requests=0, tokens_in=0, tokens_out=0), Counter(dropped=0, unfit=0)
        spans: list[ProposedSpan] = []
        frames: list[ProposedFrame] = []
        try:
            for start, piece in pieces(text, PIECE):
                if not piece.strip():
                    continue
                answer = self._ask(piece)
                took.update(requests=1, tokens_in=answer.tokens_in, tokens_out=answer.tokens_out)
                found = self._read(answer, piece)
                lost.update(dropped=found.dropped, unfit=found.unfit)
                frames += [_moved_frame(one, len(spans), len(frames)) for one in found.frames]
                spans += [_moved_span(one, start) for one in found.spans]
        except UserError as error:
            if not took["requests"]:
                raise
            raise CostlyFailure(str(error), {**took, "seconds": time.monotonic() - began}) from error
        figures = {**took, **lost, "seconds": time.monotonic() - began}
        return Proposals(tuple(spans), tuple(frames), figures)

    def _ask(self, piece: str) -> Answer:
        messages = (
            {"role": "system", "content": self._instruction},
            {"role": "user", "content": piece},
        )
        return ask(self._address, self._model, messages, timeout=self._timeout)

    def _read(self, answer: Answer, piece: str) -> Reading:
        if not answer.is_whole:
            raise UserError(
                "The answer of {model} was cut off after {tokens_out} tokens: let the server allow"
                " longer answers.",
                model=self._model,
                tokens_out=answer.tokens_out,
            )
        return read(answer.text, piece, self._scheme, f"said by {self._model}")


def _moved_span(one: ProposedSpan, by: int) -> ProposedSpan:
    fragments = tuple((start + by, end + by) for start, end in one.fragments)
    return replace(one, fragments=fragments)


def _moved_frame(one: ProposedFrame, spans: int, frames: int) -> ProposedFrame:
    roles = tuple((role, number + spans) for role, number in one.roles)
    links = tuple((role, number + frames) for role, number in one.links)
    return replace(one, roles=roles, links=links)


@dataclass(frozen=True, slots=True)
class LanguageModelPlugin:
    """The entry point of the suggester that asks a language model."""

    name: str = "language model"
    version: str = "1"
    layers: tuple[str, ...] = ("entities", "attributions", "stances")

    def load(self, choice: str) -> LanguageModel:
        """Take the settings (JSON: address, model, consent, scheme); raises UserError without consent.

        `consent` has to be the address itself: this is the one door through which a text leaves the machine.
        """
        try:
            found = json.loads(choice)
            address, model, consent = (str(found[name]) for name in ("address", "model", "consent"))
            scheme = scheme_from_text(found["scheme"])
            timeout = float(found.get("timeout", TIMEOUT))
        except (ValueError, KeyError, TypeError) as error:
            raise UserError("No language model is set up: give its address and its name.") from error
        target(address)
        if consent != address:
            raise UserError(
                "Nothing was sent to {address}: there is no consent to send articles there.", address=address
            )
        return LanguageModel(address, model, scheme, timeout)


SUGGESTER = LanguageModelPlugin()
