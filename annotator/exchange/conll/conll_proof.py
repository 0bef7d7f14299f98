"""Re-reads columns of tokens and tags as this program writes them, for the proof of an export."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from annotator.exchange.conll.conll_parts import DOCSTART
from annotator.exchange.conll.tags import stretches_of
from annotator.model.errors import UserError
from annotator.model.proof import Piece

READ = 1 << 20
"""Bytes of a file that are read at a time."""
_TAB, _END = b"\t\n"
"""As numbers, which are found faster: of bytes, Python first tries whether they are one."""
_TAGS = re.compile(b"\t[^\n]+\n")


def untagged(width: int) -> str:
    """Return what follows a word that has a label in none of so many columns."""
    return "\tO" * width + "\n"


def start_of(width: int) -> str:
    """Return the line that begins an article."""
    return DOCSTART + untagged(width)


def read_as(sentences: Iterable[Sequence[str]]) -> str:
    """Return the words of sentences as a text: a blank behind each word, a line for each sentence."""
    return "\n".join(["", *(f"{' '.join(one)} " for one in sentences), ""])


def articles(path: Path, start: str, size: int = READ) -> Iterator[bytes]:
    """Yield what stands below each line that begins an article; the file is not kept open meanwhile.

    Raises UserError where something stands before the first one.
    """
    parts = _parts(path, f"\n{start}".encode(), size)
    if next(parts) != b"\n":
        raise UserError("The written file cannot be read again in line {line}.", line=1)
    yield from parts


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


def read_again(data: bytes, width: int) -> tuple[str, list[Piece]]:
    """Return the words of an article as `read_as` has them, and what each of its columns covers.

    Where lines are not written as they have to be, that is nothing: it could not have been meant.
    """
    if b" " in data:
        return "", []
    tail = untagged(width)
    bare = data.replace(tail.encode(), b" ")
    if _TAB not in bare:  # no label at all
        return bare.decode(errors="replace"), []
    if b"\t\t" in data or b"\t\n" in data:
        return "", []
    # What has a tab between two blanks is lines with a label, and the word of the line behind them.
    labelled = b" ".join([one for one in bare.split(b" ") if _TAB in one])
    lines = f"\n{labelled.decode(errors='replace')} ".replace(" ", tail).replace("\n\n", f"\n{tail}")[1:]
    cells = lines.replace("\n", "\t\n\t").split("\t")[:-1]
    words, *columns, ends = (cells[at :: width + 2] for at in range(width + 2))
    if lines.count("\n") != ends.count("\n") or len(ends) * (width + 2) != len(cells):
        return "", []
    pieces: list[Piece] = [
        (f"{number} {label}", [" ".join(words[first : last + 1])])
        for number, tags in enumerate(columns, 1)
        for first, last, label in stretches_of(tags)
    ]
    return _TAGS.sub(b" ", bare).decode(errors="replace"), pieces


def read_label(data: bytes, label: str) -> tuple[bytes, list[str]]:
    """Return an article as it would be without a label, and the words of each span of this one.

    It takes only tags of BIO for such; where others are left, `read_tags` tells what they say.
    """
    begins, goes_on = f"\tB-{label}\n".encode(), f"\tI-{label}\n".encode()
    between = untagged(1).encode()
    before, *rest = data.split(begins)
    parts = [before]
    found = []
    for one in rest:
        inside = one[: one.rfind(_END, 0, one.find(between)) + 1]
        lines = before[before.rfind(_END) + 1 :] + b" " + inside.replace(goes_on, b" ")
        words = lines.removesuffix(b"\n").removesuffix(b" ")
        if _TAB in words or _END in words:
            break
        found.append(words.decode())
        parts += [between, inside.replace(goes_on, between), one[len(inside) :]]
        before = one
    else:
        return b"".join(parts), found
    return data, []


def read_tags(data: bytes, label: str) -> tuple[bytes, list[str]]:
    """Return the same token by token, in whichever way it is tagged.

    Tags that are not written as they have to be are left as they are.
    """
    *tagged, rest = data.split(f"-{label}\n".encode()) if label else [data]
    if [one[-2:-1] for one in tagged].count(b"\t") < len(tagged):
        return data, []
    words: list[str] = []
    tags: list[str] = []
    for one in tagged:
        line = one.rfind(b"\n") + 1
        if line:  # there are other lines between
            words.append("")
            tags.append("O")
        words.append(one[line:-2].decode())
        tags.append(f"{chr(one[-1])}-{label}")
    bare = untagged(1).encode().join([*(one[:-2] for one in tagged), rest])
    return bare, [" ".join(words[first : last + 1]) for first, last, _ in stretches_of(tags)]
