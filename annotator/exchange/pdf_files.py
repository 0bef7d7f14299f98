"""Format `pdf`: a PDF with a text layer is one article."""

from __future__ import annotations

import logging
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.exchange.files import read_bytes, storable
from annotator.exchange.one_article import OneArticle
from annotator.model.errors import UserError
from annotator.model.formats import Draft, Format, ImportOptions

if TYPE_CHECKING:
    from pdfminer.layout import LTPage

SUFFIXES = (".pdf",)
LIMIT = 100_000_000
"""Bytes of a file."""
PAGES = 500
_OFTEN = 3
"""Pages on which a line at the edge stands, to be a running header or footer."""
_EDGE = 0.1
"""Share of a page's height at the top and the bottom where such lines stand."""
_GAP = 0.6
"""Heights of a line between two lines, from which on a new paragraph begins."""
_INDENT = 0.8
"""Heights of a line that the first line of a paragraph is indented at least."""
_ASIDE = 3
"""Heights of a line that a line may stand to the side of the one above it."""
_BROKEN = re.compile(r"(?<=[^\W\d_]{2})[-\u00ad\u2010]$")
_DAMAGE = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
    struct.error,
    zlib.error,
)
"""What the reader of PDFs stumbles with over what is not where it has to be."""
_ENDS = (".", "!", "?", ":", '"', "”", "’", "»", ")")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: its words, and where it stands in points from the left and the bottom."""

    text: str
    left: float
    top: float
    bottom: float
    page: float
    """Height of the page in points."""

    @property
    def height(self) -> float:
        """Height of the line in points."""
        return max(self.top - self.bottom, 0.001)

    @property
    def is_at_edge(self) -> bool:
        """Whether it stands where running headers and footers do."""
        return self.bottom > (1 - _EDGE) * self.page or self.top < _EDGE * self.page


def read_pdf(path: Path, options: ImportOptions) -> tuple[Draft, str]:  # noqa: ARG001 - nothing to choose
    """Return the article of a PDF.

    Columns are read one after the other, words broken at the end of a line are joined, and lines that stand
    at the edge of several pages are left out.  Raises UserError for a scan, a password, and damage.
    """
    pages, empty = _pages(read_bytes(path, LIMIT))
    running = _running(pages)
    paragraphs, joined = _paragraphs(pages, running)
    text = "\n\n".join(paragraphs)
    notes = [
        f"{joined} words broken at the end of a line were joined" if joined else "",
        f"lines that stand on several pages were left out: {'; '.join(sorted(running))}" if running else "",
        f"{empty} pages without text (pictures or scans) were left out" if empty else "",
    ]
    return Draft(storable(path.name), text, notes=tuple(one for one in notes if one)), ""


def _pages(data: bytes) -> tuple[list[list[list[Line]]], int]:
    """Return the boxes of lines of each page in reading order, and how many pages hold no text."""
    from pdfminer.high_level import extract_pages  # noqa: PLC0415 - loaded when the first PDF comes
    from pdfminer.layout import LAParams  # noqa: PLC0415 - as above
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415 - as above
    from pdfminer.pdfexceptions import PDFException  # noqa: PLC0415 - as above
    from pdfminer.psexceptions import PSException  # noqa: PLC0415 - as above

    # What it finds odd in a file is no news for anybody: either there is text, or the file is refused.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    if not data[:1024].lstrip().startswith(b"%PDF-"):
        raise UserError("it is no PDF, whatever its name says")
    pages: list[list[list[Line]]] = []
    try:
        pages += map(_boxes, extract_pages(BytesIO(data), maxpages=PAGES + 1, laparams=LAParams()))
    except PDFPasswordIncorrect as error:
        raise UserError("a password protects it; save it without one first") from error
    except (PDFException, PSException, *_DAMAGE) as error:
        raise UserError("it is a damaged PDF; fetch it again, or save its text as a text file") from error
    if len(pages) > PAGES:
        raise UserError(
            "it has more than {limit} pages, which is the limit for one article; split it", limit=PAGES
        )
    empty = sum(not page for page in pages)
    if empty == len(pages):
        raise UserError(
            "it holds no text, only pictures (a scan?); have its text recognised by another program first"
        )
    return pages, empty


def _boxes(page: LTPage) -> list[list[Line]]:
    from pdfminer.layout import LTTextBox, LTTextLine  # noqa: PLC0415 - loaded when the first PDF comes

    boxes: list[list[Line]] = []
    for box in (one for one in page if isinstance(one, LTTextBox)):
        lines = [
            Line(" ".join(one.get_text().split()), one.x0, one.y1, one.y0, page.height)
            for one in box
            if isinstance(one, LTTextLine) and one.get_text().strip()
        ]
        # An indented line in ragged text comes as a box of its own.
        if boxes and lines and _goes_on(boxes[-1][-1], lines[0]):
            boxes[-1] += lines
        elif lines:
            boxes.append(lines)
    return boxes


def _goes_on(before: Line, line: Line) -> bool:
    """Tell whether a line stands right below another one."""
    gap = before.bottom - line.top
    return (
        -before.height < gap <= _GAP * before.height and abs(line.left - before.left) < _ASIDE * line.height
    )


def _running(pages: Sequence[Sequence[Sequence[Line]]]) -> set[str]:
    """Return the lines at the edges that stand on several pages, whatever the number in them."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_numberless(line.text) for box in page for line in box if line.is_at_edge})
    return {text for text, count in seen.items() if count >= _OFTEN}


def _numberless(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _paragraphs(pages: Sequence[Sequence[Sequence[Line]]], running: set[str]) -> tuple[list[str], int]:
    """Return the paragraphs of all pages, and how many broken words were joined."""
    found: list[str] = []
    joined = 0
    for box in (box for page in pages for box in page):
        kept = [one for one in box if not (one.is_at_edge and _numberless(one.text) in running)]
        for number, lines in enumerate(_split(kept)):
            text, count = _flow(lines)
            joined += count
            # A paragraph that began in the column or on the page before.
            if number == 0 and found and text[:1].islower() and not found[-1].endswith(_ENDS):
                text, count = _flow([found.pop(), text])
                joined += count
            found.append(text)
    return found, joined


def _split(lines: Sequence[Line]) -> Iterator[list[str]]:
    """Yield the paragraphs of a box: apart by a gap, or by an indented first line."""
    if not lines:
        return
    left = min(one.left for one in lines)
    paragraph = [lines[0].text]
    for before, line in pairwise(lines):
        is_apart = before.bottom - line.top > _GAP * before.height
        is_indented = line.left - left > _INDENT * line.height and before.text.endswith(_ENDS)
        if is_apart or is_indented:
            yield paragraph
            paragraph = []
        paragraph.append(line.text)
    yield paragraph


def _flow(lines: Sequence[str]) -> tuple[str, int]:
    """Return lines as one paragraph, and how many broken words were joined in it."""
    text, joined = "", 0
    for line in lines:
        if _BROKEN.search(text) and line[:1].islower():
            text = text[:-1] + line
            joined += 1
        else:
            text = f"{text} {line}" if text else line
    return text, joined


FORMAT = Format(
    "pdf",
    "PDF, one article each",
    SUFFIXES,
    importer=OneArticle(SUFFIXES, read_pdf),
    about="The text layer of a PDF, with columns put in order; scanned pages are said to be so.",
)
