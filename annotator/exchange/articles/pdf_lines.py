"""Puts what a page of a PDF shows in lines, from the top and from the left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from annotator.exchange.articles.pdf_bidi import Letter, as_read, has_from_right, is_from_right

if TYPE_CHECKING:
    from pdfminer.layout import LTLayoutContainer, LTPage, LTTextLine

_EDGE = 0.1
"""Share of a page's height at the top and the bottom where running headers and footers stand."""
_BLANK = 1.5
"""Heights of a line that a blank of justified text may be wide."""
_SAME_ROW = 0.35
"""Heights of a line that lines of one row may stand apart."""
_SAME_SIZE = 1.3
"""How many times higher a line may be than another one of the same paragraph."""
_PACE = 100
"""Lines between two moments at which a person may stop."""
_COLUMN = 3
"""Lines that begin at the same place, to be a column."""
_MARK = re.compile(r"[•▪●◦■*–-]|\(?(?:\d{1,3}|[A-Za-z])[.)]")
"""What stands before an item of a list."""
LETTERS = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
"""What signs for several letters stand for, so that words are found as they are written."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: its words, and where it stands in points from the left and the bottom."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    page: float
    """Height of the page in points."""
    letters: tuple[Letter, ...] = field(default=(), repr=False)
    """What is drawn of it, where letters in it are read from the right."""
    is_turned: bool = False
    """Whether it stood there in another order than it is read in."""

    @property
    def height(self) -> float:
        """Height of the line in points."""
        return max(self.top - self.bottom, 0.001)

    @property
    def is_at_edge(self) -> bool:
        """Whether it stands where running headers and footers do."""
        return self.bottom > (1 - _EDGE) * self.page or self.top < _EDGE * self.page

    def is_as_high_as(self, other: Line) -> bool:
        """Tell whether both may be of one paragraph by the size of their letters."""
        return max(self.height, other.height) <= _SAME_SIZE * min(self.height, other.height)


def lines_of(page: LTPage) -> Generator[None, None, list[Line]]:
    """Return the lines of a page, from the top and from where they are read, yielding now and then."""
    found: list[LTTextLine] = []
    for one in _text_lines(page):
        found.append(one)
        if len(found) % _PACE == 0:
            yield
    from_right = is_from_right("".join(one.get_text() for one in found))
    lines = [_line(one, page.height, from_right=from_right) for one in found]
    starts = Counter(round(one.left) for one in lines)
    return [_as_read(line, from_right=from_right) for row in _rows(lines) for line in _mended(row, starts)]


def _text_lines(part: LTLayoutContainer) -> Iterator[LTTextLine]:
    """Yield the lines of text of a page; those inside its pictures only where there are no others.

    The text that a program recognised in a scan may lie over it in a part of its own; letters in a chart are
    no text of the article.
    """
    from pdfminer.layout import LAParams, LTChar, LTFigure  # noqa: PLC0415 - with the first PDF

    letters = [one for one in part if isinstance(one, LTChar)]
    lines: Iterable[LTTextLine] = part.group_objects(LAParams(), letters) if letters else ()
    is_any = False
    for line in lines:
        if not line.is_empty() and line.get_text().strip():
            is_any = True
            yield line
    if not is_any:
        for one in part:
            if isinstance(one, LTFigure):
                yield from _text_lines(one)


def _line(found: LTTextLine, page: float, *, from_right: bool) -> Line:
    plain = found.get_text()
    text = " ".join(plain.translate(LETTERS).split())
    letters = tuple(_letters(found)) if from_right or has_from_right(plain) else ()
    left, right = found.x0, found.x1
    if from_right:
        # Seen in a mirror, a page that is read from the right is laid out like any other.
        left, right = -right, -left
    return Line(text, left, right, found.y1, found.y0, page, letters)


def _letters(found: LTTextLine) -> Iterator[Letter]:
    from pdfminer.layout import LTChar  # noqa: PLC0415 - with the first PDF

    for one in found:
        if isinstance(one, LTChar):
            yield Letter(one.get_text(), one.x0, one.x1, one.height)


def _as_read(line: Line, *, from_right: bool) -> Line:
    if not line.letters:
        return line
    text = " ".join(as_read(line.letters, from_right=from_right).translate(LETTERS).split())
    return replace(line, text=text, letters=(), is_turned=text != line.text and has_from_right(text))


def _rows(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield lines that stand beside each other, from the top and from the left."""
    row: list[Line] = []
    for line in sorted(lines, key=lambda one: (-one.bottom, one.left)):
        if row and row[0].bottom - line.bottom > _SAME_ROW * line.height:
            yield sorted(row, key=lambda one: one.left)
            row = []
        row.append(line)
    if row:
        yield sorted(row, key=lambda one: one.left)


def _mended(row: Sequence[Line], starts: Counter[int]) -> list[Line]:
    """Return a row with lines whole again that wide blanks of justified text tore, or a mark of a list."""
    kept: list[Line] = []
    for line in row:
        at = round(line.left)
        begins = sum(starts[one] for one in (at - 1, at, at + 1)) >= _COLUMN
        if kept and _is_beside(kept[-1], line) and (not begins or _MARK.fullmatch(kept[-1].text)):
            text, letters = f"{kept[-1].text} {line.text}", kept[-1].letters + line.letters
            kept[-1] = replace(kept[-1], text=text, right=line.right, letters=letters)
        else:
            kept.append(line)
    return kept


def _is_beside(before: Line, line: Line) -> bool:
    gap = (line.left - before.right) / line.height
    return -1 < gap < _BLANK and line.is_as_high_as(before)
