"""Cuts WebAnno TSV 3 into columns where all of its rows are alike, as this program writes it.

All of it is done in UTF-8: cut into thousands of pieces, a text costs several times what its bytes do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

import orjson

from annotator.exchange.webanno_lines import TEXT
from annotator.exchange.webanno_text import EMPTY, plain_text

_MARK, _EMPTY = TEXT.encode(), EMPTY.encode()
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_PLACES = re.compile(rb"[0-9]{1,10}+-[0-9]{1,10}+(?:,[0-9]{1,10}+-[0-9]{1,10}+)*+")
_SENTENCE = re.compile(
    rb"([^\n]*+(?:\n%b[^\n]*+)*+)\n([0-9]++)-1((?:\n\2-[0-9]++)*+)(?:\n\n%b|\Z)" % (_MARK, _MARK)
)
"""The text of a sentence, its number, and what its other rows are called."""
_OF_WORDS = 3
"""Cells of a row before those of layers."""


class Rows(NamedTuple):
    """All rows of a file, column by column; what the first of a sentence is called has its text before it."""

    called: list[bytes]
    starts: list[int]
    ends: list[int]
    words: list[bytes]
    layers: list[list[bytes]]


def rows_of(body: bytes, width: int) -> Rows:
    """Return the rows behind the first `#Text=`, of so many cells each.

    Raises ValueError where one has more or fewer, or says no place.
    """
    width += _OF_WORDS
    cells = body.split(b"\t")
    if len(cells) % width != 1 or cells.pop() != b"\n":
        raise ValueError
    called, places, words, *layers = (cells[at::width] for at in range(width))
    bounds = b",".join(places)
    if not _PLACES.fullmatch(bounds):
        raise ValueError
    numbers: list[int] = orjson.loads(b"[%b]" % bounds.replace(b"-", b","))
    return Rows(called, numbers[::2], numbers[1::2], words, layers)


def sentences_of(called: Sequence[bytes], version: tuple[int, int]) -> tuple[list[str], list[int]]:
    """Return the texts of sentences, and the first row of each.

    Raises ValueError where they are not numbered one by one.
    """
    parts = _SENTENCE.split(b"".join(called))
    counts = [one.count(b"\n") + 1 for one in parts[3::4]]
    numbers = [b"%d" % number for number in range(1, len(counts) + 1)]
    if any(parts[::4]) or parts[2::4] != numbers or sum(counts) != len(called):
        raise ValueError
    said = [one.decode().split(f"\n{TEXT}") for one in parts[1::4]]
    texts = ["\n".join([plain_text(line, version) for line in lines]) for lines in said]
    return texts, [*accumulate(counts[:-1], initial=0)]


def runs_of(columns: Sequence[Sequence[bytes]]) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Yield what rows say in these columns, their first one, and the one after the last.

    Rows that follow each other and say the same are one run; those that say nothing are left out.
    """
    empty = (_EMPTY,) * len(columns)
    after = 0
    for cells, same in groupby(zip(*columns, strict=True)):
        first, after = after, after + len([*same])
        if cells != empty:
            yield tuple(map(bytes.decode, cells)), first, after


def wide(text: str) -> str:
    """Return a text in which places that count UTF-16 units are as they stand."""
    return _ASTRAL.sub("\\g<0>\0", text)
