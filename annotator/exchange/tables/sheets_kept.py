"""Keeps the rows of the workbook that was read last: a preview, a trial and the import read them once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from annotator.exchange.files import digest_of
from annotator.exchange.tables.open_tables import Rows
from annotator.exchange.tables.sheets import Look, Sheets

MOST = 40_000_000
"""About how many bytes of rows are kept; a sheet beyond that is read anew each time."""
_OF_CELL = 16
"""Bytes that a cell takes beside its characters, in the mean: most are empty, or of a short word."""


@dataclass(slots=True)
class Kept:
    """What was read of a workbook: its sheets from end to end, and what else is to be known of them."""

    titles: tuple[str, ...] = ()
    rows: dict[str, Sequence[tuple[int, list[str]]]] = field(default_factory=dict)
    looks: dict[str, Look] = field(default_factory=dict)
    room: int = 0


def kept_of(path: Path, limit: int) -> Kept:
    """Return what is kept of a workbook, which is nothing at first; raises UserError as `read_bytes` does."""
    return _kept(path, digest_of(path, limit))


@lru_cache(maxsize=1)
def _kept(_path: Path, _digest: bytes) -> Kept:
    return Kept(room=MOST)


@dataclass(frozen=True, slots=True)
class KeptSheets:
    """The sheets of a workbook, of which those that were read before are not read again."""

    sheets: Sheets
    kept: Kept

    def rows(self, title: str) -> Rows:
        """Yield the rows of a sheet as text, with their numbers."""
        known = self.kept.rows.get(title)
        return self._read(title) if known is None else ((number, [*row]) for number, row in known)

    def look(self, title: str) -> Look:
        """Return what is to be known of a sheet beside its cells."""
        if title not in self.kept.looks:
            self.kept.looks[title] = self.sheets.look(title)
        return self.kept.looks[title]

    def _read(self, title: str) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows of a sheet, and keep them where all of them were read."""
        found: list[tuple[int, list[str]]] = []
        room = self.kept.room
        for number, row in self.sheets.rows(title):
            if room >= 0 and any(row):
                room -= sum(map(len, row)) + _OF_CELL * len(row)
                found.append((number, [*row]))
            elif room < 0:
                found.clear()
            yield number, row
        if room >= 0:
            self.kept.rows[title], self.kept.room = found, room
