"""Format `conll_files`: CoNLL with a file for each label, so that spans of two labels may overlap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate, zip_longest
from pathlib import Path

from annotator.exchange.conll.conll import FORMAT as CONLL
from annotator.exchange.conll.conll import ConllExporter, Laid, columns_of, laid_of
from annotator.exchange.conll.conll_proof import (
    articles,
    read_again,
    read_label,
    read_tags,
    start_of,
    untagged,
)
from annotator.exchange.conll.tags import cell
from annotator.exchange.file_names import FileNames
from annotator.model.errors import UserError
from annotator.model.formats import ExportSource, Format, Target
from annotator.model.ids import Id
from annotator.model.proof import Piece
from annotator.model.records import ArticleContent

_ENDING = ".conll"
_TAB = ord("\t")
_HELD = 1 << 23
"""Bytes of all files that are held at a time."""
_LEAST = 1 << 16
"""Bytes of each file that are read at a time, however many there are."""


class ConllFilesExporter:
    """Writes a file for each label of the scheme, all with the same lines of tokens."""

    suffix = ""
    needs_texts = False

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what tags cannot hold."""
        return ConllExporter().losses(content, _each(source))

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write all files side by side, yielding how many articles are written."""
        source = _each(source)
        files = _Files(target, [*_files(source)])
        for count, content in enumerate(source.contents, 1):
            columns = source.once(columns_of, content)
            laid = laid_of(content.article.text, columns, source.chosen.get("tags", "bio"))
            files.add(_blocks(laid))
            source.proof.wrote(str(count), laid.text, laid.pieces)
            yield count
        files.put_down()

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read all files side by side, yielding how many articles agree."""
        files = _files(source)
        size = max(_LEAST, _HELD // len(files))
        read = [articles(path / name, start_of(1), size) for name in files]
        count = 0
        for texts in zip_longest(*read, fillvalue=b"") if len(source.proof) else ():
            count += 1
            source.proof.check(str(count), *_read_again(files, texts))
            yield count
        source.proof.check_count(count)


def _blocks(laid: Laid) -> list[bytes]:
    """Return an article as each file has it: all lines of tokens, some of them with its own label."""
    tail = untagged(1)
    bare, between = f"{start_of(1)}{laid.text.replace(' ', tail)}".encode(), tail.encode()
    lengths = [*map(len, laid.text.encode().split())]
    for _, after in laid.sentences:
        lengths[after - 1] += 1  # the empty line
    ats = [*accumulate(lengths, initial=len(start_of(1)) + 1)]
    found = []
    for column in laid.columns:
        parts, done = list[bytes](), 0
        for first, after, label, begin, end in column:
            tag = bare.index(_TAB, ats[first] + first * len(tail))
            parts += [bare[done:tag], _line_end(begin)]
            if after - first > 1:
                line, last = tag + len(tail), after - 1
                tag = bare.index(_TAB, ats[last] + last * len(tail))
                parts += [bare[line:tag].replace(between, _line_end(f"I-{label}")), _line_end(end)]
            done = tag + len(between)
        found.append(b"".join([*parts, bare[done:]]) if parts else bare)
    return found


@lru_cache(1024)
def _line_end(tag: str) -> bytes:
    return f"\t{tag}\n".encode()


class _Files:
    """Files that grow side by side, one of them open at a time: a scheme may have more labels than may be."""

    def __init__(self, target: Target, names: Sequence[str]) -> None:
        self._target = target
        self._names = names
        self._held: list[list[bytes]] = []
        """What is not in the files yet: a block for each of them, article by article."""
        self._size = 0

    def add(self, blocks: list[bytes]) -> None:
        """Add a block to each file."""
        self._held.append(blocks)
        self._size += sum(map(len, blocks))
        if self._size > _HELD:
            self.put_down()

    def put_down(self) -> None:
        """Write what is held."""
        for number, name in enumerate(self._names):
            self._target.open(name).write(b"".join([blocks[number] for blocks in self._held]))
        self._held.clear()
        self._size = 0


def _read_again(files: Mapping[str, str], texts: Sequence[bytes]) -> tuple[str, list[Piece]]:
    """Return the words of an article, and what each file, of which the label is given, tags with it.

    Raises UserError where one has other words than the first.
    """
    pieces: list[Piece] = []
    bare = None
    for number, (text, (name, label)) in enumerate(zip(texts, files.items(), strict=True), 1):
        if text == bare:  # as most are
            continue
        own, found = read_label(text, label)
        if own != bare if bare is not None else f"-{label}\n".encode() in own:
            own, found = read_tags(text, label)
        bare = own if bare is None else bare
        if own != bare:
            raise UserError("The written file {name} cannot be read again.", name=name)
        pieces += ((f"{number} {label}", [words]) for words in found)
    words, others = read_again(bare or b"", 1)
    return words, [*pieces, *others]


def _each(source: ExportSource) -> ExportSource:
    return replace(source, chosen={**source.chosen, "columns": "each"})


def _files(source: ExportSource) -> dict[str, str]:
    """Return the label of each file by its name; one file where the scheme has none."""
    names = FileNames(_ENDING)
    labels = [one.name for one in source.scheme.of("span")]
    return {names.stem(one) + _ENDING: cell(one) for one in labels} or {f"no labels{_ENDING}": ""}


FORMAT = Format(
    "conll_files",
    "CoNLL: a file for each label (a folder)",
    (),
    exporter=ConllFilesExporter(),
    about=(
        "A folder with a file for each label of the scheme, each as `conll` has it. All have the same tokens "
        "line for line, cut where a span of any label begins or ends; so spans of two labels may overlap. "
        "Imported together, they are the same articles again."
    ),
    example=CONLL.example,
    lost=CONLL.lost,
    options_out=CONLL.options_out[:1],
)
