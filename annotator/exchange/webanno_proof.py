"""Re-reads WebAnno TSV as this program writes it, for the proof of an export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from annotator.exchange.layers_in import LABEL, SPAN_LAYER
from annotator.exchange.webanno_header import Layer, declared
from annotator.exchange.webanno_lines import TEXT, WITH_ID
from annotator.exchange.webanno_rows import Rows, rows_of, runs_of, sentences_of, wide
from annotator.exchange.webanno_text import NOTHING, VERSION, plain_text, plain_value, split_cell
from annotator.model.errors import UserError
from annotator.model.proof import Piece
from annotator.model.text import length16

_BLANKS = b" \n"
_KEPT = 4096
_Cells = tuple[str, ...]
"""An annotation as each of its rows has it."""


def said_piece(number: str, features: Mapping[str, str], slots: Iterable[tuple[str, str]]) -> Piece:
    """Return what is said of an annotation as a proof has it: features by name, and its roles."""
    return number, [*sorted(map("=".join, features.items())), *map("\0".join, slots)]


def head_piece(lines: Iterable[str]) -> Piece:
    """Return the head of a file as a proof has it: its version, and layers with all that they declare."""
    return "", [*lines]


def read_again(data: bytes) -> tuple[str, list[Piece]] | None:
    """Return the text of a file and what its spans cover; None where it does not hold together."""
    try:
        head, has_rows, body = data.partition(f"\n\n{TEXT}".encode())
        lines = head.decode().rstrip("\n").split("\n")
        layers = [*_layers(lines)]
        if not (has_rows or layers):
            return "", [head_piece(lines)]  # an article that holds no word
        rows = rows_of(body, sum(len(one.columns) for one in layers))
        text = _text(rows)
        _compare(text, wide(text), rows)
        return text, [head_piece(lines), *_pieces(wide(text), layers, rows)]
    except (ValueError, IndexError, UserError):
        return None


def _plain(text: str) -> str:
    return plain_text(text, VERSION)


def _layers(lines: Sequence[str]) -> Iterator[Layer]:
    width = 0
    for number, line in enumerate(lines[1:], 2):
        layer = declared(number, line, width)
        width += len(layer.columns)
        yield layer


def _text(rows: Rows) -> str:
    """Return the text that sentences make up; raises ValueError for gaps between them."""
    texts, firsts = sentences_of(rows.called, VERSION)
    starts = [rows.starts[at] for at in firsts]
    if starts != [*accumulate(map(length16, texts[:-1]), initial=starts[0])]:
        raise ValueError
    return " " * starts[0] + "".join(texts)


def _compare(text: str, covering: str, rows: Rows) -> None:
    """Raise ValueError where rows do not have all words of the text, or not those of their places."""
    words = b"".join(rows.words)
    is_same = words.translate(None, _BLANKS) == text.encode().translate(None, _BLANKS)
    if not is_same and "".join(_plain(words.decode()).split()) != "".join(text.split()):
        raise ValueError
    covered = [covering[start:end] for start, end in zip(rows.starts, rows.ends, strict=True)]
    said = "\t".join(covered).replace("\0", "")
    if said.encode() != b"\t".join(rows.words):
        for one, word in zip(said.split("\t"), rows.words, strict=True):
            if one.split() != _plain(word.decode()).split():
                raise ValueError


def _pieces(covering: str, layers: Sequence[Layer], rows: Rows) -> list[Piece]:
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
                covered = covering[rows.starts[first] : rows.ends[last]].replace("\0", "")
                found.append((features[LABEL], [covered]))
    if len({*numbers}) < len(numbers) or not pointed.issubset(numbers):
        raise ValueError
    return found


def _annotations(layer: Layer, rows: Rows) -> dict[_Cells, tuple[int, int]]:
    """Return the annotations of a layer, each with its first row and its last one."""
    columns = rows.layers[layer.first : layer.first + len(layer.columns)]
    found: dict[_Cells, tuple[int, int]] = {}
    for cells, first, after in runs_of(columns):
        for one in zip(*[split_cell(cell, "|") for cell in cells], strict=True):
            found[one] = found.get(one, (first, 0))[0], after - 1
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
