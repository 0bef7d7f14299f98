"""Format `conll`: a token per line with its tags beside it, tagged in any of the four usual ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.exchange import flat as flats
from annotator.exchange.encoding import MARK, decode
from annotator.exchange.files import TABLE_LIMIT, read_bytes, read_start, shown
from annotator.exchange.tags import cell, continues, goes_on, stretches_of, tagged
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
from annotator.model.tokens import Bounds

SUFFIXES = (".conll", ".bio", ".iob", ".iob2", ".conll03")
_SAMPLE = 600
_DOCSTART = "-DOCSTART-"


class ConllImporter:
    """Reads tokens with tags; the text is put together of the tokens."""

    def recognises(self, path: Path) -> bool:
        """Tell by the name."""
        return path.suffix.lower() in SUFFIXES

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return the start of the file."""
        found = decode(read_start(path), options.encoding)
        return Preview(encoding=found.encoding, sample=found.text.removeprefix(MARK)[:_SAMPLE])

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield an article for each part between -DOCSTART- lines; lines with a fault are problems."""
        name = shown(path.name)
        text = decode(read_bytes(path, TABLE_LIMIT), options.encoding).text.removeprefix(MARK)
        column = int(options.chosen.get("column", "last").replace("last", "-1"))
        number = 0
        for part in _parts(text, column):
            yield from (Problem(name, reason, line) for line, reason in part.faults)
            if not part.sentences:
                continue
            number += 1
            own = path.name if number == 1 and not part.is_one_of_many else f"{path.name}:{number}"
            yield Note(name, "blanks between words are unknown: the text was put together", part.line)
            if part.odd:
                yield Note(name, f"tags that go on without a beginning were taken as one: {part.odd:,}")
            yield part.draft(own)


@dataclass(slots=True)
class _Part:
    """The tokens of one article."""

    line: int = 1
    is_one_of_many: bool = False
    sentences: list[list[tuple[int, str, str]]] = field(default_factory=list)
    """Line, token and tag."""
    faults: list[tuple[int, str]] = field(default_factory=list)
    odd: int = 0

    def draft(self, name: str) -> Draft:
        """Return the article: a line for each sentence, a blank between tokens."""
        text: list[str] = []
        spans: list[SpanMark] = []
        at = 0
        for sentence in self.sentences:
            bounds = []
            for _, token, _ in sentence:
                bounds.append((at, at + len(token)))
                at += len(token) + 1
            text.append(" ".join(token for _, token, _ in sentence))
            for first, last, label in stretches_of([tag for _, _, tag in sentence]):
                pair = (bounds[first][0], bounds[last][1])
                quote = " ".join(token for _, token, _ in sentence[first : last + 1])
                key = f"{label} {len(spans) + 1}"
                spans.append(SpanMark(key, label, (pair,), quote, line=sentence[first][0]))
        return Draft(name, "\n".join(text) + "\n", line=self.line, marks=Marks(spans))


def _parts(text: str, column: int) -> Iterator[_Part]:
    has_tabs = "\t" in text[:4000]
    part, sentence = _Part(), list[tuple[int, str, str]]()
    width = 0
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        cells = line.split("\t") if has_tabs and "\t" in line else line.split()
        is_comment = has_tabs and "\t" not in line and line.startswith("# ")
        is_start = bool(cells) and cells[0] == _DOCSTART
        if (not cells or is_start) and sentence:
            part.sentences.append(sentence)
            sentence = []
        if is_start:
            if part.sentences or part.faults:
                yield part
            part = _Part(number, is_one_of_many=True)
        elif cells and not is_comment:
            reason = _fault(cells, width, column)
            width = width or len(cells)
            if reason:
                part.faults.append((number, reason))
                continue
            tag = cells[column]
            part.odd += goes_on(tag) and not continues(sentence[-1][2] if sentence else "O", tag)
            sentence.append((number, cells[0], tag))
    if sentence:
        part.sentences.append(sentence)
    yield part


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
        found = flats.flat(content, source.scheme)
        text = content.article.text
        worded = [one for one in found.stretches if text[one.start : one.end].strip()]
        kept = [one for column in _columns(found, text, source, is_merged=False) for one in column]
        merged = [one for column in _columns(found, text, source) for one in column]
        found.left_out[flats.FRAMES] += len(found.links)
        found.left_out["spans without a word"] += len(found.stretches) - len(worded)
        found.left_out["spans that overlap a longer one"] += len(worded) - len(kept)
        found.left_out["spans that touch one of the same label, written as one"] += len(kept) - len(merged)
        found.left_out["white space between words"] += _odd_blanks(text)
        return +found.left_out

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write all articles, each below a -DOCSTART- line, yielding how many are written."""
        file = target.open()
        source.proof.clear()
        for count, content in enumerate(source.contents, 1):
            text = content.article.text
            columns = _columns(flats.flat(content, source.scheme), text, source)
            names = "\t".join("O" for _ in columns)
            file.write(f"{_DOCSTART}\t{names}\n\n".encode())
            covered = []
            for rows, pieces in _sentences(text, columns, source.chosen.get("tags", "bio")):
                file.write("".join("\t".join(row) + "\n" for row in rows).encode() + b"\n")
                covered += pieces
            source.proof.wrote(str(count), "", covered)
            yield count

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read the file column by column, yielding how many articles agree."""
        text = read_bytes(path, TABLE_LIMIT).decode()
        found: list[list[Piece]] = []
        width = _width(text)
        for column in range(1, width):
            parts = [one for one in _parts(text, column) if one.sentences or one.is_one_of_many]
            found = found or [[] for _ in parts]
            for pieces, part in zip(found, parts, strict=True):
                if part.faults:
                    raise UserError(f"The written file cannot be read again in line {part.faults[0][0]}.")
                for sentence in part.sentences:
                    tokens = [token for _, token, _ in sentence]
                    tags = [tag for _, _, tag in sentence]
                    pieces += [
                        (f"{column} {label}", tokens[first : last + 1])
                        for first, last, label in stretches_of(tags)
                    ]
        for count, pieces in enumerate(found, 1):
            source.proof.check(str(count), "", pieces)
            yield count
        source.proof.check_count(len(found))


def _width(text: str) -> int:
    first = text.split("\n", 1)[0]
    return len(first.split("\t")) if first else 0


def _columns(
    found: flats.Flat, text: str, source: ExportSource, *, is_merged: bool = True
) -> list[list[flats.Stretch]]:
    """Return the spans of each column of tags: one for all labels, or one for each label."""
    worded = [one for one in found.stretches if text[one.start : one.end].strip()]
    columns = [worded]
    if source.chosen.get("columns") == "each":
        labels = [one.name for one in source.scheme.of("span")]
        columns = [[one for one in worded if one.label == label] for label in labels] or [[]]
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


def _sentences(
    text: str, columns: Sequence[list[flats.Stretch]], tags: str
) -> Iterator[tuple[list[list[str]], list[Piece]]]:
    """Yield the rows of each sentence, and what the spans in it cover, token by token."""
    every = [one for column in columns for one in column]
    tokens = flats.tokens_of(text, every)
    at = 0
    for _, end in flats.sentences_of(text, every):
        own: list[Bounds] = []
        while at < len(tokens) and tokens[at][0] < end:
            own.append(tokens[at])
            at += 1
        rows = [[cell(text[start:stop])] for start, stop in own]
        pieces: list[Piece] = []
        for number, every_one in enumerate(columns, 1):
            column = flats.within(every_one, own)
            found = tagged(own, column, tags)
            for row, tag in zip(rows, found, strict=True):
                row.append(tag)
            for one in column:
                words = [text[start:stop] for start, stop in own if one.start <= start and stop <= one.end]
                if words:
                    pieces.append((f"{number} {cell(one.label)}", [cell(word) for word in words]))
        if rows:
            yield rows, pieces


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
