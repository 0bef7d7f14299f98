"""What offsets count in a file: characters, unless somebody asks for UTF-16 units or bytes."""

from __future__ import annotations

from itertools import accumulate

from annotator.model.formats import Option

UNITS = ("characters", "utf16", "bytes")
UNIT = Option("unit", "Positions", UNITS, ("characters (code points)", "UTF-16 units", "bytes of UTF-8"))


def bounds_in(text: str, unit: str) -> list[int]:
    """Return where characters begin, and the last one ends, in a unit; nothing where it is characters."""
    if unit == "characters" or (unit == "bytes" and text.isascii()):
        return []
    sizes = (len(one.encode()) for one in text) if unit == "bytes" else (1 + (one > "\uffff") for one in text)
    return [0, *accumulate(sizes)]
