"""Reads the pages of a PDF within bounds: what a page draws, and what its parts unpack to."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Callable, Generator, Iterator, Sequence
from io import BytesIO
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTPage
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFContentParser, PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFStream, stream_value
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import KWD, PSKeyword, keyword_name

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
_PACE = 2_000
"""Objects of a page that are drawn between two moments at which a person may stop."""
_DO = KWD(b"Do")


class Work:
    """What reading a file has cost so far."""

    def __init__(self) -> None:
        self._left = WORK
        self._characters = 0

    def spend(self, drawn: int, letters: int = 0) -> None:
        """Count bytes that were drawn, and characters or lines; raises UserError where it is too much."""
        self._left -= drawn + _LETTER * letters
        if self._left < 0:
            raise UserError(
                "to draw its pages takes more than {limit:,} steps, the limit for one article; split it",
                limit=WORK,
            )

    def take(self, characters: int) -> None:
        """Count characters of the text; raises UserError where they are too many."""
        self._characters += characters
        if self._characters > TEXT_LIMIT:
            raise UserError("it has more than {limit:,} characters, the limit; split it", limit=TEXT_LIMIT)


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

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self._to_draw: list[Iterator[None]] = []
        """Parts that are begun, each inside the one before; they are drawn in steps."""
        self._is_put_off = False

    def spend(self, count: int) -> None:
        """Count bytes that are drawn."""
        self.drawn += count
        if self.drawn > PAGE_LIMIT:
            raise _TooMuch

    def put_off(self, part: Iterator[None]) -> None:
        """Keep a part to be drawn before what it stands in goes on."""
        self._to_draw.append(part)
        self._is_put_off = True

    def draw(self) -> Iterator[None]:
        """Draw all parts, yielding now and then."""
        while self._to_draw:
            part = self._to_draw[-1]
            self._is_put_off = False
            for _ in part:
                yield
                if self._to_draw[-1] is not part:
                    break
            else:
                self._to_draw.pop()

    def end_page(self, page: Any) -> None:
        """End a page once it is drawn."""
        self._end(lambda: super(_Device, self).end_page(page))

    def end_figure(self, name: str) -> None:
        """End a part once it is drawn; a picture is by now."""
        self._end(lambda: super(_Device, self).end_figure(name))

    def _end(self, end: Callable[[], None]) -> None:
        if not self._is_put_off:
            end()
            return
        self._is_put_off = False
        self._to_draw[-1] = _then(self._to_draw[-1], end)

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


def _then(part: Iterator[None], end: Callable[[], None]) -> Iterator[None]:
    yield from part
    end()


class _ContentParser(PDFContentParser):
    """Reads what a page draws, object by object; one of very many parts would hold up everything."""

    tokens = 0

    def nexttoken(self) -> Any:
        """Return the next token of an object, of which there are not too many."""
        self.tokens += 1
        if self.tokens > CHARACTERS:
            raise _TooMuch
        return super().nexttoken()


class _Interpreter(PDFPageInterpreter):
    device: _Device

    def execute(self, streams: Sequence[object]) -> None:
        """Put off to draw parts of a page, as far as it may."""
        parts = [stream_value(one) for one in streams]
        for one in parts:
            self.device.spend(len(one.get_data()) + _PART)
        self.device.put_off(self._steps(parts))

    def _steps(self, parts: Sequence[PDFStream]) -> Iterator[None]:
        """Draw parts, pausing after a number of objects, and for what is to be drawn inside of them."""
        known = [one for one in parts if one.objid is not None and one.objid not in self.parent_stream_ids]
        self.stream_ids = {one.objid for one in known if one.objid is not None}
        try:
            objects = _ContentParser(known)
            for count in itertools.count(1):
                objects.tokens = 0
                _, one = objects.nextobject()
                if isinstance(one, PSKeyword):
                    self._obey(keyword_name(one))
                else:
                    self.push(one)
                if count % _PACE == 0 or one is _DO:
                    yield
        except PSEOF:
            return

    def _obey(self, name: str) -> None:
        names = {"'": "_q", '"': "_w"}
        does = getattr(self, f"do_{names.get(name, name.replace('*', '_a'))}", None)
        if does is None:
            return
        wanted = does.__code__.co_argcount - 1
        given = self.pop(wanted) if wanted else []
        if len(given) == wanted:
            does(*given)


def read_pages(data: bytes, work: Work) -> Iterator[Generator[None, None, LTPage | None]]:
    """Yield for each page what draws it in steps and returns it with its characters, None above its bound.

    Raises UserError.
    """
    resources = PDFResourceManager()
    for page in PDFPage.create_pages(PDFDocument(_Parser(BytesIO(data)))):
        yield _drawn(page, _Device(resources), work)


def _drawn(page: PDFPage, device: _Device, work: Work) -> Generator[None, None, LTPage | None]:
    try:
        _Interpreter(device.rsrcmgr, device).process_page(page)
        yield from device.draw()
    except _TooMuch:
        drawn = None
    else:
        drawn = device.get_result()
    work.spend(device.drawn, device.characters)
    work.take(device.characters)
    return drawn
