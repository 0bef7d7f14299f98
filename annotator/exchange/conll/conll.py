"""Format `conll`: a token per line with its tags beside it, tagged in any of the four usual ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.exchange import flat as flats
from annotator.exchange.brat.brat_in import polnear_names
from annotator.exchange.conll.conll_lines import (
    BLANKS_UNKNOWN,
    CONLL_U,
    CUT,
    LINKS,
    OTHER_COLUMNS,
    OTHER_WAY,
    TAG,
    UNREAD,
    WENT_ON,
    columns_of_tags,
    has_tags_first,
    is_counting_up,
)
from annotator.exchange.conll.conll_numbers import without_numbers
from annotator.exchange.conll.conll_parts import DOCSTART, Part, blocks_of, parts_of
from annotator.exchange.conll.conll_proof import articles, read_again, read_as, start_of
from annotator.exchange.conll.hipe import hipe_drafts, is_hipe
from annotator.exchange.conll.ontonotes import is_ontonotes, ontonotes_drafts
from annotator.exchange.conll.tags import Edged, cell, cells, edged, reader_of, tags_of
from annotator.exchange.encoding import MARK, decode
from annotator.exchange.file_names import Turns
from annotator.exchange.files import read_start, shown
from annotator.exchange.unread_fields import word_fields
from annotator.model import left_out as gone
from annotator.model.errors import UserError
from annotator.model.formats import (
    SAMPLE,
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
from annotator.model.proof import Piece
from annotator.model.records import ArticleContent
from annotator.model.tokens import Bounds

_OWN = (
    *(".conll", ".conll03", ".conll2003", ".conllu", ".conllup"),
    *(".bio", ".iob", ".iob1", ".iob2", ".io", ".bioes", ".iobes", ".bilou", ".bmes", ".conll2002"),
    *(".conll2012", ".conll12", ".gold_conll", ".auto_conll", ".v4_gold_conll", ".v4_auto_conll"),
)
_SHARED = (".txt", ".tsv", ".train", ".dev", ".test", ".testa", ".testb", ".valid")
"""Endings that other formats have too, and those that the files of shared tasks have."""
SUFFIXES = (*_OWN, *_SHARED[2:])
_ODD_BLANKS = re.compile(r"\s(?:\s+|(?<![ \n]))")
"""White space that is neither one blank nor one line break; what begins with one thing is found faster."""
_HEADINGS = ("label", "ner", "tag", "tags")
_NAME = re.compile(r"[A-Z][A-Z_-]{2,}|[a-z][a-z_-]{2,}")
_NAMES = 30
"""Different labels of a file at most, where tags are bare names."""
_PROSE = re.compile(r"\b[a-z]{2,}\b")
_WORDS = 3
"""Words in small letters behind -DOCSTART-, that make it a sentence about such files."""
_BRACKETS = re.compile(r"\(?[a-z]++-\d++[^()\s]*+\)?(?:\(?[a-z]++-\d++[^()\s]*+\)?)*")
_IN_BRACKETS = (
    "its chains of mentions stand in brackets with their kinds, as GUM has them, and are not read; take the "
    "WebAnno TSV of the same corpus"
)
_NO_WORDS = "there is no line with a word and its tag in it"
_START = 4096
"""Bytes of a text that are looked at."""
_FEWEST = 4
"""Lines that a text has to have at least, to be told to be columns."""


class ConllImporter:
    """Reads tokens with tags; the text is put together of the tokens."""

    fields = staticmethod(word_fields)

    def recognises(self, path: Path) -> bool:
        """Tell by the name; and of a text, by tags in the last column of all of its first lines."""
        ending = path.suffix.lower()
        if ending in _OWN:
            return True
        start = read_start(path, _START) if ending in _SHARED else b""
        return is_hipe(start) or is_ontonotes(start) or _is_columns(start)

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return the start of the file."""
        found = decode(read_start(path), options.encoding)
        return Preview(encoding=found.encoding, sample=found.text.removeprefix(MARK)[:SAMPLE])

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield an article for each part between -DOCSTART- lines; lines with a fault are problems."""
        if is_hipe(read_start(path, _START)):
            return hipe_drafts(blocks_of(path, options.encoding), path.name)
        if is_ontonotes(read_start(path, _START)):
            return ontonotes_drafts(blocks_of(path, options.encoding), path.name)
        return self._drafts(path, options)

    def _drafts(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        if _has_brackets(read_start(path, _START)):
            raise UserError(_IN_BRACKETS)
        name = shown(path.name)
        chosen = options.chosen.get("column", "last")
        is_all = chosen == "all"
        column = -1 if chosen in ("last", "all") else int(chosen)
        number, turns = 0, Turns()
        part = Part()
        for part in parts_of(blocks_of(path, options.encoding), column, reads_others=is_all):
            yield from (Problem(name, reason, line) for line, reason in part.faults)
            if not part.sentences:
                continue
            number += 1
            own = path.name if number == 1 and not part.is_one_of_many else f"{path.name}:{number}"
            yield from (Note(name, said, line) for said, line in _said_of(part, is_all=is_all))
            draft = part.draft(own)
            draft = without_numbers(draft, polnear_names(options.scheme)) or draft
            # Not all texts have the blanks put in here: what is the same without them may be another one.
            yield replace(draft, turn=turns.next_of("".join(draft.text.split())))
        if not number and not part.faults:
            yield Problem(name, _NO_WORDS)


def _said_of(part: Part, *, is_all: bool) -> Iterator[tuple[str, int | None]]:
    """Yield what is odd about an article, and its line where that says more."""
    if len(part.texts) < len(part.sentences):
        yield BLANKS_UNKNOWN, part.line
    said = {
        WENT_ON: part.odd(),
        OTHER_WAY: part.tag_of is not None,
        OTHER_COLUMNS: "" if is_all else ", ".join(map(str, part.others)),
        CUT: part.cut,
        LINKS: part.links,
        UNREAD: part.unread,
    }
    yield from ((text.format(value), None) for text, value in said.items() if value)


def _has_brackets(start: bytes) -> bool:
    """Tell whether numbered words have chains of mentions beside them, in brackets with their kinds."""
    lines = start.decode("utf-8", "replace").removeprefix(MARK).splitlines()
    rows = [one.split("\t") for one in lines if one.strip() and not one.startswith("#")][:-1]
    if len(rows) < _FEWEST or not all(len(one) > 1 and one[0].isdecimal() for one in rows):
        return False
    last = {one[-1] for one in rows} - {"_", "-"}
    return bool(last) and all(map(_BRACKETS.fullmatch, last))


def _is_columns(start: bytes) -> bool:
    """Tell whether a text is of columns: it begins as such files do, or its last column is of tags."""
    lines = start.decode("utf-8", "replace").removeprefix(MARK).splitlines()
    if len(start) >= _START:
        lines.pop()  # it is cut
    first = next(filter(str.strip, lines), "")
    if first.startswith(DOCSTART):
        return len(_PROSE.findall(first)) < _WORDS
    parted = [one.split("\t") if "\t" in one else one.split() for one in lines if one.strip()]
    rows = [row for row in parted if not row[0].startswith((DOCSTART, "# ")) and row[0] != "#"]
    if first.startswith("# ") and rows and {*map(len, rows)} == {CONLL_U}:
        return is_counting_up(lines)
    return _has_tags(rows) or _has_names(rows) or (_is_even(rows) and has_tags_first(lines))


def _has_names(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the last column is of nothing but O and names of labels, as tags without a B or I are."""
    last = [row[-1] for row in rows]
    is_even = len(rows) >= _FEWEST and {*map(len, rows)} == {2} and last[0].lower() not in _HEADINGS
    names = {*last} - {"O"}
    is_even = is_even and len(names) <= _NAMES
    return is_even and 3 * last.count("O") >= len(rows) and all(map(_NAME.fullmatch, names))


