"""Re-reads WebAnno TSV as this program writes it, for the proof of an export."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import chain, pairwise
from typing import NamedTuple

import orjson

from annotator.exchange.inception.layers_in import LABEL
from annotator.exchange.inception.webanno_header import Layer, declared
from annotator.exchange.inception.webanno_text import (
    EMPTY,
    NOTHING,
    empty_end,
    plain_value,
    split_cell,
)
from annotator.exchange.inception.webanno_words import text_of
from annotator.exchange.token_proof import whole
from annotator.model.errors import UserError
from annotator.model.proof import Piece

_START, _LINE, _NUMBER = b"\n\n", b"\n", b"["
_OF_WORDS = 3
"""Cells of a row before those of layers."""
_HEADS, _VALUES, _SHORT = 8, 512, 100
"""Heads of files whose layers are kept, and for each layer sets of values, of so many bytes at most."""
_VALUE = re.compile(r"[^\\\[]*+(?:\\.[^\\\[]*+)*+", re.DOTALL)
_Cells = tuple[bytes, ...]
"""An annotation as each of its rows has it."""
_Told = tuple[Sequence[str], Sequence[str]]
"""What the values of an annotation say: its features, each with its name, and its roles."""


class _Rows(NamedTuple):
    """The text of a file, and the rows of which something is said, column by column."""

    text: str
    covering: str
    """The text with places as they are counted."""
    called: Sequence[bytes]
    starts: Sequence[int]
    ends: Sequence[int]
    cells: Sequence[bytes]
    """Those of all layers, with the tabs between them."""


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
    """Return the text of a file, what stands for all of its bytes, its head, and what is told of annotations.

    None where it does not hold together.
    """
    try:
        head, _, body = data.partition(_START)
        lines, layers = _head(head)
        rows = _rows(body, sum(len(one.empty) for one in layers))
        return rows.text, [whole(data), ("", lines), ("", _annotations(layers, rows))]
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


def _rows(body: bytes, width: int) -> _Rows:
    """Return the text of the lines below the head, and the rows of which something is said.

    Raises ValueError where one has not the words of its place, or cells of another number.
    """
    found, empty = text_of(body), empty_end(width)
    rows = [one.split(b"\t", _OF_WORDS) for one in _labelled(body, empty)]
    if len(rows) + body.count(empty + _LINE) != found.rows:
        raise ValueError
    if not rows:
        return _Rows(found.text, "", (), (), (), ())
    called, places, _, cells = zip(*rows, strict=True)
    numbers: list[int] = orjson.loads(b"[%b]" % b",".join(places).replace(b"-", b","))
    return _Rows(found.text, found.wide, called, numbers[::2], numbers[1::2], cells)


def _labelled(body: bytes, empty: bytes) -> Iterator[bytes]:
    """Yield the rows of which something is said: there is a number in brackets in each of them."""
    at = body.find(_NUMBER)
    while at >= 0:
        start, stop = body.rfind(_LINE, 0, at) + 1, body.find(_LINE, at)
        row = body[start:stop]
        if row[:1].isdigit() and not row.endswith(empty):  # the brackets are not those of its word
            yield row
        at = body.find(_NUMBER, stop)


def _annotations(layers: Sequence[_Layer], rows: _Rows) -> list[str]:
    """Return what is told of all annotations, by their numbers.

    Raises ValueError where they do not hold together.
    """
    found: dict[int, list[str]] = {}
    firsts: dict[int, bytes] = {}
    pointed: list[tuple[bytes, int]] = []
    runs = [*_runs(rows.cells, sum(len(one.empty) for one in layers))]
    for layer in layers:
        placed = _placed(layer, runs)
        if not placed:
            raise ValueError
        for cells, (first, last) in placed.items():
            number, features, roles = _said(layer, cells)
            if number in found:
                raise ValueError
            words = rows.covering[rows.starts[first] : rows.ends[last]].replace("\0", "")
            told = found[number] = [str(number), layer.name, words, *features]
            firsts[number] = rows.called[first]
            if roles:
                targets = [*map(_target, cells[-1].split(b";"))]
                pointed += targets
                told += [f"{role}\0{end}" for role, (_, end) in zip(roles, targets, strict=True)]
    if any(firsts[end] != unit for unit, end in pointed):
        raise ValueError
    return [*chain.from_iterable([found[number] for number in sorted(found)])]


def _runs(cells: Sequence[bytes], width: int) -> Iterator[tuple[list[bytes], int, int]]:
    """Yield the cells of rows that follow each other and say the same, the first of these and the last.

    Raises ValueError where there are more or fewer than so many.
    """
    starts = [at for at, (before, own) in enumerate(pairwise((b"", *cells))) if own != before]
    for first, after in pairwise((*starts, len(cells))):
        *found, rest = cells[first].split(b"\t")
        if rest or len(found) != width:
            raise ValueError
        yield found, first, after - 1


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
