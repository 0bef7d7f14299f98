"""What a format is to the program: an importer, an exporter, or both, found by entry point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Literal, Protocol, TypeVar, cast

from annotator.model.ids import Id
from annotator.model.marks import LabelGate, Marks
from annotator.model.proof import Proof
from annotator.model.records import Annotator, ArticleContent
from annotator.model.said import joined, readable, say
from annotator.model.scheme import Scheme
from annotator.model.text import cut

Made = TypeVar("Made")
SAMPLE = 3_000
"""Characters of a text that are shown before it is imported."""
_FIELD = 100
"""Characters of the name of a field, which may be an id of the file."""


class Nth(int):
    """The number of a record in a list, which may all stand on one line; it goes where lines go."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read: where, and what is wrong."""

    file: str
    reason: str
    line: int | None = None
    field: str = ""

    def __post_init__(self) -> None:
        """Keep what can be read: it may hold parts of a file, of any length."""
        object.__setattr__(self, "reason", readable(self.reason))
        object.__setattr__(self, "field", cut(self.field, _FIELD))

    def __str__(self) -> str:
        """Return it as one sentence for a person."""
        return joined(_place(self.file, self.line), self.field, self.reason, between=": ")


def told_together(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield problems as sentences, once where the same is wrong with several places of a file."""
    found: dict[tuple[str, str, str], list[Problem]] = {}
    for one in problems:
        found.setdefault((one.file, one.field, one.reason), []).append(one)
    for first, *more in found.values():
        likewise = say("(likewise at {n} more place(s))", len(more)) if more else ""
        yield joined(str(first), likewise)


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
    marks: Marks | None = None
    """Its labels, as the file has them; without a key, they join those of the same text in one import."""
    turn: int | None = None
    """Which of several equal texts of its file it is, where each text of such a file is an article."""


@dataclass(frozen=True, slots=True)
class Whole:
    """An article with records of its own, as a full-fidelity format gives it."""

    content: ArticleContent
    annotators: tuple[Annotator, ...]
    line: int | None = None


Unpack = Callable[[bytes, Sequence[Id]], Whole]
Range = tuple[Id, Id]
"""The lowest and the highest of some ids."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A whole article, checked and kept small (as plain bytes) until it is written."""

    article: Id
    name: str
    sha256: str
    annotators: tuple[Annotator, ...]
    data: bytes
    unpack: Unpack
    """A function of a module; gets `data` back when the article is written, and an id per annotator."""
    line: int | None = None
    notes: tuple[str, ...] = ()
    counts: tuple[int, int, int, int] = (0, 0, 0, 0)
    """How many spans, frames, labels of the article and suggestions it holds."""
    ids: Range | None = None
    """Of all records that are its own: no actors and claim cards, which articles share."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something odd that was read all the same: where, and what was made of it."""

    file: str
    text: str
    line: int | None = None

    def __post_init__(self) -> None:
        """Keep what can be read."""
        object.__setattr__(self, "text", readable(self.text))

    def __str__(self) -> str:
        """Return it as one sentence for a person."""
        return joined(_place(self.file, self.line), self.text, between=": ")


def _place(file: str, line: int | None) -> str:
    if isinstance(line, Nth):
        return say("{file}, record {count}", file=file, count=line)
    return file if line is None else say("{file}, line {line}", file=file, line=line)


@dataclass(frozen=True, slots=True)
class Step:
    """That about so many bytes of a file are read: for progress, and to be able to stop in between."""

    done: int


Item = Draft | Whole | Packed | Note | Problem | Step


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table as a preview shows it: its name, guessed use, and first values."""

    name: str
    use: str
    """`text`, `title`, `name`, `language`, `label`, `meta` (kept under its own name) or `skip`."""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would give, shown before anything is written."""

    columns: tuple[Column, ...] = ()
    rows: int = 0
    encoding: str = "utf-8"
    sample: str = ""
    """How its text begins: as much as is shown, `SAMPLE` characters at most."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a format leaves to a person: a choice among words, the first of which holds unless chosen."""

    name: str
    title: str
    values: tuple[str, ...]
    titles: tuple[str, ...] = ()
    """How the values are shown; as they are, where nothing is given."""


NewLabels = Literal["refuse", "add", "leave_out"]
NEW_LABELS: tuple[NewLabels, ...] = ("refuse", "add", "leave_out")


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person chose for an import; `columns` maps a column's name to its use."""

    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    scheme: Scheme | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    """What a label of the file (or `LABEL.role`, `LABEL.attribute`) is here; empty: left out."""
    new_labels: NewLabels = "refuse"
    """What becomes of labels that the scheme does not have."""
    find_words: bool = False
    """Where a span does not cover what the file says, take the only place where those words stand."""
    newer: str = ""
    """The annotator whose labels are taken as the files have them: also what is changed and removed there."""
    chosen: Mapping[str, str] = field(default_factory=dict)
    """What was chosen of the format's own options, by name."""
    names: Mapping[Path, str] = field(default_factory=dict)
    """What files are called that were found in folders; others are called by their own name."""
    gate: LabelGate | None = None
    """For formats that bring records of their own: what their labels are here; without it, any will do."""


def chosen_of(options: Sequence[Option], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return a value for every option of a format: as chosen where the choice is one of its values."""
    return {
        one.name: chosen[one.name] if chosen.get(one.name) in one.values else one.values[0] for one in options
    }


class Importer(Protocol):
    """Reads one file of a format.

    It may have `parts(path, options)`, the files that are read with it; `together(path, options)`, what is
    equal for files to be read at once, and `read_together(paths, options)`, which yields each item with the
    place of its file among them; and `is_general`, which tells that it takes what no other importer
    recognises.
    """

    def recognises(self, path: Path) -> bool:
        """Tell by the name (and, where that is not enough, the first bytes) if this file is its own."""

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return what the file would give; raises UserError when it cannot be read at all."""

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield articles and problems in the order of the file; raises UserError to refuse it whole."""


class Target(Protocol):
    """Where an exporter writes: one file, or a folder of files."""

    def open(self, name: str = "") -> BinaryIO:
        """Return a file to write, which the target closes; one at a time.

        Where the format is a folder, it gets this name, and one that was begun before goes on; where it is
        one file, `name` is empty, or the ending of another file that lies beside it, new each time, and
        begins with a line in which `made by annotator` stands.
        """


@dataclass(frozen=True, slots=True)
class ExportSource:
    """What an exporter is given; `contents` is read as it is written, article by article.

    An export that begins anew gets another one, with an empty proof.
    """

    scheme: Scheme
    annotators: Mapping[Id, Annotator]
    contents: Iterable[ArticleContent]
    with_suggestions: bool = False
    chosen: Mapping[str, str] = field(default_factory=dict)
    """A value for every option of the format."""
    proof: Proof = field(default_factory=Proof)
    _last: dict[Any, tuple[ArticleContent, Any]] = field(default_factory=dict, repr=False, compare=False)

    def once(self, work: Callable[[ArticleContent, ExportSource], Made], content: ArticleContent) -> Made:
        """Return what `work` makes of an article, made once where it is asked for again before the next one.

        What an article loses is counted just before it is written, and both need the same.
        """
        before, made = self._last.get(work, (None, None))
        if before is not content:
            made = work(content, self)
            self._last[work] = content, made
        return cast(Made, made)


@dataclass(frozen=True, slots=True)
class Written:
    """What an exporter wrote, and what its format could not hold, with counts."""

    articles: int
    spans: int
    frames: int
    left_out: Mapping[str, int] = field(default_factory=dict)
    places: tuple[Path, ...] = field(default=(), compare=False)
    """The files or folders that were put in place."""
    replaced: tuple[Path, ...] = field(default=(), compare=False)
    """Those of them that took the place of something."""
    remarks: Mapping[str, int] = field(default_factory=dict)
    """What else is to be known of what was chosen, with counts."""


class Exporter(Protocol):
    """Writes one format, and proves what it wrote.

    It may have `sample(content, source)`, one article in words, where what it writes is no text, and
    `needs_texts`, False where the proof asks only how many texts there are: then none is kept for it.
    """

    suffix: str
    """How the file's name ends; empty for a folder."""

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what the format cannot hold of an article, by what it is in words."""

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write everything, yielding how many articles are written; identical data, identical bytes."""

    def verify(self, path: Path, texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read what was written, comparing every span with `texts`; raises UserError on a difference."""


@dataclass(frozen=True, slots=True)
class Format:
    """A named format, as its entry point gives it."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    importer: Importer | None = None
    exporter: Exporter | None = None
    about: str = ""
    """What it is and who reads it, in a sentence or two."""
    example: str = ""
    """One small record, as the format has it."""
    lost: tuple[str, ...] = ()
    """What an export loses, in words."""
    options_in: tuple[Option, ...] = ()
    options_out: tuple[Option, ...] = ()
    title_out: str = ""
    """What an export calls it, where it is written in fewer ways than it is read."""
    is_quoted: bool = True
    """Whether texts in its tables that hold quotation marks stand in some."""
