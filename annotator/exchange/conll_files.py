"""Format `conll_files`: CoNLL with a file for each label, so that spans of two labels may overlap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile

from annotator.exchange.conll import FORMAT as CONLL
from annotator.exchange.conll import ConllExporter, columns_of, lines_of
from annotator.exchange.conll_parts import DOCSTART, Part, blocks_of, parts_of
from annotator.exchange.file_names import FileNames
from annotator.model.errors import UserError
from annotator.model.formats import ExportSource, Format, Target
from annotator.model.ids import Id
from annotator.model.records import ArticleContent

_ENDING = ".conll"
_HELD = 1 << 20
"""Bytes of a file that are held before they go to a temporary one."""


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
                lines, pieces = lines_of(content.article.text, columns, source.chosen.get("tags", "bio"))
                rows = [line.split("\t") for line in lines]
                for number, file in enumerate(files, 1):
                    own = "".join(f"{row[0]}\t{row[number]}\n" if len(row) > 1 else "\n" for row in rows)
                    file.write(f"{DOCSTART}\tO\n\n{own}".encode())
                source.proof.wrote(str(count), "", pieces)
                yield count
            for name, file in zip(_names(source), files, strict=True):
                file.seek(0)
                copyfileobj(file, target.open(name))

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read all files side by side, yielding how many articles agree."""
        names = _names(source)
        files = [parts_of(blocks_of(path / name, None), -1) for name in names] if len(source.proof) else []
        count = 0
        for parts in zip_longest(*files):
            count += 1
            pieces = [
                (f"{number} {piece[0].partition(' ')[2]}", piece[1])
                for number, (name, part) in enumerate(zip(names, parts, strict=True), 1)
                for piece in _whole(part, name).pieces()
            ]
            source.proof.check(str(count), "", pieces)
            yield count
        source.proof.check_count(count)


def _each(source: ExportSource) -> ExportSource:
    return replace(source, chosen={**source.chosen, "columns": "each"})


def _names(source: ExportSource) -> list[str]:
    """Return a name for the file of each label; one file where the scheme has none."""
    names = FileNames(_ENDING)
    return [names.stem(one.name) + _ENDING for one in source.scheme.of("span")] or [f"no labels{_ENDING}"]


def _whole(part: Part | None, name: str) -> Part:
    if part is None or part.faults:
        raise UserError("The written file {name} cannot be read again.", name=name)
    return part


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
