"""Adds to records of annotator JSONL where things stand in UTF-16 units or bytes, and checks that again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import orjson

from annotator.model.errors import UserError
from annotator.model.formats import Option
from annotator.model.marks import UNITS
from annotator.model.raw_offsets import bounds_in
from annotator.model.text import Utf16Map

Row = dict[str, Any]
Pair = Sequence[int]
OFFSETS = Option(
    "offsets",
    "Positions",
    UNITS,
    ("in characters (Unicode code points)", "also in UTF-16 units", "also in bytes of UTF-8"),
)
_CODECS = {"utf16": ("utf-16-le", 2), "bytes": ("utf-8", 1)}


def with_unit(row: Row, unit: str) -> Row:
    """Return a record that also says where things stand in a unit, in fields that end with its name."""
    if unit in _CODECS:
        at = _positions(row["text"], unit)
        for one in _spans(row):
            one[f"fragments_{unit}"] = [[at(start), at(end)] for start, end in one["fragments"]]
        for one in row["blocks"]:
            one[f"start_{unit}"], one[f"end_{unit}"] = at(one["start"]), at(one["end"])
        for one in row["nothing_here"]:
            stretch = one["stretch"]
            one[f"stretch_{unit}"] = stretch and [at(stretch[0]), at(stretch[1])]
    return row


def check_unit(raw: bytes, unit: str, line: int) -> None:
    """Compare what a written record covers in a unit with what it covers in characters; raises UserError."""
    if unit not in _CODECS:
        return
    codec, size = _CODECS[unit]
    row: Row = orjson.loads(raw)
    text = row["text"]
    data = text.encode(codec)
    for (start, end), (first, last) in _pairs(row, unit):
        if data[first * size : last * size].decode(codec, "replace") != text[start:end]:
            raise UserError(
                "In {name!r} (line {line}) {first} to {last} in {unit} is not {start} to {end} in "
                "characters; report this.",
                name=row["name"],
                line=line,
                first=first,
                last=last,
                unit=unit,
                start=start,
                end=end,
            )


def _spans(row: Row) -> Iterator[Row]:
    yield from row["spans"]
    yield from row.get("suggestions", {}).get("spans", ())


def _pairs(row: Row, unit: str) -> Iterator[tuple[Pair, Pair]]:
    for one in _spans(row):
        yield from zip(one["fragments"], one[f"fragments_{unit}"], strict=True)
    for one in row["blocks"]:
        yield (one["start"], one["end"]), (one[f"start_{unit}"], one[f"end_{unit}"])
    for one in row["nothing_here"]:
        if one["stretch"]:
            yield one["stretch"], one[f"stretch_{unit}"]


def _positions(text: str, unit: str) -> Callable[[int], int]:
    """Return what turns a position in characters into one in the unit."""
    if unit == "utf16":
        return Utf16Map(text).to_16
    bounds = bounds_in(text, "bytes")
    return bounds.__getitem__ if bounds else int
