"""Moves offsets of a raw text, whatever they count, to code points of the settled text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from annotator.model.marks import Unit
from annotator.model.text import Settled, Utf16Map, length16


class RawOffsets:
    """The offsets of one raw text."""

    def __init__(self, raw: str, settled: Settled, unit: Unit) -> None:
        self.raw = raw
        self._settled = settled
        self._wide = Utf16Map(raw) if unit == "utf16" and length16(raw) > len(raw) else None
        self._bounds = bounds_in(raw, unit) if self._wide is None else ()
        self.is_plain = not self._bounds and self._wide is None
        """Whether offsets are code points as they stand."""
        self.is_still = self.is_plain and not settled.shifts
        """Whether offsets are code points of the settled text as they stand."""

    def raw_of(self, offset: int) -> int | None:
        """Return the code point of the raw text; None outside it, and inside a character."""
        if self._wide is not None:
            at = self._wide.from_16(offset)
            return at if 0 <= at <= len(self.raw) and self._wide.to_16(at) == offset else None
        if self.is_plain:
            return offset if 0 <= offset <= len(self.raw) else None
        at = bisect_left(self._bounds, offset)
        return at if at < len(self._bounds) and self._bounds[at] == offset else None

    def settled_of(self, raw: int) -> int:
        """Return where a code point of the raw text lies in the settled one."""
        return self._settled.offset(raw) if self._settled.shifts else raw


def bounds_in(text: str, unit: Unit) -> Sequence[int]:
    """Return where each character begins in a unit, and where the last one ends; nothing where they agree."""
    if unit == "bytes" and not text.isascii():
        return [0, *accumulate(map(_bytes, text))]
    if unit == "utf16" and length16(text) > len(text):
        return Utf16Map(text).all_to_16(range(len(text) + 1))
    return []


def _bytes(char: str) -> int:
    return len(char.encode("utf-8", "surrogatepass"))
