"""Reads tables of HIPE: a word in each row, names and what they stand for, and how it was printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.exchange.conll.conll_lines import BLANKS_UNKNOWN
from annotator.exchange.conll.conll_parts import Lines
from annotator.exchange.conll.tags import stretches_of
from annotator.exchange.encoding import MARK
from annotator.exchange.files import shown
from annotator.model.errors import UserError
from annotator.model.formats import Draft, Item, Note, Problem
from annotator.model.marks import Marks, SpanMark
from annotator.model.text import TEXT_LIMIT

_HEAD = "TOKEN\tNE-"
_WORD, _PRINTED = "TOKEN", "MISC"
_NAMES = "NE-COARSE-LIT"
_SAID: Mapping[str, str] = {
    "NE-FINE-LIT": "fine",
    "NE-COARSE-METO": "metonymic",
    "NE-FINE-METO": "metonymic_fine",
}
"""Columns that say more of the same names, and the attribute that keeps it."""
_LINKS: Mapping[str, str] = {"NEL-LIT": "link", "NEL-METO": "metonymic_link"}
_INSIDE = ("NE-FINE-COMP", "NE-NESTED")
_NOTHING = frozenset({"", "_", "-", "O"})
_NO_BLANK, _LINE_END, _PART = "NoSpaceAfter", "EndOfLine", "Partial"
_ARTICLE_ID = "document_id"
_NOT_KEPT = frozenset({_ARTICLE_ID, "language", "date", "applicable_columns", "segment_iiif_link"})


def is_hipe(start: bytes) -> bool:
    """Tell by the first line, which names the columns."""
    return start.decode("utf-8", "replace").removeprefix(MARK).startswith(_HEAD)


def hipe_drafts(blocks: Iterable[Lines], file: str) -> Iterator[Item]:
    """Yield an article for each `document_id`; rows that do not have the table's columns are problems."""
    columns, article, count = list[str](), _Article(), 0
    for at, line in _lines(blocks):
        if line.startswith(_HEAD):
            columns = line.split("\t")
        elif line.startswith("# ") and " = " in line:
            name, value = (one.strip() for one in line[2:].split(" = ", 1))
            name = name.rpartition(":")[2]
            if name == _ARTICLE_ID and article.rows:
                count += 1
                yield from article.items(file, columns, count)
                article = _Article()
            article.facts.setdefault(name, value)
        elif line.strip():
            cells = line.split("\t")
            if len(cells) == len(columns) and cells[0].strip():
                article.size += len(cells[0]) + 1
                refuse_long(article.size)
                article.rows.append(cells)
                article.numbers.append(at)
            else:
                yield Problem(shown(file), _fault(cells, columns), at)
    if article.rows:
        yield from article.items(file, columns, count + 1)
    elif not count:
        yield Problem(shown(file), "there is no line with a word in it, below the names of the columns")


def refuse_long(size: int) -> None:
    """Raise UserError for an article of more characters than one may have, before it fills the memory."""
    if size > TEXT_LIMIT:
        raise UserError("an article has {limit:,} characters at most; split it", limit=TEXT_LIMIT)


def _lines(blocks: Iterable[Lines]) -> Iterator[Lines]:
    for number, block in blocks:
        yield from enumerate(map(_plain, block.split("\n")), number)


def _plain(line: str) -> str:
    return line.rstrip("\r")


def _fault(cells: Sequence[str], columns: Sequence[str]) -> str:
    if len(cells) == len(columns):
        return f"the row has no word in its column {_WORD}"
    return f"the row has {len(cells)} columns, but the first line names {len(columns)}"


@dataclass(slots=True)
class _Article:
    """The rows of one article, with the lines they stand in."""

    facts: dict[str, str] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    size: int = 0
    """Characters of its words, at least."""

    def items(self, file: str, columns: Sequence[str], count: int) -> Iterator[Item]:
        """Yield the article, and what was odd about it."""
        named = dict(zip(columns, zip(*self.rows, strict=True), strict=True))
        printed = [frozenset(one.split("|")) for one in named.get(_PRINTED, [""] * len(self.rows))]
        text, places = _put_together(named[_WORD], printed)
        own = self.facts.get(_ARTICLE_ID, "")
        if not any({_NO_BLANK, _LINE_END} & one for one in printed):
            yield Note(shown(file), BLANKS_UNKNOWN, self.numbers[0])
        if parts := sum(any(flag.startswith(_PART) for flag in one) for one in printed):
            reason = f"words of which only a part is named, and that are labelled as wholes: {parts:,}"
            yield Note(shown(file), reason, self.numbers[0])
        facts = {name: value for name, value in self.facts.items() if name not in _NOT_KEPT and value != "_"}
        if date := self.facts.get("date"):
            facts["published"] = date
        spans = [*_spans(named, text, places, self.numbers)]
        yield Draft(
            f"{file}:{own or count}",
            text,
            language=self.facts.get("language", ""),
            meta=facts,
            line=self.numbers[0],
            key=own,
            marks=Marks(spans, is_unbroken=True),
        )


def _put_together(
    words: Iterable[str], printed: Iterable[frozenset[str]]
) -> tuple[str, list[tuple[int, int]]]:
    """Return the text as it was printed, line by line, and where its words lie."""
    pieces, places, at = list[str](), list[tuple[int, int]](), 0
    for word, flags in zip(words, printed, strict=True):
        after = "\n" if _LINE_END in flags else "" if _NO_BLANK in flags else " "
        places.append((at, at + len(word)))
        pieces += (word, after)
        at += len(word) + len(after)
    return "".join(pieces).rstrip() + "\n", places


def _spans(
    columns: Mapping[str, Sequence[str]], text: str, places: Sequence[tuple[int, int]], lines: Sequence[int]
) -> Iterator[SpanMark]:
    """Yield names with all that is said of them, what is said of other words, and names inside of names."""
    found: dict[tuple[int, int], tuple[str, dict[str, str]]] = {}
    alone: list[tuple[int, int, str, dict[str, str]]] = []
    for first, last, label in _stretches(columns, _NAMES):
        found[first, last] = (label, _links(columns, first, last))
    for column, attribute in _SAID.items():
        for first, last, label in _stretches(columns, column):
            if (first, last) in found:
                found[first, last][1][attribute] = label
            else:
                said = {} if attribute == "fine" else {"sense": "metonymic"}
                alone.append((first, last, label, said | _links(columns, first, last)))
    inside = [(*one, dict[str, str]()) for column in _INSIDE for one in _stretches(columns, column)]
    named = [(*place, *one) for place, one in found.items()]
    for at, (first, last, label, said) in enumerate((*named, *alone, *inside)):
        start, end = places[first][0], places[last][1]
        quote = text[start:end]
        yield SpanMark(f"{label} {at + 1}", label, ((start, end),), quote, said, line=lines[first])


def _stretches(columns: Mapping[str, Sequence[str]], name: str) -> Iterator[tuple[int, int, str]]:
    tags = columns.get(name, ())
    return stretches_of(["O" if one in _NOTHING else one for one in tags])


def _links(columns: Mapping[str, Sequence[str]], first: int, last: int) -> dict[str, str]:
    """Return what words are linked to: all that their rows say, each once."""
    found = {}
    for column, attribute in _LINKS.items():
        given = [one for one in columns.get(column, ())[first : last + 1] if one not in _NOTHING]
        if given:
            found[attribute] = ", ".join(Counter(given))
    return found
