"""Format `conll`: a token per line with its tags beside it, tagged in any of the four usual ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain, islice
from pathlib import Path

from annotator.exchange import flat as flats
from annotator.exchange.encoding import MARK, choose_encoding, decode, decoded_pieces, refuse_other_kinds
from annotator.exchange.files import TABLE_LIMIT, file_size, read_start, shown
from annotator.exchange.tags import cell, cells, continues, goes_on, stretches_of, tagged
from annotator.model.errors import UserError
from annotator.model.formats import (
    Draft,
    ExportSource,
    Format,
    ImportOptions,
    Item,
    Note,
    Option,
    Preview,
    Problem,
    Target,
)
from annotator.model.ids import Id
from annotator.model.marks import Marks, SpanMark
from annotator.model.proof import Piece
from annotator.model.records import ArticleContent

SUFFIXES = (".conll", ".bio", ".iob", ".iob2", ".conll03")
_SAMPLE = 600
_LOOK = 500
"""Lines that tell whether columns are parted by tabs."""
_Rows = tuple[Sequence[int], list[Sequence[str]]]
"""The numbers of the lines of a sentence, and its columns: the tokens first."""
_DOCSTART = "-DOCSTART-"
_TAG = re.compile(r"O|[BIESLU]-\S+")
_START = 4096
"""Bytes of a text that are looked at."""
_FEWEST = 4
"""Lines that a text has to have at least, to be told to be columns."""


class ConllImporter:
    """Reads tokens with tags; the text is put together of the tokens."""

    def recognises(self, path: Path) -> bool:
        """Tell by the name; and of a text, by tags in the last column of all of its first lines."""
        ending = path.suffix.lower()
        return ending in SUFFIXES or (ending == ".txt" and _has_tags(read_start(path, _START)))

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return the start of the file."""
        found = decode(read_start(path), options.encoding)
        return Preview(encoding=found.encoding, sample=found.text.removeprefix(MARK)[:_SAMPLE])

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield an article for each part between -DOCSTART- lines; lines with a fault are problems."""
        name = shown(path.name)
        column = int(options.chosen.get("column", "last").replace("last", "-1"))
        number = 0
        for part in _parts(_lines(path, options.encoding), column):
            yield from (Problem(name, reason, line) for line, reason in part.faults)
            if not part.sentences:
                continue
            number += 1
            own = path.name if number == 1 and not part.is_one_of_many else f"{path.name}:{number}"
            yield Note(name, "blanks between words are unknown: the text was put together", part.line)
            if part.odd:
                yield Note(name, f"tags that go on without a beginning were taken as one: {part.odd:,}")
            yield part.draft(own)


def _has_tags(start: bytes) -> bool:
    lines = start.decode("utf-8", "replace").splitlines()
    if len(start) >= _START:
        lines.pop()  # it is cut
    rows = [one.split() for one in lines if one.strip() and not one.startswith((_DOCSTART, "# "))]
    tags = {row[-1] for row in rows}
    return (
        len(rows) >= _FEWEST
        and {*map(len, rows)} <= {len(rows[0])} - {0, 1}
        and all(map(_TAG.fullmatch, tags))
        and any("-" in one for one in tags)
    )


@dataclass(slots=True)
class _Part:
    """The tokens of one article."""

    line: int = 1
    is_one_of_many: bool = False
    column: int = -1
    sentences: list[_Rows] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    odd: int = 0

    def draft(self, name: str) -> Draft:
        """Return the article: a line for each sentence, a blank between tokens."""
        text: list[str] = []
        spans: list[SpanMark] = []
        at = 0
        for numbers, columns in self.sentences:
            starts = [*accumulate((len(one) + 1 for one in columns[0]), initial=at)]
            line = " ".join(columns[0])
            text.append(line)
            for first, last, label in stretches_of(columns[self.column]):
                start, end = starts[first], starts[last + 1] - 1
                key = f"{label} {len(spans) + 1}"
                spans.append(
                    SpanMark(key, label, ((start, end),), line[start - at : end - at], line=numbers[first])
                )
            at = starts[-1]
        return Draft(name, "\n".join(text) + "\n", line=self.line, marks=Marks(spans))

    def pieces(self) -> Iterator[Piece]:
        """Yield what the tags of each column cover, token by token."""
        for _, (tokens, *columns) in self.sentences:
            for column, tags in enumerate(columns, 1):
                for first, last, label in stretches_of(tags):
                    yield f"{column} {label}", tokens[first : last + 1]

    def add(self, numbers: Sequence[int], rows: Sequence[Sequence[str]]) -> None:
        """Take in the lines of a sentence."""
        columns: list[Sequence[str]] = [*zip(*rows, strict=True)]
        self.sentences.append((numbers, columns))
        tags = columns[self.column]
        self.odd += sum(
            goes_on(tag) and not continues(before, tag)
            for before, tag in zip(("O", *tags), tags, strict=False)
        )


def _lines(path: Path, encoding: str | None) -> Iterator[str]:
    """Yield the lines of a file, each without its end."""
    file_size(path, TABLE_LIMIT)
    start = read_start(path)
    refuse_other_kinds(start)
    rest = ""
    for number, piece in enumerate(decoded_pieces(path, choose_encoding(start, encoding)[0])):
        *lines, rest = (rest + (piece if number else piece.removeprefix(MARK))).split("\n")
        yield from lines
    yield rest


def _parts(lines: Iterator[str], column: int) -> Iterator[_Part]:
    start = list(islice(lines, _LOOK))
    reader = _Blocks(any("\t" in line for line in start), column)
    part, block = _Part(column=column), list[str]()
    number = 0
    for number, line in enumerate(chain(start, lines), 1):
        is_start = line.startswith(_DOCSTART) and line.split(None, 1)[0] == _DOCSTART
        if line and not is_start and not line.isspace():
            block.append(line)
            continue
        reader.read(block, number - len(block), part)
        block = []
        if is_start:
            if part.sentences or part.faults or part.is_one_of_many:
                yield part
            part = _Part(number, is_one_of_many=True, column=column)
    reader.read(block, number + 1 - len(block), part)
    yield part


class _Blocks:
    """Reads the lines between two empty ones: at once where all are as they should be, else one by one."""

    def __init__(self, has_tabs: bool, column: int) -> None:
        self._has_tabs = has_tabs
        self._column = column
        self._width = 0

    def read(self, block: Sequence[str], number: int, part: _Part) -> None:
        """Add a sentence, whose first line has this number, or what is wrong with it."""
        rows = [line.rstrip("\r").split("\t") if self._has_tabs else line.split() for line in block]
        (width, *others) = {*map(len, rows)} or (0,)
        is_sound = not others and width == (self._width or width) and width > max(1, self._column)
        if is_sound and all(row[0].strip() for row in rows):
            self._width = width
            part.add(range(number, number + len(rows)), rows)
        elif rows:
            self._one_by_one(rows, number, part)

    def _one_by_one(self, rows: Sequence[list[str]], number: int, part: _Part) -> None:
        numbers, sound = [], []
        for at, row in enumerate(rows, number):
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
            part.add(numbers, sound)


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


class ConllExporter:
    """Writes a token per line; of spans that overlap in one column, the longest is written."""

    suffix = ".conll"

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what tags cannot hold."""
        found = _flat(content, source)
        text = content.article.text
        kept = [one for column in _columns(found, text, source, is_merged=False) for one in column]
        merged = [one for column in _columns(found, text, source) for one in column]
        found.left_out["spans that overlap a longer one"] += len(found.stretches) - len(kept)
        found.left_out["spans that touch one of the same label, written as one"] += len(kept) - len(merged)
        found.left_out["white space between words"] += _odd_blanks(text)
        return +found.left_out

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write all articles, each below a -DOCSTART- line, yielding how many are written."""
        file = target.open()
        source.proof.clear()
        for count, content in enumerate(source.contents, 1):
            text = content.article.text
            columns = _columns(_flat(content, source), text, source)
            names = "\t".join("O" for _ in columns)
            file.write(f"{_DOCSTART}\t{names}\n\n".encode())
            lines, pieces = _lines_of(text, columns, source.chosen.get("tags", "bio"))
            file.write(("\n".join(lines) + "\n" if lines else "").encode())
            source.proof.wrote(str(count), "", pieces)
            yield count

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read the file column by column, yielding how many articles agree."""
        count = 0
        for part in _parts(_lines(path, None), -1) if len(source.proof) else ():
            if part.faults:
                raise UserError(f"The written file cannot be read again in line {part.faults[0][0]}.")
            count += 1
            source.proof.check(str(count), "", part.pieces())
            yield count
        source.proof.check_count(count)


