"""The display copy of a text: what Qt is given in place of it, UTF-16 unit for unit.

The stored text is never changed and never read back; the copy shows what a font cannot, and takes the
power from characters that would turn the order of the text around.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_TURNS = "\u202a-\u202e\u2066-\u2069"
_REPLACED = re.compile(
    f"[\x00-\x08\x0a-\x1f\x7f-\x9f{_TURNS}\u2028\u2029\ufeff\ufffc\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\u3164\ufeff"
    "\uffa0\U000e0000-\U000e0fff\U0001d173-\U0001d17a]+"
)
_RIGHT_TO_LEFT = re.compile(
    "[\u061c\u200f\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_TOWER = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u20d0-\u20ff]{3}"
)
_JOINERS = "\u200c\u200d"


def display_text(text: str) -> str:
    """Return the copy of `text` that is drawn; it has as many UTF-16 units."""
    return _REPLACED.sub(_sign_of, text)


def replaced(text: str) -> Sequence[tuple[int, int]]:
    """Return where the copy differs from the text."""
    return [match.span() for match in _REPLACED.finditer(text) if match.group() != "\ufeff"]


def unseen(text: str) -> Sequence[int]:
    """Return where characters stand that leave no mark on paper and do no ordinary work there."""
    if text.isascii():
        return ()
    return [match.start() for match in _UNSEEN.finditer(text) if not _is_ordinary(text, match)]


def is_right_to_left(text: str) -> bool:
    """Tell whether a text holds letters that run from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def starts_at_the_right(text: str) -> bool:
    """Tell whether a paragraph runs from right to left as a whole: its first letter with a direction says."""
    kinds = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


def has_towers(text: str) -> bool:
    """Tell whether marks are stacked so high that they would grow over the lines above."""
    return not text.isascii() and _TOWER.search(text) is not None


_SIGNS = {
    "\x7f": "\u2421",
    "\x85": "\u2424",
    "\ufeff": "\u2060",
    "\u2028": "\u2424",
    "\u2029": "\u00b6",
    "\ufffc": "\u25af",
}


def _sign_of(match: re.Match[str]) -> str:
    char = match.group()
    if char in _SIGNS:
        return _SIGNS[char]
    if char < " ":
        return chr(0x2400 + ord(char))
    if char < "\u00a0":
        return "\u2426"
    return "\u21c4" if "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069" else "\ufffd"


def _is_ordinary(text: str, match: re.Match[str]) -> bool:
    """Tell whether joiners stand where scripts and emoji need them, and a tag run ends a flag."""
    run = match.group()
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    if run in _JOINERS:
        return _needs_joiners(before) and _needs_joiners(after)
    return before == "\U0001f3f4" and "\U000e0020" <= run[0] <= "\U000e007f"


def _needs_joiners(char: str) -> bool:
    """Tell whether a joiner does ordinary work beside `char`: emoji, and scripts that join."""
    if not char or char < "\u0300":
        return False
    return unicodedata.category(char) in ("So", "Sk", "Mn", "Mc") or "\u0600" <= char <= "\u109f"
