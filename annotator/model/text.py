"""Settling a text, once, at import; and counting it in code points and in UTF-16 units."""

from __future__ import annotations

import codecs
import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.model.errors import TextRefused, UserError
from annotator.model.said import say

MARK = "\ufeff"
TEXT_LIMIT = 4_000_000
"""Characters (code points) of one article; a line of a megabyte passes, a whole archive does not."""
_CARRIAGE = re.compile("\r\n?")
_HALF = re.compile("[\ud800-\udfff]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def encoding_named(word: str) -> str:
    """Return how Python calls an encoding of texts; raises UserError where there is none of that name."""
    try:
        found = codecs.lookup(word)
        b"a".decode(word, "ignore")  # some of Python's codecs are no encodings of texts
    except (LookupError, ValueError) as error:
        raise UserError(
            "there is no encoding named {word!r}; try utf-8, utf-16-le or windows-1252", word=word
        ) from error
    return found.name


def cut(text: str, most: int) -> str:
    """Return a text of at most so many characters, the last of them a sign where some were left out."""
    return text if len(text) <= most else text[: most - 1] + "…"


def words_at(stretches: Iterable[tuple[int, int]], text: str) -> str:
    """Return the words of stretches of a text on one line, joined by an ellipsis."""
    return " … ".join(" ".join(text[start:end].split()) for start, end in stretches)


def paragraphs_at(start: int, end: int, text: str) -> tuple[int, int]:
    """Return where the paragraphs begin and end in which a stretch of a text lies."""
    last = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, last if last >= 0 else len(text)


@dataclass(frozen=True, slots=True)
class Settled:
    """A text that never changes again, and what was done to the raw one to get there."""

    text: str
    notes: tuple[str, ...]
    shifts: tuple[tuple[int, int], ...]
    """Where offsets move: from this raw offset on, subtract that many."""

    def offset(self, raw: int) -> int:
        """Return where an offset of the raw text lies in the settled one."""
        at = bisect_right(self.shifts, raw, key=lambda shift: shift[0]) - 1
        return raw - self.shifts[at][1] if at >= 0 else raw


def settle(raw: str) -> Settled:
    """Settle a raw text: line ends to LF, a leading mark dropped, both noted.

    Raises TextRefused for NUL, half characters, and a text without a visible character.
    """
    _refuse(raw)
    notes: list[str] = []
    shifts: list[tuple[int, int]] = []
    text = raw
    if text.startswith(MARK):
        text = text[1:]
        notes.append("leading byte-order mark dropped")
        shifts.append((1, 1))
    if "\r" in raw:
        text = _CARRIAGE.sub("\n", text)
        notes.append("line ends changed to LF")
        shifts += _carriage_shifts(raw, len(shifts))
    if not text.strip():
        raise TextRefused("the text is empty", 0)
    return Settled(text, tuple(notes), tuple(shifts))


def sha256_of(text: str) -> str:
    """Return the SHA-256 of the text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _refuse(raw: str) -> None:
    nul = raw.find("\0")
    if nul >= 0:
        raise TextRefused(
            say("NUL character at character {nul}, line {line}", nul=nul, line=_line(raw, nul)), nul
        )
    half = None if _is_unicode(raw) else _HALF.search(raw)
    if half:
        at = half.start()
        raise TextRefused(
            say(
                "half a character (lone surrogate) at character {at}, line {line}", at=at, line=_line(raw, at)
            ),
            at,
        )


def _is_unicode(raw: str) -> bool:
    try:
        raw.encode()
    except UnicodeEncodeError:
        return False
    return True


def _line(raw: str, offset: int) -> int:
    return raw.count("\n", 0, offset) + 1


def _carriage_shifts(raw: str, already: int) -> list[tuple[int, int]]:
    found = (match for match in _CARRIAGE.finditer(raw) if match.end() - match.start() == 2)
    return [(match.end(), already + count) for count, match in enumerate(found, 1)]


def length16(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


class Utf16Map:
    """Converts offsets of one text between code points and UTF-16 units."""

    __slots__ = ("_astral", "_astral16", "_length")

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._astral: Sequence[int] = (
            [match.start() for match in _ASTRAL.finditer(text)] if length16(text) > len(text) else ()
        )
        self._astral16: Sequence[int] = [at + count for count, at in enumerate(self._astral)]

    def to_16(self, offset: int) -> int:
        """Return the UTF-16 offset of a code-point offset."""
        return offset + bisect_right(self._astral, offset - 1)

    def all_to_16(self, offsets: Sequence[int]) -> Sequence[int]:
        """Return the UTF-16 offsets of ascending code-point offsets."""
        if not self._astral:
            return offsets
        found: list[int] = []
        for count, at in enumerate([*self._astral, self._length]):
            after = bisect_right(offsets, at, len(found))
            found += map(count.__add__, offsets[len(found) : after])
        return found

    def from_16(self, offset16: int) -> int:
        """Return the code-point offset of a UTF-16 offset; inside a pair, that of the pair's start."""
        before = bisect_right(self._astral16, offset16 - 1)
        if before and self._astral16[before - 1] + 1 == offset16:
            return self._astral[before - 1]
        return offset16 - before