def _flat(content: ArticleContent, source: ExportSource) -> flats.Flat:
    return flats.flat(content, source.scheme, links=False, blanks=False)


def _columns(
    found: flats.Flat, text: str, source: ExportSource, *, is_merged: bool = True
) -> list[list[flats.Stretch]]:
    """Return the spans of each column of tags: one for all labels, or one for each label."""
    columns = [found.stretches]
    if source.chosen.get("columns") == "each":
        labels = [one.name for one in source.scheme.of("span")]
        columns = [[one for one in found.stretches if one.label == label] for label in labels] or [[]]
    longest = [flats.longest_first(column) for column in columns]
    if is_merged and source.chosen.get("tags") == "io":
        return [_merged(column, text) for column in longest]
    return longest


def _merged(column: Sequence[flats.Stretch], text: str) -> list[flats.Stretch]:
    """Return spans as tags of IO tell them: those of one label with nothing between them are one."""
    found: list[flats.Stretch] = []
    for one in column:
        last = found[-1] if found else None
        if last is not None and last.label == one.label and not text[last.end : one.start].strip():
            found[-1] = replace(last, end=one.end)
        else:
            found.append(one)
    return found


def _lines_of(text: str, columns: Sequence[list[flats.Stretch]], tags: str) -> tuple[list[str], list[Piece]]:
    """Return the lines of an article, sentence by sentence, and what its spans cover, token by token."""
    every = [one for column in columns for one in column]
    tokens = flats.tokens_of(text, every)
    starts = [start for start, _ in tokens]
    words = cells([text[start:end] for start, end in tokens])
    sentences = [one for one in flats.token_sentences(text, starts, every) if one[0] < one[1]]
    begins = {first for first, _ in sentences}
    placed = [flats.in_tokens(column, starts) for column in columns]
    rows = [
        *map("\t".join, zip(words, *(tagged(len(words), one, tags, begins) for one in placed), strict=True))
    ]
    lines: list[str] = []
    for first, after in sentences:
        lines += rows[first:after]
        lines.append("")
    pieces: list[Piece] = [
        (f"{number} {cell(one.label)}", words[first:after])
        for number, column in enumerate(placed, 1)
        for first, after, one in column
    ]
    return lines, pieces


