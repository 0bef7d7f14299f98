"""What a file says about a text, in the file's own terms: its labels, its offsets, its names for things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from annotator.model.records import EndKind, State
from annotator.model.scheme import Label, LabelKind, Scheme

Unit = Literal["characters", "utf16", "bytes"]
"""What offsets count, of the text as the file has it: code points, UTF-16 units, or bytes of UTF-8."""
UNITS: tuple[Unit, ...] = ("characters", "utf16", "bytes")
ANY_SUGGESTER = "Prodigy"
"""Stands for whatever suggested something, in files that do not say more than which program wrote them."""
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Proposal:
    """That something is no more than proposed: how sure, by what, and what became of it."""

    suggester: str
    score: float = 1.0
    state: State = "open"


class SpanMark(NamedTuple):
    """A labelled stretch."""

    key: str
    """What the file calls it, for roles that point to it and for messages; unique in its article."""
    label: str
    fragments: tuple[tuple[int, int], ...]
    quote: str | None = None
    """The covered text as the file gives it, fragments joined by a blank; all blanks are the same."""
    attributes: Mapping[str, str] = _NOTHING
    note: str = ""
    by: str = ""
    """The annotator's name; without one, it is whoever imports."""
    proposal: Proposal | None = None
    line: int | None = None
    actor: str = ""
    """The name of who it is."""
    claim_card: str = ""
    """The wording of what it claims."""


class EndMark(NamedTuple):
    """One end of a frame: the role as the file names it, and the key of what fills it.

    Of an actor, the key is the name; of a claim card, its wording.
    """

    role: str
    key: str
    kind: EndKind = "span"


class FrameMark(NamedTuple):
    """A labelled record whose roles point to spans, frames, actors or claim cards."""

    key: str
    label: str
    ends: tuple[EndMark, ...]
    attributes: Mapping[str, str] = _NOTHING
    note: str = ""
    by: str = ""
    proposal: Proposal | None = None
    line: int | None = None
    is_ordered: bool = False
    """Where the label has no such roles, but one or two of its own, the order of the ends says which."""


class ArticleMark(NamedTuple):
    """A label of the whole article."""

    label: str
    attributes: Mapping[str, str] = _NOTHING
    note: str = ""
    by: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything a file says about one text."""

    spans: Sequence[SpanMark] = ()
    frames: Sequence[FrameMark] = ()
    labels: Sequence[ArticleMark] = ()
    unit: Unit = "characters"
    known_as: Mapping[str, str] = field(default_factory=dict)
    """What the format itself knows its labels and roles (`LABEL.role`) by, where a scheme has such names."""
    declared: Sequence[Label] = ()
    """Labels as the file or its configuration defines them, for those that are added to the scheme."""
    adjudicators: frozenset[str] = frozenset()
    """Names of annotators of whom the file says that they decided here between the others."""
    done: frozenset[str] = frozenset()
    """Names of annotators who said that the article is done."""
    has_twins: bool = False
    """Whether spans that are equal in everything are several: their keys tell them apart for good."""
    is_unbroken: bool = False
    """Whether the format has no gaps in spans: what is one stretch here may have been in pieces."""

    def __bool__(self) -> bool:
        """Tell whether anything is said at all."""
        return bool(self.spans or self.frames or self.labels or self.adjudicators or self.done)


class LabelGate(Protocol):
    """Says what the labels of a file are in the scheme, for formats that bring records of their own."""

    @property
    def scheme(self) -> Scheme:
        """Return the scheme, with what was added to it so far."""

    def label(self, name: str, kind: LabelKind, marks: Marks) -> Label | None:
        """Return what a label of the file is; None where it is left out."""

    def met(self, names: Sequence[str], kind: LabelKind) -> None:
        """Note labels that are in the scheme, each as often as it stands in the file."""

    def attributes(self, name: str, label: Label, given: Mapping[str, str]) -> dict[str, str]:
        """Return attributes as the scheme has them, without those that have no place there."""

    def role(
        self, name: str, label: Label, role: str, at: int | None, known_as: Mapping[str, str]
    ) -> str | None:
        """Return a role as the scheme has it; None where it is left out."""
