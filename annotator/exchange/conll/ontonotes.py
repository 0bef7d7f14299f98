"""Reads CoNLL-2012 (OntoNotes): words in columns, names and chains of mentions in brackets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from annotator.exchange.ahead import looked_ahead
from annotator.exchange.conll.conll_lines import BLANKS_UNKNOWN
from annotator.exchange.conll.conll_parts import Lines
from annotator.exchange.conll.hipe import refuse_long
from annotator.exchange.corpora.corpora_relations import same
from annotator.exchange.encoding import MARK
from annotator.exchange.files import shown
from annotator.model.formats import Draft, Item, Note, Problem
from annotator.model.marks import FrameMark, Marks, SpanMark

_BEGIN, _END = "#begin document", "#end document"
_NAMED = re.compile(r"#begin document \(?(.*?)\)?(?:; part (\d+))?\s*$")
_WORD, _NAMES, _FEWEST = 3, 10, 12
"""The columns of words and of names, and how many there are at least; the last one has the chains."""
_OPEN = re.compile(r"\(([^()*]+)")
_CHAIN = re.compile(r"(\()?(\d+)(\))?")
_CHAINS = re.compile(r"[-_]|\(?\d+\)?(?:\|\(?\d+\)?)*")
_TREE = re.compile(r"[^*]*\*\)*")
_SYNTAX, _ROLES = 5, 11
"""The columns from that of the tree of a sentence up to those of roles."""
_NO_TREE = re.compile(r"[-_]+(?:\(\w*)?\*\)?")
"""What they say of a word that has no tree, and a name or none."""
_LOOKED_AT = 50
"""Lines that tell whether a document begins."""
MENTION = "MENTION"
"""The label of words that are mentioned more than once."""
_CUT = "its rows were cut from a document, whose #begin document is not there: chains may lack mentions"
_NOT_READ = "columns of syntax, senses and roles of verbs were left out"


def is_ontonotes(start: bytes) -> bool:
    """Tell by the first line: one that begins a document, or a row that was cut from one."""
    lines = start.decode("utf-8", "replace").removeprefix(MARK).lstrip().splitlines()
    return bool(lines) and (lines[0].startswith(_BEGIN) or _is_row(lines[0].split()))


def _is_row(cells: Sequence[str]) -> bool:
    is_wide = len(cells) >= _FEWEST and all(map(str.isdecimal, cells[1:_WORD]))
    is_tree = is_wide and (
        _TREE.fullmatch(cells[_SYNTAX]) or _NO_TREE.fullmatch("".join(cells[_SYNTAX:_ROLES]))
    )
    return bool(is_tree and _CHAINS.fullmatch(cells[-1]))


def ontonotes_drafts(blocks: Iterable[Lines], file: str) -> Iterator[Item]:
    """Yield an article for each part of a document; rows with a fault are problems."""
    name, article, count = shown(file), _Article(), 0
    yield Note(name, f"{BLANKS_UNKNOWN}; {_NOT_READ}")
    first, lines = looked_ahead(_lines(blocks), _LOOKED_AT)
    if not next(filter(str.strip, (line for _, line in first)), _BEGIN).startswith(_BEGIN):
        yield Note(name, _CUT)
    for at, line in _whole(lines):
        if line.startswith(_BEGIN):
            found = _NAMED.match(line)
            article = _Article(at, " part ".join(filter(None, found.groups())) if found else "")
        elif line.startswith(_END):
            count += 1
            yield from article.items(file)
            article = _Article(at)
        elif not line.strip():
            article.end_sentence()
        elif not line.startswith("#"):
            cells = line.split()
            if len(cells) < _FEWEST:
                reason = f"the row has {len(cells)} columns, expected at least {_FEWEST} as in CoNLL-2012"
                yield Problem(name, reason, at)
            else:
                article.add(cells, at)
    if article.words or not count:
        yield Problem(
            name, "a document has no #end document: the file is incomplete; fetch it again", article.line
        )
        yield from article.items(file) if article.words else ()


def _whole(lines: Iterable[Lines]) -> Iterator[Lines]:
    """Yield lines, and beside rows before the first document what would begin and end theirs."""
    place, at, is_begun = list[str](), 0, False
    for at, line in lines:
        is_begun = is_begun or line.startswith(_BEGIN)
        found = [] if is_begun or line.startswith("#") else line.split(None, 2)[:2]
        if place and (is_begun or (found and found != place)):
            yield at, _END
            place = []
        if found and not place:
            place = found
            yield at, f"{_BEGIN} ({found[0]}); part {found[-1]}"
        place = [] if line.startswith(_END) else place
        yield at, line
    if place:
        yield at, _END


def _lines(blocks: Iterable[Lines]) -> Iterator[Lines]:
    for number, block in blocks:
        yield from enumerate(block.split("\n"), number)
        yield number + block.count("\n") + 1, ""


@dataclass(slots=True)
class _Article:
    """The words of one part of a document, its names and its mentions."""

    line: int = 1
    own: str = ""
    pieces: list[str] = field(default_factory=list)
    size: int = 0
    """Characters of all pieces."""
    words: int = 0
    spans: list[tuple[str, str, tuple[int, int], int]] = field(default_factory=list)
    """Key, label, place and line of each."""
    chains: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    problems: list[tuple[int, str]] = field(default_factory=list)
    _open_names: list[tuple[str, int, int]] = field(default_factory=list)
    _open_chains: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, cells: Sequence[str], line: int) -> None:
        """Take in a word with what begins and ends at it."""
        if self.pieces and self.pieces[-1] != "\n":
            self._write(" ")
        start = self.size
        self._write(cells[_WORD])
        self.words += 1
        names, chains = cells[_NAMES], cells[-1]
        self._open_names += [(label, start, line) for label in _OPEN.findall(names)]
        for _ in range(names.count(")")):
            if self._open_names:
                label, begun, at = self._open_names.pop()
                self._put(label, begun, at)
            else:
                self.problems.append((line, "a name ends here that does not begin"))
        for opens, chain, closes in _CHAIN.findall(chains if chains != "-" else ""):
            if opens:
                self._open_chains[chain].append((start, line))
            if closes and self._open_chains[chain]:
                self.chains[chain].append(self._put(MENTION, *self._open_chains[chain].pop()))
            elif closes:
                self.problems.append((line, f"a mention of chain {chain} ends here that does not begin"))

    def _write(self, piece: str) -> None:
        self.pieces.append(piece)
        self.size += len(piece)
        refuse_long(self.size)

    def _put(self, label: str, start: int, line: int) -> str:
        key = f"{label} {len(self.spans) + 1}"
        self.spans.append((key, label, (start, self.size), line))
        return key

    def end_sentence(self) -> None:
        """Begin a new line of the text; names do not go over the end of a sentence."""
        if self.pieces and self.pieces[-1] != "\n":
            self._write("\n")
        self.problems += [(line, f"the name {label} does not end") for label, _, line in self._open_names]
        self._open_names.clear()

    def items(self, file: str) -> Iterator[Item]:
        """Yield what is wrong with the article, and the article, if it has words."""
        self.end_sentence()
        for chain, some in self._open_chains.items():
            self.problems += [(line, f"a mention of chain {chain} does not end") for _, line in some]
        yield from (Problem(shown(file), reason, line) for line, reason in sorted(self.problems))
        if self.words:
            frames: list[FrameMark] = [
                same(f"chain {chain}", keys) for chain, keys in self.chains.items() if len(keys) > 1
            ]
            text = "".join(self.pieces)
            spans = [
                SpanMark(key, label, (place,), text[slice(*place)], line=line)
                for key, label, place, line in self.spans
            ]
            marks = Marks(spans, frames, is_unbroken=True)
            name = f"{file}:{self.own or self.line}"
            yield Draft(name, text, line=self.line, key=self.own, marks=marks)