def _odd_blanks(text: str) -> int:
    """Count white space that is not one blank between words or one line break."""
    return sum(1 for one in re.findall(r"\s+", text) if one not in (" ", "\n"))


FORMAT = Format(
    "conll",
    "CoNLL: a token per line (BIO, IOB1, IO, IOBES)",
    SUFFIXES,
    ConllImporter(),
    ConllExporter(),
    about=(
        "A token per line with its tags beside it, an empty line between sentences, -DOCSTART- before each "
        "article. All four ways of tagging are read. The text is put together of the tokens."
    ),
    example="-DOCSTART-\tO\n\nThe\tB-SOURCE\nmayor\tI-SOURCE\nsaid\tO\nno\tB-CLAIM\n.\tO",
    lost=(
        "white space: an import puts the text together of the tokens, and spans keep their words",
        "of spans that overlap in a column, all but the longest; gaps in spans",
        "frames, attributes, notes, actors, claim cards, labels of articles, recorded emptiness, suggestions",
        "who made a record and when; name, title and facts of the article",
    ),
    options_in=(
        Option(
            "column",
            "Column of tags",
            ("last", "1", "2", "3"),
            ("the last one", "the second", "the third", "the fourth"),
        ),
    ),
    options_out=(
        Option("tags", "Tags", ("bio", "iob1", "io", "iobes"), ("BIO", "IOB1", "IO", "IOBES")),
        Option(
            "columns",
            "Columns",
            ("one", "each"),
            ("one for all labels", "one for each label of the scheme"),
        ),
    ),
)
