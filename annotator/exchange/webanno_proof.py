"""Re-reads WebAnno TSV as this program writes it, for the proof of an export."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import orjson

from annotator.exchange.layers_in import LABEL, SPAN_LAYER
from annotator.exchange.webanno_header import Layer, declared
from annotator.exchange.webanno_lines import TEXT, WITH_ID
from annotator.exchange.webanno_text import EMPTY, NOTHING, VERSION, plain_text, plain_value, split_cell
from annotator.model.errors import UserError
from annotator.model.proof import Piece
from annotator.model.text import length16

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_PLACES = re.compile(r"[0-9]++-[0-9]++(?: [0-9]++-[0-9]++)*+")
_SENTENCE = re.compile(rf"([^\n]*+(?:\n{TEXT}[^\n]*+)*+)\n([0-9]++)-1((?:\n\2-[0-9]++)*+)(?:\n\n{TEXT}|\Z)")
"""The text of a sentence, its number, and what its other rows are called."""
_OF_WORDS = 3
"""Cells of a row before those of layers."""
_KEPT = 4096
_Cells = tuple[str, ...]
"""An annotation as each of its rows has it."""


class _Rows(NamedTuple):
    """All rows of a file, column by column; those of the first have the texts of sentences before them."""

    called: list[str]
    starts: list[int]
    ends: list[int]
    words: list[str]
    layers: list[list[str]]


def said_piece(number: str, features: Mapping[str, str], slots: Iterable[tuple[str, str]]) -> Piece:
    """Return what is said of an annotation as a proof has it: features by name, and its roles."""
    return number, [*sorted(map("=".join, features.items())), *map("\0".join, slots)]


def read_again(data: bytes) -> tuple[str, list[Piece]] | None:
    """Return the text of a file and what its spans cover; None where it does not hold together."""
    try:
        head, has_rows, body = data.decode().partition(f"\n\n{TEXT}")
        layers = [*_layers(head)]
        if not (has_rows or layers):
            return "", []  # an article that holds no word
        rows = _rows(body, sum(len(one.columns) for one in layers))
        text = _text(rows)
        wide = _ASTRAL.sub("\\g<0>\0", text)  # where places are UTF-16 units
        _compare(text, wide, rows)
        return text, _pieces(wide, layers, rows)
    except (ValueError, IndexError, UserError):
        return None


def _plain(text: str) -> str:
    return plain_text(text, VERSION)


def _layers(head: str) -> Iterator[Layer]:
    width = 0
    for number, line in enumerate(head.split("\n")[1:], 2):
        if line:
            layer = declared(number, line, width)
            width += len(layer.columns)
            yield layer


def _rows(body: str, columns: int) -> _Rows:
    """Return what the columns hold; raises ValueError where a row is longer or shorter than another one."""
    width = _OF_WORDS + columns
    cells = body.split("\t")
    if len(cells) % width != 1 or cells.pop() != "\n":
        raise ValueError
    called, places, words, *layers = (cells[at::width] for at in range(width))
    if not _PLACES.fullmatch(" ".join(places)):
        raise ValueError
    bounds: list[int] = orjson.loads(f"[{','.join(places).replace('-', ',')}]")
    return _Rows(called, bounds[::2], bounds[1::2], words, layers)


def _text(rows: _Rows) -> str:
    """Return the text that sentences make up; raises ValueError for gaps between them."""
    parts = _SENTENCE.split("".join(rows.called))
    texts = [_plain(one.replace(f"\n{TEXT}", "\n")) for one in parts[1::4]]
    counts = [one.count("\n") + 1 for one in parts[3::4]]
    starts = [rows.starts[at] for at in accumulate(counts[:-1], initial=0)]
    numbers = [*map(str, range(1, len(counts) + 1))]
    if any(parts[::4]) or parts[2::4] != numbers or sum(counts) != len(rows.called):
        raise ValueError
    if starts != [*accumulate(map(length16, texts[:-1]), initial=starts[0])]:
        raise ValueError
    return " " * starts[0] + "".join(texts)


def _compare(text: str, wide: str, rows: _Rows) -> None:
    """Raise ValueError where rows do not have all words of the text, or not those of their places."""
    if "".join(_plain("".join(rows.words)).split()) != "".join(text.split()):
        raise ValueError
    covered = [wide[start:end] for start, end in zip(rows.starts, rows.ends, strict=True)]
    if covered != rows.words:
        for one, word in zip(covered, rows.words, strict=True):
            if one != word and one.replace("\0", "").split() != _plain(word).split():
                raise ValueError


def _pieces(wide: str, layers: Sequence[Layer], rows: _Rows) -> list[Piece]:
    """Return what spans cover; raises ValueError where annotations do not hold together."""
    found: list[Piece] = []
    numbers: list[str] = []
    pointed: set[str] = set()
    for layer in layers:
        for cells, (first, last) in _annotations(layer, rows).items():
            number, features, slots = _said(layer, cells)
            numbers.append(number)
            pointed.update(end for _, end in slots)
            found.append(said_piece(number, features, slots))
            if layer.name == SPAN_LAYER:
                covered = wide[rows.starts[first] : rows.ends[last]].replace("\0", "")
                found.append((features[LABEL], [covered]))
    if len({*numbers}) < len(numbers) or not pointed.issubset(numbers):
        raise ValueError
    return found


def _annotations(layer: Layer, rows: _Rows) -> dict[_Cells, tuple[int, int]]:
    """Return the annotations of a layer, each with its first row and its last one."""
    columns = rows.layers[layer.first : layer.first + len(layer.columns)]
    here = [at for at, cell in enumerate(columns[0]) if cell != EMPTY]
    if any(len(one) - one.count(EMPTY) != len(here) for one in columns):
        raise ValueError
    stacks = [*zip(*[map(one.__getitem__, here) for one in columns], strict=True)]
    firsts, lasts = dict(zip(stacks[::-1], here[::-1], strict=True)), dict(zip(stacks, here, strict=True))
    found: dict[_Cells, tuple[int, int]] = {}
    for stack, first in firsts.items():
        last = lasts[stack]
        for one in zip(*[split_cell(cell, "|") for cell in stack], strict=True):
            low, high = found.get(one, (first, last))
            found[one] = min(low, first), max(high, last)
    return found


def _said(layer: Layer, cells: _Cells) -> tuple[str, Mapping[str, str], Sequence[tuple[str, str]]]:
    """Return the number of an annotation, its features, and its roles with the numbers of what fills them."""
    has_slots = layer.columns[-1].kind == "target"
    found = [*map(_value, cells[:-1] if has_slots else cells)]
    (number,) = {number for _, number in found}
    if layer.columns[0].name != LABEL:
        raise ValueError
    roles = found.pop()[0] if has_slots else ""
    values = zip(layer.columns, found, strict=False)
    features = {column.name: plain_value(value) for column, (value, _) in values if value != NOTHING}
    if not roles:
        return number, features, ()
    targets = [_value(one)[1] for one in split_cell(cells[-1], ";")]
    return number, features, [*zip(map(plain_value, split_cell(roles, ";")), targets, strict=True)]


@lru_cache(_KEPT)
def _value(cell: str) -> tuple[str, str]:
    """Return what a cell holds, and its number; raises ValueError where it has none."""
    match = WITH_ID.fullmatch(cell)
    if match is None:
        raise ValueError
    return match[1], match[2]
