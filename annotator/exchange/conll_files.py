"""Format `conll_files`: CoNLL with a file for each label, so that spans of two labels may overlap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory

from annotator.exchange.conll import FORMAT as CONLL
from annotator.exchange.conll import ConllExporter, Laid, columns_of, laid_of
from annotator.exchange.conll_proof import articles, read_again, start_of, untagged
from annotator.exchange.file_names import FileNames
from annotator.model.errors import UserError
from annotator.model.formats import ExportSource, Format, Target
from annotator.model.ids import Id
from annotator.model.proof import Piece
from annotator.model.records import ArticleContent

_ENDING = ".conll"
_HELD = 1 << 23
"""Bytes of all files that are held at a time."""
_LEAST = 1 << 16
"""Bytes of each file that are read at a time, however many there are."""


class ConllFilesExporter:
    """Writes a file for each label of the scheme, all with the same lines of tokens."""

    suffix = ""

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what tags cannot hold."""
        return ConllExporter().losses(content, _each(source))

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write all files side by side, yielding how many articles are written."""
        source = _each(source)
        source.proof.clear()
        names = _names(source)
        with TemporaryDirectory(prefix="annotator-") as folder:
            files = _Files([Path(folder) / str(number) for number in range(len(names))])
            for count, content in enumerate(source.contents, 1):
                columns = source.once(columns_of, content)
                laid = laid_of(content.article.text, columns, source.chosen.get("tags", "bio"))
                files.add(_blocks(laid))
                source.proof.wrote(str(count), laid.text(), laid.pieces)
                yield count
            files.put_down()
            for name, written in zip(names, files.paths, strict=True):
                with written.open("rb") as file:
                    copyfileobj(file, target.open(name))

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read all files side by side, yielding how many articles agree."""
        names = _names(source)
        size = max(_LEAST, _HELD // len(names))
        files = [articles(path / name, start_of(1), size) for name in names]
        count = 0
        for texts in zip_longest(*files, fillvalue="") if len(source.proof) else ():
            count += 1
            source.proof.check(str(count), *_read_again(names, texts))
            yield count
        source.proof.check_count(count)


def _blocks(laid: Laid) -> list[bytes]:
    """Return an article as each file has it: most have none of their label in it."""
    start, lines = f"{start_of(1)}\n", laid.untagged(1)
    bare = (start + "".join(lines)).encode()
    return [(start + laid.tagged(lines, [tags])).encode() if tags else bare for tags in laid.tags]


class _Files:
    """Files that grow side by side, none of them kept open: a scheme may have more labels than may be."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.paths = paths
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
        for number, path in enumerate(self.paths):
            with path.open("ab") as file:
                file.writelines(blocks[number] for blocks in self._held)
        self._held.clear()
        self._size = 0


def _read_again(names: Sequence[str], texts: Sequence[str]) -> tuple[str, list[Piece]]:
    """Return the words of an article, and what each file tags; raises UserError where words differ."""
    words, pieces = read_again(texts[0], 1)
    whole = words.replace(" ", untagged(1))  # as a file without a label is; most are
    for number, (name, text) in enumerate(zip(names[1:], texts[1:], strict=True), 2):
        if text == whole:
            continue
        own, found = read_again(text, 1, number)
        if own != words:
            raise UserError("The written file {name} cannot be read again.", name=name)
        pieces += found
    return words, pieces


def _each(source: ExportSource) -> ExportSource:
    return replace(source, chosen={**source.chosen, "columns": "each"})


def _names(source: ExportSource) -> list[str]:
    """Return a name for the file of each label; one file where the scheme has none."""
    names = FileNames(_ENDING)
    return [names.stem(one.name) + _ENDING for one in source.scheme.of("span")] or [f"no labels{_ENDING}"]


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
