"""Re-reads columns of tokens and tags as this program writes them, for the proof of an export."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from annotator.exchange.conll_parts import DOCSTART
from annotator.exchange.tags import stretches_of
from annotator.model.errors import UserError
from annotator.model.proof import Piece

READ = 1 << 20
"""Bytes of a file that are read at a time."""
_TAGGED = re.compile(r"(?:[^ \t\n]+\t[^ \n]+\n)+")
"""Lines that have a label."""


def untagged(width: int) -> str:
    """Return what follows a word that has a label in none of so many columns."""
    return "\tO" * width + "\n"


def start_of(width: int) -> str:
    """Return the line that begins an article."""
    return DOCSTART + untagged(width)


def read_as(sentences: Iterable[Sequence[str]]) -> str:
    """Return the words of sentences as a text: a blank behind each word, a line for each sentence."""
    return "\n".join(["", *(f"{' '.join(one)} " for one in sentences), ""])


def articles(path: Path, start: str, size: int = READ) -> Iterator[str]:
    """Yield what stands below each line that begins an article; the file is not kept open meanwhile.

    Raises UserError where something stands before the first one.
    """
    parts = _parts(path, f"\n{start}".encode(), size)
    if next(parts) != b"\n":
        raise UserError("The written file cannot be read again in line {line}.", line=1)
    yield from (one.decode(errors="replace") for one in parts)


def _parts(path: Path, between: bytes, size: int) -> Iterator[bytes]:
    """Yield what stands between, as if there were an empty line before the file."""
    rest, at = b"\n", 0
    while piece := _read(path, at, size):
        at += len(piece)
        *found, rest = (rest + piece).split(between)
        yield from (one + b"\n" for one in found)
    yield rest


def _read(path: Path, at: int, size: int) -> bytes:
    with path.open("rb") as file:
        file.seek(at)
        return file.read(size)


def read_again(text: str, width: int) -> tuple[str, list[Piece]]:
    """Return the words of an article as `read_as` has them, and what each of its columns covers.

    What is not written as it has to be is left as it is, and so reads as nothing that could be meant.
    """
    if " " in text:  # no word has one, and it would be taken for the end of a line
        return "", []
    pieces: list[Piece] = []

    def _words(lines: re.Match[str]) -> str:
        rows = [line.split("\t") for line in lines[0].split("\n")[:-1]]
        if {*map(len, rows)} != {1 + width}:
            return lines[0]
        words, *columns = zip(*rows, strict=True)
        for column, tags in enumerate(columns, 1):
            pieces.extend(
                (f"{column} {label}", words[first : last + 1]) for first, last, label in stretches_of(tags)
            )
        return " ".join(words) + " "

    rest, done, found = text.replace(untagged(width), " "), 0, []
    while (tab := rest.find("\t", done)) >= 0:
        begin = max(rest.rfind(" ", done, tab), rest.rfind("\n", done, tab), done - 1) + 1
        lines = _TAGGED.match(rest, begin)
        if lines is None:
            break
        found += [rest[done:begin], _words(lines)]
        done = lines.end()
    return "".join([*found, rest[done:]]), pieces


def read_label(text: str, label: str) -> tuple[str, list[Sequence[str]]]:
    """Return an article as it would be without a label, and the words of each span of this one.

    Tags that are not written as they have to be are left as they are.
    """
    tagged = text.split(f"-{label}\n") if label else [text]
    if not all(one[-2:-1] == "\t" for one in tagged[:-1]):
        return text, []
    words: list[str] = []
    tags: list[str] = []
    for one in tagged[:-1]:
        if "\n" in one:  # there are other lines between
            words.append("")
            tags.append("O")
        words.append(one[one.rfind("\n") + 1 : -2])
        tags.append(f"{one[-1]}-{label}")
    bare = untagged(1).join([*(one[:-2] for one in tagged[:-1]), tagged[-1]])
    return bare, [words[first : last + 1] for first, last, _ in stretches_of(tags)]
