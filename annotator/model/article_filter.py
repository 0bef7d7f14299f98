"""Which articles a list shows, and in which order."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from annotator.model.ids import Id

Order = Literal["given", "date", "title"]


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """Which articles to list; what is empty does not narrow."""

    text: str = ""
    """Words of names and titles, case-blind."""
    label: str = ""
    """One that some record of the article carries."""
    reading: str = ""
    """New, begun or done."""
    suggestions: bool = False
    """Whether some are to be open, but of `hidden` labels."""
    hidden: frozenset[str] = frozenset()
    also: Collection[Id] = ()
    """Articles that have `text` in their texts."""
    whose: Id | None = None
    """Whose reading is meant, instead of that of who is at work; alone, who labelled something."""
    undecided: bool = False
    """What two others or more worked on, adjudicators apart, and who is at work has not marked as done."""

    @property
    def made_by(self) -> Id | None:
        """Who made something in the articles; None where that is not asked."""
        return None if self.reading else self.whose
