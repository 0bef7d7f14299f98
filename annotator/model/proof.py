"""Proof that what was written is what was meant: a digest per article, held against what is read again."""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

from annotator.model.errors import UserError

_SIZE = 16

Piece = tuple[str, Sequence[str]]
"""The label of a span, as the file names it, and the texts that its fragments cover."""


class Proof:
    """What an exporter says it wrote: article by article, each by a name of its own, or row by row."""

    def __init__(self) -> None:
        self._digests: dict[str, bytes] = {}
        self._rows = array("q")
        """A number of eight bytes for each row: there are many."""

    def __len__(self) -> int:
        return len(self._digests) + len(self._rows)

    def wrote(self, key: str, text: str, pieces: Iterable[Piece]) -> None:
        """Note the text of an article, and what its spans cover."""
        self._digests[key] = _digest(text, pieces)

    def keys(self) -> Iterable[str]:
        """Return the names of the articles in the order they were written."""
        return self._digests.keys()

    def check(self, key: str, text: str, pieces: Iterable[Piece]) -> None:
        """Hold an article that was read again against what was meant.

        Raises UserError when its text, a label or a covered text is another one.
        """
        if self._digests.get(key) != _digest(text, pieces):
            raise _other(key)

    def wrote_row(self, cells: Iterable[str | bytes]) -> None:
        """Note the next row of a table."""
        self._rows.append(hash(tuple(cells)))

    def check_rows(self, rows: Iterable[Iterable[str]]) -> Iterator[int]:
        """Hold all rows that were read again against what was meant, yielding how many agree.

        Raises UserError when one is another one, or their number is.
        """
        count = 0
        for count, cells in enumerate(rows, 1):
            self.check_row(count, cells)
            yield count
        self.check_count(count)

    def check_row(self, number: int, cells: Iterable[str | bytes]) -> None:
        """Hold a row that was read again against what was meant; raises UserError when it is another one."""
        if self._rows[number - 1 : number] != array("q", [hash(tuple(cells))]):
            raise _other(str(number))

    def check_count(self, number: int) -> None:
        """Raise UserError when another number of articles was read again than was written."""
        if number != len(self):
            raise UserError(
                "The written files hold {read:,} articles, but {written:,} were to be written.",
                read=number,
                written=len(self),
            )


def not_whole(name: str) -> UserError:
    """Return the sentence for a file of an export that cannot be read as what was written."""
    return UserError(
        "What was written for {name} does not hold together; nothing was put in place."
        " Check the disk, then report this as a fault of the program.",
        name=name,
    )


def _other(key: str) -> UserError:
    return UserError(
        "What was written for {key!r} does not read as the same text with the same spans;"
        " nothing was put in place. Check the project, then report this as a fault of the program.",
        key=key,
    )


def _digest(text: str, pieces: Iterable[Piece]) -> bytes:
    found = blake2b(text.encode(), digest_size=_SIZE)
    # Packed with their lengths, so that nothing reads the same as something else when it is joined.
    found.update(marshal.dumps(sorted([(label, *quotes) for label, quotes in pieces]), 2))
    return found.digest()
