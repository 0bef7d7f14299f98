"""Format `pdf`: a PDF with a text layer is one article."""

from __future__ import annotations

import logging
import re
import struct
import zlib
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path

from annotator.exchange.articles.kept import KEPT, key_of
from annotator.exchange.articles.pdf_columns import columns_of
from annotator.exchange.articles.pdf_lines import Line, lines_of
from annotator.exchange.files import read_bytes, storable
from annotator.exchange.other_kinds import refuse_other_kinds
from annotator.model.errors import UserError
from annotator.model.formats import SAMPLE, Draft, Format, ImportOptions, Item, Preview, Step
from annotator.model.job import paused, run

SUFFIXES = (".pdf",)
LIMIT = 100_000_000
"""Bytes of a file."""
PAGES = 500
_PREVIEWED = 3
"""Pages that are read for a preview, and characters of it."""
_OFTEN = 3
"""Pages on which a line at the edge stands, to be a running header or footer."""
_GAP = 0.6
"""Heights of a line between two lines, from which on a new paragraph begins."""
_INDENT = 0.8
"""Heights of a line that the first line of a paragraph is indented at least."""
_WIDOW = 1.5
"""Heights of a line that a full line may be shorter than the longest one."""
_LATELY = 3
"""Paragraphs before a column among which is the one that goes on in it; a note may stand between."""
_NUMBER = re.compile(r"(?:page\s+)?[-–—\s]*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
"""The number of a page."""
_BROKEN = re.compile(r"(?<=[^\W\d_]{2})[-\u00ad\u2010]$")
_COMPOUND = re.compile(r"\b[^\W\d_]+-[^\W\d_]+\b")
_LONGEST = 80
"""Characters of a word, from which on it is looked at no further."""
_PARTS = re.compile(r"([^\W\d_]+-)\n([^\W\d_]+)")
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


class PdfImporter:
    """Reads a PDF page by page as one article."""

    def recognises(self, path: Path) -> bool:
        """Tell by the name."""
        return path.suffix.lower() in SUFFIXES

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return the start of the text."""
        whole = KEPT.get(key_of(read_pdf, path, options))
        draft, _ = whole or read_pdf(path, options, _PREVIEWED)
        return Preview(rows=1, encoding="", sample=draft.text[:SAMPLE])

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield the one article, and before it a step for each page, unless it was just read."""
        key = key_of(read_pdf, path, options)
        whole = KEPT.get(key)
        if whole is None:
            whole = (yield from _article(path, PAGES)), ""
            KEPT.keep(key, whole)
        yield whole[0]


def read_pdf(path: Path, options: ImportOptions, most: int = PAGES) -> tuple[Draft, str]:  # noqa: ARG001
    """Return the article of a PDF; of its first pages that hold text, where it may have more than `most`.

    Columns are read one after the other, words broken at the end of a line are joined, and lines that stand
    at the edge of several pages are left out.  Raises UserError for a scan, a password, and damage.
    """
    return run(_article(path, most)), ""


def _article(path: Path, most: int) -> Generator[Step, None, Draft]:
    pages, left_out = yield from _pages(read_bytes(path, LIMIT), most)
    running = _running(pages)
    lines = _paragraphs(pages, running)
    if not lines:
        # There is nothing else on them.
        running = set()
        lines = [[line] for page in pages for line in page]
    written = _words(pages)
    flowed = [_flow(one, written) for one in lines]
    text = "\n\n".join(one for one, _ in flowed)
    joined = sum(count for _, count in flowed)
    notes = [
        f"{joined} words broken at the end of a line were joined" if joined else "",
        f"lines that stand on several pages were left out: {'; '.join(sorted(running))}" if running else "",
        *left_out,
    ]
    return Draft(storable(path.name), text, notes=tuple(one for one in notes if one))


def _pages(data: bytes, most: int) -> Generator[Step, None, tuple[list[list[Line]], list[str]]]:
    """Return the lines of each page, and what to note of pages without any; yield how far it is."""
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415 - loaded when the first PDF comes
    from pdfminer.pdfexceptions import PDFException  # noqa: PLC0415 - as above
    from pdfminer.psexceptions import PSException  # noqa: PLC0415 - as above

    from annotator.exchange.articles.pdf_reader import Work, read_pages  # noqa: PLC0415 - as above

    # What it finds odd in a file is no news for anybody: either there is text, or the file is refused.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    if not data[:1024].lstrip().startswith(b"%PDF-"):
        refuse_other_kinds(data[:1024])
        raise UserError("it is no PDF, whatever its name says")
    pages: list[list[Line]] = []
    crowded, work = 0, Work()
    try:
        for drawing in islice(read_pages(data, work), PAGES + 1):
            step = Step(len(data) * len(pages) // (PAGES + 1))
            page = yield from paused(drawing, step)
            crowded += page is None
            pages.append([] if page is None else (yield from paused(lines_of(page), step)))
            work.spend(0, len(pages[-1]))
            yield Step(len(data) * len(pages) // (PAGES + 1))
            if most < PAGES and len(pages) >= most and any(pages):
                break
    except PDFPasswordIncorrect as error:
        raise UserError("a password protects it; save it without one first") from error
    except (PDFException, PSException, *_DAMAGE) as error:
        raise UserError("it is a damaged PDF; fetch it again, or save its text as a text file") from error
    if len(pages) > PAGES:
        raise UserError(
            "it has more than {limit} pages, which is the limit for one article; split it", limit=PAGES
        )
    return pages, _left_out(pages, crowded)


def _left_out(pages: Sequence[Sequence[Line]], crowded: int) -> list[str]:
    """Return what to note of pages without lines, of which some are too crowded; raises UserError."""
    from annotator.exchange.articles.pdf_reader import CHARACTERS, PAGE_LIMIT  # noqa: PLC0415 - loaded by now

    empty = sum(not page for page in pages) - crowded
    if empty == len(pages):
        raise UserError(
            "it holds no text, only pictures (a scan?), or is damaged; have its text recognised by another "
            "program first, or fetch it again"
        )
    why = f"they draw more than {CHARACTERS:,} characters or {PAGE_LIMIT:,} bytes each, the limit for a page"
    if not any(pages):
        raise UserError("nothing of its pages can be read: {why}", why=why)
    turned = sum(line.is_turned for page in pages for line in page)
    return [
        f"lines read from the right were put in the order in which they are read: {turned:,}"
        if turned
        else "",
        f"{empty} pages without text (pictures or scans) were left out" if empty else "",
        f"{crowded} pages were left out: {why}" if crowded else "",
    ]


def _running(pages: Sequence[Sequence[Line]]) -> set[str]:
    """Return the lines at the edges that stand on several pages, whatever the number in them."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_numberless(line.text) for line in page if line.is_at_edge})
    return {text for text, count in seen.items() if count >= _OFTEN}


def _numberless(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _is_running(line: Line, running: set[str], pages: int) -> bool:
    """Tell whether a line is no part of the text: stands on several pages, or is the number of one."""
    is_number = pages < _OFTEN and _NUMBER.fullmatch(line.text) is not None
    return line.is_at_edge and (is_number or _numberless(line.text) in running)


def _paragraphs(pages: Sequence[Sequence[Line]], running: set[str]) -> list[list[Line]]:
    """Return the lines of the paragraphs of all pages."""
    found: list[list[Line]] = []
    kept = ([one for one in page if not _is_running(one, running, len(pages))] for page in pages)
    for column in (column for page in kept for column in columns_of(page)):
        for number, lines in enumerate(_split(column)):
            begun = None if number else _begun(found, lines[0], column)
            if begun is None:
                found.append(lines)
            else:
                begun += lines
    return found


def _begun(found: Sequence[list[Line]], first: Line, box: Sequence[Line]) -> list[Line] | None:
    """Return the paragraph that began in a column or on a page before, and goes on with the first line."""
    if first.text[:1].islower():
        open_ones = (one for one in found[: -_LATELY - 1 : -1] if not one[-1].text.endswith(_ENDS))
        return next((one for one in open_ones if one is found[-1] or len(one) > 1), None)
    if not found or len(found[-1]) < _OFTEN or first.left - min(one.left for one in box) > first.height:
        return None
    last = found[-1][-1]
    is_full = max(one.right for one in found[-1]) - last.right < _WIDOW * last.height
    goes_on = is_full and first.is_as_high_as(last) and not last.text.endswith(_ENDS)
    return found[-1] if goes_on else None


def _split(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the paragraphs of a box: apart by a gap, the size of letters, or an indented first line."""
    if not lines:
        return
    left = min(one.left for one in lines)
    paragraph = [lines[0]]
    for before, line in pairwise(lines):
        is_apart = before.bottom - line.top > _GAP * before.height or not line.is_as_high_as(before)
        is_indented = line.left - left > _INDENT * line.height and before.text.endswith(_ENDS)
        if is_apart or is_indented:
            yield paragraph
            paragraph = []
        paragraph.append(line)
    yield paragraph


def _words(pages: Sequence[Sequence[Line]]) -> set[str]:
    """Return all words with a hyphen in the middle of lines."""
    return {word for page in pages for line in page for word in _COMPOUND.findall(line.text)}


def _flow(lines: Sequence[Line], written: set[str]) -> tuple[str, int]:
    """Return lines as one paragraph, and how many broken words were joined in it.

    A hyphen stays where the same word is written with it elsewhere.
    """
    pieces: list[str] = []
    end, joined = "", 0
    for line in (one.text for one in lines):
        glue = " " if pieces else ""
        if _BROKEN.search(end) and line[:1].islower():
            glue = ""
            joined += 1
            parts = _PARTS.search(f"{end}\n{line[:_LONGEST]}")
            if parts is None or parts[1] + parts[2] not in written:
                pieces[-1], end = pieces[-1][:-1], end[:-1]
        pieces.append(glue + line)
        end = f"{end}{glue}{line[-_LONGEST:]}"[-_LONGEST:]
    return "".join(pieces), joined


FORMAT = Format(
    "pdf",
    "PDF, one article each",
    SUFFIXES,
    importer=PdfImporter(),
    about="The text layer of a PDF, with columns put in order; scanned pages are said to be so.",
)
