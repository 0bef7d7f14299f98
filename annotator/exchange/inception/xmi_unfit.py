"""Characters that XML cannot have: how texts are written without them, and get them back."""

from __future__ import annotations

import re
from collections.abc import Callable

from annotator.model.text import Utf16Map

FACT_NAME = "characters that XML cannot have"
"""What the fact of an article is called that says where such characters of its text stood."""
_STANDS = "\ufffd"
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OF_TEXTS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Those that a stored text may have: each is one unit of UTF-16, as what stands for it."""
_SAID = re.compile(r"U\+([0-9A-F]{4}) at ([0-9]{1,9})")


def fit(text: str) -> str:
    """Return a text with a stand-in for each such character; it is as long in every unit."""
    return text if _is_plain(text) else _UNFIT.sub(_STANDS, text)


def count_unfit(text: str) -> int:
    """Return how many such characters a text has."""
    return 0 if _is_plain(text) else len(_UNFIT.findall(text))


def said_unfit(text: str, to_16: Callable[[int], int]) -> str:
    """Return where such characters of a text stand, in UTF-16 units, in words; empty where there are none."""
    found = () if _is_plain(text) else _OF_TEXTS.finditer(text)
    return ", ".join(f"U+{ord(one[0]):04X} at {to_16(one.start())}" for one in found)


def _is_plain(text: str) -> bool:
    """Tell whether a text shows as it is but for the ends of its lines, as nearly all do."""
    return text.isprintable() or text.replace("\n", "").isprintable()


def with_unfit(text: str, said: str) -> str | None:
    """Return a text with the characters that were said; None where they cannot have stood there."""
    units, letters = Utf16Map(text), list(text)
    for one in said.split(", "):
        match = _SAID.fullmatch(one)
        at = units.from_16(int(match[2])) if match else len(letters)
        if match is None or letters[at : at + 1] != [_STANDS]:
            return None
        letters[at] = chr(int(match[1], 16))
        if _OF_TEXTS.fullmatch(letters[at]) is None:
            return None
    return "".join(letters)
