"""Reads the pages of a PDF within bounds: what a page draws, and what its parts unpack to."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTPage
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFStream, stream_value

from annotator.model.errors import UserError
from annotator.model.text import TEXT_LIMIT

CHARACTERS = 100_000
"""Characters of a page; a page of a newspaper has 20,000."""
PAGE_LIMIT = 3_000_000
"""Bytes of what one page draws, each time that it does."""
WORK = 15_000_000
"""What all pages together may cost: a byte that is drawn 1, a character or a line of text 6."""
_LETTER = 6
PART_LIMIT = 100_000_000
"""Bytes of a part unpacked."""
_PART = 500
"""Bytes that each part counts for at least."""


class Work:
    """What reading a file has cost so far."""

    def __init__(self) -> None:
        self._left = WORK

    def spend(self, drawn: int, letters: int = 0) -> None:
        """Count bytes that were drawn, and characters or lines; raises UserError where it is too much."""
        self._left -= drawn + _LETTER * letters
        if self._left < 0:
            raise UserError(
                "to draw its pages takes more than {limit:,} steps, the limit for one article; split it",
                limit=WORK,
            )


class _TooMuch(Exception):
    """A page draws more than its bound."""


class _Stream(PDFStream):
    """A part of a file that is not unpacked without bound."""

    def decode(self) -> None:
        """Unpack it; raises UserError where it is too large."""
        data = self.rawdata or b""
        if self.decipher and self.objid is not None and self.genno is not None:
            data = self.decipher(self.objid, self.genno, data, self.attrs)
        for name, _ in self.get_filters():
            if name not in LITERALS_FLATE_DECODE:
                break
            data = _unpacked(data)
        super().decode()


def _unpacked(data: bytes) -> bytes:
    """Return what a part unpacks to, as far as it is whole; raises UserError where that is too large."""
    unpacker = zlib.decompressobj()
    try:
        found = unpacker.decompress(data, PART_LIMIT + 1)
    except zlib.error:
        found = b""
    if len(found) > PART_LIMIT:
        raise UserError("a part of it unpacks to more than {limit:,} bytes, the limit", limit=PART_LIMIT)
    return found


class _Parser(PDFParser):
    def push(self, *found: Any) -> None:
        """Keep what was read: parts as such that have a bound."""
        super().push(*((place, _bounded(one)) for place, one in found))


def _bounded(one: Any) -> Any:
    return _Stream(one.attrs, one.rawdata or b"", one.decipher) if isinstance(one, PDFStream) else one


class _Device(PDFPageAggregator):
    """Collects the characters of a page, and counts what it draws."""

    drawn = characters = 0

    def spend(self, count: int) -> None:
        """Count bytes that are drawn."""
        self.drawn += count
        if self.drawn > PAGE_LIMIT:
            raise _TooMuch

    def render_char(self, *args: Any, **named: Any) -> float:
        """Count a character."""
        self.characters += 1
        if self.characters > CHARACTERS:
            raise _TooMuch
        return super().render_char(*args, **named)

    def render_image(self, *_: Any) -> None:
        """Leave out a picture."""

    def paint_path(self, *_: Any) -> None:
        """Leave out a line."""


class _Interpreter(PDFPageInterpreter):
    device: _Device

    def execute(self, streams: Sequence[object]) -> None:
        """Draw parts of a page, as far as it may."""
        for one in streams:
            self.device.spend(len(stream_value(one).get_data()) + _PART)
        super().execute(streams)


def read_pages(data: bytes, work: Work) -> Iterator[LTPage | None]:
    """Yield the pages with their characters, None for one above its bound; raises UserError."""
    resources, characters = PDFResourceManager(), 0
    for page in PDFPage.create_pages(PDFDocument(_Parser(BytesIO(data)))):
        device = _Device(resources)
        try:
            _Interpreter(resources, device).process_page(page)
        except _TooMuch:
            drawn = None
        else:
            drawn = device.get_result()
        work.spend(device.drawn, device.characters)
        characters += device.characters
        if characters > TEXT_LIMIT:
            raise UserError("it has more than {limit:,} characters, the limit; split it", limit=TEXT_LIMIT)
        yield drawn
