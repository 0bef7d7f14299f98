"""Finds labels that several files or records give one text alike, so that each comes in once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from annotator.model.ids import Id
from annotator.services.importing_drafts import unpack_marks
from annotator.services.importing_relations import RING, inner_first
from annotator.services.spool import Spool

Counts = tuple[int, int, int, int]
_FRAME = 1
_Packed = tuple[Any, ...]


class Twins:
    """What texts of an import have, as far as more labels came for them."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._there: dict[int, dict[_Packed, Id]] = {}
        self.dropped = 0
        """How many labels came again."""

    def without(self, number: int, marks: _Packed) -> tuple[_Packed, Counts]:
        """Return marks for the text of an entry without those that it has, and how many these are."""
        if number not in self._there:
            self._there[number] = {}
            before = unpack_marks(self._spool[number])
            deque(_fresh(before, self._there[number]) if before else (), maxlen=0)
        kept = [*_fresh(marks, self._there[number])]
        spans, frames, labels = ([row for kind, row in kept if kind == one] for one in range(3))
        self.dropped += sum(map(len, marks[:3])) - len(kept)
        proposed = sum(row[-1] is not None for row in (*spans, *frames))
        of_spans, of_frames = (sum(row[-1] is None for row in rows) for rows in (spans, frames))
        return (spans, frames, labels, *marks[3:]), (of_spans, of_frames, len(labels), proposed)


def _fresh(marks: _Packed, there: dict[_Packed, Id]) -> Iterator[tuple[int, _Packed]]:
    """Yield kind and row of what is not there yet; ends of frames are what is there in place of twins."""
    above: dict[Id, Any] = {stand_in: (kind, name) for kind, name, stand_in in marks[3]}
    now: dict[Id, Id] = {}
    spans, frames, labels = marks[:3]
    in_order, in_rings = inner_first(frames, lambda row: row[0], lambda row: [end for *_, end in row[2]])
    for kind, rows in ((0, spans), (_FRAME, in_order), (_FRAME, in_rings), (2, labels)):
        if rows is in_rings:
            above |= _ring_names(in_rings, now, above)
        for own, label, places, by, attributes, note, *rest in rows:
            if kind == _FRAME:
                compared = [(role, of, above.get(end, now.get(end, end))) for role, of, end in places]
                places = [(role, of, now.get(end, end)) for role, of, end in places]
            else:
                compared = [*places]
            said = tuple(sorted(attributes.items()))
            whose = (by, *(above.get(one, one) for one in rest[:-1]), rest[-1])
            twin = there.setdefault((kind, label, tuple(compared), said, note, *whose), own)
            if twin is own:
                yield kind, (own, label, places, by, attributes, note, *rest)
            else:
                now[own] = twin


def _ring_names(ring: Sequence[_Packed], now: Mapping[Id, Id], above: Mapping[Id, Any]) -> dict[Id, int]:
    """Return a number for each frame of rings: the same for those that are alike, however far one follows."""
    if len(ring) > RING:
        return {}
    rows = [
        (
            own,
            [(role, now.get(end, end)) for role, _, end in ends],
            hash((label, by, *sorted(said.items()), *rest)),
        )
        for own, label, ends, by, said, *rest in ring
    ]
    found = {own: said for own, _, said in rows}
    for _ in range(RING):
        known = {**above, **found}
        found = {
            own: hash((said, *((role, known.get(end, end)) for role, end in ends)))
            for own, ends, said in rows
        }
    return found
