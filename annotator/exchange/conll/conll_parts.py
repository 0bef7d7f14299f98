"""Reads columns of tokens and tags as articles of sentences; at once where lines are as they should be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate, chain, islice, pairwise
from pathlib import Path

from annotator.exchange.conll.conll_lines import (
    TAG,
    Placed,
    between,
    columns_of_tags,
    comments,
    common_width,
    count_links,
    has_tags_first,
    is_counting_up,
    is_set_by_hand,
    named_tag,
    only_tags,
    said_text,
    turned,
    unspaced,
    words_of_numbered,
)
from annotator.exchange.conll.tags import continues, goes_on, reader_of, stretches_of
from annotator.exchange.encoding import MARK, choose_encoding, decoded_pieces
from annotator.exchange.files import TABLE_LIMIT, file_size, read_start
from annotator.exchange.other_kinds import refuse_other_kinds
from annotator.model.errors import UserError
from annotator.model.formats import Draft
from annotator.model.marks import Marks, SpanMark

DOCSTART = "-DOCSTART-"
_NEW = "# newdoc"
_NEWDOC = re.compile(rf"{_NEW}(?:\s+id\s*=.*)?\s*$")
"""What begins an article in CoNLL-U."""
_NAMES = "# global.columns ="
_TAGS = ("ner", "ne", "ner_tags", "entity", "tag")
"""What a column of tags is called."""
_BLANKS = re.compile(r"[ \t\r]+")
_BRACKETS = re.compile(r"(?:\([^()*\s]+)*\*\)*")
_LOOK = 500
"""Lines that tell whether columns are parted by tabs."""
_RUN = 500
"""Sentences that are looked at together."""
_Rows = tuple[Sequence[int], list[Sequence[str]]]
"""The numbers of the lines of a sentence, and its columns: the tokens first."""
Lines = tuple[int, str]
"""The number of the first of some lines, and the lines."""


@dataclass(slots=True)
class Part:
    """The tokens of one article."""

    line: int = 1
    is_one_of_many: bool = False
    column: int = -1
    sentences: list[_Rows] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    is_numbered: bool = False
    unread: int = 0
    """Values in the place of tags, in a file with numbered words, that are none."""
    tag_of: Callable[[str], str] | None = None
    """What turns tags that are written in another way into ours."""
    texts: dict[int, Placed] = field(default_factory=dict)
    """Sentences as the file has them, and where their words lie, of those whose text it says."""
    links: int = 0
    """Relations in comments."""
    others: tuple[int, ...] = ()
    """Other columns with tags, the first one being 1."""
    cut: int = 0
    """The columns that are read, where some lines have more; else 0."""
    reads_others: bool = False
    """Whether their tags are read too, as in GermEval, where one column has the spans inside of others."""

    def add(self, numbers: Sequence[int], columns: list[Sequence[str]]) -> None:
        """Take in the lines of a sentence, column by column."""
        if self.is_numbered:
            columns[self.column] = [*map(named_tag, columns[self.column])]
        if self.tag_of is not None:
            columns[self.column] = [*map(self.tag_of, columns[self.column])]
        if self.is_numbered:
            columns[self.column], unread = only_tags(columns[self.column])
            self.unread += unread
        self.sentences.append((numbers, columns))

    def draft(self, name: str) -> Draft:
        """Return the article: a line for each sentence, a blank between tokens."""
        text: list[str] = []
        spans: list[SpanMark] = []
        at = 0
        for number, (numbers, columns) in enumerate(self.sentences):
            line, places = self.texts.get(number) or unspaced(columns[0])
            text.append(line)
            found = [one for tags in self._tags(columns) if _says_any(tags) for one in stretches_of(tags)]
            lengths = [*accumulate(map(len, columns[0]), initial=at)] if found else []
            for first, last, label in found:
                start, end = lengths[first] + first, lengths[last + 1] + last
                if places:
                    start, end = at + places[first][0], at + places[last][1]
                key = f"{label} {len(spans) + 1}"
                spans.append(
                    SpanMark(key, label, ((start, end),), line[start - at : end - at], line=numbers[first])
                )
            at += len(line) + 1
        return Draft(name, "\n".join(text) + "\n", line=self.line, marks=Marks(spans, is_unbroken=True))

    def _tags(self, columns: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
        yield columns[self.column]
        for number in self.others if self.reads_others else ():
            yield only_tags(columns[number - 1])[0]

    def odd(self) -> int:
        """Count tags that go on with what no tag before them began."""
        found = [columns[self.column] for _, columns in self.sentences if _says_any(columns[self.column])]
        tags = [tag for one in found for tag in ("O", *one)]
        if not any(_is_odd(*pair) for pair in {*pairwise(tags)}):  # as nearly always
            return 0
        return sum(count for pair, count in Counter(pairwise(tags)).items() if _is_odd(*pair))


def _says_any(tags: Sequence[str]) -> bool:
    """Tell whether tags say more than that nothing is there."""
    return tags.count("O") < len(tags)


@lru_cache(4096)
def _is_odd(before: str, tag: str) -> bool:
    return goes_on(tag) and not continues(before, tag)


def blocks_of(path: Path, encoding: str | None) -> Iterator[Lines]:
    """Yield what stands between empty lines; now and then also with lines of blanks in it."""
    file_size(path, TABLE_LIMIT)
    start = read_start(path)
    refuse_other_kinds(start)
    _refuse_other_columns(start)
    number, held, rest = 1, list[str](), ""
    for at, piece in enumerate(decoded_pieces(path, choose_encoding(start, encoding)[0])):
        text = rest + (piece if at else piece.removeprefix(MARK))
        first, *blocks = (text.replace("\r\n", "\n") if "\r" in text else text).split("\n\n")
        *lines, rest = first.split("\n")
        held += lines
        if blocks:
            held.append(rest)
            *blocks, rest = blocks
            for block in ("\n".join(held), *blocks):
                yield number, block
                number += block.count("\n") + 2
            held = []
        else:  # there may be no empty lines at all
            last = next(
                (n for n, one in enumerate(reversed(lines)) if not one.strip() or _is_start(one)), len(held)
            )
            cut = len(held) - last
            yield from [(number, "\n".join(held[:cut]))] if cut else []
            number, held = number + cut, held[cut:]
    yield number, "\n".join([*held, rest])


def _refuse_other_columns(start: bytes) -> None:
    if b"\r" in start and b"\n" not in start and b"\0" not in start:
        raise UserError("its lines end in CR only; save it with LF (or CR LF) line ends and import it again")
    first = start.decode("utf-8", "replace").partition("\n")[0].split()
    if len(first) > 1 and all(TAG.fullmatch(one.partition("|")[2].rpartition("|")[2]) for one in first):
        raise UserError(
            "it is IOB with a sentence per line (word|tag), as spaCy takes it; `spacy convert` makes a DocBin"
            " of it, which is read"
        )
    rows = [one.split() for one in start.decode("utf-8", "replace").split("\n")[:-1] if one.strip()]
    last = {row[-1] for row in rows if len(row) > 1}
    if len(last) > 1 and all(map(_BRACKETS.fullmatch, last)):
        raise UserError(
            "its last column has brackets, as (A0* and *), for the roles of verbs (CoNLL-2005); they are not"
            " read: make tags such as B-A0 of them"
        )


def _is_start(line: str) -> bool:
    """Tell whether an article begins with a line."""
    if line.startswith(_NEW):
        return _NEWDOC.match(line) is not None
    return line.startswith(DOCSTART) and line.split(None, 1)[0] == DOCSTART


def parts_of(blocks: Iterator[Lines], column: int, *, reads_others: bool = False) -> Iterator[Part]:
    """Yield the articles of a file; `column` is that of the tags, beside which others may be read."""
    start = list(islice(blocks, _LOOK))
    begun = [(number, block.split("\n")) for number, block in start]
    looked_at = [line for number, lines in begun for line in (*lines[: max(0, _LOOK + 1 - number)], "")]
    reader = _Blocks(looked_at, _named_column(looked_at, column))
    part = new = reader.new_part(chain.from_iterable(lines for _, lines in begun))
    part.reads_others = reads_others
    run: list[Lines] = []
    for number, block in chain(start, blocks):
        if DOCSTART not in block and _NEW not in block and len(run) < _RUN:
            run.append((number, block))
            continue
        reader.read_run(run, part)
        run = []
        for at, is_start, some in _sentences(block.split("\n"), number):
            reader.read(some, at, part)
            if is_start:
                if part.sentences or part.faults or part.is_one_of_many:
                    yield part
                part = replace(
                    new,
                    line=at + len(some),
                    is_one_of_many=True,
                    sentences=[],
                    faults=[],
                    texts={},
                    unread=0,
                    links=0,
                )
    reader.read_run(run, part)
    yield part


def _named_column(lines: Sequence[str], column: int) -> int:
    """Return the column of tags: where none was chosen, as the first line names it in CoNLL-U Plus."""
    names = (
        lines[0].lower().removeprefix(_NAMES).split() if lines and lines[0].lower().startswith(_NAMES) else []
    )
    named = next((names.index(one) for one in _TAGS if one in names[1:]), column)
    return named if column == -1 else column


def _sentences(lines: Sequence[str], number: int) -> Iterator[tuple[int, bool, list[str]]]:
    """Yield lines up to one of blanks alone, or to one that begins an article; the number of their first."""
    some: list[str] = []
    for at, line in enumerate(lines, number):
        is_start = _is_start(line)
        if line and not is_start and not line.isspace():
            some.append(line)
            continue
        yield at - len(some), is_start, some
        some = []
    yield number + len(lines) - len(some), False, some


class _Blocks:
    """Reads the lines between two empty ones: at once where all are as they should be, else one by one."""

    def __init__(self, looked_at: Sequence[str], column: int) -> None:
        plain = [line.rstrip("\r") for line in looked_at if line.strip() and line[0] != "#"]
        has_tabs = any("\t" in line for line in plain)
        self._has_tabs = has_tabs
        self._column = column
        self._ends_in_tab = has_tabs and all(line.endswith("\t") for line in plain)
        self.is_numbered = is_counting_up(looked_at) if has_tabs else is_set_by_hand(looked_at)
        self._is_first = has_tags_first([line for line in plain if not _is_start(line)])
        self._is_plain = has_tabs and not self._ends_in_tab and not self.is_numbered and not self._is_first
        self._width = 0
        self._cut = 0  # columns that all lines have, where some have more

    def new_part(self, lines: Iterable[str]) -> Part:
        """Return an empty article; some lines tell how tags are written."""
        rows = self._cells([line for line in lines if line and not line.startswith(("#", DOCSTART))])
        widths = Counter(map(len, rows)).most_common(1)
        if widths and 2 * widths[0][1] > len(rows) and len(rows[0]) != widths[0][0]:
            self._width = widths[0][0]  # it is the first line that has a fault
        self._cut = common_width(rows) if self.is_numbered and self._column == -1 else 0
        if self._cut:
            self._width, rows = 0, [row[: self._cut] for row in rows]
        others = columns_of_tags(rows)
        last = max(map(len, rows), default=0) - 1
        if self._column == -1 and others and last not in others:
            self._column = others[-1]  # the last one says nothing
        own = last if self._column == -1 else self._column
        tags = [named_tag(row[own]) for row in rows if len(row) > max(1, own)]
        rest = tuple(one + 1 for one in others if one != own)
        return Part(
            column=self._column,
            is_numbered=self.is_numbered,
            tag_of=reader_of(tags),
            others=rest,
            cut=self._cut,
        )

    def read(self, lines: Sequence[str], number: int, part: Part) -> None:
        """Add a sentence, whose first line has this number, or what is wrong with it."""
        before = len(part.sentences)
        if lines and not self.is_read(lines, number, part):
            self._one_by_one(*self._rows(lines, number), part)
        if self.is_numbered and before < len(part.sentences):
            said = said_text(lines, part.sentences[-1][1][0])
            part.texts |= {before: said} if said else {}
            part.links += count_links(lines)
        elif self._is_first and before < len(part.sentences):
            placed = between(part.sentences[-1][1])
            part.texts |= {before: placed} if placed else {}

    def read_run(self, run: Sequence[Lines], part: Part) -> None:
        """Add sentences that follow each other, or what is wrong with them."""
        if self.is_read_at_once(run, part):
            return
        for one in run:
            if not self.is_read_at_once([one], part):
                for at, _, some in _sentences(one[1].split("\n"), one[0]):
                    self.read(some, at, part)

    def is_read_at_once(self, run: Sequence[Lines], part: Part) -> bool:
        """Add sentences if they have nothing but as many columns, parted by tabs, as those before them."""
        width = self._width
        whole = "\n\n".join(block for _, block in run)
        if not width or not self._is_plain or whole.startswith("#") or "\n\n#" in whole or "\r" in whole:
            return False
        # An empty line becomes one of empty cells.
        whole = whole.replace("\n\n", "\n" + "\t" * (width - 1) + "\n")
        cells = whole.replace("\n", "\t\n\t").split("\t")
        count = whole.count("\n")
        ends = cells[width :: width + 1]
        is_even = len(cells) == (count + 1) * (width + 1) - 1 and ends.count("\n") == count
        columns: list[Sequence[str]] = [cells[at :: width + 1] for at in range(width)]
        empty = [*map(str.strip, columns[0])].count("")
        if not is_even or width <= max(1, self._column) or empty != len(run) - 1:
            return False
        first = 0
        for number, block in run:
            after = first + block.count("\n") + 1
            part.add(range(number, number + after - first), [one[first:after] for one in columns])
            first = after + 1
        return True

    def is_read(self, lines: Sequence[str], number: int, part: Part) -> bool:
        """Add a sentence if all of its lines are as they should be."""
        numbers, rows = self._rows(lines, number)
        if not rows:
            return True  # comments alone
        (width, *others) = {*map(len, rows)}
        if others or width != (self._width or width) or width <= max(1, self._column):
            return False
        columns: list[Sequence[str]] = [*zip(*rows, strict=True)]
        if not all(map(str.strip, columns[0])):
            return False
        self._width = width
        part.add(numbers, columns)
        return True

    def _rows(self, lines: Sequence[str], number: int) -> tuple[Sequence[int], list[list[str]]]:
        """Return the rows of lines without comments, each begun by its word, and their numbers."""
        rows = self._cells(lines)
        numbers: Sequence[int] = range(number, number + len(rows))
        if lines and lines[0].startswith("#"):
            first = comments(lines, rows, self._width)
            numbers, rows = numbers[first:], rows[first:]
        if self._cut:
            rows = [row[: self._cut] for row in rows]
        return words_of_numbered(numbers, rows) if self.is_numbered else (numbers, rows)

    def _cells(self, lines: Sequence[str]) -> list[list[str]]:
        return [*map(turned, self._parted(lines))] if self._is_first else self._parted(lines)

    def _parted(self, lines: Sequence[str]) -> list[list[str]]:
        if self._has_tabs:
            ending = "\t" if self._ends_in_tab else ""
            return [line.rstrip("\r").removesuffix(ending).split("\t") for line in lines]
        # A no-break space is a part of a word.
        return [
            line.split() if line.isascii() else [one for one in _BLANKS.split(line) if one] for line in lines
        ]

    def _one_by_one(self, lines: Sequence[int], rows: Sequence[list[str]], part: Part) -> None:
        numbers, sound = [], []
        for at, row in zip(lines, rows, strict=True):
            is_bare = self._has_tabs and len(row) == 1
            if is_bare and row[0].startswith("# "):
                continue
            found = row[0].split() if is_bare else row
            reason = _fault(found, self._width, self._column)
            self._width = self._width or len(found)
            if reason:
                part.faults.append((at, reason))
            else:
                numbers.append(at)
                sound.append(found)
        if sound:
            part.add(numbers, [*zip(*sound, strict=True)])


def _fault(cells: Sequence[str], width: int, column: int) -> str:
    if len(cells) < 2:
        return "the line has one column, expected a token and its tag"
    if not cells[0].strip():
        return "the line has no token before its tag"
    if width and len(cells) != width:
        return f"the line has {len(cells)} columns, but those before have {width}"
    if column >= len(cells):
        return f"the line has {len(cells)} columns, so there is no column {column + 1} of tags"
    return ""
