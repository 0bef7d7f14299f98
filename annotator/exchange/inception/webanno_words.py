"""Re-reads the text of WebAnno TSV, and holds the number, the place and the word of every row against it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, chain, count
from typing import NamedTuple

import orjson

from annotator.exchange.inception.webanno_text import TEXT, VERSION, plain_text
from annotator.exchange.inception.word_digits import names_of
from annotator.exchange.inception.word_places import covered, wide
from annotator.model.text import length16

_MARK = f"\n{TEXT}".encode()
_ROW = re.compile(rb"\n([0-9-]++\t[0-9-]++\t[^\t\n]++)\t[^\n]*+")
_OF_WORD = 3
"""Cells of a row before those of layers."""
_AT_ONCE = 50_000
"""Cells that are read in one call: of a very long text, all of them would hold up the window."""


class Text(NamedTuple):
    """What the rows of a file are held against."""

    text: str
    wide: str
    """The text with places as they are counted."""
    rows: int


def text_of(body: bytes) -> Text:
    """Return the text of the lines below a head.

    Raises ValueError unless rows are numbered one by one, sentence by sentence, each of these begins where
    its text does, and rows have the words of their places: all that are there, in order.
    """
    said, counts = _sentences(body)
    rows = sum(counts)
    if not rows:
        return Text("", "", 0)
    cells = b"\t".join(_ROW.findall(body)).split(b"\t")
    _refuse_misnumbered(cells[::_OF_WORD], counts)
    places = _numbers(cells[1::_OF_WORD])
    if len(places) != 2 * rows:
        raise ValueError
    text = " " * places[0] + "".join(said)
    found = Text(text, wide(text), rows)
    length = len if found.wide == text else length16
    firsts = [places[2 * at] for at in accumulate(counts[:-1], initial=0)]
    if firsts != [*accumulate(map(length, said[:-1]), initial=places[0])]:
        raise ValueError
    _refuse_other(covered(found.wide, places), cells[2::_OF_WORD])
    return found


def _numbers(columns: Sequence[bytes]) -> list[int]:
    """Return all numbers that stand in cells; in portions, since nothing else runs meanwhile."""
    numbers: list[int] = []
    for at in range(0, len(columns), _AT_ONCE):
        numbers += orjson.loads(b"[%b]" % b",".join(columns[at : at + _AT_ONCE]).replace(b"-", b","))
    return numbers


def _sentences(body: bytes) -> tuple[list[str], list[int]]:
    """Return the texts of sentences, and how many rows stand below each."""
    said: list[str] = []
    counts: list[int] = []
    before = b""
    for one in body.split(_MARK)[1:]:
        line, _, rows = one.partition(b"\n")
        if rows:
            said.append("\n".join(map(_plain, (before + line).decode().split("\n"))))
            counts.append(rows.count(b"\n"))
            before = b""
        else:  # the line goes on in the next one
            before += line + b"\n"
    if before:
        raise ValueError
    return said, counts


def _refuse_misnumbered(called: Sequence[bytes], counts: Sequence[int]) -> None:
    """Raise ValueError where sentences, or the rows of one, are not numbered one by one."""
    names = chain.from_iterable(map(names_of, count(1), counts))
    if b"\t".join([*called, b""]) != b"".join(names):
        raise ValueError


def _refuse_other(there: Sequence[str], words: Sequence[bytes]) -> None:
    """Raise ValueError where rows have other words than those that are there."""
    said = "\t".join(there).replace("\0", "")
    if said.encode() != b"\t".join(words):
        for one, word in zip(said.split("\t"), words, strict=True):
            if one.split() != _plain(word.decode()).split():
                raise ValueError


def _plain(text: str) -> str:
    return plain_text(text, VERSION)
