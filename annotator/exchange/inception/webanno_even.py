"""Reads the lines of WebAnno TSV 3 all at once where every one is as expected, as in nearly all files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import orjson

from annotator.exchange.inception.webanno_text import EMPTY, TEXT, plain_text
from annotator.exchange.inception.word_places import wide
from annotator.model.text import TEXT_LIMIT, length16

LARGEST = 2 * TEXT_LIMIT
"""Of all places in a text, in UTF-16 units."""
Row = tuple[int, str, int, int, str]
"""A word, or part of one: its line, what it is called, where it begins and ends, and itself."""
Run = tuple[str, int, int]
_OF_WORD, _KNOWN = 3, 8
"""Cells of a row before those of layers; widths whose patterns are kept."""
_MARK = b"\n%b" % TEXT.encode()
_LINE = (
    rb"\n(?:(?=\n)|#Text=[^\n]*+"
    rb"|[0-9]++-[0-9]++(?:\.[0-9]++)?+\t[0-9]{1,10}+-[0-9]{1,10}+\t([^\t]++)\t"
    rb"(?:EMPTY|(?:[^\t\n]*+\t){WIDTH}+)(?=\n))"
)
"""A line: nothing, one of a text, or a row, whose word is taken; it may go over the end of the line here."""
_ROW = rb"\n([0-9][^\n]*+)(?<!\tEMPTY)"
"""A row of which something is said."""
_SENTENCE = re.compile(rb"\n((?:#Text=[^\n]*+\n)++)[^#\t\n]++\t([0-9]{1,10}+)")
"""The lines of a sentence's text, and where its first row begins."""


@dataclass(slots=True)
class Even:
    """What the lines of a body say: its text, and the rows of which something is said, column by column."""

    text: str
    called: Sequence[bytes] = ()
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()
    said: Sequence[bytes] = ()
    at: Sequence[int] = ()
    """Where rows begin in the lines."""
    data: bytes = b""
    line: int = 0
    """Of the row that was asked for last; at first, of the line before all."""
    counted: int = 0
    """How far lines are counted."""

    def row(self, number: int) -> Row:
        """Return a row without its word; one after another has to be asked for."""
        at = self.at[number]
        self.line += self.data.count(b"\n", self.counted, at + 1)
        self.counted = at + 1
        return self.line, self.called[number].decode(), self.starts[number], self.ends[number], ""

    def runs(self) -> Iterator[Run]:
        """Yield what is said of rows that follow each other, the number of the first and the one after."""
        said = self.said
        starts = [at for at, (before, own) in enumerate(pairwise((b"", *said))) if own != before]
        for first, after in pairwise((*starts, len(said))):
            yield said[first].decode(), first, after


def even_body(body: str, number: int, width: int, version: tuple[int, int]) -> Even | None:
    """Return what a body of so many columns says, whose first line has this number.

    None where that has to be read line by line: a line is none of those that are expected, the text of a
    sentence has no rows or begins within the one before, rows are out of order or have other words than
    their places, or words of the text stand in no row.
    """
    data = b"\n%b\n" % body.removesuffix("\n").encode()
    line, labelled = _patterns(width)
    words = line.findall(data)
    if not width or len(words) != data.count(b"\n", 0, -1):  # one is none, or its word is of two
        return None
    text = _text_of(data, version)
    if text is None or b"".join(b"".join(words).split()) != b"".join(text.encode().split()):
        return None
    return _even(text, data, labelled, number)


@lru_cache(_KNOWN)
def _patterns(width: int) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    empty = f"{EMPTY}\t".encode() * width
    line = _LINE.replace(b"EMPTY", empty).replace(b"WIDTH", b"%d" % width)
    return re.compile(line), re.compile(_ROW.replace(b"EMPTY", empty))


def _text_of(data: bytes, version: tuple[int, int]) -> str | None:
    """Return the text that lines say; None where one does not stand above a row, or sentences overlap."""
    found = _SENTENCE.findall(data)
    joined = b"\n%b" % b"\0\n".join([lines for lines, _ in found])
    if joined.count(_MARK) != data.count(_MARK):
        return None
    everything = joined.replace(_MARK, b"\n").decode()
    texts = everything.split("\0") if found else []
    if len(texts) != len(found):
        return None
    length = len if length16(everything) == len(everything) else length16
    parts, units = [""], 0
    for (_, first), lines in zip(found, texts, strict=True):
        text, start = lines[1:], int(first)
        if "\\" in text:
            text = "\n".join([plain_text(one, version) for one in text.split("\n")])
        if start == units - 1 and parts[-1].endswith("\n"):  # the line goes on
            parts[-1], units = parts[-1][:-1], start
        if not units <= start <= LARGEST:
            return None
        parts += [" " * (start - units), text]
        units = start + length(text)
    return "".join(parts)


def _even(text: str, data: bytes, labelled: re.Pattern[bytes], number: int) -> Even | None:
    """Return rows column by column; None where one has other words than those of its place."""
    places = [(one.start(), one[1]) for one in labelled.finditer(data)]
    if not places:
        return Even(text)
    at, rows = zip(*places, strict=True)
    called, where, words, said = zip(*[one.split(b"\t", _OF_WORD) for one in rows], strict=True)
    try:
        numbers: list[int] = orjson.loads(b"[%b]" % b",".join(where).replace(b"-", b","))
    except ValueError:  # such as zeros before others
        return None
    starts, ends, wide_text = numbers[::2], numbers[1::2], wide(text)
    there = "\t".join([wide_text[start:end] for start, end in zip(starts, ends, strict=True)])
    if there != wide(b"\t".join(words).decode()) or numbers != sorted(numbers):
        return None
    return Even(text, called, starts, ends, said, at, data, number - 1)
