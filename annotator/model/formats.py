"""What a format is to the program: an importer, an exporter, or both, found by entry point."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from annotator.model.ids import Id
from annotator.model.records import Annotator, ArticleContent
from annotator.model.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read: where, and what is wrong."""

    file: str
    reason: str
    line: int | None = None
    field: str = ""

    def __str__(self) -> str:
        """Return it as one sentence for a person."""
        place = self.file + (f", line {self.line}" if self.line is not None else "")
        return f"{place}: {self.field + ': ' if self.field else ''}{self.reason}"


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as a file gives it: raw text and facts, not settled yet."""

    name: str
    text: str
    title: str = ""
    language: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)
    line: int | None = None
    """Line of the file it came from, for messages."""
    notes: tuple[str, ...] = ()
    """What was odd about it in the file and is worth keeping with the article."""
    key: str = ""
    """What the file itself calls it; two keys are two articles, even if their texts are the same."""


@dataclass(frozen=True, slots=True)
class Whole:
    """An article with records of its own, as a full-fidelity format gives it."""

    content: ArticleContent
    annotators: tuple[Annotator, ...]
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Packed:
    """A whole article, checked and kept small (as plain bytes) until it is written."""

    article: Id
    name: str
    sha256: str
    annotators: tuple[Annotator, ...]
    data: bytes
    unpack: Callable[[bytes, Sequence[Id]], Whole]
    """A function of a module; gets `data` back when the article is written, and an id per annotator."""
    line: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Something odd that was read all the same: where, and what was made of it."""

    file: str
    text: str
    line: int | None = None

    def __str__(self) -> str:
        """Return it as one sentence for a person."""
        return f"{self.file}{f', line {self.line}' if self.line is not None else ''}: {self.text}"


Item = Draft | Whole | Packed | Note | Problem


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table as a preview shows it: its name, guessed use, and first values."""

    name: str
    use: str
    """`text`, `title`, `name`, `language`, `meta` (kept under its own name) or `skip`."""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would give, shown before anything is written."""

    columns: tuple[Column, ...] = ()
    rows: int = 0
    encoding: str = "utf-8"
    sample: str = ""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person chose for an import; `columns` maps a column's name to its use."""

    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    scheme: Scheme | None = None


class Importer(Protocol):
    """Reads one file of a format."""

    def recognises(self, path: Path) -> bool:
        """Tell by the name (and, where that is not enough, the first bytes) if this file is its own."""

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return what the file would give; raises UserError when it cannot be read at all."""

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield articles and problems in the order of the file; raises UserError to refuse it whole."""


@dataclass(frozen=True, slots=True)
class ExportSource:
    """What an exporter is given; `contents` is read as it is written, article by article."""

    scheme: Scheme
    annotators: Mapping[Id, Annotator]
    contents: Iterable[ArticleContent]
    with_suggestions: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What an exporter wrote, and what its format could not hold, with counts."""

    articles: int
    spans: int
    frames: int
    left_out: Mapping[str, int] = field(default_factory=dict)


class Exporter(Protocol):
    """Writes one format, and proves what it wrote."""

    suffix: str

    def write(self, source: ExportSource, file: BinaryIO) -> Iterator[int]:
        """Write everything, yielding how many articles are written; identical data, identical bytes."""

    def verify(self, path: Path, texts: Mapping[Id, str]) -> Iterator[int]:
        """Re-read a written file, comparing every span with `texts`; raises UserError on a difference."""


@dataclass(frozen=True, slots=True)
class Format:
    """A named format, as its entry point gives it."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    importer: Importer | None = None
    exporter: Exporter | None = None
