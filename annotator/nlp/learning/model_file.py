"""The file of a learned model: a line of JSON that says what it is, then CRFsuite's own bytes, if any."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, fields, replace
from pathlib import Path

from annotator.model.disk import unwritten
from annotator.model.errors import UserError
from annotator.model.learning import Comparison, Learned, Sureness

_FORMAT = 5
_MOST_BYTES = 200_000_000


def write_model(path: Path, learned: Learned, model: bytes) -> str:
    """Write a model beside `path` and return the SHA-256 of the file, which `take_place` puts there."""
    facts = replace(learned, model=_digest(learned, model))
    fresh = fresh_path(path)
    line = json.dumps({"format": _FORMAT, **asdict(facts)})
    with _told(path):
        fresh.write_bytes(line.encode() + b"\n" + model)
    return file_hash(fresh)


def take_place(path: Path) -> None:
    """Let the model that was written beside `path` replace what is there, in one piece."""
    with _told(path):
        fresh_path(path).replace(path)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Leave nothing half done when the disk does not take a model, and say so."""
    try:
        yield
    except OSError as error:
        with suppress(OSError):
            fresh_path(path).unlink(missing_ok=True)
        raise UserError(
            "What was learned could not be written to {path}: {reason}.",
            path=path,
            reason=unwritten(error),
        ) from error


def fresh_path(path: Path) -> Path:
    """Return where a model is written before it takes its place."""
    return path.with_name(path.name + ".new")


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file; empty when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def read_facts(path: Path) -> Learned:
    """Return what a model file says of itself; raises UserError when it is none."""
    return _read(path)[0]


def read_model(path: Path) -> tuple[Learned, bytes]:
    """Return a model with what it is; raises UserError when the file is none, or damaged."""
    learned, model = _read(path)
    if _digest(learned, model) != learned.model:
        raise UserError("{name} is damaged: its model is another one than it says.", name=path.name)
    return learned, model


def _digest(learned: Learned, model: bytes) -> str:
    """Return the SHA-256 of all that was learned: weights, and CRFsuite's bytes where there are any."""
    line = json.dumps(asdict(replace(learned, model="")))
    return hashlib.sha256(line.encode() + b"\n" + model).hexdigest()


def _read(path: Path) -> tuple[Learned, bytes]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UserError("{name} is too large for a learned model.", name=path.name)
        line, _, model = path.read_bytes().partition(b"\n")
        data = json.loads(line)
        if data.pop("format") != _FORMAT:
            raise ValueError("format")
        if data.keys() != {one.name for one in fields(Learned)}:
            raise ValueError("fields")  # of a version that learned less, or more
        comparisons = tuple(Comparison(**one) for one in data.pop("comparisons"))
        sureness = tuple(Sureness(**one) for one in data.pop("sureness"))
        data |= {name: tuple(data[name]) for name in ("labels", "moves", "cues", "asked")}
        data["teachers"] = {article: tuple(names) for article, names in data["teachers"].items()}
        learned = Learned(comparisons=comparisons, sureness=sureness, **data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError("{name} is no learned model that this program can read.", name=path.name) from error
    return learned, model