def _is_even(rows: Sequence[Sequence[str]]) -> bool:
    return len(rows) >= _FEWEST and {*map(len, rows)} <= {len(rows[0])} - {0, 1}


def _has_tags(rows: Sequence[Sequence[str]]) -> bool:
    if not _is_even(rows):
        return False
    written = {row[-1] for row in rows}
    tag_of = reader_of(written)
    tags = written if tag_of is None else {*map(tag_of, written)}
    has_tags = any(map(_says_tags, ({row[at] for row in rows} for at in columns_of_tags(rows))))
    if not all(map(TAG.fullmatch, tags)):
        return has_tags
    is_told = any("-" in one for one in tags) and any(len(one) > 1 for one in written)
    return has_tags or (is_told and _says_tags(tags))


def _says_tags(values: AbstractSet[str]) -> bool:
    """Tell whether some value is no word of a language, as U-Bahn and E-mail are."""
    return not values.isdisjoint(("O", "_")) or any(one.startswith(("B-", "I-")) for one in values)


class ConllExporter:
    """Writes a token per line; of spans that overlap in one column, the longest is written."""

    suffix = ".conll"
    needs_texts = False

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what tags cannot hold."""
        found = source.once(_flat, content)
        kept = sum(map(len, source.once(_longest, content)))
        merged = sum(map(len, source.once(columns_of, content)))
        left_out = Counter(found.left_out)
        left_out[gone.OVERLAPS] += len(found.stretches) - kept
        left_out[gone.TOUCHING] += kept - merged
        left_out["white space between words"] += _odd_blanks(content.article.text)
        return +left_out

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write all articles, each below a -DOCSTART- line, yielding how many are written."""
        file = target.open()
        for count, content in enumerate(source.contents, 1):
            columns = source.once(columns_of, content)
            laid = laid_of(content.article.text, columns, source.chosen.get("tags", "bio"))
            file.write(f"{start_of(len(columns))}\n{laid.lines()}".encode())
            source.proof.wrote(str(count), laid.text, laid.pieces)
            yield count

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read the file column by column, yielding how many articles agree."""
        width = max(1, len(source.scheme.of("span"))) if source.chosen.get("columns") == "each" else 1
        count = 0
        for text in articles(path, start_of(width)) if len(source.proof) else ():
            count += 1
            source.proof.check(str(count), *read_again(text, width))
            yield count
        source.proof.check_count(count)


def _flat(content: ArticleContent, source: ExportSource) -> flats.Flat:
    return flats.flat(content, source.scheme, links=False, blanks=False)


def _longest(content: ArticleContent, source: ExportSource) -> list[list[flats.Stretch]]:
    """Return the spans of each column of tags: one for all labels, or one for each label."""
    found = source.once(_flat, content)
    columns = [found.stretches]
    if source.chosen.get("columns") == "each":
        by_label: dict[str, list[flats.Stretch]] = {one.name: [] for one in source.scheme.of("span")}
        for one in found.stretches:
            by_label.setdefault(one.label, []).append(one)
        columns = [by_label[one.name] for one in source.scheme.of("span")] or [[]]
    return [flats.longest_first(column) for column in columns]


def columns_of(content: ArticleContent, source: ExportSource) -> list[list[flats.Stretch]]:
    """Return the spans of each column as its tags tell them."""
    longest = source.once(_longest, content)
    if source.chosen.get("tags") != "io":
        return longest
    return [_merged(column, content.article.text) for column in longest]


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


@dataclass(frozen=True, slots=True)
class Laid:
    """An article as tokens with tags."""

    words: list[str]
    sentences: list[Bounds]
    """First token of each, and the one after its last."""
    columns: list[list[Edged]]
    """The spans of each column."""
    pieces: list[Piece]
    """What the spans of each column cover, a blank between two tokens."""
    text: str
    """What is read again as its words."""

    def lines(self) -> str:
        """Return a line for each token, and an empty one behind each sentence."""
        width = 1 + len(self.columns)
        found = [""] * (width * len(self.words))
        found[::width] = self.words
        for at, column in enumerate(self.columns, 1):
            found[at::width] = tags_of(len(self.words), column, "\t{}\n" if at + 1 == width else "\t{}")
        for _, after in self.sentences:
            found[after * width - 1] += "\n"
        return "".join(found)


def laid_of(text: str, columns: Sequence[list[flats.Stretch]], tags: str) -> Laid:
    """Return an article as tokens, with a column of tags for each list of spans."""
    every = [one for column in columns for one in column]
    found, starts = flats.words_of(text, every)
    words = cells(found)
    sentences = [one for one in flats.token_sentences(text, starts, every) if one[0] < one[1]]
    begins = {first for first, _ in sentences}
    placed = [flats.in_tokens(column, starts) for column in columns]
    pieces: list[Piece] = [
        (f"{number} {cell(one.label)}", [" ".join(words[first:after])])
        for number, column in enumerate(placed, 1)
        for first, after, one in column
    ]
    read = read_as(words[first:after] for first, after in sentences)
    return Laid(words, sentences, [[*edged(one, tags, begins)] for one in placed], pieces, read)


def _odd_blanks(text: str) -> int:
    """Count white space that is not one blank between words or one line break."""
    words = text.replace("\n\n", "\n").replace("\n", " ")
    if "  " not in words and words.isprintable():  # as nearly always: between paragraphs alone
        return len(text) - len(words)
    return len(_ODD_BLANKS.findall(text))


FORMAT = Format(
    "conll",
    "CoNLL: a token per line (BIO, IOB1, IO, IOBES)",
    SUFFIXES,
    ConllImporter(),
    ConllExporter(),
    about=(
        "A token per line with its tags beside it, an empty line between sentences, -DOCSTART- before each "
        "article. All four ways of tagging are read, also in small letters, with the label first (PER-B), or "
        "without one (such spans are called SPAN), and with the tag before its word, as brat's anntoconll "
        "writes it; of labels that all bear numbers (B-source-3), what has "
        "one number is one attribution. The text is put together of the tokens. Of CoNLL-U, "
        "articles begin at # newdoc, the text is the one above a sentence (# text) where it has the letters "
        "of the words, or of what they are contracted to, and tags may stand in the last column as NER=, "
        "NE= or name=. `spacy convert` reads "
        "the tags, and takes the -DOCSTART- lines for words: for spaCy there is `spacy`. In what Label "
        "Studio exports as CoNLL, spans reach to the ends of words, with the full stops there, and all tasks "
        "are one article: its JSON has them right. Tables of HIPE-2020 and 2022 are read too: the text as it "
        "was printed, each name with its finer label, what it stands for and its link as attributes. Of "
        "CoNLL-2012 (OntoNotes) names are read, and chains of mentions as frames."
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
            ("last", "1", "2", "3", "all"),
            ("the last one", "the second", "the third", "the fourth", "all that have tags"),
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
