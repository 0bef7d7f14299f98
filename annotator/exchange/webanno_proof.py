"""Re-reads WebAnno TSV as this program writes it, for the proof of an export."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, repeat
from operator import eq

from annotator.exchange.layers_in import LABEL, SPAN_LAYER
from annotator.exchange.webanno_header import Layer, declared
from annotator.exchange.webanno_lines import TEXT, WITH_ID
from annotator.exchange.webanno_text import EMPTY, VERSION, plain_text, plain_value, split_cell
from annotator.model.errors import UserError
from annotator.model.proof import Piece
from annotator.model.text import length16

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_PLACES = re.compile(r"[0-9]++-[0-9]++(?: [0-9]++-[0-9]++)*+")
_Annotation = tuple[int, tuple[str, ...]]
"""An annotation as its rows have it: which layer it is of, and its cells."""


def read_again(data: bytes) -> tuple[str, list[Piece]] | None:
    """Return the text of a file and what its spans cover; None where it does not hold together."""
    try:
        head, *sentences = data.decode().removesuffix("\n").split(f"\n\n{TEXT}")
        layers = [*_layers(head)]
        if not (sentences or layers):
            return "", []  # an article that holds no word
        text, rows = _text_and_rows(sentences)
        # Nothing is said of most words: that all of them are there, and in order, is seen at once.
        words = "".join([row[2] for row in rows])
        places = " ".join([row[0] for row in rows] + [row[1] for row in rows])
        if "".join(_plain(words).split()) != "".join(text.split()) or not _PLACES.fullmatch(places):
            return None
        return text, _pieces(text, layers, rows)
    except (ValueError, IndexError, UserError):
        return None


def _plain(text: str) -> str:
    return plain_text(text, VERSION)


def _text_and_rows(sentences: Iterable[str]) -> tuple[str, list[list[str]]]:
    """Return the text that sentences make up, and their rows; raises ValueError for gaps between them."""
    texts, starts, rows = [], [], []
    for number, one in enumerate(sentences, 1):
        said, _, below = one.partition(f"\n{number}-1\t")
        texts.append(_plain(said.replace(f"\n{TEXT}", "\n")))
        starts.append(int(below[: below.index("-")]))
        rows.append(f"{number}-1\t{below}")
    ends = accumulate(map(length16, texts), initial=starts[0])
    if not all(map(eq, starts, ends)):
        raise ValueError
    lines = "\n".join(rows).split("\n")
    return " " * starts[0] + "".join(texts), [line.split("\t", 3) for line in lines]


def _layers(head: str) -> Iterator[Layer]:
    width = 0
    for number, line in enumerate(head.split("\n")[1:], 2):
        if line:
            layer = declared(number, line, width)
            width += len(layer.columns)
            yield layer


def _pieces(text: str, layers: Sequence[Layer], rows: Iterable[Sequence[str]]) -> list[Piece]:
    """Return what spans cover; raises ValueError where rows do not have the words of their places."""
    wide = _ASTRAL.sub("\\g<0>\0", text)  # where places are UTF-16 units
    none = f"{EMPTY}\t" * sum(len(one.columns) for one in layers)
    starts: dict[_Annotation, int] = {}
    ends: dict[_Annotation, int] = {}
    before, here = none, list[_Annotation]()
    for _, place, word, rest in [row for row in rows if row[3] != none]:
        first, _, last = place.partition("-")
        start, end = int(first), int(last)
        covered = wide[start:end]
        if covered != word and covered.replace("\0", "").split() != _plain(word).split():
            raise ValueError
        if rest != before:
            before, here = rest, [*_annotations(rest, layers)]
            for one in here:
                starts.setdefault(one, start)
        for one in here:
            ends[one] = end
    said = {(at, values): _said(layers[at], values) for at, values in starts}
    numbers = {number for number, _, _ in said.values()}
    if len(numbers) < len(said) or not all(numbers.issuperset(pointed) for *_, pointed in said.values()):
        raise ValueError
    return [
        (label, [wide[starts[one] : ends[one]].replace("\0", "")])
        for one, (_, label, _) in said.items()
        if layers[one[0]].name == SPAN_LAYER
    ]


def _annotations(rest: str, layers: Sequence[Layer]) -> Iterator[_Annotation]:
    """Yield the annotations in the cells of a row."""
    *cells, last = rest.split("\t")
    if last or len(cells) != sum(len(one.columns) for one in layers):
        raise ValueError
    for number, layer in enumerate(layers):
        own = cells[layer.first : layer.first + len(layer.columns)]
        if own.count(EMPTY) < len(own):
            stacks = [split_cell(cell, "|") for cell in own]
            yield from zip(repeat(number), zip(*stacks, strict=True), strict=False)


def _said(layer: Layer, values: Sequence[str]) -> tuple[str, str, list[str]]:
    """Return the number of an annotation, its label, and the numbers that its slots point to."""
    has_slots = layer.columns[-1].kind == "target"
    found = [WITH_ID.fullmatch(one) for one in (values[:-1] if has_slots else values)]
    (number,) = {one[2] if one else "" for one in found}
    label, roles = found[0], found[-1]
    if label is None or roles is None or layer.columns[0].name != LABEL:
        raise ValueError
    if not has_slots or not roles[1]:
        return number, plain_value(label[1]), []
    targets = [WITH_ID.fullmatch(one) for one in split_cell(values[-1], ";")]
    if len(targets) != len(split_cell(roles[1], ";")):
        raise ValueError
    return number, plain_value(label[1]), [one[2] if one else "" for one in targets]
