"""Suggestions to be written, as a job would bring them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.model.changes import Add
from annotator.model.ids import Id
from annotator.model.records import SuggestedFrame, SuggestedSpan


@dataclass(frozen=True)
class GivenSuggestions:
    """A plan with given suggestions."""

    records: tuple[SuggestedSpan | SuggestedFrame, ...]
    articles: tuple[Id, ...] = ()
    operation: str = "Suggest"
    suggester: str = "names 1"
    layers: tuple[str, ...] = ()
    instead_of: frozenset[str] = frozenset()
    comes_first: bool = False

    def edits(self, _: Id) -> Iterator[Add]:
        """Yield them as edits."""
        return map(Add, self.records)
