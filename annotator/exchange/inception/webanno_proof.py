"""Re-reads WebAnno TSV as this program writes it, for the proof of an export."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import chain, pairwise
from typing import NamedTuple

from annotator.exchange.inception.layers_in import LABEL
from annotator.exchange.inception.webanno_header import Layer, declared
from annotator.exchange.inception.webanno_text import (
    EMPTY,
    NOTHING,
    plain_value,
    split_cell,
)
from annotator.exchange.inception.webanno_words import Rows, rows_of
from annotator.model.errors import UserError
from annotator.model.proof import Piece

_START, _NUMBER = b"\n\n", b"["
_HEADS, _VALUES, _SHORT = 8, 512, 100
"""Heads of files whose layers are kept, and for each layer sets of values, of so many bytes at most."""
_VALUE = re.compile(r"[^\\\[]*+(?:\\.[^\\\[]*+)*+", re.DOTALL)
_Cells = tuple[bytes, ...]
"""An annotation as each of its rows has it."""
_Told = tuple[Sequence[str], Sequence[str]]
"""What the values of an annotation say: its features, each with its name, and its roles."""


class _Layer(NamedTuple):
    """A layer of which files are read again."""

    name: str
    cells: slice
    """Those of each row that are its own."""
    empty: list[bytes]
    has_slots: bool
    told: Callable[[_Cells], _Told]
    """What short values say, which is kept."""
    told_anew: Callable[[_Cells], _Told]
    """What any values say."""


def read_again(data: bytes) -> tuple[str, list[Piece]] | None:
    """Return the text of a file, its head, and what is told of annotations.

    None where it does not hold together.
    """
    try:
        head, _, body = data.partition(_START)
        lines, layers = _head(head)
        rows = rows_of(body, [cell for one in layers for cell in one.empty])
        return rows.text, [("", lines), ("", _annotations(layers, rows))]
    except (ValueError, IndexError, KeyError, TypeError, UserError):
        return None


@lru_cache(_HEADS)
def _head(head: bytes) -> tuple[Sequence[str], Sequence[_Layer]]:
    """Return the lines of a head, and its layers; raises ValueError and UserError for what is no head."""
    first, *lines = head.decode().rstrip("\n").split("\n")
    width, found = 0, []
    for number, line in enumerate(lines, 2):
        layer = declared(number, line, width)
        if layer.columns[0].name != LABEL:
            raise ValueError
        width += len(layer.columns)
        told = partial(_told, layer)
        empty = [EMPTY.encode()] * len(layer.columns)
        own = slice(layer.first, width)
        has_slots = layer.columns[-1].kind == "target"
        found.append(_Layer(layer.name, own, empty, has_slots, lru_cache(_VALUES)(told), told))
    return [first, *lines], found


def _annotations(layers: Sequence[_Layer], rows: Rows) -> list[str]:
    """Return what is told of all annotations, by their numbers.

    Raises ValueError where they do not hold together.
    """
    found: dict[int, list[str]] = {}
    firsts: dict[int, bytes] = {}
    pointed: list[tuple[bytes, int]] = []
    runs = [*_runs(rows.said)]
    for layer in layers:
        placed = _placed(layer, runs)
        if not placed:
            raise ValueError
        for cells, (first, last) in placed.items():
            number, features, roles = _said(layer, cells)
            if number in found:
                raise ValueError
            words = rows.wide[rows.places[2 * first] : rows.places[2 * last + 1]].replace("\0", "")
            told = found[number] = [str(number), layer.name, words, *features]
            firsts[number] = rows.called[first]
            if roles:
                targets = [*map(_target, cells[-1].split(b";"))]
                pointed += targets
                told += [f"{role}\0{end}" for role, (_, end) in zip(roles, targets, strict=True)]
    if any(firsts[end] != unit for unit, end in pointed):
        raise ValueError
    return [*chain.from_iterable([found[number] for number in sorted(found)])]


def _runs(said: Sequence[tuple[int, list[bytes]]]) -> Iterator[tuple[list[bytes], int, int]]:
    """Yield the cells of rows that follow each other and say the same, the first of these and the last."""
    starts = [at for at, (before, own) in enumerate(pairwise(((0, []), *said))) if own[1] != before[1]]
    for first, after in pairwise((*starts, len(said))):
        yield said[first][1], said[first][0], said[after - 1][0]


def _placed(layer: _Layer, runs: Iterable[tuple[list[bytes], int, int]]) -> dict[_Cells, tuple[int, int]]:
    """Return the annotations of a layer, each with its first row and its last one."""
    found: dict[_Cells, tuple[int, int]] = {}
    empty, own = layer.empty, layer.cells
    for said, first, last in runs:
        cells = said[own]
        if cells == empty:
            continue
        for one in _stacked(cells) if b"|" in cells[0] else (tuple(cells),):
            before = found.get(one)
            found[one] = (first if before is None else before[0]), last
    return found


def _stacked(cells: Sequence[bytes]) -> Iterator[_Cells]:
    stacks = [split_cell(one.decode(), "|") for one in cells]
    return (tuple(map(str.encode, one)) for one in zip(*stacks, strict=True))


def _said(layer: _Layer, cells: _Cells) -> tuple[int, Sequence[str], Sequence[str]]:
    """Return the number of an annotation, which all of its cells end with, its features and its roles."""
    own = cells[:-1] if layer.has_slots else cells
    value, _, end = own[0].rpartition(_NUMBER)
    number = int(end[:-1])
    end = b"[%d]" % number
    if [one for one in own if not one.endswith(end)]:
        raise ValueError
    values = (value, *[one.removesuffix(end) for one in own[1:]])
    told = layer.told if len(own[0]) <= _SHORT else layer.told_anew
    return number, *told(values)


def _told(layer: Layer, values: _Cells) -> _Told:
    """Return the features and the roles that values of a layer are; raises ValueError where one is none."""
    found = [one.decode() for one in values]
    if not all(map(_VALUE.fullmatch, found)):
        raise ValueError
    roles = found.pop() if layer.columns[-1].kind == "target" else ""
    named = zip(layer.columns, found, strict=False)
    features = [f"{column.name}={plain_value(value)}" for column, value in named if value != NOTHING]
    return features, [*map(plain_value, split_cell(roles, ";"))] if roles else []


def _target(cell: bytes) -> tuple[bytes, int]:
    """Return the row where an annotation begins that is pointed to, and its number."""
    unit, _, number = cell.removesuffix(b"]").partition(b"[")
    return unit, int(number)
