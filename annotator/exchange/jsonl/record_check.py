"""Re-reads a written annotator JSONL file: the lines that were meant, with texts of the stored hashes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import msgspec

from annotator.exchange.files import BUFFER, cannot_read
from annotator.exchange.jsonl.record_units import check_unit
from annotator.model.errors import UserError
from annotator.model.proof import Proof
from annotator.model.text import sha256_of


class _Span(msgspec.Struct, gc=False):
    """What a written span covers."""

    id: str
    fragments: list[tuple[int, int]]
    text: list[str]


class _Suggestions(msgspec.Struct):
    spans: list[_Span]


class _Row(msgspec.Struct):
    """What is looked at of a written record: all of it is known byte for byte."""

    name: str
    text: str
    sha256: str
    spans: list[_Span]
    suggestions: _Suggestions | None = None


_decoded = msgspec.json.Decoder(_Row).decode


def check_written(path: Path, wanted: int, proof: Proof, unit: str) -> Iterator[int]:
    """Yield how many records agree with what was meant; raises UserError on the first that does not."""
    count = 0
    try:
        with path.open("rb", BUFFER) as file:
            for count, raw in enumerate(file, 1):
                # Labels, roles, notes: a line is the one that was written, before its places are looked at.
                proof.check_row(count, [raw])
                row = _row(raw, count)
                _check(row, count)
                check_unit(raw, unit, count)
                yield count
    except OSError as error:
        raise cannot_read(error) from error
    if count != wanted:
        raise UserError(
            "The written file holds {count:,} articles, but {wanted:,} were to be written.",
            count=count,
            wanted=wanted,
        )


def _row(raw: bytes, line: int) -> _Row:
    try:
        return _decoded(raw)
    except msgspec.DecodeError as error:
        raise UserError(
            "The written file cannot be read again in line {line}: {error}.", line=line, error=error
        ) from error


def _check(row: _Row, line: int) -> None:
    """Hold a text against its hash, the stored one since the line is as meant, and spans against the text."""
    text = row.text
    if row.sha256 != sha256_of(text):
        raise UserError(
            "The text of {name!r} (line {line}) is not the stored one; check the project before exporting.",
            name=row.name,
            line=line,
        )
    _check_spans(row.spans, text, row.name, line)
    if row.suggestions is not None:
        _check_spans(row.suggestions.spans, text, row.name, line)


def _check_spans(spans: Sequence[_Span], text: str, name: str, line: int) -> None:
    if _is_sound(spans, text):
        return
    size = len(text)
    for span in spans:
        for (start, end), quote in zip(span.fragments, span.text, strict=True):
            if not 0 <= start < end <= size or text[start:end] != quote:
                raise UserError(
                    "In {name!r} (line {line}) the span {id} does not cover the text it names ({start} "
                    "to {end}); check the project before exporting.",
                    name=name,
                    line=line,
                    id=span.id,
                    start=start,
                    end=end,
                )


def _is_sound(spans: Sequence[_Span], text: str) -> bool:
    """Tell whether all spans cover the texts they name, looked at together; where not, the search begins."""
    fragments, quotes = [one.fragments for one in spans], [one.text for one in spans]
    if [*map(len, fragments)] != [*map(len, quotes)]:
        return False
    pairs = [*chain.from_iterable(fragments)]
    size = len(text)
    covered = [text[start:end] if 0 <= start < end <= size else None for start, end in pairs]
    return covered == [*chain.from_iterable(quotes)]
