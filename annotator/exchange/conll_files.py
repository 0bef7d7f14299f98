"""Format `conll_files`: CoNLL with a file for each label, so that spans of two labels may overlap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from annotator.exchange.conll import FORMAT as CONLL
from annotator.exchange.conll import ConllExporter, Laid, columns_of, laid_of, read_as
from annotator.exchange.conll_parts import DOCSTART
from annotator.exchange.file_names import FileNames
from annotator.exchange.tags import stretches_of
from annotator.model.errors import UserError
from annotator.model.formats import ExportSource, Format, Target
from annotator.model.ids import Id
from annotator.model.proof import Piece
from annotator.model.records import ArticleContent

_ENDING = ".conll"
_HELD = 1 << 20
"""Bytes of a file that are held before they go to a temporary one."""
_READ = 1 << 20
_START = f"{DOCSTART}\tO".encode()
"""The line that begins an article."""
_PARTING = b"\n\n"
"""Stands between sentences."""
_BETWEEN = b"\n" + _START + b"\n"


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
        with ExitStack() as held:
            # A target has one file open at a time.
            files = [held.enter_context(SpooledTemporaryFile(_HELD)) for _ in _names(source)]
            for count, content in enumerate(source.contents, 1):
                columns = source.once(columns_of, content)
                laid = laid_of(content.article.text, columns, source.chosen.get("tags", "bio"))
                untagged = [_untagged(laid.words[first:after]) for first, after in laid.sentences]
                for tags, file in zip(laid.tags, files, strict=True):
                    file.write(_block(_sentences_of(laid, tags, untagged) if tags else untagged))
                source.proof.wrote(str(count), laid.text(), laid.pieces)
                yield count
            for name, file in zip(_names(source), files, strict=True):
                file.seek(0)
                copyfileobj(file, target.open(name))

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read all files side by side, yielding how many articles agree."""
        names = _names(source)
        count = 0
        with ExitStack() as held:
            files = [held.enter_context((path / name).open("rb")) for name in names]
            for blocks in zip_longest(*map(_articles, files)) if len(source.proof) else ():
                count += 1
                source.proof.check(str(count), *_read_again(names, blocks))
                yield count
        source.proof.check_count(count)


def _untagged(words: Sequence[str]) -> bytes:
    return ("\tO\n".join(words) + "\tO").encode()


def _tagged(words: Sequence[str], tags: Sequence[str]) -> bytes:
    return "\n".join(map("\t".join, zip(words, tags, strict=True))).encode()


def _sentences_of(laid: Laid, tags: Sequence[str], untagged: Sequence[bytes]) -> Iterator[bytes]:
    """Yield the sentences of an article with a column of tags; most have none."""
    for (first, after), plain in zip(laid.sentences, untagged, strict=True):
        own = tags[first:after]
        yield plain if own.count("O") == len(own) else _tagged(laid.words[first:after], own)


def _block(sentences: Iterable[bytes]) -> bytes:
    """Return an article: the line that begins it, and an empty line behind each sentence."""
    return _PARTING.join([_START, *sentences, b""])


def _articles(file: BinaryIO) -> Iterator[bytes]:
    """Yield what stands below each line that begins an article."""
    rest, is_first = b"\n", True
    while piece := file.read(_READ):
        *found, rest = (rest + piece).split(_BETWEEN)
        if found and is_first:
            is_first = False
            del found[: not found[0]]  # nothing stands before the first one
        yield from ((one + b"\n")[1:] for one in found)
    yield rest[1:]


def _read_again(names: Sequence[str], blocks: Sequence[bytes | None]) -> tuple[str, list[Piece]]:
    """Return the words of an article, and what each file tags; raises UserError where words differ."""
    words = [[word for word, _ in _rows(one)] for one in (blocks[0] or b"").split(_PARTING)[:-1]]
    untagged = [*map(_untagged, words)]
    whole = _block(untagged).removeprefix(_START + _PARTING)
    pieces: list[Piece] = []
    for number, (name, block) in enumerate(zip(names, blocks, strict=True), 1):
        if block == whole:
            continue
        *found, rest = (block or b"?").split(_PARTING)
        if rest or len(found) != len(words):
            raise _unlike(name)
        for own, sentence, plain in zip(words, found, untagged, strict=True):
            if sentence == plain:
                continue
            tags = [tag for _, tag in _rows(sentence)]
            if len(tags) != len(own) or sentence != _tagged(own, tags):
                raise _unlike(name)
            pieces += (
                (f"{number} {label}", own[first : last + 1]) for first, last, label in stretches_of(tags)
            )
    return read_as(words), pieces


def _rows(sentence: bytes) -> list[tuple[str, str]]:
    rows = (line.partition("\t") for line in sentence.decode(errors="replace").split("\n"))
    return [(word, tag) for word, _, tag in rows]


def _unlike(name: str) -> UserError:
    return UserError("The written file {name} cannot be read again.", name=name)


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
