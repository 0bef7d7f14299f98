"""Re-reads the rows of WebAnno TSV, and holds the number, the place and the word of each against its text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain, count
from typing import NamedTuple

import orjson

from annotator.exchange.inception.webanno_text import TEXT, VERSION, names_of, plain_text
from annotator.exchange.inception.word_places import covered, wide
from annotator.model.text import length16

_MARK = f"\n{TEXT}".encode()
_OF_WORD = 3
"""Cells of a row before those of layers."""
_AT_ONCE = 50_000
"""Cells that are read in one call: of a very long text, all of them would hold up the window."""


class Rows(NamedTuple):
    """What the lines below a head say."""

    text: str = ""
    wide: str = ""
    """The text with places as they are counted."""
    called: Sequence[bytes] = ()
    places: Sequence[int] = ()
    """Where each row begins and ends."""
    said: Sequence[tuple[int, list[bytes]]] = ()
    """The numbers of the rows of which something is said, each with its cells."""


def rows_of(body: bytes, empty: list[bytes]) -> Rows:
    """Return the text of the lines below a head, and its rows; `empty` are the cells where nothing is said.

    Raises ValueError unless rows are numbered one by one, sentence by sentence, each of these begins where
    its text does, and rows have the words of their places: all that are there, in order.
    """
    texts, parts = _sentences(body)
    if not parts:
        return Rows()
    cells, said = _cells(b"".join(parts), empty)
    counts = [one.count(b"\n") for one in parts]
    called = cells[::_OF_WORD]
    _refuse_misnumbered(called, counts)
    places = _numbers(cells[1::_OF_WORD])
    if len(places) != 2 * len(called):
        raise ValueError
    text = " " * places[0] + "".join(texts)
    found = Rows(text, wide(text), called, places, said)
    length = len if found.wide == text else length16
    firsts = [places[2 * at] for at in accumulate(counts[:-1], initial=0)]
    if firsts != [*accumulate(map(length, texts[:-1]), initial=places[0])]:
        raise ValueError
    _refuse_other(covered(found.wide, places), cells[2::_OF_WORD])
    return found


def _cells(rows: bytes, empty: list[bytes]) -> tuple[list[bytes], list[tuple[int, list[bytes]]]]:
    """Return the name, place and word of all rows, and the numbers of those that have more, with that."""
    *tagged, rest = rows.replace(b"\t".join([b"", *empty, b"\n"]), b"\t").split(b"\n")
    bare: list[bytes] = []
    said: list[tuple[int, list[bytes]]] = []
    number = -1
    for one in tagged:  # rows of which nothing is said have no end any more, and stand before one that has
        before, *own, behind = one.rsplit(b"\t", len(empty) + 1)
        if behind or len(own) != len(empty):
            raise ValueError
        bare.append(before)
        number += (before.count(b"\t") + 1) // _OF_WORD
        said.append((number, own))
    return b"\t".join([*bare, rest]).split(b"\t")[:-1], said


def _numbers(columns: Sequence[bytes]) -> list[int]:
    """Return all numbers that stand in cells; in portions, since nothing else runs meanwhile."""
    numbers: list[int] = []
    for at in range(0, len(columns), _AT_ONCE):
        numbers += orjson.loads(b"[%b]" % b",".join(columns[at : at + _AT_ONCE]).replace(b"-", b","))
    return numbers


def _sentences(body: bytes) -> tuple[list[str], list[bytes]]:
    """Return the texts of sentences, and the rows below each."""
    said: list[str] = []
    parts: list[bytes] = []
    before = b""
    for one in body.split(_MARK)[1:]:
        line, _, rows = one.partition(b"\n")
        if rows:
            said.append("\n".join(map(_plain, (before + line).decode().split("\n"))))
            parts.append(rows)
            before = b""
        else:  # the line goes on in the next one
            before += line + b"\n"
    if before:
        raise ValueError
    return said, parts


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
