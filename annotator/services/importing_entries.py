"""What an import has read of one article, or of the labels for one."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.exchange.files import shown
from annotator.model.formats import Note, Range, Unpack, Whole
from annotator.model.ids import Id
from annotator.model.records import Annotator, ArticleContent

Counts = tuple[int, int, int, int]
"""Spans, frames, labels of articles, suggestions."""


@dataclass(slots=True)
class Entry:
    """One article of an import, or labels for one: of this import, or of the project."""

    unpack: Unpack | None = None
    """Makes an article with records of its own of what is kept of it."""
    annotators: tuple[Annotator, ...] = ()
    """Those whom these records name."""
    whole: Whole | None = None
    ids: Range | None = None
    """The lowest and the highest id of these records."""
    twins: frozenset[Id] = frozenset()
    """Ids of records that other records have: they get new ones."""
    onto: int | None = None
    """The number of the entry whose article gets these labels; with records of its own its `target` too."""
    is_joined: bool = False
    """Whether later entries bring labels for this article."""
    target: Id | None = None
    """The article of the project that gets these labels."""
    turn: int | None = None
    """Which of several equal texts of its file it is."""
    namesake: Id | None = None
    """The article of the project that alone has its name, whatever its text."""
    is_version: bool = False
    """That its text is another one: the labelled words have to be looked for."""
    is_unbroken: bool = False
    """That its format has no gaps in spans."""
    counts: Counts = (0, 0, 0, 0)
    """What it brings, as long as it is a new article."""
    is_done: bool = False
    """That nothing of it is new."""
    near: str = ""
    """Which article of this import that came before it is nearly the same, and how nearly."""
    file: str = ""
    name: str = ""
    line: int | None = None
    """Where it stands: in most files that says the file alone."""

    @property
    def place(self) -> str:
        """Where it stands, in words; a name of the file's and the same number says nothing more."""
        is_said = self.line is not None and self.name == f"{self.file}:{int(self.line)}"
        return str(Note(self.file, "" if is_said else shown(self.name), self.line))

    @property
    def is_whole(self) -> bool:
        """Whether it brings records of its own."""
        return self.unpack is not None or self.whole is not None

    def content(self, data: bytes) -> ArticleContent:
        """Return the records that it brings, from what is kept of them; who made them is not looked up."""
        if self.unpack is not None:
            return self.unpack(data, [one.id for one in self.annotators]).content
        assert self.whole is not None
        return self.whole.content
