"""Where one visible character ends and the next begins (Unicode UAX 29, the rules that news text meets)."""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"
_MARKS = frozenset(("Mn", "Me", "Mc"))
_FIRST_MARK = "\u0300"
_LONGEST_LOOK = 64
_LONGEST_RUN = 256


def is_boundary(text: str, offset: int) -> bool:
    """Tell whether a visible character may start at `offset`."""
    if offset <= 0 or offset >= len(text):
        return True
    before, after = text[offset - 1], text[offset]
    if after < _FIRST_MARK:
        return not (before == "\r" and after == "\n")
    if _extends(after):
        return before in "\r\n\u2028\u2029"
    if before == _JOINER and _is_pictograph(after):
        return not _is_joined(text, offset - 1)
    if _is_flag_half(before) and _is_flag_half(after):
        return _flag_halves_before(text, offset) % 2 == 0
    return not _is_hangul_pair(before, after)


def boundary_before(text: str, offset: int, low: int = 0) -> int:
    """Return the last boundary at or before `offset`, not below `low`."""
    while offset > low and not is_boundary(text, offset):
        offset -= 1
    return offset


def boundary_after(text: str, offset: int, high: int | None = None) -> int:
    """Return the first boundary at or after `offset`, not above `high`."""
    most = len(text) if high is None else high
    while offset < most and not is_boundary(text, offset):
        offset += 1
    return min(offset, most)


def _extends(char: str) -> bool:
    return (
        unicodedata.category(char) in _MARKS
        or char in "\u200c\u200d\uff9e\uff9f"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
    )


def _is_pictograph(char: str) -> bool:
    return (
        unicodedata.category(char) == "So" or "\U0001f000" <= char <= "\U0001faff" or char in "\u2194\u2195"
    )


def _is_joined(text: str, joiner: int) -> bool:
    """Tell whether the joiner at `joiner` hangs on a pictograph."""
    at = joiner - 1
    least = max(0, joiner - _LONGEST_LOOK)
    while at > least and _extends(text[at]):
        at -= 1
    return at >= 0 and _is_pictograph(text[at])


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flag_halves_before(text: str, offset: int) -> int:
    """Return how many halves of flags stand before `offset`; in an endless run, only odd or even is meant."""
    at, least = offset, max(0, offset - _LONGEST_RUN)
    while at > least and _is_flag_half(text[at - 1]):
        at -= 1
    return offset - at if at > least or at == 0 else offset


def _is_hangul_pair(before: str, after: str) -> bool:
    first, second = _hangul(before), _hangul(after)
    return (first == "L" and second in ("L", "V", "LV", "LVT")) or (
        (first in ("LV", "V") and second in ("V", "T")) or (first in ("LVT", "T") and second == "T")
    )


def _hangul(char: str) -> str:
    if "\u1100" <= char <= "\u115f" or "\ua960" <= char <= "\ua97c":
        return "L"
    if "\u1160" <= char <= "\u11a7" or "\ud7b0" <= char <= "\ud7c6":
        return "V"
    if "\u11a8" <= char <= "\u11ff" or "\ud7cb" <= char <= "\ud7fb":
        return "T"
    if "\uac00" <= char <= "\ud7a3":
        return "LV" if (ord(char) - 0xAC00) % 28 == 0 else "LVT"
    return ""
