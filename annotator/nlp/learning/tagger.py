"""The conditional random field: trained on tagged words, kept as CRFsuite's own bytes, asked for tags."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from annotator.model.errors import UserError

ITERATIONS = 30
"""Few: more fit the labels at hand better and others worse."""
_SETTINGS = {"c1": 0.3, "c2": 0.1, "max_iterations": ITERATIONS, "feature.minfreq": 2.0}
Rows = list[list[str]]


def train(examples: Iterable[tuple[Rows, Sequence[str]]]) -> bytes:
    """Return a model trained on words with their tags."""
    trainer = _library().Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(_SETTINGS)
    for rows, found in examples:
        trainer.append(rows, found)
    handle, name = tempfile.mkstemp(suffix=".crfsuite")
    os.close(handle)
    try:
        trainer.train(name)
        return Path(name).read_bytes()
    finally:
        Path(name).unlink()


class Tagger:
    """A trained model."""

    def __init__(self, model: bytes) -> None:
        self._model = model  # CRFsuite reads these very bytes as long as it is asked
        self._tagger = _library().Tagger()
        self._tagger.open_inmemory(model)

    def tag(self, rows: Rows) -> tuple[list[str], list[float]]:
        """Return a tag per word, and how sure each is."""
        if not rows:
            return [], []
        found = self._tagger.tag(rows)
        return found, [self._tagger.marginal(tag, number) for number, tag in enumerate(found)]


def _library() -> Any:
    try:
        import pycrfsuite  # noqa: PLC0415 - not there on every machine
    except ImportError as error:
        raise UserError(
            "Learning is off on this machine: the package python-crfsuite is not installed"
            " (there is none for Macs with an Intel processor)."
        ) from error
    return pycrfsuite
